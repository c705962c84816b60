"""A book without titles and names: what a bureau may see where it may not see everything.

What is shown is listed, what is not listed is left out: days, numbers, levels, the words of the ledger
itself, and a few fields. People are shown by their numbers. The lines keep their numbers and state the
heads they have in the unit's own book (``of``), but are chained anew, because their bytes are others.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

from attrs import frozen

from ledger import carrier, level, office, person, place
from ledger.level import Level
from ledger.mark import InvalidMark, Mark
from ledger.room.room import Room
from ledger.store.cipher import ACTS, Codec
from ledger.store.digest import Digest
from ledger.store.line import GENESIS, seal
from ledger.store.past import rows
from ledger.store.place import BEGINNING, Row

__all__ = ["HIDDEN", "Concealment", "concealed", "concealment"]

HIDDEN: Final = "（略）"
"""What stands where something was left out."""
_LINE: Final = ("l", "tx", "n", "rebuilt", "sealed")
"""What a line says that is shown as it is."""
_FIRST: Final = ("baomi", "schema", "room", "unit", "hash", "year")
_PLAIN: Final = frozenset(
    [
        "act",
        "article",
        "cabinet",
        "compartment",
        "department",
        "filed_no",
        "force",
        "hash",
        "how",
        "in",
        "kind",
        "mark",
        "nature",
        "network",
        "origin",
        "pack",
        "role",
        "roles",
        "rule",
        "scope",
        "shelf",
        "stage",
        "unit",
        "with",
    ]
)
"""Fields whose words are those of the ledger, of a regulation, or of a label."""
_KEYED: Final = frozenset({"counts", "readings", "rounds", "sequences", "standings", "labels"})
"""Tables whose keys are made of numbers and the ledger's own words."""
_PURPOSES: Final = frozenset({"使用", "传阅", "借阅", "发文", "外出", "维修", "要害部位"})
_FORM: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?|\d{2}:\d{2}(:\d{2})?|")


def _words() -> frozenset[str]:
    """Every word of the ledger's own lists: levels, categories, kinds of network and of closing."""
    named = [vars(module).values() for module in (carrier, level, office, person, place)]
    kinds = {each for values in named for each in values if isinstance(each, type)}
    members = [member for kind in kinds if issubclass(kind, Enum) for member in kind]
    return frozenset({str(member) for member in members} | {str(m.value) for m in members})


_OWN_WORDS: Final = _words()


@frozen(kw_only=True)
class Concealment:
    """What of one book may be shown: its numbers, its people's, its units', and some titles."""

    numbers: frozenset[str]
    people: Mapping[str, str]
    """The number of each person by name."""
    units: frozenset[str]
    levels: Mapping[str, Level]
    """The highest level each document has had."""
    titles_below: Level | None = None
    """Titles of documents that were always below this level are shown; none if it is not given."""

    def of(self, value: Any, key: str, *, titled: bool = False, table: str = "") -> Any:
        """A value as it may be shown under its key; ``titled`` if a title there may be."""
        if key == "numbering":
            return value
        if isinstance(value, Mapping):
            return {k: self.of(v, k, titled=titled, table=table) for k, v in value.items()}
        if isinstance(value, list):
            return [self.of(each, key, titled=titled, table=table) for each in value]
        if not isinstance(value, str):
            return value
        shown = (
            key in _PLAIN
            or (key == "key" and table in _KEYED)
            or (key == "title" and titled)
            or value in self.numbers
            or value in self.units
            or value in _OWN_WORDS
            or value in _PURPOSES
            or _FORM.fullmatch(value) is not None
        )
        if key == "account" and not shown:
            side, _, rest = value.partition("/")
            return f"{side}/{rest if rest in self.numbers else HIDDEN}" if rest else side
        return value if shown else self.people.get(value, HIDDEN)

    def about(self, numbers: list[str]) -> list[str]:
        """Of what an act is about, what has a number."""
        return [number for number in numbers if number in self.numbers]

    def titled(self, numbers: list[str]) -> bool:
        """Whether the title of every one of these documents may be shown."""
        below = self.titles_below
        known = [self.levels[number] for number in numbers if number in self.levels]
        return below is not None and bool(known) and all(each < below for each in known)


def concealment(room: Room, titles_below: Level | None = None) -> Concealment:
    """What of a room's book may be shown."""
    register = room.register
    levels: dict[str, Level] = {}
    for row in rows(room.book, BEGINNING):
        for table, _, document in row.data.get("records", ()):
            if table == "documents" and document is not None:
                number, now = document["number"], _level(document)
                levels[number] = max(levels.get(number, now), now)
    return Concealment(
        numbers=frozenset(register.idents),
        people={person.name: number for number, person in register.people.items()},
        units=frozenset(unit.name for unit in register.units.values()),
        levels=levels,
        titles_below=titles_below,
    )


def _level(document: Mapping[str, Any]) -> Level:
    """The level of a document, and the highest where its mark does not tell."""
    try:
        return Mark.parse(document["mark"]).level
    except (KeyError, InvalidMark):
        return Level.绝密


def concealed(room: Room, what: Concealment, digest: Digest) -> Iterator[tuple[int, bytes]]:
    """The lines of a room's book as they may be shown, each with the year of its file."""
    head = GENESIS
    for row in rows(room.book, BEGINNING):
        raw, head = seal(_line(row, what, head, room.book.codec), head, digest)
        yield row.after.year, raw


def _line(row: Row, what: Concealment, head: str, codec: Codec) -> dict[str, Any]:
    data = row.data
    line = {key: data[key] for key in _LINE if key in data}
    if "baomi" in data:
        line |= {key: data[key] for key in _FIRST if key in data} | {"prev": head}
    abouts = data.get("about") or [[]] * len(data.get("acts", ()))
    if "about" in data:
        line["about"] = [what.about(about) for about in abouts]
    if "acts" in data:
        line["acts"] = [
            what.of(codec.opened(ACTS, act["n"], act), "", titled=what.titled(about))
            for act, about in zip(data["acts"], abouts, strict=True)
        ]
    if "records" in data:
        read = ((t, n, page and codec.opened(t, n, page)) for t, n, page in data["records"])
        line["records"] = [
            [table, number, page and what.of(page, "", titled=_named(page, what), table=table)]
            for table, number, page in read
        ]
    return line | {"of": row.head}


def _named(page: Mapping[str, Any], what: Concealment) -> bool:
    return what.titled([str(page.get("number", ""))])
