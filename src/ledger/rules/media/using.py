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
    Force.REQUIRES,
    "介质的密级应与里面存的信息对得上，存过什么就按什么管",
    on=Medium,
    remedy="密级低了的，按存过的最高密级更正登记、换标签；绝密级介质存了别的，停用并送销毁，另换一个。",
)
def medium_has_the_level_of_what_it_holds(entry: Entry[Medium], _desk: Desk) -> Iterator[Breach]:
    """No medium goes on under a level at which what it holds may not be."""
    level, held = entry.thing.level, entry.holds
    if held is not None and held not in MAY_HOLD[level]:
        kind = f"{level}级" if level else "非涉密"
        yield Breach(entry.number, f"{kind}介质里存过{held}级信息")


@rule(
    CARRIERS["二（二）1"],
    Force.FORBIDS,
    "各类介质不得混用：用过的介质不能改低密级，也不能改作非密介质",
    on=Amended,
    remedy="保持原密级；不再使用的，按规定清退、销毁；登记时写错的，冲销那一笔重新登记。",
)
def medium_never_falls(event: Amended, desk: Desk) -> Iterator[Breach]:
    """A medium that has been classified keeps its level or rises."""
    if not isinstance(event.thing, Medium):
        return
    for page in desk.pages((event.thing.number,), Medium):
        old, new = desk.secret(page), event.thing.level
        if new is not page.thing.level and old is not None and (new is None or new < old):
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
    "涉密计算机上严禁用非涉密的介质",
    on=(Plugged, Written),
    remedy="用专用介质；确需导入数据的，经批准走光盘或专用导入盘。",
)
def plain_medium_stays_out_of_classified(event: Plugged | Written, desk: Desk) -> Iterator[Breach]:
    """A medium without a level never enters a classified computer, import media apart.

    Import media bring in and take nothing out; secrets taken out are judged by another article.
    """
    if isinstance(event, Written):
        for medium, computer in _pairs(event.medium, event.source, desk):
            plain = medium.thing.level is None and medium.thing.type != "光盘"
            if _closed(computer) and plain and event.level is None:
                yield Breach(medium.number, f"非涉密介质要从涉密计算机{computer.number}取出信息")
        return
    for medium, computer in _pairs(event.item, event.computer, desk):
        if _closed(computer) and medium.thing.level is None and not _brings_in(medium.thing):
            kind = "没有定级的涉密介质" if medium.thing.classified else "非涉密介质"
            yield Breach(medium.number, f"{kind}要接入涉密计算机{computer.number}")


def _closed(computer: Entry[Computer]) -> bool:
    return computer.thing.network is Network.CLASSIFIED


@rule(
    CARRIERS["二（二）3"],
    Force.FORBIDS,
    "严禁把涉密介质接入互联网",
    on=Plugged,
    remedy="立即停止；已经接入的，断网、封存，并按规定报告。",
)
def classified_medium_stays_off_the_internet(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A medium that is classified, or has held a secret, never meets the internet."""
    for medium, computer in _pairs(event.item, event.computer, desk):
        if computer.thing.network is Network.INTERNET and (kind := _secret(medium, desk)):
            yield Breach(medium.number, f"{kind}要接入互联网计算机{computer.number}")


@rule(
    CARRIERS["二（二）4"],
    Force.FORBIDS,
    "涉密介质不得离开本单位的涉密计算机去别处使用，只能用在那里",
    on=Plugged,
    remedy="改在相应密级的涉密计算机上使用。",
)
def classified_medium_keeps_to_classified(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A medium that is classified, or has held a secret, is used on classified computers only."""
    for medium, computer in _pairs(event.item, event.computer, desk):
        network, kind = computer.thing.network, _secret(medium, desk)
        if kind and network not in (Network.CLASSIFIED, Network.INTERNET):
            where = f"{network}计算机" if network else "没有分类的计算机"
            yield Breach(medium.number, f"{kind}要接入{where}{computer.number}")


def _secret(medium: Entry[Medium], desk: Desk) -> str:
    """What a medium is called if it is classified or has held a secret; else blank."""
    if medium.thing.level is not None:
        return f"{medium.thing.level}级介质"
    if (held := desk.secret(medium)) is not None:
        return f"存过{held}级信息的介质"
    return "没有定级的涉密介质" if medium.thing.classified else ""


def _pairs(
    medium: str, computer: str, desk: Desk
) -> Iterator[tuple[Entry[Medium], Entry[Computer]]]:
    for one in desk.pages((medium,), Medium):
        for other in desk.pages((computer,), Computer):
            yield one, other


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
        if outside and (kind := _secret(page, desk)):
            yield Breach(page.number, f"{kind}要给外单位“{desk.name(event.to)}”")


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
        if (level := desk.secret(page)) is None:
            continue
        if fact := lacking(event.approvals, desk, "take_media_out", level):
            yield Breach(page.number, fact)
        if not event.measures:
            yield Breach(page.number, "没有写明保护措施")


@rule(
    CARRIERS["二（二）6"],
    Force.FORBIDS,
    "严禁私自把涉密介质带出境；机密、秘密级要有批准文件，绝密级一律不带",
    on=CarriedOut,
    remedy="取得保密行政管理部门的批准文件并填写文号；绝密级不带。",
    note=EXIT_PERMIT,
)
def media_go_abroad_by_the_rules(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No 绝密 medium leaves the country, and no other without the bureau's consent."""
    if event.abroad:
        for page in desk.pages(event.carriers, Medium):
            level = desk.secret(page)
            if level is Level.绝密:
                yield Breach(page.number, "绝密级介质要带出境")
            elif level is not None and not event.consent_no:
                yield Breach(page.number, f"{level}级介质要带出境，没有批准文件")


RULES = (
    medium_may_hold_it,
    medium_has_the_level_of_what_it_holds,
    medium_never_falls,
    plain_medium_holds_no_secret,
    plain_medium_stays_out_of_classified,
    classified_medium_stays_off_the_internet,
    classified_medium_keeps_to_classified,
    media_are_not_lent_outside,
    media_are_taken_out_with_approval,
    media_go_abroad_by_the_rules,
)
