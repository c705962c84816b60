"""应办事项: what falls due in a room, from the register, the unit's pack and a day alone.

The same function answers for today and for the whole year; nothing is remembered beside the book.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ledger.duties import (
    carriers,
    gatherings,
    incidents,
    inspections,
    labels,
    machines,
    papers,
    people,
    reviews,
    work,
)
from ledger.duty import Due, Duty, Obligation, by_kind, occurrences
from ledger.pack import Pack
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.register.survey import pages
from ledger.rule import Desk

__all__ = ["ALL", "HORIZON", "duties", "unfolding"]

ALL: Final[tuple[Obligation, ...]] = (
    *incidents.OBLIGATIONS,
    *papers.OBLIGATIONS,
    *carriers.OBLIGATIONS,
    *machines.OBLIGATIONS,
    *labels.OBLIGATIONS,
    *people.OBLIGATIONS,
    *inspections.OBLIGATIONS,
    *gatherings.OBLIGATIONS,
    *reviews.OBLIGATIONS,
    *work.OBLIGATIONS,
)
"""Every obligation the ledger keeps in mind."""

HORIZON: Final = 30
"""How many days ahead today's list looks, unless it is told otherwise."""


_PIECE: Final = 50
"""Pages asked between two chances for others to go on."""
_Key = tuple[str, date, str, bool]
"""What makes two days one line of the list: obligation, day, reason, and whether it is a later turn."""


def duties(register: Register, pack: Pack, on: date, until: date | None = None) -> tuple[Duty, ...]:
    """What has to be done, the earliest day first: all that is overdue, and all until a day.

    ``until`` is thirty days ahead if it is not given. Subjects with the same task, day and
    reason stand in one duty.
    """
    *_, every = unfolding(register, pack, on, until)
    return every or ()


def unfolding(
    register: Register, pack: Pack, on: date, until: date | None = None
) -> Iterator[tuple[Duty, ...] | None]:
    """The same bit by bit: ``None`` after every few pages asked, all duties at the end."""
    now, last = pack.at(on), until or on + timedelta(days=HORIZON)
    found: dict[_Key, tuple[Obligation, list[Due]]] = {}
    for step in _falling_due(register, Desk(register=register, pack=now, on=on)):
        if step is None:
            yield None
            continue
        each, due = step
        for day, again in occurrences(due, on, last):
            why = each.gist if again else due.why
            found.setdefault((each.name, day, why, again), (each, []))[1].append(due)
    gathered = (_duty(key, *group, now) for key, group in found.items())
    yield tuple(sorted(gathered, key=lambda duty: (duty.due, duty.again)))


def _falling_due(register: Register, desk: Desk) -> Iterator[tuple[Obligation, Due] | None]:
    """Every obligation that falls due and its day; ``None`` after every ``_PIECE`` pages."""
    table = by_kind(ALL, desk.pack)
    for each in table.get(Register, ()):
        for due in each.look(register, desk):
            yield each, due
    for n, page in enumerate(pages(register)):
        kind = type(page.thing) if isinstance(page, Entry) else type(page)
        for each in table.get(kind, ()):
            for due in each.look(page, desk):
                yield each, due
        if n % _PIECE == 0:
            yield None


def _duty(key: _Key, each: Obligation, group: list[Due], pack: Pack) -> Duty:
    name, day, why, again = key
    return Duty(
        name=name,
        task=each.task,
        subjects=tuple(due.subject for due in group),
        due=day,
        why=why,
        cites=pack.cites.get(name, each.cites),
        gist=each.gist,
        done_by=each.done_by,
        opens=group[0].opens,
        hour=group[0].hour,
        again=again,
    )
