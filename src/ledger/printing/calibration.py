"""The calibration page: rulers to measure, codes of several sizes to scan, text to read.

What is measured goes into the printer's file as offset and scale; the smallest code that scans
says which module size the printer is good for.
"""

from typing import Final

from PIL import Image

from ledger.printing.line import strip
from ledger.printing.picture import BLACK, WHITE, Canvas
from ledger.printing.printer import MM_PER_INCH, Printer
from ledger.printing.sheet import Cell, Sheet
from ledger.printing.symbol import MODULES, symbol

__all__ = ["WHOLE_PAGE", "calibration", "first_cell", "tells"]

WHOLE_PAGE: Final = Sheet(
    id="calibration",
    name="校准页",
    columns=1,
    rows=1,
    left_mm=0.0,
    top_mm=0.0,
    pitch_x_mm=210.0,
    pitch_y_mm=297.0,
    label_width_mm=210.0,
    label_height_mm=297.0,
)
_DOTS: Final = (2, 3, 4, 5)
_SIZES_MM: Final = (1.5, 2.0, 2.5, 3.0)
_QUIET: Final = 4
_SAYS: Final = "机密 张䶮 0123456789"


def first_cell() -> Cell:
    """The one cell of the page."""
    return Cell(0, 1, 0.0, 0.0)


def calibration(width_mm: float, height_mm: float, printer: Printer) -> Image.Image:
    """The calibration picture of a page or a label of this size."""
    canvas = Canvas(width_mm, height_mm, printer)
    margin = 10.0 if min(width_mm, height_mm) > 50 else 1.0  # noqa: PLR2004 - a page, not a label
    _corners(canvas, width_mm, height_mm, margin)
    length = int((width_mm - 2 * margin - 2) // 10 * 10)
    _ruler(canvas, margin + 1, margin + 2, min(length, 100), across=True)
    down = int((height_mm - 2 * margin - 6) // 10 * 10)
    _ruler(canvas, margin + 1, margin + 2, min(down, 100), across=False)
    top = _codes(canvas, margin + 8, margin + 8, width_mm - margin)
    _words(canvas, margin + 8, top + 2, (width_mm - margin, height_mm - margin))
    return canvas.image


def _corners(canvas: Canvas, width_mm: float, height_mm: float, margin: float) -> None:
    """A hairline so far from every edge as the page says."""
    left, top = canvas.across(margin), canvas.down(margin)
    right, bottom = canvas.across(width_mm - margin), canvas.down(height_mm - margin)
    canvas.pen.rectangle((left, top, right, bottom), outline=BLACK)


def _ruler(canvas: Canvas, x_mm: float, y_mm: float, length_mm: int, *, across: bool) -> None:
    """A ruler with a tick each millimetre, longer at five and ten."""
    for mm in range(length_mm + 1):
        tick = 3.0 if mm % 10 == 0 else 2.0 if mm % 5 == 0 else 1.2
        if across:
            x, y = canvas.across(x_mm + mm), canvas.down(y_mm)
            canvas.pen.line((x, y, x, canvas.down(y_mm + tick)), fill=BLACK)
        else:
            x, y = canvas.across(x_mm), canvas.down(y_mm + mm)
            canvas.pen.line((x, y, canvas.across(x_mm + tick), y), fill=BLACK)


def _codes(canvas: Canvas, x_mm: float, y_mm: float, right_mm: float) -> float:
    """The codes of two to five dots a module that fit beside each other; where they end."""
    x, y, lowest = canvas.across(x_mm), canvas.down(y_mm), y_mm
    for dots in _DOTS:
        side = (MODULES + 2 * _QUIET) * dots
        if x + side > canvas.across(right_mm) or y + side > canvas.image.height:
            break
        picture = Image.new("1", (side, side), WHITE)
        code = symbol(str(dots) * 24)
        enlarged = code.resize((MODULES * dots, MODULES * dots), Image.Resampling.NEAREST)
        picture.paste(enlarged, (_QUIET * dots, _QUIET * dots))
        canvas.image.paste(picture, (x, y))
        x += side
        lowest = max(lowest, y_mm + side / canvas.printer.dots_y)
    return lowest


def _words(canvas: Canvas, x_mm: float, y_mm: float, end_mm: tuple[float, float]) -> None:
    """A line of text at each usual height, and what the corners ought to measure."""
    y = canvas.down(y_mm)
    for mm in _SIZES_MM:
        dots = strip(f"{mm:g}毫米 {_SAYS}", max(8, canvas.down(mm)))
        fits = canvas.across(x_mm) + dots.width <= canvas.across(end_mm[0])
        if fits and y + dots.height <= canvas.down(end_mm[1]):
            canvas.image.paste(BLACK, (canvas.across(x_mm), y), dots)
            y += dots.height + canvas.down(1.0)


def tells(printer: Printer) -> tuple[str, ...]:
    """What to do with the page, line by line."""
    dot = MM_PER_INCH / printer.dpi
    return (
        "用直尺量：尺的10格应是10毫米、全长应与刻度相同；外框到四边应是同样的距离。",
        "长度不对：打印机文件里 scale_x、scale_y 写成“现在的值×应有的长度÷量到的长度”。",
        "偏左偏上：offset_x_mm、offset_y_mm 写上差的毫米数，偏右偏下写负数。",
        f"几个二维码每格从2点到5点（{2 * dot:.2f}到{5 * dot:.2f}毫米），扫出来是24个2、3、4、5。",
        "扫不出来的那一种格子，这台打印机不要用。",
    )
