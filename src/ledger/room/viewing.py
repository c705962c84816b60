"""查看: the register with the eyes of whoever is signed in, and a line for each 绝密 looked at."""

from collections.abc import Collection

from ledger.event.access import Viewed
from ledger.number import DocumentNo
from ledger.register.register import Register
from ledger.room.room import Room
from ledger.sight import NotShown, seen_by, top_secret

__all__ = ["looked_at", "refuse_unread", "view", "view_of"]


def view(room: Room) -> Register:
    """The register as whoever is here may see it; a room without operators hides nothing."""
    return view_of(room, room.register)


def view_of(room: Room, register: Register) -> Register:
    """Another register of the room, such as one of an earlier day, likewise."""
    return seen_by(register, room.sight) if room.register.guarded else register


def looked_at(room: Room, numbers: Collection[str]) -> None:
    """Write down that 绝密 records among these were looked at by name, once a sign-in each.

    Raises what writing raises: what cannot be written down is not shown.
    """
    session = room.session
    if session is None or not room.register.guarded:
        return
    found = top_secret(room.register, room.sight, numbers)
    fresh = tuple(DocumentNo(number) for number in found if number not in session.seen)
    if fresh:
        room.record(Viewed(documents=fresh))
        session.seen.update(fresh)


def refuse_unread(room: Room, number: str) -> None:
    """Raise ``NotShown`` for a number whose page whoever is here may not read."""
    register = room.register
    if not register.guarded:
        return
    seen = view(room)
    for table in ("carriers", "documents", "cases", "meetings", "supplies"):
        if getattr(seen, table).get(number) != getattr(register, table).get(number):
            raise NotShown(f"“{number}”不在你的知悉范围，只显示编号、种类、密级")
    looked_at(room, (number,))
