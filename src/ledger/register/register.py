"""台账: what the acts add up to. A register is a value; the one before stays as it was."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen
from immutables import Map, MapMutation

from ledger.carrier import Carrier, Document, Paper
from ledger.mark import Level
from ledger.number import Numbering
from ledger.person import Person, Unit
from ledger.place import Cabinet, Closed, Custody, InCabinet, InRoom, Site, WithPerson
from ledger.register.record import Case, Change, Count, Entry, Readings, Record, Sequence

__all__ = ["EMPTY", "Draft", "Register", "account", "in_keeping"]

V = TypeVar("V")
Members = Map[str, None]
"""A set of numbers that registers can share."""


def _table() -> Any:
    return field(factory=Map)


@frozen(kw_only=True)
class Register:
    """Every page of the book at one moment, by number; each table is an immutable map.

    The last four tables are indexes kept with the pages: the papers of a document, what stands
    in an account of custody, what the officer keeps, and which carriers share a serial number.
    """

    unit: str = ""
    level: Level = Level.机密
    pack: str = ""
    numbering: Numbering = Numbering()
    acts: int = 0
    """The number of the last act."""
    on: date | None = None
    """The day of the last act."""
    carriers: Map[str, Entry[Carrier]] = _table()
    documents: Map[str, Document] = _table()
    cabinets: Map[str, Cabinet] = _table()
    sites: Map[str, Site] = _table()
    people: Map[str, Person] = _table()
    units: Map[str, Unit] = _table()
    cases: Map[str, Case] = _table()
    readings: Map[str, Readings] = _table()
    counts: Map[str, Count] = _table()
    sequences: Map[str, Sequence] = _table()
    idents: Map[str, int] = _table()
    """The running number of every page, which is what its label carries."""
    spoiled: Map[str, str] = _table()
    """Numbers that are void, and why."""
    copies: Map[str, Members] = _table()
    holdings: Map[str, Members] = _table()
    kept: Map[str, Members] = _table()
    serials: Map[str, Members] = _table()

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
        return _one(self.people, ref)

    def outside(self, ref: str) -> Unit | None:
        """The registered outside unit of this number, or of this name if only one has it."""
        return _one(self.units, ref)

    def in_order(self, pages: "Map[str, V]") -> Iterator[V]:
        """The pages of one table in the order in which they came into the book."""
        return (pages[number] for number in sorted(pages, key=self.idents.__getitem__))

    def open_carriers(self) -> Iterator[Entry[Carrier]]:
        """The carriers the room still answers for, in the order in which they came."""
        return (entry for entry in self.in_order(self.carriers) if entry.open)

    def held_by(self, ref: str) -> tuple[str, ...]:
        """The numbers of what is in a person's charge, whether booked by number or name."""
        person = self.person(ref)
        names = {ref} if person is None else {person.number, person.name}
        return tuple(sorted(n for name in names for n in self.holdings.get(f"人/{name}", ())))

    def in_keeping(self, cabinet: str = "") -> tuple[str, ...]:
        """The numbers of what is in a cabinet, or without one, in the room and every cabinet."""
        return in_keeping(self, cabinet)


def _one(pages: "Map[str, V]", ref: str) -> V | None:
    if ref in pages or not ref:
        return pages.get(ref)
    named = [page for page in pages.values() if page.name == ref]  # type: ignore[attr-defined]
    return named[0] if len(named) == 1 else None


EMPTY: Final = Register()


def account(custody: Custody) -> str:
    """The account of custody a carrier is booked to; closed ones share one per reason."""
    match custody:
        case InCabinet(cabinet):
            return f"柜/{cabinet}"
        case InRoom():
            return "室"
        case WithPerson(person):
            return f"人/{person}"
        case Closed(how):
            return f"了结/{how}"
        case other:
            return f"途/{other}"


_TABLES: Final = (
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
    "copies",
    "holdings",
    "kept",
    "serials",
)


class Draft:
    """A register in the making: records are put one by one, then it is finished."""

    carriers: "MapMutation[str, Entry[Carrier]]"
    documents: "MapMutation[str, Document]"
    cabinets: "MapMutation[str, Cabinet]"
    sites: "MapMutation[str, Site]"
    people: "MapMutation[str, Person]"
    units: "MapMutation[str, Unit]"
    cases: "MapMutation[str, Case]"
    readings: "MapMutation[str, Readings]"
    counts: "MapMutation[str, Count]"
    sequences: "MapMutation[str, Sequence]"
    idents: "MapMutation[str, int]"
    spoiled: "MapMutation[str, str]"
    copies: "MapMutation[str, Members]"
    holdings: "MapMutation[str, Members]"
    kept: "MapMutation[str, Members]"
    serials: "MapMutation[str, Members]"

    def __init__(self, start: Register) -> None:
        self.start = start
        self.changes: list[Change] = []
        for name in _TABLES:
            setattr(self, name, getattr(start, name).mutate())

    @property
    def numbering(self) -> Numbering:
        """The masks of the book."""
        return self.start.numbering

    def open(self, **opening: Any) -> None:
        """Set what the first act says about the book as a whole."""
        self.start = evolve(self.start, **opening)

    def put(self, table: str, key: str, after: Record | None) -> None:
        """Set one record, or take it out with ``None``; the indexes follow."""
        pages = getattr(self, table)
        before = pages.get(key)
        if after is not None:
            pages[key] = after
        else:
            del pages[key]
        if table == "carriers":
            self._index(key, _keys(before), _keys(after))
        self.changes.append(Change(table, key, before, after))

    def _index(self, number: str, before: "Keys", after: "Keys") -> None:
        for name, old, new in zip(_INDEXES, before, after, strict=True):
            if old != new:
                index = getattr(self, name)
                if old:
                    _leave(index, old, number)
                if new:
                    index[new] = index.get(new, _NOBODY).set(number, None)

    def finish(self, acts: int, on: date | None) -> Register:
        """The register as it stands after this act."""
        tables = {name: getattr(self, name).finish() for name in _TABLES}
        return evolve(self.start, acts=acts, on=on, **tables)


def in_keeping(pages: "Register | Draft", cabinet: str) -> tuple[str, ...]:
    """The numbers of what the officer keeps, in one cabinet or, for blank, altogether."""
    if cabinet:
        return tuple(sorted(pages.holdings.get(f"柜/{cabinet}", _NOBODY)))
    return tuple(sorted(pages.kept.get("室", _NOBODY)))


Keys = tuple[str, str, str, str]
_INDEXES: Final = ("holdings", "kept", "copies", "serials")
_NOBODY: Final[Members] = Map()


def _keys(entry: Any) -> Keys:
    """Where a carrier's page is found: its account, its document, its serial number."""
    if entry is None:
        return ("", "", "", "")
    thing, custody = entry.thing, entry.custody
    return (
        account(custody),
        "室" if isinstance(custody, (InRoom, InCabinet)) else "",
        getattr(thing, "document", ""),
        getattr(thing, "serial", ""),
    )


def _leave(index: "MapMutation[str, Members]", key: str, number: str) -> None:
    left = index[key].delete(number)
    if left:
        index[key] = left
    else:
        del index[key]
