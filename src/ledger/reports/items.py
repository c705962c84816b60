"""三十项检查服务项目表: every item answered from the book, with the acts behind the answer.

The items are the bureau's; what is asked is told here in our own words, the form prints its own.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Final

from attrs import field, frozen

from ledger.act import Act
from ledger.finding import Finding
from ledger.pack import Pack
from ledger.register.register import Register
from ledger.reports.evidence import Window, cell, window
from ledger.review import check

__all__ = ["Answer", "Item", "ItemRow", "ItemTable", "Scene", "Verdict", "answered"]


class Verdict(Enum):
    """What an item comes to."""

    YES = "是"
    PARTLY = "部分"
    NO = "否"
    NOTHING = "无此事项"

    def __str__(self) -> str:
        return self.value


@frozen
class Answer:
    """The answer to one item: what it comes to, why, and the acts that show it."""

    verdict: Verdict
    said: str
    acts: tuple[int, ...] = ()


@frozen(kw_only=True)
class Scene:
    """What an item looks at: the register, the period's acts, and what the rules say today."""

    register: Register
    period: Window
    pack: Pack
    findings: tuple[Finding, ...] = field(repr=False)

    def against(self, *regulations: str) -> list[Finding]:
        """The binding findings under some regulations."""
        return [f for f in self.findings if f.force.binds and f.cites.regulation in regulations]


@frozen(kw_only=True)
class Item:
    """One of the thirty items, and how the book answers it."""

    number: int
    section: str
    asks: str
    judge: Callable[[Scene], Answer] = field(repr=False)


@frozen(kw_only=True)
class ItemRow:
    """One row of the table."""

    section: str = cell("检查项目")
    number: int = cell("序号")
    asks: str = cell("检查内容")
    verdict: str = cell("检查情况")
    said: str = cell("备注")
    acts: tuple[int, ...] = cell("流水", ())


@frozen(kw_only=True)
class ItemTable:
    """The whole table for a period."""

    unit: str = cell("单位名称")
    on: date = cell("检查时间")
    since: date = cell("时限自")
    summary: str = cell("整体情况")
    rows: tuple[ItemRow, ...] = cell("项目")


def answered(
    acts: Sequence[Act],
    register: Register,
    pack: Pack,
    since: date,
    on: date,
    items: Sequence[Item],
) -> ItemTable:
    """The items answered for a period that ends on the day of the inspection."""
    scene = Scene(
        register=register,
        period=window(acts, since, on),
        pack=pack.at(on),
        findings=tuple(check(register, pack, on)),
    )
    rows = tuple(_rows(items, scene))
    return ItemTable(
        unit=register.unit, on=on, since=since, summary=_summary(rows, scene), rows=rows
    )


def _rows(items: Sequence[Item], scene: Scene) -> Iterator[ItemRow]:
    for item in items:
        answer = item.judge(scene)
        yield ItemRow(
            section=item.section,
            number=item.number,
            asks=item.asks,
            verdict=str(answer.verdict),
            said=answer.said,
            acts=answer.acts,
        )


_COUNTED: Final = (Verdict.YES, Verdict.PARTLY, Verdict.NO, Verdict.NOTHING)


def _summary(rows: Sequence[ItemRow], scene: Scene) -> str:
    words = [row.verdict for row in rows]
    parts = [f"{verdict}{words.count(str(verdict))}项" for verdict in _COUNTED]
    binding = sum(finding.force.binds for finding in scene.findings)
    return f"{'、'.join(parts)}；现有须改正的问题{binding}项"
