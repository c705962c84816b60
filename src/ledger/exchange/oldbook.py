"""The binary workbooks of Excel 97-2003, which WPS writes as .xls and .et."""

import io
from datetime import datetime
from typing import Any, Final

from ledger.exchange.sheet import Blemish, Line, Sheet, trimmed
from ledger.exchange.shown import day_text, number_text
from ledger.exchange.source import MOST_ROWS, Source, Unreadable
from ledger.text import shown

__all__ = ["oldbook"]

_NUMBER: Final = 2
_DATE: Final = 3
_BOOLEAN: Final = 4
_ERROR: Final = 5


def oldbook(source: Source) -> tuple[Sheet, ...]:
    """The sheets of an old workbook; raises ``Unreadable``."""
    from xlrd.biffh import XLRDError

    try:
        return _sheets(_opened(source), source.name)
    except Unreadable:
        raise
    except XLRDError as error:
        if "encrypted" in str(error):
            said = "加了密码，请在原来的软件里去掉密码，另存一份再导入"
            raise Unreadable(f"“{source.name}”{said}") from None
        raise Unreadable(f"“{source.name}”不是完整的XLS表格，可能已损坏") from None
    except Exception as error:  # xlrd trusts the offsets in the file
        raise Unreadable(f"“{source.name}”不是完整的XLS表格，可能已损坏") from error


def _opened(source: Source) -> Any:
    """The workbook; one that does not say its code page is taken for a Chinese one."""
    import xlrd

    quiet = io.StringIO()
    book = xlrd.open_workbook(file_contents=source.raw, formatting_info=True, logfile=quiet)
    if book.codepage is None:
        book = xlrd.open_workbook(
            file_contents=source.raw,
            formatting_info=True,
            logfile=quiet,
            encoding_override="gb18030",
        )
    return book


def _sheets(book: Any, name: str) -> tuple[Sheet, ...]:
    sheets, left = [], MOST_ROWS
    for page in book.sheets():
        read = [_line(book, page, row) for row in range(page.nrows)]
        lines = tuple(line for line in read if line is not None)
        left -= len(lines)
        if left < 0:
            raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
        blank = len(read) - len(lines)
        sheets.append(
            Sheet(name=shown(page.name), lines=lines, hidden=page.visibility != 0, blank=blank)
        )
    return tuple(sheets)


def _line(book: Any, page: Any, row: int) -> Line | None:
    texts: list[str] = []
    blemishes: dict[int, Blemish] = {}
    notes: dict[int, str] = {}
    for place, cell in enumerate(page.row(row)):
        text, blemish, note = _text(book, cell)
        texts.append(text)
        if blemish is not None:
            blemishes[place] = blemish
        if note:
            notes[place] = note
    return trimmed(row + 1, texts, blemishes, notes)


def _text(book: Any, cell: Any) -> tuple[str, Blemish | None, str]:
    import xlrd

    if cell.ctype == _NUMBER:
        return number_text(cell.value, _form(book, cell))
    if cell.ctype == _BOOLEAN:
        return ("是" if cell.value else "否"), None, ""
    if cell.ctype == _ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERR"), Blemish.ERROR, ""
    if cell.ctype == _DATE:
        try:
            when: datetime = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        except (ValueError, OverflowError):
            return str(cell.value), Blemish.DATE, ""
        clock = cell.value < 1
        return day_text(when.time() if clock else when, _form(book, cell)), None, ""
    return str(cell.value), None, ""


def _form(book: Any, cell: Any) -> str:
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
