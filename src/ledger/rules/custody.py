"""记账规则: every carrier in one place, in one known person's charge, at every moment."""

from collections.abc import Iterable, Iterator

from ledger.approval import Approval
from ledger.carrier import Carrier, Computer, Device, Medium, Notebook, Paper
from ledger.consent import concerned
from ledger.day import chinese
from ledger.deadline import errand_ends
from ledger.event import (
    EVENTS,
    Archived,
    BroughtBack,
    CarriedOut,
    Circulated,
    Cleared,
    Compiled,
    Confirmed,
    Copied,
    Destroyed,
    Dispatched,
    Disposed,
    Excerpted,
    HandedOver,
    Lent,
    Produced,
    Registered,
    Repaired,
    Returned,
    SentForRepair,
    Stored,
)
from ledger.event.archive import Consulted
from ledger.event.incident import LeakFound
from ledger.event.meeting import MeetingIssued
from ledger.event.premises import PhoneAdmitted
from ledger.event.staff import Posted, TravelApproved
from ledger.event.training import Trained
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.place import AtUnit, Awaiting, Custody, InCabinet, InRoom, InTransit, WithPerson
from ledger.register.record import Entry
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _carriers(event: object) -> tuple[str, ...]:
    """The carriers an event is about, however it names them."""
    many = getattr(event, "carriers", ())
    names = ("carrier", "original", "source", "medium", "computer", "item", "into")
    ones = (getattr(event, name, "") for name in names)
    return tuple(number for number in (*many, *ones) if number)


@rule(
    BOOK_ORDER["第四条"],
    Force.FORBIDS,
    "已经清退、归档、销毁、处置或作废的载体不得再有变动",
    on=tuple(kind for kind in EVENTS if kind not in (Consulted, LeakFound)),
    remedy="核对编号；确实又出现的，按“已经发生”记录并说明来历。",
)
def closed_stays_closed(event: object, desk: Desk) -> Iterator[Breach]:
    """Nothing happens any more to a carrier that has left the book."""
    for entry in desk.entries(_carriers(event)):
        if not entry.open:
            yield Breach(entry.number, f"账上该载体{entry.custody}（{entry.since}）")


_COMES_FROM: dict[type, tuple[tuple[type[Custody], ...], str]] = {
    Returned: ((WithPerson,), "不在任何人手上，无从归还"),
    Confirmed: ((InTransit, Awaiting), "不在递送或移交途中，无从签收"),
    BroughtBack: ((InTransit,), "没有携带外出的记录，无从带回"),
    Repaired: ((AtUnit,), "没有送修的记录，无从取回"),
}


@rule(
    BOOK_ORDER["第五条"],
    Force.FORBIDS,
    "每件载体任何时候只在一处，转出与转入对不上的不得记账",
    on=tuple(_COMES_FROM),
    remedy="查看该载体的流水，先补记漏掉的一步。",
)
def comes_from_where_it_is(event: object, desk: Desk) -> Iterator[Breach]:
    """What comes back was out, and what is signed for was on its way."""
    kinds, words = _COMES_FROM[type(event)]
    for entry in desk.entries(_carriers(event)):
        if entry.open and not isinstance(entry.custody, kinds):
            yield Breach(entry.number, f"账上在{desk.where(entry.custody)}，{words}")


_FROM_THE_ROOM = (Stored, Cleared, Destroyed, HandedOver, MeetingIssued, Dispatched, Archived)
"""What is done with a carrier that nobody has; the rest may be done with one in somebody's hands."""


@rule(
    BOOK_ORDER["第五条"],
    Force.FORBIDS,
    "不在保密室的载体，收回以前不得办别的手续",
    on=(*_FROM_THE_ROOM, Circulated, Lent, CarriedOut, Copied, SentForRepair),
    remedy="先办归还、带回或签收，再办这一步。",
)
def in_the_room_first(event: object, desk: Desk) -> Iterator[Breach]:
    """A carrier is on the premises before it is given to anybody, and in hand before it goes."""
    anywhere = not isinstance(event, _FROM_THE_ROOM)
    for entry in desk.entries(_carriers(event)):
        custody = entry.custody
        held = isinstance(custody, WithPerson) and (anywhere or custody.purpose == "使用")
        if entry.open and not held and not isinstance(custody, (InRoom, InCabinet)):
            yield Breach(entry.number, f"账上在{desk.where(custody)}，没有收回")


@rule(
    BOOK_ORDER["第五条"],
    Force.FORBIDS,
    "下落不明的载体，登记找回以前不得办别的手续",
    on=(
        *(Circulated, Lent, Stored, Dispatched, HandedOver, CarriedOut, SentForRepair),
        *(Copied, Cleared, Archived, Destroyed, Disposed, MeetingIssued),
    ),
    remedy="找到了的，先登记找回；没有找到的，不要注销，等案件处理。",
)
def missing_is_found_first(event: object, desk: Desk) -> Iterator[Breach]:
    """Nothing is done with a carrier whose whereabouts are unknown before it is found."""
    for entry in desk.entries(_carriers(event)):
        if entry.missing and entry.open:
            yield Breach(entry.number, f"下落不明（案件{entry.missing}）")


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


@rule(
    BOOK_ORDER["第五条"],
    Force.REQUIRES,
    "离开本单位的载体须按登记的日期收回",
    on=(Paper, Notebook, Medium, Computer, Device),
    remedy="催促带回或取回，清点后登记。",
)
def errands_end_in_time(entry: Entry[Carrier], desk: Desk) -> Iterator[Breach]:
    """What was taken out or sent for repair is back by the day it was due."""
    due = errand_ends(entry)
    if due is not None and desk.on > due:
        where = desk.where(entry.custody)
        yield Breach(entry.number, f"在{where}，{chinese(due)}到期未收回")


RULES = (
    closed_stays_closed,
    comes_from_where_it_is,
    in_the_room_first,
    missing_is_found_first,
    compartment_exists,
    approver_is_another,
    people_are_registered,
    keeper_is_registered,
    cabinet_may_hold_it,
    within_the_rooms_level,
    errands_end_in_time,
)
