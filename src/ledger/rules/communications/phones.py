"""《现代通信、办公自动化设备保密管理制度》一、手机."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Network
from ledger.consent import lacking
from ledger.event.premises import PhoneAdmitted, PhonePlugged
from ledger.finding import Breach, Force
from ledger.office import Phone
from ledger.person import Category, Person
from ledger.register.pages import NOBODY
from ledger.regulation.compendium import COMMUNICATIONS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

LEADERS: Final = frozenset({"主管领导", "单位领导", "主要领导", "分管领导", "分管保密领导"})
"""Roles of those whose phones are on file whatever their category."""


@rule(
    COMMUNICATIONS["第二条"],
    Force.REQUIRES,
    "领导干部和涉密人员的手机须登记备案",
    on=Person,
    remedy="登记手机（baomi add 手机），写明责任人；不用手机的，登记一笔并在备注说明。",
)
def phones_are_on_file(person: Person, desk: Desk) -> Iterator[Breach]:
    """Every leader and everybody with a category has a phone on file."""
    concerned = person.category is not None or not LEADERS.isdisjoint(person.roles)
    if concerned and person.left_on is None:
        lines = desk.register.lines
        if not any(lines.get(ref, NOBODY) for ref in (person.number, person.name)):
            yield Breach(person.number, f"{person.name}的手机没有登记备案")


@rule(
    COMMUNICATIONS["第六条"],
    Force.FORBIDS,
    "禁止把手机接到涉密、内部计算机上，充电也不行",
    on=PhonePlugged,
    remedy="立即拔下；检查该机，有异常的按泄密隐患报告。",
)
def phones_stay_off_closed_computers(event: PhonePlugged, desk: Desk) -> Iterator[Breach]:
    """No phone is connected to a classified or internal computer, be it to charge."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network in (Network.CLASSIFIED, Network.INTERNAL):
            who = desk.name(event.person)
            yield Breach(page.number, f"{who}把手机接到{page.thing.network}计算机上")


@rule(
    COMMUNICATIONS["第七条"],
    Force.FORBIDS,
    "禁止把手机、对讲机带入涉密场所；确需带入的，事先报告备案，取出电池或屏蔽",
    on=PhoneAdmitted,
    remedy="留在门外；确需带入的，写明原因、批准人和屏蔽措施。",
)
def phones_are_admitted_by_leave_only(event: PhoneAdmitted, desk: Desk) -> Iterator[Breach]:
    """A phone or radio enters a secret place with a reason, leave, and its battery out."""
    site = desk.register.sites[event.site]
    if not site.key and site.level is None:
        return
    if fact := lacking(event.approvals, desk, "phone_in", None):
        yield Breach(event.site, fact)
    blank = [
        name
        for name, filled in (("原因", event.reason), ("取出电池或屏蔽", event.shielded))
        if not filled
    ]
    if blank:
        who = desk.name(event.person)
        yield Breach(event.site, f"{who}带{event.what}进入，没有{'、'.join(blank)}")


@rule(
    COMMUNICATIONS["第十条"],
    Force.ADVISES,
    "核心、重要涉密人员原则上用国产手机",
    on=Phone,
    remedy="更换时选用国产手机；必要时做安全检查。",
)
def core_staff_use_domestic_phones(phone: Phone, desk: Desk) -> Iterator[Breach]:
    """Core and important staff have phones made at home."""
    person = desk.register.person(phone.keeper)
    if person is not None and phone.domestic is False:
        if person.category in (Category.CORE, Category.IMPORTANT):
            yield Breach(phone.number, f"{person.category}涉密人员{person.name}用的不是国产手机")


RULES = (
    phones_are_on_file,
    phones_stay_off_closed_computers,
    phones_are_admitted_by_leave_only,
    core_staff_use_domestic_phones,
)
