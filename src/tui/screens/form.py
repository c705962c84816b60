"""办理: one act as a form, judged while it is filled in; nothing is written before F8 is confirmed."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.timer import Timer

from ledger.day import chinese, read_day
from ledger.room.choices import Choice, choices
from ledger.room.drafting import Doing, Draft, day_of, fields_of, read
from tui.actions import bindings
from tui.entry import Entry
from tui.pinyin import spellings
from tui.plain import styled
from tui.prose import Prose, finding_lines
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.confirm import Confirm
from tui.screens.fields import Row, parts
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.screens.requests import asked
from tui.verdict import verdict

__all__ = ["Form"]

_JUDGED_AFTER: Final = 0.12
"""Seconds without a key before the form is judged anew."""
_SHOWN: Final = 4


class Form(Page[str]):
    """One act being filled in; the result is the number it was about once it is written."""

    context = "form"
    BINDINGS = bindings("form")

    def __init__(self, doing: Doing, filled: Mapping[str, str]) -> None:
        super().__init__()
        self.doing, self.heading, self.does = doing, doing.words, doing.kind
        self.fields = fields_of(doing)
        self._begun = dict(filled)
        self._filled = dict(filled)
        self._saw: int | None = None
        self._timer: Timer | None = None
        self.draft: Draft | None = None

    def body(self) -> ComposeResult:
        """Fields, and beside or below them what the rules say."""
        with Container(id="form"):
            with VerticalScroll(id="fields", can_focus=False):
                for before, field in pairwise((None, *self.fields)):
                    if field and before and before.usual and not field.usual:
                        yield Line("以下各项一般不填", classes="divider")
                    if field:
                        yield Row(field, self._filled.get(field.name, ""))
            with VerticalScroll(id="verdict", can_focus=False):
                yield Prose(id="said")
        yield Line("", id="offer")

    def on_mount(self) -> None:
        """Begin at the first field that is still empty."""
        kept = self.desk.drafts.pop(self._key, None)
        if kept is not None:
            self.fill(kept)
            self.tell("上次没写完的内容已恢复；清空按 F6")
        self._saw = len(self.room.acts)
        empty = (row for row in self.query(Row) if not row.entry.value)
        next(empty, self.query(Row).first()).entry.focus()
        self.judge()

    @property
    def _key(self) -> tuple[str, str]:
        return (self.doing.words, self._begun.get("number", ""))

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, blank ones left out unless they were filled before."""
        found = {row.field.name: row.entry.value for row in self.query(Row)}
        return {n: v for n, v in found.items() if v.strip() or n in self._begun}

    @property
    def dirty(self) -> bool:
        """Whether something was typed that would be lost."""
        return {n: v for n, v in self.typed.items() if v} != {
            n: v for n, v in self._begun.items() if v
        }

    def fill(self, values: Mapping[str, str]) -> None:
        """Put these values into their fields."""
        for row in self.query(Row):
            if row.field.name in values:
                row.entry.value = values[row.field.name]

    @on(Entry.Changed)
    def _changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_JUDGED_AFTER, self.judge)
        self._offer()

    def judge(self, happened: str = "") -> Draft:
        """Read the form and ask the rules, and show what they say."""
        if self._timer is not None:
            self._timer.stop()
        self.draft = read(self.room, self.doing, self.typed, happened=happened, saw=self._saw)
        for row in self.query(Row):
            row.set_class(row.field.name in self.draft.faults, "-fault")
        self.query_one("#said", Prose).put(
            verdict(self.draft, {field.name: field.label for field in self.fields})
        )
        self.head(f"{'* ' if self.dirty else ''}{self.doing.words}　{self._subject_words()}")
        return self.draft

    def _subject_words(self) -> str:
        return (
            self._begun.get("carrier")
            or self._begun.get("carriers")
            or self._begun.get("number")
            or ""
        )

    def _row(self) -> Row | None:
        focused = self.focused
        return (
            focused.parent
            if isinstance(focused, Entry) and isinstance(focused.parent, Row)
            else None
        )

    def _choices(self, row: Row) -> list[Choice]:
        typed = parts(row.entry.value)[1] if row.field.several else row.entry.value
        return choices(
            self.room,
            row.field,
            typed,
            spell=spellings,
            carriers=self.desk.carriers,
            filled=self.typed,
        )

    def on_descendant_focus(self) -> None:
        """Another field: what can be picked for it."""
        self._offer()

    def _offer(self) -> None:
        row = self._row()
        offer = self.query_one("#offer", Line)
        if row is None:
            offer.put("")
        elif row.field.name in ("on", "due", "until", "clear_by") and row.entry.value.strip():
            offer.put(self._day(row.entry.value))
        else:
            found = self._choices(row)
            told = "　".join(f"{choice.words}" for choice in found[:_SHOWN])
            more = f"　共{len(found)}项，F3 全部列出" if len(found) > _SHOWN else ""
            offer.put(styled(("可选 ", "$accent"), told, (more, "$dim")) if found else "")

    def _day(self, typed: str) -> str:
        try:
            day = read_day(day_of(typed, self.room.clock().date()))
        except ValueError as error:
            return str(error)
        return f"{chinese(day)} 星期{'一二三四五六日'[day.weekday()]}"

    async def on_input_submitted(self) -> None:
        """Enter completes what was begun with initials, and goes on to the next field."""
        row = self._row()
        if row is not None and (found := self._begun_with(row)):
            if len(found) > 1:
                self.run_worker(self._pick_for(row, found))
                return
            self._put(row, found[0].value)
        rows = list(self.query(Row))
        at = rows.index(row) if row in rows else -1
        if at + 1 < len(rows):
            rows[at + 1].entry.focus()
        else:
            self.tell("填完了：F8 写入，F9 补记已发生的事")

    def _begun_with(self, row: Row) -> list[Choice]:
        """What the last word of a field begins; nothing where it is whole or free text."""
        word = (parts(row.entry.value)[1] if row.field.several else row.entry.value).strip()
        found = self._choices(row) if word and row.field.of is not date else []
        if any(word == choice.value for choice in found):
            return []
        exact = [choice for choice in found if word in choice.words.split()[:2]]
        return exact[:1] or (found if len(found) == 1 or word.isascii() else [])

    def do_up(self) -> None:
        """The field before."""
        self.focus_previous()

    def do_down(self) -> None:
        """The next field."""
        self.focus_next()

    async def do_pick(self) -> None:
        """List what the field can take."""
        row = self._row()
        if row is None or not (found := self._choices(row)):
            self.tell("这一项没有可选的，直接输入")
        else:
            await self._pick_for(row, found)

    async def _pick_for(self, row: Row, found: list[Choice]) -> None:
        items = [Item(choice.value, choice.words) for choice in found]
        chosen = await self.desk.push_screen_wait(Pick(row.field.label, items))
        if chosen is not None:
            self._put(row, str(chosen))
            self.focus_next()

    def _put(self, row: Row, value: str) -> None:
        """Put a value in the place of the last word, after others where there may be several."""
        before = parts(row.entry.value)[0] if row.field.several else ""
        row.entry.value = "、".join([*before.split("、"), value]) if before else value
        row.entry.cursor_position = len(row.entry.value)

    def scanned(self, number: str) -> None:
        """A scan goes into the field that takes such a number; several are gathered."""
        from ledger.room.possible import fields_for

        names = fields_for(self.room, self.doing.kind, number)
        rows = {row.field.name: row for row in self.query(Row)}
        free = [
            n for n in names if n in rows and (rows[n].field.several or not rows[n].entry.value)
        ]
        if not free:
            self.tell(f"扫到 {number}，这张表没有地方填它；它没有写进任何一项")
            return
        row = rows[free[0]]
        known = [v for v in row.entry.value.split("、") if v]
        if number in known:
            self.tell(f"{number} 已经在里面了")
            return
        row.entry.value = "、".join([*known, number]) if row.field.several else number
        more = f"（共{len(known) + 1}件）" if row.field.several else ""
        self.tell(f"{row.field.label}：{number}{more}")

    async def do_write(self) -> None:
        """Say exactly what will be written, and write it when that is confirmed."""
        draft = self.judge()
        if draft.missing or draft.faults or draft.proposal is None:
            lacking = (f"还没填{name}" for name in draft.missing)
            self.tell(f"还不能写入：{'；'.join((*draft.faults.values(), *lacking))}")
        elif draft.proposal.refused:
            findings = [b for f in draft.proposal.findings for b in finding_lines(f)]
            await self.desk.push_screen_wait(Reading("不能办理，账本没有变", findings))
        else:
            await self._confirm(draft)

    async def do_ask_for(self) -> None:
        """Ask for the approval of what was filled in, instead of doing it."""
        await asked(self, self.judge().event)

    async def do_happened(self) -> None:
        """Record what has already taken place, with the reason, whatever the rules say."""
        text = "事情已经发生、只是现在才记的，写明原因。规章的问题会一并记入，违规的同时立案。"
        reason = await self.desk.push_screen_wait(
            Prompt("补记已发生的事", text, "如：检查时发现，当日未登记")
        )
        if reason:
            draft = self.judge(happened=reason)
            if draft.proposal is None:
                await self.do_write()
            elif draft.ready:
                await self._confirm(draft)
            else:
                findings = [b for f in draft.proposal.findings for b in finding_lines(f)]
                await self.desk.push_screen_wait(Reading("这样的事不可能发生，没有写入", findings))

    async def _confirm(self, draft: Draft) -> None:
        done = await self.desk.push_screen_wait(Confirm(self.doing, draft))
        if done is not None:
            self._begun = {n: v for n, v in self.typed.items() if v}
            self.dismiss(done)

    async def do_clear(self) -> None:
        """Begin again, at the first field."""
        rows = list(self.query(Row))
        for row in rows:
            row.entry.value = ""
        rows[0].entry.focus()

    async def may_leave(self) -> bool:
        """Ask about what was typed and not written."""
        if not self.dirty:
            return True
        text = f"“{self.doing.words}”填了内容，还没有写进账本。"
        answer = await self.desk.push_screen_wait(
            Ask("没有写入", text, ("继续填", "留作草稿", "放弃"))
        )
        if answer == 1:
            self.desk.drafts[self._key] = self.typed
        return answer in (1, 2)
