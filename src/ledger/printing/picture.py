"""A label drawn once, as a one-bit picture at the printer's own dots.

A secret's level stands white on black, anything else black in a frame, so that the shape tells
them apart as well as the word. Modules of the code are whole dots, its box keeps everything else out, and nothing is cut in
silence: what does not fit by the template's own rule is refused with what would.
"""

from collections.abc import Mapping
from typing import Final

import qrcode
from PIL import Image, ImageDraw
from qrcode.util import QRData

from ledger.mark import Level
from ledger.printing.font import opened, runs
from ledger.printing.template import Item, Template
from ledger.text import quoted

__all__ = ["Unfit", "draw"]

MM_PER_INCH: Final = 25.4
_MODULES: Final = 21
_MASK: Final = 3
_NUMERIC: Final = 1
WHITE: Final = 1
BLACK: Final = 0


class Unfit(ValueError):
    """Something that would be cut or would not scan; the message is a Chinese sentence."""


class _Canvas:
    """A picture and the scale it is drawn at."""

    def __init__(self, template: Template, dpi: int) -> None:
        self.dots_mm = dpi / MM_PER_INCH
        size = (self.dots(template.width_mm), self.dots(template.height_mm))
        self.image = Image.new("1", size, WHITE)
        self.pen = ImageDraw.Draw(self.image)
        self.pen.fontmode = "1"

    def dots(self, mm: float) -> int:
        """A length in millimetres as whole dots."""
        return round(mm * self.dots_mm)

    def box(self, item: Item) -> tuple[int, int, int, int]:
        """An item's box in dots: left, top, width, height."""
        return self.dots(item.x), self.dots(item.y), self.dots(item.w), self.dots(item.h)


def draw(template: Template, values: Mapping[str, str], dpi: int = 300) -> Image.Image:
    """The label with these values.

    Raises ``Unfit`` when a text or code does not fit, ``MissingGlyph`` when no font draws it.
    """
    canvas = _Canvas(template, dpi)
    for item in sorted(template.items, key=lambda each: each.kind == "qr"):
        match item.kind:
            case "qr":
                _qr(canvas, item, values["code"])
            case "line" | "box":
                left, top, width, height = canvas.box(item)
                corner = (left + width - 1, top + height - 1)
                canvas.pen.rectangle(
                    (left, top, *corner),
                    fill=BLACK if item.kind == "line" else None,
                    outline=BLACK,
                )
            case _:
                _words(canvas, item, item.text.format_map(values))
    return canvas.image


def _qr(canvas: _Canvas, item: Item, code: str) -> None:
    left, top, width, height = canvas.box(item)
    dots = min(width, height) // (_MODULES + 2 * item.quiet)
    if dots / canvas.dots_mm < item.min_module_mm:
        need = -(-item.min_module_mm * canvas.dots_mm // 1) * (_MODULES + 2 * item.quiet)
        raise Unfit(
            f"二维码的框{item.w:g}×{item.h:g}毫米太小，至少要{need / canvas.dots_mm:.1f}毫米见方"
        )
    symbol = qrcode.QRCode(
        version=1,
        error_correction=qrcode.ERROR_CORRECT_Q,
        box_size=1,
        border=item.quiet,
        mask_pattern=_MASK,
    )
    symbol.add_data(QRData(code, mode=_NUMERIC), optimize=0)
    symbol.make(fit=False)
    matrix = symbol.get_matrix()
    bits = Image.new("1", (len(matrix), len(matrix)), WHITE)
    bits.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
    picture = bits.resize((len(matrix) * dots, len(matrix) * dots), Image.Resampling.NEAREST)
    canvas.pen.rectangle((left, top, left + width - 1, top + height - 1), fill=WHITE)
    offset = (left + (width - picture.width) // 2, top + (height - picture.height) // 2)
    canvas.image.paste(picture, offset)


def _words(canvas: _Canvas, item: Item, text: str) -> None:
    left, top, width, height = canvas.box(item)
    ink = BLACK
    if item.kind == "badge":
        secret = text in Level.__members__
        ink = WHITE if secret else BLACK
        corners = (left, top, left + width - 1, top + height - 1)
        canvas.pen.rectangle(corners, fill=1 - ink, outline=BLACK, width=3)
    if not text:
        return
    lines, size = _fit(canvas, item, text, width, height)
    pictures = [_line(line, size) for line in lines]
    pitch = height // len(pictures)
    for place, picture in enumerate(pictures):
        slack = (width - picture.width) // 2
        x = left + (slack if item.kind == "badge" or item.align == "center" else 0)
        y = top + place * pitch + (pitch - picture.height) // 2
        canvas.image.paste(ink, (x, y), picture)


def _fit(canvas: _Canvas, item: Item, text: str, width: int, height: int) -> tuple[list[str], int]:
    """The lines and the character height at which a text fits its box, by the item's rule."""
    least = max(1, -int(-item.min_mm * canvas.dots_mm // 1))
    most = int(height * (0.8 if item.kind == "badge" else 1))
    smallest = most if item.overflow == "refuse" and item.kind == "text" else least
    for size in range(most, min(smallest, most) - 1, -1):
        if size >= least and _line(text, size).width <= width:
            return [text], size
    if item.overflow == "wrap":
        for count in range(2, height // least + 1):
            size = height // count
            lines = _wrapped(text, size, width)
            if len(lines) <= count:
                return lines, size
    size = least if item.overflow != "refuse" else most
    need = _line(text, size).width / canvas.dots_mm
    raise Unfit(
        f"{quoted(text)}放不进{item.w:g}×{item.h:g}毫米的框，"
        f"字高{size / canvas.dots_mm:.1f}毫米时要宽{need:.1f}毫米"
    )


def _wrapped(text: str, size: int, width: int) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and _line(lines[-1] + character, size).width > width:
            lines.append("")
        lines[-1] += character
    return lines


def _line(text: str, size: int) -> Image.Image:
    """The ink of one line at a character height in dots, as a mask without margins."""
    pieces = [(piece, opened(path, size)) for piece, path in runs(text)]
    width = sum(round(font.getlength(piece)) for piece, font in pieces)
    mask = Image.new("1", (max(width, 1) + size, size * 2), 0)
    pen = ImageDraw.Draw(mask)
    pen.fontmode = "1"
    x = 0
    for piece, font in pieces:
        pen.text((x, size // 4), piece, fill=1, font=font)
        x += round(font.getlength(piece))
    return mask.crop(mask.getbbox() or (0, 0, 1, 1))
