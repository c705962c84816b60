"""A write that was interrupted: what it may have left behind, and how it is taken back."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from ledger.store.disk import Disk, File
from ledger.store.line import Altered, TornLine, unseal

__all__ = ["lines_of", "one_write", "set_aside", "take_back"]

_FIRST_BLOCK: Final = 1 << 13
"""Bytes that are read first, by those who want one line, and four times as many each time."""
_BLOCK: Final = 1 << 20


def lines_of(file: File, start: int, end: int | None = None) -> Iterator[bytes]:
    """The lines of a file from one place to another, each with its line end if it has one."""
    rest, size = b"", _FIRST_BLOCK
    stop = file.stat().size if end is None else end
    while start < stop:
        block = file.read(start, min(start + size, stop))
        start, size = start + len(block), min(size * 4, _BLOCK)
        first, *others = (rest + block).split(b"\n")
        for line in (first, *others[:-1]) if others else ():
            yield line + b"\n"
        rest = others[-1] if others else first
        if not block:
            break
    if rest:
        yield rest


def one_write(lines: Sequence[bytes]) -> bool:
    """Whether lines at the end of a book, some damaged, can all be of one interrupted write.

    Sectors reach the disk in any order, so a damaged line may be followed by whole ones; but
    those are of the same transaction then, and say so.
    """
    last, of = 0, None
    for place, raw in enumerate(lines, 1):
        try:
            unseal(raw)
            number, whole = orjson.loads(raw).get("tx", (0, 0))
        except TornLine:
            continue
        except (Altered, orjson.JSONDecodeError):
            return False
        if number <= last or number < place or of not in (None, whole):
            return False
        last, of = number, whole
    return True


def set_aside(disk: Disk, path: Path, end: int, torn: bytes) -> Path:
    """Move a half-written end into a file of its own, then cut it from the book."""
    aside = path.with_suffix(f".torn-{end}")
    copy = disk.open(aside, new=True)
    try:
        copy.truncate(0)
        copy.write(0, torn)
        copy.sync()
    finally:
        copy.close()
    disk.sync_folder(path.parent)
    _cut(disk, path, end)
    return aside


def take_back(disk: Disk, path: Path, end: int, *, made: bool) -> bool:
    """Undo a write that failed; whether it could be undone.

    Only a file that the write ``made`` is taken away: one that was there, be it empty, another
    terminal may have read. What could not is in the book if all of it came to stand there, and else a half-written end.
    """
    with suppress(OSError):
        if made:
            disk.remove(path)
            disk.sync_folder(path.parent)
        else:
            _cut(disk, path, end)
        return True
    return False


def _cut(disk: Disk, path: Path, end: int) -> None:
    file = disk.open(path)
    try:
        file.truncate(end)
        file.sync()
    finally:
        file.close()
