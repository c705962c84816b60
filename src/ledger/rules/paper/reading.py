"""《国家秘密载体保密管理制度》一、纸介质（四）传阅、（五）借阅."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Notebook, Paper
from ledger.consent import lacking
from ledger.day import chinese
from ledger.deadline import circulation_ends, loan_ends
from ledger.event import CarriedOut, CircleFixed, Circulated, Excerpted, HandedOver, Lent
from ledger.event.archive import Consulted
from ledger.event.meeting import MeetingIssued
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.pack import kind_of
from ledger.place import WithPerson
from ledger.register.record import Entry
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

READING_ROOMS: Final = ("保密室", "阅文室")
"""Where 绝密 may be read (一（四）2): the last word of what such a room is called."""


@rule(
    CARRIERS["一（四）1"],
    Force.REQUIRES,
    "传阅应由保密员一人经办",
    on=Circulated,
    remedy="把密件交回保密员，由保密员送阅。",
)
def the_officer_circulates(event: Circulated, desk: Desk) -> Iterator[Breach]:
    """Only the officer sends a secret paper round."""
    if not desk.by_officer:
        for number, _ in desk.papers((event.carrier,)):
            yield Breach(number, f"由{desk.by}送阅，他不是保密员")


@rule(
    CARRIERS["一（四）1"],
    Force.REQUIRES,
    "传阅、借阅前须先由主管领导定下知悉范围",
    on=(Circulated, Lent),
    remedy="请主管领导确定知悉范围并登记，再送阅。",
)
def circle_is_fixed_first(event: Circulated | Lent, desk: Desk) -> Iterator[Breach]:
    """A secret paper has a circle before anybody is given it."""
    for number, document in desk.papers((event.carrier,)):
        if not document.circle:
            yield Breach(number, "还没有确定知悉范围")


@rule(
    CARRIERS["一（四）1"],
    Force.FORBIDS,
    "任何人不得自行扩大知悉范围",
    on=(Circulated, Lent, MeetingIssued, Consulted),
    remedy="不给范围以外的人；确需知悉的，报主管领导按规定调整范围。",
)
def reader_is_in_the_circle(
    event: Circulated | Lent | MeetingIssued | Consulted, desk: Desk
) -> Iterator[Breach]:
    """Nobody outside a document's circle is given it, to take along or to look at."""
    numbers = event.carriers if isinstance(event, Consulted) else (event.carrier,)
    person = desk.register.person(_taker(event))
    for number, document in desk.papers(numbers):
        if document.circle and person is not None and not document.circle.admits(person):
            yield Breach(number, f"{person.name}不在知悉范围（{document.circle}）内")


def _taker(event: Circulated | Lent | MeetingIssued | Consulted | HandedOver) -> str:
    """Who gets a paper by the event."""
    match event:
        case Circulated(reader=who) | Consulted(visitor=who):
            return who
        case _:
            return event.to


@rule(
    CARRIERS["一（四）1"],
    Force.REQUIRES,
    "知悉范围须由主管领导依密级、制发机关的要求和工作需要确定",
    on=CircleFixed,
    remedy="报主管领导确定，并填写审批人。",
)
def circle_is_the_leaders(event: CircleFixed, desk: Desk) -> Iterator[Breach]:
    """Who may know is decided by the leader in charge."""
    document = desk.register.documents[event.document]
    wider = document.circle and not event.circle.members <= document.circle.members
    act = "widen" if wider else "circle"
    fact = lacking(event.approvals, desk, act, document.level, document.issuer)
    if document.level and fact:
        yield Breach(event.document, fact)


@rule(
    CARRIERS["一（四）2"],
    Force.REQUIRES,
    "绝密件必须在保密室或合格的阅文室里看",
    on=Circulated,
    remedy="请阅文人到保密室或阅文室阅读，阅文地点写“保密室”或“××阅文室”。",
)
def top_secret_is_read_in_the_room(event: Circulated, desk: Desk) -> Iterator[Breach]:
    """绝密 is read in the secrecy room or a proper reading room."""
    for number, document in desk.papers((event.carrier,)):
        if document.level is Level.绝密 and not event.place.endswith(READING_ROOMS):
            where = f"要在“{event.place}”看" if event.place else "没有写明在哪里看"
            yield Breach(number, f"绝密件{where}")


@rule(
    CARRIERS["一（四）3"],
    Force.FORBIDS,
    "传阅一人一退、经保密员直传，不得在阅文人之间横传",
    on=(Circulated, Lent, HandedOver, MeetingIssued, CarriedOut),
    remedy="先收回，由保密员再送下一位。",
)
def never_from_reader_to_reader(
    event: Circulated | Lent | HandedOver | MeetingIssued | CarriedOut, desk: Desk
) -> Iterator[Breach]:
    """A paper goes back to the officer between two readers; who has it may take it along."""
    numbers = event.carriers if isinstance(event, (HandedOver, CarriedOut)) else (event.carrier,)
    for entry in desk.pages(numbers, Paper):
        place = entry.custody
        if not isinstance(place, WithPerson) or not desk.level(entry.number):
            continue
        takers = event.bearers if isinstance(event, CarriedOut) else (_taker(event),)
        if not isinstance(event, CarriedOut) or place.person not in takers:
            who = "、".join(map(desk.name, takers))
            yield Breach(entry.number, f"密件还在{desk.name(place.person)}手上，就要转给{who}")


@rule(
    CARRIERS["一（四）3"],
    Force.FORBIDS,
    "传阅必须直接送到阅文人手里，不得放在他办公室、也不得托人代转",
    on=Circulated,
    remedy="阅文人不在的，带回保密室，等他回来再送。",
)
def handed_to_the_reader_himself(event: Circulated, desk: Desk) -> Iterator[Breach]:
    """Nobody but the officer or his stand-in takes a secret paper to its reader."""
    if event.through and not desk.keeps_the_room(event.through):
        for number, _ in desk.papers((event.carrier,)):
            yield Breach(number, f"由{desk.name(event.through)}转交{desk.name(event.reader)}")


@rule(
    CARRIERS["一（四）4"],
    Force.FORBIDS,
    "阅文人不得自行摘抄传阅的密件",
    on=Excerpted,
    remedy="按复制审批权限报批，写明审批人后再摘录。",
)
def no_excerpt_without_approval(event: Excerpted, desk: Desk) -> Iterator[Breach]:
    """Nothing is written out of a secret paper without approval."""
    for number, document in desk.papers((event.source,)):
        fact = lacking(event.approvals, desk, "excerpt", document.level, document.issuer)
        if fact:
            yield Breach(number, fact)


@rule(
    CARRIERS["一（四）4"],
    Force.FORBIDS,
    "阅文人不得把传阅的密件留在手里",
    on=Paper,
    remedy="催阅并当即收回，登记归还。",
)
def circulated_papers_come_back(entry: Entry[Paper], desk: Desk) -> Iterator[Breach]:
    """A circulated paper is back within the unit's limit; 绝密 the same day."""
    document = desk.register.documents[entry.thing.document]
    limit = circulation_ends(entry, document, desk.pack)
    if limit is not None and desk.on > limit:
        who = desk.name(str(entry.custody))
        yield Breach(entry.number, f"{chinese(entry.since)}送{who}传阅，最迟{chinese(limit)}退回")


@rule(
    CARRIERS["一（五）1"],
    Force.REQUIRES,
    "借阅密件须由主管领导批准",
    on=Lent,
    remedy="报主管领导批准，填写审批人后再借出。",
)
def lent_with_approval(event: Lent, desk: Desk) -> Iterator[Breach]:
    """A secret paper or notebook is lent with the leader's approval."""
    document = desk.register.document_of(event.carrier)
    kind = kind_of(document) if document else ""
    for number, level in desk.on_paper((event.carrier,)):
        if fact := lacking(event.approvals, desk, "lend", level, kind=kind):
            yield Breach(number, fact)


@rule(
    CARRIERS["一（五）3"],
    Force.REQUIRES,
    "借阅的密件要保管好并按时还",
    on=Lent,
    remedy="写明应还日期，不早于借出的当天。",
)
def lent_until_a_day(event: Lent, desk: Desk) -> Iterator[Breach]:
    """A loan has a day on which it is due, and not one that is past."""
    for number, _ in desk.on_paper((event.carrier,)):
        if event.due is None:
            yield Breach(number, "没有写明应还日期")
        elif event.due < desk.on:
            yield Breach(number, f"应还日期{chinese(event.due)}早于借出的日子")


@rule(
    CARRIERS["一（五）3"],
    Force.REQUIRES,
    "借阅的密件、保密本要按时还",
    on=(Paper, Notebook),
    remedy="催还；需要续借的，重新报批。",
)
def loans_come_back(entry: Entry[Paper | Notebook], desk: Desk) -> Iterator[Breach]:
    """What is lent is back by the day it was due."""
    due = loan_ends(entry)
    if due is not None and desk.on > due:
        name = desk.name(str(entry.custody))
        yield Breach(entry.number, f"借给{name}，{chinese(due)}到期未还")


RULES = (
    the_officer_circulates,
    circle_is_fixed_first,
    reader_is_in_the_circle,
    circle_is_the_leaders,
    top_secret_is_read_in_the_room,
    never_from_reader_to_reader,
    handed_to_the_reader_himself,
    no_excerpt_without_approval,
    circulated_papers_come_back,
    lent_with_approval,
    lent_until_a_day,
    loans_come_back,
)
