"""《现代通信、办公自动化设备保密管理制度》三、复印机；四、传真机；五、电话和其他通信设备."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Device, Network
from ledger.event import Copied, Disposed, Plugged
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation.compendium import COMMUNICATIONS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

COPIERS: Final = ("复印机", "复印一体机", "数码复印机", "一体机")
FAXES: Final = ("传真机", "明传传真机")
CORDLESS: Final = ("无绳电话", "子母机")
TELEPHONY: Final = (*FAXES, *CORDLESS, "电话机", "交换机", "对讲机", "通信设备")


@rule(
    COMMUNICATIONS["第二十六条"],
    Force.REQUIRES,
    "复印机要有专人管",
    on=Device,
    remedy="更正登记，写明责任人。",
)
def a_copier_has_a_keeper(entry: Entry[Device], _desk: Desk) -> Iterator[Breach]:
    """Somebody looks after every copier."""
    if entry.thing.type in COPIERS and not entry.thing.keeper:
        yield Breach(entry.number, "复印机没有责任人")


@rule(
    COMMUNICATIONS["第二十七条"],
    Force.REQUIRES,
    "复印密件应用保密复印机，或者专门固定的一台",
    on=Copied,
    remedy="改用登记为“涉密专用”的复印机，写明复印机编号。",
)
def copied_on_the_secrecy_copier(event: Copied, desk: Desk) -> Iterator[Breach]:
    """Secret papers are copied on the one copier set aside for them."""
    for number, _ in desk.papers((event.original,)):
        machines = list(desk.pages((event.machine,), Device))
        if not machines:
            yield Breach(number, "没有写明用哪台复印机")
        elif not machines[0].thing.dedicated:
            yield Breach(number, f"{event.machine}不是涉密专用的复印机")


@rule(
    COMMUNICATIONS["第三十一条"],
    Force.FORBIDS,
    "复印密件的数码复印机只能单机使用，禁止接网络、电话线和别的设备",
    on=Device,
    remedy="断开连接，更正登记中的“单机工作”。",
)
def the_secrecy_copier_stands_alone(entry: Entry[Device], _desk: Desk) -> Iterator[Breach]:
    """The copier for secret papers is connected to nothing."""
    thing = entry.thing
    if thing.type in COPIERS and thing.dedicated and thing.stand_alone is not True:
        known = "接着网络或别的设备" if thing.stand_alone is False else "没有登记是否单机"
        yield Breach(entry.number, f"涉密复印机{known}")


@rule(
    COMMUNICATIONS["第三十二条"],
    Force.REQUIRES,
    "复印机报废时，里面的硬盘应交保密部门统一销毁",
    on=Disposed,
    remedy="硬盘送登记为“销毁”的指定单位，填写“硬盘去向”。",
)
def scrapped_copiers_give_up_their_disk(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """The disk of a copier that made secret copies is destroyed by the bureau."""
    for page in desk.pages((event.carrier,), Device):
        if page.thing.type not in COPIERS or not page.thing.dedicated:
            continue
        unit = desk.register.outside(event.disk_to)
        if unit is None or "销毁" not in unit.designated_for:
            where = f"送“{event.disk_to}”" if event.disk_to else "去向没有写明"
            yield Breach(page.number, f"复印机硬盘{where}，不是登记的指定销毁单位")


@rule(
    COMMUNICATIONS["第三十五条"],
    Force.FORBIDS,
    "严禁把数码明传传真机接到涉密计算机上",
    on=Plugged,
    remedy="断开；检查有没有涉密信息传出。",
)
def plain_fax_stays_off_classified(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """No plain fax machine is connected to a classified computer."""
    for device in desk.pages((event.item,), Device):
        for page in desk.pages((event.computer,), Computer):
            if device.thing.type in FAXES and page.thing.network is Network.CLASSIFIED:
                yield Breach(device.number, f"明传传真机要接上涉密计算机{page.number}")


@rule(
    COMMUNICATIONS["第四十一条"],
    Force.FORBIDS,
    "涉密部门的办公场所里禁止用无绳电话",
    on=Device,
    remedy="拆除，换用有线电话。",
)
def no_cordless_phone_where_secrets_are(entry: Entry[Device], desk: Desk) -> Iterator[Breach]:
    """No department that has a secret place uses a cordless phone."""
    if entry.thing.type in CORDLESS:
        here = entry.thing.department
        sites = desk.register.sites.values()
        if any((site.key or site.level) and site.department == here for site in sites):
            yield Breach(entry.number, f"涉密部门“{here}”装了无绳电话")


@rule(
    COMMUNICATIONS["第四十二条"],
    Force.REQUIRES,
    "涉密部门用进口通信设备，须先做技术安全检查",
    on=Device,
    remedy="送检后更正登记中的“已技术检查”；没有检查的停用。",
)
def imported_equipment_is_tested(entry: Entry[Device], _desk: Desk) -> Iterator[Breach]:
    """Imported communication equipment was checked before it is used."""
    thing = entry.thing
    if thing.type in TELEPHONY and thing.domestic is False and thing.tested is not True:
        yield Breach(entry.number, f"进口的{thing.type}没有技术检查的记录")


RULES = (
    a_copier_has_a_keeper,
    copied_on_the_secrecy_copier,
    the_secrecy_copier_stands_alone,
    scrapped_copiers_give_up_their_disk,
    plain_fax_stays_off_classified,
    no_cordless_phone_where_secrets_are,
    imported_equipment_is_tested,
)
