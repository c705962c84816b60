"""A table of TinyDB whose operations cost what they touch."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from itertools import islice
from typing import Any, Final, cast

import orjson
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from ledger.store.bulk import bulk
from ledger.store.snapshot import BOOK
from ledger.store.state import Change, State, packed
from ledger.store.storage import JournalStorage

__all__ = ["JournalTable"]

Doc = dict[str, Any]
_BATCH: Final = 1000
"""How many documents are looked at before they are written."""


class _View(MutableMapping[int, Doc]):
    """A table as an updater sees it: documents are read when touched, and remembered."""

    def __init__(self, state: State, name: str) -> None:
        self.state, self.name = state, name
        self.emptied = False
        self._read: dict[int, tuple[Doc, bytes]] = {}
        self._new: dict[int, Doc | None] = {}

    def __getitem__(self, number: int) -> Doc:
        if number in self._new:
            document = self._new[number]
        elif number in self._read:
            return self._read[number][0]
        else:
            raw = None if self.emptied else self.state.get(self.name, number)
            document = None if raw is None else orjson.loads(raw)
            if raw is not None and document is not None:
                self._read[number] = (document, raw)
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: int, document: Doc) -> None:
        self._read.pop(number, None)
        self._new[number] = document

    def __delitem__(self, number: int) -> None:
        self[number]  # raises ``KeyError`` where there is none
        self._read.pop(number, None)
        self._new[number] = None

    def __contains__(self, number: object) -> bool:
        if number in self._new:
            return self._new[number] is not None
        if self.emptied or not isinstance(number, int) or number > self.state.top(self.name):
            return False
        return self.state.get(self.name, number) is not None

    def __iter__(self) -> Iterator[int]:
        old = () if self.emptied else (n for n, _ in self.state.rows(self.name))
        gone = {n for n, document in self._new.items() if document is None}
        known = dict.fromkeys(old) | dict.fromkeys(self._new)
        return (number for number in known if number not in gone)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take out every document."""
        self.emptied = True
        self._read, self._new = {}, {}

    def changes(self) -> Iterator[Change]:
        """What an updater has done."""
        if self.emptied or not (self._new or self.name in self.state.tables()):
            yield Change.of(self.name, None, {})
        for number, (document, before) in self._read.items():
            raw = packed(document)
            if raw != before:
                yield Change(self.name, number, document, raw)
        for number, new in self._new.items():
            if new is not None or not self.emptied:
                yield Change.of(self.name, number, new)


class JournalTable(Table):
    """A table whose operations cost what they touch.

    Queries for equality with a field that is indexed, alone or joined by ``&``, find their
    documents without looking at others.
    """

    def __init__(self, storage: JournalStorage, name: str, **options: Any) -> None:
        if name == BOOK:
            raise ValueError(f"the table {BOOK!r} belongs to the snapshot")
        self._journal = storage
        self._cached: State | None = None
        super().__init__(storage, name, **options)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document under its own number, or the next, which nobody else is given."""
        with self._journal.transaction:
            return self._insert((document,))[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents in one transaction; their numbers."""
        numbers, rest = list[int](), iter(documents)
        with bulk(), self._journal.transaction:
            while some := list(islice(rest, _BATCH)):
                numbers += self._insert(some)
        return numbers

    def _insert(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        new: dict[int, Change] = {}
        following = self._get_next_id()
        for document in documents:
            if isinstance(document, self.document_class):
                number = document.doc_id
                if number in new or self._journal.state.get(self.name, number) is not None:
                    raise ValueError(f"Document with ID {number} already exists")
            elif isinstance(document, Mapping):
                number = following
            else:
                raise ValueError("Document is not a Mapping")  # noqa: TRY004 - as in TinyDB
            new[number] = Change.of(self.name, number, dict(document))
            following = max(following, number + 1)
        self._next_id = cast(None, following)  # TinyDB's own annotation knows no number
        self._journal.transaction.add(list(new.values()))
        return list(new)

    def search(self, cond: QueryLike) -> list[Document]:
        """The documents that match; what is done to them afterwards changes no other search."""
        state = self._journal.state
        known = self._known(cond, state)
        if known is not None:
            return [self.document_class(doc, n) for n, doc in known if cond(doc)]
        if state is not self._cached:
            self.clear_cache()
            self._cached = state
        found: Any = self._query_cache.get(cond)
        if found is None:
            rows = state.rows(self.name)
            found = [(number, raw) for number, raw in rows if cond(orjson.loads(raw))]
            if getattr(cond, "is_cacheable", bool)():
                self._query_cache[cond] = found
        return [self.document_class(orjson.loads(raw), number) for number, raw in found]

    def get(  # type: ignore[override]
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> Document | list[Document] | None:
        """The document of a number, the first that matches, or those of some numbers."""
        state = self._journal.state
        if doc_id is not None:
            raw = state.get(self.name, doc_id)
            return None if raw is None else self.document_class(orjson.loads(raw), doc_id)
        if doc_ids is not None:
            found = ((n, state.get(self.name, n)) for n in sorted(set(map(int, doc_ids))))
            return [self._document(number, raw) for number, raw in found if raw is not None]
        if cond is not None:
            return next(self._matching(cond), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def update(
        self,
        fields: Any,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Update the documents that match or have these numbers; their numbers."""
        with self._journal.transaction:
            return super().update(fields, *self._planned(cond, doc_ids))

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """Remove the documents that match or have these numbers; their numbers."""
        with self._journal.transaction:
            return super().remove(*self._planned(cond, doc_ids))

    def _planned(
        self, cond: QueryLike | None, doc_ids: Iterable[int] | None
    ) -> tuple[QueryLike | None, Iterable[int] | None]:
        """The condition replaced by the numbers that match it, where an index knows them."""
        if cond is None or doc_ids is not None:
            return cond, doc_ids
        known = self._known(cond, self._journal.state)
        if known is None:
            return cond, doc_ids
        return None, [number for number, document in known if cond(document)]

    def _matching(self, cond: QueryLike) -> Iterator[Document]:
        state = self._journal.state
        rows: Iterable[tuple[int, Doc]] | None = self._known(cond, state)
        if rows is None:
            rows = ((number, orjson.loads(raw)) for number, raw in state.rows(self.name))
        return (self.document_class(doc, number) for number, doc in rows if cond(doc))

    def _known(self, cond: QueryLike, state: State) -> list[tuple[int, Doc]] | None:
        """All documents that can match, if an index tells."""
        if fields := state.fields.get(self.name):
            for path, value in _equalities(getattr(cond, "_hash", None)):
                if len(path) == 1 and path[0] in fields and isinstance(value, str):
                    return state.find(self.name, path[0], value)
        return None

    def _document(self, number: int, raw: bytes) -> Document:
        return self.document_class(orjson.loads(raw), number)

    def __len__(self) -> int:
        return self._journal.state.count(self.name)

    def __iter__(self) -> Iterator[Document]:
        return (self._document(*row) for row in self._journal.state.rows(self.name))

    def _get_next_id(self) -> int:
        """The number after all that are or were given."""
        waiting = cast("int | None", self._next_id) or 1
        number = max(self._journal.state.top(self.name) + 1, waiting)
        self._next_id = cast(None, number + 1)
        return number

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        rows = self._journal.state.rows(self.name)
        return {str(number): orjson.loads(raw) for number, raw in rows}

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._journal.transaction:
            view = _View(self._journal.book.state, self.name)
            updater(view)
            self._journal.transaction.add(list(view.changes()))
        self.clear_cache()


def _equalities(hashed: Any) -> list[tuple[tuple[str, ...], Any]]:
    """The equalities a query cannot hold without, read off its hash."""
    if not isinstance(hashed, tuple):
        return []
    if hashed[0] == "==":
        return [(hashed[1], hashed[2])]
    if hashed[0] == "and":
        return [each for part in hashed[1] for each in _equalities(part)]
    return []
