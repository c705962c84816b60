"""今日: what is due, what is out, and how the book stands."""

from textual.app import ComposeResult

from tui.actions import bindings
from tui.screens.page import Line, Page

__all__ = ["Today"]


class Today(Page[None]):
    """The screen the program opens with."""

    context = "today"
    BINDINGS = bindings("today")
    heading = "今日"

    def body(self) -> ComposeResult:
        """What is due."""
        yield Line(self.room.settings.unit)
