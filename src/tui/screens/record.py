"""登记页: one number with all that is known of it, and what may be done with it now."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from ledger.notation.listing import describe
from ledger.notation.words import ACTS
from ledger.room.history import history
from ledger.room.inquiry import findings_of, labels_of, readers_of
from ledger.room.viewing import hides, listed, told_in_a_line
from tui.actions import bindings
from tui.handing import bound, together
from tui.plain import plain, styled
from tui.prose import Prose, finding_lines
from tui.screens.asking import Reading
from tui.screens.page import Page

__all__ = ["RecordPage"]

_ACTS_SHOWN = 200
"""How many acts of a history are drawn at once; the rest is counted and said so."""


class RecordPage(Page[None]):
    """The page of one number."""

    context = "record"
    BINDINGS = bindings("record")

    def __init__(self, number: str) -> None:
        super().__init__()
        self.subject = number

    def body(self) -> ComposeResult:
        """Everything, one part below the other."""
        with VerticalScroll(id="page"):
            yield Prose(id="record")

    def on_mount(self) -> None:
        """Read the page, once it stands in the book who does where that has to stand there."""
        self.looks((self.subject,))
        self.follow()
        self.query_one("#page").focus()

    def follow(self) -> None:
        """Show the page as it is now."""
        register = self.room.register
        if self.subject in register.spoiled:
            self.head(f"{self.subject}　已作废")
            self.query_one("#record", Prose).put([register.spoiled[self.subject]])
            return
        told = dict(describe(listed(self.room), self.subject))
        name = told.get("名称") or told.get("题名") or told.get("姓名") or ""
        self.head(f"{self.subject}　{told.get('种类', '')}　{name}　{told.get('状态', '')}")
        hidden = hides(self.room, self.subject)
        self.query_one("#record", Prose).put(self._bare() if hidden else self._whole())

    def _whole(self) -> list[Content]:
        return [
            *self._findings(),
            *self._facts(),
            *self._labels(),
            *self._readers(),
            *self._acts(),
        ]

    def _bare(self) -> list[Content]:
        """A page somebody has no business with: that it is there, and what kind of thing it is."""
        why = "不在你的知悉范围，只显示编号、种类、密级"
        return [plain(why, "$warning"), *self._facts()]

    def _findings(self) -> list[Content]:
        found = findings_of(self.room, self.subject)
        if not found:
            return [_part("规章核对"), plain("  没有问题")]
        told = (line for finding in found for line in finding_lines(finding))
        return [_part(f"规章核对：{len(found)}项"), *told]

    def _facts(self) -> list[Content]:
        told = describe(listed(self.room), self.subject)
        shown = ((name, {True: "是", False: "否"}.get(value, value)) for name, value in told)
        return [_part("登记内容"), *(_fact(name, str(value)) for name, value in shown)]

    def _labels(self) -> list[Content]:
        found = labels_of(self.room, self.subject)
        return [_part("标签"), *(plain(f"  {line}") for line in found or ["还没有标签"])]

    def _readers(self) -> list[Content]:
        found = readers_of(listed(self.room), self.subject)
        return [_part("知悉记录"), *(plain(f"  {line}") for line in found)] if found else []

    def _acts(self) -> list[Content]:
        acts = history(self.room, self.subject)
        told = [
            styled(
                (f"  第{act.n}笔 {act.on} ", "$dim"),
                f"{ACTS[type(act.event)]}　{act.by}　{told_in_a_line(self.room, act)}",
            )
            for act in reversed(acts[-_ACTS_SHOWN:])
        ]
        more = f"，只列最近{_ACTS_SHOWN}笔" if len(acts) > _ACTS_SHOWN else ""
        return [_part(f"流水：共{len(acts)}笔{more}"), *told]

    async def do_open(self) -> None:
        """What can be done with it."""
        await self.desk.do_act()

    def do_cell(self) -> None:
        """What can be done with it now, and why not the rest."""
        self.desk.push_screen(Reading(f"{self.subject} 现在能办什么", list(self._possible())))

    def _possible(self) -> list[Content]:
        from ledger.room.possible import possible

        can, cannot = [], []
        for each in possible(self.room, self.subject):
            if each.why_not:
                cannot += [
                    plain(each.doing.words, "bold"),
                    *(line for f in each.why_not for line in finding_lines(f)),
                ]
            else:
                can.append(each.doing.words)
        return [_part("可以办"), plain("、".join(can)), _part("现在不能办"), *cannot]

    def scanned(self, number: str) -> None:
        """Beside what is shown a scan may begin a loan or a storing; else its own page opens."""
        if not together(self.desk, self.subject, number):
            self.desk.open_record(number)

    def bind(self, blank: str) -> bool:
        """A blank label is stuck on what is shown."""
        return bound(self.desk, self.subject, blank)

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.follow()
        self.tell("已经是最新的")


def _part(title: str) -> Content:
    return plain(title, "bold $accent")


def _fact(name: str, value: str) -> Content:
    return styled((f"  {name}　", "$dim"), value)
