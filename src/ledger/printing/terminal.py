"""What a terminal does with wide characters: it is shown one and asked where its cursor is."""

import os
import re
import select
import termios
import tty
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

__all__ = ["EXPECTED", "columns"]

EXPECTED: Final[Mapping[str, int]] = {"密": 2, "𠅤": 2, "▀": 1, "★": 1}
"""Characters of our screens, and how many columns each ought to fill."""
_WHERE: Final = b"\r\x1b[6n"
_ANSWER: Final = re.compile(rb"\x1b\[\d+;(\d+)R")
_SECONDS: Final = 0.5


@contextmanager
def _unechoed(descriptor: int) -> Iterator[None]:
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


def columns(descriptor: int, text: str) -> int | None:
    """How many columns a text fills on a terminal; ``None`` where it does not say."""
    with _unechoed(descriptor):
        os.write(descriptor, b"\r" + text.encode() + _WHERE[1:])
        heard = b""
        while not (found := _ANSWER.search(heard)):
            ready, _, _ = select.select([descriptor], [], [], _SECONDS)
            piece = os.read(descriptor, 64) if ready else b""
            if not piece:
                break
            heard += piece
        os.write(descriptor, b"\r\x1b[K")
    return int(found[1]) - 1 if found else None
