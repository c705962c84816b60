"""The calibration page: rulers to measure, codes of several sizes to scan, text to read.

What is measured goes into the printer's file as offset and scale; the smallest code that scans
says which module size the printer is good for.
"""

from itertools import islice
from typing import Final

from PIL import Image

from ledger.printing.line import strip
from ledger.printing.payload import LENGTH
from ledger.printing.picture import BLACK, Canvas
from ledger.printing.printer import MM_PER_INCH, Printer
from ledger.printing.sheet import Cell, Sheet, cells
from ledger.printing.symbol import MODULES, symbol

__all__ = ["WHOLE_PAGE", "first_cell", "labels", "page", "tells"]

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
_STEPS: Final = (2, 3, 4, 5)
"""How large the modules of the codes are: dots of up to 300 an inch, pairs of dots of finer ones."""
_COARSE: Final = 300
_SIZES_MM: Final = (1.5, 2.0, 2.5, 3.0, 4.0)
_QUIET: Final = 4
_PAGE_MARGIN: Final = 10.0
_LABEL_MARGIN: Final = 1.0
_SAYS: Final = "机密 张䶮 0123456789"


def first_cell() -> Cell:
    """The one cell of the page."""
    return Cell(0, 1, 0.0, 0.0)


def page(printer: Printer, sheet: Sheet | None = None) -> Image.Image:
    """The calibration page: rulers, codes and text; with a sheet, the outline of its every cell."""
    wide, high = WHOLE_PAGE.size_mm
    canvas = Canvas(wide, high, printer)
    if sheet is not None:
        _outlines(canvas, sheet)
    _frame(canvas, (_PAGE_MARGIN, _PAGE_MARGIN, wide - _PAGE_MARGIN, high - _PAGE_MARGIN))
    _ruler(canvas, 20, 20, 100, across=True)
    _ruler(canvas, 20, 20, 100, across=False)
    x, y = 35.0, 35.0
    for step in _STEPS:
        side = _code(canvas, step, x, y)
        _say(canvas, f"{_dots(step, printer)}点", x, y + side, 3)
        x += side + 5
    y = 75.0
    for mm in _SIZES_MM:
        _say(canvas, f"{mm:g}毫米 {_SAYS}", 35, y, mm)
        y += mm + 3
    return canvas.image


def labels(width_mm: float, height_mm: float, printer: Printer) -> list[Image.Image]:
    """Calibration labels of one size: one with a ruler, then one for each code that fits."""
    first = Canvas(width_mm, height_mm, printer)
    _frame(first, (_LABEL_MARGIN, _LABEL_MARGIN, width_mm - 1, height_mm - 1))
    length = int((width_mm - 4) // 10 * 10)
    _ruler(first, 2, 2, length, across=True)
    made = [first.image]
    for step in _STEPS:
        canvas = Canvas(width_mm, height_mm, printer)
        dots = _dots(step, printer)
        side = (MODULES + 2 * _QUIET) * dots / canvas.printer.dots_y
        if side > height_mm:
            break
        _code(canvas, step, 0, (height_mm - side) / 2)
        _say(canvas, f"{dots}点", side + 1, height_mm / 2 - 2, 3)
        made.append(canvas.image)
    return made


def _dots(step: int, printer: Printer) -> int:
    """How many dots a module of a step has on a printer."""
    return step * max(1, round(printer.dpi / _COARSE))


def _frame(canvas: Canvas, corners_mm: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = corners_mm
    corners = (canvas.across(left), canvas.down(top), canvas.across(right), canvas.down(bottom))
    canvas.pen.rectangle(corners, outline=BLACK)


def _outlines(canvas: Canvas, sheet: Sheet) -> None:
    for cell in islice(cells(sheet), sheet.count):
        right, bottom = cell.x_mm + sheet.label_width_mm, cell.y_mm + sheet.label_height_mm
        _frame(canvas, (cell.x_mm, cell.y_mm, right, bottom))


def _ruler(canvas: Canvas, x_mm: float, y_mm: float, length_mm: int, *, across: bool) -> None:
    """A ruler with a tick each millimetre, longer at five and ten, and a number at each ten."""
    for mm in range(length_mm + 1):
        tick = 3.0 if mm % 10 == 0 else 2.0 if mm % 5 == 0 else 1.2
        if across:
            x, y = canvas.across(x_mm + mm), canvas.down(y_mm)
            canvas.pen.line((x, y, x, canvas.down(y_mm + tick)), fill=BLACK)
        else:
            x, y = canvas.across(x_mm), canvas.down(y_mm + mm)
            canvas.pen.line((x, y, canvas.across(x_mm + tick), y), fill=BLACK)
        if mm and mm % 10 == 0:
            place = (x_mm + mm - 3.5, y_mm + 3.5) if across else (x_mm + 3.5, y_mm + mm - 1.2)
            _say(canvas, str(mm), *place, 2)


def _code(canvas: Canvas, step: int, x_mm: float, y_mm: float) -> float:
    """A code with modules of a step, which it says, and its quiet zone; how large it came out."""
    dots = _dots(step, canvas.printer)
    side = (MODULES + 2 * _QUIET) * dots
    enlarged = symbol(str(step) * LENGTH).resize(
        (MODULES * dots, MODULES * dots), Image.Resampling.NEAREST
    )
    quiet = _QUIET * dots
    canvas.image.paste(enlarged, (canvas.across(x_mm) + quiet, canvas.down(y_mm) + quiet))
    return side / canvas.printer.dots_y


def _say(canvas: Canvas, words: str, x_mm: float, y_mm: float, height_mm: float) -> None:
    dots = strip(words, max(8, canvas.down(height_mm)))
    canvas.image.paste(BLACK, (canvas.across(x_mm), canvas.down(y_mm)), dots)


def tells(printer: Printer) -> tuple[str, ...]:
    """What to do with the page, line by line."""
    dot = MM_PER_INCH / printer.dpi
    least, most = (_dots(step, printer) for step in (_STEPS[0], _STEPS[-1]))
    sizes = f"{least * dot:.2f}到{most * dot:.2f}"
    return (
        "用直尺量：尺的10格应是10毫米、全长应与刻度相同；外框离纸边A4上是10毫米、标签上是1毫米。",
        "长度不对：打印机文件里 scale_x、scale_y 写成“现在的值×应有的长度÷量到的长度”。",
        "偏左偏上：offset_x_mm、offset_y_mm 写上差的毫米数，偏右偏下写负数。",
        f"几个二维码每格从{least}点到{most}点（{sizes}毫米），扫出来是24个2、3、4、5。",
        "扫不出来的那一种格子，这台打印机不要用。",
    )
