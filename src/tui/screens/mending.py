"""改写法: a way of writing that does not read, told once what it stands for."""

from typing import TYPE_CHECKING

from attrs import evolve

from ledger.room.intake import Directions, Fault
from ledger.room.matching import DATES, kept_as_text, replaced
from tui.screens.asking import Prompt
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["mend"]

_REPLACE, _KEEP = "replace", "keep"


async def mend(desk: "Baomi", fault: Fault, directions: Directions) -> Directions | None:
    """The directions with what is wrong with a cell made good; ``None`` where nothing was said.

    To be called in a worker.
    """
    before = fault.value.removeprefix("“").removesuffix("”")
    if not fault.field or not before:
        desk.page.tell("这一处要在文件里改，或按 F3 改对应的栏目")
        return None
    items = [Item(_REPLACE, "换成别的内容", "整个文件里这样写的都换")]
    if fault.code.startswith("date.") and fault.code != "date.imprecise":
        items += [Item(way, words, "整个文件的日期都这样读") for words, way in DATES.items()]
    items.append(Item(_KEEP, "原文放进备注", "这一栏读不通的都放进备注，这一项空着"))
    chosen = await desk.push_screen_wait(Pick(f"{fault.header}“{before}”", items))
    if isinstance(chosen, dict):
        return evolve(directions, **chosen)
    if chosen == _KEEP:
        return kept_as_text(directions, fault.field)
    if chosen != _REPLACE:
        return None
    after = await desk.push_screen_wait(
        Prompt(fault.header, f"“{before}”换成什么？{fault.message}")
    )
    return replaced(directions, fault.field, before, after) if after else None
