"""申请审批: what waits for whoever is signed in, decided, signed for or done with a key each."""

from collections.abc import Callable
from itertools import islice
from typing import Any, Final, cast

from textual.app import ComposeResult

from ledger.event import Event
from ledger.notation.listing import asked_for
from ledger.notation.sentence import said_of
from ledger.review import Proposal, Refused
from ledger.room import approving
from ledger.room.approving import Standing
from ledger.room.viewing import reads_request
from ledger.trouble import TROUBLES, told
from tui.actions import Action, bindings
from tui.prose import finding_lines
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.page import Line, Page
from tui.table import Column, Table

__all__ = ["Requests", "asked"]

_COLUMNS: Final = (
    Column("number", "申请", 14, 14),
    Column("wanted", "事项", 34, 20),
    Column("applicant", "申请人", 10, 8),
    Column("on", "日期", 10),
    Column("needed", "要谁批", 20, 10),
    Column("state", "现状", 12, 8),
)
_MOST: Final = 300
"""How many are judged at once, the oldest first; each costs a fifth of a millisecond."""
_ON_ONE: Final = ("open", "cell", "approve", "deny", "attest", "fulfil", "take_back")


class Requests(Page[None]):
    """The open requests; for an approver those that wait for him."""

    heading = "申请审批"
    context = "requests"
    BINDINGS = bindings("requests", "table")

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Standing] = []

    def body(self) -> ComposeResult:
        """Who is here, and what waits."""
        yield Line("", id="day")
        yield Table(_COLUMNS, id="requests")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Read the requests."""
        self.query_one(Table).focus()
        self.follow()

    def follow(self) -> None:
        """Show the requests as they are now."""
        waiting = list(islice(approving.requests_for(self.room), _MOST))
        self._known = waiting or list(islice(approving.open_requests(self.room), _MOST))
        self.query_one(Table).show(len(self._known), self._cells)
        self.query_one("#day", Line).put(
            f"{self.room.by}　F8 批准　F6 不批准　F9 到场签名　F3 凭此办理　数字键 登记簿"
        )
        what = "份等你批" if waiting else "份没有办完"
        more = f"，先列最早的{_MOST}份" if len(self._known) == _MOST else ""
        self.query_one("#tally", Line).put(f"{len(self._known)}{what}{more}")
        self.query_one("#foot").refresh()

    def _cells(self, place: int) -> tuple[str, ...]:
        found = self._known[place]
        request = found.request
        return (
            request.number,
            asked_for(cast("Event", request.wanted.event)),
            self._called(request.applicant),
            str(request.on),
            "；".join(map(str, found.needed)),
            found.said,
        )

    def _called(self, ref: str) -> str:
        return getattr(self.room.register.person(ref), "name", ref)

    @property
    def chosen(self) -> Standing | None:
        """The request under the cursor."""
        at = self.query_one(Table).cursor
        return self._known[at] if at < len(self._known) else None

    def why_not(self, action: Action) -> str:
        """What needs a request needs one."""
        return "没有选中的申请" if action.id in _ON_ONE and not self._known else ""

    def on_table_chosen(self) -> None:
        """A second click shows it in full."""
        self.do_cell()

    def do_open(self) -> None:
        """The request in full."""
        self.do_cell()

    def do_cell(self) -> None:
        """What it asks for, who has agreed, who is there, and what is still missing."""
        found = self.chosen
        if found is None:
            return
        request = found.request
        wanted = cast("Event", request.wanted.event)
        whole = reads_request(self.room, request)
        said = said_of(wanted, self.room.register) if whole else [("事项", asked_for(wanted))]
        lines: list[object] = [
            f"申请人：{self._called(request.applicant)}　{request.on}　{request.purpose}".rstrip(),
            *(f"{label}：{value}" for label, value in said),
            f"要由：{'；'.join(map(str, found.needed))}",
            *(
                f"批准：{self._called(each.by)} {each.on} {each.paper_no}"
                for each in request.approvals
            ),
            *(f"到场：{self._called(each)} {request.attested_on}" for each in request.attested),
            *(block for each in found.findings for block in finding_lines(each)),
        ]
        self.desk.push_screen(Reading(request.number, lines))

    async def do_approve(self) -> None:
        """Approve it, after it was read once more."""
        if (found := self.chosen) is not None:
            text = "\n".join(f"{each}" for each in self._cells(self.query_one(Table).cursor))
            if (
                await self.desk.push_screen_wait(Ask("批准这份申请？", text, ("批准", "再看看")))
                == 0
            ):
                await self._done(lambda: approving.grant(self.room, found.request.number), "已批准")

    async def do_deny(self) -> None:
        """Refuse it, with a reason."""
        if (found := self.chosen) is not None:
            reason = await self.desk.push_screen_wait(
                Prompt("不批准", "写明原因，这份申请就此终结。")
            )
            if reason:
                await self._done(
                    lambda: approving.deny(self.room, found.request.number, reason), "已不批准"
                )

    async def do_attest(self) -> None:
        """Sign as a witness who is there."""
        if (found := self.chosen) is not None:
            await self._done(lambda: approving.attest(self.room, found.request.number), "已签到场")

    async def do_fulfil(self) -> None:
        """Do what was approved."""
        if (found := self.chosen) is not None:
            text = asked_for(cast("Event", found.request.wanted.event))
            answer = await self.desk.push_screen_wait(
                Ask("凭这份申请办理？", text, ("办理", "再看看"))
            )
            if answer == 0:
                await self._done(
                    lambda: approving.fulfil(self.room, found.request.number), "已办理"
                )

    async def do_take_back(self) -> None:
        """Take one's own request back."""
        if (found := self.chosen) is not None:
            await self._done(lambda: approving.withdraw(self.room, found.request.number), "已撤回")

    async def _done(self, work: Callable[[], Proposal], said: str) -> None:
        if await _written(self, work, said) is not None:
            self.follow()

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.follow()

    async def do_back(self) -> None:
        """Back to where one came from; who began here stays."""
        if len(self.desk.screen_stack) > 1:
            self.dismiss(None)
        elif self.desk.current_mode == self.desk.DEFAULT_MODE:
            self.tell("退出按 Ctrl+Q")
        else:
            self.desk.do_today()


async def _written(page: Page[Any], work: Callable[[], Proposal], said: str) -> Proposal | None:
    """What was written; ``None`` where it was refused or went wrong, which is told."""
    try:
        done = work()
    except Refused as refusal:
        findings = [block for each in refusal.findings for block in finding_lines(each)]
        await page.desk.push_screen_wait(Reading("不能办理，账本没有变", findings))
    except TROUBLES as error:
        page.tell(told(error), "bold $error")
    else:
        page.desk.written(f"第{done.act.n}笔　{said} {done.number}".rstrip())
        return done
    return None


async def asked(page: Page[Any], event: Event | None) -> None:
    """Ask for an act that was filled in on a form, and leave the form."""
    if event is None:
        page.tell("还没有填完，不能申请")
        return
    purpose = await page.desk.push_screen_wait(Prompt("提出申请", "为什么要办，写一句事由。"))
    if purpose is None:
        return
    room = page.room
    done = await _written(
        page, lambda: approving.ask_for(room, event, purpose=purpose, by=room.by), "申请"
    )
    if done is not None:
        page.dismiss(None)
