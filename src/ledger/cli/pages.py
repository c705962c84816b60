"""add, list, show, log: the pages of the registers."""

from datetime import date, time
from typing import Any, cast

import click

from ledger.act import Act
from ledger.cli.desk import Desk, json_option, late
from ledger.cli.signing import say_who_reads
from ledger.cli.speech import (
    ChineseCommand,
    finding_json,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.day import read_day
from ledger.event import Event, Registered
from ledger.event.access import Requested
from ledger.exchange.script import kind_named, read_act, slots
from ledger.notation.codec import write_act
from ledger.notation.fields import label
from ledger.notation.listing import COLUMNS, TABLES, asked_for, describe, row_of, rows
from ledger.notation.words import ACTS, KIND_LABELS, KINDS, kind_name
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.review import Proposal, check
from ledger.room import Room
from ledger.room.history import history
from ledger.room.viewing import looked_at, view_of
from ledger.text import quoted

__all__ = ["add", "list_", "log", "show"]

_KINDS = "、".join(f"{name}（{zh}）" for name, zh in KINDS.values() if name != "document")


class _FreeOptions(ChineseCommand):
    """A command that also takes ``--field value`` for any field, in English or Chinese."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the fields out of the arguments before click looks at the rest."""
        own = {name for param in self.params for name in param.opts} | {"--help"}
        flags = {n for p in self.params if getattr(p, "is_flag", False) for n in p.opts}
        rest, fields, waiting = [], list[tuple[str, str]](), iter(args)
        for word in waiting:
            name, equals, value = word.partition("=")
            if not name.startswith("--") or name in flags | {"--help"}:
                rest.append(word)
            elif name in own:
                rest += [word] if equals else [word, *_next(waiting)]
            else:
                found = [value] if equals else _next(waiting)
                if not found or (not equals and found[0].startswith("--")):
                    raise click.BadOptionUsage(name, "", ctx)
                fields.append((name[2:].replace("-", "_"), found[0]))
        ctx.meta["fields"] = fields
        return super().parse_args(ctx, rest)


def _next(words: Any) -> list[str]:
    word = next(words, None)
    return [] if word is None else [word]


@click.command(
    "add",
    cls=_FreeOptions,
    options_metavar="[--项目 值]…",
    short_help="登记载体、柜、人员或外单位",
    help=f"登记一件，编号不写就按顺序编。\n\n\b\n种类：{_KINDS}\n"
    "项目用 baomi add 种类 --fields 查看；英文名、中文名都可以写，如 --serial 或 --序列号。",
)
@click.argument("kind", metavar="种类")
@click.option("--fields", "--项目", "show_fields", is_flag=True, help="列出这种登记有哪些项目")
@click.option(
    "--happened", "--已发生", "happened", is_flag=True, help="记录已经发生的事，不因规章拒绝"
)
@click.option(
    "--reason",
    "--原因",
    "reason",
    default="",
    metavar="原因",
    help="补记的原因，与 --happened 同用",
)
@json_option
@click.pass_context
def add(
    ctx: click.Context,
    kind: str,
    *,
    show_fields: bool,
    happened: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Register one thing."""
    page = kind_named(kind)
    if show_fields:
        _tell_fields(page, as_json=as_json)
        return
    late(reason, happened=happened)
    desk: Desk = ctx.obj
    with desk.room() as room:
        line = read_act(_given(kind_name(page), ctx.meta["fields"]), room.register)
        past = {"happened": reason} if happened else {}
        done = room.record(line.event, **{"by": desk.by, **line.circumstances, **past})
    _tell(done, page, as_json=as_json)


def _tell_fields(page: type, *, as_json: bool) -> None:
    names = ("name", "label", "takes")
    found = [[getattr(slot, name) for name in names] for slot in slots(Registered, page)]
    if as_json:
        print_json([dict(zip(names, each, strict=True)) for each in found])
    else:
        print_table(("项目", "中文名", "填写"), found)


def _given(kind: str, fields: list[tuple[str, str]]) -> dict[str, Any]:
    raw: dict[str, Any] = {"act": "registered", "kind": kind}
    for name, value in fields:
        if name in raw:
            raise click.BadParameter(f"项目“{name}”写了两次")
        raw[name] = value
    return raw


def _tell(done: Proposal, page: type, *, as_json: bool) -> None:
    found = (*done.findings, *done.notes)
    if as_json:
        answer = {"n": done.act.n, "number": done.number, "kind": kind_name(page)}
        print_json(answer | {"findings": [finding_json(finding) for finding in found]})
        return
    click.echo(done.number)
    say(f"已登记{KINDS[page][1]} {done.number}（第{done.act.n}笔）")
    say_findings(found)


_on_option = click.option(
    "--on", "--日期", "on", metavar="日期", help="账上到那一天为止的样子，不写就是现在"
)


def _as_of(room: Room, on: str | None) -> Register:
    """The register as it is, or as the book had it at the end of a day, with the reader's eyes."""
    return view_of(room, room.as_of(read_day(on)) if on else room.register)


@click.command("list", cls=ChineseCommand, short_help="列出一种登记")
@click.argument("kind", metavar="种类")
@_on_option
@json_option
@click.pass_obj
def list_(desk: Desk, kind: str, on: str | None, *, as_json: bool) -> None:
    """列出一种登记的全部记录，先登记的在前。"""
    name = next((n for n in TABLES if kind in (n, KIND_LABELS[n])), "")
    name = name or kind_name(kind_named(kind))
    with desk.room(reading=True) as room:
        say_who_reads(room)
        found = list(rows(_as_of(room, on), name))
        looked_at(room, [row["number"] for row in found])
    if as_json:
        print_json(found)
        return
    filled = [c for c in (*COLUMNS, *_MORE) if c != "kind"]
    shown = [c for c in filled if any(row.get(c) for row in found)]
    print_table([label(c) for c in shown], [[row.get(c, "") for c in shown] for row in found])
    say(f"共{len(found)}条")


@click.command("show", cls=ChineseCommand, short_help="查看一个编号的登记")
@click.argument("number", metavar="编号")
@_on_option
@json_option
@click.pass_obj
def show(desk: Desk, number: str, on: str | None, *, as_json: bool) -> None:
    """查看一个编号的全部登记内容，以及规章对它有什么要求。"""
    with desk.room(reading=True) as room:
        say_who_reads(room)
        register = _as_of(room, on)
        _known(register, number)
        _has_a_page(register, number)
        day = read_day(on) if on else room.clock().date()
        findings = [f for f in check(register, room.pack, day) if f.subject == number]
        looked_at(room, (number,))
        readings = _readings(register, number)
        if as_json:
            found = {"readings": readings, "findings": [finding_json(f) for f in findings]}
            print_json(row_of(register, number) | found)
            return
        for name, value in describe(register, number):
            click.echo(f"{name}：{'是' if value is True else value}")
        for line in readings:
            click.echo(f"知悉：{line['person']} {line['out']} 至 {line['back'] or '未退'}")
        from ledger.room.labelling import about

        for line_ in about(room.register, number):
            click.echo(f"标签：{line_}")
    say_findings(findings)


def _readings(register: Register, number: str) -> list[dict[str, str]]:
    """Who has had a document in hand: all its copies for a document, its own for a paper."""
    document = register.document_of(number)
    key = document.number if document else number
    lines = [register.readings[line] for line in register.readers.get(key, NOBODY)]
    return [
        {
            "carrier": line.carrier,
            "person": getattr(register.person(line.person), "name", line.person),
            "out": _moment(line.out, line.out_at),
            "back": _moment(line.back, line.back_at),
        }
        for line in sorted(lines, key=lambda line: (line.out, line.out_at or time.min))
        if number in (key, line.carrier)
    ]


def _moment(day: date | None, hour: time | None) -> str:
    return " ".join(str(part)[:10] for part in (day, hour and f"{hour:%H:%M}") if part)


_MORE = (
    "network",
    "mark",
    "doc_no",
    "circle",
    "nature",
    "opened",
    "facts",
    "reports",
    "closed",
    "wanted",
    "ended",
)
"""What a list shows beyond the common columns, where there is anything of it."""


def _known(register: Register, number: str) -> None:
    if number in register.spoiled:
        raise click.BadParameter(f"{quoted(number)}已作废：{register.spoiled[number]}")
    if number not in register.idents:
        raise click.BadParameter(f"登记簿上没有{quoted(number)}")


def _has_a_page(register: Register, number: str) -> None:
    try:
        row_of(register, number)
    except KeyError:
        said = f"{quoted(number)}没有自己的登记页（收发文编号或冲销了的编号），流水用 log 查看"
        raise click.BadParameter(said) from None


@click.command("log", cls=ChineseCommand, short_help="查看一个编号的流水")
@click.argument("number", metavar="编号")
@_on_option
@json_option
@click.pass_obj
def log(desk: Desk, number: str, on: str | None, *, as_json: bool) -> None:
    """查看与一个编号有关的每一笔流水。"""
    with desk.room(reading=True) as room:
        _known(room.register, number)
        acts = history(room, number)
        if on:
            acts = acts[: sum(act.at.date() <= read_day(on) for act in acts)]
    if as_json:
        print_json([write_act(act) for act in acts])
        return
    print_table(
        ("笔", "日期", "事项", "经办人", "内容"),
        [(act.n, act.on, ACTS[type(act.event)], act.by, summary(act)) for act in acts],
    )


def summary(act: Act) -> str:
    """What an act says, in a line: its fields by their labels, and why it was written late."""
    data = write_act(act)
    if isinstance(act.event, Requested):
        data["wanted"] = asked_for(cast("Event", act.event.wanted.event))
    skip = {"n", "on", "at", "by", "act", "findings", "happened", "clock"}
    parts = [f"{label(key)}={_said(value)}" for key, value in data.items() if key not in skip]
    if act.happened:
        parts.append(f"补记：{act.happened}（当时的问题{len(act.findings)}项）")
    return "，".join(parts)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_said(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values())
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
