"""What goes wrong in the year: for each rule named here, something done or left undone against it."""

from collections.abc import Sequence
from datetime import date, timedelta

from ledger.demonstration.year.slips import conduct, keeping, neglect, reading, using
from ledger.demonstration.year.slips.slipping import SLIPS, Slipping
from ledger.demonstration.year.stage import Stage

__all__ = ["SLIPS", "happen", "scattered"]

ALL = (reading, keeping, using, conduct, neglect)
"""The modules whose functions have entered themselves in ``SLIPS``."""
_SETTLED = 15
"""For how many working days nothing goes wrong yet."""


def scattered(stage: Stage, days: Sequence[date]) -> dict[date, list[Slipping]]:
    """On which day what goes wrong, early enough for its traces to show before the end."""
    found: dict[date, list[Slipping]] = {}
    for slipping in SLIPS.values():
        latest = days[-1] - timedelta(days=slipping.takes)
        possible = [day for day in days[_SETTLED:] if day <= latest]
        if possible:
            found.setdefault(stage.pick(possible), []).append(slipping)
    return found


def happen(stage: Stage, slipping: Slipping) -> None:
    """Let it go wrong; on another day, if there is nothing today to do it with."""
    if not slipping.happen(stage):
        stage.later(1, lambda s: happen(s, slipping))
