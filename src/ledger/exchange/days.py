"""Days as other people write them, by a fixed table of decisions; nothing is filled in.

A day keeps how much of it was written: a month is no day, and a register must not invent one.
Forms that could be several days are refused unless the officer says which is meant.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from ledger.exchange.directions import Directions
from ledger.text import quoted

__all__ = ["Day", "NoDay", "read"]

Precision = Literal["day", "month", "year"]


class NoDay(ValueError):
    """A text that names no certain day; a Chinese sentence, with a code and what to do about it."""

    def __init__(self, message: str, hint: str = "", code: str = "date.invalid") -> None:
        super().__init__(message)
        self.hint = hint
        self.code = code


class Day(NamedTuple):
    """A day, how much of it was written, and what had to be said about the reading."""

    value: date
    precision: Precision = "day"
    note: str = ""


_EARLIEST: Final = 1900
_LATEST: Final = 2299
_FIRST_SERIAL: Final = 32874
_LAST_SERIAL: Final = 73050
_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers; they are read only within 1990 to 2100."""

_ZEROS: Final = "〇○零ＯOo"
"""What people write for a zero in a Chinese year."""
_NUMERALS: Final = "一二三四五六七八九"
_DIGITS: Final = str.maketrans(
    {chr(0xFF10 + n): str(n) for n in range(10)}
    | dict.fromkeys(_ZEROS, "0")
    | {sign: str(n) for n, sign in enumerate(_NUMERALS, 1)}
    | {"／": "/", "．": ".", "－": "-", "—": "-", "元": "1"}
)
_TENS: Final = re.compile(f"(?:[{_NUMERALS}]?十|廿|卅)[{_NUMERALS}]?")
_CLOCK: Final = r"(?:[ T]?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?)?"

_FULL: Final = re.compile(
    rf"(\d{{4}})(?:年(\d{{1,2}})月(\d{{1,2}})日?|([-/.])(\d{{1,2}})\4(\d{{1,2}})\.?){_CLOCK}"
)
_SOLID: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(\d{4})(?:年(\d{1,2})月(?:份)?|[-/.](\d{1,2}))")
_SOLID_MONTH: Final = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"((?:19|20|21)\d{2})年?")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_REPUBLIC: Final = re.compile(r"(?:中[华華]民[国國])(\d{1,3})年(\d{1,2})月(\d{1,2})日")
_THREE: Final = re.compile(rf"(\d{{1,4}})([-/.年])(\d{{1,2}})[-/.月](\d{{1,4}})日?{_CLOCK}")


def read(text: str, wanted: Directions) -> Day:
    """The day a text names.

    Raises ``NoDay`` with the text quoted back.

    >>> read("二〇二四年三月五日", Directions()).value, read("2024年3月", Directions()).precision
    (datetime.date(2024, 3, 5), 'month')
    """
    plain = _plain(text)
    for form, build in _FORMS.items():
        if found := form.fullmatch(plain):
            return build(tuple(part for part in found.groups() if part and part.isdigit()), text)
    if found := _THREE.fullmatch(plain):
        return _by_order(found, text, wanted)
    said = f"日期应写作 2026-01-31 或 2026年1月31日，读到{quoted(text)}"
    raise NoDay(said, "改写成年月日；不是日期的内容可以用 --keep-text 放进备注")


def _plain(text: str) -> str:
    """The text without blanks but the one before an hour, its Chinese numerals as digits."""
    plain = re.sub(r"(?<=\d)[\s\u3000]+(?=\d{1,2}[:：])", "T", text.strip())
    plain = re.sub(r"[\s\u3000]", "", plain)
    return _TENS.sub(_tens, plain).translate(_DIGITS)


def _tens(found: re.Match[str]) -> str:
    """A numeral between 10 and 39 that counts, as days and months do."""
    text = found[0].replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = text.partition("十")
    return (tens or "一") + (ones or "〇")


def _day(parts: tuple[str, ...], text: str) -> Day:
    year, month, day = map(int, parts[:3])
    return Day(_date(year, month, day, text))


def _month(parts: tuple[str, ...], text: str) -> Day:
    return Day(_date(int(parts[0]), int(parts[1]), 1, text), "month")


def _year(parts: tuple[str, ...], text: str) -> Day:
    return Day(_date(int(parts[0]), 1, 1, text), "year")


def _republic(parts: tuple[str, ...], text: str) -> Day:
    year, month, day = map(int, parts[:3])
    return Day(_date(year + 1911, month, day, text), note="民国纪年已换算")


def _serial(parts: tuple[str, ...], text: str) -> Day:
    number = int(parts[0])
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise NoDay(f"{quoted(text)}不像日期", "改写成 2026-01-31 的样子")
    return Day(_EPOCH + timedelta(number), note="按Excel的日期序号换算")


_FORMS: Final[Mapping[re.Pattern[str], Callable[[tuple[str, ...], str], Day]]] = {
    _FULL: _day,
    _SOLID: _day,
    _REPUBLIC: _republic,
    _SOLID_MONTH: _month,
    _MONTH: _month,
    _YEAR: _year,
    _SERIAL: _serial,
}
"""The forms that have one meaning, in the order in which they are tried."""


def _by_order(found: re.Match[str], text: str, wanted: Directions) -> Day:
    """Three numbers of which the first is no full year: which is which must be said."""
    first, sign, second, third = found.groups()
    if sign in ("/", "-", ".") and wanted.date_order in ("mdy", "dmy"):
        month, day = (first, second) if wanted.date_order == "mdy" else (second, first)
        return Day(_date(_full_year(third, text, wanted), int(month), int(day), text))
    year_first = len(third) <= _SHORT_YEAR
    if year_first and wanted.calendar == "roc" and len(first) <= _ROC_DIGITS:
        return Day(_date(int(first) + 1911, int(second), int(third), text), note="民国纪年已换算")
    if year_first and wanted.century and len(first) <= _SHORT_YEAR:
        return Day(_date(wanted.century * 100 + int(first), int(second), int(third), text))
    raise NoDay(
        f"{quoted(text)}可以有几种读法，不能猜",
        "月在前用 --date-order mdy，日在前用 dmy；民国纪年用 --calendar roc；两位年份用 --century 20",
        "date.ambiguous",
    )


_ROC_DIGITS: Final = 3
_SHORT_YEAR: Final = 2


def _full_year(part: str, text: str, wanted: Directions) -> int:
    if len(part) == len("2026"):
        return int(part)
    if len(part) == _SHORT_YEAR:
        return (wanted.century or 20) * 100 + int(part)
    raise NoDay(f"{quoted(text)}的年份只有{len(part)}位", "补足四位年份", "date.ambiguous")


def _date(year: int, month: int, day: int, text: str) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise NoDay(f"年份应在{_EARLIEST}至{_LATEST}之间，读到{quoted(text)}", "核对年份")
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(f"日历上没有这一天：{quoted(text)}", "核对月和日") from None
