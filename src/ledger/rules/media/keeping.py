"""《国家秘密载体保密管理制度》二、移动存储介质（一）管理、（三）保存、（四）维修、（五）销毁."""

from collections.abc import Iterator

from ledger.carrier import Medium
from ledger.consent import lacking
from ledger.day import chinese
from ledger.deadline import loan_ends, report_until
from ledger.event import (
    Archived,
    CarriedOut,
    Destroyed,
    Disposed,
    Left,
    Lent,
    Repaired,
    SentForRepair,
)
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.place import InRoom
from ledger.register.record import Case, Entry
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


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
    CARRIERS["二（一）2"],
    Force.REQUIRES,
    "涉密介质的借用要同等密级的纸质文件一样办：领导批准，写明归还日期",
    on=Lent,
    remedy="报主管领导批准，填写审批人和应还日期。",
)
def media_are_lent_like_papers(event: Lent, desk: Desk) -> Iterator[Breach]:
    """A classified medium is lent with approval and until a day, as a paper of its level is."""
    for page in desk.pages((event.carrier,), Medium):
        if page.thing.level is None:
            continue
        if fact := lacking(event.approvals, desk, "lend", page.thing.level):
            yield Breach(page.number, fact)
        if event.due is None:
            yield Breach(page.number, "没有写明应还日期")


@rule(
    CARRIERS["二（一）2"],
    Force.REQUIRES,
    "借出的涉密介质要同纸质文件一样按时收回",
    on=Medium,
    remedy="催还；需要续借的，重新报批。",
)
def lent_media_come_back(entry: Entry[Medium], desk: Desk) -> Iterator[Breach]:
    """A lent medium is back by the day it was due."""
    due = loan_ends(entry)
    if due is not None and desk.on > due:
        name = desk.name(str(entry.custody))
        yield Breach(entry.number, f"借给{name}，{chinese(due)}到期未还")


@rule(
    CARRIERS["二（一）2"],
    Force.REQUIRES,
    "带绝密级介质外出要同绝密件一样，须有两人以上同行",
    on=CarriedOut,
    remedy="增派同行人并登记姓名。",
)
def two_go_with_top_secret_media(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """Nobody carries a 绝密 medium alone."""
    together = len(set(event.bearers))
    for page in desk.pages(event.carriers, Medium):
        if page.thing.level is Level.绝密 and together < desk.pack.escorts_top_secret:
            yield Breach(page.number, f"携带绝密级介质只有{together}人同行")


@rule(
    CARRIERS["二（二）7"],
    Force.REQUIRES,
    "涉密介质丢了、被抢被偷或有异常的，应在24小时内报到保密局",
    on=Case,
    remedy="当即告诉本单位保密组织，并报保密局，然后登记报告。",
)
def lost_media_are_reported_in_a_day(case: Case, desk: Desk) -> Iterator[Breach]:
    """The loss of a medium is reported within 24 hours of its discovery."""
    media = [page.number for page in desk.pages(case.subjects, Medium) if page.thing.level]
    due = report_until(case, desk.pack)
    if case.nature == "丢失" and media and due is not None and desk.on > due:
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
    "离职前必须退回名下全部涉密介质",
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
    CARRIERS["二（三）3"],
    Force.REQUIRES,
    "涉密介质归档的，应同纸质文件一样有案卷号可查",
    on=Archived,
    remedy="写明归入的案卷号。",
)
def media_are_archived_under_a_number(event: Archived, desk: Desk) -> Iterator[Breach]:
    """An archived classified medium can be found again by its file number."""
    if not event.archive_no:
        for page in desk.pages(event.carriers, Medium):
            if page.thing.level is not None:
                yield Breach(page.number, "没有案卷号")


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
    "涉密介质不自己毁：须领导批准、清点注销，交保密行政管理部门处理",
    on=(Destroyed, Disposed),
    remedy="报批、清点后送保密局销毁（在外单位登记簿写明“销毁”），用“销毁”登记，不要自行处理。",
)
def media_are_destroyed_by_the_bureau(event: Destroyed | Disposed, desk: Desk) -> Iterator[Breach]:
    """Classified media are destroyed by the bureau, with approval and after counting."""
    numbers = (event.carrier,) if isinstance(event, Disposed) else event.carriers
    media = desk.pages(numbers, Medium)
    levels = {page.number: level for page in media if (level := desk.secret(page)) is not None}
    for number, level in levels.items():
        if fact := lacking(event.approvals, desk, "destroy", level):
            yield Breach(number, fact)
    subject = event.carrier if isinstance(event, Disposed) else "销毁清册"
    if levels and isinstance(event, Destroyed) and event.counted != len(numbers):
        yield Breach(subject, f"清册{len(numbers)}件，清点{event.counted}件")
    place = event.disk_to if isinstance(event, Disposed) else event.place
    unit = desk.register.outside(place)
    if levels and not place:
        yield Breach(subject, f"涉密介质{len(levels)}件，没有写明送到哪里销毁")
    elif levels and (unit is None or "销毁" not in unit.designated_for):
        where = f"“{desk.name(place)}”，它没有登记为指定的销毁单位"
        yield Breach(subject, f"涉密介质{len(levels)}件，销毁地点是{where}")


RULES = (
    medium_has_a_user,
    medium_is_of_an_approved_kind,
    media_are_lent_like_papers,
    lent_media_come_back,
    two_go_with_top_secret_media,
    lost_media_are_reported_in_a_day,
    media_are_locked_away,
    leaves_without_media,
    media_are_archived_under_a_number,
    recovered_by_a_designated_firm,
    media_are_destroyed_by_the_bureau,
)
