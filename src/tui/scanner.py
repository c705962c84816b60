"""Wired scanners: what they type is caught before any screen sees a key, and means one thing.

A scanner is a keyboard. Its keys are told from a person's by ``Recogniser``; the code is looked
up in the room, and the screen on top is told what was scanned.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from ledger.room.scanning import known, scan, versions
from ledger.text import digits
from tui.recogniser import LENGTH, Recogniser, Step

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["Scanner"]

_AGAIN_SECONDS: Final = 1.5
"""A trigger that bounces sends the same code again within this time."""
_GRACE_SECONDS: Final = 0.02
"""Keys that are read already may still be on their way here when the waiting is over."""

Pass = Callable[[events.Key], Awaitable[None]]


class Scanner:
    """Stands between the terminal and the screens.

    ``give`` takes a key that is nobody's code. ``heard`` of the screen on top is called with each
    code; while the screen is locked codes are dropped.
    """

    def __init__(self, desk: "Baomi", give: Pass) -> None:
        self._desk, self._give = desk, give
        self._recogniser = Recogniser[events.Key](self._starts, self._genuine)
        self._last = ("", float("-inf"))
        self._waits = False
        self.watcher: Callable[[events.Key], None] | None = None
        """Is shown every key as it comes, for trying a scanner out."""

    @property
    def waiting(self) -> bool:
        """Whether keys are held back until it is clear whose they are."""
        return self._recogniser.due is not None

    def _starts(self) -> str:
        return versions(self._desk.room)

    def _genuine(self, code: str) -> bool:
        return known(self._desk.room, code)

    async def key(self, event: events.Key) -> None:
        """Take in a key from the terminal; it is given on now, later or never."""
        if self.watcher is not None:
            self.watcher(event)
        step = self._recogniser.feed(event, event.key, event.character or "", event.time)
        await self._take(step, event.time)
        self._watch()

    def paste(self, text: str, at: float) -> bool:
        """Whether a pasted text is a code, which is then taken for one."""
        plain = re.sub(r"\s", "", digits(text))
        if len(plain) != LENGTH or not plain.isdecimal() or plain[0] not in self._starts():
            return False
        self._scanned(plain, at)
        return True

    def _watch(self) -> None:
        """Look again when what is held has waited long enough."""
        due = self._recogniser.due
        if due is not None and not self._waits:
            self._waits = True
            self._desk.set_timer(max(due - _now(), 0) + _GRACE_SECONDS, self._look)

    async def _look(self) -> None:
        """The time is over: give on what is held, unless more has come meanwhile."""
        self._waits = False
        now = _now()
        await self._take(self._recogniser.wait(now - _GRACE_SECONDS), now)
        self._watch()

    async def _take(self, step: Step[events.Key], at: float) -> None:
        for key in step.keys:
            await self._give(key)
        if step.broken and not self._desk.locked:
            said = f"扫码不完整：读到{step.broken}位，应是{LENGTH}位，请再扫一次"
            self._desk.bell()
            self._desk.page.tell(said, "bold $error")
        if step.code:
            self._scanned(step.code, at)

    def _scanned(self, code: str, at: float) -> None:
        before, when = self._last
        self._last = (code, at)
        if self._desk.locked or (code == before and at - when < _AGAIN_SECONDS):
            return
        try:
            found = scan(self._desk.room, code)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a code is said, once
            self._desk.page.tell(f"{error}", "bold $error")
            return
        self._desk.page.heard(code, found)


def _now() -> float:
    """The present moment on the clock that stamps keys."""
    return Message().time
