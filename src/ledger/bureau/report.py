"""监督情况报告: what a bureau's leader wants to see of all units on a few pages, or of one."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

from ledger.bureau.asking import ask
from ledger.bureau.engine import Answer, Engine
from ledger.bureau.page import Page
from ledger.bureau.question import question
from ledger.bureau.refusal import NoAnswer
from ledger.day import chinese
from ledger.level import Sensitivity

__all__ = ["report"]

_STATES: Final = ("督办", "提醒", "正常")
_LEVELS: Final = ("绝密", "机密", "秘密")
_MOST: Final = 60
"""Rows of a table on the page; the whole of it is had with ``ask``."""


_FEW: Final = 20
"""Rows of what is only there to compare."""


class _Asked:
    """The answers a report is made of, each asked once."""

    def __init__(self, folder: Path, unit: str, on: date, engine: Engine, *, fast: bool) -> None:
        self._how = (folder, on, engine, fast)
        self.unit = unit

    def __call__(self, name: str, **given: str) -> Answer:
        folder, on, engine, fast = self._how
        asked = question(name)
        if any(each.name == "on" for each in asked.parameters):
            given = {"on": str(on), **given}
        answer = ask(folder, asked, given, on, engine, fast=fast)
        if self.unit and "单位" in answer.headings:
            place = answer.headings.index("单位")
            return Answer(answer.headings, tuple(r for r in answer.rows if r[place] == self.unit))
        return answer


def report(
    folder: Path, bureau: str, unit: str, on: date, engine: Engine, *, fast: bool = False
) -> bytes:
    """The report as one HTML file; raises ``NoAnswer`` for a unit that never handed in."""
    asked = _Asked(folder, unit, on, engine, fast=fast)
    units = asked("units")
    if unit and not units.rows:
        raise NoAnswer(f"没有接收过“{unit}”的账本")
    title = f"{unit}保密工作情况" if unit else "保密工作监督情况报告"
    said = (f"{bureau}　{chinese(on)}", _summary(units))
    page = Page(title, *said, mark=str(Sensitivity.WORK_SECRET))
    _charts(page, asked, units, on)
    if unit:
        page.heading("单位情况", _cited("unit"))
        page.table(("项目", "情况"), [row[1:] for row in asked("unit", unit=unit).rows])
    else:
        _overview(page, units)
    _sections(page, asked, on)
    page.paragraph(
        "本报告由各单位报送的台账计算，截至各单位报送之时；原账以各单位保密室为准。", "note"
    )
    return page.written()


def _sections(page: Page, asked: _Asked, on: date) -> None:
    """What is wrong, kind by kind, how the year compares, and of one unit its thirty items."""
    unit, since = asked.unit, f"{on.year}-01-01"
    for heading, name, answer in (
        ("逾期未办的清点、核查清退和检查", "late", asked("late")),
        ("超期在外的载体", "out", asked("out")),
        ("丢失、泄密案件误期的步骤", "incidents", _missed(asked("incidents"))),
        ("违规情况，按条文", "breaches", asked("breaches", unit=unit, since=since)),
        ("保密期限将满和已满的文件", "expiries", asked("expiries")),
    ):
        _section(page, heading, name, answer)
    years = asked("years", unit=unit)
    _section(page, f"{on.year}年与上年同期，办得最多的事项", "years", years, most=_FEW)
    if unit:
        items = asked("thirty", unit=unit, since=since).rows
        page.heading("三十项检查服务项目", _cited("thirty"))
        page.table(("序号", "检查内容", "检查情况", "备注"), [row[1:] for row in items])


def _summary(units: Answer) -> str:
    states = Counter(str(row[1]) for row in units.rows)
    if len(units.rows) == 1:
        return f"{units.rows[0][1]}；在账涉密载体{units.rows[0][2]}件"
    parts = "，".join(f"{state}{states[state]}个" for state in _STATES)
    carriers = sum(int(row[2]) for row in units.rows)
    return f"共{len(units.rows)}个单位（保密室）：{parts}；在账涉密载体{carriers}件"


def _charts(page: Page, asked: _Asked, units: Answer, on: date) -> None:
    page.heading("总览")
    if not asked.unit:
        states = Counter(str(row[1]) for row in units.rows)
        page.bars("各状态单位数", [(state, states[state]) for state in _STATES])
    out: Counter[str] = Counter()
    for _, level, _, late, _ in asked("out_by_level").rows:
        out[str(level)] += int(late)
    page.bars("超期在外件数，按密级", [(level, out[level]) for level in _LEVELS])
    held: Counter[str] = Counter()
    for _, level, _, count, _ in asked("stock").rows:
        held[str(level)] += int(count)
    page.bars("现有涉密载体件数，按密级", [(level, held[level]) for level in _LEVELS])
    breaches = asked("breaches", unit=asked.unit, since=f"{on.year}-01-01").rows[:8]
    page.bars("今年违规件数，前八条", [(str(row[0]), int(row[2])) for row in breaches])


def _overview(page: Page, units: Answer) -> None:
    page.heading("各单位", _cited("units"))
    marked = [row for row in units.rows if row[1] != "正常"]
    if marked:
        page.table(units.headings, marked[:_MOST])
    if len(marked) > _MOST:
        page.paragraph(f"另有{len(marked) - _MOST}个单位，用 baomi bureau ask units 查看全部。")
    fine = [str(row[0]) for row in units.rows if row[1] == "正常"]
    if fine:
        page.paragraph(f"正常的{len(fine)}个：{'、'.join(fine)}。")


def _missed(incidents: Answer) -> Answer:
    place = incidents.headings.index("情况")
    rows = (row for row in incidents.rows if row[place] in ("迟办", "逾期未办"))
    return Answer(incidents.headings, tuple(rows))


def _section(page: Page, heading: str, name: str, answer: Answer, most: int = _MOST) -> None:
    page.heading(f"{heading}（{len(answer.rows)}）", _cited(name))
    if not answer.rows:
        page.paragraph("没有。")
        return
    page.table(answer.headings, answer.rows[:most])
    if len(answer.rows) > most:
        page.paragraph(f"只列前{most}行，用 baomi bureau ask {name} 查看全部。")


def _cited(name: str) -> str:
    asked = question(name)
    return f"依据：{'；'.join(asked.articles)}。{asked.about}"
