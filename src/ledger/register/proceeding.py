"""What runs over several steps: meetings, reviews, supplies, inspections, activities, questions."""

from datetime import date

from attrs import frozen

from ledger.mark import Level, Sensitivity
from ledger.number import (
    ActivityNo,
    BodyNo,
    CarrierNo,
    DisclosureNo,
    DocumentNo,
    InspectionNo,
    MeetingNo,
    PersonRef,
    QueryNo,
    SiteNo,
    SupplyNo,
)

__all__ = [
    "Activity",
    "Disclosure",
    "Inspection",
    "Meeting",
    "Query",
    "Report",
    "Supply",
]


@frozen
class Report:
    """One time somebody was told about a case."""

    on: date
    to: str
    stage: str = ""
    paper_no: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.on), self.stage, self.to, self.paper_no)))


@frozen(kw_only=True)
class Meeting:
    """A secret meeting: its plan, what was done to keep it secret, and its papers."""

    number: MeetingNo
    title: str
    level: Level | None = None
    venue: str = ""
    begins: date | None = None
    ends: date | None = None
    plan_no: str = ""
    chair: PersonRef = PersonRef("")
    attendees: tuple[PersonRef, ...] = ()
    paper_keeper: PersonRef = PersonRef("")
    act: int
    held_on: date | None = None
    issued: tuple[tuple[CarrierNo, PersonRef], ...] = ()
    """Papers given out that have to come back."""
    kept: tuple[CarrierNo, ...] = ()
    """Papers that might be taken home."""
    ended_on: date | None = None


@frozen(kw_only=True)
class Disclosure:
    """Something to be made public, with the three opinions on it."""

    number: DisclosureNo
    title: str
    handler: PersonRef
    drafted_on: date
    act: int
    document: DocumentNo = DocumentNo("")
    doc_no: str = ""
    produced_on: date | None = None
    on_request: bool = False
    secret: bool | None = None
    mark_changed: bool | None = None
    separated: bool | None = None
    unsuitable: bool | None = None
    opinion: str = ""
    reviewer: PersonRef = PersonRef("")
    reviewed_on: date | None = None
    review_agreed: bool | None = None
    review_opinion: str = ""
    consulted: str = ""
    approver: str = ""
    approved_on: date | None = None
    agreed: bool | None = None
    approval_opinion: str = ""
    disclosed_on: date | None = None
    open_query: QueryNo = QueryNo("")
    """The question about it that is not answered yet."""


@frozen(kw_only=True)
class Supply:
    """Material for a foreign partner, until it is handed over and its approval filed."""

    number: SupplyNo
    recipient: str
    content: str
    handler: PersonRef
    drafted_on: date
    act: int
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    trade_secret: bool = False
    nationwide: bool = False
    military: bool = False
    needed: bool | None = None
    treatment_needed: bool = False
    treated: bool = False
    consulted: str = ""
    approved_on: date | None = None
    approved_by: tuple[str, ...] = ()
    supplied_on: date | None = None
    undertaking: str = ""
    filed_on: date | None = None


@frozen(kw_only=True)
class Inspection:
    """An inspection, what it found, and how far that is put right."""

    number: InspectionNo
    scope: str
    on: date
    act: int
    sites: tuple[SiteNo, ...] = ()
    departments: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    rectify_by: date | None = None
    responsible: PersonRef = PersonRef("")
    rectified: tuple[int, ...] = ()
    """Which problems are put right, counted from 1."""
    criticized_on: date | None = None
    archive_no: str = ""

    @property
    def outstanding(self) -> tuple[int, ...]:
        """Which problems still stand, counted from 1."""
        return tuple(n for n in range(1, len(self.problems) + 1) if n not in set(self.rectified))


@frozen(kw_only=True)
class Activity:
    """Something the cooperation group did."""

    number: ActivityNo
    body: BodyNo
    on: date
    act: int
    content: str
    attended: bool = True
    excuse: str = ""
    leading: bool = False
    """Whether this unit led the group then, and so writes the record."""
    recorded_on: date | None = None


@frozen(kw_only=True)
class Query:
    """A question to a higher authority, until it is answered."""

    number: QueryNo
    about: str
    to: str
    kind_of_query: str
    asked_on: date
    act: int
    disclosure: DisclosureNo = DisclosureNo("")
    document: DocumentNo = DocumentNo("")
    answered_on: date | None = None
    answer: str = ""
