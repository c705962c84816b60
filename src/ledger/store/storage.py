"""A book as a storage of TinyDB, and the transactions its tables write."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
from tinydb.storages import Storage

from ledger.store.book import Book
from ledger.store.cipher import stored
from ledger.store.part import Part
from ledger.store.snapshot import Fields
from ledger.store.state import Change, State

__all__ = ["JournalStorage", "Transaction"]

_LINE: Final = 1000
"""The most documents in one line."""
_NO_YEAR: Final = 1
"""The file a database without years is kept in."""


class Transaction:
    """What is done to the tables within it is written together, or not at all."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._depth = 0
        self._parts: list[Part] = []
        self._waiting: list[Change] = []

    def __enter__(self) -> None:
        if not self._depth:
            self.book.lock.__enter__()
            self.book.catch_up()
            self._before = self.book.state
            self._parts, self._waiting = [], []
        self._depth += 1

    def add(self, changes: list[Change]) -> None:
        """Some more changes, which the tables show from now on; raises ``NoContentKey``."""
        changes = [stored(change, self.book.codec) for change in changes]
        self.book.state = self.book.state.with_(changes)
        self._waiting += changes
        while len(self._waiting) > _LINE:
            self._parts.append(Part.of(self._waiting[:_LINE]))
            del self._waiting[:_LINE]

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._depth -= 1
        if self._depth:
            return
        after, self.book.state = self.book.state, self._before
        try:
            if kind is None and self._waiting:
                parts = [*self._parts, Part.of(self._waiting)]
                self.book.commit(parts, self.book.journal.place.year or _NO_YEAR, after)
        finally:
            self.book.lock.__exit__()

    @property
    def open(self) -> bool:
        """Whether the program is within it."""
        return self._depth > 0


class JournalStorage(Storage):
    """A book as a storage of TinyDB; a stock table works on it too, and pays for the whole."""

    def __init__(self, book: Book | str | Path, fields: Fields | None = None) -> None:
        super().__init__()
        if not isinstance(book, Book):
            (Path(book) / "journal").mkdir(parents=True, exist_ok=True, mode=0o700)
            book = Book(Path(book), fields=fields)
        self.book = book
        self.transaction = Transaction(book)

    @property
    def state(self) -> State:
        """The tables as they are now, whoever wrote them."""
        book = self.book
        if not self.transaction.open:
            book.refresh()
        return book.state

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Every document of every table; ``None`` while there is no table."""
        state = self.state
        return {
            name: {str(n): orjson.loads(raw) for n, raw in state.rows(name)}
            for name in state.tables()
        } or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make the tables what they are to be, by writing what differs."""
        with self.transaction:
            state = self.book.state
            for name in {*state.tables(), *data}:
                self.transaction.add(list(_differing(state, name, data.get(name))))

    def close(self) -> None:
        """Write the tables if many lines have come since they were, and let go of the files."""
        with self.book.writing():
            if self.book.due:
                self.book.compact()
        self.book.close()


def _differing(
    state: State, name: str, wanted: Mapping[Any, Mapping[str, Any]] | None
) -> Iterator[Change]:
    if wanted is None:
        yield Change.of(name, None, None)
        return
    if name not in state.tables():
        yield Change.of(name, None, {})
    new = {int(number): document for number, document in wanted.items()}
    for number, raw in state.rows(name):
        document = new.pop(number, None)
        if document is None or document != orjson.loads(raw):
            yield Change.of(name, number, document)
    yield from (Change.of(name, number, document) for number, document in new.items())
