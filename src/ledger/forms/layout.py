"""A form laid out: every cell with the place it takes, its words filled in and its boxes ticked."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from attrs import frozen

from ledger.books.content import Content
from ledger.books.width import across, unbroken
from ledger.forms.form import Align, Cell, Form, Row

__all__ = ["LINE", "Box", "Layout", "Run", "across", "laid_out", "table_of"]

Values = Mapping[str, Any]

EMPTY_BOX: Final = "□"
TICKED_BOX: Final = "■"
"""Both are in the fonts of every Chinese machine, which ☑ is not."""

_GAP: Final = "　　"
"""Room for a word to be written by hand between printed ones."""

_BLANK: Final = re.compile(r"\{(\w+)(?:=([^{}]*))?\}")


class Run(NamedTuple):
    """Words of one line, printed or filled in; boxes are runs of their own, for their font."""

    text: str
    filled: bool = False
    box: bool = False


@frozen(kw_only=True)
class Box:
    """A cell where it stands in the grid, counted from 0."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[Run, ...], ...]
    foot: tuple[tuple[Run, ...], ...] = ()
    align: Align = "left"
    middle: bool = True
    head: bool = False


LINE: Final = 1.35
"""The height of a line, in sizes of its font."""
_POINTS_PER_CM: Final = 28.35


@frozen(kw_only=True)
class Layout:
    """A form ready to be written."""

    title: str
    columns_cm: tuple[float, ...]
    heights_cm: tuple[float, ...]
    boxes: tuple[Box, ...]
    heads: int
    """How many rows at the top are repeated on every page."""
    before: tuple[tuple[str, str], ...]
    """Lines above: what stands left and what stands right."""
    after: tuple[tuple[str, str], ...]
    landscape: bool
    size_pt: float
    numbered: bool

    def gap(self, box: Box) -> int:
        """How many empty lines keep a cell's last words at its bottom."""
        if not box.foot:
            return 0
        height = sum(self.heights_cm[box.row : box.row + box.rows]) * _POINTS_PER_CM
        fit = int(height / (self.size_pt * LINE))
        return max(fit - len(box.lines) - len(box.foot), 0)


def laid_out(form: Form, values: Values) -> Layout:
    """The form with these values; what is not given is left blank."""
    rows = list(_expanded(form.rows, values))
    last = [
        max((at for at, (own, _) in enumerate(rows) if own <= place), default=0)
        for place in range(len(form.rows))
    ]
    boxes: list[Box] = []
    taken: set[tuple[int, int]] = set()
    for at, (place, given) in enumerate(rows):
        column = 0
        for cell in form.rows[place].cells:
            while (at, column) in taken:
                column += 1
            down = last[min(place + cell.down - 1, len(form.rows) - 1)] - at + 1
            rows_down = down if cell.down > 1 else 1
            boxes.append(_box(cell, at, column, rows_down, given, head=form.rows[place].head))
            taken |= {(at + r, column + c) for r in range(rows_down) for c in range(cell.span)}
            column += cell.span
    return Layout(
        title="".join(run.text for run in _line(form.title, values)).strip(_GAP),
        columns_cm=form.columns_cm,
        heights_cm=tuple(form.rows[place].height_cm for place, _ in rows),
        boxes=tuple(boxes),
        heads=_heads(form),
        before=tuple(_sides(line, values) for line in form.before),
        after=tuple(_sides(line, values) for line in form.after),
        landscape=form.landscape,
        size_pt=form.size_pt,
        numbered=form.numbered,
    )


def _heads(form: Form) -> int:
    return next((at for at, row in enumerate(form.rows) if not row.head), len(form.rows))


def _expanded(rows: Sequence[Row], values: Values) -> Iterator[tuple[int, Values]]:
    """Each row of the form and the values for it; one with ``each`` as often as there are items."""
    for place, row in enumerate(rows):
        if not row.each:
            yield place, values
            continue
        items = list(values.get(row.each, ()))
        items += [{}] * max(row.least - len(items), 0)
        for item in items:
            yield place, item


def _box(cell: Cell, row: int, column: int, rows: int, values: Values, *, head: bool) -> Box:
    return Box(
        row=row,
        column=column,
        rows=rows,
        columns=cell.span,
        lines=tuple(_lines(cell.text, values)),
        foot=tuple(_lines(cell.foot, values)) if cell.foot else (),
        align=cell.align,
        middle=cell.middle,
        head=head,
    )


def _lines(text: str, values: Values) -> Iterator[tuple[Run, ...]]:
    for line in text.split("\n"):
        runs = _line(line, values)
        pieces: list[Run] = []
        for run in runs:
            first, *more = run.text.split("\n")
            pieces.append(run._replace(text=first))
            for piece in more:
                yield tuple(pieces)
                pieces = [run._replace(text=piece)]
        yield tuple(pieces)


def _line(text: str, values: Values) -> list[Run]:
    """The runs of one line of a form's words."""
    runs, end = [], 0
    gap = _GAP if _BLANK.sub("", text).strip() else ""
    for found in _BLANK.finditer(text):
        runs.append(Run(text[end : found.start()]))
        if found[2] is None:
            runs.append(Run(_shown(values.get(found[1])) or gap, filled=True))
        else:
            ticked = _ticked(values.get(found[1]), found[2])
            runs.append(Run(TICKED_BOX if ticked else EMPTY_BOX, box=True))
        end = found.end()
    runs.append(Run(text[end:]))
    return [run for run in runs if run.text]


def _ticked(value: Any, word: str) -> bool:
    if isinstance(value, bool):
        return word in (("是", "有") if value else ("否", "无"))
    if isinstance(value, Collection) and not isinstance(value, str):
        return word in {str(each) for each in value}
    return value is not None and str(value) == word


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Collection) and not isinstance(value, str):
        return "、".join(map(str, value))
    return str(value)


def _sides(line: str, values: Values) -> tuple[str, str]:
    left, _, right = line.partition("|")
    return tuple("".join(run.text for run in _line(side, values)) for side in (left, right))  # type: ignore[return-value]


_WIDTH_CM: Final = 26.7
_SIZES: Final = ((12, 9.0), (14, 8.5), (16, 8.0), (1000, 7.5))
"""The size of the words by how many columns there are at most."""


def table_of(content: Content) -> Layout:
    """A book or register as a form to be signed: landscape, its headings on every page."""
    size = next(size for most, size in _SIZES if len(content.headers) <= most)
    form = Form(
        name=content.title,
        title=content.title,
        columns_cm=tuple(_widths(content, size)),
        rows=(
            Row(
                cells=tuple(Cell(text=head, align="center") for head in content.headers), head=True
            ),
            Row(
                cells=tuple(Cell(text=f"{{c{place}}}") for place in range(len(content.headers))),
                each="rows",
                height_cm=0.7,
            ),
        ),
        landscape=True,
        before=(content.beside,) if content.beside else (),
        after=(content.sign,) if content.sign else (),
        size_pt=size,
        numbered=True,
    )
    rows = [{f"c{place}": _cell(value) for place, value in enumerate(row)} for row in content.rows]
    return laid_out(form, {"rows": rows})


def _cell(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else _shown(value)


def _widths(content: Content, size_pt: float) -> Iterator[float]:
    """How wide each column is: no number or day is broken, and long texts share what is left."""
    half = size_pt / 2 / _POINTS_PER_CM * _LOOSE
    floors, wants = [], []
    for at, head in enumerate(content.headers):
        texts = [_cell(row[at]) for row in content.rows]
        pieces = [head[:_HEAD], *(word for text in texts for word in unbroken(text))]
        need = min(max(map(across, pieces)) * half, _WIDEST_CM)
        floors.append(max(need, _NARROWEST_CM) + _PADDING_CM)
        longest = max(map(across, (head, *texts)))
        wants.append(max(min(longest, _LONGEST) * half + _PADDING_CM, floors[-1]))
    least = sum(floors)
    spare = max(_WIDTH_CM - least, 0)
    more = [want - floor for want, floor in zip(wants, floors, strict=True)]
    shrink = min(_WIDTH_CM / least, 1)
    for floor, extra in zip(floors, more, strict=True):
        share = extra / sum(more) if any(more) else 1 / len(more)
        yield round(floor * shrink + spare * share, 2)


_LOOSE: Final = 1.1
"""Digits of some fonts are wider than half a character."""
_HEAD: Final = 3
"""How many characters of a heading stay on one line."""
_NARROWEST_CM: Final = 0.7
_WIDEST_CM: Final = 3.1
_PADDING_CM: Final = 0.3
_LONGEST: Final = 40
