"""Which lines of the book are about what: an index beside each year's file, and what came since.

A line says itself what it is ``about``; each of its acts is found by its number too. The indexes
are derived: where one is missing or behind, the lines are read instead.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from ledger.store.disk import Disk, File
from ledger.store.place import Place, year_file
from ledger.store.postings import NoPostings, Postings, posting
from ledger.store.torn import lines_of

__all__ = ["Trail", "put_beside"]

Line = Mapping[str, Any]


def words_of(data: Line) -> Iterator[str]:
    """The words a line is found by: what it is about, and the number of each act."""
    acts = data.get("acts", ())
    if "about" in data:
        yield from {word for about in data["about"] for word in about}
    else:
        yield from dict.fromkeys(_texts(acts))
    yield from (f"#{n}" for n in range(data.get("n", 0), data.get("n", 0) + len(acts)))


def _texts(value: Any) -> Iterator[str]:
    """Every text in an act, for lines of the first schema, which do not say what they are about."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


class _Year:
    """The lines of one year's file that are known: an index of the first, words of the rest."""

    def __init__(self, index: Postings, file: File) -> None:
        self.index = index
        self.file = file
        self.end: int = index.about["end"]
        self.starts: list[int] = []
        self.words: dict[str, list[int]] = {}

    def note(self, start: int, end: int, data: Line) -> None:
        """One more line."""
        row = len(self.index.starts) + len(self.starts)
        self.starts.append(start)
        self.end = end
        for word in words_of(data):
            self.words.setdefault(word, []).append(row)

    def where(self, word: str) -> Iterator[tuple[int, int]]:
        """Where the lines that may be about a word start and end."""
        known = len(self.index.starts)
        for row in (*self.index.rows(word), *self.words.get(word, ())):
            yield self._start(row, known), self._start(row + 1, known)

    def _start(self, row: int, known: int) -> int:
        if row < known:
            return self.index.starts[row]
        new = self.starts[row - known : row - known + 1]
        return new[0] if new else self.end

    def postings(self) -> Postings:
        """The index of all the lines."""
        new = (posting(word, row) for word, rows in self.words.items() for row in rows)
        starts = [*self.index.starts, *self.starts]
        return Postings.of({"end": self.end}, starts, [*self.index.words, *new])


_UNKNOWN: Final = Postings({"end": 0}, (), ())


class Trail:
    """The lines of a book by what they are about."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.folder = folder
        self.disk = disk
        self._years: dict[int, _Year] = {}

    def lines(self, word: str, years: Iterable[int], place: Place) -> Iterator[Line]:
        """The lines before a place that are about a word, in order."""
        for year in years:
            known = self._of(year, place.end if year == place.year else None)
            for start, end in list(known.where(word)):
                data: Line = orjson.loads(known.file.read(start, end))
                if word in words_of(data):
                    yield data

    def _of(self, year: int, stop: int | None) -> _Year:
        """What is known of a year, up to a place in its file or to its end."""
        known = self._years.get(year)
        if known is None:
            file = self.disk.open(self.folder / year_file(year), write=False)
            known = self._years[year] = _Year(self._index(year), file)
        for raw in lines_of(known.file, known.end, stop):
            known.note(known.end, known.end + len(raw), orjson.loads(raw))
        return known

    def close(self) -> None:
        """Let go of the files."""
        for known in self._years.values():
            known.file.close()
        self._years = {}

    def _index(self, year: int) -> Postings:
        try:
            return Postings.read(self.disk.view(self._path(year)))
        except (NoPostings, FileNotFoundError):
            return _UNKNOWN

    def _path(self, year: int) -> Path:
        return (self.folder / year_file(year)).with_suffix(".idx")

    def save(self, place: Place) -> None:
        """Write the index of the current year up to a place."""
        known = self._of(place.year, place.end)
        index = known.postings()
        put_beside(self.disk, self._path(place.year), index.bytes())
        self._years[place.year] = _Year(index, known.file)


def put_beside(disk: Disk, path: Path, pieces: Iterable[bytes]) -> None:
    """Write a derived file, and let it take its name when it is whole."""
    draft, end = path.with_suffix(path.suffix + ".draft"), 0
    file = disk.open(draft, new=True)
    try:
        file.truncate(0)
        for piece in pieces:
            file.write(end, piece)
            end += len(piece)
        file.sync()
    finally:
        file.close()
    disk.replace(draft, path)
