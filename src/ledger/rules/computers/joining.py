"""《计算机保密管理制度》: what may be joined to what, by cable, by plug or by network."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Device, Medium, Network
from ledger.event import Plugged, Registered, Written
from ledger.event.premises import Networked
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule
from ledger.rules.computers.job import machines

__all__ = ["RULES"]

_CLOSED: Final = (Network.CLASSIFIED, Network.INTERNAL)


def _joined(
    event: Plugged, desk: Desk
) -> Iterator[tuple[Entry[Computer] | Entry[Device], Entry[Computer]]]:
    """The machine that is connected, and the computer it is connected to."""
    for machine in machines(event.item, desk):
        for page in desk.pages((event.computer,), Computer):
            yield machine, page


def _kind(thing: Computer | Device | Medium) -> str:
    """What a thing is called by its level, or else by the world it belongs to."""
    noun = {Computer: "计算机", Device: "设备", Medium: "介质"}[type(thing)]
    if thing.level is not None:
        return f"{thing.level}级{noun}"
    return f"{thing.network}{noun}" if thing.network else f"非涉密{noun}"


@rule(
    COMPUTERS["第十二条"],
    Force.FORBIDS,
    "严禁把涉密计算机同非涉密的系统、设备相连",
    on=(Plugged, Networked),
    remedy="断开；换用登记为涉密、密级相同的设备；没有分类的计算机先核实、更正登记。",
)
def plain_devices_stay_off_classified(event: Plugged | Networked, desk: Desk) -> Iterator[Breach]:
    """No machine that is not classified is connected to a classified computer or network."""
    if isinstance(event, Networked):
        for page in desk.pages((event.computer,), Computer):
            if event.network is Network.CLASSIFIED and page.thing.network is None:
                yield Breach(page.number, "没有分类的计算机要接入涉密网络")
        return
    for machine, page in _joined(event, desk):
        if page.thing.network is Network.CLASSIFIED and not machine.thing.classified:
            noun = "计算机" if isinstance(machine.thing, Computer) else "设备"
            yield Breach(machine.number, f"非涉密{noun}要接上涉密计算机{page.number}")


@rule(
    COMPUTERS["第十三条"],
    Force.REQUIRES,
    "与涉密计算机相连的设备应按该机的密级管理",
    on=Plugged,
    remedy="计算机没有分类、定级的先更正；设备按该机密级定级，更正登记并换标签。",
)
def device_has_the_computers_level(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """A device is classified at the level of the computer it serves."""
    for machine, page in _joined(event, desk):
        own, its = machine.thing.level, page.thing.level
        if not machine.thing.classified or page.thing.network not in (Network.CLASSIFIED, None):
            continue
        if own is None or own is not its:
            device = f"设备是{own}级" if own else "设备没有定级"
            level = f"是{its}级" if its else "没有定级"
            kind = level if page.thing.network else "没有分清类别"
            yield Breach(machine.number, f"{device}，要接的计算机{page.number}{kind}")


@rule(
    COMPUTERS["第十六条"],
    Force.FORBIDS,
    "涉密计算机严禁用无线键盘、鼠标等无线设备",
    on=(Plugged, Registered),
    remedy="换用有线设备。",
)
def nothing_wireless_is_attached(event: Plugged | Registered, desk: Desk) -> Iterator[Breach]:
    """No wireless device is attached to a classified computer."""
    if isinstance(event, Plugged):
        pairs = [(page.thing, event.computer) for page in desk.pages((event.item,), Device)]
    else:
        thing = event.thing
        pairs = [(thing, thing.computer)] if isinstance(thing, Device) else []
    for device, target in pairs:
        for page in desk.pages((target,), Computer):
            if device.wireless and page.thing.network is Network.CLASSIFIED:
                name = device.name or device.type or "设备"
                yield Breach(page.number, f"要接上无线的{name}{device.number}")


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "内部计算机不得连接涉密设备",
    on=Plugged,
    remedy="断开；涉密设备只接涉密计算机。",
)
def no_classified_device_on_internal(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """No classified machine is connected to an internal computer."""
    for machine, page in _joined(event, desk):
        if page.thing.network is Network.INTERNAL and machine.thing.classified:
            yield Breach(machine.number, f"{_kind(machine.thing)}要接上内部计算机{page.number}")


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "严禁把工作秘密输出到互联网",
    on=(Plugged, Written),
    remedy="立即断开；清除介质里的工作秘密后再作他用。",
)
def work_secrets_stay_off_the_internet(event: Plugged | Written, desk: Desk) -> Iterator[Breach]:
    """No work secret is put on an internet medium, nor a medium that holds one on the internet."""
    if isinstance(event, Written):
        for medium in desk.pages((event.medium,), Medium):
            if medium.thing.network is Network.INTERNET and event.sensitivity is not None:
                yield Breach(medium.number, f"{event.sensitivity}信息要存进互联网用的介质")
        return
    for page in desk.pages((event.computer,), Computer):
        for medium in desk.pages((event.item,), Medium):
            if page.thing.network is Network.INTERNET and medium.sensitive is not None:
                yield Breach(
                    medium.number, f"存有{medium.sensitive}的介质要接入互联网计算机{page.number}"
                )


@rule(
    COMPUTERS["第二十六条"],
    Force.REQUIRES,
    "内部计算机和连着它的设备应比照涉密计算机防护：一台设备不能又上互联网、又接内部计算机",
    on=Plugged,
    remedy="断开；内部计算机另配专用的设备。",
)
def internet_devices_stay_off_internal(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """No device that serves the internet is connected to an internal computer."""
    for machine, page in _joined(event, desk):
        if page.thing.network is Network.INTERNAL and machine.thing.network is Network.INTERNET:
            if isinstance(machine.thing, Device):
                yield Breach(machine.number, f"互联网用的设备要接上内部计算机{page.number}")


@rule(
    COMPUTERS["第三十一条"],
    Force.FORBIDS,
    "严禁让涉密的、内部的设备和介质接触互联网计算机",
    on=Plugged,
    remedy="断开；互联网计算机只接互联网用的设备和介质。",
)
def internet_computer_meets_no_other_world(event: Plugged, desk: Desk) -> Iterator[Breach]:
    """Nothing classified or internal is connected to an internet computer."""
    for machine, page in _joined(event, desk):
        worlds = {page.thing.network, machine.thing.network}
        if page.thing.network is Network.INTERNET:
            if machine.thing.classified or machine.thing.network in _CLOSED:
                kind = _kind(machine.thing)
                yield Breach(machine.number, f"{kind}要接上互联网计算机{page.number}")
        elif isinstance(machine.thing, Computer):
            if worlds == {Network.INTERNAL, Network.INTERNET}:
                yield Breach(machine.number, f"互联网计算机要接上内部计算机{page.number}")
    for page in desk.pages((event.computer,), Computer):
        for medium in desk.pages((event.item,), Medium):
            plain = medium.thing.level is None and medium.thing.network in _CLOSED
            if page.thing.network is Network.INTERNET and plain:
                kind = _kind(medium.thing)
                yield Breach(medium.number, f"{kind}要接入互联网计算机{page.number}")


@rule(
    COMPUTERS["第三十一条"],
    Force.FORBIDS,
    "互联网计算机严禁接上涉密、内部网络，内部计算机也严禁接上互联网",
    on=Networked,
    remedy="立即断开；两边要交换数据的，走光盘或专用导入盘。",
)
def internet_and_internal_stay_apart(event: Networked, desk: Desk) -> Iterator[Breach]:
    """No internal computer is put on the internet, nor an internet computer on a closed network."""
    for page in desk.pages((event.computer,), Computer):
        own = page.thing.network
        if own in (Network.INTERNAL, Network.INTERNET) and event.network is not own:
            yield Breach(page.number, f"{own}计算机要接入{event.network}网络")


RULES = (
    plain_devices_stay_off_classified,
    device_has_the_computers_level,
    nothing_wireless_is_attached,
    no_classified_device_on_internal,
    work_secrets_stay_off_the_internet,
    internet_devices_stay_off_internal,
    internet_computer_meets_no_other_world,
    internet_and_internal_stay_apart,
)
