"""Files as other programs write them: workbooks old and new, locked, broken, hostile."""

import io
import random
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import msoffcrypto.format.ooxml
import xlwt
from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Rows = Iterable[Sequence[Any]]


def workbook(**sheets: Rows) -> bytes:
    """An XLSX of these sheets; a name that ends in an underscore is a hidden one."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name.rstrip("_"))
        page.sheet_state = "hidden" if name.endswith("_") else "visible"
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formatted(cells: dict[str, tuple[Any, str]], rows: Rows) -> bytes:
    """An XLSX with rows of text and some cells that have a value and a number format."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for place, (value, form) in cells.items():
        book.active[place] = value
        book.active[place].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw_sheet(body: str, texts: str = "", pad: int = 0) -> bytes:
    """An XLSX whose one sheet is this XML, as no decent program would write it."""
    kinds = f"{PACKAGE}/content-types"
    links = f"{PACKAGE}/relationships"
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{form}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/s.xml" ContentType="{form}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{form}.sharedStrings+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{links}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": body,
    }
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
        if pad:
            packed.writestr("xl/pad.bin", random.Random(1).randbytes(pad))
    return out.getvalue()


def sheet_xml(rows: str, before: str = "") -> str:
    """A worksheet of these rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def row_xml(number: int, **cells: str) -> str:
    """A row of inline texts, by column letter."""
    made = (
        f'<c r="{letter}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in cells.items()
    )
    return f'<row r="{number}">{"".join(made)}</row>'


def locked(raw: bytes) -> bytes:
    """A workbook locked with a password."""
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(raw)).encrypt("secret", out)
    return out.getvalue()


def old_workbook(dates_1904: bool = False, **sheets: Sequence[Sequence[Any]]) -> bytes:  # noqa: FBT001, FBT002
    """An XLS of these sheets; a cell may be a value with its number format."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = dates_1904
    for name, rows in sheets.items():
        page = book.add_sheet(name.rstrip("_"))
        page.visibility = 1 if name.endswith("_") else 0
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                value, form = cell if isinstance(cell, tuple) else (cell, "General")
                if value is not None:
                    page.write(at, place, value, xlwt.easyxf(num_format_str=form))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_locked(raw: bytes) -> bytes:
    """An XLS that says of itself that it is locked, in the record after its first."""
    start = raw.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = start + 4 + 16
    return raw[:after] + b"\x2f\x00" + raw[after + 2 :]
