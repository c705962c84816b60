"""What falls due about people: training, certificates, journeys, cooling-off, changes of staff."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.day import chinese, last_of
from ledger.duties.turns import in_the_year
from ledger.duty import Due, obligation
from ledger.event.organization import ChangeReported
from ledger.event.staff import (
    Appraised,
    CertificateIssued,
    CertificateReturned,
    CoolingEnded,
    Replaced,
    TravelEnded,
)
from ledger.event.training import Trained
from ledger.person import Person
from ledger.register.register import Register
from ledger.register.standing import Standing
from ledger.regulation import KEY_POSTS
from ledger.regulation.compendium import ABROAD, COMMITTEE, EDUCATION, OFFICERS
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]

_MONTH = timedelta(days=30)


def _standing(person: Person, desk: Desk) -> Standing:
    return desk.register.standings.get(person.number) or Standing(person=person.number)


@obligation(
    EDUCATION["第七条（二）"],
    "涉密人员每年在岗培训够课时：核心16，重要、一般8",
    "组织培训并登记课时",
    on=Person,
    done_by=Trained,
)
def yearly_training(person: Person, desk: Desk) -> Iterator[Due]:
    """Everybody with a category has the year's hours by its end.

    In the year in which somebody takes his post the hours that prepared him count as well.
    """
    if person.category is None or person.left_on is not None:
        return
    standing, year = _standing(person, desk), desk.on.year
    had, need = standing.hours_in(year), desk.pack.training_hours[person.category.value]
    if had < need:
        why = f"{person.category}涉密人员{year}年应{need:g}课时，已{had:g}课时"
        yield Due(person.name, date(year, 12, 31), why, every=12)
    else:
        why = f"{person.category}涉密人员{year + 1}年应{need:g}课时"
        yield Due(person.name, date(year + 1, 12, 31), why, date(year + 1, 1, 1), every=12)


@obligation(
    COMMITTEE["第四条"],
    "宣传教育每年够次数、形式多样",
    "组织一次集中教育并登记",
    on=Register,
    done_by=Trained,
)
def education_held(register: Register, desk: Desk) -> Iterator[Due]:
    """There are as many education sessions in a year as the pack asks for."""
    wanted = desk.pack.education_sessions
    yield from in_the_year(register, desk.on, "培训", wanted, "全体人员", "集中教育")


@obligation(
    OFFICERS["第二条"],
    "上岗证到期前换证",
    "参加培训考试换证",
    on=Person,
    done_by=CertificateIssued,
)
def certificate_renewed(person: Person, desk: Desk) -> Iterator[Due]:
    """An officer's certificate is renewed before it ends."""
    until = _standing(person, desk).certified_until
    if "保密员" in person.roles and person.left_on is None and until is not None:
        yield Due(person.name, until, f"上岗证{chinese(until)}到期", until - _MONTH)


@obligation(
    OFFICERS["第十四条"],
    "离岗时把上岗证交回发证机关",
    "交回上岗证",
    on=Person,
    done_by=CertificateReturned,
)
def certificate_given_back(person: Person, desk: Desk) -> Iterator[Due]:
    """Whoever is an officer no longer has given his certificate back."""
    if _standing(person, desk).certificate_held and person.left_on is not None:
        by = person.left_on + timedelta(days=desk.pack.change_report_days)
        yield Due(person.name, by, f"{chinese(person.left_on)}离岗")


@obligation(
    OFFICERS["第十一条"],
    "配偶成了境外或外籍人员的保密员，要调离涉密岗位",
    "更换保密员",
    on=Person,
    done_by=Replaced,
)
def officer_moved_off(person: Person, desk: Desk) -> Iterator[Due]:
    """An officer with foreign ties hands the room over."""
    since = _standing(person, desk).to_move
    if since is not None:
        by = since + timedelta(days=desk.pack.rectify_days)
        yield Due(person.name, by, f"{chinese(since)}报告配偶为境外或外籍人员")


@obligation(
    ABROAD["第九条"],
    "动身出境之前专门教育一次",
    "行前教育（培训，形式写“行前教育”）",
    on=Person,
    done_by=Trained,
)
def briefed_before_departure(person: Person, desk: Desk) -> Iterator[Due]:
    """Whoever goes abroad is briefed before he leaves."""
    trip = _standing(person, desk).trip
    if trip is not None and trip.briefed_on is None:
        by = trip.leaves - timedelta(days=1)
        yield Due(person.name, by, f"{chinese(trip.leaves)}去{trip.destination}", trip.approved)


@obligation(
    KEY_POSTS["第十六条"],
    "出境按批准的日期回来并销假",
    "登记回国",
    on=Person,
    done_by=TravelEnded,
)
def back_from_abroad(person: Person, desk: Desk) -> Iterator[Due]:
    """Whoever went abroad is back by the day approved."""
    trip = _standing(person, desk).trip
    if trip is not None:
        yield Due(person.name, trip.returns, f"去{trip.destination}", trip.leaves)


@obligation(
    KEY_POSTS["第十七条"],
    "脱密期满，审核后解除",
    "审核并登记脱密期满",
    on=Person,
    done_by=CoolingEnded,
)
def cooling_off_over(person: Person, desk: Desk) -> Iterator[Due]:
    """When a cooling-off ends somebody looks at it."""
    until = person.cooling_until
    if person.left_on is not None and until is not None:
        ended = _standing(person, desk).cooling_ended
        if ended is None:
            yield Due(person.name, until, f"{chinese(person.left_on)}离岗", until - _MONTH)


@obligation(
    KEY_POSTS["第八条"],
    "主要负责人、涉密人员、保密组织人员变动，及时报保密行政管理部门",
    "上报人员变动（变动上报，涉及事项写“保密组织人员”）",
    on=Register,
    done_by=ChangeReported,
)
def staff_changes_reported(register: Register, desk: Desk) -> Iterator[Due]:
    """A change of secrecy staff is told to the bureau."""
    changed = register.rounds.get("人员变动")
    told = register.rounds.get("变动上报/保密组织人员")
    if changed is not None and (told is None or told.act < changed.act):
        by = changed.on + timedelta(days=desk.pack.change_report_days)
        yield Due("保密组织人员", by, f"{chinese(changed.on)}涉密人员有变动")


@obligation(
    KEY_POSTS["第十八条"],
    "履行保密职责的情况纳入年度考核",
    "考核并登记",
    on=Person,
    done_by=Appraised,
)
def appraised_in_the_year(person: Person, desk: Desk) -> Iterator[Due]:
    """How everybody with a category did his duty is part of the year's appraisal."""
    if person.category is not None and person.left_on is None:
        year = desk.on.year
        done = f"考核/{person.number}/{year}" in desk.register.rounds
        by = last_of(year + 1 if done else year, 12)
        opens = date(by.year, 11, 1)
        yield Due(person.name, by, f"{by.year}年保密履职考核", opens, every=12)


OBLIGATIONS = (
    yearly_training,
    education_held,
    certificate_renewed,
    certificate_given_back,
    officer_moved_off,
    briefed_before_departure,
    back_from_abroad,
    cooling_off_over,
    staff_changes_reported,
    appraised_in_the_year,
)
