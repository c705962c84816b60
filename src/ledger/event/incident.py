"""Leaks: found, investigated, remedied, and closed with the bureau's consent."""

from datetime import date

from attrs import frozen

from ledger.mark import Level
from ledger.number import CarrierNo, CaseNo, PersonRef

__all__ = [
    "ClosingRequested",
    "Corrected",
    "IncidentEvent",
    "Investigated",
    "LeakFound",
    "Remedied",
]


@frozen(kw_only=True)
class LeakFound:
    """泄密: a leak or possible leak was discovered; the act's day is the day of discovery."""

    content: str
    circumstances: str
    level: Level | None = None
    happened_on: date | None = None
    """When it happened, if that is known; the clocks run from discovery."""
    place: str = ""
    found_by: PersonRef = PersonRef("")
    persons: tuple[PersonRef, ...] = ()
    """Those who answer for it."""
    carriers: tuple[CarrierNo, ...] = ()


@frozen(kw_only=True)
class Investigated:
    """调查: what the investigating group has found (泄密查处制度 第三条)."""

    case: CaseNo
    group: tuple[PersonRef, ...]
    course: str
    harm: str = ""
    persons: tuple[PersonRef, ...] = ()
    established: bool = False
    """Whether everything is found out (第八条)."""


@frozen(kw_only=True)
class Remedied:
    """补救: measures that stop or limit the harm (泄密查处制度 第四条)."""

    case: CaseNo
    measures: str


@frozen(kw_only=True)
class Corrected:
    """整改措施: what is done so that it does not happen again (泄密查处制度 第九条)."""

    case: CaseNo
    measures: str


@frozen(kw_only=True)
class ClosingRequested:
    """申请结案: the outcome in writing, with its five sets of papers (泄密查处制度 第十一条)."""

    case: CaseNo
    to: str
    closing_form: bool = False
    investigation_report: bool = False
    statements: bool = False
    handling_papers: bool = False
    unit_report: bool = False
    paper_no: str = ""


IncidentEvent = LeakFound | Investigated | Remedied | Corrected | ClosingRequested
