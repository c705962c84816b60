"""Text of several lines, broken as Chinese is: anywhere but inside a word, and no line begins with 。."""

from collections.abc import Iterable, Iterator
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from ledger.finding import Finding
from tui.plain import plain, styled

__all__ = ["Prose", "broken", "finding_lines"]

_NOT_FIRST: Final = frozenset("，。；：、！？）》”’」】…％%,.;:!?)]")
_NOT_LAST: Final = frozenset("（《“‘「【([")
_INDENT: Final = 2


def broken(line: Content, cells: int) -> list[Content]:
    """A line in pieces of so many cells at most; what is carried over is set in by two cells more.

    >>> [piece.plain for piece in broken(Content("依据 载体制度，第二条"), 12)]
    ['依据 载体制', '  度，第二条']
    """
    text, pieces, start = line.plain, list[Content](), 0
    indent = " " * (len(text) - len(text.lstrip(" ")) + _INDENT)
    while start < len(text):
        room = cells - (len(indent) if start else 0)
        end = _end(text, start, max(room, 2))
        piece = line[start:end]
        pieces.append(Content(indent) + piece if start else piece)
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return pieces or [line]


def _end(text: str, start: int, room: int) -> int:
    """Where a piece that begins at ``start`` has to end."""
    end = start
    for char in text[start:]:
        width = cell_len(char)
        if width > room:
            break
        room -= width
        end += 1
    if end >= len(text):
        return len(text)
    fits = (at for at in range(end, start + 1, -1) if _may_break(text, at))
    return next(fits, max(end, start + 1))


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return not (_of_word(before) and _of_word(after))


def _of_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "-/_.+★")


class Prose(Widget, can_focus=False):
    """Lines of text, each broken at the width there is; as high as it has to be."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    def __init__(self, lines: Iterable[object] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual names it
        super().__init__(id=id)
        self._lines = tuple(_content(line) for line in lines)

    @property
    def text(self) -> str:
        """What stands there."""
        return "\n".join(line.plain for line in self._lines)

    def put(self, lines: Iterable[object]) -> None:
        """Show other lines."""
        self._lines = tuple(_content(line) for line in lines)
        self.refresh(layout=True)

    def _broken(self, width: int) -> list[Content]:
        return [piece for line in self._lines for piece in broken(line, width)]

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual names them
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - likewise
        """As many lines as the text is broken into."""
        return len(self._broken(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._broken(self.size.width))


def _content(line: object) -> Content:
    return line if isinstance(line, Content) else plain(line)


def finding_lines(finding: Finding) -> Iterator[Content]:
    """A finding as an officer reads it: the fact, the article, what to do now."""
    style = "$error" if finding.force.binds else "$warning"
    yield styled((f"{finding.force} ", f"bold {style}"), f"{finding.subject}  {finding.fact}")
    yield styled(("  依据 ", "$dim"), f"{finding.cites}：{finding.gist}")
    yield styled(("  改正 ", "$dim"), finding.remedy)
