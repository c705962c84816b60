"""The chain of a whole book, checked at the speed of its digest.

Every line states its own head, so a book can be checked in pieces: each from the head its
predecessor states, which the piece before has to confirm. Nothing is parsed but what stands out.
"""

import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from ledger.store.blanking import explains, in_line
from ledger.store.digest import digest
from ledger.store.disk import DISK
from ledger.store.journal import Journal, TamperedBook
from ledger.store.line import GENESIS, HEAD_LENGTH, TAIL_LENGTH
from ledger.store.place import year_file
from ledger.store.torn import lines_of

__all__ = ["Chain", "check", "look_over"]

_SMALL: Final = 1 << 20
"""Bytes of a book that are checked from the first line whenever it is opened."""
_PIECE: Final = 16 << 20
"""Bytes of a book that are worth a process of their own."""
_TAIL: Final = re.compile(rb',"crc":"([0-9a-f]{8})","h":"([0-9a-f]{64})"\}\n\Z')


class _Piece(NamedTuple):
    """Lines of one file, and the line they have to follow."""

    path: Path
    start: int
    end: int
    line: int
    head: str
    hash: str


class _Checked(NamedTuple):
    """What a piece came to."""

    lines: int
    head: str
    doubtful: dict[int, tuple[str, bytes]]
    """Lines that do not follow as they are, and the head before each: blanked, or altered."""
    told: list[bytes]
    """Lines that blank others or name a snapshot."""
    whole: bool = True
    """Whether every line is whole."""


class Chain(NamedTuple):
    """How far a book is as it was written."""

    lines: int
    head: str
    fault: str
    """The first line that is not as it was written, and why; blank for none."""
    torn: bool
    """Whether the last line was not written to its end."""
    blanked: tuple[Mapping[str, Any], ...]
    """The lines that say which others were blanked, and why."""
    snapshots: tuple[Mapping[str, Any], ...]
    """The lines that name snapshots."""


def check(folder: Path, hash_: str, told: Callable[[int], None] | None = None) -> Chain:
    """The chain of a book's files from the first line to the last.

    With ``told``, which is called with the number of lines so far, it takes one processor and
    its time; without, all there are.
    """
    pieces = list(_pieces(folder, hash_))
    if told is None and len(pieces) > 1 and (os.cpu_count() or 1) > 1:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor() as workers:
            checked = list(workers.map(_check, pieces))
    else:
        checked = []
        for piece in pieces:
            checked.append(_check(piece))
            if told is not None:
                told(checked[-1].lines)
    said = [orjson.loads(raw) for each in checked for raw in each.told]
    blanked = tuple(line for line in said if "blanked" in line)
    doubtful = {line: found for each in checked for line, found in each.doubtful.items()}
    for blank in (blank for line in blanked for blank in in_line(line)):
        head, raw = doubtful.get(blank.line, ("", b""))
        if raw and explains(blank, raw, head, digest(hash_)):
            del doubtful[blank.line]
    fault, torn = "", False
    if doubtful or not all(each.whole for each in checked):
        fault, torn = _fault(folder, hash_)
    last = checked[-1] if checked else _Checked(0, GENESIS, {}, [])
    snapshots = tuple(line for line in said if "snapshot" in line)
    return Chain(last.lines, last.head, fault, torn, blanked, snapshots)


def _fault(folder: Path, hash_: str) -> tuple[str, bool]:
    """What exactly is wrong, found by reading line by line; and whether the end is torn."""
    journal = Journal(folder, digest(hash_), DISK)
    try:
        for _ in journal.read():
            pass
    except TamperedBook as fault:
        return str(fault), False
    finally:
        journal.close()
    return "", bool(journal.torn)


def _last_line(path: Path, end: int | None = None) -> tuple[int, Mapping[str, Any]]:
    """Where the last line before a place starts, and what it says."""
    view = DISK.view(path)
    stop = len(view) if end is None else end
    start = view.rfind(b"\n", 0, max(stop - 1, 0)) + 1
    try:
        said: Mapping[str, Any] = orjson.loads(view[start:stop])
    except orjson.JSONDecodeError:
        return start, {}
    return start, said


def _pieces(folder: Path, hash_: str) -> Iterator[_Piece]:
    """The files of a book, large ones in pieces."""
    line, head = 0, GENESIS
    for year in Journal(folder, str, DISK).years():
        path = folder / year_file(year)
        view = DISK.view(path)
        start = 0
        while start < len(view):
            end = view.find(b"\n", min(start + _PIECE, len(view))) + 1 or len(view)
            yield _Piece(path, start, end, line, head, hash_)
            line += view[start:end].count(b"\n")
            head, start = _last_line(path, end)[1].get("h", head), end


def _check(piece: _Piece) -> _Checked:
    """Go through one piece."""
    of, head, line = digest(piece.hash), piece.head.encode(), piece.line
    doubtful: dict[int, tuple[str, bytes]] = {}
    told: list[bytes] = []
    file = DISK.open(piece.path, write=False)
    try:
        for raw in lines_of(file, piece.start, piece.end):
            line += 1
            found = _TAIL.match(raw, max(len(raw) - TAIL_LENGTH, 0))
            if found is None:
                return _Checked(line, head.decode(), doubtful, told, whole=False)
            stated = found[2].decode()
            whole = int(found[1], 16) == zlib.crc32(raw[:-TAIL_LENGTH])
            if not whole or of(head + raw[:-HEAD_LENGTH]) != stated:
                doubtful[line] = (head.decode(), raw)
            if b'"blanked":' in raw or b'"snapshot":{' in raw:
                told.append(raw)
            head = found[2]
    finally:
        file.close()
    return _Checked(line, head.decode(), doubtful, told)


def look_over(folder: Path, hash_: str) -> bool:
    """Check the whole chain of a book that is small enough; whether it is.

    Raises ``TamperedBook``.
    """
    sizes = (found.size for path in folder.glob("*.jsonl") if (found := DISK.stat(path)))
    small = sum(sizes) <= _SMALL
    if small and (fault := check(folder, hash_).fault):
        raise TamperedBook(fault)
    return small


def _main(folder: str, hash_: str) -> int:
    """Check a book and tell how it goes, a line at a time; for a process of its own."""

    def tell(word: str, rest: object) -> None:
        sys.stdout.buffer.write(f"{word} {rest}\n".encode())
        sys.stdout.buffer.flush()

    found = check(Path(folder), hash_, lambda lines: tell("lines", lines))
    if found.fault:
        tell("fault", found.fault)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:3]))
