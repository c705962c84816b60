"""应办: what the room has to do, asked with its own pack and its own clock."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.duties import HORIZON, duties
from ledger.duty import Duty
from ledger.room.room import Room

__all__ = ["agenda", "year_of"]


def agenda(room: Room, on: date | None = None, days: int = HORIZON) -> tuple[Duty, ...]:
    """What is overdue on a day, and what falls due in the days after it, the earliest first."""
    room.refuse_outsiders()
    today = on or room.clock().date()
    return duties(room.register, room.pack, today, today + timedelta(days=days))


def year_of(room: Room, year: int) -> Iterator[Duty]:
    """Everything that falls due in a year, as far as it is known today.

    What is over already is left out; for a year to come it is what today's book leads to.
    """
    room.refuse_outsiders()
    today = room.clock().date()
    for duty in duties(room.register, room.pack, today, date(year, 12, 31)):
        if duty.due.year == year:
            yield duty
