"""A table of any length that draws the lines that are seen and asks for nothing else."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, ClassVar, Final

from attrs import frozen
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.actions import bindings
from tui.plain import padded, safe

__all__ = ["Column", "Table", "widths"]

_GAP: Final = 1


@frozen
class Column:
    """One column: the field it shows, its heading, and how many cells it wants.

    ``least`` is what it can do with where the screen is narrow; 0 leaves it out there.
    """

    name: str
    title: str
    wants: int
    least: int = 0


def widths(columns: Sequence[Column], room: int) -> tuple[tuple[Column, int], ...]:
    """The columns that fit into so many cells and how wide each is.

    Columns that must be there get their least first, the rest is shared from the left; whatever
    is over goes to the widest.
    """
    kept = [c for c in columns if c.least] if room < _full(columns) else list(columns)
    given = {c: c.least or c.wants for c in kept}
    over = room - sum(given.values()) - _GAP * (len(kept) - 1)
    for column in kept:
        more = max(min(over, column.wants - given[column]), 0)
        given[column] += more
        over -= more
    if kept and over:
        widest = max(kept, key=lambda c: c.wants)
        given[widest] = max(given[widest] + over, 2)
    return tuple((column, given[column]) for column in kept)


def _full(columns: Sequence[Column]) -> int:
    return sum(max(c.least, c.wants * 3 // 4) for c in columns) + _GAP * (len(columns) - 1)


Cells = Callable[[int], Sequence[str]]
"""The cells of a line by its place, one for each column."""


class Table(ScrollView, can_focus=True):
    """Lines under a heading, one of them under the cursor.

    ``cells`` is asked for the lines that are seen; ``show`` says that there are others now.
    """

    BINDINGS = bindings("table")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--head",
        "table--cursor",
        "table--row",
        "table--odd",
    }

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor is on another line."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    class Chosen(Message):
        """A line was clicked while the cursor was on it."""

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual names it
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.top = 1 if any(column.title for column in columns) else 0
        """Lines the heading takes."""
        self.count = 0
        self._cells: Cells = lambda _: ()
        self._line = lru_cache(maxsize=512)(self._text_of)

    def show(self, count: int, cells: Cells, *, cursor: int | None = None) -> None:
        """Show these lines; the cursor stays where it is unless it is told another place."""
        self.count, self._cells = count, cells
        self._line.cache_clear()
        self.virtual_size = Size(self.wide, count + self.top)
        before = self.cursor
        self.cursor = max(min(before if cursor is None else cursor, count - 1), 0)
        if self.cursor == before:
            self.post_message(self.Moved(self.cursor))
        self._reveal()
        self.refresh()

    def grow(self, count: int) -> None:
        """Show more lines behind those that are there."""
        before, self.count = self.count, count
        self.virtual_size = Size(self.wide, count + self.top)
        if before < self.scroll_offset.y + self.size.height:
            self.refresh()

    def on_resize(self) -> None:
        """The columns share another width."""
        self._line.cache_clear()
        self.virtual_size = Size(self.wide, self.count + self.top)
        self._reveal()

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two lines anew, and tell."""
        for place in (before, now):
            self.refresh(Region(0, place + self.top - self.scroll_offset.y, self.size.width, 1))
        self._reveal()
        self.post_message(self.Moved(now))

    def _reveal(self) -> None:
        """Scroll so that the cursor is seen below the heading."""
        top, seen = self.scroll_offset.y, max(self.size.height - self.top, 1)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True, immediate=True)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """The heading on the first line, below it the lines at the scrolled place."""
        width = self.wide
        if y < self.top:
            text, style = self._heading(width), self.get_component_rich_style("table--head")
        else:
            place = self.scroll_offset.y + y - self.top
            if place >= self.count:
                return Strip.blank(width, self.rich_style)
            text, style = self._line(place, width), self._style_of(place)
        return Strip([Segment(text, style)], width)

    @property
    def wide(self) -> int:
        """The cells a line has, the scroll bar left out."""
        return self.scrollable_content_region.width

    def _style_of(self, place: int) -> Style:
        if place == self.cursor:
            return self.get_component_rich_style("table--cursor")
        return self.get_component_rich_style("table--odd" if place % 2 else "table--row")

    def _heading(self, width: int) -> str:
        titles = (padded(c.title, cells) for c, cells in widths(self.columns, width))
        return padded((" " * _GAP).join(titles), width)

    def _text_of(self, place: int, width: int) -> str:
        cells = dict(zip((c.name for c in self.columns), self._cells(place), strict=False))
        shared = widths(self.columns, width)
        told = (padded(safe(cells.get(c.name, "")), wide) for c, wide in shared)
        return padded((" " * _GAP).join(told), width)

    def whole(self, place: int) -> list[tuple[str, str]]:
        """Every cell of a line in full, under its heading."""
        return [
            (c.title, str(cell)) for c, cell in zip(self.columns, self._cells(place), strict=False)
        ]

    def cut_short(self, place: int) -> bool:
        """Whether a line has more to say than is seen."""
        wide = {c.name: cells for c, cells in widths(self.columns, self.wide)}
        cells = zip(self.columns, self._cells(place), strict=False)
        return any(cell_len(safe(cell)) > wide.get(c.name, 0) for c, cell in cells if cell)

    def do_up(self) -> None:
        """One line up."""
        self.cursor = max(self.cursor - 1, 0)

    def do_down(self) -> None:
        """One line down."""
        self.cursor = max(min(self.cursor + 1, self.count - 1), 0)

    def do_page_up(self) -> None:
        """One screen up."""
        self.cursor = max(self.cursor - self.size.height + 2, 0)

    def do_page_down(self) -> None:
        """One screen down."""
        self.cursor = max(min(self.cursor + self.size.height - 2, self.count - 1), 0)

    def do_first(self) -> None:
        """To the first line."""
        self.cursor = 0

    def do_last(self) -> None:
        """To the last line."""
        self.cursor = max(self.count - 1, 0)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where it was clicked; a click on the cursor chooses."""
        place = self.scroll_offset.y + event.y - self.top
        if event.y < self.top or place >= self.count:
            return
        if place == self.cursor:
            self.post_message(self.Chosen())
        self.cursor = place

    def on_mouse_scroll_down(self, event: Any) -> None:
        """The wheel moves the lines."""
        event.stop()
        self.do_down()

    def on_mouse_scroll_up(self, event: Any) -> None:
        """The wheel moves the lines."""
        event.stop()
        self.do_up()
