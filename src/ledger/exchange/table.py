"""A table in somebody else's file: found, decoded and handed on as text, never guessed at."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ledger import trouble

__all__ = ["Row", "Table", "Unreadable", "read_table"]

MOST_BYTES: Final = 100 * 1024 * 1024
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 100
"""A workbook that unpacks to more than this many times its size is taken for a zip bomb."""
MOST_ROWS: Final = 200_000
HEADER_WITHIN: Final = 30


class Unreadable(Exception):
    """A file that cannot be read as a table; the message is a Chinese sentence."""


@frozen
class Row:
    """One record: its row as the officer sees it, and its cells by column."""

    number: int
    cells: tuple[str, ...]


@frozen(kw_only=True)
class Table:
    """The heading and the records of one table, with where and how they were found."""

    source: str
    type: str
    encoding: str
    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    blank_rows: int = 0


def read_table(path: Path, is_header: Callable[[Sequence[str]], int]) -> Table:
    """The table in a CSV or XLSX file.

    ``is_header`` tells how many cells of a row are names of columns; the row within the first
    thirty that has most is the heading. Raises ``Unreadable``.
    """
    try:
        raw = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise Unreadable(f"打不开“{path}”：{trouble.of_file(error)}") from None
    if raw is None:
        raise Unreadable(f"“{path.name}”超过{MOST_BYTES // 1024 // 1024}MB，请分成几个文件")
    if raw.startswith(b"PK"):
        kind, encoding, (sheet, lines) = "xlsx", "", _workbook(raw, path.name)
    elif raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(f"“{path.name}”是旧格式或带密码的表格，请另存为不带密码的XLSX或CSV")
    else:
        kind, sheet = "csv", ""
        encoding, lines = _delimited(raw, path.name)
    return _table(path.name, kind, encoding, sheet, lines, is_header)


Lines = list[tuple[int, list[str]]]


def _delimited(raw: bytes, name: str) -> tuple[str, Lines]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(f"“{name}”的文字编码认不出，请另存为UTF-8或GB18030编码的CSV")
    if "\x00" in text:
        raise Unreadable(f"“{name}”不是文本文件")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: Lines = []
    start = 1
    try:
        for cells in reader:
            lines.append((start, cells))
            start = reader.line_num + 1
            _check_rows(len(lines), name)
    except csv.Error as error:
        said = "有一格内容过长" if "larger than field limit" in str(error) else "引号没有成对"
        raise Unreadable(f"“{name}”第{start}行{said}") from None
    return ("utf-8" if encoding == "utf-8-sig" else encoding), lines


def _check_rows(count: int, name: str) -> None:
    if count > MOST_ROWS:
        raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")


def _workbook(raw: bytes, name: str) -> tuple[str, Lines]:
    from openpyxl import load_workbook

    _refuse_bombs(raw, name)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines: Lines = []
        for number, cells in enumerate(sheet.iter_rows(), 1):
            lines.append((number, [_cell(cell) for cell in cells]))
            _check_rows(len(lines), name)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its XML and zip layers raise
        raise Unreadable(f"“{name}”不是完整的XLSX表格，可能已损坏") from error
    return sheet.title, lines


def _refuse_bombs(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(info.file_size for info in packed.infolist())
    except zipfile.BadZipFile:
        raise Unreadable(f"“{name}”不是完整的XLSX表格，可能已损坏") from None
    if size > MOST_UNPACKED or size > MOST_RATIO * max(len(raw), 1024 * 64):
        raise Unreadable(f"“{name}”解开后异常庞大，拒绝读取")


def _cell(cell: Any) -> str:
    """A cell as text; a whole number has no decimal point, a day is written year first."""
    value = cell.value
    match value:
        case None:
            return ""
        case datetime() if value.time().isoformat() == "00:00:00":
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _table(
    name: str,
    kind: str,
    encoding: str,
    sheet: str,
    lines: Lines,
    is_header: Callable[[Sequence[str]], int],
) -> Table:
    tidy = [(number, tuple(_tidy(cell) for cell in cells)) for number, cells in lines]
    heads = [(is_header(cells), -place) for place, (_, cells) in enumerate(tidy[:HEADER_WITHIN])]
    best, place = max(heads, default=(0, 0))
    if best == 0:
        raise Unreadable(f"“{name}”里找不到认识的表头，请用 --map 列名=项目 指明")
    header_row, headers = tidy[-place]
    width = len(headers)
    full = [(n, cells) for n, cells in tidy[-place + 1 :] if any(cells)]
    for number, cells in full:
        if any(cells[width:]):
            raise Unreadable(f"“{name}”第{number}行比表头多出几格")
    padded = (Row(n, (*cells[:width], *[""] * (width - len(cells)))) for n, cells in full)
    return Table(
        source=name,
        type=kind,
        encoding=encoding,
        sheet=sheet,
        header_row=header_row,
        headers=_named(headers),
        rows=tuple(padded),
        blank_rows=len(tidy) + place - 1 - len(full),
    )


def _tidy(cell: str) -> str:
    """A cell without line breaks, and without blanks and a byte-order mark at its ends."""
    return " ".join(cell.replace("\ufeff", "").split("\n")).strip(" \t\r\u00a0\u3000")


def _named(headers: Iterable[str]) -> tuple[str, ...]:
    """The headings, an empty one named after its column."""
    return tuple(head or f"（列{place}）" for place, head in enumerate(headers, 1))


def columns(count: int) -> Iterator[str]:
    """The letters of so many columns, as a spreadsheet shows them.

    >>> list(columns(28))[-2:]
    ['AA', 'AB']
    """
    for place in range(count):
        letters, rest = "", place
        while rest >= 0:
            letters = chr(ord("A") + rest % 26) + letters
            rest = rest // 26 - 1
        yield letters
