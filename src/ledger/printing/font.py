"""Fonts: one that comes with the program, installed ones for characters it lacks, never a box."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont
from pylopdf_fonts_zh_cn import sans_path

__all__ = ["MissingGlyph", "font_for", "runs"]

_NOWHERE: Final = "\U0010ffff"
"""A code point no font draws, so that what it shows is the font's empty box."""


class MissingGlyph(ValueError):
    """A character that no font here can draw; the message is a Chinese sentence."""


def font_files() -> Iterator[Path]:
    """The shipped font, then the Chinese fonts the system says it has."""
    yield Path(sans_path())
    yield from _installed()


@cache
def _installed() -> tuple[Path, ...]:
    try:
        listed = subprocess.run(
            [  # noqa: S607 - wherever the system keeps it
                "fc-list",
                "--format",
                "%{file}\n",
                ":lang=zh-cn",
            ],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(Path(line) for line in sorted(set(listed.splitlines())) if line)


@cache
def opened(path: Path, size: int) -> FreeTypeFont:
    """The font in a file at a height in dots."""
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _draws(path: Path, character: str) -> bool:
    font = opened(path, 32)
    return bytes(font.getmask(character, "1")) != bytes(font.getmask(_NOWHERE, "1"))


@cache
def font_for(character: str) -> Path:
    """The first font that draws a character; raises ``MissingGlyph`` naming it."""
    for path in font_files():
        if character.isspace() or _draws(path, character):
            return path
    raise MissingGlyph(
        f"字体里没有“{character}”（U+{ord(character):04X}），印不出来；请安装含这个字的中文字体"
    )


def runs(text: str) -> Iterator[tuple[str, Path]]:
    """The text in pieces, each of characters drawn by one font."""
    piece, font = "", None
    for character in text:
        own = font_for(character)
        if piece and own != font:
            yield piece, font or own
            piece = ""
        piece, font = piece + character, own
    if piece and font:
        yield piece, font
