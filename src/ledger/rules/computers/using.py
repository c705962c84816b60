"""《计算机保密管理制度》二、涉密计算机的管理: what may be done on it, repaired and given away."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Device, Medium, Network
from ledger.consent import lacking
from ledger.event import (
    Disposed,
    Lent,
    Plugged,
    Processed,
    SentForRepair,
    Written,
)
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["IMPORT_MEANS", "RULES"]

IMPORT_MEANS: Final = ("光盘", "刻录光盘", "导入U盘", "特定导入U盘")
"""How data from the internet may enter a closed computer (第二十条、第二十八条)."""


def _classified(entry: Entry[Computer]) -> bool:
    return entry.thing.network is Network.CLASSIFIED


def _machines(number: str, desk: Desk) -> Iterator[Entry[Computer] | Entry[Device]]:
    yield from desk.pages((number,), Computer)
    yield from desk.pages((number,), Device)


@rule(
    COMPUTERS["第七条"],
    Force.FORBIDS,
    "没有备案的计算机禁止处理国家秘密",
    on=Processed,
    remedy="先到保密局备案并登记；在此之前停止处理。",
)
def only_filed_computers_process_secrets(event: Processed, desk: Desk) -> Iterator[Breach]:
    """A computer the bureau has not on file processes no secrets."""
    for page in desk.pages((event.computer,), Computer):
        if _classified(page) and event.level is not None and not page.thing.filed_no:
            yield Breach(page.number, f"没有备案，要处理{event.level}级信息")


@rule(
    COMPUTERS["第十二条"],
    Force.FORBIDS,
    "严禁把涉密计算机同非涉密的系统、设备相连",
    on=Plugged,
    remedy="断开；换用登记为涉密、密级相同的设备。",
)
def plain_devices_stay_off_classified(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """No device without a level is connected to a classified computer."""
    for device in desk.pages((event.item,), Device):
        for page in desk.pages((event.computer,), Computer):
            if _classified(page) and device.thing.level is None:
                yield Breach(device.number, f"非涉密设备要接上涉密计算机{page.number}")


@rule(
    COMPUTERS["第十二条"],
    Force.FORBIDS,
    "严禁让国家秘密从涉密计算机流到非密的机器和介质上",
    on=Written,
    remedy="改用密级相符的涉密介质。",
)
def no_secret_leaves_for_a_plain_medium(event: Written, desk: Desk) -> Iterator[Breach]:
    """No secret is taken from a classified computer onto a medium without a level."""
    for source in desk.pages((event.source,), Computer):
        for page in desk.pages((event.medium,), Medium):
            if _classified(source) and event.level is not None and page.thing.level is None:
                yield Breach(page.number, f"要从{source.number}输出{event.level}级信息到非涉密介质")


@rule(
    COMPUTERS["第十三条"],
    Force.FORBIDS,
    "信息的密级高于机器的，不得在这台机器上处理",
    on=(Processed, Plugged),
    remedy="改在密级够高的涉密计算机上处理。",
)
def computer_is_high_enough(event: Processed | Plugged, desk: Desk) -> Iterator[Breach]:
    """No computer deals with anything above its own level."""
    if isinstance(event, Processed):
        level, what = event.level, "信息"
    else:
        media = [page.thing.level for page in desk.pages((event.item,), Medium)]
        level, what = (media[0] if media else None), f"介质{event.item}"
    for page in desk.pages((event.computer,), Computer):
        own = page.thing.level
        if _classified(page) and level is not None and (own is None or level > own):
            has = f"{own}级" if own else "没有定级的"
            yield Breach(page.number, f"{has}涉密计算机要处理{level}级{what}")


@rule(
    COMPUTERS["第十三条"],
    Force.REQUIRES,
    "与涉密计算机相连的设备应按该机的密级管理",
    on=Plugged,
    remedy="把设备按该机密级定级、更正登记并换标签。",
)
def device_has_the_computers_level(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A device is classified at the level of the computer it serves."""
    for device in desk.pages((event.item,), Device):
        for page in desk.pages((event.computer,), Computer):
            own = device.thing.level
            if _classified(page) and own is not None and own is not page.thing.level:
                level = f"是{page.thing.level}级" if page.thing.level else "没有定级"
                yield Breach(device.number, f"设备是{own}级，要接的计算机{level}")


@rule(
    COMPUTERS["第十八条"],
    Force.REQUIRES,
    "绝密级信息要存进专用涉密介质，不留在机器里",
    on=Processed,
    remedy="转存到绝密级专用介质，清除机内的信息。",
)
def top_secret_is_kept_on_its_medium(event: Processed, desk: Desk) -> Iterator[Breach]:
    """绝密 information stays on a medium of its own, not on a computer's disk."""
    if event.level is Level.绝密 and event.kept:
        for page in desk.pages((event.computer,), Computer):
            yield Breach(page.number, "绝密级信息要留存在计算机里")


@rule(
    COMPUTERS["第十九条"],
    Force.REQUIRES,
    "涉密信息输出应当履行审批，密级和知悉范围照旧",
    on=Written,
    remedy="办理输出审批，填写审批人。",
)
def output_is_approved(event: Written, desk: Desk) -> Iterator[Breach]:
    """Secrets leave a classified computer with approval."""
    if event.level is not None:
        for page in desk.pages((event.source,), Computer):
            fact = lacking(event.approvals, desk, "output", event.level)
            if _classified(page) and fact:
                yield Breach(page.number, fact)


@rule(
    COMPUTERS["第二十条"],
    Force.REQUIRES,
    "外网数据要进涉密计算机，须部门领导批准，只走光盘或专用导入盘这一道口",
    on=(Processed, Plugged),
    remedy="报部门领导批准，改走光盘或专用导入盘。",
)
def internet_data_come_in_by_the_gate(event: Processed | Plugged, desk: Desk) -> Iterator[Breach]:
    """Data from outside enter a classified computer with approval and by disc or import drive."""
    for page in desk.pages((event.computer,), Computer):
        if not _classified(page) or not _from_outside(event, desk):
            continue
        if fact := lacking(event.approvals, desk, "internet_import", None):
            yield Breach(page.number, fact)
        if isinstance(event, Processed) and event.means not in IMPORT_MEANS:
            by = f"用“{event.means}”" if event.means else "没有写明用什么"
            yield Breach(page.number, f"互联网数据{by}导入")


def _from_outside(event: Processed | Plugged, desk: Desk) -> bool:
    """Whether the event brings plain data in; other plain media are refused altogether."""
    if isinstance(event, Processed):
        return event.from_internet
    media = (page.thing for page in desk.pages((event.item,), Medium))
    return any(m.level is None and (m.import_only or m.type == "光盘") for m in media)


@rule(
    COMPUTERS["第二十一条"],
    Force.REQUIRES,
    "维修涉密计算机和设备要经主管领导批准，到定点单位修",
    on=SentForRepair,
    remedy="报主管领导批准，送定点维修单位（在外单位登记簿写明“维修”）。",
)
def repaired_by_a_designated_firm(event: SentForRepair, desk: Desk) -> Iterator[Breach]:
    """Classified machines are repaired with approval, by a designated firm."""
    for page in _machines(event.carrier, desk):
        level = page.thing.level
        if level is None:
            continue
        if fact := lacking(event.approvals, desk, "repair", level):
            yield Breach(page.number, fact)
        firm = desk.register.outside(event.to)
        if firm is None or "维修" not in firm.designated_for:
            yield Breach(page.number, f"“{event.to}”没有登记为定点维修单位")


@rule(
    COMPUTERS["第二十二条"],
    Force.FORBIDS,
    "涉密的机器和设备一律不得借出、租出、送人或转手",
    on=(Disposed, Lent),
    remedy="停止；不再使用的按报废办理。",
)
def classified_machines_are_never_passed_on(event: Disposed | Lent, desk: Desk) -> Iterator[Breach]:
    """No classified computer or device is rented out, lent, given away or sold."""
    for page in _machines(event.carrier, desk):
        way = event.way if isinstance(event, Disposed) else "租借"
        if page.thing.level is not None and way != "报废":
            yield Breach(page.number, f"{page.thing.level}级的机器要{way}给{desk.name(event.to)}")


@rule(
    COMPUTERS["第二十二条"],
    Force.REQUIRES,
    "涉密计算机报废应先在保密局备案，硬盘交其销毁",
    on=Disposed,
    remedy="先备案并填写备案文号，硬盘送登记为“销毁”的指定单位。",
)
def scrapped_with_the_bureau(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """A classified computer is scrapped with the bureau's knowledge, its disk destroyed there."""
    for page in desk.pages((event.carrier,), Computer):
        if not _classified(page) or event.way != "报废":
            continue
        if not event.filed_no:
            yield Breach(page.number, "报废没有备案文号")
        unit = desk.register.outside(event.disk_to)
        if unit is None or "销毁" not in unit.designated_for:
            where = f"送“{event.disk_to}”" if event.disk_to else "去向没有写明"
            yield Breach(page.number, f"硬盘{where}，不是登记的指定销毁单位")


RULES = (
    only_filed_computers_process_secrets,
    plain_devices_stay_off_classified,
    no_secret_leaves_for_a_plain_medium,
    computer_is_high_enough,
    device_has_the_computers_level,
    top_secret_is_kept_on_its_medium,
    output_is_approved,
    internet_data_come_in_by_the_gate,
    repaired_by_a_designated_firm,
    classified_machines_are_never_passed_on,
    scrapped_with_the_bureau,
)
