"""Long work beside the screen: in a thread of its own with the room opened once more, told as it goes.

Whoever began it may go on with other things; what it came to is told where he then is.
"""

from asyncio import Event, to_thread, wait_for
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from textual.app import ComposeResult

from ledger.room import Room
from ledger.room.acts import told_of_reading
from ledger.room.signing_in import join
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.plain import styled
from tui.screens.page import Line, Modal
from tui.sweeping import uncollected

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["GivenUp", "Job", "Working", "beside", "carried_out"]

ResultT = TypeVar("ResultT")
_LOOK_SECONDS: Final = 0.2
_UNSEEN: Final = 0.15
"""Seconds a job may take without anything being shown of it."""
_BAR: Final = 40


class GivenUp(Exception):
    """The job was told to stop; what it did is undone by whatever it was in."""


class Job(Generic[ResultT]):
    """One long piece of work.

    ``work`` gets a room of its own and ``tell``, to be called now and then with how much is done
    and how much there is (0 where that is not known). ``tell`` raises ``GivenUp`` once ``stop``
    was called.
    """

    def __init__(
        self,
        words: str,
        work: Callable[[Room, Callable[[int, int], None]], ResultT],
        *,
        unit: str = "笔",
    ) -> None:
        self.words, self._work, self.unit = words, work, unit
        self.done = self.all = 0
        self.running = True
        self.stopped = False
        self.left = False
        """Whether nobody watches it any more."""
        self.ended = Event()
        self.result: ResultT | None = None
        self.failure = ""

    def tell(self, done: int, all_: int = 0) -> None:
        """Take down how far it is."""
        if self.stopped:
            raise GivenUp
        self.done, self.all = done, all_

    def run(self, folder: Room) -> None:
        """Do it, in a thread."""
        try:
            clock: Callable[[], datetime] = folder.clock
            with told_of_reading(self.tell), Room.open(folder.folder, clock) as room:
                self.result = self._work(join(room, folder), self.tell)
        except GivenUp:
            self.failure = "已停止，没有写入"
        except TROUBLES as error:
            self.failure = told(error)
        finally:
            self.running = False

    @property
    def line(self) -> str:
        """How far it is, in words and as a bar where the end is known."""
        if not self.all:
            return f"{self.done:,}{self.unit}" if self.done else "正在做"
        filled = _BAR * min(self.done, self.all) // self.all
        return f"[{'#' * filled}{'-' * (_BAR - filled)}] {self.done:,} / {self.all:,}{self.unit}"


class Working(Modal[bool]):
    """A job to watch; Esc leaves it to go on, and the result is whether it was seen to its end."""

    context = "working"
    BINDINGS = bindings("working")

    def __init__(self, job: Job[ResultT]) -> None:
        super().__init__()
        self.job: Job[ResultT] = job
        self.heading = job.words

    def body(self) -> ComposeResult:
        """How far it is."""
        yield Line("正在做", id="progress")
        yield Line(styled(("Esc 让它在后台做，先去做别的", "$dim")), id="hint")

    def on_mount(self) -> None:
        """Look now and then."""
        self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        self.query_one("#progress", Line).put(self.job.line)
        if not self.job.running and self.is_current:
            self.dismiss(True)  # noqa: FBT003 - the answer of the screen

    def why_not(self, action: Action) -> str:
        """What is done is done."""
        return "" if self.job.running or action.id != "stop" else "已经做完"

    def do_stop(self) -> None:
        """Stop it at the next place where it can be stopped."""
        self.job.stopped = True
        self.query_one("#hint", Line).put("正在停下")

    async def do_back(self) -> None:
        """Leave it to go on."""
        self.dismiss(False)  # noqa: FBT003 - the answer of the screen


@asynccontextmanager
async def beside(room: Room) -> AsyncIterator[Room]:
    """The room opened once more, for work in threads; closed at the end."""
    clock: Callable[[], datetime] = room.clock
    own = join(await to_thread(Room.open, room.folder, clock), room)
    with uncollected():
        try:
            yield own
        finally:
            await to_thread(own.close)


async def carried_out(
    desk: "Baomi", job: Job[ResultT], later: Callable[[ResultT], None] | None = None
) -> ResultT | None:
    """What a job came to if it was watched to its end; ``None`` if it failed or was left.

    Of one that was left the end is told wherever one then is, and ``later`` is called with what
    it came to. To be called in a worker.
    """
    desk.jobs.append(job)
    desk.run_worker(_run(desk, job, later), exit_on_error=True)
    with suppress(TimeoutError):
        await wait_for(job.ended.wait(), _UNSEEN)
    if job.running:
        job.left = not await desk.push_screen_wait(Working(job))
    if job.left:
        return None
    await job.ended.wait()
    if job.failure:
        desk.page.tell(f"{job.words}：{job.failure}", "bold $error")
    return job.result


async def _run(desk: "Baomi", job: Job[ResultT], later: Callable[[ResultT], None] | None) -> None:
    with uncollected():
        await to_thread(job.run, desk.room)
    desk.jobs.remove(job)
    desk.look()
    job.ended.set()
    if job.left:
        said = job.failure or "做完了"
        desk.page.tell(f"{job.words}：{said}", "bold $error" if job.failure else "bold $success")
        if later is not None and job.result is not None:
            later(job.result)
