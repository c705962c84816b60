"""do, acts, may: what can happen, writing it down, and asking first."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from ledger.cli.desk import Desk, json_option, late
from ledger.cli.speech import (
    ChineseCommand,
    Exit,
    finding_json,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.event import Event
from ledger.exchange.objects import Twice, strict
from ledger.exchange.schema import act_schema, acts_schema
from ledger.exchange.script import COMMANDS, ENVELOPE, InvalidAct, act_named, read_act, slots
from ledger.finding import Finding
from ledger.notation.codec import carries_thing
from ledger.notation.fields import label
from ledger.notation.words import ACTS, act_name
from ledger.review import Proposal, Refused
from ledger.room import Room
from ledger.room.question import may
from ledger.text import quoted

__all__ = ["acts", "do", "may_", "pair"]


class _Answers:
    """The lines answered so far, and what they come to."""

    def __init__(self, *, as_json: bool, many: bool) -> None:
        self.as_json, self.many = as_json, many
        self.done = self.refused = self.unreadable = 0

    def written(self, proposal: Proposal) -> None:
        """One act is on disk."""
        self.done += 1
        found = (*proposal.findings, *proposal.notes)
        if self.as_json:
            self._line(
                {
                    "n": proposal.act.n,
                    "number": proposal.number,
                    "numbers": list(proposal.numbers),
                    "findings": [finding_json(finding) for finding in found],
                }
            )
            return
        name = ACTS[type(proposal.act.event)]
        click.echo(f"第{proposal.act.n}笔 {name} {'、'.join(proposal.numbers)}".rstrip())
        say_findings(found)

    def against(self, findings: tuple[Finding, ...], number: int) -> None:
        """One act was refused by the rules."""
        self.refused += 1
        if self.as_json:
            self._line({"refused": [finding_json(finding) for finding in findings]})
        else:
            say(f"{self._line_of(number)}不能办理，没有写入：")
            say_findings(findings)

    def misread(self, number: int, why: str, *, torn: bool) -> None:
        """One line was no act at all."""
        self.unreadable += torn
        self.refused += not torn
        if self.as_json:
            self._line({"refused": [{"subject": f"第{number}行", "fact": why}]})
        else:
            say(f"{self._line_of(number)}读不通，没有写入：{why}")

    def _line_of(self, number: int) -> str:
        return f"第{number}行" if self.many else "这一笔"

    def _line(self, answer: Mapping[str, Any]) -> None:
        print_json(answer)
        sys.stdout.flush()

    @property
    def code(self) -> Exit:
        """The exit code the answers come to."""
        if not self.refused and not self.unreadable:
            return Exit.DONE
        if self.done:
            return Exit.PARTLY
        return Exit.UNREADABLE if self.unreadable else Exit.REFUSED


@click.command(
    "do",
    cls=ChineseCommand,
    options_metavar="",
    short_help="办理一件或一批事项",
    help="办理事项，每一笔写到盘上以后才回答。\n\n\b\n"
    "baomi do -                    从标准输入逐行读取，一行一个JSON对象\n"
    "baomi do 归还 载体=WJ-2026-0001    办理一件，项目=值，中英文名都可以\n\n"
    "有哪些事项和项目，用 baomi acts 查看。",
)
@click.argument("act", metavar="-|事项")
@click.argument("pairs", nargs=-1, metavar="[项目=值]…")
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
@click.pass_obj
def do(
    desk: Desk,
    act: str,
    pairs: tuple[str, ...],
    *,
    happened: bool,
    reason: str,
    as_json: bool,
) -> int:
    """Do one act, or every act on standard input."""
    late(reason, happened=happened)
    common = {"by": desk.by} | ({"happened": reason} if happened else {})
    answers = _Answers(as_json=as_json, many=act == "-")
    with desk.room() as room:
        for number, raw in enumerate(_acts(act, pairs), 1):
            if raw is not None:
                _one(room, number, raw, common, answers)
    return answers.code


def _acts(act: str, pairs: tuple[str, ...]) -> Iterator[Any]:
    if act != "-":
        yield {"act": act, **_told_once(map(pair, pairs))}
        return
    if pairs:
        raise click.BadParameter("从标准输入读取时，后面不能再写项目")
    for line in sys.stdin.buffer:
        yield line if line.strip() else None


def pair(text: str) -> tuple[str, str]:
    """A field and its value as typed; raises ``click.BadParameter``."""
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"要写成 项目=值，读到{quoted(text)}")
    return name, value


def _told_once(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    told = dict[str, str]()
    for name, value in pairs:
        if name in told:
            raise click.BadParameter(f"项目{quoted(name)}写了两次")
        told[name] = value
    return told


def _one(room: Room, number: int, raw: Any, common: Mapping[str, str], answers: _Answers) -> None:
    try:
        given = strict(raw.decode("utf-8-sig")) if isinstance(raw, bytes) else raw
    except Twice as error:
        answers.misread(number, str(error), torn=False)
        return
    except (ValueError, RecursionError):
        answers.misread(number, f"不是完整的JSON：{quoted(_start(raw))}", torn=True)
        return
    try:
        line = read_act(given, room.register)
        answers.written(room.record(line.event, **{**common, **line.circumstances}))
    except InvalidAct as error:
        answers.misread(number, str(error), torn=False)
    except Refused as refusal:
        answers.against(refusal.findings, number)


def _start(raw: bytes) -> str:
    return raw[:200].decode("utf-8", "replace").strip()


@click.command("acts", cls=ChineseCommand, short_help="列出全部事项和它们的项目")
@click.argument("act", required=False, metavar="[事项]")
@click.option("--schema", "--格式", "schema", is_flag=True, help="输出JSON Schema，供程序校验")
@json_option
def acts(act: str | None, *, schema: bool, as_json: bool) -> None:
    """列出 baomi do 能办的全部事项，以及每个事项有哪些项目、填什么。"""
    if schema:
        print_json(act_schema(act_named(act)) if act else acts_schema())
        return
    kinds = [act_named(act)] if act else [kind for kind in ACTS if kind not in COMMANDS]
    if as_json:
        print_json([_act_json(kind) for kind in kinds])
        return
    for kind in kinds:
        click.echo(f"{ACTS[kind]} {act_name(kind)}")
        rows = [
            (f"  {slot.name}", slot.label, slot.takes, "必填" if slot.required else "")
            for slot in slots(kind)
        ]
        if carries_thing(kind):
            rows.insert(0, ("  kind", label("kind"), "种类，另加该种类的各项", "必填"))
        print_table(("  项目", "中文名", "填写", ""), rows)
    words = "、".join(f"{name}（{label(name)}）" for name in ENVELOPE)
    say(f"各事项都可以另写：{words}")


def _act_json(kind: type[Event]) -> dict[str, Any]:
    fields = [
        {
            "name": slot.name,
            "label": slot.label,
            "takes": slot.takes,
            "required": slot.required,
        }
        for slot in slots(kind)
    ]
    return {"act": act_name(kind), "name": ACTS[kind], "fields": fields}


@click.command("may", cls=ChineseCommand, short_help="问一问：这个能不能放进、接入、给那个")
@click.argument("what", metavar="甲")
@click.argument("word", metavar="into", type=str)
@click.argument("into", metavar="乙")
@json_option
@click.pass_obj
def may_(desk: Desk, what: str, word: str, into: str, *, as_json: bool) -> int:
    """问甲能不能进乙，附条文，什么也不写入。

    \b
    甲：载体编号，或 绝密、机密、秘密、工作秘密、内部、一般（指信息）
    乙：介质、计算机、保密本、柜（G-01/2）、人员
    例：baomi may 机密 into JZ-0001
    """
    if word not in ("into", "进"):
        raise click.BadParameter("要写成 baomi may 甲 into 乙")
    with desk.room(reading=True) as room:
        answer = may(room, what, into)
    if as_json:
        print_json(
            {
                "allowed": answer.allowed,
                "findings": [finding_json(finding) for finding in answer.findings],
                "asked": [str(cited) for cited in answer.asked],
            }
        )
    else:
        click.echo("可以" if answer.allowed else "不可以")
        say_findings(answer.findings)
        say(f"核对了：{'；'.join(map(str, answer.asked))}")
    return Exit.DONE if answer.allowed else Exit.REFUSED
