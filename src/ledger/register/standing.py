"""How a person stands: reviewed, pledged, trained, travelling; and when recurring work was last done."""

from datetime import date
from typing import Final

from attrs import field, frozen

from ledger.number import PersonRef
from ledger.person import Category

__all__ = ["OPENING", "Policy", "Round", "Standing", "Trip", "credited"]

OPENING: Final = "开账"
"""The round that is the opening of the book."""

Hours = tuple[tuple[int, float], ...]
"""Hours of training by year, the latest years last."""

_YEARS_KEPT = 3


@frozen(kw_only=True)
class Trip:
    """A journey abroad that was approved and is not over."""

    destination: str
    leaves: date
    returns: date
    private: bool = False
    approved: date
    briefed_on: date | None = None
    """The day of the special education before departure (行前教育)."""


@frozen(kw_only=True)
class Standing:
    """What the acts say of one person beyond his page."""

    person: PersonRef
    posted_on: date | None = None
    vetted_on: date | None = None
    vetted: Category | None = None
    pledges: tuple[str, ...] = ()
    """What he has signed: 保密责任书, 保密承诺书, 离岗保密承诺书, 离岗保密协议书."""
    certified_until: date | None = None
    certificate_held: bool = False
    hours: Hours = ()
    hours_before_post: float = 0
    trip: Trip | None = None
    stands_in_until: date | None = None
    """Until when he keeps the room for the officer."""
    away_until: date | None = None
    """Until when somebody keeps the room for him."""
    to_move: date | None = None
    """Since when he has to be moved off his secret post (保密员制度 第十一条)."""
    cooling_ended: date | None = None

    def hours_in(self, year: int) -> float:
        """How many hours he was trained in a year."""
        return dict(self.hours).get(year, 0)


def credited(hours: Hours, year: int, more: float) -> Hours:
    """The hours with some more in one year; only the last three years are kept.

    >>> credited(((2026, 8),), 2026, 4)
    ((2026, 12),)
    """
    table = dict(hours)
    table[year] = table.get(year, 0) + more
    return tuple(sorted(table.items())[-_YEARS_KEPT:])


@frozen(kw_only=True)
class Round:
    """When something that recurs was last done, and how often in that year."""

    on: date
    act: int
    times: int = 1
    """How often in the year of ``on``."""
    before: tuple[int, int] = (0, 0)
    """The year before that in which it was done, and how often then."""

    def times_in(self, year: int) -> int:
        """How often it was done in a year, as far as that is remembered."""
        if year == self.on.year:
            return self.times
        return self.before[1] if year == self.before[0] else 0

    def again(self, on: date, act: int) -> "Round":
        """The round after one more time; what is entered late does not turn the clock back."""
        if on.year == self.on.year:
            latest = max(on, self.on)
            return Round(on=latest, act=act, times=self.times + 1, before=self.before)
        if on < self.on:
            return self
        return Round(on=on, act=act, before=(self.on.year, self.times))


@frozen(kw_only=True)
class Policy:
    """The unit's own rules on one subject, as last issued."""

    scope: str
    title: str
    version: str = ""
    effective: date | None = None
    act: int = 0
    issued: int = field(default=1)
    """How many versions there have been."""
