"""看要写的: every act an import would write, a line each, before any of them is written."""

from typing import Final

from textual.app import ComposeResult

from ledger.room.intake import Taken, line_of
from tui.actions import Action, bindings
from tui.screens.asking import Reading
from tui.screens.page import Line, Page
from tui.table import Column, Table

__all__ = ["Preview"]

_COLUMNS: Final = (
    Column("rows", "行", 16, 10),
    Column("what", "做什么", 8, 6),
    Column("number", "编号", 16, 12),
    Column("words", "内容", 80, 30),
)


class Preview(Page[None]):
    """What was judged, act by act; only the lines that are seen are put into words."""

    context = "preview"
    BINDINGS = bindings("preview", "table")

    def __init__(self, taken: Taken, heading: str) -> None:
        super().__init__()
        self.taken, self.heading = taken, heading

    def body(self) -> ComposeResult:
        """The acts in the order in which they would be written."""
        yield Table(_COLUMNS, id="acts")
        yield Line(f"共{len(self.taken.proposals):,}笔，都还没有写进账本", id="tally")

    def on_mount(self) -> None:
        """Show them."""
        table = self.query_one(Table)
        table.focus()
        table.show(len(self.taken.proposals), self._cells)

    def _cells(self, place: int) -> tuple[str, ...]:
        line = line_of(self.room, self.taken, place)
        return line.rows, line.what, line.number, line.words

    def why_not(self, action: Action) -> str:
        """Nothing is shown in full where there is nothing."""
        return "没有要写的" if action.id == "whole" and not self.taken.proposals else ""

    def on_table_chosen(self) -> None:
        """A second click shows the whole."""
        self.desk.action_act("whole")

    def do_whole(self) -> None:
        """Everything one act would say."""
        line = line_of(self.room, self.taken, self.query_one(Table).cursor)
        told = [f"{name}：{value}" for name, value in line.whole if value]
        self.desk.push_screen(Reading(f"{line.what} {line.number}", told))
