"""Questions over a screen: one of a few answers, or a line of text."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tui.actions import bindings
from tui.entry import Entry
from tui.plain import styled
from tui.prose import Prose
from tui.screens.page import Modal

__all__ = ["Ask", "Password", "Prompt", "Reading"]


class Ask(Modal[int]):
    """A question with numbered answers; the answer is its place from 0 on, or ``None`` for Esc."""

    def __init__(self, heading: str, text: str, answers: Sequence[str]) -> None:
        super().__init__()
        self.heading, self._said, self._answers = heading, text, tuple(answers)

    def body(self) -> ComposeResult:
        """The question and its answers, each with its key."""
        yield Prose(self._said.splitlines(), id="question")
        told = (
            styled((f" {n} ", "bold $accent"), f" {words}")
            for n, words in enumerate(self._answers, 1)
        )
        yield Prose(told, id="answers")

    def on_key(self, event: events.Key) -> None:
        """A digit answers."""
        if event.character and event.character in "123456789"[: len(self._answers)]:
            event.stop()
            self.dismiss(int(event.character) - 1)


class Prompt(Modal[str]):
    """A line to fill in; ``None`` for Esc. Blank is no answer."""

    BINDINGS = bindings("ask")

    def __init__(self, heading: str, text: str, hint: str = "", value: str = "") -> None:
        super().__init__()
        self.heading, self._said, self._hint, self._value = heading, text, hint, value

    def body(self) -> ComposeResult:
        """What is asked, and where to type."""
        yield Prose(self._said.splitlines(), id="question")
        yield Entry(self._value, self._hint, id="answer")

    def on_input_submitted(self, event: Entry.Submitted) -> None:
        """Enter answers."""
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self.tell("还没有填")

    def scanned(self, number: str) -> None:
        """A scan fills the line in."""
        self.query_one("#answer", Entry).value = number


class Password(Prompt):
    """A password to type; stars are shown, a scan does not fill it in."""

    def body(self) -> ComposeResult:
        """What is asked, and where to type."""
        from tui.lock import Secret

        yield Prose(self._said.splitlines(), id="question")
        yield Secret(id="answer")

    def scanned(self, number: str) -> None:
        """No password is on a label."""


class Reading(Modal[None]):
    """Something to read in full: a line's cells, findings, help."""

    BINDINGS = bindings("reading")
    context = "reading"

    def __init__(self, heading: str, content: Sequence[object]) -> None:
        super().__init__()
        self.heading, self._content = heading, tuple(content)

    def body(self) -> ComposeResult:
        """The text, as long as it is."""
        with VerticalScroll(id="text"):
            yield Prose(self._content)
