"""Keeping the book safe from the screen: backups, trial restores, reading the whole book again."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ledger.review import Proposal
from ledger.room import Room
from ledger.room.safekeeping import Restored, back_up, drill
from ledger.room.verification import Verification, verify
from tui.files import new_file
from tui.jobs import Job, carried_out
from tui.plain import plain
from tui.saving import targets
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.pick import Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["back_up_room", "renew_book", "try_backup", "verify_book"]


async def back_up_room(desk: "Baomi") -> None:
    """Pack the room into one file. To be called in a worker."""
    room = desk.room
    name = f"{room.settings.unit}-{room.clock().date()}.baomi"
    path = await new_file(
        desk, "备份", "备份存成哪个文件？最好在另一件载体上，不能在台账文件夹里", name
    )
    if path is None:
        return
    medium = await desk.push_screen_wait(Pick("存在哪件载体上", partial(targets, desk)))
    if medium is None:
        return
    job = Job[Proposal]("备份", lambda own, _: back_up(own, path, medium=str(medium), by=own.by))
    done = await carried_out(desk, job)
    if done is not None:
        desk.written(f"第{done.act.n}笔 备份 {path.name}")


async def try_backup(desk: "Baomi") -> None:
    """Restore the last backup to a temporary folder and throw that away. To be called in a worker."""
    done = await carried_out(desk, Job[Restored]("演练恢复", lambda own, _: drill(own)))
    if done is not None:
        made, found = done.manifest, done.verification
        told = [
            f"备份于{made.made}，由{made.by}，第{made.acts}笔止",
            f"恢复出来{found.lines}行账本，全部核验过，与备份清单相符",
        ]
        desk.push_screen(Reading("演练恢复：可以恢复", told))


async def verify_book(desk: "Baomi") -> None:
    """Read the book from its first line and work everything out anew. To be called in a worker."""
    said = (
        "从第一行起重读账本。账本自己看不出末尾被截去、整本被重写；有打印或抄下的链首，就一起核对。"
    )
    answer = await desk.push_screen_wait(Ask("核验账本", said, ("直接核验", "与纸上的链首核对")))
    if answer is None:
        return
    head = ""
    if answer == 1:
        typed = await desk.push_screen_wait(Prompt("链首", "输入纸上的链首，至少16位，空格不要紧"))
        if not typed:
            return
        head = typed
    every = len(desk.room.acts)
    job = Job[Verification](
        "核验账本", lambda own, tell: verify(own, head, lambda n: tell(n, every))
    )
    done = await carried_out(desk, job)
    if done is not None:
        desk.push_screen(Reading(*_found(done)))


def _found(done: Verification) -> tuple[str, list[object]]:
    heading = "账本完整，登记与流水一致" if done.holds else "账本不符"
    told: list[object] = [f"{done.lines:,}行，{done.acts or 0:,}笔，链首 {done.head[:20]}"]
    told += [plain(f"不符：{fault}", "bold $error") for fault in done.faults]
    told += done.notes
    if not done.holds:
        told.append(plain("请保留现场，不要再动文件夹，并报告分管领导。", "bold $error"))
    return heading, told


async def renew_book(desk: "Baomi") -> None:
    """Let a book of an earlier program have registers of this one, which the first act would else wait for.

    To be called in a worker.
    """

    def work(own: Room, tell: Callable[[int, int], None]) -> bool:
        tell(0, len(own.acts))
        with own.writing():
            return True

    await carried_out(desk, Job[bool]("账本是旧版程序记的，正在换成新的格式", work))
