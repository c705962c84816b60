"""Sheets of labels as PDF, written page by page; each label is a picture at the printer's dots.

Corners are put on the printer's own grid of dots, so that a module is as many dots on paper as
in the picture. Pages ask not to be scaled. Nothing in the file names the unit or the program.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, Final, NamedTuple

from PIL import Image

from ledger.printing.printer import MM_PER_INCH, Printer
from ledger.printing.sheet import Cell, Sheet

__all__ = ["Placed", "corner_dots", "write_pdf"]

_POINTS: Final = 72
_CATALOG, _PAGES = 1, 2
_HAIR: Final = 0.02
"""By how much of a dot a picture stays inside its place, so that rounding never takes another row."""


class _Document:
    """A PDF in the making: numbered objects, written as they come."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.offsets: dict[int, int] = {}
        self.at = 0
        self.last = _PAGES
        self._write(b"%PDF-1.5\n%\xb5\xb6\xb7\xb8\n")

    def _write(self, data: bytes) -> None:
        self.file.write(data)
        self.at += len(data)

    def add(self, body: bytes, number: int = 0) -> int:
        """Write one object; its number, the next one unless it is given."""
        if not number:
            self.last += 1
        number = number or self.last
        self.offsets[number] = self.at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(self, words: bytes, data: bytes) -> int:
        """Write one object that holds data."""
        head = b"<<%b/Length %d>>" % (words, len(data))
        return self.add(b"%b\nstream\n%b\nendstream" % (head, data))

    def finish(self, pages: list[int]) -> None:
        """Write what leads to the pages."""
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        self.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids), _PAGES)
        wishes = b"/ViewerPreferences<</PrintScaling/None>>"
        self.add(b"<</Type/Catalog/Pages %d 0 R%b>>" % (_PAGES, wishes), _CATALOG)
        table, size = self.at, self.last + 1
        rows = b"".join(b"%010d 00000 n \n" % self.offsets[n] for n in range(1, size))
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, rows))
        trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        self._write(trailer % (size, _CATALOG, table))


class Placed(NamedTuple):
    """A label's picture and where it goes."""

    sheet: Sheet
    cell: Cell
    picture: Image.Image


def write_pdf(file: BinaryIO, labels: Iterable[Placed], printer: Printer) -> tuple[int, int]:
    """Write labels in their cells, page after page; how many labels and pages there were.

    Only one page is held at a time.
    """
    document = _Document(file)
    pages, count = list[int](), 0
    for (sheet, _), placed in groupby(labels, key=lambda each: (each.sheet, each.cell.page)):
        drawn = list(_drawn(document, placed, printer))
        count += len(drawn)
        pages.append(_page(document, drawn, _page_points(sheet, printer)))
    document.finish(pages)
    return count, len(pages)


def corner_dots(cell: Cell, printer: Printer) -> tuple[int, int]:
    """A label's top left corner on the page in the printer's dots, corrected for the printer."""
    dots_mm = printer.dpi / MM_PER_INCH
    x = cell.x_mm * printer.dots_x + printer.offset_x_mm * dots_mm
    y = cell.y_mm * printer.dots_y + printer.offset_y_mm * dots_mm
    return round(x), round(y)


def _drawn(
    document: _Document, placed: Iterable[Placed], printer: Printer
) -> Iterator[tuple[int, bytes]]:
    """Each label's picture as an object, and what to write on the page to have it in its cell."""
    point = _POINTS / printer.dpi
    hair = point * _HAIR
    for sheet, cell, picture in placed:
        _, tall = _page_points(sheet, printer)
        image = document.stream(
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1"
            b"/ColorSpace/DeviceGray/Filter/FlateDecode" % picture.size,
            zlib.compress(picture.tobytes(), 1),
        )
        left, top = corner_dots(cell, printer)
        wide, high = picture.width * point, picture.height * point
        x, y = left * point, tall - top * point - high
        inside = (wide - 2 * hair, high - 2 * hair, x + hair, y + hair)
        line = b"q %.4f 0 0 %.4f %.4f %.4f cm /L%d Do Q\n" % (*inside, image)
        if sheet.cut:
            line += b"%.4f %.4f %.4f %.4f re S\n" % (x, y, wide, high)
        yield image, line


def _page_points(sheet: Sheet, printer: Printer) -> tuple[float, float]:
    """The page's width and height in points, as so many whole dots of the printer."""
    wide, high = (round(mm / MM_PER_INCH * printer.dpi) for mm in sheet.size_mm)
    return wide * _POINTS / printer.dpi, high * _POINTS / printer.dpi


def _page(
    document: _Document, drawn: list[tuple[int, bytes]], size_points: tuple[float, float]
) -> int:
    content = document.stream(b"", b"0.25 w\n" + b"".join(line for _, line in drawn))
    images = b"".join(b"/L%d %d 0 R" % (image, image) for image, _ in drawn)
    box = b" ".join(b"%.4f" % points for points in (0, 0, *size_points))
    return document.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[%b]/Resources<</XObject<<%b>>>>/Contents %d 0 R>>"
        % (_PAGES, box, images, content)
    )
