"""The one door to a room: open its folder, propose, record, ask, verify."""

from ledger.review import Proposal, Refused
from ledger.room.acts import UnreadableBook
from ledger.room.room import NotARoom, Room

__all__ = ["NotARoom", "Proposal", "Refused", "Room", "UnreadableBook"]
