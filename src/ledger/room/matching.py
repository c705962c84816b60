"""对应栏目: which column of a file fills which field, chosen one by one and kept as directions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from ledger.exchange.directions import Directions
from ledger.exchange.heading import Headings
from ledger.exchange.importing import page_named
from ledger.exchange.reading import contents
from ledger.exchange.rows import CLOSING, COMPUTED, slots_of
from ledger.exchange.script import Slot
from ledger.exchange.sheet import Contents, Sheet
from ledger.exchange.source import Source, Unreadable
from ledger.exchange.table import HEADER_WITHIN, Table, columns, find_table

__all__ = [
    "DATES",
    "ENCODINGS",
    "Contents",
    "FileColumn",
    "Matching",
    "Slot",
    "filled",
    "kept_as_text",
    "matched",
    "matching",
    "read_file",
    "replaced",
]

_EXAMPLES: Final = 3
"""How many cells of a column are shown."""
ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16")
"""Encodings that can be named where a file's own is not found out."""
DATES: Final[Mapping[str, Mapping[str, object]]] = {
    "月在前，如 3/2/2026 是三月二日": {"date_order": "mdy"},
    "日在前，如 2/3/2026 是三月二日": {"date_order": "dmy"},
    "民国纪年，如 115.3.2": {"calendar": "roc"},
    "两位年份是二十一世纪，如 26.3.2": {"century": 20},
}
"""Ways in which doubtful days can be meant, and the directions that say so."""


@frozen(kw_only=True)
class FileColumn:
    """One column: its letter and heading, what stands in it, the field it fills, blank for none."""

    letter: str
    header: str
    examples: tuple[str, ...]
    field: str


@frozen(kw_only=True)
class Matching:
    """What is in a file, as the directions have it read."""

    sheets: tuple[tuple[str, int, bool], ...]
    """Name, number of lines and whether it is hidden, of each sheet."""
    sheet: str
    lines: tuple[tuple[int, str], ...]
    """The first lines by their numbers: one of them is the heading."""
    header_row: int
    columns: tuple[FileColumn, ...]
    slots: tuple[Slot, ...]
    """Every field there is to fill."""
    fixed: Mapping[str, str]
    """Fields every row gets the same value for."""

    def label(self, name: str) -> str:
        """What an officer calls a field."""
        return next((slot.label for slot in self.slots if slot.name == name), name)


def read_file(path: Path, directions: Directions) -> Contents:
    """The sheets of a file; raises ``Unreadable``."""
    return contents(Source.at(path), directions)


def matching(read: Contents, name: str, directions: Directions) -> Matching:
    """What is in a file of this name and which column fills what.

    Raises ``Unreadable``, ``BadMapping`` or ``InvalidAct``.
    """
    known = slots_of(page_named(directions.kind))
    headings = Headings(known, directions)
    sheet, table = _table(read.sheets, name, headings, directions)
    return Matching(
        sheets=tuple((each.name, len(each.lines), each.hidden) for each in read.sheets),
        sheet=sheet.name,
        lines=tuple(
            (n, "　".join(filter(None, cells))) for n, cells, *_ in sheet.lines[:HEADER_WITHIN]
        ),
        header_row=table.header_row if table else 0,
        columns=_columns(table, headings) if table else (),
        slots=_slots(known),
        fixed=headings.always,
    )


def _table(
    sheets: tuple[Sheet, ...], name: str, headings: Headings, wanted: Directions
) -> tuple[Sheet, Table | None]:
    """The sheet that is meant, or else the one with the most columns that are known.

    Where none is known the fullest of the first lines is taken for the heading.
    """
    named = [each for each in sheets if wanted.sheet in (each.name, "")] or list(sheets)
    tried = [(each, find_table(each, name, headings.count, wanted)) for each in named if each.lines]
    if not tried:
        raise Unreadable(f"“{name}”里没有内容")
    sheet, table = max(tried, key=lambda each: each[1].score if each[1] else -1)
    if table is None:
        fullest = max(sheet.lines[:HEADER_WITHIN], key=lambda line: sum(map(bool, line.cells)))
        guess = evolve(wanted, header_row=fullest.number)
        table = find_table(sheet, name, headings.count, guess)
    return sheet, table


def _slots(known: Mapping[str, Slot]) -> tuple[Slot, ...]:
    """What can be filled; what only says how a thing has gone stands last and is never wanting."""
    own = [slot for slot in known.values() if slot.name not in (*COMPUTED, *CLOSING)]
    gone = [known[name]._replace(required=False) for name in CLOSING if name in known]
    return (*own, *gone)


def _columns(table: Table, headings: Headings) -> tuple[FileColumn, ...]:
    used = {column.place: column.field for column in headings.columns(table)}
    letters = columns(len(table.headers))
    return tuple(
        FileColumn(
            letter=letter,
            header=header,
            examples=_examples(table, place),
            field=used.get(place, ""),
        )
        for place, (letter, header) in enumerate(zip(letters, table.headers, strict=True))
    )


def _examples(table: Table, place: int) -> tuple[str, ...]:
    cells = (row.cells[place].strip() for row in table.rows[:HEADER_WITHIN])
    return tuple(dict.fromkeys(filter(None, cells)))[:_EXAMPLES]


def matched(directions: Directions, now: Matching, header: str, field: str) -> Directions:
    """The directions with a column filling a field and nothing else doing so, or left out."""
    taken = {c.header: c.field for c in now.columns if c.header in directions.mapping}
    mapping = {h: f for h, f in taken.items() if h != header and f != field}
    ignored = tuple(each for each in directions.ignored if each != header)
    if not field:
        return evolve(directions, mapping=mapping, ignored=(*ignored, header))
    fixed = {name: value for name, value in now.fixed.items() if name != field}
    return evolve(directions, mapping={**mapping, header: field}, ignored=ignored, fixed=fixed)


def filled(directions: Directions, now: Matching, field: str, value: str) -> Directions:
    """The directions with one value for a field in every row; blank takes it away."""
    fixed = {name: text for name, text in now.fixed.items() if name != field}
    return evolve(directions, fixed={**fixed, field: value} if value else fixed)


def replaced(directions: Directions, field: str, before: str, after: str) -> Directions:
    """The directions with one way of writing of a field read as another."""
    pairs = {**directions.values.get(field, {}), before: after}
    return evolve(directions, values={**directions.values, field: pairs})


def kept_as_text(directions: Directions, field: str) -> Directions:
    """The directions with whatever does not read in a field put into the remark."""
    return evolve(directions, keep_text=tuple(dict.fromkeys((*directions.keep_text, field))))
