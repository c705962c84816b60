"""报表: a report of a room, asked for by its short name."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from ledger.reports import REPORTS
from ledger.reports.annual import annual_figures
from ledger.reports.checking import inspection_record
from ledger.reports.gatherings import activity_sheet, meeting_sheet
from ledger.reports.incidents import closing_sheet, leak_sheet
from ledger.reports.items import answered
from ledger.reports.people import holdings, knowers, leaving_gate
from ledger.reports.places import place_file
from ledger.reports.reviews import disclosure_sheet, supply_sheet
from ledger.reports.thirty import THIRTY
from ledger.room.room import Room
from ledger.text import clean, quoted
from ledger.trouble import Misuse

__all__ = ["NoReport", "Wanted", "report"]


class NoReport(Misuse, ValueError):
    """A report that cannot be made, because what it is about is not there; a Chinese sentence."""


@frozen(kw_only=True)
class Wanted:
    """What a report is about: a number, person or department, and the period."""

    about: str
    start: date
    end: date
    given_start: date | None = None


Make = Callable[[Room, Wanted], Any]

_MAKERS: Final[Mapping[str, Make]] = {
    "check": lambda room, w: inspection_record(
        room.acts, room.register, room.pack, w.end, w.about, w.given_start
    ),
    "items": lambda room, w: answered(room.acts, room.register, room.pack, w.start, w.end, THIRTY),
    "annual": lambda room, w: annual_figures(room.acts, room.register, w.start, w.end),
    "learned": lambda room, w: knowers(room.register, w.about, room.pack),
    "leaving": lambda room, w: leaving_gate(room.register, w.about, room.pack, w.end),
    "holdings": lambda room, w: holdings(room.register, w.about, w.end),
    "place": lambda room, w: place_file(room.acts, room.register, w.about, w.start, w.end),
    "disclosure": lambda room, w: disclosure_sheet(room.register, w.about),
    "supply": lambda room, w: supply_sheet(room.register, w.about),
    "meeting": lambda room, w: meeting_sheet(room.register, w.about),
    "activity": lambda room, w: activity_sheet(room.acts, room.register, w.about),
    "leak": lambda room, w: leak_sheet(room.register, w.about, room.pack),
    "closing": lambda room, w: closing_sheet(room.acts, room.register, w.about),
}
ALONE: Final = ("check", "items", "annual")
"""Reports that are about the whole unit unless they are told otherwise."""


def report(
    room: Room, name: str, about: str = "", start: date | None = None, end: date | None = None
) -> Any:
    """The report of a short name, a frozen value of its own class.

    ``about`` is the number, person or department it is about. The period runs from the first
    of January to today unless it is given. Raises ``NoReport`` and ``InvalidText``.
    """
    room.refuse_outsiders(whole=True)
    if name not in _MAKERS:
        known = "、".join(f"{short}（{zh}）" for short, zh in REPORTS.items())
        raise NoReport(f"没有{quoted(name)}这种报表，可以是：{known}")
    about = clean(about)
    if not about and name not in ALONE:
        raise NoReport(f"{REPORTS[name]}要写明编号、人员或部门")
    last = end or room.clock().date()
    first = start or date(last.year, 1, 1)
    if first > last:
        raise NoReport(f"起始日期{first}晚于截止日期{last}")
    try:
        return _MAKERS[name](room, Wanted(about=about, start=first, end=last, given_start=start))
    except KeyError:
        raise NoReport(f"登记簿上没有{quoted(about)}，做不出{REPORTS[name]}") from None
