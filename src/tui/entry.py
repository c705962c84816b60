"""One line to type in: nothing that hides or steers gets in, by key, paste or from a book."""

from textual import events
from textual.widgets import Input

from tui.actions import bindings
from tui.plain import safe

__all__ = ["Entry"]


class Entry(Input):
    """A line of text. Enter moves on; what it means is up to the screen."""

    BINDINGS = bindings("entry")

    def __init__(self, value: str = "", hint: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual names it
        super().__init__(
            safe(value), placeholder=safe(hint), id=id, compact=True, select_on_focus=False
        )
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """The text with hidden and steering characters spelled out."""
        return safe(value)

    def _on_paste(self, event: events.Paste) -> None:
        """A paste is one line; what stands on others is joined to it."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))
