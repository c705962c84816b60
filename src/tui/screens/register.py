"""登记簿: one register as a table that can be searched and sorted, however long it is."""

from asyncio import sleep
from collections.abc import Iterator, Sequence

from textual import work
from textual.app import ComposeResult

from ledger.notation.listing import row_of
from ledger.notation.words import KIND_LABELS
from ledger.room.directory import Directory
from ledger.room.viewing import listed
from tui.actions import Action, bindings
from tui.entry import Entry
from tui.plain import safe
from tui.registers import RegisterView
from tui.screens.asking import Reading
from tui.screens.page import Line, Page, breath
from tui.table import Table

__all__ = ["RegisterPage"]


_DRAWN_IN = 0.03
"""Seconds given to what was found first to be drawn."""
_NEAR = 50
"""How far from its old line a number is looked for after something was written."""


class RegisterPage(Page[None]):
    """One register."""

    tabs = True
    context = "register"
    BINDINGS = bindings("register", "table")

    def __init__(self, view: RegisterView) -> None:
        super().__init__()
        self.view = view
        self.directory: Directory
        self._places: Sequence[int] = ()
        self._typed, self._by, self._backwards = "", "", False

    def body(self) -> ComposeResult:
        """The line to search in, the table, and how much of it is shown."""
        yield Entry("", "F3 查找：编号、题名、人名或拼音首字母", id="find")
        yield Table(self.view.columns, id="lines")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Everything, the newest first."""
        self.directory = self.desk.directory(self.view)
        self.table.focus()
        self._filter()
        self.learn()

    @property
    def table(self) -> Table:
        """The table."""
        return self.query_one("#lines", Table)

    @work(exclusive=True, group="learn")
    async def learn(self) -> None:
        """Learn what the lines are found by, piece by piece, while the officer goes on."""
        for known in self.directory.learn():
            self._tally(f"正在整理 {known} / {len(self.directory)}")
            await breath()
        self.desk.sweeping.keep()
        if self._typed or self._by:
            self._filter()
        self._tally()

    def follow(self) -> None:
        """Take in what was written; the cursor stays on its number."""
        self.directory.follow()
        self._filter(keep=self.subject)
        self.learn()

    def _filter(self, keep: str = "") -> None:
        self.workers.cancel_group(self, "find")
        places: Sequence[int] = range(len(self.directory) - 1, -1, -1)
        if self._typed and not self._by:
            steps = self.directory.finding(self._typed)
            places = next(steps, [])
            self._find_rest(steps)
        elif self._typed:
            places = self.directory.find(self._typed)[::-1]
        if self._by:
            places = self.directory.sorted(places, self._by, backwards=self._backwards)
        self._places = places
        cursor = 0 if not keep else self._where(keep)
        self.table.show(len(places), self._cells, cursor=cursor)
        self._tally()

    @work(exclusive=True, group="find")
    async def _find_rest(self, steps: Iterator[list[int]]) -> None:
        """Look through the rest of a long register between the keys, once the first is drawn."""
        await sleep(_DRAWN_IN)
        for found in steps:
            self.table.grow(len(found))
            await breath()
        self._tally()

    def _where(self, number: str) -> int:
        """The line a number is on now, near the one it was on."""
        at = self.table.cursor
        near = range(max(at - _NEAR, 0), min(at + _NEAR, len(self._places)))
        found = (line for line in near if self.directory.number(self._places[line]) == number)
        return next(found, at)

    def _cells(self, line: int) -> Sequence[str]:
        number = self.directory.number(self._places[line])
        row = row_of(listed(self.room), number)
        row["kind"] = KIND_LABELS[row["kind"]]
        row["name"] = row["name"] or row.get("title") or row.get("alias") or row["model"]
        return [str(row.get(column.name, "")) for column in self.view.columns]

    def _tally(self, doing: str = "") -> None:
        shown, every = len(self._places), len(self.directory)
        order = (
            f" · 按{self._title(self._by)}{'倒' if self._backwards else ''}排" if self._by else ""
        )
        found = f"查到 {shown:,} / 共 {every:,}" if self._typed else f"共 {every:,}"
        line = f"第 {min(self.table.cursor + 1, shown):,} 行 · " if shown else ""
        self.query_one("#tally", Line).put("　".join(filter(None, (line + found + order, doing))))

    def _title(self, name: str) -> str:
        return next(column.title for column in self.view.columns if column.name == name)

    def on_input_changed(self, event: Entry.Changed) -> None:
        """Fewer lines with every letter."""
        self._typed = event.value.strip()
        self._filter()

    def on_input_submitted(self) -> None:
        """Enter leaves the search for the lines it found."""
        self.table.focus()

    def on_table_moved(self, event: Table.Moved) -> None:
        """The screen is about the number under the cursor."""
        known = 0 <= event.place < len(self._places)
        self.subject = self.directory.number(self._places[event.place]) if known else ""
        self._tally()
        self.query_one("#foot").refresh()

    def on_table_chosen(self) -> None:
        """A second click opens."""
        self.do_open()

    def why_not(self, action: Action) -> str:
        """What needs a line needs one."""
        if action.id in ("open", "cell", "sort") and not self._places:
            return "表里没有记录"
        return ""

    def do_open(self) -> None:
        """The page of the line."""
        self.desk.open_record(self.subject)

    def do_find(self) -> None:
        """To the line to search in."""
        self.query_one("#find", Entry).focus()

    def do_sort(self) -> None:
        """The next column; the same one backwards first."""
        steps = [("", False), *((n, b) for n in self.view.sorts for b in (False, True))]
        at = steps.index((self._by, self._backwards))
        self._by, self._backwards = steps[(at + 1) % len(steps)]
        self._filter(keep=self.subject)
        if not self.directory.ready:
            self.tell("还在整理，整理完自动排好")

    def do_cell(self) -> None:
        """Every cell of the line in full."""
        whole = self.table.whole(self.table.cursor)
        self.desk.push_screen(Reading(self.subject, [f"{t}：{safe(v)}" for t, v in whole if v]))

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.tell("已经是最新的")

    async def do_back(self) -> None:
        """Out of the search; out of what was found; out to today."""
        find = self.query_one("#find", Entry)
        if find.value:
            find.value = ""
            self.table.focus()
        elif find.has_focus:
            self.table.focus()
        else:
            self.desk.do_today()

    def scanned(self, number: str) -> None:
        """A scan opens the page."""
        self.desk.open_record(number)
