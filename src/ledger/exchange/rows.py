"""The rows of a table as values by field: every cell by itself, so that all faults are told."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, get_args

from attrs import define, evolve, field, frozen

from ledger.carrier import Carrier, Document, Paper
from ledger.event import Archived, Cleared, Destroyed, Disposed, Registered
from ledger.exchange.cell import Fault, Misread, Shown, is_blank, read_cell
from ledger.exchange.directions import Directions
from ledger.exchange.heading import BadMapping, Column
from ledger.exchange.script import Slot, slots
from ledger.exchange.sheet import Line
from ledger.exchange.table import Row, Table, tidy
from ledger.level import Level, Sensitivity
from ledger.notation.fields import label
from ledger.notation.words import OPENED
from ledger.text import quoted

__all__ = ["CLOSING", "COMPUTED", "Item", "Rows", "carries_custody", "fixed_values", "slots_of"]

COMPUTED: Final = ("whereabouts", "since", "origin", "holds", "inspected_on")
"""What the ledger works out by itself; an export shows it, an import only passes it over."""
CLOSING: Final = ("witnesses", "method", "receiver", "to", "list_no", "archive_no", "way")
"""What a row that says a carrier is gone may say of how."""
MOST_COPIES: Final = 999
MOST_REMARK: Final = 500
_REMEMBERED: Final = 20_000
_UNITS_OWN: Final = tuple(each.value for each in Sensitivity)


def slots_of(page: type) -> dict[str, Slot]:
    """Everything a row may say of a page of this kind, by name."""
    if page is Document or page in OPENED:
        # Only compared with what is there, so the text is enough.
        return {
            slot.name: Slot(slot.name, slot.label, Shown, required=False) for slot in slots(page)
        }
    known = {slot.name: slot for slot in slots(Registered, page)}
    known.pop("approvals", None)
    known["on"] = Slot("on", "登记日期", date | None, required=False)
    if not carries_custody(page):
        known.pop("cabinet", None)
        known.pop("compartment", None)
        return known
    for name in ("status", *COMPUTED):
        known.setdefault(name, Slot(name, label(name), str, required=False))
    for kind in (Destroyed, Cleared, Archived, Disposed):
        for slot in slots(kind):
            if slot.name in CLOSING:
                known.setdefault(slot.name, slot)
    if page is Paper:
        known["level"] = Slot("level", label("level"), Level | None, required=False)
        known["copies"] = Slot("copies", label("copies"), int, required=False)
    return known


def carries_custody(page: type) -> bool:
    """Whether a page is that of a carrier, which is always somewhere."""
    return page in get_args(Carrier)


@frozen(kw_only=True)
class Item:
    """One thing a row tells of: what it says by field, and which of its fields it leaves blank."""

    row: Row
    sheet: str
    values: Mapping[str, Any]
    blank: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The row as the officer sees it."""
        return self.row.number

    def fault(self, code: str, message: str, hint: str = "") -> Fault:
        """What is wrong with the row as a whole."""
        return Fault(row=self.number, sheet=self.sheet, code=code, message=message, hint=hint)


def fixed_values(
    always: Mapping[str, str], known: Mapping[str, Slot], wanted: Directions
) -> dict[str, Any]:
    """What every row gets; raises ``BadMapping`` for a value that does not read."""
    values = {}
    for name, text in always.items():
        try:
            values[name] = read_cell(known[name], text, wanted).value
        except Misread as error:
            raise BadMapping(f"“{known[name].label}”：{error}") from None
    return values


@define(kw_only=True)
class Rows:
    """Reads the rows of one table."""

    table: Table
    columns: Sequence[Column]
    known: Mapping[str, Slot]
    wanted: Directions
    always: Mapping[str, Any]
    fill_down: frozenset[int] = frozenset()
    familiar: Callable[[str, str], bool] = field(default=lambda _field, _text: False)
    """Whether the register has this text in this field already, however odd it looks."""
    faults: list[Fault] = field(factory=list)
    blanks: Counter[tuple[str, str]] = field(factory=Counter)
    notes: Counter[tuple[str, str]] = field(factory=Counter)
    spoiled: list[Item] = field(factory=list)
    """What can be read of rows in which a cell is wrong."""
    read: dict[tuple[str, str], Any] = field(factory=dict)
    """What texts have been found to mean: departments and keepers come again and again."""

    def items(self) -> Iterator[Item]:
        """The things the rows tell of; what is wrong with the others is in ``faults``."""
        above: dict[int, str] = {}
        for row in self.table.rows:
            cells = list(map(tidy, row.cells))
            for place in self.fill_down:
                cells[place] = above[place] = cells[place] or above.get(place, "")
            yield from self._items(row, cells)

    def _items(self, row: Row, cells: Sequence[str]) -> Iterator[Item]:
        before = len(self.faults)
        if row.line.torn:
            self._fault(row, "row.torn", row.line.torn)
        elif row.extra:
            self._fault(row, "row.extra_cells", "比表头多出几格", "检查这一行有没有多写的分隔符")
        whole = len(self.faults) == before
        item = self._read(row, cells)
        if len(self.faults) == before:
            yield from self._copies(item)
        elif whole:
            self.spoiled.append(item)

    def _fault(self, row: Row, code: str, message: str, hint: str = "") -> None:
        self.faults.append(
            Fault(row=row.number, sheet=self.table.sheet, code=code, message=message, hint=hint)
        )

    def _read(self, row: Row, cells: Sequence[str]) -> Item:
        values: dict[str, Any] = dict(self.always)
        blank, kept, seen = [], [], set[str]()
        for column in self.columns:
            text = self._meant(column, cells[column.place])
            blemish = row.line.blemishes.get(column.place)
            if blemish is not None:
                self._misread(
                    row, column, text, Misread(blemish.message, blemish.code, blemish.hint)
                )
            elif not text:
                blank.append(column.field)
            elif is_blank(text, column.field):
                self.blanks[column.header, text] += 1
                blank.append(column.field)
            elif column.field in seen:
                said = f"“{self.known[column.field].label}”这一项写了两次"
                self._misread(row, column, text, Misread(said, "field.twice", "只留一个"))
            elif column.field == "level" and text in _UNITS_OWN and "sensitivity" in self.known:
                values.setdefault("sensitivity", Sensitivity(text))
                self.notes[column.header, f"“{text}”登记在内部类别，不是密级"] += 1
            elif (told := self._cell(row.line, column, text)) is not None:
                values[column.field] = told
                seen.add(column.field)
            elif column.field in self.wanted.keep_text:
                kept.append(f"{column.header}：{text}")
            else:
                blank.append(column.field)
        if kept:
            self._keep(row, values, kept)
        empty = tuple(name for name in blank if name not in seen)
        return Item(row=row, sheet=self.table.sheet, values=values, blank=empty)

    def _meant(self, column: Column, text: str) -> str:
        """What the officer says a text stands for, where he says so."""
        return self.wanted.values.get(column.field, {}).get(text, text) if text else text

    def _cell(self, line: Line, column: Column, text: str) -> Any:
        """The value of a cell, or ``None`` after its fault has been noted."""
        known = self.read.get((column.field, text))
        if known is not None:
            return known
        slot = self.known[column.field]
        try:
            found = read_cell(slot, text, self.wanted)
        except Misread as error:
            if error.code == "number.damaged" and self.familiar(column.field, text):
                return text
            if column.field not in self.wanted.keep_text:
                self._misread(Row(line, ()), column, text, error)
            return None
        note = found.note or line.notes.get(column.place, "")
        if note:
            self.notes[column.header, note] += 1
        elif len(self.read) < _REMEMBERED:
            self.read[column.field, text] = found.value
        return found.value

    def _misread(self, row: Row, column: Column, text: str, error: Misread) -> None:
        self.faults.append(
            Fault(
                row=row.number,
                sheet=self.table.sheet,
                column="" if self.table.header_row == 0 else column.letter,
                header=column.header,
                field=column.field,
                value=quoted(text),
                code=error.code,
                message=str(error),
                hint=error.hint,
            )
        )

    def _keep(self, row: Row, values: dict[str, Any], kept: Sequence[str]) -> None:
        """Put what does not read into the remark, where the officer asked for it."""
        remark = "；".join(filter(None, (str(values.get("remark", "")), *kept)))
        if len(remark) > MOST_REMARK:
            self._fault(row, "text.invalid", "备注放不下读不通的原文", "缩短备注，或改正原文")
        values["remark"] = remark

    def _copies(self, item: Item) -> Iterator[Item]:
        """A row that tells of several copies of a paper is as many items."""
        values = dict(item.values)
        count = values.pop("copies", None)
        one = bool(values.get("number"))  # a row with a number of its own is one paper
        numbers = [] if one else _copy_numbers(str(values.get("copy_no", "")))
        wanted = count if count is not None else max(len(numbers), 1)
        if not 1 <= wanted <= MOST_COPIES or len(numbers) not in (0, 1, wanted):
            told = f"份数是{wanted}，份号有{len(numbers)}个" if numbers else f"份数是{wanted}"
            self._fault(item.row, "copies.disagree", f"份数与份号对不上：{told}", "逐份核对")
            return
        for place in range(wanted):
            if len(numbers) > 1:
                values["copy_no"] = numbers[place]
            yield evolve(item, values=dict(values))


_RANGE: Final = re.compile(r"(\D*)(\d{1,9})\s*(?:-|－|—|~|～|至)\s*\1(\d{1,9})")


def _copy_numbers(text: str) -> list[str]:
    """The copy numbers a cell names: a list, or a range of numbers of the same length.

    >>> _copy_numbers("000123-000125"), _copy_numbers("5、7")
    (['000123', '000124', '000125'], ['5', '7'])
    """
    found = _RANGE.fullmatch(text)
    if (
        found
        and len(found[2]) == len(found[3])
        and 0 <= int(found[3]) - int(found[2]) < MOST_COPIES
    ):
        width = len(found[2])
        span = range(int(found[2]), int(found[3]) + 1)
        return [f"{found[1]}{number:0{width}}" for number in span]
    return [part.strip() for part in re.split("[、,，;；]", text) if part.strip()]
