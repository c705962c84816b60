"""The screens of those who may not see the whole register: what is theirs, with the rest hidden."""

from typing import Final

from ledger.room import Room
from tui.actions import LISTS, Action
from tui.app import Baomi
from tui.guard import confined

__all__ = ["Deciding", "Keeping", "program_for"]

_OPEN: Final = frozenset(
    {
        *("help", "palette", "jump", "act", "open", "find", "cell", "reload", "sort", "back"),
        *("papers", "media", "computers", "cabinets", "people", "units", "acts", "requests"),
        *("more", "backup", "drill", "verify", "try_scanner", "manual"),
        *("theme", "lock", "password", "quit", "next", "previous"),
    }
)
"""Actions of the lists that show everybody what he may see, and write only what he may."""


class Deciding(Baomi):
    """The program for an approver, a witness or an administrator, which begins with the requests.

    The registers show what a category and a circle reach, of the rest numbers, kinds and levels;
    what lists titles whatever they are stays with the officer.
    """

    DEFAULT_MODE = "requests"

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now; blank when it can."""
        closed = LISTS & {*action.where} and action.id not in {*_OPEN, self.DEFAULT_MODE}
        return "由能看全部的保密员登录后办理" if closed else super().why_not(action)

    def do_today(self) -> None:
        """Back to where it begins."""
        self.go(self.DEFAULT_MODE)

    def do_requests(self) -> None:
        """Show what was asked for and is not done yet."""
        self.go("requests")


class Keeping(Deciding):
    """The program for an officer whose category is below the room's level."""

    DEFAULT_MODE = "today"


def program_for(room: Room) -> type[Baomi]:
    """The program for whoever is signed in."""
    if not confined(room):
        return Baomi
    return Keeping if room.sight.keeps else Deciding
