"""流水: every act of the book, the latest first, however many there are."""

import re
from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult

from ledger.act import Act
from ledger.notation.words import ACTS
from ledger.reference import mentions
from ledger.room.history import history
from ledger.room.viewing import hides, reads_act, told, told_in_a_line
from tui.actions import Action, bindings
from tui.entry import Entry
from tui.pinyin import spellings
from tui.plain import styled
from tui.registers import LOG
from tui.screens.asking import Reading
from tui.screens.page import Line, Page, breath
from tui.table import Table

__all__ = ["LogPage"]

_PIECE = 50
"""Acts read at once."""


class LogPage(Page[None]):
    """The book, act by act."""

    tabs = True
    context = "register"
    BINDINGS = bindings("register", "table")

    def __init__(self) -> None:
        super().__init__()
        self.view = LOG
        self._found: Sequence[int] | None = None
        """The acts found, latest first; ``None`` while nothing is looked for."""
        self._pieces: dict[int, list[Act]] = {}
        self._typed, self._looked = "", 0

    def body(self) -> ComposeResult:
        """The line to search in, the acts, and how many there are."""
        yield Entry("", "F3 查找：编号、人名、事项、日期（2026-11），或拼音首字母", id="find")
        yield Table(self.view.columns, id="lines")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """The latest first."""
        self.table.focus()
        self._show()

    @property
    def table(self) -> Table:
        """The table."""
        return self.query_one("#lines", Table)

    def follow(self) -> None:
        """Take in what was written."""
        self._pieces.clear()
        self._look() if self._typed else self._show()

    def _show(self) -> None:
        count = len(self.room.acts) if self._found is None else len(self._found)
        self.table.show(count, self._cells)
        self._tally()

    def _act(self, n: int) -> Act:
        piece = (n - 1) // _PIECE
        if piece not in self._pieces:
            if len(self._pieces) > _PIECE:
                self._pieces.clear()
            self._pieces[piece] = self.room.acts[piece * _PIECE : (piece + 1) * _PIECE]
        return self._pieces[piece][(n - 1) % _PIECE]

    def _n(self, line: int) -> int:
        return len(self.room.acts) - line if self._found is None else self._found[line]

    def _cells(self, line: int) -> Sequence[str]:
        act = self._act(self._n(line))
        says = told_in_a_line(self.room, act)
        person = self.room.register.people.get(act.by)
        by = person.name if person else act.by
        return (str(act.n), act.on.isoformat(), ACTS[type(act.event)], by, says)

    def _tally(self) -> None:
        every = len(self.room.acts)
        found = "" if self._found is None else f"查到 {len(self._found):,} / "
        going = self._typed and self._looked < every
        so_far = f"　正在查：已查 {self._looked:,} 笔" if going else ""
        line = f"第 {self.table.cursor + 1:,} 行 · " if self.table.count else ""
        self.query_one("#tally", Line).put(f"{line}{found}共 {every:,} 笔{so_far}")

    def on_input_changed(self, event: Entry.Changed) -> None:
        """Other acts with every letter."""
        self._typed = event.value.strip()
        self._look()

    def _look(self) -> None:
        if not self._typed:
            self.workers.cancel_group(self, "look")
            self._found = None
            self._show()
        elif self._typed in self.room.register.idents and not hides(self.room, self._typed):
            self.workers.cancel_group(self, "look")
            self._found = [act.n for act in reversed(history(self.room, self._typed))]
            self._looked = len(self.room.acts)
            self._show()
        else:
            self._search(self._typed)

    @work(exclusive=True, group="look")
    async def _search(self, typed: str) -> None:
        """Go through the book from its end, showing what is found as it is found."""
        found: list[int] = []
        self._found, self._looked, words = found, 0, typed.lower().split()
        last = len(self.room.acts)
        while self._looked < last:
            upto = last - self._looked
            start = max((upto - 1) // _PIECE * _PIECE, 0)
            piece = reversed(self.room.acts[start:upto])
            found += [act.n for act in piece if all(self._says(act, word) for word in words)]
            self._looked = last - start
            self._show()
            await breath()

    def _says(self, act: Act, word: str) -> bool:
        """Whether an act says a word, or begins one of its parts with these initials."""
        words = told(self.room, act)
        parts = [part for _, value in words for part in re.split(r"[、（）\s]", value)]
        if any(word in part.lower() for part in parts):
            return True
        return word.isascii() and any(way.startswith(word) for p in parts for way in spellings(p))

    def on_input_submitted(self) -> None:
        """Enter leaves the search for what it found."""
        self.table.focus()

    def on_table_moved(self, event: Table.Moved) -> None:
        """The screen is about the first number the act names."""
        self.subject = ""
        if event.place < self.table.count:
            act = self._act(self._n(event.place))
            known = [n for n in sorted(mentions(act.event)) if n in self.room.register.idents]
            self.subject = next(iter(known), "")
        self._tally()

    def on_table_chosen(self) -> None:
        """A second click shows the act."""
        self.do_cell()

    def why_not(self, action: Action) -> str:
        """The acts have one order."""
        if action.id == "sort":
            return "流水按先后排，不能改"
        return "没有流水" if action.id in ("open", "cell") and not self.table.count else ""

    def do_open(self) -> None:
        """The act in full."""
        self.do_cell()

    def do_cell(self) -> None:
        """The act in full."""
        act = self._act(self._n(self.table.cursor))
        if not self.looks(mentions(act.event)):
            return
        lines = [styled((f"{name}　", "$dim"), value) for name, value in told(self.room, act)]
        found = act.findings if reads_act(self.room, act) else ()
        noted = [f"{n.force} {n.subject} {n.fact}　{n.article}" for n in found]
        self.desk.push_screen(Reading(f"第{act.n}笔", [*lines, *noted]))

    def do_find(self) -> None:
        """To the line to search in."""
        self.query_one("#find", Entry).focus()

    def do_sort(self) -> None:
        """The acts have one order."""

    def do_reload(self) -> None:
        """Look at the book again."""
        self.desk.look()
        self.tell("已经是最新的")

    async def do_back(self) -> None:
        """Out of the search; out to today."""
        find = self.query_one("#find", Entry)
        if find.value:
            find.value = ""
            self.table.focus()
        else:
            self.desk.do_today()
