"""A proof: the picture of a label read back before anything is printed."""

from collections.abc import Mapping
from typing import Final

import zxingcpp
from attrs import frozen
from PIL import Image

from ledger.printing.font import MissingGlyph
from ledger.printing.picture import Canvas, Unfit, at, draw, module_dots
from ledger.printing.printer import Printer
from ledger.printing.template import Template

__all__ = ["DPIS", "Fault", "Proof", "faults", "prove"]

DPIS: Final = (203, 300, 600)
"""The dots an inch of the printers offices have."""
_AROUND_MM: Final = 1.0
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@frozen
class Proof:
    """A label that reads: its picture, and how large a module of its code came out."""

    picture: Image.Image
    module_dots: int
    module_mm: float


@frozen
class Fault:
    """What keeps a template from being used for one record on printers of one kind."""

    template: str
    dpi: int
    number: str
    said: str

    def __str__(self) -> str:
        return f"{self.template} 每英寸{self.dpi}点 {self.number}：{self.said}"


def prove(template: Template, values: Mapping[str, str], printer: Printer) -> Proof:
    """Draw a label and read its code back from the picture.

    Raises ``Unfit`` when it does not fit or does not read, ``MissingGlyph`` for a character.
    """
    picture = draw(template, values, printer)
    dots = module_dots(template.code, printer)
    read = _read(picture, template, printer)
    if read != values["code"]:
        raise Unfit(f"二维码画出来读不回去（读到“{read or '空'}”），请加大二维码的框")
    return Proof(picture, dots, dots / printer.dpi * 25.4)


def _read(picture: Image.Image, template: Template, printer: Printer) -> str:
    """What stands in the code's box, read with a strip of its surroundings as a scanner would."""
    canvas = Canvas(template.width_mm, template.height_mm, printer)
    left, top, width, height = canvas.box(template.code)
    aside, above = canvas.across(_AROUND_MM), canvas.down(_AROUND_MM)
    around = (left - aside, top - above, left + width + aside, top + height + above)
    inside = (max(around[0], 0), max(around[1], 0), *_within(around, picture))
    found = zxingcpp.read_barcodes(picture.crop(inside).convert("L"), formats=_QR)
    return found[0].text if len(found) == 1 else ""


def _within(box: tuple[int, int, int, int], picture: Image.Image) -> tuple[int, int]:
    return min(box[2], picture.width), min(box[3], picture.height)


def faults(
    template: Template, records: Mapping[str, Mapping[str, str]], dpis: tuple[int, ...] = DPIS
) -> tuple[Fault, ...]:
    """What is wrong with a template for some records at some resolutions; nothing if all is well.

    ``records`` are the values of each label by the number it is for.
    """
    found = []
    for dpi in dpis:
        for number, values in records.items():
            try:
                prove(template, values, at(dpi))
            except (Unfit, MissingGlyph) as error:
                found.append(Fault(template.id, dpi, number, str(error)))
    return tuple(found)
