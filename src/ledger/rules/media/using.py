"""《国家秘密载体保密管理制度》二、移动存储介质（二）使用."""

from collections.abc import Iterator, Mapping
from typing import Final

from ledger.carrier import Computer, Medium, Network
from ledger.conflict import EXIT_PERMIT
from ledger.consent import lacking
from ledger.event import (
    Amended,
    CarriedOut,
    Dispatched,
    Lent,
    Plugged,
    Written,
)
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["MAY_HOLD", "RULES"]

MAY_HOLD: Final[Mapping[Level | None, frozenset[Level]]] = {
    Level.绝密: frozenset({Level.绝密}),
    Level.机密: frozenset({Level.机密, Level.秘密}),
    Level.秘密: frozenset({Level.秘密}),
    None: frozenset(),
}
"""二（二）1: the secrets each medium may hold. 绝密 is not merely the widest; it is alone."""


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
    remedy="用专用介质；确需导入数据的，经批准走光盘或专用导入盘。",
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
    "涉密介质不得离开本单位的涉密计算机去别处使用，只能用在那里",
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
    "涉密介质只在办公场所用；真要带出去，须领导批准、手续齐全、严加保护",
    on=CarriedOut,
    remedy="报主管领导批准，写明审批人和保护措施。",
)
def media_are_taken_out_with_approval(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No classified medium leaves the premises without approval and protection."""
    for page in desk.pages(event.carriers, Medium):
        if page.thing.level is None:
            continue
        if fact := lacking(event.approvals, desk, "take_media_out", page.thing.level):
            yield Breach(page.number, fact)
        if not event.measures:
            yield Breach(page.number, "没有写明保护措施")


@rule(
    CARRIERS["二（二）6"],
    Force.FORBIDS,
    "严禁非法携带涉密介质出境；机密、秘密级要有批准文件，绝密级一律不带",
    on=CarriedOut,
    remedy="取得保密行政管理部门的批准文件并填写文号；绝密级不带。",
    note=EXIT_PERMIT,
)
def media_go_abroad_by_the_rules(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No 绝密 medium leaves the country, and no other without the bureau's consent."""
    if event.abroad:
        for page in desk.pages(event.carriers, Medium):
            if page.thing.level is Level.绝密:
                yield Breach(page.number, "绝密级介质要带出境")
            elif page.thing.level is not None and not event.consent_no:
                yield Breach(page.number, f"{page.thing.level}级介质要带出境，没有批准文件")


RULES = (
    medium_may_hold_it,
    medium_never_falls,
    plain_medium_holds_no_secret,
    plain_medium_stays_out_of_classified,
    classified_medium_stays_off_the_internet,
    classified_medium_keeps_to_classified,
    media_are_not_lent_outside,
    media_are_taken_out_with_approval,
    media_go_abroad_by_the_rules,
)
