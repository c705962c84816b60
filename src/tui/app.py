"""The program on the screen: modes, the way from a key to an action, and the room that is open."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from inspect import isawaitable
from time import monotonic
from typing import Any, ClassVar, Final, cast

from textual.binding import Binding, BindingType
from textual.screen import Screen

from ledger.room import Room
from ledger.room.audit import Audit
from ledger.room.directory import Directory
from ledger.room.drafting import Doing
from ledger.room.inquiry import page_of
from tui.actions import BY_ID, EVERYWHERE, Action, bindings
from tui.errands import Errands
from tui.modes import MODES
from tui.pinyin import spellings
from tui.registers import CARRIERS, RegisterView
from tui.screens.page import Page, breath
from tui.sweeping import SWEEP_EVERY, Sweeping
from tui.theme import THEMES, VARIABLES, theme_for

__all__ = ["Baomi"]

_LOOK_EVERY: Final = 2.0
"""Seconds between two looks whether another terminal has written."""
_ELSEWHERE: Final = {
    "Labelled": "labels", "BlanksPrinted": "labels", "Counted": "counts",
    **dict.fromkeys(("Granted", "Denied", "RequestWithdrawn", "Attested"), "requests"),
}  # fmt: skip
"""Acts that are written by a screen, by the names of their classes, and the action that opens it."""
_LONG: Final = 20_000
"""Acts from which on an earlier program's book is not left to the first act to read whole."""
_QUIET_AFTER: Final = 1.0
"""Seconds after the start in which nothing is done but showing the first screen."""
_NEWS_FOR: Final = 3.0
"""Seconds for which the next screens tell of what was written."""
_PLAIN_LOOK: Final = (
    "终端把横线、星号画成两格宽，画面改用简单的线条；可在终端设置里把“不明宽度字符”改为窄"
)
_NOBODY: Final = "保密员"
"""Who writes while nobody has said who it is."""


def _only_officer(room: Room) -> str:
    """The officer's name where the room has named exactly one."""
    officers = list(room.register.posts.get(_NOBODY, ()))
    return room.register.people[officers[0]].name if len(officers) == 1 else ""


class Baomi(Errands, inherit_bindings=False):
    """The screens on one room, which the caller has opened and will close."""

    TITLE = "保密室台账"
    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(EVERYWHERE),
        Binding("ctrl+c", "app.act('no_copy')", show=False),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = dict(MODES)
    DEFAULT_MODE = "today"
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]  # type: ignore[misc]

    def __init__(self, room: Room, *, ascii_look: bool = False) -> None:
        super().__init__(room)
        if room.by == _NOBODY:
            room.by = _only_officer(room) or _NOBODY
        self.audit = Audit(room)
        """The check of the whole book, which goes on in a process of its own."""
        self.ascii_look = ascii_look
        self.drafts: dict[tuple[str, str], Mapping[str, str]] = {}
        """Forms that were left unfinished, for as long as the program runs."""
        self.sweeping = Sweeping()
        self._news = ("", 0.0)
        self._directories: dict[tuple[str, ...], Directory] = {}
        for theme in THEMES:
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Choose colours, and keep an eye on what other terminals write."""
        self.theme = theme_for(self.console.color_system)
        self.set_class(self.ascii_look, "-ascii")
        self.set_interval(_LOOK_EVERY, self.look)
        self.audit.start()
        self.set_timer(_QUIET_AFTER, self._settle)
        if self.ascii_look:
            self.call_later(lambda: self.page.tell(_PLAIN_LOOK))

    def _settle(self) -> None:
        """Load what the first keys will need, and let the collector pass over what is loaded."""
        import tui.going
        import tui.screens.form
        import tui.screens.record  # noqa: F401 - loaded before it is asked for

        if self.room.book.earlier and len(self.room.acts) >= _LONG:
            self.run_worker(self.renewed())
        self.sweeping.begin()
        self.set_interval(SWEEP_EVERY, lambda: self.sweeping.look(self.idle.quiet))

    def on_unmount(self) -> None:
        """Nothing goes on without the screen."""
        self.sweeping.end()
        self.audit.stop()

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

    def written(self, said: str) -> None:
        """Something was written: every screen shows it, and those the officer comes to say so."""
        self._news = (said, monotonic())
        self.follow()
        self.page.tell(said, "bold $success")

    @property
    def news(self) -> str:
        """What was written a moment ago; blank if nothing was."""
        said, at = self._news
        return said if monotonic() - at < _NEWS_FOR else ""

    def directory(self, view: RegisterView) -> Directory:
        """The lines of a register, made once and followed."""
        return self._directory(view.kinds)

    @property
    def carriers(self) -> Directory:
        """All carriers, to be found from anywhere; learnt when first asked for."""
        return self.gathered(CARRIERS)

    def gathered(self, kinds: tuple[str, ...]) -> Directory:
        """The lines of some kinds of page, learnt beside the screen when first asked for."""
        known = self._directory(kinds)
        if not known.ready:
            learn: Callable[[], Awaitable[None]] = partial(self._learn, known)
            self.run_worker(learn, group="carriers", exclusive=True)
        return known

    def _directory(self, kinds: tuple[str, ...]) -> Directory:
        known = self._directories.get(kinds)
        if known is None:
            known = self._directories[kinds] = Directory(self.room, kinds, spellings)
        else:
            known.follow()
        return known

    async def _learn(self, directory: Directory) -> None:
        for _ in directory.learn():
            await breath()
        self.sweeping.keep()

    def open_record(self, number: str) -> None:
        """Show the page of a number, or say that it has none."""
        from tui.screens.record import RecordPage

        register = self.room.register
        if page_of(register, number) is None and number not in register.spoiled:
            self.page.tell(f"登记簿上没有 {number}" if number else "没有选中编号")
        elif not (isinstance(self.screen, RecordPage) and self.screen.subject == number):
            self.push_screen(RecordPage(number))

    def open_form(self, doing: Doing, filled: Mapping[str, str]) -> None:
        """Fill in an act, or show the screen it has; what it brought in is shown when it is written."""
        if (mode := _ELSEWHERE.get(doing.kind.__name__)) is not None:
            self.action_act(mode)
            return
        from tui.screens.form import Form

        def done(number: str | None) -> None:
            if number and number not in (*filled.values(), self.page.subject):
                self.open_record(number)

        self.push_screen(Form(doing, filled), done)

    async def do_act(self) -> None:
        """Choose what to do."""
        from tui.going import choose_act

        await choose_act(self)

    async def do_palette(self) -> None:
        """Find anything by a few letters."""
        from tui.going import choose_action

        await choose_action(self)

    async def do_jump(self) -> None:
        """Go to a number."""
        from tui.going import choose_number

        await choose_number(self)

    async def do_help(self) -> None:
        """Show the keys of this screen."""
        from tui.going import show_help

        await show_help(self)

    async def do_manual(self) -> None:
        """Read the manual, a chapter a 制度."""
        from tui.going import choose_chapter

        await choose_chapter(self)

    def action_act(self, name: str) -> None:
        """Do an action of the table: the screen's own, else the program's; or say why not."""
        if self.locked:
            return
        if name == "no_copy":
            self.page.tell("这里不复制内容；退出按 Ctrl+Q")
            return
        action = BY_ID[name]
        if reason := self.why_not(action):
            self.page.tell(f"现在不能{action.words}：{reason}")
            return
        asked = (self.focused, self.page, self)
        done = next(do for each in asked if (do := getattr(each, f"do_{name}", None)))()
        if isawaitable(done):
            self.run_worker(cast("Awaitable[None]", done), exit_on_error=True)

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now; blank when it can."""
        return self.page.why_not(action)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What the style sheet may refer to before a theme is chosen."""
        return VARIABLES

    def go(self, mode: str) -> None:
        """Show a register; whoever is on one of its pages comes back to its list."""
        if self.current_mode != mode:
            self.switch_mode(mode)
            return
        while len(self.screen_stack) > 1 and self.page.context == "record":
            self.pop_screen()

    def do_today(self) -> None:
        """Show what is due today."""
        self.go("today")

    def do_papers(self) -> None:
        """Show the register of papers."""
        self.go("papers")

    def do_media(self) -> None:
        """Show the register of media."""
        self.go("media")

    def do_computers(self) -> None:
        """Show the register of computers."""
        self.go("computers")

    def do_cabinets(self) -> None:
        """Show the cabinets."""
        self.go("cabinets")

    def do_people(self) -> None:
        """Show the register of people."""
        self.go("people")

    def do_units(self) -> None:
        """Show the outside units."""
        self.go("units")

    def do_acts(self) -> None:
        """Show the book, act by act."""
        self.go("acts")

    def do_next(self) -> None:
        """Go to the next field."""
        self.screen.focus_next()

    def do_previous(self) -> None:
        """Go to the field before."""
        self.screen.focus_previous()

    async def do_quit(self) -> None:
        """Leave, after every screen with unsaved content was asked."""
        if not await self.nothing_goes_on():
            return
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page) and not await screen.may_leave():
                return
        self.exit()
