"""Fonts: one that comes with the program, installed ones for characters it lacks, never a box."""

import subprocess
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont
from pylopdf_fonts_zh_cn import sans_path

from ledger.trouble import Inadmissible

__all__ = ["Face", "MissingGlyph", "face_for", "installed", "opened", "shipped_face"]

_NOWHERE: Final = "\U0010ffff"
"""A code point no font draws, so that what it shows is the font's empty box."""
_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts")
_LIKELY: Final = ("cjk", "noto", "sourcehan", "wqy", "uming", "ukai", "sim", "fang", "kai", "song")
"""Parts of the file names of Chinese fonts, for systems that cannot list their fonts."""


class MissingGlyph(Inadmissible, ValueError):
    """A character that no font here can draw; the message is a Chinese sentence."""


class Face(NamedTuple):
    """A font: its file, and its place in it where the file holds several."""

    path: str
    number: int = 0


@cache
def shipped_face() -> Face:
    """The font that comes with the program: Noto Sans SC."""
    return Face(str(sans_path()))


@cache
def installed(pattern: str) -> tuple[Face, ...]:
    """The fonts that match a fontconfig pattern; where there is no fontconfig, likely files."""
    try:
        listed = subprocess.run(
            [  # noqa: S607 - wherever the system keeps it
                "fc-list",
                "--format",
                "%{file}\t%{index}\n",
                pattern,
            ],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return tuple(Face(str(path)) for path in _likely(map(Path, _FOLDERS)))
    faces = (line.split("\t") for line in sorted(set(listed.splitlines())) if "\t" in line)
    return tuple(Face(path, int(index) & 0xFFFF) for path, index in faces)


def _likely(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
                if any(part in path.name.lower() for part in _LIKELY):
                    yield path


@lru_cache(maxsize=256)
def opened(face: Face, size: int) -> FreeTypeFont:
    """The font at a height in dots; raises ``OSError`` for a file that is no font."""
    return ImageFont.truetype(
        face.path, size, index=face.number, layout_engine=ImageFont.Layout.BASIC
    )


@lru_cache(maxsize=20_000)
def draws(face: Face, character: str) -> bool:
    """Whether a font has a picture of its own for a character."""
    try:
        font = opened(face, 32)
    except OSError:
        return False
    return bytes(font.getmask(character, "1")) != bytes(font.getmask(_NOWHERE, "1"))


@lru_cache(maxsize=20_000)
def face_for(character: str) -> Face:
    """The first font that draws a character; raises ``MissingGlyph`` naming it.

    The shipped font comes first, then Chinese fonts of the system that have the character, then
    any other that has it.
    """
    if character.isspace() or draws(shipped_face(), character):
        return shipped_face()
    wanted = f":charset={ord(character):x}"
    for face in (*installed(f":lang=zh-cn{wanted}"), *installed(wanted)):
        if draws(face, character):
            return face
    raise MissingGlyph(
        f"字体里没有“{character}”（U+{ord(character):04X}），印不出来；请安装含这个字的中文字体"
    )
