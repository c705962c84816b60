"""The registers as tables of documents: what an act's changes become, and which are found how.

A page with a number of its own lies under its ident, which its label carries; a record that has
none lies under the next free number and names its ``key``. ``numbers`` tells for every number
which table it is in.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, cast, get_args, get_origin

import orjson
from attrs import fields, has

from ledger.carrier import Carrier
from ledger.notation.codec import JSON
from ledger.notation.pages import write_page
from ledger.notation.words import kind_name
from ledger.register.record import Change as PageChange
from ledger.register.record import Entry
from ledger.register.register import TABLES, Register
from ledger.store.cipher import CLOSED, Codec
from ledger.store.snapshot import Fields
from ledger.store.state import Change, State

__all__ = [
    "CARRIERS",
    "FIELDS",
    "NUMBERED",
    "NUMBERS",
    "OPENING",
    "PAGES",
    "SOUGHT",
    "Page",
    "codec_of",
    "key_of",
    "opening_of",
    "pages_of",
    "placed",
]

CARRIERS: Final[Mapping[str, str]] = {
    name: "media" if name == "medium" else f"{name}s" for name in map(kind_name, get_args(Carrier))
}
"""The table of each kind of carrier."""
NUMBERS: Final = "numbers"
OPENING: Final = "opening"
"""The table whose one document says whose book it is, as the first act did."""


def _kind(annotation: Any) -> type[Any]:
    held: Any = get_args(annotation)[0]
    return cast(type[Any], get_origin(held) or held)


PAGES: Final[Mapping[str, type[Any]]] = {
    each.name: _kind(each.type) for each in fields(Register) if each.name in TABLES
}
"""The class of the pages in each table of the register."""

NUMBERED: Final = frozenset(
    name
    for name, kind in PAGES.items()
    if kind is Entry or (has(kind) and any(each.name == "number" for each in fields(kind)))
)
"""The tables whose pages have numbers of their own."""

_OF_CARRIERS: Final = tuple(CARRIERS.values())
SOUGHT: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "holdings": tuple((table, "account") for table in _OF_CARRIERS),
    "shelves": tuple((table, "shelf") for table in _OF_CARRIERS),
    "copies": (("papers", "document"),),
    "serials": tuple((table, "serial") for table in ("media", "computers", "devices")),
    "named": (("people", "name"), ("units", "name")),
    "posts": (("people", "roles"),),
    "readers": (("readings", "document"),),
    "unreturned": (("readings", "carrier"),),
    "bearers": (("labels", "ident"),),
    "staff": (("people", "department"), ("people", "circles")),
    "wholes": (("documents", "made_from"),),
    "lines": (("phones", "keeper"),),
    "designated": (("units", "designated_for"),),
}
"""Where the documents of each index of the register are found, and by which of their fields."""


def _fields() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {NUMBERS: ("number",)}
    found |= {name: ("key",) for name in PAGES if name not in NUMBERED and name != "idents"}
    for places in SOUGHT.values():
        for table, field in places:
            found[table] = (*found.get(table, ()), field)
    return found


FIELDS: Final[Fields] = _fields()
"""The fields by which documents of each table are found."""


class Page(NamedTuple):
    """A page of the registers as a document: its table, its key, and what it says."""

    table: str
    key: str
    document: Mapping[str, Any] | None


def key_of(document: Mapping[str, Any]) -> str:
    """The key of a page's document."""
    return str(document["number"] if "number" in document else document["key"])


def pages_of(changes: Iterable[PageChange]) -> Iterator[Page]:
    """The pages some acts left behind, each once and as it stands at the end.

    A number comes after the page that has it.
    """
    latest = {(change.table, change.key): change for change in changes}
    homes: dict[str, str] = {}
    for (table, key), change in latest.items():
        if table not in ("idents", *_KEYED):
            page = change.after if change.after is not None else change.before
            homes[key] = _table(table, page)
            yield Page(homes[key], key, None if change.after is None else write_page(change.after))
    for (table, key), change in latest.items():
        if table == "idents":
            home = {"in": homes[key]} if key in homes else {}
            yield Page(NUMBERS, key, {"number": key, **home})
        elif table in _KEYED:
            yield Page(table, key, _with_key(key, change.after))


_KEYED: Final = tuple(name for name in PAGES if name not in NUMBERED and name != "idents")


def _table(table: str, page: Any) -> str:
    return CARRIERS[kind_name(type(page.thing))] if table == "carriers" else table


def _with_key(key: str, page: Any) -> Mapping[str, Any] | None:
    if page is None:
        return None
    return {"key": key, **({"reason": page} if isinstance(page, str) else write_page(page))}


def opening_of(register: Register) -> Page:
    """What the first act said about the book as a whole."""
    document = {
        "number": "1",
        "unit": register.unit,
        "level": str(register.level),
        "pack": register.pack,
        "numbering": JSON.unstructure(register.numbering),
    }
    return Page(OPENING, "1", document)


def codec_of(state: State, known: Codec) -> Codec:
    """How content is stored, given how it was known to be: sealed once an operator was given a key."""
    if known.sealing:
        return known
    rows = state.rows("operators")
    return CLOSED if any("content_key" in orjson.loads(raw) for _, raw in rows) else known


def placed(pages: Iterable[Page], register: Register, state: State) -> Iterator[Change]:
    """The pages under the numbers they have or are to have in the tables."""
    given: dict[str, int] = {}
    for table, key, document in pages:
        if table == OPENING:
            number = 1
        elif table not in FIELDS or "key" not in FIELDS[table]:
            number = register.idents[key]
        else:
            known = state.find(table, "key", key)
            number = known[0][0] if known else given.get(table, state.top(table)) + 1
            given[table] = max(number, given.get(table, state.top(table)))
        yield Change.of(table, number, document)
