"""《计算机保密管理制度》二、涉密计算机的管理: what the computer is and how it is set up."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Device, Network
from ledger.consent import lacking
from ledger.event import Amended
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _classified(entry: Entry[Computer]) -> bool:
    return entry.thing.network is Network.CLASSIFIED


@rule(
    COMPUTERS["第二条"],
    Force.REQUIRES,
    "计算机分涉密、内部、互联网三类，须分清",
    on=Computer,
    remedy="核实联网情况，更正登记中的“网络类别”。",
)
def computer_is_of_one_kind(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every computer belongs to one of the three worlds, and only classified ones have a level."""
    thing = entry.thing
    if thing.network is None:
        yield Breach(entry.number, "没有分清是涉密、内部还是互联网计算机")
    elif thing.level is not None and thing.network is not Network.CLASSIFIED:
        yield Breach(entry.number, f"登记为{thing.network}计算机，却定了{thing.level}级")


@rule(
    COMPUTERS["第七条"],
    Force.REQUIRES,
    "每台涉密计算机都须在保密局有备案",
    on=Computer,
    remedy="到保密局登记备案，再登记备案编号。",
)
def classified_computer_is_filed(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every classified computer has the bureau's filing number."""
    if _classified(entry) and not entry.thing.filed_no:
        yield Breach(entry.number, "涉密计算机没有备案编号")


_ON_FILE: Final = (
    *(("密级", "level"), ("网络类别", "network"), ("硬盘序列号", "disk_serial")),
    *(("部门", "department"), ("责任人", "keeper"), ("地点", "place")),
)
"""What the bureau has on file of a classified computer, as the page calls it."""


@rule(
    COMPUTERS["第七条"],
    Force.ADVISES,
    "备过案的涉密计算机有了变更，宜当即报保密局，备案才同实际相符",
    on=Amended,
    remedy="照实更正登记，再把变更报保密局，用“变动上报”登记。",
)
def changes_of_a_filed_computer_are_told(event: Amended, desk: Desk) -> Iterator[Breach]:
    """What changes on a computer that is on file is pointed out, so that the bureau is told."""
    if not isinstance(event.thing, Computer):
        return
    for page in desk.pages((event.thing.number,), Computer):
        changed = [
            word
            for word, name in _ON_FILE
            if getattr(page.thing, name) != getattr(event.thing, name)
        ]
        if _classified(page) and page.thing.filed_no and changed:
            yield Breach(
                page.number, f"已备案（{page.thing.filed_no}），变更了{'、'.join(changed)}"
            )


@rule(
    COMPUTERS["第八条"],
    Force.REQUIRES,
    "涉密计算机定级应就高：处理过哪一级，就定到哪一级",
    on=Computer,
    remedy="按处理过的最高密级定级并更正登记，换贴标签。",
)
def computer_has_the_highest_level(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """A classified computer's level is the highest of what it processes."""
    if not _classified(entry):
        return
    if entry.thing.level is None:
        yield Breach(entry.number, "涉密计算机没有定级")
    elif entry.holds is not None and entry.holds > entry.thing.level:
        yield Breach(entry.number, f"定为{entry.thing.level}级，处理过{entry.holds}级信息")


@rule(
    COMPUTERS["第八条"],
    Force.REQUIRES,
    "涉密计算机应按处理过的最高密级来定；改低要经批准，更不得改作内部、互联网计算机",
    on=Amended,
    remedy="处理过那一级的保持原样；没有处理过的报主管领导批准；不再用的按报废办理；登记时写错的冲销重记。",
)
def classified_computer_stays_classified(event: Amended, desk: Desk) -> Iterator[Breach]:
    """A classified computer keeps its world, and its level unless a leader lowers it with reason."""
    new = event.thing
    if not isinstance(new, Computer):
        return
    for page in filter(_classified, desk.pages((new.number,), Computer)):
        if new.network is not Network.CLASSIFIED:
            world = f"{new.network}计算机" if new.network else "没有分类的计算机"
            yield Breach(page.number, f"由涉密计算机改为{world}")
        if fact := _lowered(page, new.level, event, desk):
            to = f"{new.level}级" if new.level else "没有密级"
            yield Breach(page.number, f"由{page.thing.level}级改为{to}，{fact}")


def _lowered(page: Entry[Computer], level: Level | None, event: Amended, desk: Desk) -> str:
    """What stands against a computer's new level, in words; blank if nothing does."""
    own, held = page.thing.level, page.holds
    if level is own or own is None:
        return ""
    if held is not None and (level is None or level < held):
        return f"处理过{held}级信息"
    fallen = level is None or level < own
    return lacking(event.approvals, desk, "take_in", None) if fallen else ""


@rule(
    COMPUTERS["第九条"],
    Force.REQUIRES,
    "涉密计算机应装专用防护系统，不经同意不得卸载停用",
    on=Computer,
    remedy="安装合格的防护系统，更正登记中的“防护系统”。",
)
def protection_is_installed(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every classified computer runs the approved protection suite."""
    if _classified(entry) and entry.thing.protected is not True:
        known = "没有安装" if entry.thing.protected is False else "没有登记是否安装"
        yield Breach(entry.number, f"{known}专用防护系统")


@rule(
    COMPUTERS["第十条"],
    Force.REQUIRES,
    "涉密计算机应放在合格的场所，电磁辐射防护和周边环境应合标准",
    on=Computer,
    remedy="检查场所和防护，整改后更正登记中的“场所合格”。",
)
def place_is_compliant(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every classified computer stands where place and emissions meet the standard."""
    if _classified(entry) and entry.thing.place_compliant is not True:
        known = "不合格" if entry.thing.place_compliant is False else "没有登记是否合格"
        yield Breach(entry.number, f"放置场所{known}")


@rule(
    COMPUTERS["第十一条"],
    Force.REQUIRES,
    "涉密计算机应有身份鉴别：主板、账户、屏保口令都要设，屏保不过5分钟，错3次锁定",
    on=Computer,
    remedy="设好口令并登记；屏保、锁定次数按要求改好后更正登记。",
)
def identity_is_checked(entry: Entry[Computer], desk: Desk) -> Iterator[Breach]:
    """Every classified computer asks who is there, locks itself and counts wrong tries."""
    if not _classified(entry):
        return
    if entry.password is None:
        yield Breach(entry.number, "没有设置口令的记录")
    minutes, tries = entry.thing.lock_minutes, entry.thing.tries_allowed
    if minutes is not None and minutes > desk.pack.lock_minutes:
        yield Breach(entry.number, f"屏保等待{minutes}分钟，超过{desk.pack.lock_minutes}分钟")
    if tries is not None and tries > desk.pack.tries_allowed:
        yield Breach(entry.number, f"输错{tries}次才锁定，应为{desk.pack.tries_allowed}次")


@rule(
    COMPUTERS["第十四条"],
    Force.ADVISES,
    "涉密计算机和设备原则上用国产的",
    on=(Computer, Device),
    remedy="更新时选用国产产品。",
)
def computer_is_domestic(entry: Entry[Computer | Device], _desk: Desk) -> Iterator[Breach]:
    """A classified computer or device is a domestic product where possible."""
    if entry.thing.classified and entry.thing.domestic is False:
        noun = "计算机" if isinstance(entry.thing, Computer) else "设备"
        yield Breach(entry.number, f"涉密{noun}不是国产产品")


@rule(
    COMPUTERS["第十五条"],
    Force.REQUIRES,
    "涉密计算机和连着它的设备都应有标识，写清归哪个部门管、由谁用",
    on=(Computer, Device),
    remedy="明确管理部门和使用人并更正登记，再打印标签。",
)
def department_and_user_are_named(entry: Entry[Computer | Device], _desk: Desk) -> Iterator[Breach]:
    """Every classified computer and device names its department and user."""
    thing = entry.thing
    if thing.classified:
        parts = (("管理部门", thing.department), ("使用人", thing.keeper))
        blank = [name for name, filled in parts if not filled]
        if blank:
            yield Breach(entry.number, f"没有登记{'、'.join(blank)}")


@rule(
    COMPUTERS["第十六条"],
    Force.REQUIRES,
    "涉密计算机应当拆除无线联网模块",
    on=Computer,
    remedy="拆除无线网卡、蓝牙等模块，更正登记中的“无线模块已拆除”。",
)
def wireless_parts_are_removed(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """A classified computer has no wireless networking parts left in it."""
    if _classified(entry) and entry.thing.wireless_removed is not True:
        known = "没有拆除" if entry.thing.wireless_removed is False else "没有登记是否拆除"
        yield Breach(entry.number, f"{known}无线联网模块")


@rule(
    COMPUTERS["第十七条"],
    Force.FORBIDS,
    "涉密计算机里严禁装同工作不相干的软件",
    on=Computer,
    remedy="卸载，更正登记中的“无关软件”。",
)
def nothing_but_work_is_installed(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """A classified computer holds no software that has nothing to do with work."""
    if _classified(entry) and entry.thing.other_software:
        yield Breach(entry.number, f"装有无关软件：{entry.thing.other_software}")


RULES = (
    computer_is_of_one_kind,
    classified_computer_is_filed,
    changes_of_a_filed_computer_are_told,
    computer_has_the_highest_level,
    classified_computer_stays_classified,
    protection_is_installed,
    place_is_compliant,
    identity_is_checked,
    computer_is_domestic,
    department_and_user_are_named,
    wireless_parts_are_removed,
    nothing_but_work_is_installed,
)
