"""What stands between the terminal and the screens: the scanner, the lock, and the report of a crash.

While the screen is locked nothing is shown over or under the lock: no message, no dialog that a
finished job opens, no action by any key.
"""

from asyncio import Future, get_running_loop
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from textual import events
from textual.app import App
from textual.screen import Screen

from ledger.room import Room
from ledger.room.unlocking import lock_minutes
from tui.crash import report, said
from tui.lock import Idle, Lock
from tui.scanner import Scanner

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["Guarded", "confined"]

_TOUCHES: Final = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
)
"""What shows that somebody is there. A mouse that is pushed about shows nothing."""


def confined(room: Room) -> bool:
    """Whether whoever is signed in may not see the whole register of a room."""
    sees = room.sight.keeps and room.sight.covers(room.register.level)
    return room.register.guarded and not sees


class Guarded(App[None], inherit_bindings=False):
    """A program that locks itself, catches scans and tells nothing when it fails."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.locked = False
        """While it is set nothing but the lock answers to a key."""
        self.idle = Idle(lock_minutes(room) * 60)
        self.scanner = Scanner(cast("Baomi", self), super().on_event)
        self.failed = ""
        """What is said when the program has failed."""
        self._waiting: list[Callable[[], Any]] = []

    def on_load(self) -> None:
        """Look every second whether anybody is still there."""
        self.set_interval(1.0, self.look_idle)

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes pass by the scanner, which keeps what is a code."""
        fresh = isinstance(event, _TOUCHES) and not event.is_forwarded
        if fresh:
            self.idle.touch()
        if fresh and isinstance(event, events.Key):
            await self.scanner.key(event)
        elif not (
            fresh and isinstance(event, events.Paste) and self.scanner.paste(event.text, event.time)
        ):
            await super().on_event(event)

    def look_idle(self) -> None:
        """Lock the screen when nobody has touched it for long enough."""
        if self.idle.over:
            self.lock()

    def lock(self) -> None:
        """Show nothing until it is unlocked; what was being filled in stays as it is."""
        if not self.locked:
            self.clear_notifications()
            super().push_screen(Lock())
            self.locked = True

    def unlock(self, wrong: int) -> None:
        """Show again what was there, say how often a wrong password was tried, do what waited."""
        self.locked = False
        self.pop_screen()
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            each()
        if wrong:
            desk = cast("Baomi", self)
            self.call_later(lambda: desk.page.tell(f"锁屏时有人输错口令{wrong}次", "bold $error"))

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        """Open a screen; one that something in the background opens waits while it is locked."""
        if not self.locked:
            return super().push_screen(screen, *args, **kwargs)
        later, asked = super().push_screen, get_running_loop().create_future()

        def go_on() -> None:
            opened = later(screen, *args, **kwargs)
            if isinstance(opened, Future):
                opened.add_done_callback(lambda done: asked.set_result(done.result()))

        # The worker that asks is known by its context only.
        self._waiting.append(partial(copy_context().run, go_on))
        if not kwargs.get("wait_for_dismiss"):
            asked.set_result(None)
        return asked

    def switch_mode(self, mode: str) -> Any:
        """Go to another screen; not while it is locked."""
        return None if self.locked else super().switch_mode(mode)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No action of the program while it is locked."""
        return not self.locked and super().check_action(action, parameters)

    def notify(self, message: str, **_: Any) -> None:
        """Nothing pops up over a screen; what there is to say stands on its line."""
        if not self.locked:
            cast("Baomi", self).page.tell(message)

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves by the clipboard."""

    def get_system_commands(self, screen: Screen[Any]) -> Any:  # noqa: ARG002 - Textual names it
        """No commands but those of the table; above all no picture of the screen."""
        yield from ()

    def _handle_exception(self, error: Exception) -> None:
        """Leave, with a report that holds nothing of the room."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self.failed = said(report(error, self.room.folder, self.room.clock()), error)
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Say that it failed, and nothing of what the terminal would otherwise be told."""
        self._exit_renderables.clear()
        if self.failed:
            self.error_console.print(self.failed, markup=False, highlight=False, soft_wrap=True)
