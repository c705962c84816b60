"""《保密要害部门部位管理制度》 第九条至第十八条: who may read at what level, take a post, and leave it."""

from collections.abc import Iterator

from ledger.conflict import COOLING_OFF
from ledger.consent import lacking
from ledger.day import chinese, months_after
from ledger.event import Circulated, Copied, HandedOver, Left, Lent
from ledger.event.meeting import MeetingIssued
from ledger.event.staff import Posted, TravelApproved
from ledger.finding import Breach, Force
from ledger.number import PersonRef
from ledger.person import Category, Person
from ledger.register.standing import Standing
from ledger.regulation import KEY_POSTS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _takers(
    event: Circulated | Lent | Copied | HandedOver | MeetingIssued, desk: Desk
) -> Iterator[tuple[Person, str]]:
    """Each registered person who gets a carrier by the event, with the carrier."""
    match event:
        case Copied(original=number, receiver=who):
            numbers: tuple[str, ...] = (number,)
        case HandedOver(carriers=carriers, to=who):
            numbers = carriers
        case Circulated(carrier=number, reader=who):
            numbers = (number,)
        case _:
            numbers, who = (event.carrier,), event.to
    person = desk.register.person(who)
    if person is not None:
        yield from ((person, number) for number in numbers)


@rule(
    KEY_POSTS["第九条"],
    Force.REQUIRES,
    "接触绝密、机密、秘密的人须分别是核心、重要、一般涉密人员",
    on=(Circulated, Lent, Copied, HandedOver, MeetingIssued),
    remedy="换一位类别相当的人，或先按程序审查确定其涉密类别。",
)
def category_is_adequate(
    event: Circulated | Lent | Copied | HandedOver | MeetingIssued, desk: Desk
) -> Iterator[Breach]:
    """Whoever takes a secret is of a category that deals with its level."""
    for person, number in _takers(event, desk):
        level = desk.level(number)
        if level is not None and (person.category is None or person.category.level < level):
            kind = f"是{person.category}涉密人员" if person.category else "没有确定涉密类别"
            yield Breach(number, f"{level}级载体要交给{person.name}，此人{kind}")


@rule(
    KEY_POSTS["第十七条"],
    Force.FORBIDS,
    "离开涉密岗位、正在脱密期的人不得再接触国家秘密",
    on=(Circulated, Lent, Copied, HandedOver, MeetingIssued),
    remedy="收回安排，交给在岗人员。",
)
def nobody_in_cooling_off_takes_secrets(
    event: Circulated | Lent | Copied | HandedOver | MeetingIssued, desk: Desk
) -> Iterator[Breach]:
    """Somebody who has left his secret post takes no more secrets."""
    for person, number in _takers(event, desk):
        if person.left_on is not None and desk.level(number) is not None:
            end = f"，脱密期到{chinese(person.cooling_until)}" if person.cooling_until else ""
            yield Breach(number, f"{person.name}{chinese(person.left_on)}已离岗{end}")


@rule(
    KEY_POSTS["第十七条"],
    Force.REQUIRES,
    "离岗须有脱密期：核心、重要、一般涉密人员不少于规定的月数",
    on=Left,
    remedy="写明脱密期截止日，不早于规定的最短期限；批准机关可以定得更长。",
    note=COOLING_OFF,
)
def cooling_off_is_long_enough(event: Left, desk: Desk) -> Iterator[Breach]:
    """Whoever leaves a secret post cools off at least as long as his category demands."""
    person = desk.register.person(event.person)
    if person is None or person.category is None:
        return
    least = months_after(desk.on, desk.pack.months_of(person.category))
    if event.cooling_until is None or event.cooling_until < least:
        said = f"现为{chinese(event.cooling_until)}" if event.cooling_until else "没有填写"
        yield Breach(
            person.number,
            f"{person.name}是{person.category}涉密人员，脱密期应不早于{chinese(least)}，{said}",
        )


@rule(
    KEY_POSTS["第十一条"],
    Force.REQUIRES,
    "离岗时须签订保密承诺书",
    on=Left,
    remedy="先签订离岗保密承诺书，再登记离岗。",
)
def leave_commitment_is_signed(event: Left, desk: Desk) -> Iterator[Breach]:
    """Whoever leaves a secret post has signed the leave commitment."""
    person = desk.register.person(event.person)
    if person is not None and person.category is not None and not event.commitment:
        yield Breach(person.number, f"{person.name}没有签订离岗保密承诺书")


@rule(
    KEY_POSTS["第十条"],
    Force.REQUIRES,
    "上岗前应由保密、人事部门审查涉密资格并填表",
    on=Posted,
    remedy="先审查，用“资格审查”登记类别和审查表号，再上岗。",
)
def vetted_before_taking_post(event: Posted, desk: Desk) -> Iterator[Breach]:
    """Whoever takes a secret post was found fit for a category as high as it asks for."""
    person, category = _post(event, desk)
    if category is None:
        return
    vetted = _standing(event.person, desk).vetted
    if vetted is None or vetted.level < category.level:
        said = f"只审查通过{vetted}" if vetted else "没有通过涉密资格审查"
        yield Breach(event.person, f"{person.name}要任{category}涉密岗位，{said}")


@rule(
    KEY_POSTS["第十一条"],
    Force.REQUIRES,
    "上岗前应与单位签保密责任书",
    on=Posted,
    remedy="先签订，用“签订保密书”登记，再上岗。",
)
def pledged_before_taking_post(event: Posted, desk: Desk) -> Iterator[Breach]:
    """Whoever takes a secret post has signed the duty letter."""
    person, category = _post(event, desk)
    signed = _standing(event.person, desk).pledges
    if category is not None and not ({"保密责任书", "保密承诺书"} & set(signed)):
        yield Breach(event.person, f"{person.name}没有签保密责任书")


def _post(event: Posted, desk: Desk) -> tuple[Person, Category | None]:
    person = desk.register.people[event.person]
    return person, event.category or person.category


def _standing(person: PersonRef, desk: Desk) -> Standing:
    return desk.register.standings.get(person) or Standing(person=person)


@rule(
    KEY_POSTS["第十六条"],
    Force.REQUIRES,
    "涉密人员为私事出境，须由主管领导批准",
    on=TravelApproved,
    remedy="报主管领导批准并填写审批。",
)
def private_journeys_are_approved(event: TravelApproved, desk: Desk) -> Iterator[Breach]:
    """Secrecy staff travel abroad privately with the leader's approval."""
    person = desk.register.people[event.person]
    if event.private and person.category is not None and "保密员" not in person.roles:
        if fact := lacking(event.approvals, desk, "private_travel", None):
            yield Breach(event.person, fact)


RULES = (
    category_is_adequate,
    nobody_in_cooling_off_takes_secrets,
    cooling_off_is_long_enough,
    leave_commitment_is_signed,
    vetted_before_taking_post,
    pledged_before_taking_post,
    private_journeys_are_approved,
)
