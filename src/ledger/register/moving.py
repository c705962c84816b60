"""What the book holds after a carrier changed hands, and who has had it."""

from datetime import time

from attrs import evolve

from ledger.act import Act
from ledger.carrier import Carrier, Computer, Device, Medium, Notebook, Paper
from ledger.event import (
    BroughtBack,
    CarriedOut,
    Circulated,
    Confirmed,
    Dispatched,
    HandedOver,
    Lent,
    Moved,
    Repaired,
    Returned,
    SentForRepair,
    Stored,
)
from ledger.event.archive import Consulted
from ledger.number import PersonRef, UnitRef
from ledger.place import (
    AtUnit,
    Awaiting,
    Custody,
    InCabinet,
    InRoom,
    InTransit,
    WithPerson,
)
from ledger.register.draft import Draft
from ledger.register.entering import home
from ledger.register.numbering import take
from ledger.register.pages import NOBODY
from ledger.register.record import Entry, Reading

__all__ = [
    "brought_back",
    "carried_out",
    "circulated",
    "confirmed",
    "consulted",
    "dispatched",
    "handed_over",
    "hour",
    "lent",
    "move",
    "moved",
    "read",
    "repaired",
    "returned",
    "sent_for_repair",
    "stored",
    "taken_back",
]


def move(draft: Draft, number: str, custody: Custody, act: Act) -> None:
    """Book a carrier from the custody it is in to another; what was taken in is then handed on."""
    entry = draft.carriers[number]
    thing = entry.thing
    if isinstance(thing, Paper) and thing.held_for and isinstance(custody, (WithPerson, Awaiting)):
        entry = evolve(entry, thing=evolve(thing, held_for=PersonRef("")))
    draft.put("carriers", number, evolve(entry, custody=custody, since=act.on, act=act.n))


def circulated(event: Circulated, act: Act, draft: Draft) -> None:
    """The reader has it, and the knowledge record says since when."""
    move(draft, event.carrier, WithPerson(event.reader, "传阅", event.due), act)
    read(event.carrier, event.reader, act, draft)


def lent(event: Lent, act: Act, draft: Draft) -> None:
    """The borrower has it until the day agreed."""
    move(draft, event.carrier, WithPerson(event.to, "借阅", event.due), act)
    read(event.carrier, event.to, act, draft)


def returned(event: Returned, act: Act, draft: Draft) -> None:
    """It is in the officer's charge again, and the knowledge record is closed."""
    move(draft, event.carrier, InRoom(), act)
    taken_back(event.carrier, act, draft)


def taken_back(number: str, act: Act, draft: Draft) -> None:
    """End the knowledge records of a paper that is in the officer's charge again."""
    keys = draft.unreturned.get(number, NOBODY)
    for key in sorted(keys, key=lambda key: int(key.partition("/")[0])):
        reading = draft.readings[key]
        draft.put("readings", key, evolve(reading, back=act.on, back_at=hour(act)))


def read(number: str, person: PersonRef, act: Act, draft: Draft) -> None:
    """Begin the knowledge record of whoever has a paper now."""
    thing = draft.carriers[number].thing
    if isinstance(thing, Paper):
        reading = Reading(
            document=thing.document,
            carrier=thing.number,
            person=person,
            out=act.on,
            out_at=hour(act),
        )
        draft.put("readings", f"{act.n}/{number}", reading)


def consulted(event: Consulted, act: Act, draft: Draft) -> None:
    """The papers stay where they are; whoever read them is on record."""
    for number in event.carriers:
        thing = draft.carriers[number].thing
        if isinstance(thing, Paper):
            reading = Reading(
                document=thing.document,
                carrier=thing.number,
                person=PersonRef(event.visitor),
                out=act.on,
                out_at=hour(act),
                back=act.on,
                back_at=hour(act),
            )
            draft.put("readings", f"{act.n}/{number}", reading)


def hour(act: Act) -> time | None:
    """The hour of the fact: as stated, or that of writing if it was written the same day."""
    if act.clock is not None:
        return act.clock
    return act.at.time().replace(second=0, microsecond=0) if act.at.date() == act.on else None


def stored(event: Stored, act: Act, draft: Draft) -> None:
    """Locked into the compartment."""
    for number in event.carriers:
        move(draft, number, InCabinet(event.cabinet, event.compartment), act)


def moved(event: Moved, act: Act, draft: Draft) -> None:
    """The page shows the new place; who answers for it is unchanged."""
    for number in event.carriers:
        entry = draft.carriers[number]
        if isinstance(entry.thing, (Computer, Device, Medium)):
            thing = evolve(entry.thing, place=event.place)
            draft.put("carriers", number, evolve(entry, thing=thing, act=act.n))


def dispatched(event: Dispatched, act: Act, draft: Draft) -> None:
    """On the way to the addressee, in the bearers' or the channel's charge."""
    take(draft, "outgoing", event.outgoing_no)
    bearers = event.bearers or (PersonRef(event.channel),)
    for number in event.carriers:
        _stamp_outgoing(number, event.outgoing_no, draft)
        move(draft, number, InTransit(bearers, event.to, "发文"), act)


def _stamp_outgoing(number: str, outgoing_no: str, draft: Draft) -> None:
    entry = draft.carriers[number]
    if isinstance(entry.thing, Paper):
        thing = evolve(entry.thing, outgoing_no=outgoing_no)
        draft.put("carriers", number, evolve(entry, thing=thing))


def handed_over(event: HandedOver, act: Act, draft: Draft) -> None:
    """Given, but the receiver has not signed yet."""
    for number in event.carriers:
        giver = str(draft.carriers[number].custody)
        move(draft, number, Awaiting(giver, event.to), act)


def confirmed(event: Confirmed, act: Act, draft: Draft) -> None:
    """The receiver has signed: the addressee has it, or the new keeper answers for it.

    A keeper who is not the officer can read it from now on, so the knowledge record says so.
    """
    for number in event.carriers:
        entry = draft.carriers[number]
        match entry.custody:
            case InTransit(to=to):
                move(draft, number, AtUnit(UnitRef(to), "发文"), act)
            case Awaiting(receiver=receiver):
                thing = _kept_by(entry, receiver)
                draft.put("carriers", number, evolve(entry, thing=thing))
                custody = _taken(receiver, draft)
                move(draft, number, custody, act)
                if isinstance(custody, WithPerson):
                    read(number, receiver, act, draft)
            case _:
                move(draft, number, entry.custody, act)


def _kept_by(entry: Entry[Carrier], receiver: PersonRef) -> Carrier:
    if isinstance(entry.thing, (Medium, Computer, Device, Notebook)):
        return evolve(entry.thing, keeper=receiver)
    return entry.thing


def _taken(receiver: PersonRef, draft: Draft) -> Custody:
    person = draft.people.get(receiver)
    if person is not None and "保密员" in person.roles:
        return InRoom()
    return WithPerson(receiver, "使用")


def carried_out(event: CarriedOut, act: Act, draft: Draft) -> None:
    """Off the premises with those who carry it."""
    for number in event.carriers:
        custody = InTransit(event.bearers, event.destination, "携带外出", event.due)
        move(draft, number, custody, act)


def brought_back(event: BroughtBack, act: Act, draft: Draft) -> None:
    """Back where it belongs; a reader who had taken it along has given it back."""
    for number in event.carriers:
        move(draft, number, home(draft.carriers[number].thing), act)
        taken_back(number, act, draft)


def sent_for_repair(event: SentForRepair, act: Act, draft: Draft) -> None:
    """At the repair firm."""
    move(draft, event.carrier, AtUnit(event.to, "维修", event.due), act)


def repaired(event: Repaired, act: Act, draft: Draft) -> None:
    """Back from the firm, perhaps with another disk."""
    entry = draft.carriers[event.carrier]
    if isinstance(entry.thing, Computer) and event.new_disk_serial:
        thing = evolve(entry.thing, disk_serial=event.new_disk_serial)
        draft.put("carriers", event.carrier, evolve(entry, thing=thing))
    move(draft, event.carrier, home(entry.thing), act)
