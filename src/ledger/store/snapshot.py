"""room.json: the tables as they stood at a place of the book, one document a line.

It is a valid TinyDB file that other programs read without ours, and derived: it can be made
again from the book. Ours reads a document when somebody asks for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from ledger.store.digest import Running
from ledger.store.disk import Disk, View
from ledger.store.place import Place, TamperedBook
from ledger.store.postings import NoPostings, Postings, posting

__all__ = ["EMPTY", "Fields", "NoSnapshot", "Snapshot", "Written", "said", "write"]

Fields = Mapping[str, tuple[str, ...]]
"""The fields by which documents of a table are found."""
Rows = Iterable[tuple[int, bytes]]
BOOK: Final = "book"
"""The table whose one document says where in the book the snapshot stands."""


_BLOCK: Final = 1 << 18


class NoSnapshot(ValueError):
    """Bytes that are no snapshot of ours."""


def said(table: str, fields: Iterable[str], document: Mapping[str, Any]) -> Iterator[str]:
    """The words a document is found by: each field's value, or each of its values."""
    for field in fields:
        value = document.get(field)
        for each in value if isinstance(value, list) else (value,):
            if each is not None:
                yield f"{table}.{field}={each}"


class Snapshot:
    """The documents of a file, found by number and by what they say."""

    def __init__(self, raw: View, index: Postings, about: Mapping[str, Any]) -> None:
        self._raw = raw
        self._index = index
        self._ranges: Mapping[str, tuple[int, int]] = index.about["tables"]
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
        return self._ranges.get(table, (0, 0))[1]

    def top(self, table: str) -> int:
        """The highest number in a table."""
        first, count = self._ranges.get(table, (0, 0))
        return self._row(first + count - 1)[0] if count else 0

    def get(self, table: str, number: int) -> bytes | None:
        """The document with a number."""
        for row in self._rows(table, f"{table}#{number}"):
            found, raw = self._row(row)
            if found == number:
                return raw
        return None

    def find(self, table: str, field: str, value: object) -> Iterator[int]:
        """The numbers of the documents whose field has a value; the field must be indexed."""
        for row in self._rows(table, f"{table}.{field}={value}"):
            number, raw = self._row(row)
            known = orjson.loads(raw).get(field)
            if known == value or (isinstance(known, list) and value in known):
                yield number

    def rows(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Every document of a table with its number, in order."""
        first, count = self._ranges.get(table, (0, 0))
        return (self._row(row) for row in range(first, first + count))

    def _rows(self, table: str, word: str) -> Iterator[int]:
        first, count = self._ranges.get(table, (0, 0))
        return (row for row in self._index.rows(word) if first <= row < first + count)

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
    return (about.get("size"), about.get("head"), known) == (size, place.head, dict(fields))


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
        self.tables[name] = [len(self.starts), 0]

    def row(self, number: int, document: bytes, start: int) -> None:
        row = len(self.starts)
        self.starts.append(start)
        self.tables[self.name][1] += 1
        self.words.append(posting(f"{self.name}#{number}", row))
        if fields := self.fields.get(self.name):
            words = said(self.name, fields, orjson.loads(document))
            self.words += [posting(word, row) for word in words]

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
