"""清点中: place first, then piece by piece; every scan is a read, and on disk before it is shown."""

from collections import deque

from textual.app import ComposeResult

from ledger.room.counting import Counting, Heard, NoCount, Round, Spot, Standing
from ledger.room.scanning import Scan
from ledger.room.viewing import listed
from ledger.text import InvalidText
from tui.actions import Action, bindings
from tui.entry import Entry
from tui.plain import styled
from tui.screens.asking import Ask, Prompt
from tui.screens.page import Line, Page
from tui.screens.pick import Item, Pick
from tui.table import Column, Table

__all__ = ["CountPage"]

_READS = (
    Column("at", "时间", 8, 8),
    Column("number", "编号", 16, 14),
    Column("name", "名称", 30, 12),
    Column("expected", "应在", 14, 10),
    Column("seen", "见到", 14, 10),
    Column("standing", "结果", 14, 12),
)
_KEPT = 500
"""How many of the last reads can be scrolled back to; all are in the file."""
_GOOD = (Standing.PRESENT, Standing.IN_USE)


class CountPage(Page[None]):
    """The first or the second round of a count; the second shows nothing of the first."""

    context = "count"
    BINDINGS = bindings("count", "table")

    def __init__(self, counting: Counting) -> None:
        super().__init__()
        self.counting = counting
        self._handed_on = False
        self._reads: deque[tuple[str, ...]] = deque(maxlen=_KEPT)
        lines = counting.session.lines
        self._got = {n for n in counting.session.found if n in lines and lines[n].spot}
        """What the list has here and was read."""

    def body(self) -> ComposeResult:
        """Where one is, what was read last, what before, and a line to type in."""
        yield Line("", id="spot")
        yield Line("先扫柜的标签，或按 F3 选地点，再逐件扫", id="heard")
        yield Table(_READS, id="reads")
        yield Entry("", "扫码，或输入编号、地点（G-01/2、保密室），回车", id="typed")

    def on_mount(self) -> None:
        """Ready to read."""
        self.query_one("#typed", Entry).focus()
        self._show()

    def on_unmount(self) -> None:
        """Another terminal may go on with it, unless its differences are being looked at here."""
        if not self._handed_on:
            self.counting.leave()

    def _show(self) -> None:
        session = self.counting.session
        person = self.room.register.person(session.counter)
        who = person.name if person else session.counter
        self.head(f"清点 {session.id}　{session.listed.place}　{session.round}：{who}")
        told = "" if session.blind else f"　见到 {len(self._got)} / 应在 {session.listed.expected}"
        if session.blind:
            told = f"　这一遍已读 {len(self._reads)}"
        self.query_one("#spot", Line).put(
            styled(("现在清点：", "$dim"), (session.spot, "bold"), told)
        )
        self.query_one("#reads", Table).show(len(self._reads), self._reads.__getitem__, cursor=0)

    def heard(self, code: str, found: Scan) -> None:  # noqa: ARG002 - the count asks the room itself
        """A scan is a read, or a place."""
        self._hear(code)

    def on_input_submitted(self, event: Entry.Submitted) -> None:
        """A typed number is a read as well."""
        event.input.value = ""
        if event.value.strip():
            self._hear(event.value)

    def _hear(self, text: str) -> None:
        try:
            heard = self.counting.hear(text)
        except (NoCount, InvalidText, OSError) as error:
            self._say(f"没有读入：{error}", "bold $error")
            self.desk.bell()
            return
        if heard.read is not None:
            self._reads.appendleft(self._cells(heard))
            line = self.counting.session.lines.get(heard.read.subject)
            self._got |= {heard.read.subject} if line and line.spot else set()
        good = heard.row is None or heard.row.standing in _GOOD
        self._say(heard.said, "bold $success" if good and not heard.again else "bold $warning")
        if not good:
            self.desk.bell()
        self._show()

    def _say(self, text: str, style: str) -> None:
        self.query_one("#heard", Line).put(styled((text, style)))

    def _cells(self, heard: Heard) -> tuple[str, ...]:
        read, row = heard.read, heard.row
        if read is None:
            return ()
        register = listed(self.room)
        entry = register.carriers.get(read.number)
        document = register.document_of(read.number)
        named = document and (document.alias or document.title)
        name = (
            named
            or getattr(entry and entry.thing, "name", "")
            or getattr(entry and entry.thing, "model", "")
        )
        hidden = self.counting.session.blind
        word = "重复" if heard.again else "已读" if row is None else str(row.standing)
        return (
            f"{read.at:%H:%M:%S}",
            read.subject,
            "" if hidden else str(name),
            "" if row is None else row.expected,
            str(read.spot),
            word,
        )

    def why_not(self, action: Action) -> str:
        """The second round comes after the first, once."""
        if action.id == "second_count" and self.counting.session.round is not Round.FIRST:
            return "已经在复点"
        return ""

    async def do_place(self) -> None:
        """Choose where one is."""
        register, scope = self.room.register, self.counting.session.listed.scope
        spots = [] if scope else [Spot()]
        for cabinet in register.in_order(register.cabinets):
            if scope in ("", cabinet.number):
                parts = cabinet.compartments
                spots += [Spot(cabinet.number, p.name) for p in parts] or [Spot(cabinet.number)]
        chosen = await self.desk.push_screen_wait(
            Pick("到哪里清点", [Item(s, str(s)) for s in spots])
        )
        if isinstance(chosen, Spot):
            try:
                self._say(self.counting.go(chosen).said, "bold $success")
            except (NoCount, OSError) as error:
                self._say(str(error), "bold $error")
            self._show()

    async def do_second_count(self) -> None:
        """Let another person count from the beginning, blind."""
        first = self.counting.session.counters[0]
        people = self.room.register.in_order(self.room.register.people)
        items = [Item(p.number, p.name, f"{p.number} {p.department}") for p in people]
        items = [i for i in items if first not in (i.value, i.words)]
        who = await self.desk.push_screen_wait(Pick("由谁复点（不看初点结果）", items))
        if who is None:
            return
        try:
            self.counting.second(str(who))
        except (NoCount, OSError) as error:
            self.tell(error, "bold $error")
            return
        self._reads.clear()
        self._say("从头再点一遍：先扫柜，再逐件扫", "bold $success")
        self._show()

    async def do_check_count(self) -> None:
        """All was read: look at what differs."""
        from tui.screens.differences import Differences

        session = self.counting.session
        left = session.listed.expected - len(self._got)
        if session.round is Round.FIRST and left > 0:
            said = (
                f"应在{session.listed.expected}件，还有{left}件没有读到。没读到的会列为应在未见。"
            )
            if (
                await self.desk.push_screen_wait(Ask("点完了吗", said, ("接着点", "点完了，核对")))
                != 1
            ):
                return
        try:
            self.counting.stop()
        except (NoCount, OSError) as error:
            self.tell(error, "bold $error")
            return
        self._handed_on = True
        self.desk.switch_screen(Differences(self.counting))

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

    async def do_back(self) -> None:
        """Leave it for now; it goes on where it was."""
        self.dismiss(None)
        self.desk.call_later(lambda: self.desk.page.tell("清点没有结束，回车接着点"))

    def do_up(self) -> None:
        """To the reads before."""
        self.query_one("#reads", Table).do_up()

    def do_down(self) -> None:
        """To the later reads."""
        self.query_one("#reads", Table).do_down()
