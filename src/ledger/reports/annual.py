"""年度报告数据: the figures of a year, each with the acts behind it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from attrs import frozen

from ledger.act import Act
from ledger.carrier import Computer, Medium
from ledger.event import (
    Archived,
    CarriedOut,
    Circulated,
    Cleared,
    Compiled,
    Copied,
    Counted,
    Declassified,
    Destroyed,
    Dispatched,
    Inspected,
    Lent,
    Produced,
    Received,
    Regraded,
    SentForRepair,
)
from ledger.event.cooperation import ActivityHeld, ArticleSent
from ledger.event.disclosure import Disclosed, DisclosureDrafted
from ledger.event.inspection import InspectionHeld, Rectified
from ledger.event.meeting import MeetingHeld
from ledger.event.organization import Convened, PolicyIssued
from ledger.event.reward import Punished, Rewarded
from ledger.event.staff import TravelApproved, Vetted
from ledger.event.supply import Supplied
from ledger.event.training import Trained
from ledger.level import Level
from ledger.person import Category
from ledger.register.register import Register
from ledger.reports.evidence import Window, cell, window

__all__ = ["AnnualFigures", "Figure", "annual_figures"]


@frozen(kw_only=True)
class Figure:
    """One figure of the year."""

    chapter: str = cell("部分")
    label: str = cell("项目")
    value: float = cell("数量")
    unit: str = cell("单位")
    acts: tuple[int, ...] = cell("流水", ())

    def __str__(self) -> str:
        return f"{self.label}{self.value:g}{self.unit}"


@frozen(kw_only=True)
class AnnualFigures:
    """Every figure the yearly report to the bureau asks for."""

    unit: str = cell("单位")
    start: date = cell("自")
    end: date = cell("至")
    rows: tuple[Figure, ...] = cell("数据")

    def value(self, label: str) -> float:
        """The figure of this name; raises ``KeyError``."""
        return {row.label: row.value for row in self.rows}[label]


def annual_figures(
    acts: Sequence[Act], register: Register, start: date, end: date
) -> AnnualFigures:
    """The figures of a period; standing ones are those of the register that is given."""
    period = window(acts, start, end)
    parts = (_standing(register), _carriers(period), _work(period), _troubles(register, period))
    rows = tuple(row for part in parts for row in part)
    return AnnualFigures(unit=register.unit, start=start, end=end, rows=rows)


def _standing(register: Register) -> Iterator[Figure]:
    staff = [p for p in register.in_order(register.people) if p.left_on is None]
    for category in Category:
        count = sum(p.category is category for p in staff)
        yield _plain("人员", f"{category}涉密人员", count, "人")
    yield _plain("人员", "保密员", sum("保密员" in p.roles for p in staff), "人")
    open_ = list(register.open_carriers())
    levels = Counter(level for entry in open_ if (level := register.level_of(entry)))
    for level in reversed(Level):
        yield _plain("在账载体", f"在账{level}级载体", levels[level], "件")
    media = sum(isinstance(e.thing, Medium) and e.thing.level is not None for e in open_)
    yield _plain("在账载体", "在账涉密介质", media, "件")
    machines = Counter(e.thing.network for e in open_ if isinstance(e.thing, Computer))
    for network, count in sorted(machines.items(), key=lambda each: str(each[0])):
        yield _plain("在账载体", f"{network or '未分类'}计算机", count, "台")
    keys = sum(site.key for site in register.in_order(register.sites))
    yield _plain("在账载体", "要害部门部位", keys, "处")


def _plain(chapter: str, label: str, value: float, unit: str) -> Figure:
    return Figure(chapter=chapter, label=label, value=value, unit=unit)


Measure = Callable[[object], float]


def _each(_event: object) -> float:
    return 1


def _pieces(name: str) -> Measure:
    return lambda event: len(getattr(event, name))


_CARRIERS: tuple[tuple[str, str, type, Measure], ...] = (
    ("收文", "份", Received, _pieces("numbers")),
    ("印制", "份", Produced, _pieces("numbers")),
    ("复印", "份", Copied, _pieces("numbers")),
    ("汇编", "份", Compiled, _pieces("numbers")),
    ("发文", "件", Dispatched, _pieces("carriers")),
    ("传阅", "次", Circulated, _each),
    ("借阅", "次", Lent, _each),
    ("携带外出", "件", CarriedOut, _pieces("carriers")),
    ("清退", "件", Cleared, _pieces("carriers")),
    ("归档", "件", Archived, _pieces("carriers")),
    ("销毁", "件", Destroyed, _pieces("carriers")),
    ("清点", "次", Counted, _each),
    ("密级变更", "件", Regraded, _each),
    ("解密", "件", Declassified, _each),
    ("送修", "件", SentForRepair, _each),
)


def _hours(event: object) -> float:
    return float(getattr(event, "hours", 0)) * len(getattr(event, "attendees", ()))


_WORK: tuple[tuple[str, str, type, Measure], ...] = (
    ("保密组织会议", "次", Convened, _each),
    ("制定、修订制度", "项", PolicyIssued, _each),
    ("集中教育", "次", Trained, _each),
    ("受教育", "人次", Trained, _pieces("attendees")),
    ("教育课时（人时）", "课时", Trained, _hours),
    ("资格审查", "人", Vetted, _each),
    ("出境审批", "人次", TravelApproved, _each),
    ("计算机检查", "台次", Inspected, _pieces("computers")),
    ("保密检查", "次", InspectionHeld, _each),
    ("检查发现问题", "项", InspectionHeld, _pieces("problems")),
    ("整改登记", "次", Rectified, _each),
    ("涉密会议", "次", MeetingHeld, _each),
    ("信息公开审查", "件", DisclosureDrafted, _each),
    ("审查后公开", "件", Disclosed, _each),
    ("对外提供", "件", Supplied, _each),
    ("协作组活动", "次", ActivityHeld, _each),
    ("报送稿件", "篇", ArticleSent, _each),
    ("奖励", "次", Rewarded, _each),
    ("处分", "人", Punished, _each),
)


def _carriers(period: Window) -> Iterator[Figure]:
    return _measured("载体流转", period, _CARRIERS)


def _work(period: Window) -> Iterator[Figure]:
    return _measured("保密工作", period, _WORK)


def _measured(
    chapter: str, period: Window, table: Sequence[tuple[str, str, type, Measure]]
) -> Iterator[Figure]:
    for label, unit, kind, measure in table:
        acts: Sequence[tuple[Act, object]] = period.of(kind)
        total = sum(measure(event) for _, event in acts)
        numbers = tuple(act.n for act, _ in acts)
        yield Figure(chapter=chapter, label=label, value=total, unit=unit, acts=numbers)


def _troubles(register: Register, period: Window) -> Iterator[Figure]:
    opened = [
        c for c in register.in_order(register.cases) if period.start <= c.opened <= period.end
    ]
    for nature in ("违规", "丢失", "泄密"):
        mine = [case for case in opened if case.nature == nature]
        yield Figure(
            chapter="案件",
            label=f"{nature}案件",
            value=len(mine),
            unit="件",
            acts=tuple(sorted(case.act for case in mine)),
        )
    closed = [c for c in opened if c.closed is not None]
    yield _plain("案件", "其中已结案", len(closed), "件")
    reported = sum(c.nature == "泄密" and c.reported_on is not None for c in opened)
    yield _plain("案件", "泄密已报告", reported, "件")
