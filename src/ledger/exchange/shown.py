"""A spreadsheet's values as the officer sees them: the number format says how much of a date is meant."""

import re
from datetime import date, datetime, time
from typing import Final

from ledger.exchange.sheet import Blemish

__all__ = ["day_text", "number_text", "unescaped"]

MOST_DIGITS: Final = 15
"""A spreadsheet's numbers are exact up to so many digits; what is longer has lost its end."""

_NOT_SHOWN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""Parts of a number format that are literal text, colours, locales or padding."""
_ZEROS: Final = re.compile(r"0{2,}")

_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""How XLSX writes characters that XML cannot hold, and the underscore that would look like one."""


def unescaped(text: str) -> str:
    r"""The text with the characters that XLSX had to spell out.

    >>> unescaped("一行_x000D_\n_x005F_x000D_")
    '一行\r\n_x000D_'
    """
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def number_text(value: float, form: str = "") -> tuple[str, Blemish | None, str]:
    """A number as text, what ails it, and what was made good.

    A number shown with leading zeros gets them back; one of more than 15 digits is damaged.

    >>> number_text(7.0, "0000")
    ('0007', None, '按单元格格式补足了前面的零')
    """
    if isinstance(value, bool):
        return ("是" if value else "否"), None, ""
    if abs(value) >= 10**MOST_DIGITS:
        whole = str(value) if isinstance(value, int) else format(value, ".15G")
        return whole, Blemish.DAMAGED, ""
    if value != int(value):
        return format(value, ".15g"), None, ""
    text = str(int(value))
    if _ZEROS.fullmatch(form) and len(text) < len(form) and value >= 0:
        return text.zfill(len(form)), None, "按单元格格式补足了前面的零"
    return text, None, ""


def day_text(value: date | time, form: str) -> str:
    """A day as text, as exactly as its cell shows it.

    >>> day_text(datetime(2024, 3, 5), 'yyyy"年"m"月"'), day_text(datetime(2024, 3, 5), "yyyy/m/d")
    ('2024-03', '2024-03-05')
    """
    if isinstance(value, time):
        return value.isoformat("minutes")
    shown = _NOT_SHOWN.sub("", form.split(";", maxsplit=1)[0]).lower()
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}" if "m" in shown else f"{value.year:04}"
    hour = value.time() if isinstance(value, datetime) else time()
    day = f"{value.year:04}-{value:%m-%d}"
    return day if hour == time() else f"{day} {hour.isoformat('seconds')}"
