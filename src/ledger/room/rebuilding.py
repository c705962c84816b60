"""重建: the registers made from the acts of the whole book, and where the tables said otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from ledger.act import Act
from ledger.register.fold import fold
from ledger.register.record import Change as PageChange
from ledger.register.register import TABLES, Register
from ledger.room.acts import Acts
from ledger.store.book import Book
from ledger.store.cipher import PLAIN, Codec, stored
from ledger.store.part import SCHEMA, Part
from ledger.store.past import rows
from ledger.store.place import BEGINNING
from ledger.store.registers import NUMBERS, Page, key_of, opening_of, pages_of, placed
from ledger.store.state import Change, State

__all__ = ["folded", "pages", "rebuild", "voided_in"]

_LINE: Final = 1000
"""The most documents in one line."""


def voided_in(book: Book) -> frozenset[int]:
    """The acts that a later one voids, without making acts of all the others."""
    acts = (act for row in rows(book, BEGINNING) for act in row.data.get("acts", ()))
    return frozenset(act["voids"] for act in acts if act["act"] == "voided")


def folded(book: Book, acts: Iterable[Act]) -> Register:
    """The register all acts of a book add up to."""
    return fold(acts, voided=voided_in(book))


def pages(register: Register) -> Iterator[Page]:
    """Every page of a register, as its document."""
    if register.acts:
        yield opening_of(register)
    yield from pages_of(
        PageChange(table, key, None, page)
        for table in TABLES
        for key, page in getattr(register, table).items()
    )


def differing(register: Register, state: State, codec: Codec = PLAIN) -> Iterator[Change]:
    """What would have to change in the tables for them to be the register.

    Raises ``TamperedBook`` for a sealed text that does not open.
    """
    stands: dict[tuple[str, str], tuple[int, Mapping[str, Any]]] = {}
    for table in state.tables():
        for number, raw in state.rows(table):
            document = codec.opened(table, number, orjson.loads(raw))
            stands[table, key_of(document)] = (number, document)
    wrong = []
    for page in pages(register):
        found = stands.pop((page.table, page.key), (0, None))
        if not codec.alike(found[1], page.document) and not _gone(page, found[1]):
            wrong.append(page)
    yield from placed(wrong, register, state)
    for (table, _), (number, _) in stands.items():
        yield Change.of(table, number, None)


def _gone(page: Page, stands: Mapping[str, Any] | None) -> bool:
    """Whether a number stands as it did before its page, such as a case's, was voided."""
    told = {name: value for name, value in (stands or {}).items() if name != "in"}
    return page.table == NUMBERS and "in" not in (page.document or {}) and told == page.document


def rebuild(book: Book, acts: Acts, year: int) -> int:
    """Make the tables from the acts, to be called while ``writing``; how many documents were wrong.

    What was wrong is put right by a line of the book, so that whoever reads its lines comes to
    the same. Raises ``NoContentKey`` where something sealed was wrong and there is no key.
    """
    found = differing(folded(book, acts), book.state, book.codec)
    wrong = sorted(
        (stored(change, book.codec) for change in found), key=lambda each: (each.table, each.number)
    )
    if wrong or book.ahead or book.earlier:
        said = {"rebuilt": {"documents": len(wrong), "schema": SCHEMA, **book.ahead}}
        some = [wrong[n : n + _LINE] for n in range(0, len(wrong), _LINE)] or [[]]
        book.commit([Part.of(changes, said) for changes in some], year, book.state.with_(wrong))
        book.earlier, book.ahead = False, {}
    book.compact()
    return len(wrong)
