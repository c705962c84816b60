"""《国家秘密载体保密管理制度》二、移动存储介质."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from ledger.carrier import Computer, Medium, Network
from ledger.consent import lacking
from ledger.day import chinese
from ledger.event import (
    Amended,
    CarriedOut,
    Destroyed,
    Dispatched,
    Left,
    Lent,
    Plugged,
    Repaired,
    SentForRepair,
    Written,
)
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.place import InRoom
from ledger.register.record import Case, Entry
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["HELD", "MAY_HOLD", "PEOPLE", "RULES"]

MAY_HOLD: Final[Mapping[Level | None, frozenset[Level]]] = {
    Level.绝密: frozenset({Level.绝密}),
    Level.机密: frozenset({Level.机密, Level.秘密}),
    Level.秘密: frozenset({Level.秘密}),
    None: frozenset(),
}
"""二（二）1: the secrets each medium may hold. 绝密 is not merely the widest; it is alone."""


@rule(
    CARRIERS["二（一）1"],
    Force.REQUIRES,
    "涉密介质应统一登记配发，标识上有密级、使用人、编号",
    on=Medium,
    remedy="明确使用人并更正登记，再打印标签。",
)
def medium_has_a_user(entry: Entry[Medium], _desk: Desk) -> Iterator[Breach]:
    """Every classified medium has a user for its label to name."""
    if entry.thing.level is not None and not entry.thing.keeper:
        yield Breach(entry.number, "没有登记使用人，标识不全")


@rule(
    CARRIERS["二（一）2"],
    Force.REQUIRES,
    "涉密介质应选专用系统的U盘或光盘",
    on=Medium,
    remedy="停用并更换为专用系统的介质。",
)
def medium_is_of_an_approved_kind(entry: Entry[Medium], _desk: Desk) -> Iterator[Breach]:
    """A classified medium belongs to an approved special system."""
    if entry.thing.level is not None and entry.thing.approved is False:
        yield Breach(entry.number, f"{entry.thing.level}级介质不是专用系统的产品")


@rule(
    CARRIERS["二（二）1"],
    Force.FORBIDS,
    "绝密级介质只能存绝密级信息；机密、秘密级信息存在不低于它的机密、秘密级介质里",
    on=Written,
    remedy="换用密级相符的介质；已经写入的，把信息转走并按规定处理本介质。",
)
def medium_may_hold_it(event: Written, desk: Desk) -> Iterator[Breach]:
    """A medium holds only what its level allows, and 绝密 media hold nothing else."""
    for page in desk.pages((event.medium,), Medium):
        level = page.thing.level
        if level is None:
            continue
        if event.level is not None and event.level not in MAY_HOLD[level]:
            yield Breach(page.number, f"{level}级介质要存储{event.level}级信息")
        elif event.level is None and level is Level.绝密:
            what = f"{event.sensitivity}信息" if event.sensitivity else "非密信息"
            yield Breach(page.number, f"绝密级介质要存储{what}")


@rule(
    CARRIERS["二（二）1"],
    Force.FORBIDS,
    "各类介质不得混用：用过的介质不能改低密级，也不能改作非密介质",
    on=Amended,
    remedy="保持原密级；不再使用的，按规定清退、销毁。",
)
def medium_never_falls(event: Amended, desk: Desk) -> Iterator[Breach]:
    """A medium that has been classified keeps its level or rises."""
    if not isinstance(event.thing, Medium):
        return
    for page in desk.pages((event.thing.number,), Medium):
        old = max((x for x in (page.thing.level, page.holds) if x), default=None)
        new = event.thing.level
        if old is not None and (new is None or new < old):
            yield Breach(page.number, f"由{old}级改为{f'{new}级' if new else '非密'}")


@rule(
    CARRIERS["二（二）2"],
    Force.FORBIDS,
    "严禁用非涉密介质存储涉密信息",
    on=Written,
    remedy="换用相应密级的介质；已经写入的，当即断开并按泄密隐患处理。",
)
def plain_medium_holds_no_secret(event: Written, desk: Desk) -> Iterator[Breach]:
    """No secret is stored on a medium that has no level."""
    for page in desk.pages((event.medium,), Medium):
        if page.thing.level is None and event.level is not None:
            yield Breach(page.number, f"非涉密介质要存储{event.level}级信息")


def _brings_in(medium: Medium) -> bool:
    """Whether a medium is of the kinds by which plain data may enter a closed network."""
    return medium.import_only or medium.type == "光盘"


@rule(
    CARRIERS["二（二）2"],
    Force.FORBIDS,
    "严禁在涉密计算机上用非涉密介质",
    on=Plugged,
    remedy="用专用介质；确需导入数据的，用刻录光盘或特定导入U盘并经批准。",
)
def plain_medium_stays_out_of_classified(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A medium without a level never enters a classified computer, import media apart."""
    for medium, computer in _joined(event, desk):
        if computer.thing.network is Network.CLASSIFIED and medium.thing.level is None:
            if not _brings_in(medium.thing):
                yield Breach(medium.number, f"非涉密介质要接入涉密计算机{computer.number}")


@rule(
    CARRIERS["二（二）3"],
    Force.FORBIDS,
    "严禁把涉密介质接入互联网",
    on=Plugged,
    remedy="立即停止；已经接入的，断网、封存，并按规定报告。",
)
def classified_medium_stays_off_the_internet(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A classified medium never meets the internet."""
    for medium, computer in _joined(event, desk):
        if medium.thing.level is not None and computer.thing.network is Network.INTERNET:
            level = medium.thing.level
            yield Breach(medium.number, f"{level}级介质要接入互联网计算机{computer.number}")


@rule(
    CARRIERS["二（二）4"],
    Force.FORBIDS,
    "涉密介质只能在本单位涉密计算机上用",
    on=Plugged,
    remedy="改在相应密级的涉密计算机上使用。",
)
def classified_medium_keeps_to_classified(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A classified medium is used on classified computers only."""
    for medium, computer in _joined(event, desk):
        network = computer.thing.network
        if medium.thing.level and network not in (Network.CLASSIFIED, Network.INTERNET):
            kind = f"{network}计算机" if network else "没有分类的计算机"
            yield Breach(medium.number, f"{medium.thing.level}级介质要接入{kind}{computer.number}")


def _joined(event: Plugged, desk: Desk) -> Iterator[tuple[Entry[Medium], Entry[Computer]]]:
    for medium in desk.pages((event.item,), Medium):
        for computer in desk.pages((event.computer,), Computer):
            yield medium, computer


@rule(
    CARRIERS["二（二）4"],
    Force.FORBIDS,
    "严禁把涉密介质借给外单位",
    on=(Lent, Dispatched),
    remedy="外单位需要资料的，按发文手续用他们的介质或纸介质提供。",
)
def media_are_not_lent_outside(event: Lent | Dispatched, desk: Desk) -> Iterator[Breach]:
    """A classified medium is never lent to another unit."""
    numbers = (event.carrier,) if isinstance(event, Lent) else event.carriers
    for page in desk.pages(numbers, Medium):
        outside = isinstance(event, Dispatched) or desk.register.outside(event.to) is not None
        if page.thing.level is not None and outside:
            yield Breach(page.number, f"{page.thing.level}级介质要给外单位“{event.to}”")


@rule(
    CARRIERS["二（二）5"],
    Force.REQUIRES,
    "涉密介质只在本单位办公场所用；确需带出的，要经主管领导批准并严加保护",
    on=CarriedOut,
    remedy="报主管领导批准，写明审批人和保护措施。",
)
def media_are_taken_out_with_approval(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No classified medium leaves the premises without approval and protection."""
    for page in desk.pages(event.carriers, Medium):
        if page.thing.level is None:
            continue
        if fact := lacking(event.approvals, desk, "carry_out", page.thing.level):
            yield Breach(page.number, fact)
        if not event.measures:
            yield Breach(page.number, "没有写明保护措施")


@rule(
    CARRIERS["二（二）6"],
    Force.FORBIDS,
    "严禁非法携带涉密介质出境；机密、秘密级要有批准文件，绝密级一律不带",
    on=CarriedOut,
    remedy="取得保密行政管理部门的批准文件并填写文号（出境许可证已于2017年取消）；绝密级不带。",
)
def media_go_abroad_by_the_rules(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No 绝密 medium leaves the country, and no other without the bureau's consent."""
    if event.abroad:
        for page in desk.pages(event.carriers, Medium):
            if page.thing.level is Level.绝密:
                yield Breach(page.number, "绝密级介质要带出境")
            elif page.thing.level is not None and not event.consent_no:
                yield Breach(page.number, f"{page.thing.level}级介质要带出境，没有批准文件")


@rule(
    CARRIERS["二（二）7"],
    Force.REQUIRES,
    "涉密介质丢失、被抢、被盗或有异常的，应在24小时内报保密行政管理部门",
    on=Case,
    remedy="立即报告本单位保密组织和保密行政管理部门，并登记。",
)
def lost_media_are_reported_in_a_day(case: Case, desk: Desk) -> Iterator[Breach]:
    """The loss of a medium is reported within 24 hours of its discovery."""
    media = [page.number for page in desk.pages(case.subjects, Medium) if page.thing.level]
    late = desk.on > case.opened + timedelta(hours=desk.pack.report_hours)
    if case.kind == "丢失" and case.closed is None and media and late:
        if case.reported_on is None:
            yield Breach(case.number, f"{chinese(case.opened)}发现{media[0]}丢失，还没有报告记录")


@rule(
    CARRIERS["二（三）1"],
    Force.REQUIRES,
    "涉密介质必须存放在保密文件柜里",
    on=Medium,
    remedy="入柜并登记。",
)
def media_are_locked_away(entry: Entry[Medium], desk: Desk) -> Iterator[Breach]:
    """No classified medium in the officer's charge stays out of the cabinets overnight."""
    if entry.thing.level is not None and isinstance(entry.custody, InRoom):
        if entry.since < desk.on and not entry.missing:
            yield Breach(entry.number, f"{chinese(entry.since)}起在保密室，没有入柜")


@rule(
    CARRIERS["二（三）2"],
    Force.REQUIRES,
    "离职前必须把保管、使用的涉密介质全部退回",
    on=Left,
    remedy="先收回名下的介质，再登记离岗。",
)
def leaves_without_media(event: Left, desk: Desk) -> Iterator[Breach]:
    """Nobody leaves a secret post with a classified medium in his charge."""
    held = desk.pages(desk.register.held_by(event.person), Medium)
    numbers = [page.number for page in held if page.thing.level is not None]
    if numbers:
        yield Breach(event.person, f"名下还有涉密介质{len(numbers)}件：{'、'.join(numbers[:5])}")


@rule(
    CARRIERS["二（四）"],
    Force.REQUIRES,
    "涉密介质送外恢复数据，必须到指定的有资质的单位，换下的旧件要收回",
    on=(SentForRepair, Repaired),
    remedy="改送指定单位（在外单位登记簿写明“数据恢复”）；旧介质没收回的，立即追回。",
)
def recovered_by_a_designated_firm(event: SentForRepair | Repaired, desk: Desk) -> Iterator[Breach]:
    """Data are recovered by a designated firm, and the old medium comes back."""
    for page in desk.pages((event.carrier,), Medium):
        if page.thing.level is None:
            continue
        if isinstance(event, Repaired):
            if not event.old_part_returned:
                yield Breach(page.number, "换下的旧存储介质没有收回")
            continue
        firm = desk.register.outside(event.to)
        if firm is None or "数据恢复" not in firm.designated_for:
            yield Breach(page.number, f"“{event.to}”没有登记为指定的数据恢复单位")


@rule(
    CARRIERS["二（五）"],
    Force.REQUIRES,
    "销毁涉密介质须经主管领导批准、清点注销，统一送保密行政管理部门销毁",
    on=Destroyed,
    remedy="报批、清点后送保密行政管理部门（在外单位登记簿写明“销毁”），不要自行销毁。",
)
def media_are_destroyed_by_the_bureau(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Classified media are destroyed by the bureau, with approval and after counting."""
    secret = [p for p in desk.pages(event.carriers, Medium) if p.thing.level is not None]
    for page in secret:
        if fact := lacking(event.approvals, desk, "destroy", page.thing.level):
            yield Breach(page.number, fact)
    if secret and event.counted != len(event.carriers):
        yield Breach("销毁清册", f"清册{len(event.carriers)}件，清点{event.counted}件")
    unit = desk.register.outside(event.place)
    if secret and (unit is None or "销毁" not in unit.designated_for):
        where = f"在“{event.place}”" if event.place else "没有写明地点"
        yield Breach("销毁清册", f"涉密介质{len(secret)}件，销毁{where}，不是登记的指定销毁单位")


HELD = {
    "二（三）3": "归档归档时登记案卷号，与纸介质一样",
}
"""Articles that the book holds by its fields, with no rule to break."""

PEOPLE = {
    "二（一）3": "各部门指定谁负责，由部门决定；每件介质的使用人在登记簿上",
}
"""Articles left to people, and why."""

RULES = (
    medium_has_a_user,
    medium_is_of_an_approved_kind,
    medium_may_hold_it,
    medium_never_falls,
    plain_medium_holds_no_secret,
    plain_medium_stays_out_of_classified,
    classified_medium_stays_off_the_internet,
    classified_medium_keeps_to_classified,
    media_are_not_lent_outside,
    media_are_taken_out_with_approval,
    media_go_abroad_by_the_rules,
    lost_media_are_reported_in_a_day,
    media_are_locked_away,
    leaves_without_media,
    recovered_by_a_designated_firm,
    media_are_destroyed_by_the_bureau,
)
