"""《机关单位工作人员保密守则》: networks, worn-out machines, and papers among foreigners."""

from collections.abc import Iterator

from ledger.carrier import Computer, Network
from ledger.consent import lacking
from ledger.event import CarriedOut, Disposed
from ledger.event.premises import Networked
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.regulation.compendium import STAFF
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    STAFF["第十一条"],
    Force.FORBIDS,
    "涉密计算机不得接入互联网或其他公共信息网络",
    on=Networked,
    remedy="立即断开；已经接入的，断网、封存，当即报告。",
)
def classified_computers_stay_off_public_networks(event: Networked, desk: Desk) -> Iterator[Breach]:
    """A classified computer is connected to classified networks only."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network is Network.CLASSIFIED and event.network is not Network.CLASSIFIED:
            yield Breach(page.number, f"涉密计算机要接入{event.network}网络")


@rule(
    STAFF["第十二条"],
    Force.FORBIDS,
    "退出使用的涉密计算机、介质未经安全技术处理，不得赠送、出售、丢弃或改作他用",
    on=Disposed,
    remedy="先由指定单位做安全技术处理，登记“已技术处理”，再处置。",
)
def retired_machines_are_treated_first(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """Whatever has held secrets is treated before it leaves or changes its use."""
    for page in desk.entries((event.carrier,)):
        level = page.holds or desk.register.level_of(page)
        if level is not None and event.treated is not True:
            yield Breach(page.number, f"{level}级的设备要{event.way}，没有安全技术处理的记录")


@rule(
    STAFF["第十三条"],
    Force.FORBIDS,
    "参加涉外活动不得擅自带密件：绝密级一律不带，其余须主管领导批准并严加保护",
    on=CarriedOut,
    remedy="绝密级留在保密室；其余报主管领导批准，写明保护措施。",
)
def secrets_meet_foreigners_by_leave_only(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No 绝密 is taken to an event with foreigners, and nothing else without the leader's leave."""
    if not event.foreign:
        return
    for entry in desk.entries(event.carriers):
        level = desk.register.level_of(entry)
        if level is Level.绝密:
            yield Breach(entry.number, "绝密级载体要带往涉外活动")
        elif level is not None and (fact := lacking(event.approvals, desk, "foreign_event", level)):
            yield Breach(entry.number, fact)


RULES = (
    classified_computers_stay_off_public_networks,
    retired_machines_are_treated_first,
    secrets_meet_foreigners_by_leave_only,
)
