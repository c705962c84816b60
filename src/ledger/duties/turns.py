"""Turns: when something that recurs comes round again, by months, by year, or before a holiday."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ledger.day import chinese, last_of, months_after
from ledger.duty import Due
from ledger.holiday import festivals, last_workday_before
from ledger.register.register import Register
from ledger.register.survey import begun
from ledger.rule import Desk

__all__ = ["before_holidays", "every", "in_the_year", "once_a_year"]

_AHEAD: Final = 14
"""How many days before a holiday its check can be made."""
_BYGONE: Final = 30
"""How many days after a holiday a check that was missed is still told."""


def every(
    register: Register, name: str, months: int, subject: str, task: str, since: date | None = None
) -> Iterator[Due]:
    """What recurs after so many months, counted from its last time, or from a first day."""
    start = since or begun(register)
    if not months or start is None:
        return
    last = register.rounds.get(name)
    said = f"上次是{chinese(last.on)}" if last else "还没有做过"
    by = months_after(last.on if last else start, months)
    yield Due(subject, by, f"{task}，{said}", every=months)


def once_a_year(
    register: Register, on: date, name: str, month: int, subject: str, task: str
) -> Iterator[Due]:
    """What is done once for each year, by the end of a month of it; ``name`` ends with the year.

    The year before is still owing if the book had begun by then; what fell due before the book
    was begun is not.
    """
    start = begun(register)
    if not month or start is None:
        return
    for year in (on.year - 1, on.year, on.year + 1):
        by = last_of(year, month)
        owing = by >= start and f"{name}/{year}" not in register.rounds
        if owing and (year <= on.year or not _owed(register, name, on.year, month, start)):
            opens = date(year, max(1, month - 1), 1)
            yield Due(subject, by, f"{year}年{task}", opens, every=0 if year < on.year else 12)


def _owed(register: Register, name: str, year: int, month: int, start: date) -> bool:
    """Whether this year's turn stands already, from which the next year's is counted."""
    return last_of(year, month) >= start and f"{name}/{year}" not in register.rounds


def in_the_year(
    register: Register, on: date, name: str, wanted: int, subject: str, task: str
) -> Iterator[Due]:
    """What is done so many times a year, spread evenly; what is done already is left out."""
    start = begun(register)
    if not wanted or start is None:
        return
    done = register.rounds.get(name)
    times = done.times_in(on.year) if done else 0
    for turn in range(1, wanted + 1):
        by = last_of(on.year, 12 * turn // wanted)
        if turn > times and by >= start:
            why = f"{on.year}年应{wanted}次，已{times}次：{task}第{turn}次"
            yield Due(subject, by, why, every=12)
        else:
            by = last_of(on.year + 1, 12 * turn // wanted)
            why = f"{on.year + 1}年应{wanted}次：{task}第{turn}次"
            yield Due(subject, by, why, date(on.year + 1, 1, 1), every=12)


def before_holidays(
    register: Register, desk: Desk, name: str, names: tuple[str, ...], task: str
) -> Iterator[Due]:
    """What is done by the last working day before each of some holidays, this year and the next."""
    last, pack = register.rounds.get(name), desk.pack
    for year in (desk.on.year, desk.on.year + 1):
        for festival, day in festivals(year).items():
            opens = day - timedelta(days=_AHEAD)
            done = last is not None and last.on >= opens
            if festival in names and not done and day > desk.on - timedelta(days=_BYGONE):
                by = last_workday_before(day, pack.days_off, pack.days_on)
                yield Due(festival, by, f"{year}年{festival}前{task}", opens)
