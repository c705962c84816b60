"""Days as a register writes them: read strictly, counted in months, printed in Chinese."""

import re
from calendar import monthrange
from datetime import date
from typing import Final

from ledger.text import digits, quoted
from ledger.trouble import Misuse

__all__ = ["InvalidDay", "chinese", "last_of", "month_end", "months_after", "read_day"]

_EARLIEST: Final = 1900
_LATEST: Final = 2299
_FORMS: Final = (
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


class InvalidDay(Misuse, ValueError):
    """A text that is no day of the calendar; its message is a Chinese sentence."""


def read_day(text: str, *, latest: int = _LATEST) -> date:
    """The day a text names, in no year after ``latest``; a month or a year alone is not a day.

    Raises ``InvalidDay`` with the text quoted back.

    >>> read_day("2026年3月2日") == read_day("2026-03-02") == read_day("20260302")
    True
    """
    plain = re.sub(r"\s", "", digits(text))
    for form in _FORMS:
        if found := form.fullmatch(plain):
            year, month, day = (int(part) for part in found.groups() if part.isdigit())
            return _day(year, month, day, text, latest)
    raise InvalidDay(f"日期应写作 2026-01-31 或 2026年1月31日，读到{quoted(text)}")


def _day(year: int, month: int, day: int, text: str, latest: int) -> date:
    if not _EARLIEST <= year <= latest:
        raise InvalidDay(f"年份应在{_EARLIEST}至{latest}之间，读到{quoted(text)}")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDay(f"日历上没有这一天：{quoted(text)}") from None


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day if it has none.

    >>> months_after(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month the day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def last_of(year: int, month: int) -> date:
    """The last day of a month.

    >>> last_of(2027, 3)
    datetime.date(2027, 3, 31)
    """
    return month_end(date(year, month, 1))


def chinese(day: date) -> str:
    """The day as a form prints it.

    >>> chinese(date(2030, 12, 31))
    '2030年12月31日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
