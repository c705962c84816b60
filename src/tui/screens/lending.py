"""借出: one person, as many carriers as are scanned, one day to bring them back; judged as they come."""

from typing import Any, Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from ledger.event import Lent
from ledger.notation.listing import row_of
from ledger.room import Locked, Proposal, Refused, Unwritten
from ledger.room.drafting import Doing, Draft, read
from ledger.room.viewing import listed
from tui.actions import Action, bindings
from tui.entry import Entry
from tui.prose import finding_lines
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.page import Line, Page
from tui.table import Column, Table

__all__ = ["Lending"]

_COLUMNS: Final = (
    Column("number", "编号", 14, 14),
    Column("level", "密级", 6, 6),
    Column("name", "名称", 30, 12),
    Column("verdict", "能不能借", 60, 30),
)
_FIELDS: Final = (
    ("due", "应还日期", "20260401、0401、+7"),
    ("purpose", "用途", "起草、核对、汇报"),
    ("approvals", "审批", "主管领导:李国强"),
)
_LENT: Final = Doing(Lent)


class Lending(Page[None]):
    """A loan of several carriers to one person, written all together or not at all."""

    context = "lending"
    BINDINGS = bindings("lending", "table")

    def __init__(self, person: str, carrier: str) -> None:
        super().__init__()
        self.subject = self.person = person
        self.numbers = [carrier]
        self._drafts: dict[str, Draft] = {}
        self._saw = 0

    def body(self) -> ComposeResult:
        """What holds for all of them, then each of them."""
        for name, words, hint in _FIELDS:
            with Horizontal(classes="row"):
                yield Line(words, classes="label")
                yield Entry("", hint, id=name)
        yield Table(_COLUMNS, id="carriers")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Judge the first one."""
        self._saw = len(self.room.acts)
        person = self.room.register.people[self.person]
        self.head(f"借出给 {person.name}　{person.number}　{person.department}")
        self.query_one("#due", Entry).focus()
        self.judge()

    def judge(self, happened: str = "") -> list[Draft]:
        """Read and judge a loan of each carrier by itself."""
        typed = {name: self.query_one(f"#{name}", Entry).value for name, _, _ in _FIELDS}
        drafts = [
            read(
                self.room,
                _LENT,
                {**typed, "to": self.person, "carrier": number},
                happened=happened,
                saw=self._saw,
            )
            for number in self.numbers
        ]
        self._drafts = dict(zip(self.numbers, drafts, strict=True))
        self.query_one(Table).show(len(self.numbers), self._cells)
        ready = sum(draft.ready for draft in drafts)
        told = f"共{len(drafts)}件，{ready}件可以借出"
        self.query_one("#tally", Line).put(f"{told}；接着扫要借的载体，扫过的再扫一次去掉，F8 借出")
        self.query_one("#foot").refresh()
        return drafts

    def _cells(self, place: int) -> tuple[str, ...]:
        number = self.numbers[place]
        row = row_of(listed(self.room), number)
        return (
            number,
            str(row["level"]),
            str(row.get("alias") or row["name"] or row["model"]),
            _verdict(self._drafts[number]),
        )

    def on_input_changed(self) -> None:
        """Another day or approval may change everything."""
        self.judge()

    def on_input_submitted(self) -> None:
        """Enter goes on."""
        self.focus_next()

    def scanned(self, number: str) -> None:
        """One more carrier, one fewer, or another person."""
        register = self.room.register
        if number in register.people:
            self.person = self.subject = number
            self.on_mount()
        elif number not in register.carriers:
            self.tell(f"{number} 不是载体，不能借出")
            return
        elif number in self.numbers:
            self.numbers.remove(number)
            self.tell(f"{number} 去掉了")
        else:
            self.numbers.append(number)
        self.judge()

    def why_not(self, action: Action) -> str:
        """Nothing is lent while one of them may not be."""
        if action.id == "lend":
            if not self.numbers:
                return "还没有扫载体"
            if wrong := [n for n, draft in self._drafts.items() if not draft.ready]:
                return f"{'、'.join(wrong[:3])} 不能借出，F4 看为什么；去掉它，或 F9 补记"
        return ""

    def do_cell(self) -> None:
        """Why the carrier under the cursor may not be lent, in full."""
        at = self.query_one(Table).cursor
        if at < len(self.numbers):
            draft = self._drafts[self.numbers[at]]
            found = draft.proposal.findings if draft.proposal else ()
            told = [line for finding in found for line in finding_lines(finding)]
            self.desk.push_screen(Reading(self.numbers[at], told or [_verdict(draft)]))

    def do_drop(self) -> None:
        """Take the carrier under the cursor out."""
        at = self.query_one(Table).cursor
        if at < len(self.numbers):
            self.numbers.pop(at)
            self.judge()

    async def do_lend(self) -> None:
        """Say what will be written, and write it."""
        await self._write(self.judge())

    async def do_happened(self) -> None:
        """They were taken already: record it with the reason."""
        text = "载体已经拿走、只是现在才记的，写明原因。规章的问题会一并记入，违规的同时立案。"
        why = await self.desk.push_screen_wait(Prompt("补记已发生的事", text))
        if why:
            drafts = self.judge(happened=why)
            if all(draft.ready for draft in drafts):
                await self._write(drafts)

    async def _write(self, drafts: list[Draft]) -> None:
        person = self.room.register.people[self.person].name
        event: Any = drafts[0].event
        due = f"，{event.due}归还" if event.due else ""
        said = f"借出给{person}{due}，{len(drafts)}件：{'、'.join(self.numbers)}"
        if (
            await self.desk.push_screen_wait(Ask("写入账本", said, ("不写，再看看", "写入账本")))
            != 1
        ):
            return
        events = [draft.event for draft in drafts if draft.event is not None]
        try:
            done: tuple[Proposal, ...] = self.room.record_all(events, **drafts[0].circumstances)
        except Refused as refusal:
            found = [line for finding in refusal.findings for line in finding_lines(finding)]
            self.desk.push_screen(Reading("没有借出，账本没有变", found))
            return
        except (Locked, Unwritten, OSError) as error:
            self.tell(f"没有写入：{error}", "bold $error")
            return
        self.dismiss(None)
        self.desk.written(f"第{done[0].act.n}笔起{len(done)}笔 借阅 {person} 已写入账本")

    async def may_leave(self) -> bool:
        """Ask before what was scanned is forgotten."""
        if not self.numbers:
            return True
        said = f"扫过的{len(self.numbers)}件还没有借出。"
        return await self.desk.push_screen_wait(Ask("没有写入", said, ("接着办", "放弃"))) == 1


def _verdict(draft: Draft) -> str:
    """Whether it may be lent, in a line."""
    if draft.faults:
        return "；".join(draft.faults.values())
    if draft.missing:
        return f"还要填：{'、'.join(draft.missing)}"
    if draft.proposal is None or draft.ready:
        return "可以"
    against = [finding for finding in draft.proposal.findings if finding.force.binds]
    return f"{against[0].force}：{against[0].fact}（{against[0].cites}）"
