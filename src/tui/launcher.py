"""``baomi``: without a command the screens open on the room; with one it is the command line."""

import gc
import os
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import TextIO

from tui import splash

__all__ = ["main", "quieted", "wanted"]

_ROOM = ("--room", "--台账")
_BY = ("--by", "--经办人")


def wanted(words: Sequence[str]) -> dict[str, str] | None:
    """What the options before a command say, if there is no command; else ``None``.

    >>> wanted(["--room", "甲"]), wanted(["list", "medium"])
    ({'--room': '甲'}, None)
    """
    given, waiting = {}, iter(words)
    for word in waiting:
        name, equals, value = word.partition("=")
        if name not in (*_ROOM, *_BY):
            return None
        found = value if equals else next(waiting, None)
        if found is None:
            return None
        given[_ROOM[0] if name in _ROOM else _BY[0]] = found
    return given


def quieted(environment: MutableMapping[str, str]) -> None:
    """Take away what would have keys, logs or pictures of the screen written to files.

    To be called before the screen library is first imported. Its extended keys are turned off:
    several terminals lose what an input method sends with them.
    """
    for name in [name for name in environment if name.upper().startswith("TEXTUAL")]:
        del environment[name]
    environment["TEXTUAL_DISABLE_KITTY_KEY"] = "1"


def main() -> None:
    """Open the screens, or run the command that was given; what either writes is its owner's alone."""
    os.umask(0o077)
    quieted(os.environ)
    given = wanted(sys.argv[1:])
    if given is None or not all(map(_is_terminal, (sys.stdin, sys.stdout))):
        from ledger.cli import main as command

        command()
        return
    sys.exit(_screens(given))


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is there and somebody sits at it."""
    return stream is not None and stream.isatty()


def _screens(given: dict[str, str]) -> int:
    """Open the room and show it; what keeps the room shut is told as every command tells it."""
    folder = Path(given.get("--room") or os.environ.get("BAOMI_ROOM") or ".")
    by = given.get("--by") or os.environ.get("BAOMI_BY") or ""
    if os.environ.get("TERM") != "linux":
        splash.show(folder)
    gc.disable()  # what is loaded stays, so there is nothing to collect until the page stands

    import click

    from ledger.cli.desk import run

    def show() -> None:
        try:
            _show(folder, by)
        finally:
            splash.clear()

    return run(click.Group("baomi", callback=show, invoke_without_command=True), [])


def _show(folder: Path, by: str) -> None:
    if os.environ.get("TERM") == "linux":
        import click

        raise click.UsageError("这个控制台显示不了汉字，请在图形界面的终端里打开")
    from ledger.room import Room
    from ledger.room.acts import told_of_reading

    with told_of_reading(splash.tell):
        opened = Room.open(folder)
    with opened as room:
        room.by = by or room.by
        if room.register.guarded:
            from ledger.cli.signing import let_in

            splash.clear()
            let_in(room, room.by, None, reading=False)
        from tui.deciding import program_for
        from tui.plain import narrow
        from tui.width import ambiguous_is_wide

        wide = ambiguous_is_wide()
        narrow(on=wide)
        program_for(room)(room, ascii_look=wide).run()
