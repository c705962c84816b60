"""What the tables hold at one place of the book: a snapshot, and what later lines put on top.

A state is a value. Applying a line gives another and leaves this one as it was, so whoever has
begun to look at it goes on seeing the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast

import orjson
from immutables import Map, MapMutation

from ledger.store.snapshot import EMPTY, Fields, Snapshot, values

__all__ = ["Change", "State", "packed"]

Document = Mapping[str, Any]
Documents = Map[int, bytes | None]
Numbers = int | Map[int, None]
"""One number, or several."""
Index = Map[str, Numbers]
"""Which documents of a table have a value in a field."""

_NONE: Final[Documents] = Map()
_NOBODY: Final[Index] = Map()
_NUMBER: Final = itemgetter(0)
_MISSING: Final = object()


class Change(NamedTuple):
    """A document put or, for ``None``, taken out; without a number, the whole table is meant.

    A table is made empty with ``{}`` and dropped with ``None``.
    """

    table: str
    number: int | None
    document: Document | None
    raw: bytes | None

    @classmethod
    def of(cls, table: str, number: int | None, document: Document | None) -> "Change":
        """The change with its document as bytes; raises ``TypeError`` for what is no JSON."""
        return cls(table, number, document, None if document is None else packed(document))


def packed(document: Document) -> bytes:
    """A document as bytes that take no more memory than they have to.

    What orjson returns keeps the kilobytes it was written into; a copy is as long as it is.
    """
    return bytes(memoryview(orjson.dumps(document)))


class _Table(NamedTuple):
    """What has changed in a table, and what that makes of it."""

    over: Documents = _NONE
    size: int = 0
    top: int = 0
    below: bool = False
    """Whether the snapshot's documents still count."""


class State:
    """The tables of a book at one place."""

    __slots__ = ("_said", "_tables", "fields", "snapshot")

    def __init__(self, snapshot: Snapshot = EMPTY, fields: Fields | None = None) -> None:
        self.snapshot = snapshot
        self.fields: Fields = {} if fields is None else fields
        tables = {
            name: _Table(_NONE, snapshot.count(name), snapshot.top(name), below=True)
            for name in snapshot.tables()
        }
        self._tables: Map[str, _Table] = Map(tables)
        self._said: Map[tuple[str, str], Index] = Map()

    def tables(self) -> tuple[str, ...]:
        """The names of the tables, in alphabetical order."""
        return tuple(sorted(self._tables))

    def count(self, table: str) -> int:
        """How many documents a table has."""
        return self._tables.get(table, _NO_TABLE).size

    def top(self, table: str) -> int:
        """The highest number in a table since the snapshot was made."""
        return self._tables.get(table, _NO_TABLE).top

    def get(self, table: str, number: int) -> bytes | None:
        """The document with a number, as bytes."""
        known = self._tables.get(table, _NO_TABLE)
        found = known.over.get(number, _MISSING)
        if found is not _MISSING:
            return cast("bytes | None", found)
        return self.snapshot.get(table, number) if known.below else None

    def rows(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Every document of a table with its number, in order."""
        known = self._tables.get(table, _NO_TABLE)
        below = self.snapshot.rows(table) if known.below else iter(())
        if not known.over:
            return below
        kept = (row for row in below if row[0] not in known.over)
        new = sorted((n, raw) for n, raw in known.over.items() if raw is not None)
        return merge(kept, new)

    def find(self, table: str, field: str, value: str) -> list[tuple[int, dict[str, Any]]]:
        """The documents whose field has a value, in order; the field must be indexed."""
        known = self._tables.get(table, _NO_TABLE)
        numbers = self._said.get((table, field), _NOBODY).get(value)
        found = []
        if numbers is not None:
            new = (numbers,) if isinstance(numbers, int) else numbers
            found = [(n, orjson.loads(known.over[n] or b"{}")) for n in new]
        if known.below:
            below, over = self.snapshot.find(table, field, value), known.over
            found += [row for row in below if row[0] not in over] if over else below
        if len(found) > 1:
            found.sort(key=_NUMBER)
        return found

    def changed(self, table: str, before: "State") -> Iterator[int]:
        """The numbers whose documents differ from a state's on the same snapshot."""
        over = self._tables.get(table, _NO_TABLE).over
        was = before._tables.get(table, _NO_TABLE).over
        if over is not was:
            for number in {**dict(over), **dict(was)}:
                if over.get(number) is not was.get(number):
                    yield number

    def with_(self, changes: Iterable[Change]) -> "State":
        """The state after some changes."""
        working = _Working(self)
        for change in changes:
            if change.number is None:
                working.turn(change.table, keep=change.document is not None)
            else:
                working.put(change, change.number)
        after = State.__new__(State)
        after.snapshot, after.fields = self.snapshot, self.fields
        after._tables, after._said = working.done()
        return after


_NO_TABLE: Final = _Table()


class _Open:
    """A table in the making."""

    __slots__ = ("below", "over", "size", "top")

    def __init__(self, start: _Table) -> None:
        self.over: MapMutation[int, bytes | None] = start.over.mutate()
        self.size, self.top, self.below = start.size, start.top, start.below

    def done(self) -> _Table:
        return _Table(self.over.finish(), self.size, self.top, self.below)


class _Working:
    """A state in the making."""

    def __init__(self, start: State) -> None:
        self.start = start
        self.said: dict[tuple[str, str], MapMutation[str, Numbers]] = {}
        self.tables = start._tables
        self.open: dict[str, _Open] = {}

    def put(self, change: Change, number: int) -> None:
        name = change.table
        table = self.open.get(name)
        if table is None:
            table = self.open[name] = _Open(self.tables.get(name, _NO_TABLE))
        before = table.over.get(number)
        known = before is not None
        if before is None and table.below and number <= table.top and number not in table.over:
            known = self.start.snapshot.get(name, number) is not None
        table.over[number] = change.raw
        table.size += (change.raw is not None) - known
        table.top = max(table.top, number)
        if name in self.start.fields:
            self._find(name, number, before, change.document or {})

    def _find(self, table: str, number: int, before: bytes | None, new: Document) -> None:
        """Let a document be found by what it says now, and no longer by what it said before."""
        old: Document = {} if before is None else orjson.loads(before)
        for field in self.start.fields[table]:
            was, now = old.get(field), new.get(field)
            if was != now:
                index = self._index(table, field)
                for value in values(was):
                    _leave(index, value, number)
                for value in values(now):
                    _join(index, value, number)

    def _index(self, table: str, field: str) -> MapMutation[str, Numbers]:
        index = self.said.get((table, field))
        if index is None:
            start = self.start._said.get((table, field), _NOBODY)
            index = self.said[table, field] = start.mutate()
        return index

    def turn(self, name: str, *, keep: bool) -> None:
        """Empty a table, and leave it there or not."""
        table = self.open.pop(name, None) or _Open(self.tables.get(name, _NO_TABLE))
        if name in self.start.fields:
            for number, raw in table.over.finish().items():
                self._find(name, number, raw, {})
        if name in self.tables:
            self.tables = self.tables.delete(name)
        if keep:
            self.open[name] = _Open(_NO_TABLE)

    def done(self) -> tuple[Map[str, _Table], Map[tuple[str, str], Index]]:
        tables = self.tables.update({name: table.done() for name, table in self.open.items()})
        if not self.said:
            return tables, self.start._said
        said = {where: index.finish() for where, index in self.said.items()}
        return tables, self.start._said.update(said)


def _join(index: MapMutation[str, Numbers], value: str, number: int) -> None:
    numbers = index.get(value)
    if numbers is None:
        index[value] = number
    elif isinstance(numbers, int):
        index[value] = Map({numbers: None, number: None})
    else:
        index[value] = numbers.set(number, None)


def _leave(index: MapMutation[str, Numbers], value: str, number: int) -> None:
    numbers = index.get(value)
    if numbers == number:
        del index[value]
    elif isinstance(numbers, Map) and number in numbers:
        index[value] = numbers.delete(number)
