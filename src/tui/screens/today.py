"""今日: what is due, what is out, and how the book stands."""

from asyncio import sleep
from typing import Final

from textual import work
from textual.app import ComposeResult

from ledger.day import chinese
from ledger.mark import Level
from ledger.notation.sentence import summary
from ledger.notation.words import ACTS
from ledger.room.overview import OTHER, Out, Overview, overviewed
from tui.actions import Action, bindings
from tui.screens.asking import Reading
from tui.screens.page import Line, Page
from tui.table import Column, Table

__all__ = ["Today"]

_OUT: Final = (
    Column("number", "在外的载体", 14, 12),
    Column("name", "名称", 26, 12),
    Column("holder", "在谁手上", 12, 10),
    Column("purpose", "事由", 8, 8),
    Column("since", "从", 10),
    Column("due", "应还", 16, 16),
)
_ACTS_SHOWN: Final = 3
"""How many of the last acts are shown."""


class Today(Page[None]):
    """The screen the program opens with."""

    tabs = True
    context = "today"
    BINDINGS = bindings("today", "table")

    def __init__(self) -> None:
        super().__init__()
        self._overview = Overview()

    def body(self) -> ComposeResult:
        """What is due, what is out, the totals, the book, the last acts."""
        yield Line("", id="day")
        yield Table(_OUT, id="out")
        yield Line("正在清点", id="levels")
        yield Line("", id="book")
        yield Line("", id="safety")
        for n in range(_ACTS_SHOWN):
            yield Line("", id=f"act{n}", classes="act")

    def on_mount(self) -> None:
        """Show what is known at once; count the rest meanwhile."""
        self.query_one("#out", Table).focus()
        self.follow()
        self.set_interval(1.0, self._book)

    def follow(self) -> None:
        """Show the room as it is now."""
        today = self.room.clock().date()
        week = "一二三四五六日"[today.weekday()]
        told = f"{chinese(today)} 星期{week}　{self.room.settings.unit}　经办人 {self.room.by}"
        self.query_one("#day", Line).put(told)
        self._book()
        self._safety()
        self._last_acts()
        self.survey()

    @work(exclusive=True, group="survey")
    async def survey(self) -> None:
        """Count what there is and what is out, piece by piece."""
        overview = Overview()
        for seen in overviewed(self.room, overview):
            self.query_one("#levels", Line).put(f"正在清点 {seen:,} 件")
            await sleep(0)
        self._overview = overview
        self._levels()
        self.query_one("#out", Table).show(len(overview.out), self._cells)

    def _levels(self) -> None:
        levels = self._overview.levels
        names = [*(level.value for level in reversed(Level)), OTHER]
        told = "　".join(f"{name} {levels[name]:,}" for name in names)
        out, used = len(self._overview.out), self._overview.in_use
        line = f"在账 {levels.total():,} 件：{told}　在外 {out:,}　在用 {used:,}"
        self.query_one("#levels", Line).put(line)

    def _book(self) -> None:
        self.query_one("#book", Line).put(self.desk.audit.line)

    def _safety(self) -> None:
        register = self.room.register
        backup = max((b.on for b in register.backups.values()), default=None)
        count = max((c.on for c in register.counts.values()), default=None)
        told = (
            f"上次备份 {backup or '还没有'}",
            f"上次清点 {count or '还没有'}",
            *self.room.notices,
        )
        self.query_one("#safety", Line).put("　".join(told))

    def _last_acts(self) -> None:
        acts = self.room.acts[-_ACTS_SHOWN:][::-1]
        for n in range(_ACTS_SHOWN):
            line = self.query_one(f"#act{n}", Line)
            if n < len(acts):
                act = acts[n]
                told = f"第{act.n}笔 {act.on} {ACTS[type(act.event)]}　{summary(act, self.room.register)}"
                line.put(told)

    def _cells(self, place: int) -> tuple[str, ...]:
        out = self._overview.out[place]
        return (
            out.number,
            out.name,
            out.holder,
            out.purpose,
            out.since.isoformat(),
            self._due(out),
        )

    def _due(self, out: Out) -> str:
        if out.due is None:
            return ""
        late = (self.room.clock().date() - out.due).days
        return f"{out.due} {'今天' if late == 0 else f'逾{late}天' if late > 0 else ''}".strip()

    def on_table_moved(self, event: Table.Moved) -> None:
        """The screen is about the number under the cursor."""
        known = event.place < len(self._overview.out)
        self.subject = self._overview.out[event.place].number if known else ""

    def on_table_chosen(self) -> None:
        """A second click opens."""
        self.do_open()

    def why_not(self, action: Action) -> str:
        """What needs a line needs one."""
        return "没有在外的载体" if action.id in ("open", "cell") and not self.subject else ""

    def do_open(self) -> None:
        """The page of the line."""
        self.desk.open_record(self.subject)

    def do_cell(self) -> None:
        """Every cell of the line in full."""
        table = self.query_one("#out", Table)
        told = [f"{title}：{cell}" for title, cell in table.whole(table.cursor) if cell]
        self.desk.push_screen(Reading(self.subject, told))

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.follow()
        self.tell("已经是最新的")
