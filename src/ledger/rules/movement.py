"""记账规则: every carrier in one place at every moment, so that what goes out of it was there."""

from collections.abc import Iterator

from ledger.carrier import Carrier, Computer, Device, Medium, Notebook, Paper
from ledger.day import chinese
from ledger.deadline import errand_ends
from ledger.event import (
    EVENTS,
    Archived,
    BroughtBack,
    CarriedOut,
    Circulated,
    Cleared,
    Confirmed,
    Copied,
    Destroyed,
    Dispatched,
    Disposed,
    Excerpted,
    HandedOver,
    Lent,
    Repaired,
    Returned,
    SentForRepair,
    Stored,
)
from ledger.event.archive import Consulted
from ledger.event.incident import LeakFound
from ledger.event.meeting import MeetingIssued
from ledger.finding import Breach, Force
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


_COMES_FROM: dict[type, tuple[tuple[tuple[type[Custody], str], ...], str]] = {
    Returned: (((WithPerson, ""), (AtUnit, "发文")), "不在任何人手上，无从归还"),
    Confirmed: (((InTransit, "发文"), (Awaiting, "")), "不在递送或移交途中，无从签收"),
    BroughtBack: (((InTransit, ""),), "没有携带外出的记录，无从带回"),
    Repaired: (((AtUnit, "维修"),), "没有送修的记录，无从取回"),
}
"""Where what comes back comes from, and what for; a blank purpose stands for any."""


@rule(
    BOOK_ORDER["第五条"],
    Force.FORBIDS,
    "每件载体任何时候只在一处，转出与转入对不上的不得记账",
    on=tuple(_COMES_FROM),
    remedy="查看该载体的流水，先补记漏掉的一步。",
)
def comes_from_where_it_is(event: object, desk: Desk) -> Iterator[Breach]:
    """What comes back was out, and what is signed for was on its way."""
    origins, words = _COMES_FROM[type(event)]
    for entry in desk.entries(_carriers(event)):
        purpose = getattr(entry.custody, "purpose", "")
        known = any(
            isinstance(entry.custody, kind) and what in ("", purpose) for kind, what in origins
        )
        if entry.open and not known:
            yield Breach(entry.number, f"账上在{desk.where(entry.custody)}，{words}")


_FROM_HIS_HANDS = (Circulated, Lent, CarriedOut, Copied, Excerpted, Consulted)
"""What can be done with a carrier while somebody in the unit has it; who may is another question."""


@rule(
    BOOK_ORDER["第五条"],
    Force.FORBIDS,
    "不在保密室的载体，收回以前不得办别的手续",
    on=(
        *(Stored, Cleared, Destroyed, HandedOver, MeetingIssued),
        *(Dispatched, Archived, Disposed, SentForRepair, *_FROM_HIS_HANDS),
    ),
    remedy="先办归还、带回、取回或签收，再办这一步。",
)
def in_the_room_first(event: object, desk: Desk) -> Iterator[Breach]:
    """A carrier is in the officer's hands before it is stored, sent, given back or destroyed.

    What is on its way, with another unit or not signed for yet is in no reader's hands either.
    """
    at_hand = (InRoom, InCabinet)
    for entry in desk.entries(_carriers(event)):
        custody = entry.custody
        used = isinstance(custody, WithPerson) and (
            custody.purpose == "使用" or isinstance(event, _FROM_HIS_HANDS)
        )
        if entry.open and not used and not isinstance(custody, at_hand):
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
    errands_end_in_time,
)
