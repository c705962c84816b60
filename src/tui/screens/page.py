"""What every screen is made of: heading, body, one line that tells, one line of keys."""

from asyncio import sleep
from collections.abc import Collection
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from ledger.event import Event
from ledger.room import Room
from ledger.room.scanning import Answer, Scan
from ledger.room.viewing import looked_at
from ledger.trouble import TROUBLES, told
from tui.actions import TABS, Action, bindings, here, key_name
from tui.plain import cut, lines, plain, shortened, styled
from tui.prose import broken

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["Foot", "Line", "Modal", "Page", "Tabs", "Told", "breath"]

ResultT = TypeVar("ResultT")
_BREATH: Final = 0.001
"""Seconds in which the screen can do all it has to, however much that is."""
_BESIDE: Final = frozenset({"requests"})
"""Screens beside the lists, which make what works on every list no less common."""
_FRAME: Final = 5
"""Lines of a box that its text cannot have."""
_TOLD_FOR: Final = 8.0
"""Seconds a message stays on the line above the keys."""
_TOLD_LINES: Final = 3
"""Lines a message may take."""


class Line(Widget, can_focus=False):
    """One line of text; what is put into it is shown as it is and never read as markup."""

    def __init__(self, text: object = "", *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual names it
        super().__init__(id=id, classes=f"line {classes}")
        self._text = text if isinstance(text, Content) else plain(text)

    @property
    def text(self) -> str:
        """What stands on the line."""
        return self._text.plain

    def put(self, text: object) -> None:
        """Show another text."""
        self._text = text if isinstance(text, Content) else plain(text)
        self.refresh()

    def render(self) -> Content:
        """As much of the text as there is room for, with a mark where it is cut.

        A long name in it gives way first: what is said of it matters more.
        """
        said = shortened(self._text, self.size.width)
        text, short = cut(said.plain, self.size.width)
        return said[: len(text) - 1] + Content(">") if short else said


class Told(Line):
    """The line above the keys; a long message takes up to three, and Ctrl+O shows all of it."""

    def put(self, text: object) -> None:
        """Show another text, and take the lines it needs."""
        super().put(text)
        self.refresh(layout=True)

    def _broken(self, width: int) -> list[Content]:
        if self._text.cell_length <= width:
            return [self._text]
        # A line that is broken before a long word leaves some of its width free.
        said = shortened(self._text, _TOLD_LINES * width * 4 // 5)
        pieces = broken(said, width)
        if len(pieces) <= _TOLD_LINES:
            return pieces
        return [*pieces[: _TOLD_LINES - 1], pieces[_TOLD_LINES - 1][:-1] + Content(">")]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual names them
        """As many lines as the text is broken into."""
        return len(self._broken(width))

    def render(self) -> Content:
        """The lines."""
        return lines(self._broken(self.size.width))


class Foot(Widget, can_focus=False):
    """The keys of the screen, as many as fit; what cannot be done now is dimmed."""

    def render(self) -> Content:
        """The keys and their words: 帮助 always, then what only this screen has."""
        page = cast("Page[object]", self.screen)
        room, parts = self.size.width, list[tuple[str, str]]()
        shown = [action for action in here(page.context) if action.foot and action.keys]
        for action in sorted(shown, key=lambda a: (a.id != "help", len({*a.where} - _BESIDE))):
            key, words = key_name(action.keys[0]), f"{action.words}  "
            room -= Content(key + words).cell_length
            if room < 0:
                break
            dim = bool(page.why_not(action))
            parts += [(key, "$off" if dim else "bold $accent")]
            parts += [(words, "$off" if dim else "$on-bar")]
        return styled(*parts)


class Tabs(Widget, can_focus=False):
    """The registers and the digits that open them; the one that is open stands out."""

    def render(self) -> Content:
        """Digits and names in the order of the table."""
        here_, desk = self.app.current_mode, cast("Baomi", self.app)
        parts = list[tuple[str, str]]()
        for action in TABS:
            style = "$on-cursor on $cursor" if action.id == here_ else ""
            dim = "$dim" if desk.why_not(action) else ""
            parts += [
                (f" {action.keys[0]}", style or dim or "bold $accent"),
                (f"{action.words} ", style or dim or "$on-bar"),
            ]
        return styled(*parts)


async def breath() -> None:
    """Let everything else that is to be done go first: called between two bites of long work."""
    await sleep(_BREATH)


class Page(Screen[ResultT], inherit_bindings=False):
    """A screen of the program.

    A kind of screen sets ``context`` (a key of ``actions.CONTEXTS``) and ``BINDINGS`` by
    ``bindings(context)``, gives its widgets in ``body``, and has a method ``do_x`` for each action
    ``x`` of its own.
    """

    context: ClassVar[str] = ""
    tabs: ClassVar[bool] = False
    """Whether the registers stand in the heading, for screens that are reached by a digit."""
    does: type[Event] | None = None
    """The act a form is about, whose regulations help tells."""
    _head_shown: str = ""
    """The end of the book when the screen was last on top."""
    heading: str = ""
    subject: str = ""
    """The number the screen is about or its cursor is on; blank for none."""

    def compose(self) -> ComposeResult:
        """Heading, body, telling line, keys."""
        yield Tabs(id="heading") if self.tabs else Line(self.heading, id="heading")
        with Vertical(id="body"):
            yield from self.body()
        yield Told("", id="told")
        yield Foot(id="foot")

    def body(self) -> ComposeResult:
        """The widgets between the heading and the foot."""
        yield from ()

    @property
    def desk(self) -> "Baomi":
        """The program this screen belongs to."""
        return cast("Baomi", self.app)

    @property
    def room(self) -> Room:
        """The room that is open."""
        return self.desk.room

    def head(self, text: object) -> None:
        """Change the heading."""
        self.query_one("#heading", Line).put(text)

    def tell(self, text: object, style: str = "") -> None:
        """Say something on the line above the keys, for a while."""
        line = self.query_one("#told", Line)
        line.put(plain(text, style))
        self.desk.remember(line.text)
        self.set_timer(_TOLD_FOR, lambda said=line.text: self._forget(said))

    def _forget(self, said: str) -> None:
        line = self.query_one("#told", Line)
        if line.text == said:
            line.put("")

    def on_screen_resume(self) -> None:
        """Show what was written while another screen was on top, and tell of it."""
        before, self._head_shown = self._head_shown, self.room.head
        if before not in ("", self._head_shown):
            self.follow()
        if news := self.desk.news:
            self.tell(news, "bold $success")

    def why_not(self, action: Action) -> str:  # noqa: ARG002 - for screens to answer
        """Why an action cannot be done on this screen now; blank when it can."""
        return ""

    def follow(self) -> None:
        """Show the room as it is now; called when something was written, here or elsewhere."""

    def looks(self, numbers: Collection[str]) -> bool:
        """Write down which 绝密 records are opened by name; whether it could be, which else is told."""
        try:
            looked_at(self.room, numbers)
        except TROUBLES as error:
            self.tell(told(error), "bold $error")
            return False
        return True

    def heard(self, code: str, found: Scan) -> None:  # noqa: ARG002 - a count takes the code itself
        """A label was scanned: what it belongs to is dealt with, what is wrong with it is told."""
        if found.number and found.answer is not Answer.BLANK:
            self.scanned(found.number)
        elif found.number and self.bind(found.number):
            return
        if found.said:
            said = f"{found.answer}：{found.said}"
            self.desk.call_later(lambda: self.desk.page.tell(said, "bold $warning"))

    def bind(self, blank: str) -> bool:  # noqa: ARG002 - for screens to answer
        """Whether a blank label that was scanned here is to be stuck on what the screen is about."""
        return False

    def scanned(self, number: str) -> None:
        """What the scan of a good label means here: its page opens, unless a screen knows better."""
        self.desk.open_record(number)

    async def may_leave(self) -> bool:
        """Whether the screen may be left; one with unsaved content asks first."""
        return True

    async def do_back(self) -> None:
        """Leave the screen."""
        if await self.may_leave():
            self.dismiss(None)


class Modal(Page[ResultT], ModalScreen[ResultT], inherit_bindings=False):
    """A question over the screen that asked it; what is below cannot be reached meanwhile."""

    BINDINGS = bindings("ask")
    context = "ask"

    def compose(self) -> ComposeResult:
        """The same parts in a box."""
        with Vertical(id="box"):
            yield from super().compose()

    def on_resize(self, event: events.Resize) -> None:
        """A long text has the lines that the frame, the heading and the two lines below leave."""
        for text in self.query("#text"):
            text.styles.max_height = event.size.height * 96 // 100 - _FRAME
