"""The program on the screen: modes, the way from a key to an action, and the room that is open."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, ClassVar, Final, cast

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from ledger.room import Room
from tui.actions import BY_ID, EVERYWHERE, Action, bindings
from tui.screens.page import Page
from tui.theme import THEMES, VARIABLES, theme_for

__all__ = ["Baomi"]

_LOOK_EVERY: Final = 2.0
"""Seconds between two looks whether another terminal has written."""


def _today() -> Screen[Any]:
    from tui.screens.today import Today

    return Today()


class Baomi(App[None], inherit_bindings=False):
    """The screens on one room, which the caller has opened and will close."""

    TITLE = "保密室台账"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        Binding("ctrl+c", "act('no_copy')", show=False),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"today": _today}
    DEFAULT_MODE = "today"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]  # type: ignore[misc]

    def __init__(self, room: Room, *, ascii_look: bool = False) -> None:
        super().__init__()
        self.room = room
        self.ascii_look = ascii_look
        self.locked = False
        """While it is set nothing but the lock answers to a key."""
        for theme in THEMES:
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Choose colours, and keep an eye on what other terminals write."""
        self.theme = theme_for(self.console.color_system)
        self.set_class(self.ascii_look, "-ascii")
        self.set_interval(_LOOK_EVERY, self.look)

    @property
    def page(self) -> Page[Any]:
        """The screen on top."""
        return cast("Page[Any]", self.screen)

    def look(self) -> None:
        """Take in what other terminals have written, and show it."""
        if self.room.refresh():
            self.follow()

    def follow(self) -> None:
        """Let every screen show the room as it now is."""
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.follow()

    def open_record(self, number: str) -> None:
        """Show the page of a number."""

    def action_act(self, name: str) -> None:
        """Do an action of the table: the screen's own, else the program's; or say why not."""
        if self.locked:
            return
        action = BY_ID.get(name)
        if action is None:
            self.page.tell("这里不复制内容；退出按 Ctrl+Q")
            return
        if reason := self.why_not(action):
            self.page.tell(f"现在不能{action.words}：{reason}")
            return
        does = getattr(self.page, f"do_{name}", None) or getattr(self, f"do_{name}")
        done = does()
        if isawaitable(done):
            self.run_worker(cast("Awaitable[None]", done), exit_on_error=True)

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now; blank when it can."""
        return self.page.why_not(action)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the style sheet may refer to before a theme is chosen."""
        return VARIABLES

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves by the clipboard."""

    def get_system_commands(self, screen: Screen[Any]) -> Any:  # noqa: ARG002 - Textual names it
        """No commands but those of the table; above all no picture of the screen."""
        yield from ()

    def do_today(self) -> None:
        """Show what is due today."""
        self.switch_mode("today")

    def do_next(self) -> None:
        """Go to the next field."""
        self.screen.focus_next()

    def do_previous(self) -> None:
        """Go to the field before."""
        self.screen.focus_previous()

    def do_theme(self) -> None:
        """Take the next colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def do_quit(self) -> None:
        """Leave, after every screen with unsaved content was asked."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page) and not await screen.may_leave():
                return
        self.exit()
