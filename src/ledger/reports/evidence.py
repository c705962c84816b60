"""What a report leans on: the acts of a period, and sentences that name theirs."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import field, frozen

from ledger.act import Act
from ledger.event import Event, Voided
from ledger.register.register import Register

__all__ = ["NOTHING_SAID", "Fact", "Window", "cell", "name_of", "names_of", "window"]

EventT = TypeVar("EventT")


def cell(label: str, default: Any = ...) -> Any:
    """A field of a report with the name a form prints beside it."""
    if default is ...:
        return field(metadata={"label": label})
    return field(default=default, metadata={"label": label})


@frozen
class Fact:
    """Something a report says, and the numbers of the acts that say so."""

    text: str
    acts: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.text


NOTHING_SAID = Fact("无")


@frozen
class Window:
    """The acts of a period that still stand, by the kind of their event."""

    start: date
    end: date
    by_kind: Mapping[type, tuple[Act, ...]] = field(repr=False)

    def of(self, *kinds: type[EventT]) -> tuple[tuple[Act, EventT], ...]:
        """The acts of some kinds with their events, in the order of the book."""
        found = [act for kind in kinds for act in self.by_kind.get(kind, ())]
        return tuple((act, act.event) for act in sorted(found, key=lambda act: act.n))  # type: ignore[misc]

    def fact(self, text: str, acts: Iterable[tuple[Act, Any]]) -> Fact:
        """A sentence with the acts it rests on."""
        return Fact(text, tuple(act.n for act, _ in acts))


def window(acts: Sequence[Act], start: date, end: date) -> Window:
    """The acts whose facts fall in a period, both days included; voided ones are left out.

    No fact is dated later than the day it is written, so the book is read from ``start`` on.
    """
    first = bisect_left(acts, start, key=lambda act: act.at.date())
    later = [acts[n] for n in range(first, len(acts))]
    voided = {act.event.voids for act in later if isinstance(act.event, Voided)}
    found: defaultdict[type[Event], list[Act]] = defaultdict(list)
    for act in later:
        if start <= act.on <= end and act.n not in voided:
            found[type(act.event)].append(act)
    return Window(start, end, {kind: tuple(group) for kind, group in found.items()})


def name_of(register: Register, ref: str) -> str:
    """The name of a person or unit by its number; else what was written."""
    page = register.person(ref) or register.outside(ref)
    return ref if page is None else page.name


def names_of(register: Register, refs: Iterable[str]) -> str:
    """The names of several, joined."""
    return "、".join(name_of(register, ref) for ref in refs)
