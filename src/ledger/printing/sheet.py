"""Sheets: the grid of labels on a page, where the next one goes, and which cells are spoiled."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from ledger.printing.definition import (
    InvalidDefinition,
    Unsuitable,
    between,
    checked,
    found,
    one_of,
    plain,
    truth,
    whole,
)
from ledger.printing.template import Template
from ledger.text import quoted

__all__ = [
    "FRESH",
    "PAGES_MM",
    "Cell",
    "Place",
    "Sheet",
    "cells",
    "centred",
    "numbers",
    "places",
    "sheet_for",
    "sheets",
]

PAGES_MM: Final[Mapping[str, tuple[float, float]]] = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
"""The pages a sheet can be, and their width and height in millimetres."""

_MM: Final = between(0, 300)
_SIZE: Final = between(5, 300)


@frozen(kw_only=True)
class Sheet:
    """A page of labels in rows and columns, measured in millimetres from the top left."""

    id: str = field(validator=plain)
    name: str = field(validator=plain)
    page: str = field(default="A4", validator=one_of(*PAGES_MM))
    columns: int = field(validator=whole(1, 30))
    rows: int = field(validator=whole(1, 60))
    left_mm: float = field(validator=_MM)
    top_mm: float = field(validator=_MM)
    pitch_x_mm: float = field(validator=_SIZE)
    pitch_y_mm: float = field(validator=_SIZE)
    label_width_mm: float = field(validator=_SIZE)
    label_height_mm: float = field(validator=_SIZE)
    cut: bool = field(default=False, validator=truth)
    """Whether it is plain paper, to be cut along a hairline round every label."""

    @property
    def size_mm(self) -> tuple[float, float]:
        """The page's width and height."""
        return PAGES_MM[self.page]

    @property
    def count(self) -> int:
        """How many labels stand on one page."""
        return self.columns * self.rows

    def takes(self, template: Template) -> bool:
        """Whether a label of this size fits into a cell."""
        return (
            template.width_mm <= self.label_width_mm + 0.01
            and template.height_mm <= self.label_height_mm + 0.01
        )


class Cell(NamedTuple):
    """A place for one label: which page it is on, its number there from 1, its top left corner."""

    page: int
    number: int
    x_mm: float
    y_mm: float


class Place(NamedTuple):
    """How far a sheet is used: the next free cell, and cells that are spoiled."""

    start: int = 1
    skip: tuple[int, ...] = ()


FRESH: Final = Place()
"""A sheet nothing was printed on."""


def read_sheet(data: Mapping[str, Any], _file: Traversable) -> Sheet:
    """The sheet a file's table describes; raises ``ValueError`` in Chinese."""
    made = Sheet(**checked(data, Sheet, "sheet"))
    width, height = made.size_mm
    right = made.left_mm + (made.columns - 1) * made.pitch_x_mm + made.label_width_mm
    bottom = made.top_mm + (made.rows - 1) * made.pitch_y_mm + made.label_height_mm
    if right > width + 0.05 or bottom > height + 0.05:
        raise ValueError(
            f"标签排到了纸外：右边到{right:g}毫米、下边到{bottom:g}毫米，"
            f"{made.page}纸是{width:g}×{height:g}毫米"
        )
    if made.columns > 1 and made.pitch_x_mm < made.label_width_mm - 0.01:
        raise ValueError("pitch_x_mm 比标签还窄，标签会叠在一起")
    if made.rows > 1 and made.pitch_y_mm < made.label_height_mm - 0.01:
        raise ValueError("pitch_y_mm 比标签还矮，标签会叠在一起")
    return made


def sheets(room: Path | None = None) -> dict[str, Sheet]:
    """Every sheet by its id, the room's own first; raises ``InvalidDefinition``."""
    return found(room, "sheets", read_sheet)


def sheet_for(template: Template, room: Path | None = None) -> Sheet:
    """The plain sheet whose cells are nearest to a label's size; raises ``InvalidDefinition``."""
    fitting = [each for each in sheets(room).values() if each.cut and each.takes(template)]
    if not fitting:
        raise InvalidDefinition(
            f"没有放得下{template.name}（{template.width_mm:g}×{template.height_mm:g}毫米）的标签纸"
        )
    return min(fitting, key=lambda each: (each.label_width_mm * each.label_height_mm, -each.count))


def cells(sheet: Sheet, place: Place = FRESH) -> Iterator[Cell]:
    """The free cells of page after page, without end; raises ``Unsuitable`` for one that is not."""
    wrong = [n for n in (place.start, *place.skip) if not 1 <= n <= sheet.count]
    if wrong:
        raise Unsuitable(f"{sheet.name}只有第1到第{sheet.count}格，没有第{wrong[0]}格")
    return _cells(sheet, place)


def _cells(sheet: Sheet, place: Place) -> Iterator[Cell]:
    page, number = 0, place.start
    while True:
        if page or number not in place.skip:
            row, column = divmod(number - 1, sheet.columns)
            x = sheet.left_mm + column * sheet.pitch_x_mm
            yield Cell(page, number, x, sheet.top_mm + row * sheet.pitch_y_mm)
        page, number = (page, number + 1) if number < sheet.count else (page + 1, 1)


def centred(cell: Cell, sheet: Sheet, template: Template) -> Cell:
    """Where a label's own corner goes so that it stands in the middle of a cell.

    Raises ``Unsuitable`` when the label is larger than the cell.
    """
    if not sheet.takes(template):
        raise Unsuitable(
            f"标签{template.name}比{sheet.name}的格子大"
            f"（{sheet.label_width_mm:g}×{sheet.label_height_mm:g}毫米）"
        )
    aside = (sheet.label_width_mm - template.width_mm) / 2
    down = (sheet.label_height_mm - template.height_mm) / 2
    return cell._replace(x_mm=cell.x_mm + aside, y_mm=cell.y_mm + down)


def places(used: Iterable[Cell], sheet: Sheet, before: Place) -> Place:
    """How far the last page is used after these labels; a full page is a new one."""
    last = Cell(0, before.start - 1, 0, 0)
    for cell in used:
        last = cell
    skip = before.skip if last.page == 0 else ()
    following = last.number + 1
    return FRESH if following > sheet.count else Place(following, skip)


def numbers(words: str) -> tuple[int, ...]:
    """The cells a text such as ``3,7-9`` names; raises ``ValueError`` in Chinese."""
    chosen: list[int] = []
    for part in words.replace("，", ",").replace("、", ",").split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise ValueError(f"格号要写成 3,7-9 这样，读到{quoted(words)}")
        end = int(last) if dash else int(first)
        chosen += range(int(first), min(end, 2000) + 1)
    return tuple(dict.fromkeys(chosen))
