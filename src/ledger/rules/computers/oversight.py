"""《计算机保密管理制度》五、安全监督措施；六、涉密计算机机房."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Network
from ledger.day import chinese
from ledger.deadline import computer_check, report_until
from ledger.event import Inspected, Visited
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.place import Site
from ledger.register.record import Case, Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


MACHINE_ROOM: Final = "机房"
"""The purpose of the places the articles on machine rooms are about."""
POLICE: Final = "公安"
"""The word by which a report to the police is told from one to the bureau."""
_BUREAU: Final = "保密行政管理部门"
_SIGHTS: Final = ("参观", "拍照", "照相", "摄影", "录像", "摄像")
"""What nobody comes to a machine room for (第四十四条)."""


@rule(
    COMPUTERS["第三十五条"],
    Force.REQUIRES,
    "计算机须装查杀病毒等防护软件并及时升级",
    on=Computer,
    remedy="安装并升级防护软件，更正登记中的“查杀病毒软件”。",
)
def antivirus_is_installed(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every computer has protection against malicious code."""
    if entry.thing.antivirus is False:
        yield Breach(entry.number, "没有安装查杀病毒软件")


@rule(
    COMPUTERS["第三十六条"],
    Force.REQUIRES,
    "每季度至少要检查一次全部计算机，并详细记录",
    on=Computer,
    remedy="检查并登记结果。",
)
def computers_are_checked_every_quarter(entry: Entry[Computer], desk: Desk) -> Iterator[Breach]:
    """Every computer was checked within the last quarter."""
    due, since = computer_check(entry, desk.pack), entry.inspected_on or entry.entered
    if due is not None and desk.on > due:
        last = f"上次检查是{chinese(since)}" if entry.inspected_on else "登记以来没有检查过"
        yield Breach(entry.number, f"{last}，最迟应在{chinese(due)}")


@rule(
    COMPUTERS["第三十六条"],
    Force.REQUIRES,
    "检查须作详细记录，有违规的要建档",
    on=Inspected,
    remedy="写明检查结果。",
)
def the_check_has_a_result(event: Inspected, _desk: Desk) -> Iterator[Breach]:
    """A check says what it found."""
    if not event.result:
        yield Breach("检查记录", f"检查{len(event.computers)}台，没有写明结果")


@rule(
    COMPUTERS["第三十八条"],
    Force.REQUIRES,
    "涉密、内部计算机不见了或被偷被抢，应当即报警，同时报保密行政管理部门",
    on=Case,
    remedy="立即报警，并报保密行政管理部门；两处各登记一次报告，写明报告单位（如“市公安局”）。",
)
def lost_computers_are_reported_at_once(case: Case, desk: Desk) -> Iterator[Breach]:
    """The loss of a classified or internal computer is reported to police and bureau."""
    due = report_until(case, desk.pack)
    if case.nature != "丢失" or due is None or desk.on <= due:
        return
    pages = desk.pages(case.subjects, Computer)
    gone = [page.number for page in pages if page.thing.network is not Network.INTERNET]
    told = {POLICE in report.to for report in case.reports}
    silent = [
        name for name, police in ((f"{POLICE}机关", True), (_BUREAU, False)) if police not in told
    ]
    if gone and silent:
        yield Breach(
            case.number, f"{chinese(case.opened)}发现{gone[0]}丢失，没有报告{'、'.join(silent)}"
        )


@rule(
    COMPUTERS["第四十一条"],
    Force.REQUIRES,
    "机房应有铁门铁窗防盗、有视频监控，绝密级机房必须有人值班",
    on=Site,
    remedy="整改后更正场所登记。",
)
def machine_room_is_secured(site: Site, _desk: Desk) -> Iterator[Breach]:
    """A machine room has iron door, windows and video, and somebody on duty at 绝密."""
    if site.purpose != MACHINE_ROOM:
        return
    if site.secured is False:
        yield Breach(site.number, "缺少防盗铁门、铁窗或视频监控")
    if site.level is Level.绝密 and site.staffed is not True:
        yield Breach(site.number, "绝密级机房没有登记值班人员")


@rule(
    COMPUTERS["第四十二条"],
    Force.REQUIRES,
    "绝密级机房应屏蔽并单机工作；机密级以下的可以加装干扰器等",
    on=Site,
    remedy="落实屏蔽、单机或加装干扰器，更正场所登记。",
)
def machine_room_does_not_radiate(site: Site, _desk: Desk) -> Iterator[Breach]:
    """A 绝密 machine room is shielded and off any network."""
    if site.purpose == MACHINE_ROOM and site.level is Level.绝密:
        if site.shielded is not True:
            yield Breach(site.number, "绝密级机房没有登记屏蔽措施")
        if site.stand_alone is not True:
            yield Breach(site.number, "绝密级机房没有登记单机工作")


@rule(
    COMPUTERS["第四十三条"],
    Force.REQUIRES,
    "机房应有空调、抽湿、防火、接地等设施",
    on=Site,
    remedy="补齐设施，更正场所登记。",
)
def machine_room_is_equipped(site: Site, _desk: Desk) -> Iterator[Breach]:
    """A machine room has climate control, fire protection and earthing."""
    if site.purpose == MACHINE_ROOM and site.climate is False:
        yield Breach(site.number, "缺少空调、抽湿、防火或接地设施")


@rule(
    COMPUTERS["第四十四条"],
    Force.FORBIDS,
    "机房不得让人参观，也不得在里面拍照、录像",
    on=Visited,
    remedy="谢绝；确是检修、安装的，来访事由照实写。",
)
def nobody_comes_to_look_round(event: Visited, desk: Desk) -> Iterator[Breach]:
    """Nobody is let into a machine room to look round or take pictures."""
    site = desk.register.sites[event.site]
    found = next((word for word in _SIGHTS if word in event.purpose), "")
    if site.purpose == MACHINE_ROOM and found:
        yield Breach(event.site, f"{event.visitors}来{site.name}，事由是“{event.purpose}”")


@rule(
    COMPUTERS["第四十六条"],
    Force.REQUIRES,
    "机房应按密级和工作需要设控制区",
    on=Site,
    remedy="划定控制区，更正场所登记。",
)
def control_zones_are_set(site: Site, _desk: Desk) -> Iterator[Breach]:
    """A machine room is divided into control zones."""
    if site.purpose == MACHINE_ROOM and site.zoned is False:
        yield Breach(site.number, "没有设控制区")


@rule(
    COMPUTERS["第四十七条"],
    Force.REQUIRES,
    "外来人员进控制区干活，要有懂保密技术的人跟着，并划定能去的地方",
    on=Visited,
    remedy="指派陪同人，写明限定的活动范围。",
)
def visitors_are_escorted(event: Visited, _desk: Desk) -> Iterator[Breach]:
    """Outsiders in a control zone have an escort and a limited area."""
    if not event.escort:
        yield Breach(event.site, f"{event.visitors}进入控制区没有陪同人")
    if not event.area:
        yield Breach(event.site, f"{event.visitors}进入控制区没有限定活动范围")


RULES = (
    antivirus_is_installed,
    computers_are_checked_every_quarter,
    the_check_has_a_result,
    lost_computers_are_reported_at_once,
    machine_room_is_secured,
    machine_room_does_not_radiate,
    machine_room_is_equipped,
    nobody_comes_to_look_round,
    control_zones_are_set,
    visitors_are_escorted,
)
