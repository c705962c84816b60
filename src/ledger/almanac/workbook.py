"""A year's duties as an XLSX workbook: a page to hang up, and the list behind it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from ledger.almanac.months import by_month
from ledger.duty import Duty
from ledger.notation.words import ACTS
from ledger.spreadsheet import made as workbook_made

__all__ = ["workbook"]

_COLUMNS: Final = (
    ("截止日期", 12),
    ("应办事项", 34),
    ("对象", 30),
    ("缘由", 40),
    ("依据", 24),
    ("要点", 44),
    ("办理", 22),
    ("可办起始", 12),
)
_ACROSS: Final = 4


def workbook(unit: str, year: int, duties: Iterable[Duty], made: date) -> bytes:
    """The year's duties as a workbook.

    Every cell is text or a date, never a formula, whatever a name looks like.
    """
    known = tuple(duties)

    def fill(book: Any) -> None:
        _page(book, f"{unit} {year}年保密工作年历", year, known, made)
        _list(book, known)

    return workbook_made(fill)


def _page(book: Any, title: str, year: int, duties: tuple[Duty, ...], made: date) -> None:
    sheet = book.add_worksheet("一年一页")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(0.3, 0.3, 0.4, 0.4)
    head = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    month_head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7E6E6"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_size": 9})
    sheet.set_column(0, _ACROSS - 1, 44)
    sheet.merge_range(0, 0, 0, _ACROSS - 1, title, head)
    for month, lines in by_month(duties, year).items():
        row, column = 1 + 2 * ((month - 1) // _ACROSS), (month - 1) % _ACROSS
        sheet.write_string(row, column, f"{month}月", month_head)
        sheet.write_string(row + 1, column, "\n".join(map(str, lines)) or "", cell)
    deepest = max(len(lines) for lines in by_month(duties, year).values())
    for row in (2, 4, 6):
        sheet.set_row(row, max(60, 13 * deepest))
    sheet.write_string(7, 0, f"{made}制。按台账的密级保管。")


def _list(book: Any, duties: tuple[Duty, ...]) -> None:
    sheet = book.add_worksheet("清单")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#E7E6E6"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"border": 1, "valign": "top", "num_format": "yyyy-mm-dd"})
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    for row, duty in enumerate(duties, 1):
        _row(sheet, row, duty, cell, day)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if duties:
        sheet.autofilter(0, 0, len(duties), len(_COLUMNS) - 1)


def _row(sheet: Any, row: int, duty: Duty, cell: Any, day: Any) -> None:
    texts = (
        duty.task,
        "、".join(duty.subjects),
        duty.why,
        str(duty.cites),
        duty.gist,
        "、".join(ACTS[kind] for kind in duty.done_by),
    )
    sheet.write_datetime(row, 0, datetime.combine(duty.due, datetime.min.time()), day)
    for column, text in enumerate(texts, 1):
        sheet.write_string(row, column, text[:32_000], cell)
    if duty.opens is None:
        sheet.write_blank(row, len(texts) + 1, None, cell)
    else:
        opens = datetime.combine(duty.opens, datetime.min.time())
        sheet.write_datetime(row, len(texts) + 1, opens, day)
