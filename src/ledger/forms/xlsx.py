"""Forms as XLSX, for officers who fill them in on a spreadsheet: the same grid, cells merged."""

from collections.abc import Sequence
from typing import Any, Final

from ledger.forms.layout import LINE, Box, Layout, Run, across
from ledger.forms.text import wrapped
from ledger.spreadsheet import made, write_text

__all__ = ["xlsx"]

_A4: Final = 9
_SIGNS_PER_CM: Final = 4.7
"""How many characters of the sheet's font a centimetre of column is wide."""
_POINTS_PER_CM: Final = 28.35


def xlsx(layout: Layout) -> bytes:
    """The form as a workbook of one sheet, the same bytes for the same content."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("表格")
        _set_up(sheet, layout)
        top = _above(book, sheet, layout)
        _table(book, sheet, layout, top)
        _below(book, sheet, layout, top + len(layout.heights_cm))

    return made(fill)


def _set_up(sheet: Any, layout: Layout) -> None:
    for place, width in enumerate(layout.columns_cm):
        sheet.set_column(place, place, width * _SIGNS_PER_CM)
    sheet.set_landscape() if layout.landscape else sheet.set_portrait()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    if layout.numbered:
        sheet.set_footer("&C第 &P 页 共 &N 页")


def _style(book: Any, layout: Layout, **more: Any) -> Any:
    plain = {"font_name": "宋体", "font_size": layout.size_pt, "num_format": "@", "text_wrap": True}
    return book.add_format(plain | more)


def _above(book: Any, sheet: Any, layout: Layout) -> int:
    """The title and the lines above the table; the row at which the table begins."""
    last = len(layout.columns_cm) - 1
    title = _style(book, layout, font_name="黑体", font_size=18, align="center", valign="vcenter")
    sheet.set_row(0, 30)
    _merged(sheet, (0, 0, 0, last), layout.title, title)
    for place, sides in enumerate(layout.before, 1):
        _sides(book, sheet, layout, place, sides)
    return 1 + len(layout.before)


def _below(book: Any, sheet: Any, layout: Layout, top: int) -> None:
    for place, sides in enumerate(layout.after, top):
        _sides(book, sheet, layout, place, sides)


def _sides(book: Any, sheet: Any, layout: Layout, row: int, sides: tuple[str, str]) -> None:
    left, right = sides
    columns = len(layout.columns_cm)
    half = columns // 2 if right else columns
    if right and across(left) > _holds(layout, layout.columns_cm[:half]):
        room = _holds(layout, layout.columns_cm) - across(left)
        left, right, half = left + _moved(right, room), "", columns
    width = sum(layout.columns_cm)
    lines = max(len(wrapped(left, round(width * _SIGNS_PER_CM * 1.2))), 1)
    sheet.set_row(row, max(18, lines * layout.size_pt * LINE + 3))
    _merged(sheet, (row, 0, row, max(half - 1, 0)), left, _style(book, layout, valign="vcenter"))
    if right and half < columns:
        style = _style(book, layout, valign="vcenter", align="right")
        _merged(sheet, (row, half, row, columns - 1), right, style)


def _merged(sheet: Any, area: tuple[int, int, int, int], words: str, style: Any) -> None:
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(*area, "", style)
    write_text(sheet, top, left, words, style)


def _table(book: Any, sheet: Any, layout: Layout, top: int) -> None:
    for place, height in enumerate(_heights(layout), top):
        sheet.set_row(place, height)
    styles: dict[tuple[str, bool], Any] = {}
    for box in layout.boxes:
        key = (box.align, box.middle)
        if key not in styles:
            valign = "vcenter" if box.middle else "top"
            styles[key] = _style(book, layout, border=1, align=box.align, valign=valign)
        area = (
            top + box.row,
            box.column,
            top + box.row + box.rows - 1,
            box.column + box.columns - 1,
        )
        _merged(sheet, area, _words(layout, box), styles[key])
    if layout.heads:
        sheet.repeat_rows(0, top + layout.heads - 1)


def _words(layout: Layout, box: Box) -> str:
    """What stands in a cell; a cell has one alignment, so blanks move its foot to the right."""
    gap: list[tuple[Run, ...]] = [()] * layout.gap(box)
    lines = ["".join(run.text for run in line) for line in (*box.lines, *gap)]
    feet = ("".join(run.text for run in line) for line in box.foot)
    return "\n".join((*lines, *(_moved(foot, _room(layout, box)) for foot in feet)))


def _moved(foot: str, room: int) -> str:
    """A line with as many blanks before it as bring it near the right end, and no more."""
    return "　" * max((room * 9 // 10 - across(foot)) // 2, 1) + foot


def _room(layout: Layout, box: Box) -> int:
    """How many halves of a character a line of a cell holds for certain."""
    return _holds(layout, layout.columns_cm[box.column : box.column + box.columns])


def _holds(layout: Layout, columns_cm: Sequence[float]) -> int:
    return max(round(sum(columns_cm) * _SIGNS_PER_CM * 10.5 / layout.size_pt), 2)


def _heights(layout: Layout) -> Sequence[float]:
    """The height of each row in points: as drawn, or more where the words need it."""
    heights = [height * _POINTS_PER_CM for height in layout.heights_cm]
    for box in sorted(layout.boxes, key=lambda box: box.rows):
        room = _room(layout, box)
        lines = sum(len(wrapped(words, room)) for words in _words(layout, box).split("\n"))
        last = box.row + box.rows - 1
        has = sum(heights[box.row : last + 1])
        heights[last] += max(lines * layout.size_pt * LINE + 4 - has, 0)
    return heights
