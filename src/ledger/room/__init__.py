"""The one door to a room: open its folder, propose, record, ask, verify."""

from ledger.review import Proposal, Refused
from ledger.room.acts import UnreadableBook
from ledger.room.founding import NotARoom
from ledger.room.room import Room
from ledger.store.journal import TamperedBook, Unwritten
from ledger.store.lock import Locked
from ledger.store.share import OnAShare

__all__ = [
    "Locked",
    "NotARoom",
    "OnAShare",
    "Proposal",
    "Refused",
    "Room",
    "TamperedBook",
    "UnreadableBook",
    "Unwritten",
]
