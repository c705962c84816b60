"""Registers that others kept, turned into a plan of acts: nothing dropped, guessed or doubled."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from ledger.approval import Approval
from ledger.exchange.cell import Fault
from ledger.exchange.directions import Directions
from ledger.exchange.heading import BadMapping, Column, Headings
from ledger.exchange.known import Known
from ledger.exchange.reading import contents
from ledger.exchange.rows import COMPUTED, Rows, fixed_values, slots_of
from ledger.exchange.script import Slot, kind_named
from ledger.exchange.sheet import Contents, Sheet
from ledger.exchange.sorting import Closure, Planned, Sorter
from ledger.exchange.source import Source, Unreadable
from ledger.exchange.table import Table, find_table
from ledger.notation.words import OPENED, kind_name
from ledger.register.register import Register
from ledger.text import quoted

__all__ = ["BadMapping", "Fault", "Plan", "page_named", "plan", "plan_source"]


@frozen(kw_only=True)
class Plan:
    """What taking in a file would do, before anything is done."""

    source: Source
    type: str
    encoding: str
    tables: tuple[Table, ...]
    passed_over: tuple[str, ...] = ()
    """Sheets that are not taken in."""
    kind: str
    directions: Directions
    mapping: Mapping[str, str]
    """Headings and the fields they go to."""
    unmapped: tuple[str, ...]
    computed: tuple[str, ...] = ()
    """Headings of what the ledger works out by itself."""
    new: tuple[Planned, ...] = field(repr=False)
    updated: tuple[Planned, ...] = field(default=(), repr=False)
    closures: tuple[Closure, ...] = ()
    unchanged: tuple[int, ...]
    """Rows that are in the register already, just so."""
    faults: tuple[Fault, ...]
    held: tuple[Fault, ...] = ()
    """Rows that need an approval or an act of their own."""
    agreed: tuple[Fault, ...] = ()
    """Rows that needed an approval and have it."""
    blanks: Mapping[tuple[str, str], int]
    """Cells taken as empty, such as 无 or a serial number of 0: heading and text, how often."""
    notes: Mapping[tuple[str, str], int] = {}
    """What was made good on reading, by heading."""
    unkeyed: int = 0
    """Rows that could only be compared by all they say."""

    @property
    def table(self) -> Table:
        """The first table."""
        return self.tables[0]

    @property
    def rows(self) -> int:
        """How many records the file has."""
        return sum(len(table.rows) for table in self.tables)


def page_named(word: str) -> type:
    """The kind of page a word names, those that acts open among them; raises ``InvalidAct``."""
    opened = (kind for kind, names in OPENED.items() if word in names)
    return next(opened, None) or kind_named(word)


def plan(
    path: Path,
    kind: str,
    register: Register,
    *,
    mapping: Mapping[str, str],
    fixed: Mapping[str, str],
) -> Plan:
    """The plan for a file.

    ``mapping`` gives headings their fields beyond what the aliases know; ``fixed`` gives every
    row the same value. Raises ``Unreadable``, ``BadMapping`` or ``InvalidAct``.
    """
    directions = Directions(kind=kind, mapping=mapping, fixed=fixed)
    return plan_source(Source.at(path), register, directions)


def plan_source(
    source: Source,
    register: Register,
    directions: Directions,
    *,
    approvals: tuple[Approval, ...] = (),
    before: Mapping[tuple[str, int], Sequence[str]] | None = None,
) -> Plan:
    """The plan for a file that has been read.

    ``approvals`` are for what a file may not do by itself; ``before`` names the
    records that rows of the very same file became before. Raises as ``plan``.
    """
    found = _find(source, directions)
    key = tuple(map(found.headings.field, directions.key))
    known = Known(register, kind_name(found.page), key)
    for rows in found.rows:
        rows.familiar = known.has
    items = [item for rows in found.rows for item in rows.items()]
    sorter = Sorter(
        page=found.page,
        slots=found.slots,
        known=known,
        register=register,
        mode=directions.mode,
        clear=directions.blank == "clear",
        approvals=approvals,
        before=before or {},
        mapped=found.mapped,
    )
    sorter.sort(items, [item for rows in found.rows for item in rows.spoiled])
    return _plan(source, directions, found, sorter)


@frozen(kw_only=True)
class _Found:
    """What is in a file: its tables, and the columns of each that are taken in."""

    page: type
    slots: Mapping[str, Slot]
    headings: Headings
    read: Contents
    tables: Sequence[Table]
    passed_over: tuple[str, ...]
    columns: Sequence[Sequence[Column]]
    rows: Sequence[Rows]

    @property
    def mapped(self) -> frozenset[str]:
        """The fields that a column or a fixed value fills."""
        columns = {column.field for own in self.columns for column in own}
        return frozenset(columns | {name for rows in self.rows for name in rows.always})


def _find(source: Source, directions: Directions) -> _Found:
    page = page_named(directions.kind)
    slots = slots_of(page)
    headings = Headings(slots, directions)
    read = contents(source, directions)
    tables, passed_over = _choose(read, source.name, headings.count, directions)
    columns = [headings.columns(table) for table in tables]
    return _Found(
        page=page,
        slots=slots,
        headings=headings,
        read=read,
        tables=tables,
        passed_over=passed_over,
        columns=columns,
        rows=[
            _rows(table, own, headings, slots, directions)
            for table, own in zip(tables, columns, strict=True)
        ],
    )


def _plan(source: Source, directions: Directions, found: _Found, sorter: Sorter) -> Plan:
    used = {column.header: column.field for own in found.columns for column in own}
    faults = (*(fault for rows in found.rows for fault in rows.faults), *sorter.faults)
    return Plan(
        source=source,
        type=found.read.type,
        encoding=found.read.encoding,
        tables=tuple(found.tables),
        passed_over=found.passed_over,
        kind=kind_name(found.page),
        directions=directions,
        mapping={head: name for head, name in used.items() if name not in COMPUTED},
        unmapped=_unmapped(found.headings, found.tables, found.columns),
        computed=tuple(head for head, name in used.items() if name in COMPUTED),
        new=tuple(sorter.new),
        updated=tuple(sorter.updated),
        closures=tuple(sorter.closures),
        unchanged=tuple(sorter.unchanged),
        faults=_in_order(faults, found.tables),
        held=tuple(sorter.held),
        agreed=_in_order(sorter.agreed, found.tables),
        blanks=_added(rows.blanks for rows in found.rows),
        notes=_added((*(rows.notes for rows in found.rows), sorter.notes)),
        unkeyed=len(sorter.unkeyed),
    )


def _in_order(faults: Sequence[Fault], tables: Sequence[Table]) -> tuple[Fault, ...]:
    order = {table.sheet: place for place, table in enumerate(tables)}
    return tuple(sorted(faults, key=lambda fault: (order.get(fault.sheet, 0), fault.row)))


def _added(counts: Iterable[Counter[tuple[str, str]]]) -> dict[tuple[str, str], int]:
    return dict(sum(counts, Counter()))


def _unmapped(
    headings: Headings, tables: Sequence[Table], columns: Sequence[Sequence[Column]]
) -> tuple[str, ...]:
    found = (
        head
        for table, own in zip(tables, columns, strict=True)
        for head in headings.unmapped(table, own)
        if head not in _OURS
    )
    return tuple(dict.fromkeys(found))


_OURS: Final = ("错误", "错误说明")
"""Columns that a rejects file has beside those of the file it came from."""


def _kept_as_text(headings: Headings, wanted: Directions) -> tuple[str, ...]:
    """The fields whose text may go into the remark; raises ``BadMapping`` where there is none."""
    if wanted.keep_text and "remark" not in headings.known:
        raise BadMapping("这种登记没有备注一项，读不通的内容没有地方放，不能用 --keep-text")
    return tuple(map(headings.field, wanted.keep_text))


def _rows(
    table: Table,
    columns: Sequence[Column],
    headings: Headings,
    known: Mapping[str, Slot],
    directions: Directions,
) -> Rows:
    taken = [column for column in columns if column.header not in _OURS]
    values = {headings.field(name): pairs for name, pairs in directions.values.items()}
    return Rows(
        table=table,
        columns=taken,
        known=known,
        wanted=evolve(directions, keep_text=_kept_as_text(headings, directions), values=values),
        always=fixed_values(headings.always, known, directions),
        fill_down=frozenset(headings.place(head, table) for head in directions.fill_down),
    )


def _choose(
    read: Contents, name: str, count: Callable[[Sequence[str]], int], wanted: Directions
) -> tuple[list[Table], tuple[str, ...]]:
    """The tables to take in, and the sheets with something in them that are passed over."""
    asked = _asked(read.sheets, name, wanted)
    tables = [(sheet, find_table(sheet, name, count, wanted)) for sheet in asked]
    found = [table for _, table in tables if table is not None]
    if not found:
        raise Unreadable(_headless(read, name))
    # One word that happens to be a heading does not make a table beside a real one.
    most = max(table.score for table in found)
    found = [table for table in found if table.score > 1 or most <= 1]
    if len(found) > 1 and not (wanted.all_sheets or wanted.sheet):
        names = "、".join(quoted(table.sheet) for table in found)
        raise Unreadable(
            f"“{name}”里有{len(found)}张登记表：{names}，请用 --sheet 指明，或 --all-sheets"
        )
    taken = {table.sheet for table in found}
    return found, tuple(
        sheet.name for sheet in read.sheets if sheet.lines and sheet.name not in taken
    )


def _asked(sheets: Sequence[Sheet], name: str, wanted: Directions) -> list[Sheet]:
    if wanted.sheet:
        chosen = [sheet for sheet in sheets if sheet.name == wanted.sheet]
        if not chosen and wanted.sheet.isdigit() and 0 < int(wanted.sheet) <= len(sheets):
            chosen = [sheets[int(wanted.sheet) - 1]]
        if not chosen:
            names = "、".join(quoted(sheet.name) for sheet in sheets)
            raise Unreadable(f"“{name}”里没有{quoted(wanted.sheet)}这张表，有：{names}")
        return chosen
    return [sheet for sheet in sheets if wanted.include_hidden or not sheet.hidden]


def _headless(read: Contents, name: str) -> str:
    said = f"“{name}”里找不到认识的表头，请用 --map 列名=项目 指明（import inspect 可以看有哪些列）"
    if read.encoding == "gb18030":
        said += "；如果显示的是乱码，可能是Big5，请加 --encoding big5"
    if any(sheet.hidden and sheet.lines for sheet in read.sheets):
        said += "；隐藏的工作表要加 --include-hidden"
    return said
