"""清点: the counts there have been, one that goes on first; from here a count is begun or gone on with."""

from asyncio import sleep
from collections.abc import Callable
from itertools import islice

from textual import work
from textual.app import ComposeResult

from ledger.room import Locked
from ledger.room.counting import BadCount, Counting, NoCount, Session, begin, latest, resume
from tui.actions import Action, bindings
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


class Counts(Page[None]):
    """The counts, the last one first."""

    tabs = True
    context = "counts"
    BINDINGS = bindings("counts", "table")

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Session] = []

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
        """Read the counts anew, one after the other."""
        known = []
        for session in islice(latest(self.room), _SHOWN):
            known.append(session)
            await sleep(0)
        self._known = known
        self.query_one(Table).show(len(known), self._cells)
        going = sum(session.open for session in known)
        told = f"共{len(known)}次" + (f"，{going}次没有结束" if going else "")
        self.query_one("#tally", Line).put(told if known else "还没有清点过")
        self.query_one("#foot").refresh()

    def _cells(self, place: int) -> tuple[str, ...]:
        session = self._known[place]
        return (
            session.id,
            session.listed.place,
            "、".join(map(self._called, session.counters)),
            str(session.listed.expected),
            str(session.reads),
            _state(session),
        )

    def _called(self, ref: str) -> str:
        person = self.room.register.person(ref)
        return person.name if person else ref

    @property
    def chosen(self) -> Session | None:
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
        self.do_open()

    async def do_begin_count(self) -> None:
        """Choose what is to be counted, and begin."""
        cabinets = self.room.register.in_order(self.room.register.cabinets)
        items = [Item("", "全室", "保密室和各柜，每月一次")]
        items += [Item(c.number, c.number, f"{c.name} {c.place}") for c in cabinets]
        scope = await self.desk.push_screen_wait(Pick("清点哪里", items))
        if scope is not None:
            self._go(lambda: begin(self.room, str(scope)))

    def do_open(self) -> None:
        """Go on with the count under the cursor, or look at what it came to."""
        if (session := self.chosen) is not None:
            self._go(lambda: resume(self.room, session.id))

    def _go(self, start: Callable[[], Counting]) -> None:
        try:
            counting = start()
        except (NoCount, BadCount, Locked, OSError) as error:
            self.tell(error, "bold $error")
            return
        self.desk.push_screen(self._page(counting))

    def _page(self, counting: Counting) -> Page[None]:
        from ledger.room.counting import Round
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


def _state(session: Session) -> str:
    if session.act is not None:
        return f"已记入第{session.act}笔"
    return f"作罢：{session.abandoned}" if session.abandoned else f"{session.round}中"
