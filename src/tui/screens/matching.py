"""对应栏目: which column goes where, chosen one by one, and saved by a name for the next file."""

from pathlib import Path
from typing import Any, Final

from attrs import evolve
from textual.app import ComposeResult

from ledger.room.intake import Directions, on_screen
from ledger.room.mappings import save
from ledger.room.matching import (
    ENCODINGS,
    Contents,
    FileColumn,
    Matching,
    Slot,
    filled,
    matched,
    matching,
    read_file,
)
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.jobs import Job, carried_out
from tui.pinyin import initials
from tui.screens.asking import Ask, Prompt
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

__all__ = ["MatchingPage"]

_COLUMNS: Final = (
    Column("letter", "列", 4, 3),
    Column("header", "表头", 20, 14),
    Column("examples", "内容举例", 30, 18),
    Column("field", "登记到", 20, 14),
    Column("takes", "怎么填", 40),
)
_LINES_OFFERED: Final = 12
"""How many lines are offered as the heading."""


class MatchingPage(Page[Directions]):
    """The columns of a file and the fields without one; the result is the directions as they now are."""

    context = "matching"
    BINDINGS = bindings("matching", "table")

    def __init__(self, path: Path, directions: Directions) -> None:
        super().__init__()
        self.path, self.directions = path, directions
        self._fits = directions
        """The last directions that the file could be read with."""
        self.now: Matching | None = None
        self._read: Contents | None = None
        self._rows: list[FileColumn | Slot] = []

    def body(self) -> ComposeResult:
        """How the file is read, and every column."""
        yield Line("", id="day")
        yield Table(_COLUMNS, id="columns")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Read the file."""
        self.head(f"对应栏目　{self.path.name}")
        self.query_one(Table).focus()
        self.run_worker(self._look())

    async def _look(self) -> None:
        """Match anew; directions that do not fit the file are told, and those before stay."""
        path, wanted, read = self.path, self.directions, self._read
        if read is not None and wanted.encoding != self._fits.encoding:
            read = None

        def work(*_: object) -> tuple[Contents, Matching]:
            inside = read or read_file(path, wanted)
            return inside, matching(inside, path.name, wanted)

        job = Job("读文件", work)
        found = await carried_out(self.desk, job, self._found)
        if found is not None:
            self._found(found)
        elif job.failure:
            self.tell(on_screen(job.failure), "bold $error")
            self.directions = self._fits

    def _found(self, found: tuple[Contents, Matching]) -> None:
        self._read, now = found
        self.now, self._fits = now, self.directions
        filled_by = {column.field for column in now.columns if column.field}
        free = [slot for slot in now.slots if slot.name not in filled_by]
        free.sort(key=lambda slot: (slot.name not in now.fixed, not slot.required))
        self._rows = [*now.columns, *free]
        sheet = f"工作表 {now.sheet}　" if now.sheet else ""
        row = f"表头在第{now.header_row}行" if now.header_row else "没有认出表头，按 F6 指明"
        self.query_one("#day", Line).put(f"{sheet}{row}")
        self.query_one(Table).show(len(self._rows), self._cells)
        wanting = [s.label for s in free if s.required and s.name not in now.fixed]
        left = sum(not column.field for column in now.columns)
        said = f"{len(now.columns)}列，{left}列不导入"
        said += f"；必填的还没有列：{'、'.join(wanting)}" if wanting else "；F8 试算"
        self.query_one("#tally", Line).put(said)
        self.query_one("#foot").refresh()

    def _cells(self, place: int) -> tuple[str, ...]:
        row, now = self._rows[place], self.now
        if isinstance(row, FileColumn):
            slot = next((s for s in now.slots if s.name == row.field), None) if now else None
            goes = slot.label if slot else row.field and now and now.label(row.field)
            takes = slot.takes if slot else ""
            return row.letter, row.header, "、".join(row.examples), goes or "不导入", takes
        value = now.fixed.get(row.name, "") if now else ""
        return "", "每行都填" if value else "没有这一列", value, row.label, row.takes

    def why_not(self, action: Action) -> str:
        """Nothing before the file was read."""
        waits = action.id in ("assign", "reading_way", "save_way") and self.now is None
        return "文件还没有读出来" if waits else ""

    def on_table_chosen(self) -> None:
        """A second click changes the line."""
        self.desk.action_act("assign")

    async def do_assign(self) -> None:
        """Choose where a column goes, or a value for a field that has none."""
        row = self._rows[self.query_one(Table).cursor]
        if self.now is None:
            return
        if isinstance(row, FileColumn):
            chosen = await self.desk.push_screen_wait(
                Pick(f"{row.letter}列 {row.header} 登记到哪一项", self._fields(self.now))
            )
            if chosen is not None:
                self.directions = matched(self.directions, self.now, row.header, str(chosen))
        else:
            value = await self._value(row, self.now.fixed.get(row.name, ""))
            if value is not None:
                self.directions = filled(self.directions, self.now, row.name, value)
        await self._look()

    def _fields(self, now: Matching) -> list[Item]:
        by = {column.field: f"现在是{column.letter}列" for column in now.columns if column.field}
        items = [
            Item(s.name, s.label, f"{initials(s.label)}　{by.get(s.name, s.takes)}")
            for s in now.slots
        ]
        return [Item("", "不导入", "这一列不要"), *items]

    async def _value(self, slot: Slot, before: str) -> str | None:
        """What every row gets; blank for nothing any more, ``None`` for Esc."""
        if before:
            said = f"每一行的“{slot.label}”都填“{before}”"
            answer = await self.desk.push_screen_wait(
                Ask(slot.label, said, ("改成别的", "不再每行都填"))
            )
            if answer != 0:
                return "" if answer == 1 else None
        text = f"文件里没有“{slot.label}”一列。每一行都填什么？{slot.takes}"
        return await self.desk.push_screen_wait(Prompt(slot.label, text, "", before))

    async def do_reading_way(self) -> None:
        """Choose the sheet, the line of the heading, or the encoding."""
        now = self.now
        if now is None:
            return
        items = [
            Item(
                {"sheet": name, "include_hidden": hidden},
                f"工作表 {name}",
                f"{lines}行{'，隐藏' * hidden}",
            )
            for name, lines, hidden in now.sheets
            if name and lines
        ]
        items += [
            Item({"header_row": n}, f"表头在第{n}行", text)
            for n, text in now.lines[:_LINES_OFFERED]
        ]
        items += [Item({"encoding": name}, f"文字编码 {name}") for name in ENCODINGS]
        chosen = await self.desk.push_screen_wait(Pick("这个文件怎么读", items))
        if isinstance(chosen, dict):
            told_: dict[str, Any] = {"header_row": 0, **chosen} if "sheet" in chosen else chosen
            self.directions = evolve(self.directions, **told_)
            await self._look()

    async def do_save_way(self) -> None:
        """Save the directions by a name."""
        text = "给这种表的办法起个名字，下次导入时直接选它"
        name = await self.desk.push_screen_wait(Prompt("存成办法", text, "", self.path.stem))
        if name:
            try:
                save(self.room, name, self.directions)
            except TROUBLES as error:
                self.tell(told(error), "bold $error")
            else:
                self.tell(f"已存成办法“{name}”", "bold $success")

    def do_try_way(self) -> None:
        """Go back and see what it comes to."""
        self.dismiss(self.directions)

    async def do_back(self) -> None:
        """The same: nothing has been written anywhere."""
        self.dismiss(self.directions)
