"""今日: what is due, what is out, and how the book stands."""

from asyncio import sleep
from collections.abc import Sequence
from typing import Final

from textual import work
from textual.app import ComposeResult

from ledger.day import chinese
from ledger.duty import Duty
from ledger.mark import Level
from ledger.notation.words import ACTS
from ledger.room.agenda import unfolding_agenda
from ledger.room.drafting import DOINGS, Doing, fields_of
from ledger.room.inquiry import page_of
from ledger.room.overview import OTHER, Out, Overview, overviewed
from ledger.room.possible import fields_for, filled_in
from ledger.room.viewing import told_in_a_line
from tui.actions import Action, bindings
from tui.screens.asking import Reading
from tui.screens.page import Line, Page, breath
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

__all__ = ["Today"]

_DUE: Final = (
    Column("due", "到期", 18, 16),
    Column("task", "要办的事", 32, 20),
    Column("subjects", "涉及", 20, 14),
    Column("cites", "依据", 26, 16),
)
_OUT: Final = (
    Column("number", "在外的载体", 14, 12),
    Column("name", "名称", 26, 12),
    Column("holder", "在谁手上", 12, 10),
    Column("purpose", "事由", 8, 8),
    Column("since", "从", 10),
    Column("due", "应还", 16, 16),
)
_SHOWN_IN: Final = 0.05
"""Seconds given to the page itself before anything is counted."""
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
        self._duties: tuple[Duty, ...] = ()

    def body(self) -> ComposeResult:
        """What is due, what is out, the totals, the book, the last acts."""
        yield Line("", id="day")
        yield Table(_DUE, id="due")
        yield Table(_OUT, id="out")
        yield Line("正在清点", id="levels")
        yield Line("", id="book")
        yield Line("", id="safety")
        for n in range(_ACTS_SHOWN):
            yield Line("", id=f"act{n}", classes="act")

    def on_mount(self) -> None:
        """Show what is known at once; count the rest meanwhile."""
        self.query_one("#due", Table).focus()
        self.follow()
        self.set_interval(1.0, self._book)

    def follow(self) -> None:
        """Show the room as it is now."""
        self._day("正在核对到期事项")
        self._book()
        self._safety()
        self._last_acts()
        self.survey()
        self.ask_duties()

    def _day(self, said: str) -> None:
        today = self.room.clock().date()
        week = "一二三四五六日"[today.weekday()]
        told = (
            f"{chinese(today)} 星期{week}",
            self.room.settings.unit,
            f"经办人 {self.room.by}",
            said,
        )
        self.query_one("#day", Line).put("　".join(told))

    @work(exclusive=True, group="survey")
    async def survey(self) -> None:
        """Count what there is and what is out, piece by piece."""
        overview = Overview()
        await sleep(_SHOWN_IN)
        for seen in overviewed(self.room, overview):
            self.query_one("#levels", Line).put(f"正在清点 {seen:,} 件")
            await breath()
        self._overview = overview
        self._levels()
        self.query_one("#out", Table).show(len(overview.out), self._cells)

    @work(exclusive=True, group="duties")
    async def ask_duties(self) -> None:
        """Work out what is due, a few pages of the register between two keys."""
        found: tuple[Duty, ...] = ()
        await sleep(_SHOWN_IN)
        for step in unfolding_agenda(self.room):
            found = step or found
            await breath()
        self.desk.sweeping.keep()
        today = self.room.clock().date()
        self._duties = tuple(duty for duty in found if duty.open(today) or duty.late(today))
        self.query_one("#due", Table).show(len(self._duties), self._duty)
        late = sum(duty.late(today) for duty in self._duties)
        self._day(f"要办 {len(self._duties)} 项，逾期 {late} 项")

    def _duty(self, place: int) -> tuple[str, ...]:
        duty = self._duties[place]
        hour = f" {duty.hour:%H:%M}" if duty.hour else ""
        days = (self.room.clock().date() - duty.due).days
        late = f"逾{days}天" if days > 0 else "今天" if days == 0 else ""
        return (
            f"{duty.due}{hour} {late}".strip(),
            duty.task,
            _subjects(duty),
            str(duty.cites),
        )

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
                told = f"第{act.n}笔 {act.on} {ACTS[type(act.event)]}　{told_in_a_line(self.room, act)}"
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

    @property
    def _chosen(self) -> Duty | Out | None:
        """What is under the cursor of the table that has the focus."""
        table = self.focused
        if not isinstance(table, Table) or table.cursor >= table.count:
            return None
        lines: Sequence[Duty | Out] = self._duties if table.id == "due" else self._overview.out
        return lines[table.cursor]

    def on_table_moved(self) -> None:
        """The screen is about the number under the cursor."""
        match self._chosen:
            case Out(number=number):
                self.subject = number
            case Duty(subjects=(number,)) if page_of(self.room.register, number):
                self.subject = number
            case _:
                self.subject = ""

    def on_descendant_focus(self) -> None:
        """The other table, the other number."""
        self.on_table_moved()

    async def on_table_chosen(self) -> None:
        """A second click opens."""
        await self.do_open()

    def why_not(self, action: Action) -> str:
        """What needs a line needs one."""
        return "没有选中的一行" if action.id in ("open", "cell") and not self._chosen else ""

    async def do_open(self) -> None:
        """Do what is due, or show where a carrier is."""
        match self._chosen:
            case Duty() as duty:
                await self._do(duty)
            case Out(number=number):
                self.desk.open_record(number)
            case None:
                pass

    async def _do(self, duty: Duty) -> None:
        """The form of the act that does it, with all it is about filled in."""
        doings = [d for d in DOINGS if d.kind in duty.done_by and not d.command]
        doing: object = doings[0] if doings else None
        if len(doings) > 1:
            doing = await self.desk.push_screen_wait(
                Pick(duty.task, [Item(each, each.words) for each in doings])
            )
        if isinstance(doing, Doing):
            self.desk.open_form(doing, self._filled(doing, duty))
        elif not doings:
            self.tell(f"{duty.task}：{duty.cites}")

    def _filled(self, doing: Doing, duty: Duty) -> dict[str, str]:
        """The fields an act begins with when it is done for a duty."""
        known = [n for n in duty.subjects if page_of(self.room.register, n) is not None]
        if len(known) <= 1:
            return filled_in(self.room, doing, known[0]) if known else {}
        several = {field.name for field in fields_of(doing) if field.several}
        names = [n for n in fields_for(self.room, doing.kind, known[0]) if n in several]
        return {names[0]: "、".join(known)} if names else filled_in(self.room, doing, known[0])

    def do_cell(self) -> None:
        """The line in full: for a duty why, by which article, which act does it."""
        match self._chosen:
            case Duty() as duty:
                self.desk.push_screen(Reading(duty.task, _told(duty)))
            case Out(number=number):
                table = self.query_one("#out", Table)
                told = [f"{title}：{cell}" for title, cell in table.whole(table.cursor) if cell]
                self.desk.push_screen(Reading(number, told))
            case None:
                pass

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.follow()
        self.tell("已经是最新的")


def _subjects(duty: Duty) -> str:
    more = f"等{len(duty.subjects)}件" if len(duty.subjects) > 1 else ""
    return f"{duty.subjects[0]}{more}" if duty.subjects else ""


def _told(duty: Duty) -> list[str]:
    acts = "、".join(ACTS[kind] for kind in duty.done_by)
    return [
        f"到期：{duty.due}",
        f"原因：{duty.why}",
        f"依据：{duty.cites}：{duty.gist}",
        f"办理：{acts}（回车）",
        f"涉及：{'、'.join(duty.subjects)}",
    ]
