"""One line of text as black dots, put together from characters that are drawn once.

Pillow keeps no glyphs, so drawing a line anew costs ten times what putting it together does; the
dots are the same.
"""

from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from ledger.printing.font import face_for, opened

__all__ = ["advance", "strip", "wrapped"]


class _Glyph(NamedTuple):
    """A character's dots, where they lie from the pen, and how far the pen moves on."""

    dots: Image.Image | None
    left: int
    top: int
    advance: int


@lru_cache(maxsize=16_384)
def _glyph(character: str, size: int) -> _Glyph:
    font = opened(face_for(character), size)
    canvas = Image.new("1", (size * 4, size * 4), 0)
    pen = ImageDraw.Draw(canvas)
    pen.fontmode = "1"
    pen.text((size, size * 2), character, fill=1, font=font, anchor="ls")
    ink = canvas.getbbox()
    ahead = round(font.getlength(character, mode="1"))
    if ink is None:
        return _Glyph(None, 0, 0, ahead)
    return _Glyph(canvas.crop(ink), ink[0] - size, ink[1] - size * 2, ahead)


@lru_cache(maxsize=4096)
def advance(text: str, size: int) -> int:
    """How far the pen moves over a text of this character height, in dots."""
    return sum(_glyph(character, size).advance for character in text)


@lru_cache(maxsize=1024)
def strip(text: str, size: int) -> Image.Image:
    """The ink of a line at a character height in dots, as a mask without margins."""
    glyphs = [_glyph(character, size) for character in text]
    wide = sum(glyph.advance for glyph in glyphs)
    canvas = Image.new("1", (wide + size * 2, size * 4), 0)
    x = size
    for glyph in glyphs:
        if glyph.dots is not None:
            canvas.paste(1, (x + glyph.left, size * 2 + glyph.top), glyph.dots)
        x += glyph.advance
    return canvas.crop(canvas.getbbox() or (0, 0, 1, 1))


def wrapped(text: str, size: int, width: int) -> list[str]:
    """The text in lines that are no wider, broken between any two characters."""
    lines, used = [""], 0
    for character in text:
        step = advance(character, size)
        if lines[-1] and used + step > width:
            lines.append("")
            used = 0
        lines[-1] += character
        used += step
    return [line.strip() for line in lines if line.strip()] or [""]
