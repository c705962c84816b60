"""Tables that are really markup: web pages named .xls, and the XML spreadsheets of 2003."""

import re
from html.parser import HTMLParser
from typing import Final
from xml.etree import ElementTree as ET

from ledger.exchange.encoding import decode
from ledger.exchange.sheet import Blemish, Line, Sheet
from ledger.exchange.shown import number_text
from ledger.exchange.source import MOST_COLUMNS, MOST_ROWS, Source, Unreadable
from ledger.text import shown

__all__ = ["markup"]

_SPREADSHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"
_SS: Final = f"{{{_SPREADSHEET}}}"
_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_.:-]+)""")
_LAST_ROW: Final = 1_048_576


def markup(source: Source, wanted: str = "") -> tuple[str, str, tuple[Sheet, ...]]:
    """What kind of markup it is, its encoding and its sheets; raises ``Unreadable``.

    The charset a page names is tried first, unless another is wanted.
    """
    named = _CHARSET.search(source.raw[:4096].replace(b"\x00", b""))
    try:
        text, encoding = decode(source, wanted or (named[1].decode() if named else ""))
    except Unreadable:
        if wanted:
            raise
        text, encoding = decode(source)
    if _SPREADSHEET in text[:4096]:
        return "xml", encoding, _spreadsheet(text, source.name)
    return "html", encoding, _page(text, source.name)


class _Page(HTMLParser):
    """The cells of every table of a page, where a spreadsheet would put them."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.tables: list[list[tuple[int, dict[int, str]]]] = []
        self.row: dict[int, str] = {}
        self.covered: dict[int, int] = {}
        """Columns a cell above reaches down into, and for how many rows more."""
        self.number = self.place = self.depth = 0
        self.span = 1
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.tables.append([])
                self.covered = {}
        elif self.depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self.number += 1
            self.place = 0
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(dict(attrs))
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            if self.depth == 1:
                self._end_row()
            self.depth -= 1
        elif tag in ("td", "th") and self.depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        while self.covered.get(self.place, 0):
            self.covered[self.place] -= 1
            self.place += 1
        if self.place > MOST_COLUMNS:
            raise Unreadable(f"“{self.name}”第{self.number}行超过{MOST_COLUMNS}列")
        self.text = []
        self.span = _count(attrs.get("colspan"), MOST_COLUMNS)
        down = _count(attrs.get("rowspan"), _LAST_ROW)
        if down > 1:
            for place in range(self.place, self.place + self.span):
                self.covered[place] = down - 1

    def _end_cell(self) -> None:
        if self.text is None:
            return
        self.row[self.place] = "".join(self.text).strip()
        self.place += self.span
        self.text = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.tables and any(self.row.values()):
            self.tables[-1].append((self.number, self.row))
        self.row = {}


def _count(text: str | None, most: int) -> int:
    return min(max(int(text), 1), most) if text and re.fullmatch(r"\s*\d{1,9}\s*", text) else 1


def _page(text: str, name: str) -> tuple[Sheet, ...]:
    page = _Page(name)
    page.feed(text)
    page.close()
    page._end_row()  # noqa: SLF001 - a page may end inside its table
    tables = [rows for rows in page.tables if rows]
    if not tables:
        raise Unreadable(f"“{name}”是网页，里面没有表格")
    if sum(map(len, tables)) > MOST_ROWS:
        raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
    return tuple(
        Sheet(
            name=f"表{place}" if len(tables) > 1 else "",
            lines=tuple(Line(number, _filled(row)) for number, row in rows),
        )
        for place, rows in enumerate(tables, 1)
    )


def _filled(row: dict[int, str]) -> tuple[str, ...]:
    return tuple(row.get(place, "") for place in range(max(row) + 1))


def _spreadsheet(text: str, name: str) -> tuple[Sheet, ...]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(f"“{name}”里有不该有的实体定义，拒绝读取")
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = ET.fromstring(plain)  # noqa: S314 - entities are refused above
        return tuple(_xml_sheet(sheet, name) for sheet in root.iter(f"{_SS}Worksheet"))
    except (ET.ParseError, ValueError, RecursionError):
        raise Unreadable(f"“{name}”不是完整的XML表格，可能已损坏") from None


def _xml_sheet(sheet: ET.Element, name: str) -> Sheet:
    lines, number, seen = [], 0, 0
    for row in sheet.iter(f"{_SS}Row"):
        number = int(row.get(f"{_SS}Index", number + 1))
        seen += 1
        line = _xml_line(number, row, name)
        if line is not None:
            lines.append(line)
        if len(lines) > MOST_ROWS:
            raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
    visible = sheet.find(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible")
    return Sheet(
        name=shown(sheet.get(f"{_SS}Name", "")),
        lines=tuple(lines),
        hidden=visible is not None,
        blank=max(number, seen) - len(lines),
    )


def _xml_line(number: int, row: ET.Element, name: str) -> Line | None:
    cells: dict[int, str] = {}
    blemishes: dict[int, Blemish] = {}
    notes: dict[int, str] = {}
    place = -1
    for cell in row.iter(f"{_SS}Cell"):
        place = int(cell.get(f"{_SS}Index", place + 2)) - 1
        if not 0 <= place <= MOST_COLUMNS:
            raise Unreadable(f"“{name}”第{number}行超过{MOST_COLUMNS}列")
        data = cell.find(f"{_SS}Data")
        if data is not None:
            text, blemish, note = _xml_text(data)
            cells[place] = text
            if blemish is not None:
                blemishes[place] = blemish
            if note:
                notes[place] = note
        place += int(cell.get(f"{_SS}MergeAcross", 0))
    return Line(number, _filled(cells), blemishes, notes) if any(cells.values()) else None


def _xml_text(data: ET.Element) -> tuple[str, Blemish | None, str]:
    text = "".join(data.itertext())
    match data.get(f"{_SS}Type"):
        case "Number" if text.strip():
            return number_text(float(text))
        case "Boolean":
            return ("是" if text.strip() == "1" else "否"), None, ""
        case "Error":
            return text, Blemish.ERROR, ""
        case "DateTime":
            day, _, hour = text.strip().partition("T")
            return (day if hour.startswith("00:00:00") else f"{day} {hour[:8]}".strip()), None, ""
        case _:
            return text, None, ""
