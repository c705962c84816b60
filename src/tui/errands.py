"""What is done now and then rather than all day, from any list: counts, labels, files, backups, checks."""

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from ledger.room import Room
from tui.guard import Guarded
from tui.jobs import Job
from tui.theme import THEMES

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["Errands"]

_TELLINGS: Final = 30
"""How many messages are kept to be read again."""


class Errands(Guarded, inherit_bindings=False):
    """The program's errands, each by the action of its name."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.jobs: list[Job[Any]] = []
        """Long work that goes on beside the screen."""
        self._tellings: deque[str] = deque(maxlen=_TELLINGS)
        here = Path.cwd()
        self.last_folder = here.parent if here == room.folder.resolve() else here
        """Where a file was chosen last; files do not belong into the room's own folder."""

    @property
    def desk(self) -> "Baomi":
        """The whole program."""
        return cast("Baomi", self)

    def remember(self, said: str) -> None:
        """Keep what was told, to be read again."""
        if said:
            self._tellings.appendleft(f"{self.room.clock():%H:%M:%S}　{said}")

    def do_told(self) -> None:
        """Show in full what was told last."""
        from tui.screens.asking import Reading

        if self._tellings:
            self.push_screen(Reading("最近的提示", list(self._tellings)))
        else:
            self.desk.page.tell("还没有提示")

    async def nothing_goes_on(self) -> bool:
        """Whether no work is left, or none that somebody wants to wait for."""
        from tui.screens.asking import Ask

        if not self.jobs:
            return True
        words = "、".join(job.words for job in self.jobs)
        said = f"{words} 还没有做完。退出会等它做完才离开。"
        return await self.push_screen_wait(Ask("还有事在做", said, ("不退出", "退出"))) == 1

    def do_lock(self) -> None:
        """Show nothing until it is unlocked."""
        self.lock()

    async def do_password(self) -> None:
        """Set the password that unlocks the screen."""
        from tui.going import choose_password

        await choose_password(self.desk)

    async def do_more(self) -> None:
        """Choose among what is done less often."""
        from tui.going import choose_more

        await choose_more(self.desk)

    def do_counts(self) -> None:
        """Show the counts."""
        self.desk.go("counts")

    def do_labels(self) -> None:
        """Show the labels that are due."""
        self.desk.go("labels")

    async def do_import(self) -> None:
        """Take a file in."""
        from tui.intake import choose_import

        await choose_import(self.desk)

    async def do_save(self) -> None:
        """Write a register, a book or a form as a file."""
        from tui.saving import save_any

        await save_any(self.desk)

    async def do_backup(self) -> None:
        """Pack the room into one file."""
        from tui.keeping import back_up_room

        await back_up_room(self.desk)

    async def do_drill(self) -> None:
        """Try whether the last backup can be restored."""
        from tui.keeping import try_backup

        await try_backup(self.desk)

    async def do_verify(self) -> None:
        """Read the whole book again."""
        from tui.keeping import verify_book

        await verify_book(self.desk)

    async def renewed(self) -> None:
        """Have a book of an earlier program read whole now, with progress."""
        from tui.keeping import renew_book

        await renew_book(self.desk)

    def do_oversee(self) -> None:
        """Show the units whose books were taken in."""
        from tui.screens.oversight import Oversight

        self.push_screen(Oversight())

    def do_try_scanner(self) -> None:
        """See what a scanner sends."""
        from tui.screens.scanner_test import ScannerTest

        self.push_screen(ScannerTest())

    async def do_officer(self) -> None:
        """Let another person write from now on; where there are operators he signs in."""
        if self.room.register.guarded:
            self.desk.page.tell("设了操作员：请退出（Ctrl+Q），由那一位用自己的口令登录")
            return
        from tui.screens.pick import Item, Pick

        people = self.room.register.in_order(self.room.register.people)
        items = [Item(p.name, p.name, f"{p.number} {p.department}") for p in people]
        chosen = await self.push_screen_wait(Pick("换经办人", items))
        if chosen is not None:
            self.room.by = str(chosen)
            self.desk.follow()
            self.desk.page.tell(f"以后的每一笔由 {chosen} 经办")

    def do_requests(self) -> None:
        """Show what was asked for and is not done yet."""
        from tui.screens.requests import Requests

        self.push_screen(Requests())

    def do_theme(self) -> None:
        """Take the next colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
