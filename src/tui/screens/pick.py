"""One of many, found by a few letters: what to do, whom, which, where to go."""

from collections.abc import Callable, Sequence

from attrs import frozen
from textual.app import ComposeResult

from tui.actions import bindings
from tui.entry import Entry
from tui.pinyin import spellings
from tui.screens.page import Line, Modal
from tui.table import Column, Table

__all__ = ["Item", "Pick"]


@frozen
class Item:
    """One thing to pick: what it stands for, its words, a remark, and why it cannot be picked."""

    value: object
    words: str
    remark: str = ""
    why_not: str = ""


Offers = Callable[[str], Sequence[Item]]


def fitting(items: Sequence[Item], typed: str) -> list[Item]:
    """The items whose words, remark or initials hold what was typed; those that begin so first."""
    word = typed.strip().lower()
    if not word:
        return list(items)
    ways = {id(item): (item.words.lower(), *spellings(item.words)) for item in items}
    found = [
        i for i in items if any(word in way for way in ways[id(i)]) or word in i.remark.lower()
    ]
    found.sort(key=lambda item: _rank(item, ways[id(item)], word))
    return found


def _rank(item: Item, ways: tuple[str, ...], word: str) -> tuple[bool, bool, bool]:
    """What is spelled out whole comes first, then what can be done, then what begins so."""
    return word not in ways, bool(item.why_not), not any(way.startswith(word) for way in ways)


class Pick(Modal[object]):
    """A list that shrinks as one types. The result is the value of the item, ``None`` for Esc.

    ``offers`` are the items, or a function from what was typed to the items.
    """

    BINDINGS = bindings("pick", "table")
    context = "pick"

    def __init__(self, heading: str, offers: Sequence[Item] | Offers, hint: str = "") -> None:
        super().__init__()
        self.heading, self._hint = heading, hint or "输入名称、编号或拼音首字母"
        self._offers: Offers = (
            offers if callable(offers) else (lambda typed: fitting(offers, typed))
        )
        self._items: list[Item] = []

    def body(self) -> ComposeResult:
        """Where to type, and what fits."""
        yield Entry("", self._hint, id="typed")
        yield Table((Column("words", "", 30, 20), Column("remark", "", 46, 20)), id="offers")
        yield Line("", id="tally")

    def on_mount(self) -> None:
        """Everything, before anything is typed."""
        self._offer("")

    def _offer(self, typed: str) -> None:
        self._items = list(self._offers(typed))
        self.query_one("#offers", Table).show(len(self._items), self._cells, cursor=0)
        shut = sum(bool(item.why_not) for item in self._items)
        told = f"，其中{shut}项现在不能，写着为什么" if shut else ""
        self.query_one("#tally", Line).put(f"共{len(self._items)}项{told}")

    def _cells(self, place: int) -> tuple[str, str]:
        item = self._items[place]
        return item.words, f"不能：{item.why_not}" if item.why_not else item.remark

    def on_input_changed(self, event: Entry.Changed) -> None:
        """Fewer items with every letter."""
        event.stop()
        self._offer(event.value)

    def on_input_submitted(self) -> None:
        """Enter takes the line under the cursor."""
        self.do_take()

    def on_table_chosen(self) -> None:
        """So does a click."""
        self.do_take()

    def do_take(self) -> None:
        """Take the line under the cursor, or say why it cannot be taken."""
        if not self._items:
            self.tell("没有符合的")
            return
        item = self._items[self.query_one("#offers", Table).cursor]
        if item.why_not:
            self.tell(f"{item.words}：{item.why_not}")
        else:
            self.dismiss(item.value)

    def do_cell(self) -> None:
        """The whole reason."""

    def scanned(self, number: str) -> None:
        """A scan types the number."""
        self.query_one("#typed", Entry).value = number

    def do_up(self) -> None:
        """One line up."""
        self.query_one("#offers", Table).do_up()

    def do_down(self) -> None:
        """One line down."""
        self.query_one("#offers", Table).do_down()

    def do_page_up(self) -> None:
        """One screen up."""
        self.query_one("#offers", Table).do_page_up()

    def do_page_down(self) -> None:
        """One screen down."""
        self.query_one("#offers", Table).do_page_down()
