"""台账: what the acts add up to. A register is a value; the one before stays as it was."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar

from attrs import field, frozen

from ledger.carrier import Carrier, Document, Paper
from ledger.mark import Level
from ledger.number import Numbering
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site
from ledger.register.access import Operator, Request
from ledger.register.pages import NOBODY, Members, Pages
from ledger.register.proceeding import (
    Activity,
    Disclosure,
    Inspection,
    Meeting,
    Query,
    Supply,
)
from ledger.register.record import Backup, Batch, Case, Count, Entry, Label, Reading
from ledger.register.sequence import Sequence
from ledger.register.standing import Policy, Round, Standing

__all__ = ["EMPTY", "TABLES", "Register", "in_keeping"]

V = TypeVar("V")


def _table() -> Any:
    return field(factory=Pages)


def _found(index: Pages[Members]) -> dict[str, Members]:
    return {key: members for key, members in index.items() if members}


def _index() -> Any:
    """An index is what it finds: a key that has lost its last page is no key."""
    return field(factory=Pages, eq=_found)


@frozen(kw_only=True)
class Register:
    """Every page of the book at one moment, by number.

    The tables named in ``INDEXES`` are kept with the pages: each says which pages are found
    under something else than their number.
    """

    unit: str = ""
    level: Level = Level.机密
    pack: str = ""
    numbering: Numbering = Numbering()
    acts: int = 0
    """The number of the last act."""
    on: date | None = None
    """The day of the last act."""
    at: datetime | None = None
    """The moment in which the last act was written."""
    carriers: Pages[Entry[Carrier]] = _table()
    documents: Pages[Document] = _table()
    cabinets: Pages[Cabinet] = _table()
    sites: Pages[Site] = _table()
    people: Pages[Person] = _table()
    units: Pages[Unit] = _table()
    cases: Pages[Case] = _table()
    readings: Pages[Reading] = _table()
    counts: Pages[Count] = _table()
    sequences: Pages[Sequence] = _table()
    idents: Pages[int] = _table()
    """The running number of every page, which is what its label carries."""
    spoiled: Pages[str] = _table()
    """Numbers that are void, and why."""
    backups: Pages[Backup] = _table()
    """The backups, by the number of their act."""
    batches: Pages[Batch] = _table()
    """What imports came to, by the act that closed each."""
    labels: Pages[Label] = _table()
    holdings: Pages[Members] = _index()
    """The carriers in an account of custody."""
    shelves: Pages[Members] = _index()
    """The carriers in a compartment."""
    kinds: Pages[Members] = _index()
    """The carriers of a kind."""
    copies: Pages[Members] = _index()
    """The papers of a document."""
    serials: Pages[Members] = _index()
    """The carriers with a serial number."""
    named: Pages[Members] = _index()
    """The people and outside units of a name."""
    posts: Pages[Members] = _index()
    """The people in a role."""
    readers: Pages[Members] = _index()
    """The readings of a document."""
    unreturned: Pages[Members] = _index()
    """The readings of a carrier that is not back yet."""
    bearers: Pages[Members] = _index()
    """The number behind the running number of a label."""
    bodies: Pages[Body] = _table()
    phones: Pages[Phone] = _table()
    mailboxes: Pages[Mailbox] = _table()
    standings: Pages[Standing] = _table()
    rounds: Pages[Round] = _table()
    """When recurring work was last done, by what it is and what it is about."""
    policies: Pages[Policy] = _table()
    meetings: Pages[Meeting] = _table()
    disclosures: Pages[Disclosure] = _table()
    supplies: Pages[Supply] = _table()
    inspections: Pages[Inspection] = _table()
    activities: Pages[Activity] = _table()
    queries: Pages[Query] = _table()
    operators: Pages[Operator] = _table()
    """Who may sign in; a room without any takes everybody at his word."""
    requests: Pages[Request] = _table()
    staff: Pages[Members] = _index()
    """The people of a department or circle group."""
    wholes: Pages[Members] = _index()
    """The compilations and excerpts a document is part of."""
    lines: Pages[Members] = _index()
    """The phones of a person."""
    designated: Pages[Members] = _index()
    """The outside units designated for something."""

    @property
    def guarded(self) -> bool:
        """Whether there are operators, and so nobody is taken at his word."""
        return len(self.operators) > 0

    @property
    def content_key(self) -> str:
        """The digits of the key content is sealed with; blank in a room that seals nothing."""
        return next((each.content_key for each in self.operators.values() if each.content_key), "")

    def level_of(self, entry: Entry[Carrier]) -> Level | None:
        """The carrier's level; a paper has its document's."""
        if isinstance(entry.thing, Paper):
            return self.documents[entry.thing.document].level
        return entry.thing.level

    def document_of(self, number: str) -> Document | None:
        """The text the paper of this number is a copy of."""
        entry = self.carriers.get(number)
        if entry is None or not isinstance(entry.thing, Paper):
            return None
        return self.documents[entry.thing.document]

    def person(self, ref: str) -> Person | None:
        """The registered person of this number, or of this name if only one has it."""
        return self._one(self.people, ref)

    def operator(self, ref: str) -> Operator | None:
        """The operator somebody of this number or name is; a program goes by its own name."""
        person = self.person(ref)
        return self.operators.get(ref if person is None else person.number)

    def outside(self, ref: str) -> Unit | None:
        """The registered outside unit of this number, or of this name if only one has it."""
        return self._one(self.units, ref)

    def _one(self, pages: Pages[V], ref: str) -> V | None:
        if not ref or ref in pages:
            return pages.get(ref)
        known = [number for number in self.named.get(ref, NOBODY) if number in pages]
        return pages[known[0]] if len(known) == 1 else None

    def in_order(self, pages: Pages[V]) -> Iterator[V]:
        """The pages of one table in the order in which they came into the book."""
        return (pages[number] for number in self.numbers(pages))

    def numbers(self, pages: Pages[V]) -> Iterator[str]:
        """The numbers of one table's pages in the order in which they came into the book."""
        yield from pages.old()
        yield from sorted(pages.new(), key=self.idents.__getitem__)

    def open_carriers(self) -> Iterator[Entry[Carrier]]:
        """The carriers the room still answers for, in the order in which they came."""
        return (entry for entry in self.in_order(self.carriers) if entry.open)

    def held_by(self, ref: str) -> tuple[str, ...]:
        """The numbers of what is in a person's charge, whether booked by number or name."""
        person = self.person(ref)
        names = {ref} if person is None else {person.number, person.name}
        return tuple(sorted(n for name in names for n in self.holdings.get(f"人/{name}", NOBODY)))

    def in_keeping(self, cabinet: str = "") -> tuple[str, ...]:
        """The numbers of what is in a cabinet, or without one, in the room and every cabinet."""
        return in_keeping(self, cabinet)


EMPTY: Final = Register()


class _Kept(Protocol):
    """A register, or one in the making."""

    @property
    def cabinets(self) -> Any: ...
    @property
    def holdings(self) -> Any: ...


def in_keeping(pages: _Kept, cabinet: str) -> tuple[str, ...]:
    """The numbers of what the officer keeps, in one cabinet or, for blank, altogether."""
    accounts = [f"柜/{cabinet}"] if cabinet else ["室", *(f"柜/{n}" for n in pages.cabinets)]
    return tuple(sorted(n for name in accounts for n in pages.holdings.get(name, NOBODY)))


TABLES: Final = (
    "carriers",
    "documents",
    "cabinets",
    "sites",
    "people",
    "units",
    "cases",
    "readings",
    "counts",
    "sequences",
    "idents",
    "spoiled",
    "backups",
    "batches",
    "labels",
    "bodies",
    "phones",
    "mailboxes",
    "standings",
    "rounds",
    "policies",
    "meetings",
    "disclosures",
    "supplies",
    "inspections",
    "activities",
    "queries",
    "operators",
    "requests",
)
"""The tables of pages; all others are indexes."""
