"""能办什么: what may be done with a number now, and why not the rest.

Only where the thing is, and whether it is still there, is asked here; what else an act needs is
judged when its form is filled in.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_origin

from attrs import fields, frozen

from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.event import Amended, Event, Labelled
from ledger.finding import Finding
from ledger.notation.listing import plain
from ledger.number import CabinetNo, CarrierNo, CaseNo, DocumentNo, PageNo, PersonRef, UnitRef
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site
from ledger.register.record import Case
from ledger.regulation import BOOK_ORDER
from ledger.room.barring import barred, desk_of, trial
from ledger.room.drafting import DOINGS, Doing
from ledger.room.inquiry import page_of
from ledger.room.room import Room
from ledger.room.viewing import listed
from ledger.rule import Desk, ask, by_subject
from ledger.rules.movement import RULES

__all__ = ["Possible", "fields_for", "filled_in", "possible", "takes"]


@frozen
class Possible:
    """Something to do with a number: the field that takes the number, and what stands against it."""

    doing: Doing
    field: str
    why_not: tuple[Finding, ...] = ()
    """Blank when nothing does as things stand."""


_STAYS: Final = by_subject(
    r for r in RULES if r.cites in (BOOK_ORDER["第四条"], BOOK_ORDER["第五条"])
)
"""The rules of where a carrier is, which an act cannot change by being filled in otherwise."""

_PLAIN: Final = (Paper, Notebook, Medium, Computer, Device)
_TAKES: Final[Mapping[str, tuple[type, ...]]] = {
    "medium": (Medium, Notebook),
    "computer": (Computer,),
    "computers": (Computer,),
    "item": (Medium, Device),
    "original": (Paper,),
    "parts": (Paper,),
    "into": (Notebook,),
}
"""The kinds of page a field takes, where its type does not say it all."""
_OF: Final[Mapping[Any, tuple[type, ...]]] = {
    CarrierNo: _PLAIN,
    DocumentNo: (Paper, Document),
    CabinetNo: (Cabinet,),
    CaseNo: (Case,),
    PersonRef: (Person,),
    UnitRef: (Unit,),
    PageNo: (*_PLAIN, Cabinet, Site),
}
_GIVEN: Final = ("number", "numbers", "blanks", "machine", "by", "supervisor", "found_missing_by")
"""Fields that name something new, or somebody beside the matter."""
_BY_MACHINE: Final = (Labelled,)
"""Acts a form could write and nobody should: they go with a printed label."""


def takes(kind: type[Event], page: type) -> tuple[str, ...]:
    """The fields of an act that take a page of this kind, in their order."""
    return tuple(
        each.name
        for each in fields(kind)
        if (held := _held(each.type)) in _OF
        and each.name not in _GIVEN
        and issubclass(page, _TAKES.get(each.name) or _OF[held])
    )


def _held(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def fields_for(room: Room, kind: type[Event], number: str) -> tuple[str, ...]:
    """The fields of an act that a number can go into."""
    page = page_of(room.register, number)
    return () if page is None else takes(kind, type(getattr(page, "thing", page)))


def possible(room: Room, number: str) -> Iterator[Possible]:
    """Everything that can be done with what has this number, with what stands against it now."""
    page = page_of(room.register, number)
    if page is None:
        return
    desk = desk_of(room)
    kind = type(getattr(page, "thing", page))
    for doing in DOINGS:
        if doing.command or doing.kind in _BY_MACHINE:
            continue
        if doing.kind is Amended:
            if doing.page is kind or (kind is Paper and doing.page is Document):
                yield Possible(doing, "number", barred(room, doing.kind))
        elif doing.page is None and (names := takes(doing.kind, kind)):
            against = _against(doing.kind, names[0], number, desk)
            yield Possible(doing, names[0], (*barred(room, doing.kind), *against))


def _against(kind: type[Event], field: str, number: str, desk: Desk) -> Iterator[Finding]:
    """What the place of a carrier has against an act on it."""
    if number not in desk.register.carriers:
        return
    tried = trial(kind, field, number)
    yield from (found for found in ask(tried, desk, _STAYS) if found.subject == number)


def filled_in(room: Room, doing: Doing, number: str) -> dict[str, str]:
    """What a form begins with when it is opened for a number.

    An amendment begins with the page as it is, so that only what changes is typed.
    """
    page = page_of(listed(room), number)
    if page is None:
        return {}
    if doing.kind is not Amended:
        return dict.fromkeys(fields_for(room, doing.kind, number)[:1], number)
    thing = getattr(page, "thing", page)
    if doing.page is Document and isinstance(thing, Paper):
        thing = listed(room).documents[thing.document]
    told = {each.name: _typed(getattr(thing, each.name)) for each in fields(type(thing))}
    return {name: text for name, text in told.items() if text}


def _typed(value: Any) -> str:
    """A value as somebody would type it."""
    found = plain(value)
    return {True: "是", False: "否"}[found] if isinstance(found, bool) else str(found)
