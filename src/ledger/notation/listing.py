"""Pages as flat rows: what lists, labels, exports and scripts see of a register.

Every row has the same first columns whatever its kind; what a page does not know is blank.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from enum import Enum
from typing import Any, Final, cast

from attrs import fields

from ledger.carrier import Carrier, Computer, Device, Paper
from ledger.event import Event
from ledger.event.access import Wanted
from ledger.mark import Mark
from ledger.notation.fields import label
from ledger.notation.words import ACTS, KIND_LABELS, kind_name
from ledger.person import Circle
from ledger.place import (
    AtUnit,
    Awaiting,
    Compartment,
    InCabinet,
    InRoom,
    InTransit,
    WithPerson,
)
from ledger.reference import mentions
from ledger.register.balance import whereabouts
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register

__all__ = [
    "COLUMNS",
    "TABLES",
    "asked_for",
    "describe",
    "place_of",
    "plain",
    "row_of",
    "rows",
    "status_of",
]

COLUMNS: Final = (
    "number",
    "kind",
    "level",
    "name",
    "model",
    "serial",
    "asset_no",
    "department",
    "keeper",
    "place",
    "status",
)
"""The columns every row begins with."""

TABLES: Final[Mapping[str, str]] = {
    "cabinet": "cabinets",
    "site": "sites",
    "person": "people",
    "unit": "units",
    "document": "documents",
    "case": "cases",
    "body": "bodies",
    "phone": "phones",
    "mailbox": "mailboxes",
    "meeting": "meetings",
    "disclosure": "disclosures",
    "supply": "supplies",
    "inspection": "inspections",
    "activity": "activities",
    "query": "queries",
    "request": "requests",
}
"""Kinds that are no carriers, and the register table each lies in."""


def rows(register: Register, kind: str) -> Iterator[dict[str, Any]]:
    """The rows of one kind, in the order in which they came into the book."""
    if kind in TABLES:
        numbers: Iterable[str] = register.numbers(getattr(register, TABLES[kind]))
    else:
        numbers = sorted(register.kinds.get(kind, NOBODY), key=register.idents.__getitem__)
    for number in numbers:
        yield row_of(register, number)


def row_of(register: Register, number: str) -> dict[str, Any]:
    """The row of one number, whatever it belongs to; raises ``KeyError`` for an unknown one."""
    if number in register.carriers:
        return _carrier(register, register.carriers[number])
    for kind, table in TABLES.items():
        page = getattr(register, table).get(number)
        if page is not None:
            return _row(kind, _own(page), place=getattr(page, "place", ""))
    raise KeyError(number)


def _carrier(register: Register, entry: Entry[Carrier]) -> dict[str, Any]:
    thing = entry.thing
    own = _own(thing)
    if isinstance(thing, Paper):
        own |= {
            key: value
            for key, value in _own(register.documents[thing.document]).items()
            if key != "number"
        }
        own["name"] = own["title"] or own["alias"]
    level = register.level_of(entry)
    return _row(
        kind_name(type(thing)),
        own,
        level=str(level or ""),
        keeper=_name(register, getattr(thing, "keeper", "")),
        place=place_of(register, entry),
        status=status_of(entry),
        since=entry.since.isoformat(),
        entered=entry.entered.isoformat(),
        origin=entry.origin,
        holds=plain(entry.holds),
    )


def status_of(entry: Entry[Carrier]) -> str:
    """How a carrier stands, in a word, as every list shows it."""
    return whereabouts(entry.custody) + ("，遗失待查" if entry.missing else "")


def _row(kind: str, own: Mapping[str, Any], **known: Any) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    return row | dict(own) | {"kind": kind} | known


def _own(page: object) -> dict[str, Any]:
    return {each.name: plain(getattr(page, each.name)) for each in fields(type(page))}  # type: ignore[arg-type]


def plain(value: Any) -> Any:
    """A field's value as text, number or truth value; blank for what is not known."""
    match value:
        case None:
            return ""
        case Enum() | Mark() | Compartment() | Circle():
            return str(value)
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case Wanted(event=event):
            return asked_for(cast("Event", event))
        case tuple() | frozenset():
            return "、".join(sorted(map(str, value)))
        case _:
            return value


def asked_for(event: Event) -> str:
    """An act in a few words: what it is called, and the numbers it is about."""
    return f"{ACTS[type(event)]} {'、'.join(sorted(mentions(event)))}".rstrip()


def _name(register: Register, ref: str) -> str:
    person = register.person(ref)
    return person.name if person else ref


def place_of(register: Register, entry: Entry[Carrier]) -> str:
    """Where an officer would go to find it."""
    fixed = entry.thing.place if isinstance(entry.thing, (Computer, Device)) else ""
    match entry.custody:
        case InCabinet() | InTransit() | Awaiting():
            return str(entry.custody)
        case InRoom():
            return fixed or "保密室"
        case WithPerson(person=person):
            return fixed or _name(register, person)
        case AtUnit(unit=unit):
            known = register.outside(unit)
            return known.name if known else unit
        case _:
            return ""


def describe(register: Register, number: str) -> list[tuple[str, Any]]:
    """The row of a number as labelled lines, blank ones left out."""
    row = row_of(register, number)
    row["kind"] = KIND_LABELS[row["kind"]]
    return [(label(key), value) for key, value in row.items() if value not in ("", False)]
