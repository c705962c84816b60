"""A year's duties on one A4 page to hang up: twelve boxes, drawn and written as PDF."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont
from pylopdf_fonts_zh_cn import sans_path

from ledger.almanac.months import MonthLine, by_month
from ledger.duty import Duty

__all__ = ["draw_page", "page"]

DPI: Final = 200
_A4: Final = (2339, 1654)
"""A4 landscape in dots."""
_MARGIN: Final = 60
_HEAD: Final = 110
_GAP: Final = 14
_ACROSS, _DOWN = 4, 3
_LARGEST, _SMALLEST = 30, 15
_BOX_HEAD: Final = 44


def _font(size: int) -> FreeTypeFont:
    return ImageFont.truetype(sans_path(), size, layout_engine=ImageFont.Layout.BASIC)


def page(unit: str, year: int, duties: Iterable[Duty], made: date) -> bytes:
    """The page as a PDF."""
    out = io.BytesIO()
    draw_page(unit, year, duties, made).save(out, "PDF", resolution=DPI)
    return out.getvalue()


def draw_page(unit: str, year: int, duties: Iterable[Duty], made: date) -> Image.Image:
    """The page as a picture; the text is as large as the fullest month allows."""
    months = by_month(duties, year)
    picture = Image.new("L", _A4, 255)
    pen = ImageDraw.Draw(picture)
    title = f"{unit} {year}年保密工作年历"
    pen.text((_A4[0] / 2, _MARGIN + 20), title, font=_font(52), fill=0, anchor="mm")
    said = f"{made}制，按台账的密级保管"
    pen.text((_A4[0] - _MARGIN, _MARGIN + 66), said, font=_font(22), fill=90, anchor="rm")
    width = (_A4[0] - 2 * _MARGIN - (_ACROSS - 1) * _GAP) // _ACROSS
    height = (_A4[1] - 2 * _MARGIN - _HEAD - (_DOWN - 1) * _GAP) // _DOWN
    font = _fitting(months, width - 24, height - _BOX_HEAD - 12)
    for month, lines in months.items():
        left = _MARGIN + (month - 1) % _ACROSS * (width + _GAP)
        top = _MARGIN + _HEAD + (month - 1) // _ACROSS * (height + _GAP)
        _box(pen, (left, top, left + width, top + height), month, lines, font)
    return picture


def _fitting(months: Mapping[int, Sequence[MonthLine]], width: int, height: int) -> FreeTypeFont:
    """The largest font in which every month's lines fit their box."""
    for size in range(_LARGEST, _SMALLEST, -1):
        font = _font(size)
        tallest = max(len(_wrapped(lines, font, width)) for lines in months.values())
        if tallest * _step(size) <= height:
            return font
    return _font(_SMALLEST)


def _step(size: float) -> int:
    return round(size * 1.28)


def _wrapped(lines: Iterable[MonthLine], font: FreeTypeFont, width: int) -> list[str]:
    """The lines broken where they would leave the box; what follows is set in."""
    rows: list[str] = []
    for line in lines:
        row = ""
        for character in str(line):
            if font.getlength(row + character) > width:
                rows.append(row)
                row = "　"
            row += character
        rows.append(row)
    return rows


def _box(
    pen: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    month: int,
    lines: Sequence[MonthLine],
    font: FreeTypeFont,
) -> None:
    left, top, right, bottom = box
    pen.rectangle(box, outline=0, width=2)
    pen.rectangle((left, top, right, top + _BOX_HEAD), fill=225, outline=0, width=2)
    pen.text((left + 14, top + _BOX_HEAD / 2), f"{month}月", font=_font(30), fill=0, anchor="lm")
    rows = _wrapped(lines, font, right - left - 24)
    step, room = _step(font.size), bottom - top - _BOX_HEAD - 12
    fit = room // step
    if len(rows) > fit:
        rows = [*rows[: fit - 1], f"……另{len(rows) - fit + 1}行见清单"]
    for n, row in enumerate(rows):
        pen.text((left + 12, top + _BOX_HEAD + 8 + n * step), row, font=font, fill=0)
