"""锁屏: after some minutes without a key the screen shows nothing until it is unlocked."""

import time
from collections.abc import Callable
from typing import Final

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from ledger.room import Room
from ledger.room.passwords import needs_one_time
from ledger.room.signing_in import NotSignedIn, unlock
from ledger.room.unlocking import WrongPassword, has_password, unlocks
from ledger.trouble import TROUBLES, told
from tui.actions import bindings
from tui.entry import Entry
from tui.screens.page import Line, Modal

__all__ = ["Idle", "Lock", "Secret", "moment", "one_time", "parted"]

_LONGEST_WAIT: Final = 60
_FREE_TRIES: Final = 2


def moment() -> float:
    """Seconds that also pass while the machine sleeps, where the system counts those."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def one_time(room: Room) -> bool:
    """Whether whoever is signed in uses one-time passwords."""
    return room.session is not None and needs_one_time(room, room.session.roles)


def parted(room: Room, typed: str) -> tuple[str, str]:
    """A password and the one-time password typed behind it, where one is needed."""
    password, _, code = typed.rpartition(" ") if one_time(room) else (typed, "", "")
    return password, code


class Idle:
    """How long nobody has touched a key."""

    def __init__(self, seconds: float, clock: Callable[[], float] = moment) -> None:
        self.seconds, self._clock = seconds, clock
        self._last = clock()

    def touch(self) -> None:
        """A key, a click or a paste."""
        self._last = self._clock()

    @property
    def quiet(self) -> float:
        """Seconds since then."""
        return self._clock() - self._last

    @property
    def over(self) -> bool:
        """Whether it has been too long."""
        return self.quiet >= self.seconds


class Secret(Entry):
    """A line that shows a star for each letter; what a Chinese input method makes of it is refused."""

    def __init__(self, hint: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual names it
        super().__init__("", hint, id=id)
        self.password = True

    @property
    def _value(self) -> Text:
        return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")


class Lock(Modal[None]):
    """Over everything, and opaque. It knows nothing of what lies under it."""

    BINDINGS = bindings("lock")
    context = "lock"

    def __init__(self) -> None:
        super().__init__()
        self._wrong = 0
        self._not_before = 0.0

    def compose(self) -> ComposeResult:
        """A word, a line to type in, and nothing else."""
        with Vertical(id="locked"):
            yield Line("屏幕已锁", id="heading")
            yield Secret(id="secret")
            yield Line("", id="told")

    def on_mount(self) -> None:
        """Say what opens it."""
        self.query_one("#secret", Secret).focus()
        self._say(self._opens_with())

    def _opens_with(self) -> str:
        if self.room.register.guarded:
            more = "、空格、一次性口令" if one_time(self.room) else ""
            return f"{self.room.by}：输入登录口令{more}，按回车"
        try:
            if has_password(self.room, self.room.by):
                return "输入锁屏口令，按回车"
        except WrongPassword as error:
            return str(error)
        return "没有设置锁屏口令，按回车返回"

    def _say(self, text: str) -> None:
        self.query_one("#told", Line).put(text)

    def tell(self, text: object, style: str = "") -> None:
        """Nothing that others say shows here."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter tries the password."""
        event.stop()
        typed, self.query_one("#secret", Secret).value = event.value, ""
        left = self._not_before - moment()
        if left > 0:
            self._say(f"输错太多，{int(left) + 1}秒后再试")
            return
        try:
            right = self._opened_by(typed)
        except TROUBLES as error:
            self._say(told(error))
            return
        except WrongPassword as error:
            self._say(str(error))
            return
        if right:
            self.desk.unlock(self._wrong)
        else:
            self._refuse(typed)

    def _opened_by(self, typed: str) -> bool:
        if self.room.register.guarded:
            try:
                unlock(self.room, *parted(self.room, typed))
            except NotSignedIn:
                return False
            return True
        free = not has_password(self.room, self.room.by)
        return free or unlocks(self.room, self.room.by, typed)

    def _refuse(self, typed: str) -> None:
        self._wrong += 1
        wait = min(2 ** max(self._wrong - _FREE_TRIES, 0), _LONGEST_WAIT)
        self._not_before = moment() + (wait if self._wrong > _FREE_TRIES else 0)
        counted = "，已记账；锁定的由安全保密管理员解锁" if self.room.register.guarded else ""
        wide = "" if typed.isascii() else "；里面有中文字符，请切换到英文输入"
        self._say(f"不对{wide or counted}")

    def on_click(self, event: events.Click) -> None:
        """The line keeps the focus."""
        event.stop()
        self.query_one("#secret", Secret).focus()
