"""The table in a sheet: titles above it and totals below it told from what it records."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from attrs import field, frozen

from ledger.exchange.directions import Directions
from ledger.exchange.sheet import Line, Sheet
from ledger.exchange.source import Unreadable
from ledger.text import shown

__all__ = ["EXAMPLE", "Row", "Table", "columns", "find_table", "tidy"]

HEADER_WITHIN: Final = 30

_TOTAL: Final = re.compile(r"(合|总|小|共)\s*计\s*[:：]?")
_SIGNED: Final = re.compile(
    r"(备\s*注|说\s*明|附\s*注|注|制表人?|填表人?|填报人|填表日期|经办人|审核人?|复核人?|审批人?"
    r"|负责人|单位负责人|主管领导|单位\s*[（(]盖章[）)]|日期|打印时间|製表人?|備註)"
    r"\s*([（(].{0,8}[）)])?\s*(?P<said>[:：].*)?",
    re.DOTALL,
)
EXAMPLE: Final = "（示例"
"""How a row of a template begins that only shows how to fill it in."""
_STATED: Final = re.compile(r"共\s*计?\s*(\d{1,7})\s*[件条份项台个行筆笔]")
_MOST_SIGNED: Final = 4
"""A line of signatures has few cells; a record that begins with 备注 would have more."""


@frozen
class Row:
    """One record: its line, and as many cells as there are headings."""

    line: Line
    cells: tuple[str, ...]
    extra: bool = False
    """Whether the line goes on beyond the headings."""

    @property
    def number(self) -> int:
        """The row as the officer sees it."""
        return self.line.number


@frozen(kw_only=True)
class Table:
    """The heading and the records of one table, with what was passed over and why."""

    sheet: str = ""
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    blank_rows: int = 0
    footers: tuple[int, ...] = ()
    """Lines of totals, remarks and signatures."""
    repeats: tuple[int, ...] = ()
    """Lines that are the heading again, as at the top of a printed page."""
    score: int = 0
    """How many headings are names of columns."""
    stated: int | None = None
    """How many records the file itself says it has."""


def find_table(
    sheet: Sheet, name: str, is_header: Callable[[Sequence[str]], int], wanted: Directions
) -> Table | None:
    """The table in a sheet, or ``None`` if no line of it is a heading.

    ``is_header`` tells how many cells of a line are names of columns; the line within the first
    thirty that has most is the heading, unless another is wanted. Raises ``Unreadable``.
    """
    place = 0 if sheet.keyed else _heading(sheet, name, is_header, wanted)
    if place is None or not sheet.lines:
        return None
    heading, below = sheet.lines[place], sheet.lines[place + 1 :]
    width = _width(heading, below, sheet)
    headers = _named((*heading.cells, *[""] * (width - len(heading.cells))))
    rows: list[Row] = []
    footers: list[int] = []
    repeats: list[int] = []
    titled = tuple(map(tidy, heading.cells))
    for line in below:
        cells = tuple(map(tidy, line.cells))
        if cells == titled:
            repeats.append(line.number)
        elif not sheet.keyed and _is_footer(cells):
            footers.append(line.number)
        else:
            rows.append(_row(line, width))
    return Table(
        sheet=sheet.name,
        score=is_header(titled),
        header_row=heading.number,
        headers=headers,
        rows=tuple(rows),
        blank_rows=_blank(sheet, heading.number),
        footers=tuple(footers),
        repeats=tuple(repeats),
        stated=_stated(sheet, place, footers),
    )


def _heading(
    sheet: Sheet, name: str, is_header: Callable[[Sequence[str]], int], wanted: Directions
) -> int | None:
    if wanted.header_row:
        for place, line in enumerate(sheet.lines):
            if line.number == wanted.header_row:
                return place
        raise Unreadable(f"“{name}”第{wanted.header_row}行是空的，不能作表头")
    tried = (
        (is_header([tidy(cell) for cell in line.cells]), -place)
        for place, line in enumerate(sheet.lines[:HEADER_WITHIN])
    )
    best, place = max(tried, default=(0, 0))
    return -place if best else None


def _width(heading: Line, below: Sequence[Line], sheet: Sheet) -> int:
    """How many columns there are: in a grid as many as are used, in a text as many as headings."""
    used = len(heading.cells)
    return used if sheet.strict else max([used, *(len(line.cells) for line in below)])


def _row(line: Line, width: int) -> Row:
    cells = line.cells
    if len(cells) == width:
        return Row(line, cells)
    extra = any(cell.strip() for cell in cells[width:])
    return Row(line, (*cells[:width], *[""] * (width - len(cells))), extra)


def _is_footer(cells: Sequence[str]) -> bool:
    full = [cell for cell in cells if cell]
    if not full:
        return False
    if _TOTAL.fullmatch(full[0]) or full[0].startswith(EXAMPLE):
        return True
    found = _SIGNED.fullmatch(full[0])
    return found is not None and len(full) <= (_MOST_SIGNED if found["said"] else 1)


def _blank(sheet: Sheet, heading: int) -> int:
    """Blank lines below the heading, as far as lines are counted at all."""
    if not heading or not sheet.lines:
        return sheet.blank
    above = heading - 1 - sum(line.number < heading for line in sheet.lines)
    return max(sheet.blank - above, 0)


def _stated(sheet: Sheet, place: int, footers: Sequence[int]) -> int | None:
    below = [line for line in sheet.lines if line.number in set(footers)]
    beside = (*sheet.lines[:place], *below)
    for line in beside:
        for cell in line.cells:
            if found := _STATED.search(cell):
                return int(found[1])
    return None


def tidy(cell: str) -> str:
    r"""A cell on one line, without blanks, zero-width signs and byte-order marks at its ends.

    >>> tidy("\ufeff 编号\n ")
    '编号'
    """
    if cell.isalnum():
        return cell
    return _BREAKS.sub(" ", cell.replace("\ufeff", "")).strip(_BLANKS)


_BREAKS: Final = re.compile(r"\r\n|[\r\n\t]")
_BLANKS: Final = " \t\r\u00a0\u3000\u200b\u2060"


_LONGEST: Final = 100
"""How much of a heading is kept, in characters; what is longer is a paragraph."""


def _named(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings; an empty one is named after its column, a second of the same as well."""
    named: list[str] = []
    plain = (shown(tidy(heading))[:_LONGEST] for heading in headings)
    for place, heading in enumerate(plain, 1):
        twice = f"{heading}（列{place}）"
        named.append(heading if heading and heading not in named else twice)
    return tuple(named)


def columns(count: int) -> Iterator[str]:
    """The letters of so many columns, as a spreadsheet shows them.

    >>> list(columns(28))[-2:]
    ['AA', 'AB']
    """
    for place in range(count):
        letters, rest = "", place
        while rest >= 0:
            letters = chr(ord("A") + rest % 26) + letters
            rest = rest // 26 - 1
        yield letters
