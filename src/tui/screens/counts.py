"""清点: the counts there have been, one that goes on first; from here a count is begun or gone on with."""

from asyncio import to_thread
from collections.abc import Iterator
from itertools import islice

from attrs import frozen
from textual import work
from textual.app import ComposeResult

from ledger.room import Room
from ledger.room.counting import Counting, Round, Session, begin, latest, resume
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.jobs import Job, beside, carried_out
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

__all__ = ["Counts"]

_COLUMNS = (
    Column("id", "清点", 14, 14),
    Column("place", "范围", 24, 10),
    Column("counters", "清点人", 16, 8),
    Column("expected", "应在", 8, 6),
    Column("reads", "已读", 8, 6),
    Column("state", "状态", 20, 12),
)
_SHOWN = 60
"""Five years of monthly counts; older ones stand in the folder."""


@frozen
class Past:
    """What the list shows of a count; the count itself may hold a hundred thousand reads."""

    id: str
    open: bool
    cells: tuple[str, ...]


class Counts(Page[None]):
    """The counts, the last one first."""

    tabs = True
    context = "counts"
    BINDINGS = bindings("counts", "table")

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Past] = []

    def body(self) -> ComposeResult:
        """What to do, and what was done."""
        yield Line("F3 开始一次清点；回车接着点没有结束的", id="day")
        yield Table(_COLUMNS, id="counts")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Read the counts."""
        self.query_one(Table).focus()
        self.follow()

    def on_screen_resume(self) -> None:
        """A count may have gone on meanwhile."""
        self.follow()

    @work(exclusive=True)
    async def follow(self) -> None:  # type: ignore[override]
        """Read the counts anew, one after the other, beside the screen."""
        found = list[Past]()
        try:
            async with beside(self.room) as own:
                sessions = islice(latest(own), _SHOWN)
                while (past := await to_thread(_next, sessions, own)) is not None:
                    found.append(past)
                    self._show([*found, *self._known[len(found) :]], "，正在读以前的")
        except TROUBLES as error:
            self.tell(told(error), "bold $error")
        self._show(found)

    def _show(self, known: list[Past], more: str = "") -> None:
        self._known = known
        self.query_one(Table).show(len(known), lambda place: self._known[place].cells)
        going = sum(past.open for past in known)
        said = f"共{len(known)}次" + (f"，{going}次没有结束" if going else "") + more
        self.query_one("#tally", Line).put(said if known else "还没有清点过")
        self.query_one("#foot").refresh()

    @property
    def chosen(self) -> Past | None:
        """The count under the cursor."""
        at = self.query_one(Table).cursor
        return self._known[at] if at < len(self._known) else None

    def why_not(self, action: Action) -> str:
        """What needs a count needs one."""
        if action.id in ("open", "print_count") and not self._known:
            return "还没有清点过"
        return ""

    def on_table_chosen(self) -> None:
        """A second click opens."""
        self.desk.action_act("open")

    async def do_begin_count(self) -> None:
        """Choose what is to be counted, and begin."""
        cabinets = self.room.register.in_order(self.room.register.cabinets)
        items = [Item("", "全室", "保密室和各柜，每月一次")]
        items += [Item(c.number, c.number, f"{c.name} {c.place}") for c in cabinets]
        scope = await self.desk.push_screen_wait(Pick("清点哪里", items))
        if scope is not None:
            job = Job[Counting](
                "开始清点", lambda own, tell: begin(own, str(scope), tell=tell), unit="件"
            )
            await self._go(job)

    async def do_open(self) -> None:
        """Go on with the count under the cursor, or look at what it came to."""
        if (past := self.chosen) is not None:
            id_ = past.id
            await self._go(
                Job[Counting](f"打开清点{id_}", lambda own, tell: resume(own, id_, tell=tell))
            )

    async def _go(self, job: Job[Counting]) -> None:
        """Open the count a job begins or reads; one that was left waits in the list."""
        counting = await carried_out(self.desk, job, Counting.leave)
        if counting is not None:
            self.desk.push_screen(self._page(counting.within(self.room)))

    def _page(self, counting: Counting) -> Page[None]:
        from tui.screens.counting import CountPage
        from tui.screens.differences import Differences

        if counting.session.round is Round.CHECK or not counting.session.open:
            return Differences(counting)
        return CountPage(counting)

    async def do_print_count(self) -> None:
        """Write what a count came to as a form to be signed."""
        from tui.saving import save_form

        if (session := self.chosen) is not None:
            await save_form(self.desk, "盘点结果", session.id)

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.follow()


def _next(sessions: Iterator[Session], room: Room) -> Past | None:
    """The next count as a line of the list; ``None`` after the last. For a thread."""
    session = next(sessions, None)
    if session is None:
        return None
    people = (room.register.person(ref) for ref in session.counters)
    names = (p.name if p else ref for p, ref in zip(people, session.counters, strict=True))
    listed = session.listed
    cells = (session.id, listed.place, "、".join(names), str(listed.expected), str(session.reads))
    return Past(session.id, session.open, (*cells, _state(session)))


def _state(session: Session) -> str:
    if session.act is not None:
        return f"已记入第{session.act}笔"
    return f"作罢：{session.abandoned}" if session.abandoned else f"{session.round}中"
