"""How wide the columns of a workbook are and how high its rows, so that it can be read on paper."""

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from attrs import frozen

from ledger.books.width import across, unbroken

__all__ = ["Columns", "fitted"]

ROOM: Final = 162
"""How many digits of the sheet's font stand side by side on A4 across where words have 8 points."""
_TIGHT: Final = 186
"""How many may stand there before the columns go on over several pages."""
_SURE: Final = 115
"""How many of them stand on the first of several pages whatever the program makes of it."""
_NARROWEST: Final = 5
_WIDEST: Final = 40
_APART: Final = 22
"""How wide a column is at the most where the columns take several pages."""
_UNBROKEN: Final = 18
_HEAD: Final = 4
"""How many characters of a heading stay on one line."""
_PADDING: Final = 1
_SLACK: Final = 0.1
"""A rounding is no second line."""
_EDGE: Final = 0.7
"""What a column takes beside its width."""
_WORDS: Final = 0.9
"""How wide half a character of the words is, in digits of the sheet's font."""
_LOOSE: Final = 1.15
"""Lines break at words, which leaves some of their width unused."""
_LINE_PT: Final = 13.5
_HIGHEST_PT: Final = 409.0


@frozen
class Columns:
    """The width of each column in digits, and how many pages they take side by side."""

    widths: tuple[float, ...]
    pages: int = 1

    @property
    def title(self) -> tuple[int, int]:
        """The first and last column that a title stands over, all of them on the first page.

        The first column stands on every page, so a title that is to be there once begins beside it.
        """
        if self.pages == 1:
            return 0, max(len(self.widths) - 1, 1)
        reach = [place for place, end in enumerate(accumulate(self.widths)) if end <= _SURE]
        return 1, max(reach[-1], 2)

    def height_pt(self, row: Sequence[str]) -> float | None:
        """How high a row has to be for all its words; ``None`` where one line is enough."""
        lines = max(map(_lines, row, self.widths), default=1)
        return min(lines * _LINE_PT + 3, _HIGHEST_PT) if lines > 1 else None


def _lines(text: str, width: float) -> int:
    room = (width - _PADDING) / _WORDS + _SLACK
    if 2 * len(text) <= room:
        return 1
    wide = across(text)
    return 1 if wide <= room else math.ceil(wide * _LOOSE / room)


def fitted(headers: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> Columns:
    """Columns for a table: as wide as their words, or narrower so that a page holds all of them.

    Where even numbers and days would have to be broken for that, they go on over several pages.
    """
    floors, wants = [_NARROWEST] * width, [_NARROWEST] * width
    for place, head in enumerate(headers):
        floors[place] = max(_NARROWEST, across(head[:_HEAD]))
        wants[place] = max(floors[place], min(across(head), _WIDEST))
    for row in rows:
        for place, text in enumerate(row):
            if 2 * len(text) > wants[place] < _WIDEST:
                wants[place] = max(wants[place], min(across(text), _WIDEST))
            if 2 * len(text) > floors[place] < _UNBROKEN:
                longest = max(map(across, unbroken(text)))
                floors[place] = max(floors[place], min(longest, _UNBROKEN))
    return _laid(
        [floor * _WORDS + _PADDING for floor in floors],
        [want * _WORDS + _PADDING for want in wants],
    )


def _laid(floors: Sequence[float], wants: Sequence[float]) -> Columns:
    edges, least = _EDGE * len(wants), sum(floors)
    if sum(wants) <= ROOM - edges:
        return Columns(tuple(wants))
    if least <= _TIGHT - edges:
        more = [want - floor for floor, want in zip(floors, wants, strict=True)]
        share = max(ROOM - edges - least, 0) / (sum(more) or 1)
        return Columns(
            tuple(floor + extra * share for floor, extra in zip(floors, more, strict=True))
        )
    widths = tuple(min(want, max(floor, _APART)) for floor, want in zip(floors, wants, strict=True))
    beside = sum(widths[1:]) + edges
    return Columns(widths, math.ceil(beside / (ROOM - widths[0])))
