"""The tables as they stood before: at the end of a day, or before a line was written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, takewhile
from typing import Any, NamedTuple

from ledger.store.book import Book, closing_file
from ledger.store.journal import Journal
from ledger.store.part import SCHEMA, changes_in, last_act, made_now
from ledger.store.place import Place, Row
from ledger.store.snapshot import NoSnapshot, Snapshot
from ledger.store.state import State

__all__ = ["Past", "before", "on", "rows"]


class Past(NamedTuple):
    """The tables at a place, and the last act before it."""

    state: State
    last: Mapping[str, Any] = {}
    whole: bool = True
    """Whether the tables are what this program makes of the acts; an earlier one made others."""


def rows(book: Book, place: Place) -> Iterator[Row]:
    """The lines behind a place that the book is known to have, each checked as it is read."""
    known = book.journal
    journal = Journal(known.folder, known.digest, known.disk, place)
    try:
        yield from takewhile(lambda row: row.before.line < known.place.line, journal.read())
    finally:
        journal.close()


def on(book: Book, day: date) -> Past:
    """The tables after the last act that was written on a day or before it."""
    limit = day.isoformat() + "Z"
    past = _start(book, lambda snapshot: _moment(snapshot.about) < limit)
    waiting: list[Row] = []
    for row in rows(book, past.state.snapshot.place):
        waiting.append(row)
        if "n" in row.data and str(last_act(row.data)["at"]) < limit:
            past = _after(past, waiting)
            waiting = []
    return past


def _moment(about: Mapping[str, Any]) -> str:
    return str(about.get("last", {}).get("at", ""))


def before(book: Book, line: int) -> Past:
    """The tables before a line was written."""
    past = _start(book, lambda snapshot: snapshot.place.line < line)
    behind = rows(book, past.state.snapshot.place)
    return _after(past, takewhile(lambda row: row.before.line + 1 < line, behind))


def _start(book: Book, early: Callable[[Snapshot], bool]) -> Past:
    """The latest tables that were kept and do not go too far."""
    years = reversed(book.journal.years())
    for snapshot in chain((book.state.snapshot,), (_closing(book, year) for year in years)):
        if snapshot is not None and snapshot.place.year and early(snapshot):
            about = snapshot.about
            return Past(
                State(snapshot, book.fields), about.get("last", {}), about["schema"] == SCHEMA
            )
    return Past(State(fields=book.fields))


def _closing(book: Book, year: int) -> Snapshot | None:
    try:
        path = closing_file(book.journal.folder, year)
        return Snapshot.read(book.disk, path, book.fields)
    except (FileNotFoundError, NoSnapshot):
        return None


def _after(past: Past, lines: Iterable[Row]) -> Past:
    for row in lines:
        changes = changes_in(row.data)
        past = Past(
            past.state.with_(changes or ()),
            last_act(row.data) if "n" in row.data else past.last,
            made_now(row.data, past.whole),
        )
    return past
