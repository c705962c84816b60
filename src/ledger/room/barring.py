"""谁能办: what the roles of whoever is here have against an act of a kind, whatever it would say."""

from typing import Any, Final, get_origin

from attrs import NOTHING, fields, fields_dict

from ledger.event import Event
from ledger.event.access import Requested
from ledger.exchange.script import COMMANDS
from ledger.finding import Finding
from ledger.room.room import Room
from ledger.rule import Desk, ask, by_subject
from ledger.rules.access import WHO

__all__ = ["askable", "barred", "desk_of", "only_asks", "trial"]

_WHO: Final = by_subject(WHO)
"""The rules of who may write what, which ask for the kind of act only."""


def barred(room: Room, kind: type[Event]) -> tuple[Finding, ...]:
    """What the roles of whoever is here, and how he signed in, have against an act of a kind."""
    return tuple(ask(trial(kind, "", ""), desk_of(room), _WHO)) if room.register.guarded else ()


def askable(room: Room, kind: type[Event]) -> bool:
    """Whether whoever is here may ask for approval of an act of a kind, even if another does it."""
    takes_any = "approvals" in fields_dict(kind) and kind not in COMMANDS
    return takes_any and not barred(room, Requested)


def only_asks(room: Room, kind: type[Event]) -> bool:
    """Whether another does acts of a kind, and whoever is here can ask for one."""
    return bool(barred(room, kind)) and askable(room, kind)


def desk_of(room: Room) -> Desk:
    """What lies before whoever is here."""
    when = room.circumstances(by=room.by)
    return Desk(
        register=room.register,
        pack=room.pack,
        on=when.at.date(),
        by=when.by,
        session=when.session,
    )


def trial(kind: type[Event], field: str, number: str) -> Event:
    """An act of the kind on this carrier and with nothing else said."""
    said: dict[str, Any] = {}
    for each in fields(kind):
        several = get_origin(each.type) in (tuple, frozenset)
        if each.name == field:
            said[each.name] = (number,) if several else number
        elif each.default is NOTHING:
            said[each.name] = () if several else ""
    return kind(**said)
