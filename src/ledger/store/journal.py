"""The book: one file a year, one committed transaction a line, only ever appended to."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

from attrs import define, field, frozen

from ledger import trouble
from ledger.store.line import GENESIS, BrokenLine, TornLine, read, write

__all__ = ["Journal", "TamperedBook", "Transaction", "Unwritten"]

SCHEMA: Final = 1


class TamperedBook(Exception):
    """A line that is not as it was written; the message is a Chinese sentence that names it."""


class Unwritten(Exception):
    """A line could not be put on disk and is not in the book; the message says why."""


@frozen
class Transaction:
    """A line of the book: where it stands and what it says."""

    file: str
    number: int
    """Counted from 1 in its file."""
    data: Mapping[str, Any]
    head: str


@define
class Journal:
    """The lines of a room's book, verified as they are read, and the place to write the next."""

    folder: Path
    digest: Callable[[bytes], str]
    head: str = GENESIS
    torn: bytes = field(default=b"", repr=False)
    """A half-written end found while reading; it is set aside before the next line is written."""
    _read: dict[str, int] = field(factory=dict)
    _lines: dict[str, int] = field(factory=dict)

    @classmethod
    def at(cls, folder: Path, digest: Callable[[bytes], str]) -> Self:
        """The journal in a folder, nothing of it read yet."""
        return cls(folder, digest)

    def new_lines(self) -> Iterator[Transaction]:
        """The lines written since this journal last looked, each checked against the chain.

        Raises ``TamperedBook`` at the first line that does not follow; a half-written last
        line is not one of them and waits in ``torn``.
        """
        self.torn = b""
        files = sorted(self.folder.glob("[0-9][0-9][0-9][0-9].jsonl"))
        for path in files:
            yield from self._of(path, last=path == files[-1])

    def _of(self, path: Path, *, last: bool) -> Iterator[Transaction]:
        done = self._read.get(path.name, 0)
        with path.open("rb") as file:
            file.seek(done)
            lines = file.read().splitlines(keepends=True)
        for place, raw in enumerate(lines):
            number = self._lines.get(path.name, 0) + 1
            try:
                line = read(raw, self.head, self.digest)
            except TornLine:
                if last and place == len(lines) - 1:
                    self.torn = raw
                    return
                raise TamperedBook(_said(path, number, "不完整，后面却还有内容")) from None
            except BrokenLine as fault:
                raise TamperedBook(_said(path, number, str(fault))) from None
            self.head = line.head
            self._read[path.name] = self._read.get(path.name, 0) + len(raw)
            self._lines[path.name] = number
            yield Transaction(path.name, number, line.data, line.head)

    def append(self, year: int, data: Mapping[str, Any], opening: Mapping[str, Any]) -> Transaction:
        """Write one line into the year's file and come back when it is on disk.

        A year's file begins with a line of its own that says what book it is (``opening``).
        Raises ``Unwritten``; then the file is as it was before.
        """
        path = self.folder / f"{year}.jsonl"
        pieces, head = [], self.head
        if not self._lines.get(path.name):
            first = {"baomi": "journal", "schema": SCHEMA, "year": year, **opening}
            raw, head = write(first, head, self.digest)
            pieces.append(raw)
        raw, head = write(data, head, self.digest)
        pieces.append(raw)
        _put(path, b"".join(pieces), self._read.get(path.name, 0))
        self.head = head
        self._read[path.name] = self._read.get(path.name, 0) + sum(map(len, pieces))
        self._lines[path.name] = self._lines.get(path.name, 0) + len(pieces)
        return Transaction(path.name, self._lines[path.name], data, head)

    def set_torn_aside(self) -> Path | None:
        """Move a half-written end into a file of its own and cut it from the book."""
        if not self.torn:
            return None
        path = max(self.folder.glob("[0-9][0-9][0-9][0-9].jsonl"))
        end = self._read.get(path.name, 0)
        aside = path.with_suffix(f".torn-{end}")
        _put(aside, self.torn, 0)
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
        self.torn = b""
        return aside


def _said(path: Path, number: int, what: str) -> str:
    return f"账本 journal/{path.name} 第{number}行{what}"


def _put(path: Path, raw: bytes, end: int) -> None:
    """Write the bytes at the known end of a file and sync; on failure cut them off again."""
    new = not path.exists()
    descriptor = None
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.lseek(descriptor, end, os.SEEK_SET)
        view = memoryview(raw)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
        if new:
            sync_folder(path.parent)
    except OSError as error:
        if descriptor is not None:
            os.ftruncate(descriptor, end)
        if new:
            path.unlink(missing_ok=True)
        raise Unwritten(f"没有写成，账本未变：{trouble.of_file(error)}") from error
    finally:
        if descriptor is not None:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file in a folder as durable as its contents."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
