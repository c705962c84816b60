"""一览: how many carriers of each level there are and which are out, counted piece by piece.

A hundred thousand pages are gone through in bites, so that a screen can go on between them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import orjson
from attrs import field, frozen, mutable

from ledger.room.room import Room
from ledger.room.viewing import hides, listed
from ledger.sight import HIDDEN
from ledger.store.registers import CARRIERS

__all__ = ["OTHER", "Out", "Overview", "overviewed"]

OTHER: Final = "非涉密"
"""The level of what has none."""
_PIECE: Final = 200
_OUT: Final = ("person", "unit", "transit", "awaiting")
_IN_USE: Final = "使用"


@frozen(kw_only=True)
class Out:
    """A carrier that is not in the officer's hands: with whom, what for, since and until when."""

    number: str
    name: str
    holder: str
    purpose: str
    since: date
    due: date | None


@mutable
class Overview:
    """What was counted so far; ``done`` is true when nothing is left to count."""

    levels: Counter[str] = field(factory=Counter)
    """Open carriers by level, ``OTHER`` for those without."""
    out: list[Out] = field(factory=list)
    in_use: int = 0
    """Carriers that are in somebody's daily use, which are not out."""
    done: bool = False


def overviewed(room: Room, into: Overview) -> Iterator[int]:
    """Count a room's open carriers into an overview; how many pages were seen, after each piece.

    What is out is put in the order of the day it is due, what has none behind.
    """
    state, seen = room.book.state, 0
    marks = _Marks(room)
    for table in CARRIERS.values():
        for _, raw in state.rows(table):
            page = orjson.loads(raw)
            if page["custody"]["with"] != "closed":
                _count(room, page, marks, into)
            seen += 1
            if seen % _PIECE == 0:
                yield seen
    into.out.sort(key=lambda out: (out.due is None, out.due or out.since, out.number))
    into.done = True
    yield seen


class _Marks:
    """The levels of documents, each read once."""

    def __init__(self, room: Room) -> None:
        self.room, self.known = room, dict[str, str]()

    def level(self, number: str) -> str:
        """The level of a document, in its word."""
        if number not in self.known:
            document = self.room.register.documents.get(number)
            level = document.level if document else None
            self.known[number] = str(level or "")
        return self.known[number]


def _count(room: Room, page: dict[str, Any], marks: _Marks, into: Overview) -> None:
    level = marks.level(page["document"]) if "document" in page else page.get("level", "")
    into.levels[level or OTHER] += 1
    where = page["custody"]
    if where["with"] not in _OUT:
        return
    if where.get("purpose") == _IN_USE:
        into.in_use += 1
        return
    due = where.get("due")
    into.out.append(
        Out(
            number=page["number"],
            name=_title(room, page),
            holder="" if hides(room, page["number"]) else _holder(room, where),
            purpose=where.get("purpose", "移交"),
            since=date.fromisoformat(page["since"]),
            due=date.fromisoformat(due) if due else None,
        )
    )


def _title(room: Room, page: dict[str, Any]) -> str:
    document = listed(room).documents.get(page.get("document", ""))
    if document is not None:
        return document.title or document.alias
    if hides(room, page["number"]):
        return HIDDEN
    return str(page.get("name") or page.get("model") or "")


def _holder(room: Room, where: dict[str, Any]) -> str:
    refs = where.get("bearers") or [where.get("person") or where.get("unit") or where["receiver"]]
    return "、".join(_named(room, ref) for ref in refs)


def _named(room: Room, ref: str) -> str:
    page = room.register.person(ref) or room.register.outside(ref)
    return page.name if page else ref
