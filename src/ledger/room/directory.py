"""名录: the lines of a register in order, found as somebody types, however many there are.

A line is looked at when it is shown. What it is found by (number, names, title, people, their
initials) is gathered once, piece by piece, so that a screen can go on meanwhile.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import Any, Final

from ledger.mark import Level
from ledger.notation.codec import JSON
from ledger.notation.listing import TABLES
from ledger.notation.pages import CUSTODIES
from ledger.place import AtUnit, Awaiting, Custody, InTransit, WithPerson
from ledger.register.balance import whereabouts
from ledger.room.room import Room
from ledger.room.viewing import hides
from ledger.store.registers import CARRIERS
from ledger.store.state import State

__all__ = ["SORTS", "Directory"]

Spell = Callable[[str], Iterable[str]]
Sorting = tuple[object, ...]
SORTS: Final = ("number", "level", "name", "keeper", "place", "status")
"""What lines can be sorted by: the order of the book, and what most registers have."""

_PIECE: Final = 200
"""Lines gathered between two chances for others to go on."""
_SLICE: Final = 10_000
"""Lines looked through between two chances for others to go on."""
_KINDS: Final = {name: kind for kind, name in CUSTODIES.items()}
_PLAIN: Final = ("number", "serial", "asset_no", "model", "doc_no", "copy_no", "filed_no")
_SPELT: Final = ("name", "department", "place", "title", "alias", "issuer", "post", "type")
_NAMED: Final = ("people", "units", "documents")
"""The tables other lines take their words from."""


class Directory:
    """The lines of some kinds of page of a room's register, by their place from 0 on.

    ``kinds`` are names as in ``ledger.notation.words``; ``spell`` gives the initials a text can
    also be found by. The room's book is followed when ``follow`` is called.
    """

    def __init__(self, room: Room, kinds: Sequence[str], spell: Spell) -> None:
        self.room, self.spell = room, spell
        self.tables = tuple(CARRIERS.get(kind) or TABLES[kind] for kind in kinds)
        self._state: State | None = None
        self._lines: list[tuple[int, str]] = []
        self._texts: list[str] = []
        self._keys: list[Sorting] = []
        self._people: dict[str, str] = {}
        self.learnt = 0
        """How many lines can be found by what they say."""
        self.follow()

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def ready(self) -> bool:
        """Whether every line can be found by what it says."""
        return self.learnt >= len(self._lines)

    def number(self, place: int) -> str:
        """The number of a line."""
        return str(self._document(place)["number"])

    def _document(self, place: int) -> dict[str, Any]:
        ident, table = self._lines[place]
        return self.room.book.document(table, ident)

    def follow(self) -> None:
        """Take in what the book says now; what is already known stays known."""
        state, before = self.room.book.state, self._state
        if state is before:
            return
        self._state = state
        grown = before is not None and state.snapshot is before.snapshot
        changed = None if before is None or not grown else _changes(self.tables, before, state)
        if changed is None or any(_table_changed(name, before, state) for name in _NAMED):
            self._begin(state)
            return
        last = self._lines[-1][0] if self._lines else 0
        places = {line: place for place, line in enumerate(self._lines)} if changed else {}
        for ident, table in sorted(changed):
            if (ident, table) in places:
                self._again(places[ident, table])
            elif ident > last:
                self._lines.append((ident, table))
            else:
                self._begin(state)
                return

    def _begin(self, state: State) -> None:
        self._lines = list(merge(*(_lines_of(table, state) for table in self.tables)))
        self._texts, self._keys, self._people, self.learnt = [], [], {}, 0

    def _again(self, place: int) -> None:
        if place < self.learnt:
            self._texts[place], self._keys[place] = self._said(place)

    def learn(self) -> Iterator[int]:
        """Gather what the lines are found by; how many are known, after every piece."""
        while self.learnt < len(self._lines):
            for place in range(self.learnt, min(self.learnt + _PIECE, len(self._lines))):
                text, key = self._said(place)
                self._texts.append(text)
                self._keys.append(key)
            self.learnt = len(self._texts)
            yield self.learnt

    def _said(self, place: int) -> tuple[str, Sorting]:
        """What a line is found by, and what it is sorted by."""
        said = self._document(place)
        if hides(self.room, said["number"]):
            return str(said["number"]).lower(), (place, 0, "", "", "", "")
        said |= self._text_of(said.get("document", ""))
        custody = _custody(said.get("custody"))
        keeper, holder = self._name(said.get("keeper", "")), self._holder(custody)
        status = whereabouts(custody) if custody else ""
        level = str(said.get("level") or said.get("mark") or said.get("category") or "")
        spelt = [str(said[name]) for name in _SPELT if said.get(name)]
        spelt += [keeper, holder, status, level, *said.get("roles", ())]
        words = [str(said[name]) for name in _PLAIN if said.get(name)] + spelt
        words += [way for text in filter(None, spelt) for way in self.spell(text)]
        name = str(said.get("name") or said.get("title") or "")
        where = holder or str(said.get("account") or said.get("place") or "")
        return "\n".join(words).lower(), (place, _rank(level), name, keeper, where, status)

    def _text_of(self, number: str) -> Mapping[str, Any]:
        """What a paper's document says, without its number."""
        for ident, _ in self._home(number) if number else ():
            found = self.room.book.document("documents", ident)
            found.pop("number", None)
            return found
        return {}

    def _home(self, number: str) -> list[tuple[int, dict[str, Any]]]:
        return self.room.book.state.find("numbers", "number", number)

    def _name(self, ref: str) -> str:
        if ref not in self._people:
            register = self.room.register
            page = register.person(ref) or register.outside(ref) if ref else None
            self._people[ref] = page.name if page else ref
        return self._people[ref]

    def _holder(self, custody: Custody | None) -> str:
        match custody:
            case WithPerson(person=ref) | AtUnit(unit=ref):
                return self._name(ref)
            case InTransit(bearers=bearers):
                return "、".join(map(self._name, bearers))
            case Awaiting(receiver=ref):
                return self._name(ref)
            case _:
                return ""

    def find(self, typed: str) -> list[int]:
        """The places of the lines that hold every word typed, as far as lines are learnt."""
        found: list[int] = []
        for found in self.finding(typed):  # noqa: B007 - the last is all
            pass
        return found[::-1]

    def finding(self, typed: str) -> Iterator[list[int]]:
        """The places of the lines that hold every word typed, the newest first.

        One list that grows: it is given after every ``_SLICE`` lines looked at.
        """
        texts, words, found = self._texts, typed.lower().split(), list[int]()
        for end in range(self.learnt, 0, -_SLICE):
            some: Sequence[int] = range(end - 1, max(end - _SLICE, 0) - 1, -1)
            for word in words:
                some = [place for place in some if word in texts[place]]
            found += some
            yield found

    def sorted(self, places: Sequence[int], by: str, *, backwards: bool = False) -> list[int]:
        """The places in the order of a column of ``SORTS``; lines not learnt yet stay behind."""
        column, keys = SORTS.index(by), self._keys
        known = [place for place in places if place < self.learnt]
        known.sort(key=lambda place: keys[place][column], reverse=backwards)  # type: ignore[arg-type,return-value]
        return known + [place for place in places if place >= self.learnt]


def _lines_of(table: str, state: State) -> Iterator[tuple[int, str]]:
    return ((ident, table) for ident, _ in state.rows(table))


def _changes(tables: Iterable[str], before: State, now: State) -> set[tuple[int, str]]:
    return {(n, table) for table in tables for n in now.changed(table, before)}


def _table_changed(table: str, before: State | None, now: State) -> bool:
    """Whether a page that was there has changed since a state on the same snapshot."""
    return before is None or any(n <= before.top(table) for n in now.changed(table, before))


def _custody(where: Mapping[str, Any] | None) -> Custody | None:
    if not where:
        return None
    kind = _KINDS[where["with"]]
    found: Custody = JSON.structure({k: v for k, v in where.items() if k != "with"}, kind)
    return found


def _rank(level: str) -> int:
    for place, each in enumerate(Level):
        if level.startswith(each.value):
            return place + 1
    return 0
