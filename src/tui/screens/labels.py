"""标签: what is due and what was asked for, how it will look, where it goes; printed and recorded."""

from asyncio import to_thread
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from attrs import evolve
from textual import work
from textual.app import ComposeResult

from ledger.notation.words import KIND_LABELS
from ledger.room import Room
from ledger.room.issuing import Issued
from ledger.room.labelling import Wanted
from ledger.room.signing_in import join
from ledger.room.stationery import (
    Choice,
    due,
    picture,
    print_labels,
    printers_of,
    sheets_of,
    templates_of,
    used,
    wanted,
)
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.files import new_file
from tui.jobs import GivenUp, Job, carried_out
from tui.plain import plain
from tui.screens.asking import Prompt, Reading
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

__all__ = ["LabelQueue"]

_COLUMNS: Final = (
    Column("mark", "选", 4, 3),
    Column("number", "编号", 14, 12),
    Column("kind", "种类", 8, 8),
    Column("causes", "为什么", 34, 20),
    Column("template", "大小", 20, 14),
    Column("last", "现有", 14, 10),
)
_PREVIEW_COLUMNS: Final = 72


class LabelQueue(Page[None]):
    """The labels that are due, those that were asked for first."""

    tabs = True
    context = "labels"
    BINDINGS = bindings("labels", "table")

    def __init__(self) -> None:
        super().__init__()
        self._asked: dict[str, Wanted] = {}
        self._due: tuple[Wanted, ...] = ()
        self.rows: list[Wanted] = []
        """What was asked for, then what is due."""
        self._marked: set[str] = set()
        self._template = ""
        self._paper = Choice()

    def body(self) -> ComposeResult:
        """Where it goes, and what is due."""
        yield Line("", id="day")
        yield Table(_COLUMNS, id="labels")
        yield Line("正在看哪些标签要印", id="tally")

    def on_mount(self) -> None:
        """Look what is due."""
        self.query_one(Table).focus()
        self.follow()

    @work(exclusive=True)
    async def follow(self) -> None:  # type: ignore[override]
        """Look what is due, beside the screen."""
        try:
            self._due = await to_thread(_due_of, self.room, self._template)
        except TROUBLES as error:
            self.query_one("#tally", Line).put(told(error))
            return
        self._show()

    def _show(self) -> None:
        due = (want for want in self._due if want.number not in self._asked)
        rows = self.rows = [*self._asked.values(), *due]
        self._marked &= {want.number for want in rows}
        size = templates_of(self.room)[self._template].name if self._template else "各用各的"
        self.query_one("#day", Line).put(f"印到：{self._paper.words}　大小：{size}")
        self.query_one(Table).show(len(rows), self._cells)
        new = sum(want.last is None for want in rows)
        marked = f"，选中{len(self._marked)}张" if self._marked else "，没有选中就是全部"
        line = (
            f"共{len(rows)}张：没有标签的{new}，要换的{len(rows) - new}{marked}"
            if rows
            else "没有要印的标签；F3 选编号，或扫一张旧标签"
        )
        self.query_one("#tally", Line).put(line)
        self._moved(self.query_one(Table).cursor)

    def _cells(self, place: int) -> tuple[str, ...]:
        want = self.rows[place]
        last = f"第{want.last.n}张 {want.last.on}" if want.last else ""
        return (
            "[*]" if want.number in self._marked else "[ ]",
            want.number,
            KIND_LABELS[want.kind],
            "；".join(want.causes) or "补印，要写原因",
            want.template.name,
            last,
        )

    def on_table_moved(self, event: Table.Moved) -> None:
        """The screen is about the number under the cursor."""
        self._moved(event.place)

    def _moved(self, place: int) -> None:
        rows = self.rows
        self.subject = rows[place].number if place < len(rows) else ""
        self.query_one("#foot").refresh()

    def why_not(self, action: Action) -> str:
        """What needs a label needs one."""
        if action.id in ("open", "mark_label", "print_labels", "cell") and not self.rows:
            return "没有要印的标签"
        return ""

    def on_table_chosen(self) -> None:
        """A second click shows the label."""
        self.do_open()

    def do_open(self) -> None:
        """Show the label as it would come out."""
        want = next((w for w in self.rows if w.number == self.subject), None)
        if want is None:
            return
        try:
            shown = picture(self.room, want, _PREVIEW_COLUMNS)
        except TROUBLES as error:
            self.tell(told(error), "bold $error")
            return
        says = [f"{text}" for _, text in shown.says]
        lines: list[object] = [
            plain(shown.size, "$dim"),
            *([] if self.desk.ascii_look else shown.lines),
            "　".join(says),
        ]
        self.desk.push_screen(Reading(f"{want.number} 第{want.issue}张标签", lines))

    def do_mark_label(self) -> None:
        """Choose the label under the cursor, or not; and go on to the next."""
        self._marked ^= {self.subject}
        self._show()
        self.query_one(Table).do_down()

    def scanned(self, number: str) -> None:
        """A scan asks for another label of the same thing."""
        self._ask_for(number)

    async def do_choose_label(self) -> None:
        """Ask for labels by number."""
        typed = await self.desk.push_screen_wait(Prompt("选编号", "给哪些编号印标签？几个用、隔开"))
        for number in (typed or "").replace("，", "、").split("、"):
            if number.strip():
                self._ask_for(number.strip())

    def _ask_for(self, number: str) -> None:
        try:
            self._asked[number] = wanted(self.room, number, self._template)
        except TROUBLES as error:
            self.tell(told(error), "bold $error")
            return
        self._marked.add(number)
        self._show()
        self.tell(f"{number} 已选中")

    async def do_label_template(self) -> None:
        """Choose another size."""
        items = [Item("", "各用各的", "每种东西用它平常的大小")]
        items += [
            Item(t.id, t.name, "、".join(KIND_LABELS[k] for k in t.for_))
            for t in templates_of(self.room).values()
        ]
        chosen = await self.desk.push_screen_wait(Pick("标签大小", items))
        if chosen is not None:
            self._template = str(chosen)
            self._asked.clear()
            self.follow()

    async def do_label_paper(self) -> None:
        """Choose a printer or a file, the sheet, and the first cell."""
        try:
            items = [
                Item(name, each.name, each.target) for name, each in printers_of(self.room).items()
            ]
        except TROUBLES as error:
            self.tell(told(error), "bold $error")
            return
        items.append(Item(Path(), "存成文件", "PDF整张A4，zpl、tspl给标签机"))
        where = await self.desk.push_screen_wait(Pick("印到哪里", items))
        if where is None:
            return
        choice = Choice(printer="" if isinstance(where, Path) else str(where))
        if isinstance(where, Path):
            path = await new_file(
                self.desk, "存成文件", "文件名以 pdf、png、zpl、tspl 结尾", "标签.pdf"
            )
            if path is None:
                return
            choice = Choice(path=path)
        self._paper = await self._sheet(choice)
        self._show()

    async def _sheet(self, choice: Choice) -> Choice:
        """The sheet and where it was left, for what prints pages."""
        pages = printers_of(self.room).get(choice.printer)
        if (pages.language if pages else choice.path and choice.path.suffix.lstrip(".")) != "pdf":
            return choice
        items = [Item("", "普通A4纸", "沿细线裁开")]
        items += [
            Item(s.id, s.name, self._left(s.id)) for s in sheets_of(self.room).values() if not s.cut
        ]
        sheet = await self.desk.push_screen_wait(Pick("用哪种标签纸", items))
        if not sheet:
            return choice
        place = used(self.room, str(sheet))
        text = f"上次用到第{place.start - 1}格，从第几格印起？换了新纸写1"
        typed = await self.desk.push_screen_wait(Prompt("从第几格起", text, "", str(place.start)))
        start = int(typed) if typed and typed.isdecimal() and int(typed) else None
        return evolve(choice, sheet=str(sheet), start=start)

    def _left(self, sheet: str) -> str:
        place = used(self.room, sheet)
        return f"用到第{place.start - 1}格" if place.start > 1 else "新的一张"

    async def do_print_labels(self) -> None:
        """Print what is marked, or everything, and record it."""
        if self._paper == Choice():
            await self.do_label_paper()
            if self._paper == Choice():
                return
        chosen = [w for w in self.rows if not self._marked or w.number in self._marked]
        reason = ""
        if any(want.last and not want.causes for want in chosen):
            reason = (
                await self.desk.push_screen_wait(
                    Prompt("补印", "有的标签还是好的，为什么再印？如磨损、掉落")
                )
                or ""
            )
            if not reason:
                return
        numbers, paper, template = tuple(w.number for w in chosen), self._paper, self._template

        def work(room: Room, tell: Callable[[int, int], None]) -> Issued:
            go_on = partial(_goes_on, tell)
            return print_labels(room, numbers, paper, template=template, reason=reason, go_on=go_on)

        job = Job[Issued](f"打印{len(numbers)}张标签", work, unit="张")
        printed = partial(self._printed, len(numbers))
        done = await carried_out(self.desk, job, printed)
        if done is not None:
            printed(done)

    def _printed(self, asked: int, done: Issued) -> None:
        """Tell what came out; what did not is still in the list."""
        for number in done.numbers:
            self._asked.pop(number, None)
            self._marked.discard(number)
        if self._paper.path:  # a file is made once
            self._paper = Choice()
        self._paper = evolve(self._paper, start=None)
        pages = f"，{done.pages}页，打印时选“实际大小”" if done.pages else ""
        left = asked - done.labels
        more = f"。剩下{left}张没有印，还在单子上" if left else ""
        self.desk.written(f"{done.labels}张标签{pages}：{done.outcome.said}{more}")


def _goes_on(tell: Callable[[int, int], None], done: int, of: int) -> bool:
    """Tell how many labels are out; whether the next sheet is to follow."""
    try:
        tell(done, of)
    except GivenUp:
        return False
    return True


def _due_of(room: Room, template: str) -> tuple[Wanted, ...]:
    """What is due in a room of one's own, for a thread."""
    with Room.open(room.folder, room.clock) as own:
        found = due(join(own, room), template)
        return (*found.new, *found.changed)
