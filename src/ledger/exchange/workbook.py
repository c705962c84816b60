"""XLSX and what WPS writes in its manner: every sheet as lines of text, memory bounded."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, time
from typing import IO, Any, Final
from xml.etree import ElementTree as ET

from ledger.exchange.sheet import Blemish, Line, Sheet, trimmed
from ledger.exchange.shown import day_text, number_text, unescaped
from ledger.exchange.source import MOST_COLUMNS, MOST_ROWS, Source, Unreadable
from ledger.text import shown

__all__ = ["workbook"]

_LAST_ROW: Final = 1_048_576
_PROLOG: Final = 4096
MOST_TEXTS: Final = 1_500_000
"""How many different texts a workbook may have; it has them all in memory."""
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(source: Source) -> tuple[Sheet, ...]:
    """The sheets of a workbook; raises ``Unreadable``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(source)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever its XML and zip layers raise
        raise Unreadable(f"“{source.name}”不是完整的XLSX表格，可能已损坏") from error


def _sheets(source: Source) -> tuple[Sheet, ...]:
    calculates = _look_through(source)
    values = _book(source, data_only=True)
    formulas = _book(source, data_only=False) if calculates else None
    read, left = [], MOST_ROWS
    for place, page in enumerate(values.worksheets):
        asked = None if formulas is None else formulas.worksheets[place]
        sheet = _sheet(page, asked, source.name, left)
        left -= len(sheet.lines)
        read.append(sheet)
    return tuple(read)


def _book(source: Source, *, data_only: bool) -> Any:
    """The workbook, with its own texts where openpyxl would make others of them."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    class Reader(ExcelReader):
        """Takes ``x005F_`` for nothing but what it is, and spends no object on each text."""

        package: Any

        def read_strings(self) -> None:
            part = self.package.find(SHARED_STRINGS)
            if part is not None and part.PartName[1:] in self.archive.namelist():
                with self.archive.open(part.PartName[1:]) as file:
                    self.shared_strings = list(_texts(file, source.name))

    reader = Reader(io.BytesIO(source.raw), read_only=True, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


def _texts(file: IO[bytes], name: str) -> Iterator[str]:
    """The texts of a workbook, each as its runs spell it, without the readings beside them."""
    items = ET.iterparse(file, events=("start", "end"))  # noqa: S314 - entities are refused before
    _, root = next(items)
    for count, node in enumerate((node for event, node in items if _item(event, node)), 1):
        if count > MOST_TEXTS:
            raise Unreadable(f"“{name}”里的文字超过{MOST_TEXTS}处，请分成几个文件")
        runs = [node, *node.findall(f"{_MAIN}r")]
        yield _Spelled("".join(unescaped(run.findtext(f"{_MAIN}t") or "") for run in runs))
        root.clear()


class _Spelled(str):
    """A text whose spelled-out characters have been read already, run by run."""

    __slots__ = ()


def _item(event: str, node: ET.Element) -> bool:
    return event == "end" and node.tag == f"{_MAIN}si"


def _look_through(source: Source) -> bool:
    """Whether there is a formula anywhere; refuses parts that declare entities."""
    calculates = False
    with zipfile.ZipFile(io.BytesIO(source.raw)) as packed:
        for info in packed.infolist():
            with packed.open(info) as part:
                start = part.read(_PROLOG)
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise Unreadable(f"“{source.name}”里有不该有的实体定义，拒绝读取")
                if "worksheets/" in info.filename and not calculates:
                    calculates = _has_formula(start, part)
    return calculates


def _has_formula(start: bytes, part: Any) -> bool:
    while start:
        if b"<f>" in start or b"<f " in start or b"<f/>" in start:
            return True
        more = part.read(1 << 20)
        start = start[-3:] + more if more else b""
    return False


def _sheet(page: Any, formulas: Any, name: str, most: int) -> Sheet:
    lines, blank = [], 0
    for number, (cells, asked) in enumerate(_rows(page, formulas), 1):
        if number > _LAST_ROW:
            raise Unreadable(f"“{name}”的行号异常，可能已损坏")
        line = _line(number, cells, asked)
        if line is None:
            blank += 1
            continue
        if len(line.cells) > MOST_COLUMNS:
            raise Unreadable(f"“{name}”第{number}行超过{MOST_COLUMNS}列")
        lines.append(line)
        if len(lines) > most:
            raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
    hidden = page.sheet_state != "visible"
    return Sheet(name=shown(str(page.title)), lines=tuple(lines), hidden=hidden, blank=blank)


def _rows(page: Any, formulas: Any) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """The rows with their values, and beside them with their formulas where there are any."""
    page.reset_dimensions()  # a wrong or huge dimension would widen every row
    if formulas is None:
        return ((row, ()) for row in page.iter_rows())
    formulas.reset_dimensions()
    return zip(page.iter_rows(), formulas.iter_rows(), strict=False)


def _line(number: int, cells: tuple[Any, ...], asked: tuple[Any, ...]) -> Line | None:
    texts: list[str] = []
    blemishes: dict[int, Blemish] = {}
    notes: dict[int, str] = {}
    for place, cell in enumerate(cells):
        if cell.value is None:
            text, blemish, note = "", _uncached(place, cell, asked), ""
        else:
            text, blemish, note = _text(cell)
        texts.append(text)
        if blemish is not None:
            blemishes[place] = blemish
        if note:
            notes[place] = note
    return trimmed(number, texts, blemishes, notes)


def _uncached(place: int, cell: Any, asked: tuple[Any, ...]) -> Blemish | None:
    """A formula whose result is not in the file; one that comes to an empty text is none."""
    formula = place < len(asked) and asked[place].data_type == "f"
    return Blemish.UNCACHED if formula and cell.data_type != "str" else None


def _text(cell: Any) -> tuple[str, Blemish | None, str]:
    value = cell.value
    if cell.data_type == "e":
        return (
            str(value),
            Blemish.DATE if value == "#VALUE!" and _dated(cell) else Blemish.ERROR,
            "",
        )
    if isinstance(value, str):
        return str(value) if isinstance(value, _Spelled) else unescaped(value), None, ""
    if isinstance(value, (date, time)):
        return day_text(value, cell.number_format or ""), None, ""
    if isinstance(value, (int, float)):
        return number_text(value, cell.number_format or "")
    return str(value), None, ""


def _dated(cell: Any) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(cell.number_format))
