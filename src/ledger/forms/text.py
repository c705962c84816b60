"""Forms as text in a grid of lines, to be looked at on a terminal before they are printed."""

from collections.abc import Sequence
from typing import Final

from ledger.forms.layout import Box, Layout, Run, across

__all__ = ["text", "wrapped"]

_WIDTH: Final = 96
_WIDE: Final = 156
"""How many columns of a terminal a table fills, upright and across; a character takes two."""
_NARROWEST: Final = 4


def text(layout: Layout) -> str:
    """The form as lines of text."""
    widths = _widths(layout)
    heights = _heights(layout, widths)
    lines = [
        layout.title.center(_total(widths) - across(layout.title) + len(layout.title)).rstrip()
    ]
    lines += [_sides(sides, _total(widths)) for sides in layout.before]
    lines += _Canvas(widths, heights).drawn(layout.boxes)
    lines += [_sides(sides, _total(widths)) for sides in layout.after]
    return "\n".join(lines) + "\n"


def wrapped(words: str, width: int) -> list[str]:
    """Some words cut into lines of at most this width.

    >>> wrapped("秘密检查", 5)
    ['秘密', '检查']
    """
    lines, line, used = [], "", 0
    for sign in words:
        wide = across(sign)
        if line and used + wide > width:
            lines.append(line)
            line, used = "", 0
        line, used = line + sign, used + wide
    return [*lines, line]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(widths) + 1


def _widths(layout: Layout) -> list[int]:
    whole = sum(layout.columns_cm)
    room = (_WIDE if layout.landscape else _WIDTH) - len(layout.columns_cm) - 1
    return [max(round(width / whole * room), _NARROWEST) for width in layout.columns_cm]


def _words(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


def _inner(box: Box, widths: Sequence[int]) -> int:
    return sum(widths[box.column : box.column + box.columns]) + box.columns - 1


def _content(box: Box, widths: Sequence[int]) -> list[str]:
    inner = _inner(box, widths)
    lines = [piece for line in box.lines for piece in wrapped(_words(line), inner)]
    if box.foot:
        lines.append("")
    for line in box.foot:
        lines += [_set(piece, inner, "right") for piece in wrapped(_words(line), inner)]
    return lines


def _heights(layout: Layout, widths: Sequence[int]) -> list[int]:
    """How many lines each row needs, a tall cell's surplus given to its last row."""
    heights = [1] * len(layout.heights_cm)
    for box in sorted(layout.boxes, key=lambda box: box.rows):
        last = box.row + box.rows - 1
        has = sum(heights[box.row : last + 1]) + box.rows - 1
        heights[last] += max(len(_content(box, widths)) - has, 0)
    return heights


def _set(words: str, width: int, align: str) -> str:
    spare = max(width - across(words), 0)
    before = {"left": 0, "center": spare // 2, "right": spare}[align]
    return " " * before + words + " " * (spare - before)


def _sides(sides: tuple[str, str], width: int) -> str:
    left, right = sides
    return (left + " " * max(width - across(left) - across(right), 2) + right).rstrip()


_CORNERS: Final = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
"""A corner by the lines that meet in it: 1 up, 2 right, 4 down, 8 left."""


class _Canvas:
    """A sheet of signs on which boxes are drawn; a wide sign leaves the place after it empty."""

    def __init__(self, widths: Sequence[int], heights: Sequence[int]) -> None:
        self.widths, self.heights = widths, heights
        self.left = [sum(widths[:at]) + at for at in range(len(widths) + 1)]
        self.top = [sum(heights[:at]) + at for at in range(len(heights) + 1)]
        self.meets = [[0] * (self.left[-1] + 1) for _ in range(self.top[-1] + 1)]
        self.signs = [[" "] * (self.left[-1] + 1) for _ in range(self.top[-1] + 1)]

    def drawn(self, boxes: Sequence[Box]) -> list[str]:
        """The lines of a table with these boxes."""
        for box in boxes:
            self._frame(box)
        for box in boxes:
            self._fill(box)
        for y, row in enumerate(self.meets):
            for x, meets in enumerate(row):
                if meets:
                    self.signs[y][x] = _CORNERS[meets]
        return ["".join(row).rstrip() for row in self.signs]

    def _frame(self, box: Box) -> None:
        x1, x2 = self.left[box.column], self.left[box.column + box.columns]
        y1, y2 = self.top[box.row], self.top[box.row + box.rows]
        for y in (y1, y2):
            for x in range(x1, x2):
                self.meets[y][x] |= 2
                self.meets[y][x + 1] |= 8
        for x in (x1, x2):
            for y in range(y1, y2):
                self.meets[y][x] |= 4
                self.meets[y + 1][x] |= 1

    def _fill(self, box: Box) -> None:
        inner = _inner(box, self.widths)
        lines = _content(box, self.widths)
        tall = self.top[box.row + box.rows] - self.top[box.row] - 1
        down = (tall - len(lines)) // 2 if box.middle and not box.foot else 0
        for at, words in enumerate(lines):
            x = self.left[box.column] + 1
            for sign in _set(words, inner, box.align):
                self.signs[self.top[box.row] + 1 + down + at][x] = sign
                if across(sign) == 2:  # noqa: PLR2004 - two columns
                    self.signs[self.top[box.row] + 1 + down + at][x + 1] = ""
                x += across(sign)
