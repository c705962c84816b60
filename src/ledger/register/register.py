"""台账: what the acts add up to. A register is a value; the one before stays as it was."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from ledger.carrier import Carrier, Document, Paper
from ledger.mark import Level
from ledger.number import Numbering
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site
from ledger.register.index import INDEXES, Keys
from ledger.register.pages import NOBODY, Members, Pages, Working
from ledger.register.record import (
    Backup,
    Batch,
    Case,
    Change,
    Count,
    Entry,
    Label,
    Reading,
    Record,
    Sequence,
)

__all__ = ["EMPTY", "TABLES", "Draft", "Register", "in_keeping"]

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


def in_keeping(pages: "Register | Draft", cabinet: str) -> tuple[str, ...]:
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
)
"""The tables of pages; all others are indexes."""


class Draft:
    """A register in the making: records are put one by one, then it is finished."""

    carriers: Working[Entry[Carrier]]
    documents: Working[Document]
    cabinets: Working[Cabinet]
    sites: Working[Site]
    people: Working[Person]
    units: Working[Unit]
    cases: Working[Case]
    readings: Working[Reading]
    counts: Working[Count]
    sequences: Working[Sequence]
    idents: Working[int]
    spoiled: Working[str]
    backups: Working[Backup]
    batches: Working[Batch]
    labels: Working[Label]
    holdings: Working[Members]
    shelves: Working[Members]
    kinds: Working[Members]
    copies: Working[Members]
    serials: Working[Members]
    named: Working[Members]
    posts: Working[Members]
    readers: Working[Members]
    unreturned: Working[Members]
    bearers: Working[Members]

    def __init__(self, start: Register) -> None:
        self.start = start
        self.changes: list[Change] = []

    def __getattr__(self, name: str) -> Any:
        """A table, the first time it is asked for."""
        table = getattr(self.start, name).working()
        setattr(self, name, table)
        return table

    @property
    def numbering(self) -> Numbering:
        """The masks of the book."""
        return self.start.numbering

    def open(self, **opening: Any) -> None:
        """Set what the first act says about the book as a whole."""
        self.start = evolve(self.start, **opening)

    def put(self, table: str, key: str, after: Record | None) -> None:
        """Set one record, or take it out with ``None``; the indexes follow."""
        before = getattr(self, table).put(key, after)
        if table in INDEXES:
            names, find = INDEXES[table]
            nowhere: Keys = ((),) * len(names)
            left = nowhere if before is None else find(before)
            joined = nowhere if after is None else find(after)
            for name, old, new in zip(names, left, joined, strict=True):
                if old != new:
                    self._reindex(getattr(self, name), key, old, new)
        self.changes.append(Change(table, key, before, after))

    @staticmethod
    def _reindex(
        index: Working[Members], number: str, old: tuple[str, ...], new: tuple[str, ...]
    ) -> None:
        for key in old:
            if key not in new:
                index[key] = index[key].left_by(number)
        for key in new:
            if key not in old:
                index[key] = index.get(key, NOBODY).joined_by(number)

    def finish(self, acts: int, on: date | None, at: datetime | None) -> Register:
        """The register as it stands after this act."""
        tables: Any = {n: t.finish() for n, t in vars(self).items() if isinstance(t, Working)}
        return evolve(self.start, acts=acts, on=on, at=at, **tables)
