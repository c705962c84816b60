"""What a compilation, an envelope or a copy inherits from what it is made of.

The highest level and the latest end: taking both is a join, so the order of the parts and how
they are grouped make no difference. Each part ends on its own day, counted from its own day of
issue; adding the years up again from today would keep old secrets secret for too long
(载体制度 一（十）2).
"""

from collections.abc import Iterable
from datetime import date
from typing import Self

from attrs import frozen

from ledger.day import chinese
from ledger.mark import InvalidMark, Level, LongTerm, Mark, Until, UntilEvent

__all__ = ["Joined", "covers", "join", "traditional"]


@frozen(kw_only=True)
class Joined:
    """The highest level and latest end of some marks, each counted from its day of issue.

    A day and a condition cannot be compared, nor can two conditions; then both stand here, and
    ``mark`` leaves the choice to a person. 长期 outlasts everything.

    >>> old = Joined.of(Mark.parse("机密★20年"), date(2015, 6, 1))
    >>> new = Joined.of(Mark.parse("秘密★5年"), date(2026, 3, 2))
    >>> str((old | new).mark)
    '机密★2035年6月1日'
    """

    level: Level
    day: date | None = None
    conditions: frozenset[str] = frozenset()
    unending: bool = False

    @classmethod
    def of(cls, mark: Mark, issued_on: date | None) -> Self:
        """The end of one mark.

        Raises ``InvalidMark`` when the term is counted from a day of issue that is not known.
        """
        match mark.stated:
            case LongTerm():
                return cls(level=mark.level, unending=True)
            case UntilEvent(condition):
                return cls(level=mark.level, conditions=frozenset({condition}))
            case Until(day):
                return cls(level=mark.level, day=day)
            case _ if issued_on is None:
                raise InvalidMark(f"{mark}没有制发日期，算不出到哪一天为止")
            case _:
                return cls(level=mark.level, day=mark.last_day(issued_on))

    def __or__(self, other: Self) -> Self:
        level = max(self.level, other.level)
        if self.unending or other.unending:
            return type(self)(level=level, unending=True)
        days = [day for day in (self.day, other.day) if day is not None]
        return type(self)(
            level=level,
            day=max(days, default=None),
            conditions=self.conditions | other.conditions,
        )

    @property
    def undecided(self) -> str:
        """The ends that cannot be compared, in words; blank when one of them is the latest."""
        ends = [chinese(self.day)] if self.day else []
        ends += sorted(self.conditions)
        return "、".join(ends) if len(ends) > 1 else ""

    @property
    def mark(self) -> Mark | None:
        """The mark of the whole; ``None`` when a person must choose between the ends."""
        if self.undecided:
            return None
        if self.unending:
            return Mark(self.level, LongTerm())
        if self.day is not None:
            return Mark(self.level, Until(self.day))
        return Mark(self.level, *map(UntilEvent, self.conditions))


def join(parts: Iterable[Joined]) -> Joined | None:
    """All the parts joined; ``None`` when there are none."""
    whole: Joined | None = None
    for part in parts:
        whole = part if whole is None else whole | part
    return whole


def covers(mark: Mark, issued_on: date | None, whole: Joined) -> bool:
    """Whether a mark protects at least as highly as some parts joined, and surely ends no earlier.

    长期 covers every end and a condition covers itself. A day covers no condition; where a day
    and conditions stand beside each other a person chooses, and either will do. A last day that
    cannot be worked out, for want of a day of issue, is not held against the mark.
    """
    if mark.level < whole.level:
        return False
    match mark.stated:
        case LongTerm():
            return True
        case UntilEvent(condition):
            return condition in whole.conditions
        case _ if whole.day is None:
            return False
        case _:
            last = mark.last_day(issued_on)
            return last is None or last >= whole.day


def traditional(marks: Iterable[Mark]) -> Mark | None:
    """The mark with the longest printed term under the highest level, for packs that want it.

    ``None`` when no term is surely as long as all others: years and a day cannot be compared.
    """
    known = tuple(marks)
    level = max((mark.level for mark in known), default=Level.秘密)
    raised = tuple(Mark(level, mark.stated) for mark in known)
    return next((long for long in raised if all(mark <= long for mark in raised)), None)
