"""应办: what the room has to do, asked with its own pack and its own clock."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.duties import HORIZON, duties, unfolding
from ledger.duty import Duty
from ledger.room.room import Room

__all__ = ["agenda", "unfolding_agenda", "year_of"]


def agenda(room: Room, on: date | None = None, days: int = HORIZON) -> tuple[Duty, ...]:
    """What is overdue on a day, and what falls due in the days after it, the earliest first."""
    today = on or room.clock().date()
    return duties(room.register, room.pack, today, today + timedelta(days=days))


def unfolding_agenda(room: Room, days: int = HORIZON) -> Iterator[tuple[Duty, ...] | None]:
    """Today's ``agenda`` bit by bit: ``None`` while pages are still to be asked, then all of it."""
    today = room.clock().date()
    return unfolding(room.register, room.pack, today, today + timedelta(days=days))


def year_of(room: Room, year: int) -> Iterator[Duty]:
    """Everything that falls due in a year, as far as it is known today.

    What is over already is left out; for a year to come it is what today's book leads to.
    """
    today = room.clock().date()
    for duty in duties(room.register, room.pack, today, date(year, 12, 31)):
        if duty.due.year == year:
            yield duty
