"""room.json: the tables as they stood at a place of the book, one document a line.

It is a valid TinyDB file that other programs read without ours, and derived: it can be made
again from the book. Ours reads a document when somebody asks for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from ledger.store.digest import Running
from ledger.store.disk import Disk, View
from ledger.store.place import Place, TamperedBook
from ledger.store.postings import NoPostings, Postings, posting

__all__ = ["EMPTY", "Fields", "NoSnapshot", "Snapshot", "Written", "values", "write"]

Fields = Mapping[str, tuple[str, ...]]
"""The fields by which documents of a table are found."""
Rows = Iterable[tuple[int, bytes]]
BOOK: Final = "book"
"""The table whose one document says where in the book the snapshot stands."""


_BLOCK: Final = 1 << 18


_Range = tuple[int, int, int, int]
"""Where the documents of a table lie: the first row, how many, the lowest number, the highest."""
_NOWHERE: Final[_Range] = (0, 0, 0, 0)


class NoSnapshot(ValueError):
    """Bytes that are no snapshot of ours."""


def values(value: Any) -> Sequence[str]:
    """The texts a document is found by that has this value in an indexed field."""
    if isinstance(value, str):
        return (value,)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else ()


def _word(table: str, field: str, value: str) -> str:
    return f"{table}.{field}={value}"


class Snapshot:
    """The documents of a file, found by number and by what they say."""

    def __init__(self, raw: View, index: Postings, about: Mapping[str, Any]) -> None:
        self._raw = raw
        self._index = index
        self._ranges: Mapping[str, _Range] = index.about["tables"]
        self.about = about
        self.place = Place(**about["place"]) if "place" in about else Place()

    @classmethod
    def read(cls, disk: Disk, path: Path, fields: Fields) -> "Snapshot":
        """The snapshot in a file, with the index beside it or one made on the spot.

        Raises ``NoSnapshot`` when the file is not one, ``FileNotFoundError`` when there is none.
        """
        raw = disk.view(path)
        end = raw.find(b"\n}", 0, 4096)
        try:
            about = orjson.loads(raw[: end + 2] + b"}")[BOOK]["1"]
            place = Place(**about["place"])
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise NoSnapshot from None
        try:
            index = Postings.read(disk.view(path.with_suffix(".idx")))
        except (NoPostings, FileNotFoundError):
            index = Postings({}, (), ())
        if not _fits(index, len(raw), place, fields):
            index = _indexed(raw, place, fields)
        return cls(raw, index, about)

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return len(self._raw)

    def digest(self, state: Running) -> str:
        """The digest of the file, with a digest that has seen nothing yet."""
        for start in range(0, self.size, _BLOCK):
            state.update(self._raw[start : start + _BLOCK])
        return state.hexdigest()

    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return tuple(name for name in self._ranges if name != BOOK)

    def count(self, table: str) -> int:
        """How many documents a table has."""
        return self._ranges.get(table, _NOWHERE)[1]

    def top(self, table: str) -> int:
        """The highest number in a table."""
        return self._ranges.get(table, _NOWHERE)[3]

    def get(self, table: str, number: int) -> bytes | None:
        """The document with a number."""
        first, count, low, high = self._ranges.get(table, _NOWHERE)
        last, guess = first + count - 1, True
        while first <= last and low <= number <= high:
            # Numbers seldom have gaps, so the row can be guessed; every other time it is halved.
            part, whole = (number - low, high - low) if guess and high > low else (1, 2)
            row, guess = first + part * (last - first) // whole, not guess
            found, raw = self._row(row)
            if found == number:
                return raw
            if found < number:
                first, low = row + 1, found + 1
            else:
                last, high = row - 1, found - 1
        return None

    def find(self, table: str, field: str, value: str) -> list[tuple[int, dict[str, Any]]]:
        """The documents whose field has a value, in order; the field must be indexed."""
        first, count, *_ = self._ranges.get(table, _NOWHERE)
        found = []
        for row in self._index.rows(_word(table, field, value)):
            if first <= row < first + count:
                number, raw = self._row(row)
                document = orjson.loads(raw)
                known = document.get(field)
                if known == value or value in values(known):
                    found.append((number, document))
        return found

    def rows(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Every document of a table with its number, in order."""
        first, count, *_ = self._ranges.get(table, _NOWHERE)
        return (self._row(row) for row in range(first, first + count))

    def _row(self, row: int) -> tuple[int, bytes]:
        start = self._index.starts[row]
        line = self._raw[start : self._raw.find(b"\n", start)]
        number, _, document = line[1:].partition(b'":')
        if not (number.isdigit() and document.startswith(b"{")):
            raise TamperedBook("room.json里有读不通的一行，请用 baomi rebuild 按账本重新生成")
        return int(number), document.removesuffix(b",")


def _fits(index: Postings, size: int, place: Place, fields: Fields) -> bool:
    about = index.about
    known = {name: tuple(each) for name, each in about.get("fields", {}).items()}
    # Of a table that is not in the file nothing has to be found.
    asked = {name: each for name, each in fields.items() if name in about.get("tables", {})}
    known = {name: each for name, each in known.items() if name in asked}
    return (about.get("size"), about.get("head"), known) == (size, place.head, asked)


def _indexed(raw: View, place: Place, fields: Fields) -> Postings:
    """The index of a snapshot whose own is missing or of another file."""
    making = _Index(fields)
    table, start = "", 0
    while (end := raw.find(b"\n", start)) >= 0:
        line = raw[start:end]
        if line.endswith(b":{"):
            table = orjson.loads(line.lstrip(b"{").removesuffix(b":{"))
            making.table(table)
        elif line.startswith(b'"'):
            number, _, document = line[1:].partition(b'":')
            making.row(int(number), document.removesuffix(b","), start)
        start = end + 1
    return making.done(len(raw), place)


class _Index:
    """An index in the making."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.tables: dict[str, list[int]] = {}
        self.starts: list[int] = []
        self.words: list[int] = []
        self.name = ""

    def table(self, name: str) -> None:
        self.name = name
        self.tables[name] = [len(self.starts), 0, 0, 0]

    def row(self, number: int, document: bytes, start: int) -> None:
        row = len(self.starts)
        self.starts.append(start)
        first, count, low, _ = self.tables[self.name]
        self.tables[self.name] = [first, count + 1, low if count else number, number]
        if fields := self.fields.get(self.name):
            says = orjson.loads(document)
            for field in fields:
                for value in values(says.get(field)):
                    self.words.append(posting(_word(self.name, field, value), row))

    def done(self, size: int, place: Place) -> Postings:
        about = {
            "size": size,
            "head": place.head,
            "tables": self.tables,
            "fields": {name: list(each) for name, each in self.fields.items()},
        }
        return Postings.of(about, self.starts, self.words)


class Written(NamedTuple):
    """A snapshot that is on disk under its draft name."""

    draft: Path
    digest: str
    size: int
    postings: Postings


def write(
    disk: Disk,
    path: Path,
    place: Place,
    about: Mapping[str, Any],
    tables: Iterable[tuple[str, Rows]],
    *,
    fields: Fields,
    state: Running,
) -> Written:
    """Write a snapshot beside the one there is, and sync it; ``state`` digests its bytes."""
    draft, making, end = path.with_suffix(".draft"), _Index(fields), 0
    file = disk.open(draft, new=True)
    try:
        file.truncate(0)
        for piece in _pieces(place, about, tables, making):
            file.write(end, piece)
            state.update(piece)
            end += len(piece)
        file.sync()
    finally:
        file.close()
    return Written(draft, state.hexdigest(), end, making.done(end, place))


def _pieces(
    place: Place, about: Mapping[str, Any], tables: Iterable[tuple[str, Rows]], making: _Index
) -> Iterator[bytes]:
    """The file in pieces of some size; ``making`` is told where each line starts."""
    book = orjson.dumps({**about, "place": place._asdict()})
    piece, start = bytearray(b"{"), 0
    for name, rows in ((BOOK, ((1, book),)), *tables):
        piece += b"" if name == BOOK else b"\n},\n"
        piece += orjson.dumps(name) + b":{\n"
        making.table(name)
        comma = b""
        for number, document in rows:
            piece += comma
            making.row(number, document, start + len(piece))
            piece += b'"%d":%b' % (number, document)
            comma = b",\n"
            if len(piece) > _BLOCK:
                yield bytes(piece)
                start += len(piece)
                piece.clear()
    yield bytes(piece + b"\n}\n}\n")


EMPTY: Final = Snapshot(b"", Postings.of({"tables": {}}, (), ()), {})
"""The snapshot of a book that has none."""
