"""A register that reads the tables of a state when somebody looks, and remembers what it read."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from heapq import merge
from typing import Any

import orjson

from ledger.mark import Level
from ledger.notation.codec import JSON
from ledger.notation.pages import read_page
from ledger.number import Numbering
from ledger.register.index import INDEXES
from ledger.register.pages import Members, Pages
from ledger.register.record import Entry
from ledger.register.register import EMPTY, Register
from ledger.store.cipher import PLAIN, Codec
from ledger.store.registers import CARRIERS, NUMBERED, NUMBERS, OPENING, PAGES, SOUGHT, key_of
from ledger.store.state import State

__all__ = ["register_of"]

Document = dict[str, Any]


def register_of(state: State, last: Mapping[str, Any], codec: Codec = PLAIN) -> Register:
    """The register whose pages are a state's documents; ``last`` is its last act."""
    opening = state.get(OPENING, 1)
    if opening is None:
        return EMPTY
    said = orjson.loads(opening)
    tables: dict[str, Any] = {name: Pages(_base(state, name, codec)) for name in PAGES}
    tables |= {name: Pages(_Index(state, name)) for names, _ in INDEXES.values() for name in names}
    return Register(
        unit=said["unit"],
        level=Level(said["level"]),
        pack=said["pack"],
        numbering=JSON.structure(said["numbering"], Numbering),
        acts=last["n"],
        on=date.fromisoformat(last["on"]),
        at=datetime.fromisoformat(last["at"]),
        **tables,
    )


def _base(state: State, table: str, codec: Codec) -> "_Looked":
    if table == "carriers":
        return _Carriers(state, codec)
    if table == "idents":
        return _Idents(state)
    return (_Numbered if table in NUMBERED else _Keyed)(state, table, codec)


class _Looked(Mapping[str, Any]):
    """Pages under their keys, read once each."""

    def __init__(self, state: State, codec: Codec = PLAIN) -> None:
        self.state, self.codec = state, codec
        self.read: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        try:
            return self.read[key]
        except KeyError:
            pass
        page = self.look(key)
        if page is None:
            return default
        self.read[key] = page
        return page

    def look(self, key: str) -> Any:
        """The page under a key, from its document; ``None`` for none."""
        raise NotImplementedError

    def __getitem__(self, key: str) -> Any:
        page = self.get(key)
        if page is None:
            raise KeyError(key)
        return page

    def __contains__(self, key: object) -> bool:
        return self.get(str(key)) is not None


def _home(state: State, key: str) -> tuple[int, str] | None:
    """The ident of a number, and the table its page is in, blank where it has none."""
    for ident, document in state.find(NUMBERS, "number", key):
        return ident, document.get("in", "")
    return None


def _opened(state: State, table: str, number: int, codec: Codec) -> Document | None:
    """The document with a number, read."""
    raw = state.get(table, number)
    return None if raw is None else codec.opened(table, number, orjson.loads(raw))


def _documents(state: State, table: str) -> Iterator[tuple[int, Document]]:
    return ((number, orjson.loads(raw)) for number, raw in state.rows(table))


class _Idents(_Looked):
    """The ident of every number."""

    def look(self, key: str) -> Any:
        found = _home(self.state, key)
        return found and found[0]

    def __iter__(self) -> Iterator[str]:
        return (document["number"] for _, document in _documents(self.state, NUMBERS))

    def __len__(self) -> int:
        return self.state.count(NUMBERS)


class _Numbered(_Looked):
    """Pages that lie under their ident in one table."""

    def __init__(self, state: State, table: str, codec: Codec) -> None:
        super().__init__(state, codec)
        self.table = table

    def look(self, key: str) -> Any:
        found = _home(self.state, key)
        if found is None or found[1] != self.table:
            return None
        page = _opened(self.state, self.table, found[0], self.codec)
        return None if page is None else read_page(PAGES[self.table], page)

    def __iter__(self) -> Iterator[str]:
        return (document["number"] for _, document in _documents(self.state, self.table))

    def __len__(self) -> int:
        return self.state.count(self.table)


class _Carriers(_Looked):
    """The pages of carriers, which lie in a table for each kind."""

    def look(self, key: str) -> Any:
        found = _home(self.state, key)
        if found is None or found[1] not in CARRIERS.values():
            return None
        page = _opened(self.state, found[1], found[0], self.codec)
        return None if page is None else read_page(Entry, page)

    def __iter__(self) -> Iterator[str]:
        tables = (self.state.rows(table) for table in CARRIERS.values())
        return (orjson.loads(raw)["number"] for _, raw in merge(*tables))

    def __len__(self) -> int:
        return sum(map(self.state.count, CARRIERS.values()))


class _Keyed(_Looked):
    """Records that name their key."""

    def __init__(self, state: State, table: str, codec: Codec) -> None:
        super().__init__(state, codec)
        self.table = table

    def look(self, key: str) -> Any:
        for number, stored in self.state.find(self.table, "key", key):
            document = self.codec.opened(self.table, number, stored)
            del document["key"]
            kind = PAGES[self.table]
            return document["reason"] if kind is str else read_page(kind, document)
        return None

    def __iter__(self) -> Iterator[str]:
        return (document["key"] for _, document in _documents(self.state, self.table))

    def __len__(self) -> int:
        return self.state.count(self.table)


class _Index(_Looked):
    """The numbers found under something else, for one index of the register."""

    def __init__(self, state: State, name: str) -> None:
        super().__init__(state)
        self.name = name

    def look(self, key: str) -> Any:
        numbers = _Found(self.state, self.name, key)
        return Members(numbers) if any(True for _ in numbers) else None

    def _keys(self) -> Iterator[str]:
        """Every key of the index, by looking at every document."""
        if self.name == "kinds":
            yield from (kind for kind, table in CARRIERS.items() if self.state.count(table))
            return
        for table, field in SOUGHT[self.name]:
            for _, document in _documents(self.state, table):
                value = document.get(field)
                yield from value if isinstance(value, list) else (value,) if value else ()

    def __iter__(self) -> Iterator[str]:
        return (key for key in dict.fromkeys(self._keys()) if self.look(key) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Found(Collection[str]):
    """The numbers of the pages that one key of an index leads to, found when somebody looks."""

    def __init__(self, state: State, index: str, key: str) -> None:
        self.state, self.index, self.key = state, index, key

    def __iter__(self) -> Iterator[str]:
        if self.index == "kinds":
            documents = (document for _, document in _documents(self.state, CARRIERS[self.key]))
            yield from (document["number"] for document in documents)
            return
        seen = set[str]()  # a department may have the name of a circle
        for table, field in SOUGHT[self.index]:
            for _, document in self.state.find(table, field, self.key):
                number = key_of(document)
                if number not in seen and (self.index != "unreturned" or "back" not in document):
                    seen.add(number)
                    yield number

    def __contains__(self, number: object) -> bool:
        return any(number == each for each in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
