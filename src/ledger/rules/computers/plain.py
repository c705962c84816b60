"""《计算机保密管理制度》三、内部计算机的管理；四、互联网计算机管理."""

from collections.abc import Iterator

from ledger.carrier import Computer, Device, Isolation, Medium, Network
from ledger.consent import lacking
from ledger.event import Disposed, Plugged, Processed, SentForRepair
from ledger.event.premises import Networked
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

IMPORT_MEANS = ("光盘", "刻录光盘", "导入U盘", "特定导入U盘")


@rule(
    COMPUTERS["第二十四条"],
    Force.REQUIRES,
    "内部计算机应统一登记、贴标识、明确责任人",
    on=Computer,
    remedy="明确责任人并更正登记，打印标签。",
)
def internal_computer_has_a_keeper(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every internal computer has somebody who answers for it."""
    if entry.thing.network is Network.INTERNAL and not entry.thing.keeper:
        yield Breach(entry.number, "内部计算机没有责任人")


@rule(
    COMPUTERS["第二十五条"],
    Force.ADVISES,
    "同互联网怎样隔开，决定内部计算机能处理什么：物理隔离可到工作秘密，逻辑隔离只到一般信息；宜写明",
    on=Computer,
    remedy="核实隔离方式，更正登记；写明以前按逻辑隔离对待。",
)
def isolation_is_known(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """How an internal computer is kept from the internet is on its page."""
    if entry.thing.network is Network.INTERNAL and entry.thing.isolation is None:
        yield Breach(entry.number, "没有写明是物理隔离还是逻辑隔离")


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "内部计算机不得处理国家秘密；逻辑隔离的也不得处理工作秘密和内部资料",
    on=Processed,
    remedy="国家秘密到涉密计算机上处理；工作秘密、内部资料到物理隔离的内部计算机上处理。",
)
def internal_computer_keeps_to_its_kind(event: Processed, desk: Desk) -> Iterator[Breach]:
    """An internal computer processes no secret, nor work secrets unless physically isolated."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network is not Network.INTERNAL:
            continue
        if event.level is not None:
            yield Breach(page.number, f"内部计算机要处理{event.level}级信息")
        elif event.sensitivity and page.thing.isolation is not Isolation.PHYSICAL:
            kind = page.thing.isolation or "隔离方式不明"
            yield Breach(page.number, f"{kind}的内部计算机要处理{event.sensitivity}信息")


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "内部计算机不得连接涉密设备",
    on=Plugged,
    remedy="断开；涉密设备只接涉密计算机。",
)
def no_classified_device_on_internal(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """No classified device is connected to an internal computer."""
    for page in desk.pages((event.computer,), Computer):
        for device in desk.pages((event.item,), Device):
            if page.thing.network is Network.INTERNAL and device.thing.level is not None:
                yield Breach(
                    device.number, f"{device.thing.level}级设备要接上内部计算机{page.number}"
                )


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "严禁把工作秘密输出到互联网",
    on=Plugged,
    remedy="立即断开；清除介质里的工作秘密后再作他用。",
)
def work_secrets_stay_off_the_internet(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A medium that holds work secrets is not connected to an internet computer."""
    for page in desk.pages((event.computer,), Computer):
        for medium in desk.pages((event.item,), Medium):
            if page.thing.network is Network.INTERNET and medium.sensitive is not None:
                yield Breach(
                    medium.number, f"存有{medium.sensitive}的介质要接入互联网计算机{page.number}"
                )


@rule(
    COMPUTERS["第二十八条"],
    Force.REQUIRES,
    "外网数据要进内部计算机，应走光盘或专用导入盘这一道口",
    on=(Processed, Plugged),
    remedy="改走光盘或专用导入盘。",
)
def internet_data_reach_internal_by_the_gate(
    event: Processed | Plugged, desk: Desk
) -> Iterator[Breach]:
    """Data from the internet enter an internal computer by disc or import drive only."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network is not Network.INTERNAL:
            continue
        if isinstance(event, Processed):
            if event.from_internet and event.means not in IMPORT_MEANS:
                by = f"用“{event.means}”" if event.means else "没有写明用什么"
                yield Breach(page.number, f"互联网数据{by}导入")
        else:
            for medium in desk.pages((event.item,), Medium):
                gate = medium.thing.import_only or medium.thing.type == "光盘"
                if medium.thing.network is Network.INTERNET and not gate:
                    yield Breach(medium.number, f"互联网用的介质要接入内部计算机{page.number}")


@rule(
    COMPUTERS["第二十九条"],
    Force.REQUIRES,
    "内部计算机和设备的维修、报废应比照涉密计算机办",
    on=(SentForRepair, Disposed),
    remedy="报主管领导批准，填写审批人；报废的写明备案文号。",
)
def internal_machines_are_repaired_likewise(
    event: SentForRepair | Disposed, desk: Desk
) -> Iterator[Breach]:
    """Internal computers are repaired and scrapped by analogy with classified ones."""
    for page in desk.pages((event.carrier,), Computer):
        if page.thing.network is not Network.INTERNAL:
            continue
        if isinstance(event, SentForRepair):
            if fact := lacking(event.approvals, desk, "repair", None):
                yield Breach(page.number, fact)
        elif event.way == "报废" and not event.filed_no:
            yield Breach(page.number, "报废没有备案文号")


@rule(
    COMPUTERS["第三十条"],
    Force.REQUIRES,
    "互联网计算机应统一登记、贴标识、明确责任人",
    on=Computer,
    remedy="明确责任人并更正登记，打印标签。",
)
def internet_computer_has_a_keeper(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every internet computer has somebody who answers for it."""
    if entry.thing.network is Network.INTERNET and not entry.thing.keeper:
        yield Breach(entry.number, "互联网计算机没有责任人")


@rule(
    COMPUTERS["第三十一条"],
    Force.FORBIDS,
    "严禁让涉密的、内部的设备和介质接触互联网计算机",
    on=Plugged,
    remedy="断开；互联网计算机只接互联网用的设备和介质。",
)
def internet_computer_meets_no_other_world(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """Nothing classified or internal is connected to an internet computer."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network is not Network.INTERNET:
            continue
        for device in desk.pages((event.item,), Device):
            if device.thing.level is not None or device.thing.network in _CLOSED:
                kind = (
                    f"{device.thing.level}级" if device.thing.level else f"{device.thing.network}"
                )
                yield Breach(device.number, f"{kind}设备要接上互联网计算机{page.number}")
        for medium in desk.pages((event.item,), Medium):
            if medium.thing.level is None and medium.thing.network in _CLOSED:
                yield Breach(medium.number, f"内部介质要接入互联网计算机{page.number}")


_CLOSED = (Network.CLASSIFIED, Network.INTERNAL)


@rule(
    COMPUTERS["第三十一条"],
    Force.FORBIDS,
    "严禁互联网计算机接入涉密、内部网络，也严禁内部计算机接入互联网",
    on=Networked,
    remedy="立即断开；两边要交换数据的，走光盘或专用导入盘。",
)
def internet_and_internal_stay_apart(event: Networked, desk: Desk) -> Iterator[Breach]:
    """No internal computer is put on the internet, nor an internet computer on a closed network."""
    for page in desk.pages((event.computer,), Computer):
        own = page.thing.network
        if own in (Network.INTERNAL, Network.INTERNET) and event.network is not own:
            yield Breach(page.number, f"{own}计算机要接入{event.network}网络")


@rule(
    COMPUTERS["第三十二条"],
    Force.FORBIDS,
    "上互联网的计算机里严禁有国家秘密和工作秘密，处理、存放都不行",
    on=Processed,
    remedy="立即停止；已经处理的，断网、封存，按规定报告。",
)
def internet_computer_sees_nothing_closed(event: Processed, desk: Desk) -> Iterator[Breach]:
    """An internet computer processes neither secrets nor work secrets."""
    for page in desk.pages((event.computer,), Computer):
        what = f"{event.level}级" if event.level else event.sensitivity
        if page.thing.network is Network.INTERNET and what:
            yield Breach(page.number, f"互联网计算机要处理{what}信息")


@rule(
    COMPUTERS["第三十四条"],
    Force.REQUIRES,
    "互联网计算机租借、赠送、转让、报废，应做技术处理并登记备案",
    on=Disposed,
    remedy="先清除存储的信息，写明备案文号，再处置。",
)
def internet_computer_is_treated_first(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """An internet computer is treated and put on record before it leaves the unit."""
    for page in desk.pages((event.carrier,), Computer):
        if page.thing.network is Network.INTERNET:
            if event.treated is not True:
                yield Breach(page.number, f"要{event.way}，没有做技术处理的记录")
            if not event.filed_no:
                yield Breach(page.number, f"要{event.way}，没有备案文号")


RULES = (
    internal_computer_has_a_keeper,
    isolation_is_known,
    internal_computer_keeps_to_its_kind,
    no_classified_device_on_internal,
    work_secrets_stay_off_the_internet,
    internet_data_reach_internal_by_the_gate,
    internal_machines_are_repaired_likewise,
    internet_computer_has_a_keeper,
    internet_computer_meets_no_other_world,
    internet_and_internal_stay_apart,
    internet_computer_sees_nothing_closed,
    internet_computer_is_treated_first,
)
