"""A look at a file before anything is asked of it: what it is, where its tables lie, what they hold."""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from ledger.exchange.directions import Directions
from ledger.exchange.heading import Headings
from ledger.exchange.reading import contents
from ledger.exchange.rows import slots_of
from ledger.exchange.sheet import Sheet
from ledger.exchange.source import Source
from ledger.exchange.table import find_table
from ledger.notation.words import KINDS, kind_name

__all__ = ["Inspection", "Look", "inspect"]

_SHOWN: Final = 3
"""How many lines are shown of a sheet whose heading is not known."""


@frozen(kw_only=True)
class Look:
    """What was found on one sheet, read as the kind of register it looks most like."""

    sheet: str
    hidden: bool
    lines: int
    kind: str = ""
    header_row: int = 0
    records: int = 0
    stated: int | None = None
    columns: Mapping[str, str] = {}
    """Headings and the fields they would fill, blank for none."""
    start: Mapping[int, tuple[str, ...]] = {}
    """The first lines by their numbers, where no heading is known among them."""


@frozen(kw_only=True)
class Inspection:
    """What a file is, and a look at each of its sheets."""

    source: Source
    type: str
    encoding: str
    looks: tuple[Look, ...]


def inspect(source: Source, directions: Directions) -> Inspection:
    """Look at a file; its kind is guessed where the directions name none.

    Raises ``Unreadable``.
    """
    read = contents(source, directions)
    looks = tuple(_look(sheet, source.name, directions) for sheet in read.sheets)
    return Inspection(source=source, type=read.type, encoding=read.encoding, looks=looks)


def _look(sheet: Sheet, name: str, directions: Directions) -> Look:
    kinds = [directions.kind] if directions.kind else [kind_name(kind) for kind in KINDS]
    tried = [_as(sheet, name, kind, directions) for kind in kinds]
    return max(tried, key=lambda look: sum(map(bool, look.columns.values())))


def _as(sheet: Sheet, name: str, kind: str, directions: Directions) -> Look:
    page = next(page for page, names in KINDS.items() if kind in names)
    headings = Headings(slots_of(page), directions)
    table = find_table(sheet, name, headings.count, directions)
    if table is None:
        start = {line.number: line.cells for line in sheet.lines[:_SHOWN]}
        return Look(sheet=sheet.name, hidden=sheet.hidden, lines=len(sheet.lines), start=start)
    used = {column.header: column.field for column in headings.columns(table)}
    return Look(
        sheet=sheet.name,
        hidden=sheet.hidden,
        lines=len(sheet.lines),
        kind=kind_name(page),
        header_row=table.header_row,
        records=len(table.rows),
        stated=table.stated,
        columns=_columns(table.headers, used),
    )


def _columns(headers: Sequence[str], used: Mapping[str, str]) -> dict[str, str]:
    return {head: used.get(head, "") for head in headers}
