"""How a deadline is written, and what falls due: an article with a day in it.

An obligation is an article's citation, its gist, what is to be done, the acts that do it, and a
short pure function that yields the days by which it has to be done. A duty is such a day as it
stands before the officer; it is gone as soon as the act is in the book.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, Final, Self

from attrs import evolve, field, frozen

from ledger.day import months_after
from ledger.event import Event
from ledger.pack import Pack
from ledger.regulation import LOCAL, Citation
from ledger.rule import Desk

__all__ = ["Due", "Duty", "Obligation", "obligation", "occurrences"]

_LOCAL: Final = frozenset(regulation.short for regulation in LOCAL)


@frozen
class Due:
    """One day by which something has to be done about one subject, and why."""

    subject: str
    by: date
    why: str
    opens: date | None = None
    """The first day on which it can sensibly be done; at once if it is not given."""
    every: int = 0
    """After how many months it falls due again; 0 if it does not by itself."""
    hour: time | None = None


Look = Callable[[Any, Desk], Iterator[Due]]


@frozen
class Obligation:
    """One demand of an article that has a day."""

    cites: Citation
    gist: str
    task: str
    done_by: tuple[type[Event], ...]
    on: tuple[type, ...]
    look: Look = field(repr=False)
    local: bool = False

    @property
    def name(self) -> str:
        """What is to be so, as its function is called."""
        return self.look.__name__

    def holds_under(self, pack: Pack) -> bool:
        """Whether it holds under a pack; an article of one unit's own only where chosen."""
        chosen = self.cites.regulation in pack.regulations or self.name in pack.cites
        return chosen or not self.local


@frozen(kw_only=True)
class Duty:
    """Something the room has to do until a day."""

    name: str
    task: str
    subjects: tuple[str, ...]
    due: date
    why: str
    cites: Citation
    gist: str
    done_by: tuple[type[Event], ...]
    opens: date | None = None
    hour: time | None = None
    again: bool = False
    """Whether it is a later turn of something that recurs, and not the next."""

    def late(self, on: date) -> bool:
        """Whether its day has passed."""
        return on > self.due

    def only(self, subjects: Iterable[str]) -> Self:
        """The same for some of its subjects."""
        return evolve(self, subjects=tuple(subjects))

    def open(self, on: date) -> bool:
        """Whether it can be done already."""
        return not self.again and (self.opens is None or on >= self.opens)


def obligation(
    cites: Citation,
    gist: str,
    task: str,
    *,
    on: type | tuple[type, ...],
    done_by: type[Event] | tuple[type[Event], ...],
) -> Callable[[Look], Obligation]:
    """Make an obligation of the function below; nothing is registered by it."""
    subjects = on if isinstance(on, tuple) else (on,)
    acts = done_by if isinstance(done_by, tuple) else (done_by,)
    local = cites.regulation in _LOCAL
    return lambda look: Obligation(cites, gist, task, acts, subjects, look, local)


def occurrences(due: Due, on: date, until: date) -> Iterator[tuple[date, bool]]:
    """The days up to ``until`` on which something falls due, and whether it is a later turn.

    What is overdue is due once; its next turn is counted from the day it will have been done.
    """
    day, later = due.by, False
    while day <= until:
        yield day, later
        if not due.every:
            return
        day, later = months_after(max(day, on), due.every), True


Found = Mapping[tuple[str, date, str], list[str]]


def by_kind(obligations: Iterable[Obligation], pack: Pack) -> Mapping[type, tuple[Obligation, ...]]:
    """The obligations that hold under a pack, by the kind of page they are asked of."""
    table: dict[type, tuple[Obligation, ...]] = {}
    for each in obligations:
        if each.holds_under(pack):
            for kind in each.on:
                table[kind] = (*table.get(kind, ()), each)
    return table
