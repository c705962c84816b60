"""Public holidays and working days: solar ones by date, lunar ones from a lunar calendar.

The days off are those of the State Council's rule of 2024 (元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1,
中秋 1, 国庆 3). Which weekends are worked instead is announced each year; a pack lists them.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

__all__ = ["festivals", "last_workday_before", "workdays_after", "works"]

_KNOWN_FROM: Final = 1902
_KNOWN_TO: Final = 2099
"""The years whose lunar days the calendar knows."""
_LUNAR: Final = {"端午": (5, 5), "中秋": (8, 15)}
_DAYS_OFF: Final = {"元旦": 1, "春节": 3, "清明": 1, "五一": 2, "端午": 1, "中秋": 1, "国庆": 3}
_SATURDAY: Final = 5


@cache
def festivals(year: int) -> dict[str, date]:
    """The first day of each public holiday of a year, in order.

    Outside 1902 to 2099 only those that have a fixed date are known.

    >>> festivals(2026)["春节"]
    datetime.date(2026, 2, 17)
    """
    found = {"元旦": date(year, 1, 1), "五一": date(year, 5, 1), "国庆": date(year, 10, 1)}
    if _KNOWN_FROM <= year <= _KNOWN_TO:
        found["春节"] = _lunar(1, 1, date(year, 1, 20))
        found["清明"] = _clear_and_bright(year)
        for name, (month, day) in _LUNAR.items():
            found[name] = _lunar(month, day, date(year, month, 20))
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _lunar(month: int, day: int, earliest: date) -> date:
    from cnlunar import Lunar

    tried = earliest
    while True:
        moon = Lunar(datetime.combine(tried, datetime.min.time()).replace(hour=12))
        if (moon.lunarMonth, moon.lunarDay) == (month, day) and not moon.isLunarLeapMonth:
            return tried
        tried += timedelta(days=1)


def _clear_and_bright(year: int) -> date:
    from cnlunar import Lunar

    tried = date(year, 4, 4)
    while Lunar(datetime.combine(tried, datetime.min.time())).todaySolarTerms != "清明":
        tried += timedelta(days=1)
    return tried


@cache
def _days_off(year: int) -> frozenset[date]:
    first = festivals(year)
    off = {day + timedelta(days=n) for name, day in first.items() for n in range(_DAYS_OFF[name])}
    if "春节" in first:
        off.add(first["春节"] - timedelta(days=1))
    return frozenset(off)


def works(day: date, off: Collection[date] = (), on: Collection[date] = ()) -> bool:
    """Whether a day is worked.

    ``off`` are more days off than the statutory ones, ``on`` weekends that are worked.

    >>> works(date(2026, 2, 16))
    False
    """
    rests = day.weekday() >= _SATURDAY or day in _days_off(day.year) or day in off
    return day in on or not rests


def last_workday_before(day: date, off: Collection[date] = (), on: Collection[date] = ()) -> date:
    """The last day that is worked before a day.

    >>> last_workday_before(festivals(2026)["春节"])
    datetime.date(2026, 2, 13)
    """
    before = day - timedelta(days=1)
    while not works(before, off, on):
        before -= timedelta(days=1)
    return before


def workdays_after(
    day: date, count: int, off: Collection[date] = (), on: Collection[date] = ()
) -> date:
    """The working day so many working days after a day; ``off`` and ``on`` are those of ``works``.

    >>> workdays_after(date(2026, 9, 28), 3)
    datetime.date(2026, 10, 5)
    """
    return next(each for n, each in enumerate(_workdays(day, off, on), 1) if n == count)


def _workdays(day: date, off: Collection[date], on: Collection[date]) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if works(day, off, on):
            yield day
