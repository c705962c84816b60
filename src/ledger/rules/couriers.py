"""《通信员保密管理制度》: who goes with a secret, who signs for it, where it waits."""

from collections.abc import Iterator

from ledger.carrier import Paper
from ledger.day import chinese
from ledger.event import Confirmed, Dispatched
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.place import InTransit
from ledger.register.record import Entry
from ledger.regulation.compendium import COURIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

ROLE = "通信员"
CONFIDENTIAL_POST = ("机要交通", "机要通信")


@rule(
    COURIERS["第四条"],
    Force.REQUIRES,
    "递送绝密件要由通信员和保密员一同负责、专车直送",
    on=Dispatched,
    remedy="加派通信员和保密员同行，写明两人姓名。",
)
def courier_and_officer_go_together(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """A courier and the officer together deliver 绝密 in the same place."""
    if event.channel in CONFIDENTIAL_POST or not event.local:
        return
    people = [desk.register.person(name) for name in event.bearers]
    roles = frozenset(role for person in people if person for role in person.roles)
    missing = [role for role in (ROLE, "保密员") if role not in roles]
    for number, document in desk.papers(event.carriers):
        if document.level is Level.绝密 and missing:
            yield Breach(number, f"递送绝密件的人里没有{'、'.join(missing)}")


@rule(
    COURIERS["第五条"],
    Force.ADVISES,
    "密件原则上由对方保密员本人签收，他不在才由领导代签",
    on=Confirmed,
    remedy="请对方保密员补签；是领导代签的，在附注里写明。",
)
def signed_for_by_the_officer(event: Confirmed, desk: Desk) -> Iterator[Breach]:
    """Where somebody signed in the officer's stead it is pointed out."""
    if event.for_another:
        for number, _ in desk.papers(event.carriers):
            yield Breach(number, f"由{event.signed_by}代签收")


@rule(
    COURIERS["第六条"],
    Force.REQUIRES,
    "当天来不及送到的密件，要先放进保密柜，不能留在身上过夜",
    on=Paper,
    remedy="带回保密室入柜，次日再送；已经送到的，补登记签收。",
)
def undelivered_papers_are_locked_away(entry: Entry[Paper], desk: Desk) -> Iterator[Breach]:
    """No paper is out with our own people overnight on its way to another unit."""
    custody = entry.custody
    if not isinstance(custody, InTransit) or custody.purpose != "发文" or entry.since >= desk.on:
        return
    own = [name for name in custody.bearers if desk.register.person(name) is not None]
    if own and desk.level(entry.number) is not None:
        who = desk.where(custody)
        yield Breach(entry.number, f"{chinese(entry.since)}起在{who}，没有送到也没有入柜")


RULES = (
    courier_and_officer_go_together,
    signed_for_by_the_officer,
    undelivered_papers_are_locked_away,
)
