"""today, calendar: what has to be done, by when, by which article, and which act does it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, Whole, print_json, say
from ledger.day import read_day
from ledger.duty import Duty
from ledger.notation.words import ACTS, act_name
from ledger.room.agenda import agenda, send_year, year_of

__all__ = ["calendar", "today"]

_FEW: Final = 6
"""How many subjects of one duty are named before the rest are counted."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


@click.command("today", cls=ChineseCommand, short_help="今天要办的事：逾期的、今天的、近期的")
@click.option("--on", "--日期", "on", metavar="日期", help="看哪一天，不写就是今天")
@click.option(
    "--days",
    "--天数",
    "days",
    type=Whole(0, 3660),
    default=30,
    metavar="天数",
    help="往后看几天，不写就是30天",
)
@json_option
@click.pass_obj
def today(desk: Desk, on: str | None, days: int, *, as_json: bool) -> None:
    """列出逾期的、今天的和近期的应办事项：为什么、哪一条、到哪天、用哪个事项办。

    办完并登记以后，这一条就没有了。
    """
    with desk.room(reading=True) as room:
        day = read_day(on) if on else room.clock().date()
        found = [duty for duty in agenda(room, day, days) if not duty.again]
    if as_json:
        print_json([duty_json(duty, day) for duty in found])
        return
    late = [duty for duty in found if duty.late(day)]
    now = [duty for duty in found if duty.due == day]
    soon = [duty for duty in found if duty.due > day]
    for heading, group in (("逾期", late), ("今天", now), (f"{days}天内", soon)):
        if group:
            click.echo(f"{heading}（{len(group)}项）")
            _tell(group)
    say(f"{day}：逾期{len(late)}项，今天{len(now)}项，{days}天内{len(soon)}项")


@click.command("calendar", cls=ChineseCommand, short_help="一年的应办事项：屏幕、XLSX、一页PDF")
@click.argument("year", type=Whole(_FIRST_YEAR, _LAST_YEAR), metavar="年份")
@click.option("--xlsx", "xlsx", metavar="文件", help="另存为XLSX工作簿（一年一页和清单）")
@click.option("--pdf", "pdf", metavar="文件", help="另存为一页A4的PDF，可以贴在墙上")
@click.option("--to", "--存到", "target", default="", metavar="编号", help="存到哪个介质或计算机")
@json_option
@click.pass_obj
def calendar(
    desk: Desk, year: int, xlsx: str | None, pdf: str | None, target: str, *, as_json: bool
) -> None:
    """列出一年里到期的全部事项，按现在的台账推算；已经办完的不再列。存成文件的，每个记一笔导出。

    \b
    例：baomi calendar 2027
        baomi calendar 2027 --pdf 年历.pdf --xlsx 年历.xlsx
    """
    with desk.room(reading=not (xlsx or pdf)) as room:
        found, made = list(year_of(room, year)), room.clock().date()
        for name, end in ((xlsx, ".xlsx"), (pdf, ".pdf")):
            if name:
                send_year(room, year, _new(name, end), by=desk.by, target=target)
    if as_json:
        print_json([duty_json(duty, made) for duty in found])
        return
    for month in range(1, 13):
        group = [duty for duty in found if duty.due.month == month]
        if group:
            click.echo(f"{month}月（{len(group)}项）")
            _tell(group)
    written = "，已写入" + "、".join(filter(None, (xlsx, pdf))) if xlsx or pdf else ""
    say(f"{year}年共{len(found)}项{written}")


def _new(name: str, end: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != end:
        raise click.BadParameter(f"文件名要以{end}结尾，现为“{name}”")
    if path.exists():
        raise click.BadParameter(f"“{name}”已经存在，请换一个文件名")
    return path


def _tell(duties: Iterable[Duty]) -> None:
    for duty in duties:
        hour = f" {duty.hour:%H:%M}" if duty.hour else ""
        click.echo(f"  {duty.due}{hour}  {duty.task}：{_subjects(duty)}")
        acts = "、".join(ACTS[kind] for kind in duty.done_by)
        why = "" if duty.again else f"{duty.why}；"
        click.echo(f"      {why}{duty.cites}：{duty.gist}；办理：{acts}")


def _subjects(duty: Duty) -> str:
    shown = "、".join(duty.subjects[:_FEW])
    more = len(duty.subjects) - _FEW
    return f"{shown}等{len(duty.subjects)}件" if more > 0 else shown


def duty_json(duty: Duty, on: date) -> dict[str, Any]:
    """A duty as a script sees it."""
    return {
        "duty": duty.name,
        "task": duty.task,
        "subjects": duty.subjects,
        "due": duty.due.isoformat(),
        "hour": duty.hour and f"{duty.hour:%H:%M}",
        "opens": duty.opens and duty.opens.isoformat(),
        "late": duty.late(on),
        "again": duty.again,
        "why": duty.why,
        "article": str(duty.cites),
        "gist": duty.gist,
        "acts": [act_name(kind) for kind in duty.done_by],
    }
