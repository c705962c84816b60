"""导入: a file, what taking it in would come to with every error, and then all of it or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult

from ledger.notation.fields import label
from ledger.notation.words import KIND_LABELS
from ledger.room.intake import ENDINGS, KINDS, MODES, Fault, Taken, looks_like, take, where
from ledger.room.troubles import TROUBLES, told
from tui.actions import Action, bindings
from tui.files import choose_file, new_file
from tui.jobs import Job, carried_out
from tui.screens.asking import Ask, Reading
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["ImportPage", "choose_import"]

_COLUMNS: Final = (
    Column("where", "位置", 16, 12),
    Column("header", "栏目", 14, 8),
    Column("value", "内容", 20, 10),
    Column("message", "问题", 50, 24),
    Column("hint", "怎么改", 40),
)


async def choose_import(desk: "Baomi") -> None:
    """Choose a file and what it holds, and show what taking it in would do. To be called in a worker."""
    path = await choose_file(desk, "导入哪个文件", ENDINGS)
    if path is None:
        return
    try:
        guess = looks_like(path)
    except TROUBLES as error:
        desk.page.tell(told(error), "bold $error")
        return
    items = [Item(name, words, "看起来像是这种" if name == guess else "") for name, words in KINDS]
    items.sort(key=lambda item: item.value != guess)
    kind = await desk.push_screen_wait(Pick(f"{path.name} 登记成什么", items))
    if kind is not None:
        desk.push_screen(ImportPage(path, str(kind)))


class ImportPage(Page[None]):
    """What a file would come to; nothing is written before F8."""

    context = "importing"
    BINDINGS = bindings("importing", "table")

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__()
        self.path, self.kind, self.mode = path, kind, "create"
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
        self.head(f"导入 {self.path.name}　登记成{KIND_LABELS[self.kind]}　还没有写入")
        self.query_one(Table).focus()
        self.run_worker(self._try())

    async def _try(self) -> None:
        path, kind, mode = self.path, self.kind, self.mode
        job = Job[Taken](
            "试算", lambda room, tell: take(room, path, kind, mode=mode, dry_run=True, tell=tell)
        )
        self.plan = await carried_out(self.desk, job)
        if self.plan is None and job.failure:
            self.query_one("#totals", Line).put(f"读不通：{job.failure}")
        self._show()

    def _show(self) -> None:
        taken = self.plan
        if taken is None:
            return
        plan = taken.plan
        told_ = (
            f"读到 {plan.rows:,} 行：新登记 {len(plan.new):,}，更新 {len(plan.updated):,}，"
            f"已有且相同 {len(plan.unchanged):,}，有错 {len(self.faults):,} 处　{MODES[self.mode]}"
        )
        self.query_one("#totals", Line).put(told_)
        used = "；".join(f"{head}→{label(name)}" for head, name in plan.mapping.items())
        left = f"　不导入：{'、'.join(plan.unmapped)}" if plan.unmapped else ""
        self.query_one("#columns", Line).put(f"{used}{left}")
        self.query_one(Table).show(len(self.faults), self._cells)
        ready = "没有错，F8 全部导入" if plan.new or plan.updated else "没有要登记的"
        said = (
            f"有错的一行也不写：改好文件再来，或 F9 只导对的。共{len(self.faults)}处错"
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
        return where(fault), fault.header, fault.value, fault.message, fault.hint

    def why_not(self, action: Action) -> str:
        """What is wrong is not taken in; what is right can be."""
        if action.id in ("take_in", "take_some", "import_mode"):
            if self.written:
                return "已经导入"
            if self.plan is None:
                return "还没有试算出来"
        if action.id == "take_in" and self.faults:
            return f"有{len(self.faults)}处错，改好文件再来，或用“只导对的”"
        if action.id == "take_some" and not self.faults:
            return "没有错的行，直接导入"
        if (
            action.id in ("take_in", "take_some")
            and self.plan
            and not (self.plan.plan.new or self.plan.plan.updated)
        ):
            return "没有要登记的"
        return ""

    async def do_import_mode(self) -> None:
        """Take in what is new only, or what has changed as well."""
        chosen = await self.desk.push_screen_wait(
            Pick("怎样导入", [Item(m, words) for m, words in MODES.items()])
        )
        if chosen is not None:
            self.mode = str(chosen)
            await self._try()

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
        path, kind, mode = self.path, self.kind, self.mode
        job = Job[Taken](
            f"导入{self.path.name}",
            lambda room, tell: take(
                room, path, kind, mode=mode, dry_run=False, rejects=rejects, tell=tell
            ),
        )
        done = await carried_out(self.desk, job)
        if done is None:
            return
        self.plan = done
        self.written = done.written
        self._show()
        if done.written:
            self.head(f"导入 {self.path.name}　已写入，第{done.batch}批")
            self.query_one("#tally", Line).put(
                f"撤销这一批：baomi import undo {done.batch} --reason 原因"
            )
            self.desk.written(f"已导入{len(done.numbers)}件，第{done.batch}批")
        else:
            self.tell("没有写入", "bold $error")

    def do_cell(self) -> None:
        """The error in full."""
        table = self.query_one(Table)
        if self.faults:
            self.desk.push_screen(
                Reading("这一处错", [f"{t}：{v}" for t, v in table.whole(table.cursor) if v])
            )
