"""What a scanned code or a typed word means to whoever is counting: a place, a piece, or neither."""

from typing import Final

from attrs import frozen

from ledger.counting.session import Spot
from ledger.printing.payload import LENGTH, InvalidCode
from ledger.room.room import Room
from ledger.room.scanning import Answer, scan
from ledger.text import clean, digits

__all__ = ["Meaning", "meaning"]

_ROOM: Final = ("保密室", "室")


@frozen(kw_only=True)
class Meaning:
    """What was meant: a spot, something that is not counted, or a piece by number or only by text."""

    spot: Spot | None = None
    aside: str = ""
    """Why it is not counted, where it is not."""
    number: str = ""
    """The carrier's number; blank for one the book does not know."""
    text: str = ""
    said: str = ""
    """What is the matter with the label or the number."""


def meaning(room: Room, text: str) -> Meaning:
    """What a text means in a room; raises ``InvalidText`` for one the book would not take."""
    plain = clean(digits(text)).upper()
    if plain in _ROOM:
        return Meaning(spot=Spot())
    cabinet, slash, part = plain.replace("／", "/").partition("/")
    if slash and cabinet in room.register.cabinets:
        return Meaning(spot=Spot(cabinet, part))
    number, said = _number(room, plain)
    return _place(room, number) or Meaning(number=number, text=number or plain, said=said)


def _number(room: Room, plain: str) -> tuple[str, str]:
    """The number behind a code or a typed number, and what is the matter with it."""
    close = "".join(plain.split())
    if len(close) == LENGTH and close.isdecimal():
        try:
            found = scan(room, close)
        except InvalidCode as error:
            return "", str(error)
        return ("" if found.answer is Answer.BLANK else found.number), found.said
    register = room.register
    known = (register.carriers, register.cabinets, register.sites, register.people)
    return (plain, "") if any(plain in pages for pages in known) else ("", "账上没有这个编号")


def _place(room: Room, number: str) -> Meaning | None:
    """The spot behind a cabinet's or the room's own label, or why a label is not counted."""
    register = room.register
    if number in register.cabinets:
        return Meaning(spot=Spot(number))
    site, person = register.sites.get(number), register.people.get(number)
    if site is not None:
        kept = "保密室" in site.name + site.purpose
        return (
            Meaning(spot=Spot()) if kept else Meaning(aside=f"{number}是{site.name}，不在清点范围")
        )
    if person is not None:
        return Meaning(aside=f"这是{person.name}的人员码，清点时不用扫人")
    return None
