"""Choosing what is taken in: the file, what it holds, or a way that was saved for such files."""

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ledger.room.intake import ENDINGS, KINDS, Directions, looks_like, on_screen
from ledger.room.mappings import load, saved
from ledger.trouble import TROUBLES, told
from tui.files import choose_file
from tui.screens.importing import ImportPage
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["choose_import"]


@frozen
class _Saved:
    """A way of taking files in that was saved by this name."""

    name: str


async def choose_import(desk: "Baomi") -> None:
    """Choose a file and what it holds, and show what taking it in would do. To be called in a worker."""
    path = await choose_file(desk, "导入哪个文件", ENDINGS)
    if path is None:
        return
    try:
        guess = looks_like(path)
    except TROUBLES as error:
        desk.page.tell(on_screen(told(error)), "bold $error")
        return
    items = [Item(name, words, "看起来像是这种" if name == guess else "") for name, words in KINDS]
    items.sort(key=lambda item: item.value != guess)
    first = 1 if guess else 0
    ways = [Item(_Saved(name), f"办法 {name}", "以前存下的导入办法") for name in saved(desk.room)]
    kind = await desk.push_screen_wait(
        Pick(f"{path.name} 登记成什么", [*items[:first], *ways, *items[first:]])
    )
    if kind is None:
        return
    try:
        way = load(desk.room, kind.name) if isinstance(kind, _Saved) else Directions(kind=str(kind))
        desk.push_screen(ImportPage(path, evolve(way, kind=way.kind or guess or KINDS[0][0])))
    except TROUBLES as error:
        desk.page.tell(told(error), "bold $error")
