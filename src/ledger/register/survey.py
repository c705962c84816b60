"""Every page of a register, table by table; when it was begun; and whom a circle admits."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ledger.person import Circle, Person
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.register.standing import OPENING

__all__ = ["admitted", "begun", "pages"]

_BEFORE: Final = ("documents", "sites")
_AFTER: Final = (
    "cases",
    "people",
    "bodies",
    "phones",
    "mailboxes",
    "meetings",
    "disclosures",
    "supplies",
    "inspections",
    "activities",
    "queries",
)


def pages(register: Register) -> Iterator[object]:
    """Every page that something may be asked of; of carriers those the room answers for."""
    for name in _BEFORE:
        yield from register.in_order(getattr(register, name))
    yield from register.open_carriers()
    for name in _AFTER:
        yield from register.in_order(getattr(register, name))


def begun(register: Register) -> date | None:
    """The day on which the book was begun; ``None`` for one that is not."""
    opening = register.rounds.get(OPENING)
    return None if opening is None else opening.on


def admitted(register: Register, circle: Circle) -> list[Person]:
    """The registered people a circle admits, looked up member by member."""
    found = {number for number in circle.members if number in register.people}
    for member in circle.members:
        for index in (register.named, register.staff):
            found |= {number for number in index.get(member, NOBODY) if number in register.people}
    return [register.people[number] for number in sorted(found)]
