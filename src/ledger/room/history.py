"""流水: every act that concerns one number."""

from ledger.act import Act
from ledger.carrier import Paper
from ledger.register.pages import NOBODY
from ledger.room.acts import acts_about
from ledger.room.room import Room
from ledger.room.viewing import refuse_unread

__all__ = ["history"]


def history(room: Room, number: str) -> tuple[Act, ...]:
    """The acts about a number; for a paper also those about its document and not its sisters."""
    refuse_unread(room, number)
    entry = room.register.carriers.get(number)
    if entry is None or not isinstance(entry.thing, Paper):
        return tuple(act for act, _ in acts_about(room.book, {number}))
    document = entry.thing.document
    sisters = set(room.register.copies.get(document, NOBODY)) - {number}
    found = acts_about(room.book, {number, document})
    return tuple(act for act, about in found if number in about or about.isdisjoint(sisters))
