"""应办: what the room has to do, asked with its own pack and its own clock."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from attrs import evolve

from ledger.duties import HORIZON, duties, unfolding
from ledger.duty import Duty
from ledger.level import Sensitivity
from ledger.room.exporting import Outgoing, send_out
from ledger.room.room import Room
from ledger.room.viewing import hides
from ledger.sight import HIDDEN

__all__ = ["agenda", "send_year", "unfolding_agenda", "year_of"]


def agenda(room: Room, on: date | None = None, days: int = HORIZON) -> tuple[Duty, ...]:
    """What is overdue on a day, and what falls due in the days after it, the earliest first."""
    room.refuse_outsiders()
    today = on or room.clock().date()
    found = duties(room.register, room.pack, today, today + timedelta(days=days))
    return tuple(_shown(room, duty) for duty in found)


def unfolding_agenda(room: Room, days: int = HORIZON) -> Iterator[tuple[Duty, ...] | None]:
    """Today's ``agenda`` bit by bit: ``None`` while pages are still to be asked, then all of it."""
    today = room.clock().date()
    for found in unfolding(room.register, room.pack, today, today + timedelta(days=days)):
        yield None if found is None else tuple(_shown(room, duty) for duty in found)


def _shown(room: Room, duty: Duty) -> Duty:
    """A duty without its reason, which names people, where it is about what is not to be read."""
    if any(hides(room, number) for number in duty.subjects):
        return evolve(duty, why=HIDDEN)
    return duty


def year_of(room: Room, year: int) -> Iterator[Duty]:
    """Everything that falls due in a year, as far as it is known today.

    What is over already is left out; for a year to come it is what today's book leads to.
    """
    room.refuse_outsiders()
    today = room.clock().date()
    for duty in duties(room.register, room.pack, today, date(year, 12, 31)):
        if duty.due.year == year:
            yield _shown(room, duty)


def send_year(room: Room, year: int, path: Path, *, by: str, target: str = "") -> None:
    """Write a year's duties as a workbook, or as one page where the name ends in .pdf.

    It is recorded as an export; raises what ``send_out`` does.
    """
    from ledger.almanac.page import page
    from ledger.almanac.workbook import workbook

    found, made = list(year_of(room, year)), room.clock().date()
    draw = page if path.suffix.lower() == ".pdf" else workbook
    outgoing = Outgoing(
        what=f"{year}年保密工作年历",
        content=draw(room.register.unit, year, found, made),
        rows=len(found),
        level=None,
        sensitivity=Sensitivity.WORK_SECRET,
        path=path,
        by=by,
        target=target,
    )
    send_out(room, outgoing)
