"""report: a form or a list that fills itself, told as text or as JSON."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

import click
from attrs import fields, has

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, print_json, print_table, say
from ledger.day import read_day
from ledger.notation.words import ACTS, act_name
from ledger.regulation import Citation
from ledger.reports import REPORTS
from ledger.reports.evidence import Fact
from ledger.room.reporting import report

__all__ = ["report_"]

_NAMES = "\n".join(f"{name:<12}{zh}" for name, zh in REPORTS.items())
_FEW_ACTS = 8


@click.command(
    "report",
    cls=ChineseCommand,
    short_help="自动填好的报表：检查记录表、三十项、年度数据、离岗清单等",
    help=f"做一张报表，内容从流水里自动填，每句话都指到背后的流水。\n\n\b\n{_NAMES}\n\n"
    "\b\n例：baomi report check 业务科\n"
    "    baomi report items --from 2026-01-01\n"
    "    baomi report leaving 陈刚",
)
@click.argument("name", metavar="报表")
@click.argument("about", required=False, default="", metavar="[编号|人员|部门]")
@click.option("--from", "--自", "start", metavar="日期", help="从哪一天，不写就是当年1月1日")
@click.option("--to", "--至", "end", metavar="日期", help="到哪一天，不写就是今天")
@json_option
@click.pass_obj
def report_(
    desk: Desk, name: str, about: str, start: str | None, end: str | None, *, as_json: bool
) -> None:
    """Make a report and tell it."""
    word = next((short for short, zh in REPORTS.items() if name == zh), name)
    with desk.room(reading=True) as room:
        found = report(
            room, word, about, read_day(start) if start else None, read_day(end) if end else None
        )
    if as_json:
        print_json(plain(found))
        return
    click.echo(REPORTS[word])
    for label, value in _cells(found):
        _tell(label, value)
    say(f"{REPORTS[word]}：由台账自动填写，签字、盖章前请核对")


def _cells(value: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(type(value)):
        yield each.metadata.get("label", each.name), getattr(value, each.name)


def _tell(label: str, value: Any) -> None:
    if isinstance(value, tuple) and (not value or has(type(value[0]))):
        click.echo(f"{label}（{len(value)}）")
        if value:
            heads = [head for head, _ in _cells(value[0])]
            print_table(heads, [[said(cell) for _, cell in _cells(row)] for row in value])
    else:
        click.echo(f"{label}：{said(value)}")


def said(value: Any) -> str:
    """One value of a report as a person reads it."""
    match value:
        case None | "":
            return ""
        case bool():
            return "是" if value else "否"
        case Fact(text, acts):
            return f"{text}{_acts(acts)}"
        case float():
            return f"{value:g}"
        case tuple() if value and all(isinstance(each, type) for each in value):
            return "、".join(ACTS[each] for each in value)
        case tuple():
            return _acts(value).strip("（）")
        case _:
            return str(value)


def _acts(acts: tuple[int, ...]) -> str:
    if not acts:
        return ""
    shown = "、".join(map(str, acts[:_FEW_ACTS]))
    more = f"等{len(acts)}笔" if len(acts) > _FEW_ACTS else "笔"
    return f"（第{shown}{more}）"


def plain(value: Any) -> Any:
    """One value of a report as JSON."""
    if isinstance(value, Citation):
        return str(value)
    if isinstance(value, type):
        return act_name(value)
    if has(type(value)):
        return {each.name: plain(getattr(value, each.name)) for each in fields(type(value))}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    if isinstance(value, (date, Enum)):
        return str(value)
    return value
