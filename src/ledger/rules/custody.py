"""记账规则: every carrier in a place that may hold it, in one known person's charge, approved by another."""

from collections.abc import Iterable, Iterator

from ledger.approval import Approval
from ledger.carrier import Computer, Device, Medium, Notebook, Paper
from ledger.consent import concerned
from ledger.event import (
    CarriedOut,
    Circulated,
    Compiled,
    Copied,
    Destroyed,
    Disposed,
    Excerpted,
    HandedOver,
    Lent,
    Produced,
    Registered,
    SentForRepair,
    Stored,
)
from ledger.event.archive import Consulted
from ledger.event.meeting import MeetingIssued
from ledger.event.premises import PhoneAdmitted
from ledger.event.staff import Posted, TravelApproved
from ledger.event.training import Trained
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    BOOK_ORDER["第五条"],
    Force.REQUIRES,
    "存放位置须写柜里真有的格",
    on=(Stored, Registered),
    remedy="核对格号；新增的格先更正柜的登记。",
)
def compartment_exists(event: Stored | Registered, desk: Desk) -> Iterator[Breach]:
    """A compartment that is named is one the cabinet has."""
    cabinet = desk.register.cabinets.get(event.cabinet)
    if cabinet is not None and cabinet.compartments:
        names = [part.name for part in cabinet.compartments]
        if event.compartment not in names:
            said = f"没有“{event.compartment}”格" if event.compartment else "没有写明放哪一格"
            yield Breach(event.cabinet, f"{said}，该柜有：{'、'.join(names)}")


@rule(
    BOOK_ORDER["第六条"],
    Force.FORBIDS,
    "谁申请、谁经办，就不得由谁批准",
    on=(
        Produced,
        Lent,
        Copied,
        Excerpted,
        Compiled,
        CarriedOut,
        SentForRepair,
        Destroyed,
        Disposed,
        Consulted,
        Posted,
        TravelApproved,
        PhoneAdmitted,
    ),
    remedy="请另一位有权批准的领导审批。",
)
def approver_is_another(event: object, desk: Desk) -> Iterator[Breach]:
    """Nobody approves what he asks for or carries out himself."""
    approvals: Iterable[Approval] = getattr(event, "approvals", ())
    people = {_one(name, desk) for name in (*concerned(event), desk.by) if name}
    for approval in approvals:
        if _one(approval.by, desk) in people:
            yield Breach(approval.by, "批准人同时是申请人或经办人")


def _one(ref: str, desk: Desk) -> str:
    person = desk.register.person(ref)
    return ref if person is None else person.number


@rule(
    BOOK_ORDER["第七条"],
    Force.REQUIRES,
    "经手载体的人须先在人员登记簿上有名；借给、移交外单位的，须在外单位登记簿上有名",
    on=(Circulated, Lent, HandedOver, CarriedOut, Destroyed, MeetingIssued, Trained),
    remedy="先登记此人，再办手续。",
)
def people_are_registered(event: object, desk: Desk) -> Iterator[Breach]:
    """Whoever takes a carrier in hand has a page, be it a person or a unit outside."""
    groups = ("witnesses", "attendees", "absent")
    several = (name for group in groups for name in getattr(event, group, ()))
    outside = isinstance(event, (Lent, HandedOver))  # a unit may be lent or given something
    for name in dict.fromkeys((*concerned(event), *several)):
        known = desk.register.person(name) or (outside and desk.register.outside(name))
        if not known:
            yield Breach(name, "人员登记簿上没有此人，或有重名")


@rule(
    BOOK_ORDER["第七条"],
    Force.REQUIRES,
    "责任人须写人员登记簿上的人",
    on=(Notebook, Medium, Computer, Device),
    remedy="登记此人，再把责任人更正为人员编号。",
)
def keeper_is_registered(
    entry: Entry[Notebook | Medium | Computer | Device], desk: Desk
) -> Iterator[Breach]:
    """Whoever is named as keeper has a page in the register of people."""
    keeper = entry.thing.keeper
    if keeper and desk.register.person(keeper) is None:
        yield Breach(entry.number, f"责任人“{keeper}”还没有在人员登记簿登记")


@rule(
    BOOK_ORDER["第八条"],
    Force.FORBIDS,
    "柜和格里不得放高于其许可密级的载体",
    on=(Stored, Registered),
    remedy="改放许可密级够高的柜、格。",
)
def cabinet_may_hold_it(event: Stored | Registered, desk: Desk) -> Iterator[Breach]:
    """A cabinet or compartment holds nothing above its level."""
    cabinet = desk.register.cabinets.get(event.cabinet)
    if cabinet is None:
        return
    part = next((c for c in cabinet.compartments if c.name == event.compartment), None)
    allowed = part.level if part is not None and part.level is not None else cabinet.level
    for number, level in _levels(event, desk):
        if level is not None and (allowed is None or level > allowed):
            limit = f"最高许可{allowed}级" if allowed else "没有许可密级"
            yield Breach(
                number, f"{level}级载体要放进{event.cabinet}柜{event.compartment}，该处{limit}"
            )


def _levels(event: Stored | Registered, desk: Desk) -> Iterator[tuple[str, Level | None]]:
    if isinstance(event, Stored):
        yield from ((number, desk.level(number)) for number in event.carriers)
    elif event.document is not None:
        yield event.thing.number, event.document.level
    else:
        yield event.thing.number, getattr(event.thing, "level", None)


@rule(
    BOOK_ORDER["第八条"],
    Force.REQUIRES,
    "本室台账须按其中最高的密级来保管，收存的载体不应高于开账时定的级",
    on=(Paper, Notebook, Medium),
    remedy="改存有相应密级的保密室；确要由本室保管的，另建一本更高密级的台账。",
)
def within_the_rooms_level(entry: Entry[Paper | Notebook | Medium], desk: Desk) -> Iterator[Breach]:
    """Nothing is kept that is above the level the room was opened for."""
    level = desk.register.level_of(entry)
    if level is not None and level > desk.register.level:
        yield Breach(entry.number, f"{level}级载体，本室最高{desk.register.level}级")


RULES = (
    compartment_exists,
    approver_is_another,
    people_are_registered,
    keeper_is_registered,
    cabinet_may_hold_it,
    within_the_rooms_level,
)
