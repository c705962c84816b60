"""The records the registers are made of, as the acts so far have left them."""

from datetime import date, time
from typing import Generic, TypeVar

from attrs import frozen

from ledger.carrier import Carrier, Document
from ledger.event import PasswordSet
from ledger.mark import Level, Sensitivity
from ledger.number import BlankNo, CarrierNo, CaseNo, DocumentNo, PersonRef
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Closed, Custody, Site
from ledger.register.access import Operator, Request
from ledger.register.proceeding import (
    Activity,
    Disclosure,
    Inspection,
    Meeting,
    Query,
    Report,
    Supply,
)
from ledger.register.sequence import Sequence
from ledger.register.standing import Policy, Round, Standing

__all__ = [
    "Backup",
    "Batch",
    "Case",
    "Change",
    "Count",
    "Entry",
    "Issue",
    "Label",
    "Reading",
    "Record",
    "Shown",
]


ThingT_co = TypeVar("ThingT_co", bound=Carrier, covariant=True)


@frozen(kw_only=True)
class Entry(Generic[ThingT_co]):
    """A carrier's page: what it is, who has it, and what it has come to hold."""

    thing: ThingT_co
    custody: Custody
    since: date
    """The first day of this custody."""
    entered: date
    origin: str
    """How it came in: 登记, 收文, 印制, 复印, 摘录 or 汇编."""
    act: int
    """The act that last changed this page."""
    holds: Level | None = None
    """The highest level ever stored on it or processed by it."""
    sensitive: Sensitivity | None = None
    missing: CaseNo = CaseNo("")
    inspected_on: date | None = None
    password: PasswordSet | None = None
    password_on: date | None = None
    backed_up_on: date | None = None
    updated_on: date | None = None

    @property
    def number(self) -> CarrierNo:
        """The carrier's number."""
        return self.thing.number

    @property
    def open(self) -> bool:
        """Whether the room still answers for it."""
        return not isinstance(self.custody, Closed)


@frozen(kw_only=True)
class Case:
    """A breach or a loss that was recorded, with what has been done about it."""

    number: CaseNo
    nature: str
    """违规, 丢失 or 泄密."""
    opened: date
    act: int
    subjects: tuple[str, ...]
    facts: tuple[str, ...]
    reports: tuple[Report, ...] = ()
    reported_on: date | None = None
    closed: date | None = None
    outcome: str = ""
    opened_at: time | None = None
    """The hour of discovery, if it is known."""
    level: Level | None = None
    """The level of what has leaked or may have."""
    content: str = ""
    happened_on: date | None = None
    persons: tuple[PersonRef, ...] = ()
    course: str = ""
    harm: str = ""
    group: tuple[PersonRef, ...] = ()
    """Who investigates."""
    established_on: date | None = None
    """The day everything was found out."""
    remedies: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    """How those who answer for it were dealt with."""
    closing_asked_on: date | None = None


@frozen(kw_only=True)
class Reading:
    """One person's time with one copy: the knowledge record (知悉记录)."""

    document: DocumentNo
    carrier: CarrierNo
    person: PersonRef
    out: date
    out_at: time | None = None
    back: date | None = None
    back_at: time | None = None


@frozen(kw_only=True)
class Count:
    """The last count of a place and what it showed."""

    on: date
    expected: int
    seen: int
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    clearance_on: date | None = None
    """The day of the last count that was also a quarterly clearance."""


@frozen(kw_only=True)
class Backup:
    """A backup of the room: the day, the file, its digest, and how far it goes."""

    on: date
    file: str
    digest: str
    head: str
    medium: CarrierNo = CarrierNo("")


@frozen(kw_only=True)
class Batch:
    """What an import came to: the acts from ``first`` to ``act``, and the file they are from."""

    act: int
    first: int
    on: date
    by: str
    kind: str
    file: str
    digest: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    continues: int | None = None
    directions: str = ""
    withdrawn: int | None = None
    """The act that took it back, if one did."""


@frozen(kw_only=True)
class Shown:
    """What a label says of its page that may stop being true."""

    level: str = ""
    """The word on the badge: the level, or the network or 内部 of what has none."""
    asset_no: str = ""
    keeper: str = ""
    department: str = ""


@frozen(kw_only=True)
class Issue:
    """One label a page was given, and what it says."""

    n: int = 1
    on: date
    act: int
    by: str
    shown: Shown = Shown()
    key: int = 1
    template: str = ""
    layout: str = ""
    device: str = ""
    reason: str = ""
    void: str = ""
    """Why it does not count any more; blank while it does."""
    blank: BlankNo = BlankNo("")
    """The blank label it was before."""


@frozen(kw_only=True)
class Label:
    """All labels a page has had, oldest first; or a blank one, and what it was stuck on."""

    ident: str
    """The running number its code carries, in words because it is looked for."""
    kind: str
    issues: tuple[Issue, ...]
    stuck_on: str = ""


Record = (
    Entry[Carrier]
    | Document
    | Cabinet
    | Site
    | Person
    | Unit
    | Case
    | Reading
    | Count
    | Batch
    | Sequence
    | Backup
    | Label
    | Body
    | Phone
    | Mailbox
    | Standing
    | Round
    | Policy
    | Meeting
    | Disclosure
    | Supply
    | Inspection
    | Activity
    | Query
    | Operator
    | Request
    | int
    | str
)
"""Whatever stands under a key of one of the register's tables."""


@frozen
class Change:
    """One record before and after an act; ``None`` where there is none."""

    table: str
    key: str
    before: Record | None
    after: Record | None
