"""导入: a file, what taking it in would come to with every error, and then all of it or nothing."""

from pathlib import Path
from typing import Any, Final

from attrs import evolve
from textual.app import ComposeResult

from ledger.notation.fields import label
from ledger.review import Proposal
from ledger.room.intake import (
    MODES,
    Directions,
    Fault,
    Taken,
    kind_words,
    on_screen,
    take,
    where,
)
from ledger.room.withdrawing import withdraw
from tui.actions import Action, bindings
from tui.files import new_file
from tui.jobs import Job, carried_out
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.consenting import Leave, leave_for
from tui.screens.matching import MatchingPage
from tui.screens.mending import mend
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.screens.preview import Preview
from tui.table import Column, Table

__all__ = ["ImportPage"]

_COLUMNS: Final = (
    Column("where", "位置", 16, 12),
    Column("header", "栏目", 14, 8),
    Column("value", "内容", 20, 10),
    Column("message", "问题", 50, 24),
    Column("hint", "怎么改", 40),
)
_CHANGES: Final = (
    *("columns", "import_mode", "mend", "consent"),
    *("take_in", "take_some", "preview"),
)
"""What is done before a file is taken in."""
_OF_PLAN: Final = ("take_in", "take_some", "preview", "mend", "consent")
"""What needs to know what a file comes to."""


class ImportPage(Page[None]):
    """What a file would come to; nothing is written before F8."""

    context = "importing"
    BINDINGS = bindings("importing", "table")

    def __init__(self, path: Path, directions: Directions) -> None:
        super().__init__()
        self.path, self.directions = path, directions
        self.leave = Leave()
        self.plan: Taken | None = None
        self.written = False

    def body(self) -> ComposeResult:
        """The counts, the columns, and every error."""
        yield Line("", id="totals")
        yield Line("", id="columns")
        yield Table(_COLUMNS, id="faults")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Try it."""
        kind = kind_words(self.directions.kind)
        self.head(f"导入 {self.path.name}　登记成{kind}　还没有写入")
        self.query_one(Table).focus()
        self.run_worker(self._try())

    async def _try(self) -> None:
        job = self._job("试算", dry_run=True)
        self.query_one("#totals", Line).put("正在试算")
        taken = await carried_out(self.desk, job, self._tried)
        if taken is not None:
            self._tried(taken)
        elif not job.left:
            self.plan = None
            self.tell(f"试算：{on_screen(job.failure)}", "bold $error")
            self.query_one("#totals", Line).put("读不通，没有试算出来")
            self.query_one("#columns", Line).put("按 F3 指明怎么读，或改好文件再来")
            self.query_one(Table).show(0, self._cells)

    def _job(self, words: str, **how: Any) -> Job[Taken]:
        path, way = self.path, self.directions
        how = {"dry_run": False, "leave": self.leave.by, **how}
        return Job[Taken](
            words, lambda room, tell: take(room, path, way, tell=tell, **how), unit="行"
        )

    def _tried(self, taken: Taken) -> None:
        """Show what it comes to, also to somebody who had left it to go on."""
        if self.is_attached:
            self.plan = taken
            self._show()

    def _show(self) -> None:
        taken = self.plan
        if taken is None:
            return
        plan = taken.plan
        told_ = (
            f"读到 {plan.rows:,} 行：新登记 {len(plan.new):,}，更新 {len(plan.updated):,}，"
            f"{f'注销 {len(plan.closures):,}，' if plan.closures else ''}已有且相同 {len(plan.unchanged):,}，有错 {len(self.faults):,} 处　{MODES[self.directions.mode]}"
        )
        self.query_one("#totals", Line).put(told_)
        used = "；".join(f"{head}→{label(name)}" for head, name in plan.mapping.items())
        left = f"　不导入：{'、'.join(plan.unmapped)}" if plan.unmapped else ""
        self.query_one("#columns", Line).put(f"{used}{left}")
        self.query_one(Table).show(len(self.faults), self._cells)
        ready = "没有错，F8 全部导入，F2 先看要写的" if self._some else "没有要登记的"
        said = (
            f"共{len(self.faults)}处错，有错的一行也不写：回车改写法，F3 对应栏目，或 F9 只导对的"
            if self.faults
            else ready
        )
        self.query_one("#tally", Line).put(said)
        self.query_one("#foot").refresh()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that keeps a row out."""
        return self.plan.faults if self.plan else ()

    def _cells(self, place: int) -> tuple[str, ...]:
        fault = self.faults[place]
        message, hint = on_screen(fault.message), on_screen(fault.hint)
        return where(fault), fault.header, fault.value, message, hint

    def why_not(self, action: Action) -> str:
        """What is wrong is not taken in; what is right can be."""
        if action.id == "undo_batch":
            return "" if self.written else "还没有导入"
        if action.id in _CHANGES and self.written:
            return "已经导入"
        if action.id in _OF_PLAN and self.plan is None:
            return "还没有试算出来"
        match action.id:
            case "take_in" if self.faults:
                return f"有{len(self.faults)}处错，改好文件再来，或用“只导对的”"
            case "take_some" if not self.faults:
                return "没有错的行，直接导入"
            case "mend" if not self.faults:
                return "没有错"
            case "take_in" | "take_some" if not self._some:
                return "没有要登记的"
        return ""

    @property
    def _some(self) -> bool:
        """Whether there is anything to be written."""
        plan = self.plan and self.plan.plan
        return bool(plan and (plan.new or plan.updated or plan.closures))

    async def do_import_mode(self) -> None:
        """Take in what is new only, or what has changed as well."""
        chosen = await self.desk.push_screen_wait(
            Pick("怎样导入", [Item(m, words) for m, words in MODES.items()])
        )
        if chosen is not None:
            self.directions = evolve(self.directions, mode=str(chosen))
            await self._try()

    async def do_columns(self) -> None:
        """Say which column goes where."""
        chosen = await self.desk.push_screen_wait(MatchingPage(self.path, self.directions))
        if chosen != self.directions:
            self.directions = chosen
            await self._try()

    def do_preview(self) -> None:
        """See every act before it is written."""
        if self.plan is not None:
            self.desk.push_screen(Preview(self.plan, f"要写的　{self.path.name}"))

    def on_table_chosen(self) -> None:
        """A second click mends."""
        self.desk.action_act("mend")

    async def do_mend(self) -> None:
        """Have what does not read under the cursor read as something else, in the whole file."""
        at = self.query_one(Table).cursor
        if at < len(self.faults):
            mended = await mend(self.desk, self.faults[at], self.directions)
            if mended is not None:
                self.directions = mended
                await self._try()

    async def do_consent(self) -> None:
        """Say who has approved what a file may not do by itself."""
        leave = await leave_for(self.desk, self.path, self.directions)
        if leave is not None:
            self.leave, self.directions = leave, leave.directions or self.directions
            await self._try()
            self.tell(f"{leave.said}，批准一并记入")

    async def do_take_in(self) -> None:
        """Take it all in."""
        await self._take(None)

    async def do_take_some(self) -> None:
        """Take in what is right; the rest becomes a file to be mended."""
        name = f"{self.path.stem}-没有导入.csv"
        rejects = await new_file(self.desk, "只导对的", "有错的行存成哪个文件？改好可以再导", name)
        if rejects is not None:
            await self._take(rejects)

    async def _take(self, rejects: Path | None) -> None:
        plan = self.plan
        if plan is None:
            return
        said = f"{self.path.name}：新登记{len(plan.plan.new)}件，更新{len(plan.plan.updated)}件。记成一批，可以整批撤销。"
        if await self.desk.push_screen_wait(Ask("写入账本", said, ("不写", "写入账本"))) != 1:
            return
        job = self._job(f"导入{self.path.name}", rejects=rejects)
        done = await carried_out(self.desk, job, self._taken)
        if done is not None:
            self._taken(done)

    def _taken(self, done: Taken) -> None:
        """Show what is in the book now, also to somebody who has gone elsewhere meanwhile."""
        if done.written:
            self.desk.written(f"已导入{len(done.numbers)}件，第{done.batch}批")
        if not self.is_attached:
            return
        self.plan = done
        self.written = done.written
        self._show()
        if done.written:
            self.head(f"导入 {self.path.name}　已写入，第{done.batch}批")
            self.query_one("#tally", Line).put("导错了按 F10 撤销这一批")
        else:
            self.tell("没有写入", "bold $error")

    async def do_undo_batch(self) -> None:
        """Void the whole batch."""
        batch = self.plan.batch if self.plan else None
        why = await self.desk.push_screen_wait(Prompt("撤销这批", "这一批全部作废。为什么？"))
        if why and batch is not None:
            job = Job[Proposal](
                "撤销", lambda room, _: withdraw(room, batch, by=room.by, reason=why)
            )
            if await carried_out(self.desk, job) is not None:
                self.desk.written(f"第{batch}批已撤销")
                self.dismiss(None)

    def do_cell(self) -> None:
        """The error in full."""
        table = self.query_one(Table)
        if self.faults:
            self.desk.push_screen(
                Reading("这一处错", [f"{t}：{v}" for t, v in table.whole(table.cursor) if v])
            )
