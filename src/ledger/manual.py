"""保密员手册: a chapter for each 制度, put together from the code that holds it.

A chapter is a value: what the ledger does for the 制度, what falls due, who approves, what is left to
people. A page of the manual, the command line and a screen each show the same chapter.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from attrs import fields, frozen

from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.conflict import CONFLICTS
from ledger.coverage import Demand, Holder, demands, of_set, sets
from ledger.duties import ALL as OBLIGATIONS
from ledger.duty import Obligation
from ledger.event import EVENTS
from ledger.finding import Force
from ledger.notation.fields import label
from ledger.notation.words import ACTS, KINDS
from ledger.office import Body, Mailbox, Phone
from ledger.pack import ACTS as APPROVALS
from ledger.person import Person
from ledger.place import Cabinet, InCabinet, InTransit, Site
from ledger.register import proceeding
from ledger.register.record import Case, Count, Entry, Reading
from ledger.register.sequence import Sequence
from ledger.register.standing import Policy, Round, Standing, Trip
from ledger.regulation import COMPENDIUM, LOCAL, Regulation
from ledger.reports import REPORTS
from ledger.reports.thirty import THIRTY
from ledger.rule import Rule
from ledger.rules import ALL

__all__ = ["Chapter", "Line", "chapter", "chapters", "faults", "where"]

_RULES: Final = {rule.name: rule for rule in ALL}
_DUTIES: Final = {each.name: each for each in OBLIGATIONS}
_PAGES: Final[dict[str, Any]] = {
    kind.__name__: kind
    for kind in (
        *EVENTS,
        *(getattr(proceeding, name) for name in proceeding.__all__),
        *(Policy, Round, Standing, Trip, Case, Count, Entry, Reading, Sequence),
        *(Paper, Notebook, Medium, Computer, Device, Document, Person, Cabinet, Site),
        *(Body, Phone, Mailbox, InCabinet, InTransit),
    )
}


@frozen(kw_only=True)
class Line:
    """One demand of a 制度 as the manual tells it."""

    articles: str
    gist: str
    held: tuple[str, ...]
    """What holds it, in Chinese; the reason, where it is left to people."""


@frozen(kw_only=True)
class Chapter:
    """What the ledger does for one 制度, and what it leaves to people."""

    regulation: Regulation
    file: str
    opening: str
    acts: tuple[str, ...]
    reports: tuple[tuple[str, str], ...]
    refused: tuple[Line, ...]
    """What is checked when an act is done, or found on a page."""
    due: tuple[Line, ...]
    """What the ledger reminds of."""
    kept: tuple[Line, ...]
    """What holds because it is written down or worked out."""
    left: tuple[Line, ...]
    """What only people can see to."""
    notes: tuple[str, ...]
    """Where the 制度 and today's law differ."""

    @property
    def parts(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Its lines under their headings; a part with nothing to say is left out."""
        headed = (
            ("台账核对的", self.refused),
            ("到期提示的", self.due),
            ("记下来、算出来就落实的", self.kept),
            ("由人负责的", self.left),
        )
        return tuple((heading, group) for heading, group in headed if group)


@cache
def _openings() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("ledger") / "articles" / "manual.toml").read_text("utf-8"))


def chapters() -> Iterator[Chapter]:
    """Every chapter, in the order of the book, then the rule sets of single units."""
    return (chapter(regulation) for regulation in (*COMPENDIUM, *LOCAL))


def chapter(regulation: Regulation) -> Chapter:
    """The chapter of one 制度; raises ``KeyError`` for a text that has none."""
    said = _openings()[regulation.short]
    mine = [demand for demand in _demands_of(regulation) if not demand.by_people]
    rules = {name for demand in mine for name in demand.names("规则")}
    return Chapter(
        regulation=regulation,
        file=said["file"],
        opening="".join(said["opening"].split("\n")),
        acts=tuple(said["acts"]),
        reports=tuple((name, REPORTS[name]) for name in said["reports"]),
        refused=tuple(_line(d) for d in mine if d.names("规则")),
        due=tuple(_line(d) for d in mine if d.names("应办") and not d.names("规则")),
        kept=tuple(_line(d) for d in mine if not d.names("规则") and not d.names("应办")),
        left=tuple(_line(d) for d in _demands_of(regulation) if d.by_people),
        notes=tuple(dict.fromkeys(c.note for c in CONFLICTS if c.note and rules & set(c.held_by))),
    )


def _demands_of(regulation: Regulation) -> list[Demand]:
    name = next(name for name in sets() if any(d.regulation is regulation for d in of_set(name)))
    return [demand for demand in of_set(name) if demand.regulation is regulation]


def _line(demand: Demand) -> Line:
    return Line(
        articles="、".join(demand.articles),
        gist=demand.gist,
        held=tuple(map(_told, demand.held)),
    )


def _told(holder: Holder) -> str:
    """What holds a demand, in words an officer would use."""
    match holder.word:
        case "规则":
            return _ruled(_RULES[holder.name])
        case "应办":
            return f"到期提示：{_DUTIES[holder.name].task}"
        case "审批":
            return f"审批人见规章包“{APPROVALS[holder.name]}”"
        case "报表":
            return f"报表：{REPORTS[holder.name]}（baomi report {holder.name}）"
        case "表项":
            return f"三十项第{holder.name}项自动填写"
        case "记录":
            return _recorded(holder.name)
        case _:
            return holder.name


_FORCES: Final = {Force.FORBIDS: "拦下", Force.REQUIRES: "拦下", Force.ADVISES: "提示"}


def _ruled(rule: Rule) -> str:
    looked = [kind for kind in rule.on if kind in ACTS]
    acts = "、".join(dict.fromkeys(ACTS[kind] for kind in looked[:4]))
    more = "等" if len(looked) > 4 else ""  # noqa: PLR2004 - a line has room for four
    if not acts:
        return f"全册核对（{rule.force}）：{rule.gist}"
    return f"办“{acts}”{more}时{_FORCES[rule.force]}（{rule.force}）：{rule.gist}"


def _recorded(name: str) -> str:
    kind, _, column = name.partition(".")
    page = _PAGES[kind]
    where = ACTS.get(page) or KINDS.get(page, ("", ""))[1] or _RECORDS.get(kind, kind)
    return f"登记：{where}的“{label(column)}”"


_RECORDS: Final = {
    "Entry": "载体",
    "Reading": "知悉记录",
    "Case": "案件",
    "Sequence": "编号",
    "Standing": "人员履历",
    "Trip": "出境",
    "Policy": "单位制度",
    "Meeting": "会议",
    "Disclosure": "公开审查",
    "Supply": "对外提供",
    "Inspection": "检查",
    "Activity": "活动",
    "InCabinet": "存放",
    "InTransit": "递送",
}
"""What records without a page of their own are called."""


def where(held: Rule | Obligation) -> str:
    """The file a rule or obligation stands in, and its name there."""
    module = held.look.__module__.replace(".", "/")
    return f"src/{module}.py::{held.name}"


def faults() -> Iterator[str]:
    """What the table names that the code does not have, each as a sentence; none if it is true."""
    for demand in demands():
        for holder in demand.held:
            if not _exists(holder):
                yield f"{demand.id}写着由“{holder}”承担，程序里没有它"


def _exists(holder: Holder) -> bool:
    match holder.word:
        case "规则":
            return holder.name in _RULES
        case "应办":
            return holder.name in _DUTIES
        case "审批":
            return holder.name in APPROVALS
        case "报表":
            return holder.name in REPORTS
        case "表项":
            return holder.name in {str(item.number) for item in THIRTY}
        case "记录":
            kind, _, column = holder.name.partition(".")
            page = _PAGES.get(kind)
            return page is not None and column in {each.name for each in fields(page)}
        case word:
            return word == "由人" and bool(holder.name)
