"""What an event refers to: the numbers and people in its fields, told apart by their types."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args

from attrs import evolve, fields, has

from ledger.event import Event, NumberVoided, Registered
from ledger.event.access import Requested
from ledger.number import REFERENCES, PersonRef

__all__ = ["brought", "kinds_named", "mentions", "named", "parts", "references", "resolved"]

EventT = TypeVar("EventT")

_NEW: Final = ("number", "numbers", "blanks")
"""Fields in which an event names what it brings into being."""


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The fields that hold a number or a person: name, type, whether there are several."""
    found = []
    for each in fields(kind):
        several = getattr(each.type, "__origin__", None) is tuple
        held = get_args(each.type)[0] if several else each.type
        if held in REFERENCES:
            found.append((each.name, held, several))
    return tuple(found)


@cache
def _naming(kind: Any, held: Any) -> tuple[tuple[str, bool], ...]:
    """The fields that name what is there already and is of one type."""
    known = ((name, several) for name, type_, several in _fields(kind) if type_ is held)
    return tuple((name, several) for name, several in known if name not in _NEW)


def named(subject: Any, kind: Any) -> Iterator[str]:
    """The numbers or people of one type that an event or a page names, new ones left out."""
    for name, several in _naming(subject.__class__, kind):
        value = getattr(subject, name)
        yield from (each for each in (value if several else (value,)) if each)


@cache
def kinds_named(kind: Any) -> tuple[Any, ...]:
    """The types of number that an event of a kind can name; all for what carries a page or an act.

    Every act is asked for each of them, and most name one or two.
    """
    if kind in (Requested, Registered):
        return REFERENCES
    own = {held for _, held, _ in _fields(kind)}
    return tuple(held for held in REFERENCES if held in own)


def references(event: Event, kind: Any) -> Iterator[str]:
    """All that ``named`` finds in the event, in the page it registers and in the act it asks for."""
    yield from named(event, kind)
    if isinstance(event, Requested):
        yield from references(cast("Event", event.wanted.event), kind)
    if isinstance(event, Registered):
        skip = {event.document.number} if event.document else set()
        yield from (each for each in named(event.thing, kind) if each not in skip)


def parts(event: Any) -> Iterator[str]:
    """The documents from which the text was made that an event brings, corrects or asks for."""
    if isinstance(event, Requested):
        yield from parts(event.wanted.event)
    for name in ("document", "thing"):
        yield from getattr(getattr(event, name, None), "made_from", ())


def brought(event: Any) -> tuple[str, ...]:
    """The numbers an event gives to what it brings into being, its pages' before its text's."""
    if isinstance(event, NumberVoided):
        return ()
    thing = event.thing if isinstance(event, Registered) else None
    ones = (getattr(thing, "number", ""), getattr(event, "number", ""))
    text = getattr(getattr(event, "document", None), "number", "")
    serials = (getattr(event, "incoming_no", ""), getattr(event, "outgoing_no", ""))
    several = (*getattr(event, "numbers", ()), *getattr(event, "blanks", ()))
    return tuple(n for n in (*ones, *several, text, *serials) if n)


def mentions(event: Event) -> frozenset[str]:
    """Every number the event is about, those it brings into being included."""
    kinds = kinds_named(cast("Any", event).__class__)
    found = {each for kind in kinds for each in references(event, kind)}
    page = getattr(event, "thing", None)
    others = (getattr(page, "number", ""), getattr(event, "subject", ""))
    return frozenset({*found, *brought(event), *others} - {""})


def resolved(event: EventT, number_of: Callable[[str], str]) -> EventT:
    """The event with each person's name replaced by his number, where there is one."""
    changed: dict[str, Any] = {}
    for name, held, several in _fields(cast("Any", event).__class__):
        if held is PersonRef and name not in _NEW:
            value = getattr(event, name)
            known = tuple(map(number_of, value)) if several else number_of(value)
            if known != value:
                changed[name] = known
    for name in ("thing", "document", "wanted", "event"):
        carried = getattr(event, name, None)
        if has(type(carried)):
            page = resolved(carried, number_of)
            if page != carried:
                changed[name] = page
    return evolve(event, **changed) if changed else event  # type: ignore[misc]
