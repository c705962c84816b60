"""怎样处理: what is decided about one difference of a count, with what has to be said about it."""

from typing import TYPE_CHECKING, Final

from ledger.counting.settling import NOTED
from ledger.room.counting import Choice, Row, Spot
from tui.screens.asking import Prompt
from tui.screens.pick import Item, Pick

if TYPE_CHECKING:
    from tui.app import Baomi

__all__ = ["asked"]

_MEANS: Final = {
    Choice.BACK: "东西放回账上的位置，账不改",
    Choice.MOVE: "账改到见到它的地方",
    Choice.RETURN: "记一笔归还，账上收回",
    Choice.STILL: "借用人拿来看看又带走，账不改",
    Choice.CASE: "作为丢失立案，24小时内报告",
    Choice.SEEN: "两人当面看到，写明在哪里",
    Choice.FOUND: "记一笔找回，案件另行了结",
    Choice.SEALED: "先封存，写明放在哪里、报告了谁",
    Choice.HANDED: "不是本室的，写明交给了谁",
}
_BOOKED: Final = (Choice.MOVE, Choice.RETURN, Choice.FOUND)


async def asked(desk: "Baomi", row: Row) -> tuple[Choice, str, Spot | None] | None:
    """The decision, its note and where the thing is booked to; ``None`` where none was made.

    To be called in a worker.
    """
    items = [Item(choice, str(choice), _MEANS[choice]) for choice in row.choices]
    heading = f"{row.subject} {row.standing}：怎样处理"
    choice = await desk.push_screen_wait(Pick(heading, items))
    if not isinstance(choice, Choice):
        return None
    note: str | None = ""
    if choice in NOTED:
        text = f"{row.subject}（{row.standing}）{choice}：{_MEANS[choice]}"
        note = await desk.push_screen_wait(Prompt("写明情况", text))
    parts = _parts(desk, row, choice)
    to = await desk.push_screen_wait(Pick("放在哪一格", parts)) if parts else None
    if note is None or (parts and not isinstance(to, Spot)):
        return None
    return choice, note, to if isinstance(to, Spot) else None


def _parts(desk: "Baomi", row: Row, choice: Choice) -> list[Item]:
    """The compartments to choose from, where only the cabinet is known."""
    spot = row.last
    cabinet = desk.room.register.cabinets.get(spot.cabinet) if spot else None
    if choice not in _BOOKED or spot is None or cabinet is None or spot.compartment:
        return []
    parts = (Spot(spot.cabinet, part.name) for part in cabinet.compartments)
    return [Item(part, str(part)) for part in parts]
