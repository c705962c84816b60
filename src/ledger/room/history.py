"""流水: every act that concerns one number."""

from ledger.act import Act
from ledger.carrier import Paper
from ledger.reference import mentions
from ledger.register.pages import NOBODY
from ledger.room.room import Room

__all__ = ["history"]


def history(room: Room, number: str) -> tuple[Act, ...]:
    """The acts that name a number; for a paper also those about its document."""
    names = {number}
    entry = room.register.carriers.get(number)
    if entry is not None and isinstance(entry.thing, Paper):
        names.add(entry.thing.document)
    found = (act for act in room.acts if not names.isdisjoint(mentions(act.event)))
    if entry is None or not isinstance(entry.thing, Paper):
        return tuple(found)
    others = set(room.register.copies.get(entry.thing.document, NOBODY)) - {number}
    return tuple(act for act in found if _about(act, number, others))


def _about(act: Act, number: str, others: set[str]) -> bool:
    """Whether an act about a document concerns this copy and not only its sisters."""
    named = mentions(act.event)
    return number in named or named.isdisjoint(others)
