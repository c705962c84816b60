"""A label drawn once, as a one-bit picture at the printer's own dots.

The same picture is shown, decoded and printed. Modules of the code are whole dots, its box keeps
everything else out, and nothing is cut in silence: what does not fit by the template's own rule
is refused with what would.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from ledger.mark import Level
from ledger.printing.line import advance, strip, wrapped
from ledger.printing.payload import grouped
from ledger.printing.printer import Printer
from ledger.printing.symbol import MODULES, symbol
from ledger.printing.template import LEAST_MODULE_MM, Item, Template, fill
from ledger.text import quoted
from ledger.trouble import Inadmissible

__all__ = ["BLACK", "WHITE", "Canvas", "Unfit", "at", "draw", "module_dots"]

WHITE: Final = 1
BLACK: Final = 0
_INK: Final = 128
"""A dot of a picture that is lighter stays white."""
LEAST_DOTS: Final = 2
"""A thermal head's dots run; a module of fewer is not read."""
_LEAST_HAN_DOTS: Final = 16
_LEAST_OTHER_DOTS: Final = 11
"""Fewer dots do not make a legible character: strokes of 汉字 run together first."""


class Unfit(Inadmissible, ValueError):
    """Something that would be cut or would not scan; the message is a Chinese sentence."""


def at(dpi: int) -> Printer:
    """A printer without corrections, for a picture at so many dots an inch."""
    return Printer(id="", name="", language="png", dpi=dpi)


class Canvas:
    """A picture and the scale it is drawn at."""

    def __init__(self, width_mm: float, height_mm: float, printer: Printer) -> None:
        self.printer = printer
        self.dots_x, self.dots_y = printer.dots_x, printer.dots_y
        size = (self.across(width_mm), self.down(height_mm))
        self.image = Image.new("1", size, WHITE)
        self.pen = ImageDraw.Draw(self.image)
        self.pen.fontmode = "1"

    def across(self, mm: float) -> int:
        """A length to the right in millimetres as whole dots."""
        return round(mm * self.dots_x)

    def down(self, mm: float) -> int:
        """A length downwards in millimetres as whole dots."""
        return round(mm * self.dots_y)

    def box(self, item: Item) -> tuple[int, int, int, int]:
        """An item's box in dots: left, top, width, height, never less than one dot."""
        left, top, right, bottom = item.corners
        x, y = self.across(left), self.down(top)
        return x, y, max(self.across(right) - x, 1), max(self.down(bottom) - y, 1)

    def symbol(self, item: Item) -> tuple[int, int, int]:
        """Where a code's symbol goes in the middle of its box, in dots: left, top, side."""
        side = MODULES * module_dots(item, self.printer)
        left = (item.x + item.w / 2) * self.printer.dots_x - side / 2
        top = (item.y + item.h / 2) * self.printer.dots_y - side / 2
        return round(left), round(top), side


def draw(template: Template, values: Mapping[str, str], printer: Printer) -> Image.Image:
    """The label with these values, ``code`` being its 24 digits.

    Raises ``Unfit`` when a text or code does not fit, ``MissingGlyph`` when no font draws it.
    """
    canvas = Canvas(template.width_mm, template.height_mm, printer)
    said = {**values, "code": grouped(values["code"])}
    for item in template.items:
        match item.kind:
            case "qr":
                _code(canvas, item, values["code"])
            case "line" | "box":
                _rule(canvas, item)
            case "image":
                _image(canvas, item)
            case _:
                _words(canvas, item, fill(item.text, said).strip())
    return canvas.image


def module_dots(item: Item, printer: Printer) -> int:
    """How many dots a module of the code gets; raises ``Unfit`` when they are too few."""
    modules = MODULES + 2 * item.quiet
    dots = int(min(item.w * printer.dots_x, item.h * printer.dots_y) + 0.5) // modules
    dots_mm = min(printer.dots_x, printer.dots_y)
    least_mm = max(item.min_module_mm, LEAST_MODULE_MM)
    if dots < LEAST_DOTS or dots / dots_mm < least_mm - 1e-9:
        needed = max(LEAST_DOTS, -int(-least_mm * dots_mm // 1))
        side = needed * modules / dots_mm
        raise Unfit(
            f"二维码的框{item.w:g}×{item.h:g}毫米太小：每英寸{printer.dpi}点时至少要{side:.1f}毫米见方"
        )
    return dots


def _code(canvas: Canvas, item: Item, code: str) -> None:
    left, top, side = canvas.symbol(item)
    picture = symbol(code).resize((side, side), Image.Resampling.NEAREST)
    canvas.image.paste(picture, (left, top))


def _rule(canvas: Canvas, item: Item) -> None:
    left, top, width, height = canvas.box(item)
    corners = (left, top, left + width - 1, top + height - 1)
    thick = max(1, canvas.down(0.2))
    if item.kind == "line":
        canvas.pen.rectangle(corners, fill=BLACK)
    else:
        canvas.pen.rectangle(corners, outline=BLACK, width=thick)


def _image(canvas: Canvas, item: Item) -> None:
    left, top, width, height = canvas.box(item)
    picture = Image.open(BytesIO(item.picture)).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    paper.thumbnail((width, height), Image.Resampling.LANCZOS)
    dots = paper.convert("L").point(lambda grey: 255 * (grey >= _INK), "1")
    place = (left + (width - dots.width) // 2, top + (height - dots.height) // 2)
    canvas.image.paste(dots, place)


def _words(canvas: Canvas, item: Item, text: str) -> None:
    left, top, width, height = canvas.box(item)
    ink = BLACK
    room, tall = width, height
    if item.kind == "badge":
        ink = _plate(canvas, (left, top, width, height), text)
        room, tall = width - height // 2, int(height * 0.8)
    if not text:
        return
    lines, size = _fit(canvas, item, text, room, tall)
    pitch = height // len(lines)
    for place, line in enumerate(lines):
        dots = strip(line, size)
        align = "center" if item.kind == "badge" else item.align
        slack = {"left": 0, "center": (width - dots.width) // 2, "right": width - dots.width}
        y = top + place * pitch + (pitch - dots.height) // 2
        canvas.image.paste(ink, (left + slack[align], y), dots)


def _plate(canvas: Canvas, box: tuple[int, int, int, int], word: str) -> int:
    """The plate under a level, whose shape alone tells which it is; the colour of its words.

    绝密 black with pointed ends, 机密 black and square, 秘密 black with round ends, anything
    else an empty frame.
    """
    left, top, width, height = box
    right, bottom = left + width - 1, top + height - 1
    if word == str(Level.绝密):
        tip, middle = height // 3, top + height // 2
        canvas.pen.polygon(
            [
                (left, middle),
                (left + tip, top),
                (right - tip, top),
                (right, middle),
                (right - tip, bottom),
                (left + tip, bottom),
            ],
            fill=BLACK,
        )
    elif word == str(Level.机密):
        canvas.pen.rectangle((left, top, right, bottom), fill=BLACK)
    elif word == str(Level.秘密):
        canvas.pen.rounded_rectangle((left, top, right, bottom), height // 2, fill=BLACK)
    else:
        canvas.pen.rectangle((left, top, right, bottom), outline=BLACK, width=max(2, height // 16))
        return BLACK
    return WHITE


def _fit(canvas: Canvas, item: Item, text: str, width: int, height: int) -> tuple[list[str], int]:
    """The lines and the character height at which a text fits its box, by the item's rule."""
    dots_mm = canvas.printer.dots_y
    floor = _LEAST_HAN_DOTS if max(text) > "\u2e7f" else _LEAST_OTHER_DOTS
    least = max(-int(-item.min_mm * dots_mm // 1), floor)
    if height >= least:
        smallest = height if item.overflow == "refuse" and item.kind == "text" else least
        if (size := _largest(text, width, height, smallest)) is not None:
            return [text], size
        if item.overflow == "wrap":
            for size in (*range(height // 2, least, -max(1, height // 20)), least):
                lines = wrapped(text, size, width)
                if _inside(lines, size, width, height // len(lines)):
                    return lines, size
    wide = advance(text, least)
    raise Unfit(
        f"{item.called}放不下：{quoted(text)}字高{least / dots_mm:.1f}毫米时"
        f"要{wide / canvas.printer.dots_x:.1f}×{least / dots_mm:.1f}毫米，框是{item.w:g}×{item.h:g}毫米"
    )


def _largest(text: str, width: int, height: int, smallest: int) -> int | None:
    """The greatest character height at which one line fits, not below the smallest."""
    size = height
    while size >= smallest:
        ahead = advance(text, size)
        if ahead <= width + size // 4 and _inside([text], size, width, height):
            return size
        size -= max(1, (ahead - width) * size // max(ahead, 1) // 2)
    return None


def _inside(lines: list[str], size: int, width: int, pitch: int) -> bool:
    """Whether lines so far apart neither touch each other nor leave their box."""
    inks = (strip(line, size) for line in lines)
    return pitch >= size and all(ink.width <= width and ink.height <= pitch for ink in inks)
