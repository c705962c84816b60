"""Pages of the registers as JSON: a carrier's with its kind beside its fields, and where it is.

What is worked out from a page and looked for by others stands with it: the account of custody a
carrier is booked to, and the compartment it lies in.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, cast

from attrs import fields

from ledger.notation.codec import JSON, THING_KINDS
from ledger.notation.words import kind_name
from ledger.place import (
    AtUnit,
    Awaiting,
    Closed,
    Custody,
    InCabinet,
    InRoom,
    InTransit,
    WithPerson,
)
from ledger.register.index import account, shelf
from ledger.register.record import Entry, Record

__all__ = ["read_page", "write_page"]

CUSTODIES: Final[Mapping[type[Custody], str]] = {
    InCabinet: "cabinet",
    InRoom: "room",
    WithPerson: "person",
    AtUnit: "unit",
    InTransit: "transit",
    Awaiting: "awaiting",
    Closed: "closed",
}
"""What each kind of custody is called in JSON."""
_CUSTODIES: Final = {name: kind for kind, name in CUSTODIES.items()}


def write_page(page: Record) -> dict[str, Any]:
    """A page as a JSON object."""
    if not isinstance(page, Entry):
        return cast(dict[str, Any], JSON.unstructure(page))
    data: dict[str, Any] = JSON.unstructure(page)
    thing, where = data.pop("thing"), data.pop("custody")
    custody = page.custody
    data |= {"custody": {"with": CUSTODIES[type(custody)], **where}, "account": account(custody)}
    if isinstance(custody, InCabinet):
        data["shelf"] = shelf(custody.cabinet, custody.compartment)
    return {"kind": kind_name(type(page.thing)), **thing, **data}


def read_page(kind: type[Any], data: Mapping[str, Any]) -> Any:
    """The page of a class that ``write_page`` wrote as this object.

    Raises what cattrs raises for fields that are missing, unknown or of a wrong type.
    """
    return _entry(data) if kind is Entry else JSON.structure(data, kind)


def _entry(data: Mapping[str, Any]) -> Entry[Any]:
    kind = THING_KINDS[data["kind"]]
    own, others = _names(kind), _readers()
    thing = {name: value for name, value in data.items() if name in own}
    where = dict(data["custody"])
    custody = JSON.structure(where, _CUSTODIES[where.pop("with")])
    rest = {name: read(data[name], type_) for name, read, type_ in others if name in data}
    return Entry(thing=JSON.structure(thing, kind), custody=custody, **rest)


@cache
def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


@cache
def _readers() -> tuple[tuple[str, Any, Any], ...]:
    """The fields of a page but the thing and its custody, and what reads each."""
    return tuple(
        (each.name, JSON.get_structure_hook(cast(type, each.type)), each.type)
        for each in fields(Entry)
        if each.name not in ("thing", "custody")
    )
