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
from ledger.mark import InvalidMark, Level, LongTerm, Mark, Months, Until, UntilEvent

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


def covers(mark: Mark, issued_on: date | None, needed: Mark) -> bool:
    """Whether a mark protects at least as highly, and ends no earlier, than one that is joined.

    A term no day ends covers every day; no day covers a condition or 长期.
    """
    last, wanted = mark.last_day(issued_on), needed.last_day(None)
    late_enough = last is None or (wanted is not None and last >= wanted)
    return mark.level >= needed.level and late_enough


def traditional(marks: Iterable[Mark]) -> Mark | None:
    """The mark with the most years under the highest level, for units whose pack wants it.

    ``None`` when a mark ends on a day or a condition, which years cannot be compared with.
    """
    known = tuple(marks)
    if not known:
        return None
    level = max(mark.level for mark in known)
    terms = [mark.stated for mark in known]
    if any(isinstance(term, LongTerm) for term in terms):
        return Mark(level, LongTerm())
    months = [term for term in terms if isinstance(term, Months)]
    if len(months) < len(terms):
        return None
    return Mark(level, max(months, key=lambda term: term.count))
