"""How wide this terminal draws characters of uncertain width, asked of the terminal itself.

Chinese terminals may draw ─ and ★ two cells wide; every frame would then break, so the screens
take a look of ASCII. ``BAOMI_WIDTH=1`` or ``2`` answers in the terminal's place.
"""

import os
import re
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

__all__ = ["ambiguous_is_wide"]

_SECONDS: Final = 0.3
_PROBE: Final = "\r─★\x1b[6n"
_ANSWER: Final = re.compile(rb"\x1b\[\d+;(\d+)R")
_NARROW_COLUMN: Final = 3
"""Where the cursor stands behind two characters of one cell each."""


def ambiguous_is_wide() -> bool:
    """Whether such characters take two cells; a terminal that does not answer takes one."""
    told = os.environ.get("BAOMI_WIDTH", "")
    if told in ("1", "2"):
        return told == "2"
    try:
        column = _column(sys.stdin.fileno())
    except (OSError, ImportError, ValueError):
        return False
    return column > _NARROW_COLUMN


def _column(terminal: int) -> int:
    """The column the cursor is in behind the probe; 0 if the terminal does not say."""
    with _raw(terminal):
        sys.stdout.write(_PROBE)
        sys.stdout.flush()
        answer = _read(terminal)
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    return int(answer[1]) if answer else 0


def _read(terminal: int) -> "re.Match[bytes] | None":
    heard, end = b"", monotonic() + _SECONDS
    while (left := end - monotonic()) > 0 and select.select([terminal], [], [], left)[0]:
        heard += os.read(terminal, 64)
        if found := _ANSWER.search(heard):
            return found
    return None


@contextmanager
def _raw(terminal: int) -> Iterator[None]:
    """The terminal's keys as they come, for the block."""
    import termios
    import tty

    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
