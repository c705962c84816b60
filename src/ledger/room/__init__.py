"""The one door to a room: open its folder, propose, record, ask, verify."""

from ledger.review import Proposal, Refused
from ledger.room.room import NotARoom, Room, UnreadableBook

__all__ = ["NotARoom", "Proposal", "Refused", "Room", "UnreadableBook"]
