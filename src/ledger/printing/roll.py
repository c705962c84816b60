"""Labels for label printers, as ZPL or TSPL: our own picture, sent dot for dot."""

import base64
import binascii
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from ledger.printing.picture import WHITE, Unfit
from ledger.printing.printer import MM_PER_INCH, Printer

__all__ = ["LANGUAGES", "png", "shifted", "tspl", "zpl"]

_TURNS: Final = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


def shifted(picture: Image.Image, printer: Printer) -> Image.Image:
    """The picture turned and moved as the printer needs it.

    Raises ``Unfit`` when ink would leave the paper or the printer is too narrow.
    """
    turned = picture.transpose(_TURNS[printer.rotate]) if printer.rotate else picture
    dots_mm = printer.dpi / MM_PER_INCH
    x, y = round(printer.offset_x_mm * dots_mm), round(printer.offset_y_mm * dots_mm)
    wide, high = turned.size
    if x or y:
        ink = ImageOps.invert(turned.convert("L")).getbbox() or (0, 0, 0, 0)
        if ink[0] + x < 0 or ink[1] + y < 0:
            raise Unfit("打印机的offset把标签的一边移到了纸外，请改小")
        moved = Image.new("1", (wide + max(x, 0), high + max(y, 0)), WHITE)
        moved.paste(turned, (x, y))
        turned = moved
    if printer.width_mm and turned.width > printer.width_mm * dots_mm + 1:
        raise Unfit(
            f"标签宽{turned.width / dots_mm:.1f}毫米，打印机“{printer.name}”最宽只能印{printer.width_mm:g}毫米"
        )
    return turned


def _black(picture: Image.Image) -> tuple[bytes, int]:
    """The picture's rows with 1 for black and 0 past the edge, and the bytes of a row."""
    stride = (picture.width + 7) // 8
    row = ((1 << picture.width) - 1) << (stride * 8 - picture.width)
    paper = int.from_bytes(row.to_bytes(stride) * picture.height)
    black = paper ^ int.from_bytes(picture.tobytes())
    return black.to_bytes(stride * picture.height), stride


def zpl(picture: Image.Image, printer: Printer) -> bytes:
    """One label as ZPL, its picture compressed (``:Z64:`` with a CRC-16)."""
    made = shifted(picture, printer)
    rows, stride = _black(made)
    packed = base64.b64encode(zlib.compress(rows, 9))
    size = len(rows)
    field = b"^GFA,%d,%d,%d,:Z64:%b:%04X" % (
        size,
        size,
        stride,
        packed,
        binascii.crc_hqx(packed, 0),
    )
    density = b"~SD%02d" % printer.density if printer.density >= 0 else b""
    speed = b"^PR%d" % printer.speed if printer.speed >= 0 else b""
    return b"%b^XA%b^PW%d^LL%d^LH0,0^FO0,0%b^FS^XZ\n" % (density, speed, *made.size, field)


def tspl(picture: Image.Image, printer: Printer) -> bytes:
    """One label as TSPL, in which a black dot is a 0."""
    made = shifted(picture, printer)
    rows, stride = _black(made)
    if not printer.invert:
        rows = bytes(byte ^ 0xFF for byte in rows)
    mm = MM_PER_INCH / printer.dpi
    lines = [
        f"SIZE {made.width * mm:.2f} mm,{made.height * mm:.2f} mm",
        f"GAP {printer.gap_mm:g} mm,0 mm",
        *([f"DENSITY {printer.density}"] if printer.density >= 0 else []),
        *([f"SPEED {printer.speed}"] if printer.speed >= 0 else []),
        "DIRECTION 0",
        "REFERENCE 0,0",
        "CLS",
        f"BITMAP 0,0,{stride},{made.height},0,",
    ]
    return "\r\n".join(lines).encode() + rows + b"\r\nPRINT 1,1\r\n"


def png(picture: Image.Image, printer: Printer) -> bytes:
    """One label as PNG that knows its size."""
    file = BytesIO()
    shifted(picture, printer).save(file, "PNG", dpi=(printer.dpi, printer.dpi))
    return file.getvalue()


LANGUAGES: Final[dict[str, Callable[[Image.Image, Printer], bytes]]] = {
    "zpl": zpl,
    "tspl": tspl,
    "png": png,
}
"""How one label is written in each language but PDF, which is written in sheets."""
