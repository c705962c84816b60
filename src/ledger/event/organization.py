"""The unit's secrecy work as a whole: bodies that meet, plan, make rules and report."""

from datetime import date
from typing import Final

from attrs import frozen

from ledger.approval import Approval
from ledger.number import BodyNo, PersonRef

__all__ = [
    "PLANS",
    "REPORTS",
    "ChangeReported",
    "Convened",
    "Declined",
    "Planned",
    "PolicyIssued",
    "Subscribed",
    "WorkEvent",
    "YearReported",
]


PLANS: Final = ("保密工作", "宣传教育", "协作组")
"""The plans of a year that duties wait for."""
REPORTS: Final = ("单位", "保密员")
"""Whose reports on a year duties wait for."""


@frozen(kw_only=True)
class Convened:
    """工作会议: the committee or a leading group met (委员会职责 第三条)."""

    body: BodyNo
    topics: str
    attendees: tuple[PersonRef, ...] = ()
    decisions: str = ""
    paper_no: str = ""


@frozen(kw_only=True)
class Planned:
    """年度计划: what is to be done in a year, one of ``PLANS``."""

    year: int
    scope: str = "保密工作"
    paper_no: str = ""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class PolicyIssued:
    """制定制度: the unit has written rules of its own on a subject (委员会职责 第二条)."""

    scope: str
    """What it is about, in the words of the inspection's items 16 to 27."""
    title: str = ""
    version: str = ""
    effective: date | None = None
    paper_no: str = ""


@frozen(kw_only=True)
class YearReported:
    """年度报告: the year's work was reported to the bureau, by the unit or by its officer."""

    year: int
    to: str
    scope: str = "单位"
    """One of ``REPORTS``."""
    paper_no: str = ""


@frozen(kw_only=True)
class ChangeReported:
    """变动上报: a change of a key place or of the people was told to the bureau."""

    about: str
    """The number of the site, or 保密组织人员."""
    details: str
    to: str
    paper_no: str = ""


@frozen(kw_only=True)
class Declined:
    """拒绝执行: an instruction against the rules was not carried out (保密员制度 第四条)."""

    instruction: str
    instructed_by: PersonRef
    ground: str = ""
    """The article it was against."""


@frozen(kw_only=True)
class Subscribed:
    """订阅刊物: the year's secrecy journal was ordered (协作组规则 第十四条)."""

    title: str
    year: int


WorkEvent = (
    Convened | Planned | PolicyIssued | YearReported | ChangeReported | Declined | Subscribed
)
