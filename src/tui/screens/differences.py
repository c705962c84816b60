"""核对差异: each difference has a decision before the count is written; scans settle disputes."""

from asyncio import to_thread
from itertools import islice
from typing import Final

from textual import work
from textual.app import ComposeResult

from ledger.day import chinese
from ledger.review import Proposal
from ledger.room import Refused, Room
from ledger.room.countfile import Tell
from ledger.room.counting import Choice, Counting, NoCount, Row
from ledger.room.countsheet import totals
from ledger.room.scanning import Scan
from ledger.text import InvalidText
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.jobs import Job, beside, carried_out
from tui.prose import finding_lines
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.page import Line, Page
from tui.screens.settling import asked
from tui.table import Column, Table

__all__ = ["Differences"]

_COLUMNS: Final = (
    Column("n", "序号", 6, 5),
    Column("number", "编号", 16, 14),
    Column("standing", "结果", 14, 12),
    Column("expected", "应在", 16, 10),
    Column("seen", "见到", 16, 10),
    Column("decided", "处理", 40, 14),
)
_BITE: Final = 2000
Closed = tuple[Proposal, ...] | Refused
"""What closing a count comes to: its acts, or why nothing was written."""


class Differences(Page[None]):
    """What a count came to; nothing in the book changes before all of it is decided."""

    context = "differences"
    BINDINGS = bindings("differences", "table")

    def __init__(self, counting: Counting) -> None:
        super().__init__()
        self.counting = counting
        self._rows: list[Row] = []
        self._differing: list[Row] = []
        self._shown: list[Row] = []
        self._all = False
        self._waiting = 0
        self._writing: Job[Closed] | None = None

    def body(self) -> ComposeResult:
        """The totals, and the lines that differ."""
        yield Line("正在核对", id="totals")
        yield Table(_COLUMNS, id="rows")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Work it out."""
        session = self.counting.session
        done = f"已记入第{session.act}笔" if session.act else session.abandoned and "已作罢"
        self.head(f"核对差异 {session.id}　{session.listed.place}　{done or '账本还没有变'}")
        self.query_one(Table).focus()
        self.follow()

    def on_unmount(self) -> None:
        """Another terminal may go on with it."""
        if self.busy:
            self.desk.run_worker(self._leave())
        else:
            self.counting.leave()

    async def _leave(self) -> None:
        if self._writing is not None:
            await self._writing.ended.wait()
        self.counting.leave()

    @property
    def busy(self) -> bool:
        """Whether the count is being written, so that nothing else can be done with it."""
        return self._writing is not None and self._writing.running

    @work(exclusive=True)
    async def follow(self) -> None:  # type: ignore[override]
        """Work the tally out anew, beside the screen."""
        found, differing = list[Row](), list[Row]()
        try:
            async with beside(self.room) as own:
                rows = self.counting.within(own).rows()
                while some := await to_thread(lambda: list(islice(rows, _BITE))):
                    found += some
                    differing += [row for row in some if row.choices]
                    self.query_one("#tally", Line).put(f"正在核对 {len(found):,} 件")
        except TROUBLES as error:
            self.query_one("#totals", Line).put(told(error))
            return
        self._rows, self._differing = found, differing
        self._show()

    def _show(self) -> None:
        self._shown = self._rows if self._all else self._differing
        waiting = self._waiting = sum(row.waits for row in self._differing)
        self.query_one("#totals", Line).put(totals(tuple(self._rows)))
        self.query_one(Table).show(len(self._shown), self._cells)
        told = f"差异{len(self._differing)}处"
        ready = "都有了决定，F8 记入账本" if self.counting.session.open else "已经结束"
        told += f"，{waiting}处没有决定，回车决定" if waiting else f"，{ready}"
        self.query_one("#tally", Line).put(told)
        self.query_one("#foot").refresh()

    def _cells(self, place: int) -> tuple[str, ...]:
        row = self._shown[place]
        if row.decided is not None and row.choices and not row.waits:
            decided = f"{row.decided.choice} {row.decided.note}".strip()
        else:
            decided = "待定" if row.waits else ""
        return str(row.n or ""), row.subject, str(row.standing), row.expected, row.seen, decided

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        at = self.query_one(Table).cursor
        return self._shown[at] if at < len(self._shown) else None

    def why_not(self, action: Action) -> str:
        """A count that is closed is only looked at; one with open differences is not closed."""
        if action.id in ("decide", "close_count", "abandon_count"):
            if not self.counting.session.open:
                return "这次清点已经结束"
            if self.busy:
                return "正在记账"
            if action.id == "close_count" and self._waiting:
                return f"还有{self._waiting}处差异没有决定"
            if action.id == "decide" and not self._shown:
                return "没有差异"
        return ""

    def heard(self, code: str, found: Scan) -> None:  # noqa: ARG002 - the count asks the room itself
        """A scan is a look that settles what two have counted differently."""
        if self.busy:
            self.tell("正在记账，这一次没有读入", "bold $warning")
            return
        try:
            said = self.counting.hear(code).said
        except (NoCount, InvalidText, OSError) as error:
            self.tell(error, "bold $error")
            return
        self.tell(f"核对：{said}", "bold $success")
        self.follow()

    def on_table_chosen(self) -> None:
        """A second click decides."""
        self.desk.action_act("decide")

    async def do_decide(self) -> None:
        """Decide about the line under the cursor."""
        row = self.chosen
        if row is None or not row.choices:
            self.tell("这一行没有差异")
            return
        settled = await asked(self.desk, row)
        if settled is None:
            self.tell("没有决定")
            return
        choice, note, to = settled
        try:
            self.counting.settle(row.subject, choice, note=note, to=to)
        except (NoCount, InvalidText, OSError) as error:
            self.tell(error, "bold $error")
            return
        self._settled(row.subject)

    def _settled(self, subject: str) -> None:
        """Show the decision, and go on to the next line that waits for one."""
        now = self.counting.row(subject)
        for rows in (self._rows, self._differing):
            at = next(at for at, row in enumerate(rows) if row.subject == subject)
            rows[at] = now
        self._show()
        table = self.query_one(Table)
        after = [*range(table.cursor, len(self._shown)), *range(table.cursor)]
        table.cursor = next((at for at in after if self._shown[at].waits), table.cursor)

    async def do_close_count(self) -> None:
        """Say what will be written, and write it."""
        session = self.counting.session
        today = chinese(self.room.clock().date())
        missing = [
            row.subject
            for row in self._differing
            if row.decided and row.decided.choice is Choice.CASE
        ]
        told = [f"{today}清点{session.listed.place}：{totals(tuple(self._rows))}"]
        if missing:
            told.append(f"立案查找{len(missing)}件，从今天起24小时内报告：{'、'.join(missing[:5])}")
        answers = ("不写，再看看", "记入账本", "记入账本，这也是每季的核查清退")
        answer = await self.desk.push_screen_wait(Ask("记入账本", "\n".join(told), answers))
        if answer not in (1, 2):
            return
        await self._close(clearance=answer == 2)  # noqa: PLR2004 - the third answer

    async def _close(self, *, clearance: bool) -> None:
        """Write it beside the screen; until that has ended nothing else can be done with the count."""

        def close(own: Room, tell: Tell) -> Closed:
            counting = self.counting.within(own)
            try:
                done = counting.close(clearance=clearance, tell=tell)
            except Refused as refusal:
                return refusal
            finally:
                self.counting.session = counting.session
            return done

        self._writing = Job[Closed]("清点记账", close, unit="件")
        done = await carried_out(self.desk, self._writing, self._told)
        if done is not None:
            self._told(done)
        self.query_one("#foot").refresh()

    def _told(self, done: Closed) -> None:
        """Show what the closing came to, also to somebody who has gone elsewhere meanwhile."""
        if self.is_attached:
            self.on_mount()
        if isinstance(done, Refused):
            found = [line for finding in done.findings for line in finding_lines(finding)]
            self.desk.push_screen(Reading("没有记入，账本没有变", found))
        else:
            self.desk.written(f"第{done[-1].act.n}笔 清点 已写入账本；F9 打印结果签字")

    async def do_print_count(self) -> None:
        """Write the result as a form to be signed."""
        from tui.saving import save_form

        await save_form(self.desk, "盘点结果", self.counting.session.id)

    def do_every_row(self) -> None:
        """Show every line, or only those that differ."""
        self._all = not self._all
        self._show()

    def do_cell(self) -> None:
        """The line in full."""
        row = self.chosen
        if row is not None:
            told = [
                f"{t}：{v}"
                for t, v in self.query_one(Table).whole(self.query_one(Table).cursor)
                if v
            ]
            reads = [
                f"{r.round} {r.at:%H:%M:%S} {r.by} 在{r.spot}读到　{r.said}" for r in row.reads
            ]
            self.desk.push_screen(Reading(row.subject, [*told, *reads]))

    async def do_abandon_count(self) -> None:
        """Give it up; what was read stays in its file."""
        why = await self.desk.push_screen_wait(Prompt("作罢", "这次清点不作数，账本不变。为什么？"))
        if why:
            try:
                self.counting.abandon(why)
            except (NoCount, InvalidText, OSError) as error:
                self.tell(error, "bold $error")
                return
            self.dismiss(None)
