"""Under what else than its number a page is found: the accounts, shelves, names and readings."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ledger.carrier import Carrier, Document
from ledger.office import Phone
from ledger.person import Person, Unit
from ledger.place import Closed, Custody, InCabinet, InRoom, WithPerson
from ledger.register.record import Entry, Reading
from ledger.register.series import series_of

__all__ = ["INDEXES", "Keys", "account", "shelf"]


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


Keys = tuple[tuple[str, ...], ...]
Finder = Callable[[Any], Keys]


def _one(key: str) -> tuple[str, ...]:
    return (key,) if key else ()


def shelf(cabinet: str, compartment: str) -> str:
    """The key of a compartment."""
    return f"{cabinet}/{compartment}"


def _shelf_of(custody: Custody) -> tuple[str, ...]:
    match custody:
        case InCabinet(cabinet, compartment):
            return (shelf(cabinet, compartment),)
        case _:
            return ()


def _of_carrier(entry: Entry[Carrier]) -> Keys:
    thing = entry.thing
    return (
        (account(entry.custody),),
        _shelf_of(entry.custody),
        (series_of(thing),),
        _one(getattr(thing, "document", "")),
        _one(getattr(thing, "serial", "")),
    )


def _of_person(person: Person) -> Keys:
    groups = {person.department, *person.circles} - {""}
    return (_one(person.name), tuple(person.roles), tuple(groups))


def _of_unit(unit: Unit) -> Keys:
    return (_one(unit.name), tuple(unit.designated_for))


def _of_reading(reading: Reading) -> Keys:
    return ((reading.document,), (reading.carrier,) if reading.back is None else ())


def _of_document(document: Document) -> Keys:
    return (tuple(document.made_from),)


def _of_phone(phone: Phone) -> Keys:
    return (_one(phone.keeper),)


INDEXES: Final[Mapping[str, tuple[tuple[str, ...], Finder]]] = {
    "carriers": (("holdings", "shelves", "kinds", "copies", "serials"), _of_carrier),
    "people": (("named", "posts", "staff"), _of_person),
    "units": (("named", "designated"), _of_unit),
    "readings": (("readers", "unreturned"), _of_reading),
    "documents": (("wholes",), _of_document),
    "phones": (("lines",), _of_phone),
    "labels": (("bearers",), lambda label: ((label.ident,),)),
}
"""Which indexes follow a table, and under which keys each of them has a page."""
