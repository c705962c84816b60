"""《计算机保密管理制度》: machines that are repaired, passed on or scrapped."""

from collections.abc import Iterator

from ledger.carrier import Computer, Device, Network
from ledger.consent import lacking
from ledger.event import Disposed, Lent, SentForRepair
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule
from ledger.rules.computers.job import machines

__all__ = ["RULES"]


def _secret(number: str, desk: Desk) -> Iterator[Entry[Computer] | Entry[Device]]:
    """The page of this number, if it is a machine that is classified or has held secrets."""
    for page in machines(number, desk):
        if page.thing.classified or page.holds is not None:
            yield page


@rule(
    COMPUTERS["第二十一条"],
    Force.REQUIRES,
    "维修涉密计算机和设备要先由主管领导批准，到定点单位修",
    on=SentForRepair,
    remedy="报主管领导批准，送定点维修单位（在外单位登记簿写明“维修”）。",
)
def repaired_by_a_designated_firm(event: SentForRepair, desk: Desk) -> Iterator[Breach]:
    """Classified machines are repaired with approval, by a designated firm."""
    for page in _secret(event.carrier, desk):
        if fact := lacking(event.approvals, desk, "repair", desk.secret(page)):
            yield Breach(page.number, fact)
        firm = desk.register.outside(event.to)
        if firm is None or "维修" not in firm.designated_for:
            yield Breach(page.number, f"“{event.to}”没有登记为定点维修单位")


@rule(
    COMPUTERS["第二十二条"],
    Force.FORBIDS,
    "涉密的机器和设备一律不得借出、租出、送人或转手",
    on=(Disposed, Lent),
    remedy="停止。本单位换人使用的办移交，带出去用的办携带外出；不再使用的按报废办理。",
)
def classified_machines_are_never_passed_on(event: Disposed | Lent, desk: Desk) -> Iterator[Breach]:
    """No classified computer or device is rented out, lent, given away or sold."""
    way = event.way if isinstance(event, Disposed) else "租借"
    for page in _secret(event.carrier, desk):
        if way != "报废":
            level = desk.secret(page)
            kind = f"{level}级的机器" if level else "没有定级的涉密机器"
            yield Breach(page.number, f"{kind}要{way}给{desk.name(event.to)}")


@rule(
    COMPUTERS["第二十二条"],
    Force.REQUIRES,
    "涉密计算机报废应先在保密局备案，硬盘交其销毁",
    on=Disposed,
    remedy="先备案并填写备案文号，硬盘送登记为“销毁”的指定单位。",
)
def scrapped_with_the_bureau(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """A classified computer is scrapped with the bureau's knowledge, its disk destroyed there."""
    for page in _secret(event.carrier, desk):
        if isinstance(page.thing, Device) or event.way != "报废":
            continue
        if not event.filed_no:
            yield Breach(page.number, "报废没有备案文号")
        unit = desk.register.outside(event.disk_to)
        if not event.disk_to:
            yield Breach(page.number, "没有写明硬盘送到哪里销毁")
        elif unit is None or "销毁" not in unit.designated_for:
            yield Breach(page.number, f"硬盘送“{event.disk_to}”，它没有登记为指定的销毁单位")


def _internal(number: str, desk: Desk) -> Iterator[Entry[Computer] | Entry[Device]]:
    return (page for page in machines(number, desk) if page.thing.network is Network.INTERNAL)


@rule(
    COMPUTERS["第二十六条"],
    Force.REQUIRES,
    "内部计算机和设备应比照涉密计算机防护：给别人以前，先清除里面的信息",
    on=Disposed,
    remedy="先做技术处理，登记“已技术处理”，再处置。",
)
def internal_machines_are_treated_first(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """An internal machine is treated before anybody else gets it."""
    for page in _internal(event.carrier, desk):
        if event.way != "报废" and event.treated is not True:
            yield Breach(page.number, f"要{event.way}，没有做技术处理的记录")


@rule(
    COMPUTERS["第二十九条"],
    Force.REQUIRES,
    "内部计算机和设备的维修、报废应比照涉密计算机办",
    on=(SentForRepair, Disposed),
    remedy="维修的报主管领导批准，填写审批人；报废的写明备案文号。",
)
def internal_machines_are_repaired_likewise(
    event: SentForRepair | Disposed, desk: Desk
) -> Iterator[Breach]:
    """Internal machines are repaired, and computers scrapped, by analogy with classified ones."""
    for page in _internal(event.carrier, desk):
        if isinstance(event, SentForRepair):
            if fact := lacking(event.approvals, desk, "repair", None):
                yield Breach(page.number, fact)
        elif event.way == "报废" and isinstance(page.thing, Computer) and not event.filed_no:
            yield Breach(page.number, "报废没有备案文号")


@rule(
    COMPUTERS["第三十四条"],
    Force.REQUIRES,
    "互联网用的计算机和设备要出租、送人、转手、报废的，应先做技术处理并备案",
    on=Disposed,
    remedy="先清除存储的信息，写明备案文号，再处置。",
)
def internet_computer_is_treated_first(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """A machine of the internet is treated and put on record before it leaves the unit."""
    for page in machines(event.carrier, desk):
        if page.thing.network is Network.INTERNET:
            if event.treated is not True:
                yield Breach(page.number, f"要{event.way}，没有做技术处理的记录")
            if not event.filed_no:
                yield Breach(page.number, f"要{event.way}，没有备案文号")


RULES = (
    repaired_by_a_designated_firm,
    classified_machines_are_never_passed_on,
    scrapped_with_the_bureau,
    internal_machines_are_treated_first,
    internal_machines_are_repaired_likewise,
    internet_computer_is_treated_first,
)
