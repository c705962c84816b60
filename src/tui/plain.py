"""The one way from data to the screen: text without markup, nothing hidden, nothing that steers.

Whatever comes out of a book, a file or a keyboard goes through ``plain`` before a widget has it.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.content import Content, Span

from ledger.text import shown

__all__ = ["cut", "lines", "narrow", "padded", "plain", "safe", "shortened", "styled"]

_NARROW: Final = str.maketrans(
    {
        "★": "*", "☆": "*", "…": "..", "—": "-", "–": "-", "·": ".", "×": "x", "→": ">", "←": "<",
        "↑": "^", "↓": "v", "“": '"', "”": '"', "‘": "'", "’": "'", "●": "*", "■": "#", "□": "-",
        "√": "v", "°": "o", "±": "+", "№": "N", "℃": "C", "※": "*",
    }
)  # fmt: skip
"""What stands for a character of uncertain width where a terminal draws those two cells wide."""

_state = {"ambiguous_is_wide": False}


def narrow(*, on: bool) -> None:
    """Say whether this terminal draws characters of uncertain width two cells wide."""
    _state["ambiguous_is_wide"] = on


def safe(value: object) -> str:
    r"""The value as text in which nothing steers a terminal or hides.

    >>> safe("甲\x1b[2J\u202e")
    '甲<U+001B>[2J<U+202E>'
    """
    text = shown(value if isinstance(value, str) else str(value))
    if not _state["ambiguous_is_wide"]:
        return text
    text = text.translate(_NARROW)
    return "".join(c if unicodedata.east_asian_width(c) != "A" else "?" for c in text)


def plain(value: object, style: str = "") -> Content:
    """The value as content without markup, in one style."""
    text = safe(value)
    return Content(text, spans=[Span(0, len(text), style)] if style else None)


def lines(values: Iterable[object]) -> Content:
    """Values one below the other; contents are taken as they are."""
    return Content("\n").join(
        value if isinstance(value, Content) else plain(value) for value in values
    )


def styled(*parts: tuple[object, str] | object) -> Content:
    """Parts side by side, each a value or a value with its style."""
    made = (plain(*part) if isinstance(part, tuple) else plain(part) for part in parts)
    return Content("").join(made)


def cut(text: str, cells: int) -> tuple[str, bool]:
    """The text cut to so many cells with a mark at the cut, and whether it was cut.

    >>> cut("保密室台账", 10), cut("保密室台账", 8)
    (('保密室台账', False), ('保密室>', True))
    """
    if cell_len(text) <= cells:
        return text, False
    room, kept = cells - 1, 0
    for char in text:
        width = cell_len(char)
        if room < width:
            break
        room -= width
        kept += 1
    return text[:kept] + ">" if cells > 0 else "", True


_QUOTED: Final = re.compile(r"[“\"][^”\"]*[”\"]")
_LEFT_OUT: Final = ".."
_ENDS: Final = 6
"""Cells that are kept at either end of what is shortened."""


def shortened(text: Content, cells: int) -> Content:
    """The text with its longest quotation shortened in the middle, so that what is said of it is seen.

    >>> shortened(plain("打不开“/home/wang/2026/room/devices.csv”：没有权限"), 40).plain
    '打不开“/home/wang..evices.csv”：没有权限'
    """
    over = text.cell_length - cells
    longest = max(_QUOTED.finditer(text.plain), key=lambda q: cell_len(q[0]), default=None)
    if over <= 0 or longest is None:
        return text
    room = max(cell_len(longest[0]) - over - len(_LEFT_OUT), 2 * _ENDS)
    if room >= cell_len(longest[0]):
        return text
    head = longest.start() + len(cut(longest[0], room // 2 + 1)[0]) - 1
    tail = longest.end() - len(cut(longest[0][::-1], room - room // 2 + 1)[0]) + 1
    return text[:head] + Content(_LEFT_OUT) + text[tail:]


def padded(text: str, cells: int) -> str:
    """The text cut or filled with blanks to exactly so many cells."""
    shown_, _ = cut(text, cells)
    return shown_ + " " * (cells - cell_len(shown_))
