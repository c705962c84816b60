"""《保密员保密管理制度》: who keeps the room, and how he is replaced, away, travelling, leaving."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.day import chinese, months_after
from ledger.event import Left
from ledger.event.organization import Declined
from ledger.event.staff import Replaced, StoodIn, TravelApproved
from ledger.finding import Breach, Force
from ledger.person import Person
from ledger.register.pages import NOBODY
from ledger.register.standing import Standing
from ledger.regulation.compendium import OFFICERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

ROLE = "保密员"


def _standing(person: str, desk: Desk) -> Standing:
    return desk.register.standings.get(person) or Standing(
        person=desk.register.people[person].number
    )


def _is_officer(person: str, desk: Desk) -> bool:
    page = desk.register.people.get(person)
    return page is not None and ROLE in page.roles


@rule(
    OFFICERS["第二条"],
    Force.REQUIRES,
    "保密员须持证上岗",
    on=Person,
    remedy="参加培训考试取得上岗证，用“颁发上岗证”登记。",
)
def the_officer_is_certified(person: Person, desk: Desk) -> Iterator[Breach]:
    """Every officer holds a certificate that is still good."""
    if ROLE not in person.roles or person.left_on is not None:
        return
    until = _standing(person.number, desk).certified_until
    if not person.certificate_no:
        yield Breach(person.number, f"保密员{person.name}没有上岗证")
    elif until is not None and desk.on > until:
        yield Breach(person.number, f"保密员{person.name}的上岗证{chinese(until)}到期")


@rule(
    OFFICERS["第四条"],
    Force.REQUIRES,
    "对违反保密规定的指示要拒绝执行，并记下是谁的指示、违反哪一条",
    on=Declined,
    remedy="写明指示人和所违反的条文。",
)
def refusals_name_their_ground(event: Declined, _desk: Desk) -> Iterator[Breach]:
    """An instruction that is refused is written down with whose it was and what it was against."""
    blank = [
        name
        for name, filled in (("指示人", event.instructed_by), ("依据", event.ground))
        if not filled
    ]
    if blank:
        yield Breach(event.instruction, f"没有写明{'、'.join(blank)}")


@rule(
    OFFICERS["第八条"],
    Force.ADVISES,
    "保密员不宜随意更换，在岗一般不少于两年",
    on=Replaced,
    remedy="没有特殊情况的，留任到两年；确需更换的，在附注里写明原因。",
)
def the_officer_stays_two_years(event: Replaced, desk: Desk) -> Iterator[Breach]:
    """An officer keeps his post for the time the pack asks for."""
    person = desk.register.people[event.person]
    since = _standing(event.person, desk).posted_on or person.confirmed_on
    if since is not None and desk.on < months_after(since, desk.pack.officer_months):
        yield Breach(event.person, f"{person.name}{chinese(since)}上岗，还不满规定的年限")


@rule(
    OFFICERS["第八条"],
    Force.REQUIRES,
    "更换保密员须经保密组织同意，交接清楚以后才可离岗",
    on=Replaced,
    remedy="报保密组织同意，造册交接，填写清册号和监交人。",
)
def the_officer_is_replaced_with_consent(event: Replaced, desk: Desk) -> Iterator[Breach]:
    """The committee agrees to a new officer, and the room is handed over by a list."""
    if fact := lacking(event.approvals, desk, "officer_change", None):
        yield Breach(event.person, fact)
    if not event.list_no:
        yield Breach(event.person, "没有移交清册")
    held = desk.register.held_by(event.person)
    if held:
        yield Breach(event.person, f"名下还有{len(held)}件没有移交：{'、'.join(held[:5])}")


@rule(
    OFFICERS["第九条"],
    Force.REQUIRES,
    "保密员因私出境，应先经单位保密组织同意",
    on=TravelApproved,
    remedy="报保密组织同意，填写审批。",
)
def the_officer_travels_with_consent(event: TravelApproved, desk: Desk) -> Iterator[Breach]:
    """An officer's private journey abroad has the committee's consent."""
    if event.private and _is_officer(event.person, desk):
        if fact := lacking(event.approvals, desk, "officer_travel", None):
            yield Breach(event.person, fact)


@rule(
    OFFICERS["第十条"],
    Force.REQUIRES,
    "保密员暂时不在，须先有合适的人接替并办好交接",
    on=(StoodIn, TravelApproved),
    remedy="先用“临时接替”登记接替人和交接，再离岗。",
)
def somebody_keeps_the_room_meanwhile(
    event: StoodIn | TravelApproved, desk: Desk
) -> Iterator[Breach]:
    """While the officer is away another has taken the room over."""
    if isinstance(event, StoodIn):
        if not event.handed_over:
            yield Breach(event.stand_in, "接替保密员，没有办交接")
        return
    others = [n for n in desk.register.posts.get(ROLE, NOBODY) if n != event.person]
    away = _standing(event.person, desk).away_until
    covered = away is not None and away >= event.returns
    if _is_officer(event.person, desk) and not others and not covered:
        until = chinese(event.returns)
        yield Breach(event.person, f"保密员要离开到{until}，没有人接替")


@rule(
    OFFICERS["第十二条"],
    Force.REQUIRES,
    "保密员调离、辞职，要接受离岗教育并签离岗保密协议书",
    on=Left,
    remedy="谈话教育并签订协议书，再登记离岗。",
)
def the_officer_signs_on_leaving(event: Left, desk: Desk) -> Iterator[Breach]:
    """An officer who leaves has been talked to and has signed the leave agreement."""
    person = desk.register.people[event.person]
    if ROLE in person.roles or _standing(event.person, desk).certificate_held:
        parts = (("离岗教育", event.educated), ("离岗保密协议书", event.agreement))
        blank = [name for name, done in parts if not done]
        if blank:
            yield Breach(event.person, f"{person.name}没有{'、'.join(blank)}")


@rule(
    OFFICERS["第十三条"],
    Force.FORBIDS,
    "脱密期内未经批准不准出境",
    on=TravelApproved,
    remedy="报主管领导批准并填写审批。",
)
def no_unapproved_journey_while_cooling_off(event: TravelApproved, desk: Desk) -> Iterator[Breach]:
    """Nobody who is cooling off goes abroad without approval."""
    person = desk.register.people[event.person]
    cooling = person.left_on is not None and (
        person.cooling_until is None or person.cooling_until >= desk.on
    )
    if cooling and not event.approvals:
        yield Breach(event.person, f"{person.name}正在脱密期，出境没有批准")


RULES = (
    the_officer_is_certified,
    refusals_name_their_ground,
    the_officer_stays_two_years,
    the_officer_is_replaced_with_consent,
    the_officer_travels_with_consent,
    somebody_keeps_the_room_meanwhile,
    the_officer_signs_on_leaving,
    no_unapproved_journey_while_cooling_off,
)
