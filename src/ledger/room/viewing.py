"""查看: the register with the eyes of whoever is signed in, and a line for each 绝密 looked at."""

from collections.abc import Collection
from typing import Final, get_args

from attrs import evolve

from ledger.access import OperatorRole
from ledger.act import Act
from ledger.event.access import AccessEvent, Requested, Viewed
from ledger.level import Level
from ledger.notation.sentence import said, summary
from ledger.number import DocumentNo
from ledger.reference import mentions
from ledger.register.access import Request
from ledger.register.register import Register
from ledger.room.room import Room
from ledger.sight import HIDDEN, UNOPENED, NotShown, Sight, reads_page, seen_by, top_secret

__all__ = [
    "hides",
    "listed",
    "looked_at",
    "reads_act",
    "reads_request",
    "refuse_unread",
    "told",
    "told_in_a_line",
    "view",
    "view_of",
]

_ACCESS: Final = tuple(kind for kind in get_args(AccessEvent) if kind is not Requested)
_HEAD: Final = 3
"""How many lines of what an act says are its head: what, when, who."""


def view(room: Room) -> Register:
    """The register as whoever is here may see it; a room without operators hides nothing."""
    return view_of(room, room.register)


def view_of(room: Room, register: Register) -> Register:
    """Another register of the room, such as one of an earlier day, likewise."""
    return seen_by(register, room.sight) if room.register.guarded else register


def listed(room: Room, register: Register | None = None) -> Register:
    """A register as the lists of a screen show it: as ``view``, with 绝密 names once they were opened."""
    shown = room.register if register is None else register
    return seen_by(shown, _glance(room)) if room.register.guarded else shown


def _glance(room: Room) -> Sight:
    """What is read without a line in the book for it."""
    if room.register.level is not Level.绝密:
        return room.sight
    return evolve(room.sight, opened=frozenset(room.session.seen if room.session else ()))


def hides(room: Room, number: str) -> bool:
    """Whether the lists of a screen show no more of a number than that it is there."""
    if not room.register.guarded:
        return False
    sight = _glance(room)
    return not (sight.whole or reads_page(room.register, sight, number))


def told(room: Room, act: Act) -> list[tuple[str, str]]:
    """What an act says, labelled; of what is not for whoever is here, the numbers it is about."""
    register = room.register
    if reads_act(room, act):
        return said(act, register)
    known = (n for n in mentions(act.event) if n in register.idents)
    numbers = sorted(n for n in known if n not in register.people and n not in register.units)
    word = UNOPENED if _may_read(room, act, room.sight) else HIDDEN
    return [*said(act, register)[:_HEAD], ("涉及", "、".join(numbers)), ("内容", word)]


def told_in_a_line(room: Room, act: Act) -> str:
    """The same in a line, without what, when and who."""
    if reads_act(room, act):
        return summary(act, room.register)
    return "，".join(f"{name} {value}" for name, value in told(room, act)[_HEAD:] if value)


def reads_act(room: Room, act: Act) -> bool:
    """Whether an act says nothing that is none of one's business.

    What names no page has no level of its own; beside the officer nobody reads it.
    """
    return not room.register.guarded or _may_read(room, act, _glance(room))


def _may_read(room: Room, act: Act, sight: Sight) -> bool:
    about = mentions(act.event)
    if not all(reads_page(room.register, sight, number) for number in about):
        return False
    return sight.keeps or isinstance(act.event, _ACCESS) or bool(about)


def reads_request(room: Room, request: Request) -> bool:
    """Whether whoever is here sees all of the act a request asks for.

    One has to know what one approves, and what one has asked for oneself.
    """
    session = room.session
    if not room.register.guarded or room.sight.keeps:
        return True
    if session is None:
        return False
    own = session.operator in (request.applicant, *getattr(request.wanted.event, "witnesses", ()))
    return own or OperatorRole.APPROVER in session.roles


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
    if not room.register.guarded:
        return
    if not reads_page(room.register, room.sight, number):
        raise NotShown(f"“{number}”不在你的知悉范围，只显示编号、种类、密级")
    looked_at(room, (number,))
