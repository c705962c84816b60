"""The first thing on the screen: whose room is being opened, before anything else is loaded."""

import sys
import tomllib
from pathlib import Path
from shutil import get_terminal_size
from typing import Final

__all__ = ["clear", "show", "tell"]

_ENTER: Final = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l"
_LEAVE: Final = "\x1b[?25h\x1b[?1049l"
_shown: Final[list[Path]] = []
"""The room that is being opened, while the screen says so."""

_LONG: Final = 20_000
"""Acts from which on a reading takes long enough to be told of."""


def _printable(text: str) -> str:
    """The text without what does not print; the ledger's own reading of it is not loaded yet."""
    return "".join(char for char in text if char.isprintable())


def show(folder: Path) -> None:
    """Show the unit and that its book is being opened, on a screen of its own."""
    said = " 保密室台账"
    try:
        settings = tomllib.loads((folder / "room.toml").read_text("utf-8"))
        said += f"　{_printable(str(settings['unit']))}"
    except (OSError, ValueError, KeyError):
        return
    rows = get_terminal_size().lines
    _shown.append(folder)
    sys.stdout.write(f"{_ENTER}\x1b[7m{said} \x1b[0m\x1b[{rows};1H 正在打开账本")
    sys.stdout.flush()


def tell(done: int, every: int) -> None:
    """Show how far the reading of a whole book is, which takes minutes when an earlier program wrote it."""
    if every >= _LONG and _shown:
        said = f"账本是旧版程序记的，正在通读 {done:,} / {every:,}笔"
        sys.stdout.write(f"\x1b[{get_terminal_size().lines};1H {said}\x1b[K")
        sys.stdout.flush()


def clear() -> None:
    """Give the terminal back as it was, if it was taken."""
    if _shown:
        _shown.clear()
        sys.stdout.write(_LEAVE)
        sys.stdout.flush()
