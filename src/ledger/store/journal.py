"""The book: one file a year, one committed transaction a line, only ever appended to.

A transaction that does not fit a line is several lines written at once, each with its place
among them (``tx``); it is in the book when all of them are. A file begins with a line that says
whose book it is, and is closed by a line of its own when the next year's begins.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import orjson

from ledger import trouble
from ledger.store.blanking import Blank, explains, in_line
from ledger.store.digest import Digest
from ledger.store.disk import Disk, File
from ledger.store.line import Altered, Signer, TornLine, unseal
from ledger.store.part import SCHEMA
from ledger.store.pen import Pen, Unsure, Unwritten
from ledger.store.place import BEGINNING, Owner, Place, Row, TamperedBook, named, year_file
from ledger.store.torn import lines_of, one_write, set_aside

__all__ = ["Journal", "TamperedBook", "Unsure", "Unwritten"]

_YEAR: Final = re.compile(r"(\d{4})\.jsonl")


class Journal:
    """The lines of a book, checked as they are read, and the place to write the next."""

    def __init__(self, folder: Path, digest: Digest, disk: Disk, place: Place = BEGINNING) -> None:
        self.folder = folder
        self.digest = digest
        self.disk = disk
        self.place = place
        self.room = ""
        """The room the first line read belongs to."""
        self.torn = b""
        """A half-written end found while reading; it is set aside before the next line."""
        self._blanks: dict[int, Blank] | None = None
        self._named = (0, folder)
        self._file: File | None = None
        self._identity = (0, 0)
        self._pen = Pen(disk, digest)

    def path(self, year: int) -> Path:
        """The file of a year."""
        if year != self._named[0]:
            self._named = (year, self.folder / year_file(year))
        return self._named[1]

    def years(self) -> list[int]:
        """The years that have a file."""
        found = map(_YEAR.fullmatch, self.disk.names(self.folder))
        return [int(name[1]) for name in found if name]

    def owner(self, year: int) -> Owner | None:
        """Whose book a year's first line says it is; ``None`` while it is not whole."""
        file = self.disk.open(self.path(year), write=False)
        try:
            first = next(lines_of(file, 0), b"")
            unseal(first)
            data = orjson.loads(first)
        except (TornLine, Altered, orjson.JSONDecodeError):
            return None
        finally:
            file.close()
        return Owner(data.get("room", ""), data["unit"], data["hash"]) if "baomi" in data else None

    def close(self) -> None:
        """Let go of the file; reading or writing opens it again."""
        self._pen.close()
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def unchanged(self) -> bool:
        """Whether the current file is the one that was read, and no longer than it was then."""
        if self._file is None or self.torn or self.place.closed:
            return False
        found = self.disk.stat(self.path(self.place.year))
        return found == (self._identity, self.place.end)

    def read(self) -> Iterator[Row]:
        """The lines behind the place, a whole transaction at a time; the place follows.

        Raises ``TamperedBook`` at a line that does not follow from the one before. A half-written
        last transaction is not among them and waits in ``torn``.
        """
        self.torn = b""
        self._blanks = None
        years = self.years()
        if self.place.year and self.place.year not in years:
            raise TamperedBook(f"账本文件 journal/{year_file(self.place.year)}不见了")
        for year in (y for y in years if y >= self.place.year):
            if year > self.place.year:
                self._turn(year)
            yield from self._rows(last=year == years[-1])

    def _turn(self, year: int) -> None:
        """Go on to the next year's file, whose first line has to follow from this one's last."""
        self.close()
        self.place = self.place.turned(year)

    def _rows(self, *, last: bool) -> Iterator[Row]:
        """The rest of the current file."""
        file, place = self._opened(), self.place
        if file.stat().size < place.end:
            raise TamperedBook(f"账本 journal/{year_file(place.year)}比记载的短，末尾被截去")
        group: list[bytes] = []
        rows: list[Row] = []
        lines = lines_of(file, place.end)
        for raw in lines:
            group.append(raw)
            try:
                row = self._row(raw, place)
            except TornLine:
                self._tear([*group, *lines], self.place, last=last)
                return
            rows.append(row)
            place = row.after
            number, whole = row.data.get("tx", (1, 1))
            if number == whole:
                self.place = place
                yield from rows
                group, rows = [], []
        if group:
            self._tear(group, self.place, last=last)

    def _opened(self) -> File:
        """The current file, as it has that name now."""
        self.close()
        self._file = self.disk.open(self.path(self.place.year), write=False)
        self._identity = self._file.stat().identity
        return self._file

    def _row(self, raw: bytes, before: Place) -> Row:
        try:
            sealed = unseal(raw)
            follows = sealed.follows(before.head, self.digest)
        except Altered:
            follows = False
        if not follows:
            raw = self._as_blanked(raw, before)
            sealed = unseal(raw)
        data = orjson.loads(raw)
        if "baomi" in data:
            self._begins(data, before)
        return Row(before, before.end + len(raw), data, sealed.head)

    def _as_blanked(self, raw: bytes, before: Place) -> bytes:
        """A line that does not follow, as it reads if a later one says that it was blanked."""
        if self._blanks is None:
            self._blanks = {blank.line: blank for blank in self._blankings()}
        blank = self._blanks.get(before.line + 1)
        line = None if blank is None else explains(blank, raw, before.head, self.digest)
        if line is None:
            raise TamperedBook(f"{named(before)}{_cause(raw, before.line + 1)}")
        return line

    def _blankings(self) -> Iterator[Blank]:
        """What the lines behind the place say was blanked."""
        for year in (y for y in self.years() if y >= self.place.year):
            file = self.disk.open(self.path(year), write=False)
            try:
                start = self.place.end if year == self.place.year else 0
                for raw in lines_of(file, start):
                    if b'"blanked":' in raw:
                        with suppress(orjson.JSONDecodeError):
                            yield from in_line(orjson.loads(raw))
            finally:
                file.close()

    def _begins(self, data: Mapping[str, Any], before: Place) -> None:
        """Check the first line of a file."""
        room = data.get("room", "")
        if self.room and room != self.room:
            raise TamperedBook(f"{named(before)}说明这是另一本台账的文件")
        self.room = room
        if data.get("prev", before.head) != before.head:
            raise TamperedBook(
                f"{named(before)}与上一年的账本接不上：中间缺了文件，或上一年的末尾被截去、改写"
            )

    def _tear(self, lines: list[bytes], before: Place, *, last: bool) -> None:
        if not last or not one_write(lines):
            raise TamperedBook(f"{named(before)}不完整，后面却还有内容")
        self.torn = b"".join(lines)

    def append(
        self,
        year: int,
        owner: Owner,
        lines: Sequence[Mapping[str, Any]],
        sign: Signer | None = None,
    ) -> list[Row]:
        """Write one transaction and come back when it is on disk.

        A year that has no file yet gets one, and the year before is closed. The clock of a
        machine may go back, the book never does: lines go to its last file. A half-written end
        is set aside first, which the first line notes. ``sign`` signs the lines that hold acts.
        Raises ``Unwritten``; then the book is as it was before.
        """
        if self.torn:
            lines = [{**lines[0], "torn": self._set_torn_aside()}, *lines[1:]]
        begins = year > self.place.year or not self.place.row
        before = self.place
        if begins:
            year = max(year, before.year)
            if year > before.year:
                self._close_year(year)
            before = self.place.turned(year)
            lines = [_first(year, owner, before.head), *lines]
        rows = self._pen.write(self.path(before.year), before, lines, new=begins, sign=sign)
        self.place = rows[-1].after
        return rows

    def _set_torn_aside(self) -> str:
        """Take a half-written end out of the book and keep it; the name of the file it is in."""
        path = self.path(self.place.year)
        try:
            aside = set_aside(self.disk, path, self.place.end, self.torn)
        except OSError as error:
            raise Unwritten(f"没有写成，账本未变：{trouble.of_file(error)}") from error
        self.torn = b""
        return aside.name

    def _close_year(self, following: int) -> None:
        if self.place.year and not self.place.closed:
            last = {"sealed": {"year": self.place.year, "next": following}}
            self.place = self._pen.write(self.path(self.place.year), self.place, [last])[-1].after
        self.close()


def _cause(raw: bytes, expected: int) -> str:
    """What is wrong with a line that does not follow from the one before."""
    try:
        unseal(raw)
        line = int(orjson.loads(raw).get("l", expected))
    except (Altered, orjson.JSONDecodeError):
        return "内容被改动或损坏，校验和不符"
    if line > expected:
        return f"之前缺少{line - expected}行"
    if line < expected:
        return "是前面某一行的重复或调换"
    return "与上一行接不上：上一行或这一行被改动并重算过校验和"


def _first(year: int, owner: Owner, prev: str) -> dict[str, Any]:
    """What the first line of a year's file says."""
    return {
        "baomi": "journal",
        "schema": SCHEMA,
        "room": owner.room,
        "unit": owner.unit,
        "hash": owner.hash,
        "year": year,
        "prev": prev,
    }
