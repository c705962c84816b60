"""Workbooks out: every cell is text, printing is set up, the same content makes the same bytes."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from attrs import field, frozen

from ledger.exchange.fitting import Columns, fitted
from ledger.spreadsheet import made, write_text

__all__ = ["Choice", "Grid", "xlsx"]

_LONGEST_NAME: Final = 31
_A4: Final = 9
_ABOVE_PT: Final = {"title": 26, "beside": 16}
"""How high the lines above a table are."""


@frozen
class Choice:
    """A column whose cells are chosen from a list, with what to say when something else is put."""

    column: int
    words: tuple[str, ...]


@frozen(kw_only=True)
class Grid:
    """One sheet: a title if it has one, headings that repeat on every page, and rows of text."""

    name: str
    headers: tuple[str, ...]
    rows: Iterable[Sequence[str]] = field(repr=False)
    title: str = ""
    beside: str = ""
    """What stands between the title and the headings, such as unit and day."""
    foot: str = ""
    """What stands below the table, such as who signs."""
    choices: tuple[Choice, ...] = ()
    blank_rows: int = 0
    """Empty rows kept as text, for somebody to fill in."""


def xlsx(grids: Sequence[Grid]) -> bytes:
    """A workbook of these sheets; raises ``TooLong``."""

    def fill(book: Any) -> None:
        styles = _styles(book)
        names = set[str]()
        for grid in grids:
            _write(book.add_worksheet(_named(grid.name, names)), grid, styles)

    return made(fill)


def _named(name: str, used: set[str]) -> str:
    """A name a sheet may have, and that no other has."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\'")[:_LONGEST_NAME] or "表"
    taken = plain
    while taken.lower() in used:
        taken = f"{plain[: _LONGEST_NAME - 3]}{len(used) + 1}"
    used.add(taken.lower())
    return taken


def _styles(book: Any) -> dict[str, Any]:
    cell = {"num_format": "@", "border": 1, "text_wrap": True, "valign": "vcenter"}
    plain = {"font_name": "宋体", "font_size": 10}
    return {
        "cell": book.add_format(plain | cell),
        "head": book.add_format(plain | cell | {"bold": True, "align": "center"}),
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center"}),
        "beside": book.add_format(plain | {"num_format": "@"}),
    }


def _write(sheet: Any, grid: Grid, styles: dict[str, Any]) -> None:
    rows = [tuple(row) for row in grid.rows]
    width = max([len(grid.headers), *map(len, rows)])
    fit = fitted(grid.headers, rows, width)
    for place, wide in enumerate(fit.widths):
        sheet.set_column(place, place, wide)
    top, (left, right) = 0, fit.title
    for text, style in ((grid.title, "title"), (grid.beside, "beside")):
        if text:
            sheet.merge_range(top, left, top, right, text, styles[style])
            sheet.set_row(top, _ABOVE_PT[style])
            top += 1
    for place, row in enumerate((grid.headers, *rows), top):
        if (high := fit.height_pt(row)) is not None:
            sheet.set_row(place, high)
        _line(sheet, place, row, styles["cell" if place > top else "head"])
    for place in range(top + 1 + len(rows), top + 1 + len(rows) + grid.blank_rows):
        _line(sheet, place, [""] * width, styles["cell"])
    if grid.foot:
        last = top + 1 + len(rows) + grid.blank_rows
        sheet.merge_range(last, left, last, right, grid.foot, styles["beside"])
    _print(sheet, top, fit)
    for choice in grid.choices:
        _choose(sheet, top, choice)


def _line(sheet: Any, place: int, row: Sequence[str], style: Any) -> None:
    for column, text in enumerate(row):
        write_text(sheet, place, column, text, style)


def _print(sheet: Any, top: int, fit: Columns) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(fit.pages, 0)
    sheet.repeat_rows(0, top)
    if fit.pages > 1:
        sheet.repeat_columns(0)
        sheet.print_across()
    sheet.freeze_panes(top + 1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _choose(sheet: Any, top: int, choice: Choice) -> None:
    sheet.data_validation(
        top + 1,
        choice.column,
        top + 2000,
        choice.column,
        {
            "validate": "list",
            "source": list(choice.words),
            "error_title": "请从列表里选",
            "error_message": f"只能填{'、'.join(choice.words)}"[:255],
        },
    )
