"""写入前确认: exactly what will be written, and what it changes; one key writes it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from ledger.notation.sentence import effects, said
from ledger.room import Locked, Refused, Unwritten
from ledger.room.drafting import Doing, Draft
from ledger.room.viewing import listed
from tui.actions import bindings
from tui.plain import plain, styled
from tui.prose import Prose, finding_lines
from tui.screens.page import Modal

__all__ = ["Confirm"]


class Confirm(Modal[str]):
    """The last look before the book; the result is the number the act was about."""

    context = "confirm"
    BINDINGS = bindings("confirm")

    def __init__(self, doing: Doing, draft: Draft) -> None:
        super().__init__()
        self.doing, self.draft = doing, draft
        self.heading = f"将写入账本：{doing.words}"
        self._written = False

    def body(self) -> ComposeResult:
        """The act line by line, then what changes by it."""
        with VerticalScroll(id="text"):
            yield Prose(self._told(), id="said")

    def _told(self) -> list[Content]:
        proposal = self.draft.proposal
        if proposal is None:
            return []
        before, after = listed(self.room), listed(self.room, proposal.register)
        told = [styled((f"{name}　", "$dim"), value) for name, value in said(proposal.act, after)]
        changed = list(effects(proposal.changes, before, after))
        told += [
            plain("登记簿上的变化", "bold $accent"),
            *(plain(f"  {line}") for line in changed or ["没有"]),
        ]
        if proposal.findings:
            told += [plain(f"一并记入的问题：{len(proposal.findings)}项", "bold $warning")]
            told += [
                plain(f"  {f.force} {f.subject} {f.fact}　{f.cites}") for f in proposal.findings
            ]
        told.append(plain("写入以后不能改，只能冲销后重新登记。", "$dim"))
        return told

    def do_confirm(self) -> None:
        """Write it, once."""
        if self._written or self.draft.event is None:
            return
        self._written = True
        try:
            done = self.room.record(self.draft.event, **self.draft.circumstances)
        except Refused as refusal:
            self._refused(refusal)
            return
        except (Locked, Unwritten, OSError) as error:
            self._written = False
            self.tell(f"没有写入：{error}", "bold $error")
            return
        number = done.number
        self.dismiss(number)
        what = f"{self.doing.words} {number}".strip()
        self.desk.written(f"第{done.act.n}笔 {what} 已写入账本")

    def _refused(self, refusal: Refused) -> None:
        """The book has changed meanwhile: show why it is refused now."""
        found = [line for finding in refusal.findings for line in finding_lines(finding)]
        self.query_one("#said", Prose).put([plain("没有写入", "bold $error"), *found])
