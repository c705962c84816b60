"""What falls due about computers, mailboxes and phones."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.carrier import Computer, Network
from ledger.day import chinese, months_after
from ledger.deadline import computer_check
from ledger.duties.turns import every
from ledger.duty import Due, obligation
from ledger.event import Amended, Filed, Inspected, PasswordSet
from ledger.event.inspection import InspectionHeld
from ledger.event.premises import DataBackedUp, Updated
from ledger.level import Level
from ledger.office import Mailbox
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.regulation import COMPUTERS
from ledger.regulation.compendium import COMMUNICATIONS
from ledger.regulation.local import DISTRICT
from ledger.regulation.national import LAW_REGULATION
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


@obligation(
    COMPUTERS["第三十六条"],
    "每季度至少检查一次计算机",
    "检查计算机",
    on=Computer,
    done_by=Inspected,
)
def computer_checked(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """Every computer is checked within the pack's interval."""
    by = computer_check(entry, desk.pack)
    if by is not None:
        last = entry.inspected_on
        said = f"上次检查是{chinese(last)}" if last else f"{chinese(entry.entered)}登记，没有检查过"
        yield Due(entry.number, by, said, every=desk.pack.computer_check_months)


@obligation(
    COMPUTERS["第七条"],
    "涉密计算机要向保密局备案",
    "备案并登记备案编号",
    on=Computer,
    done_by=Filed,
)
def computer_filed(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """A classified computer is on file with the bureau soon after it came."""
    if entry.thing.network is Network.CLASSIFIED and not entry.thing.filed_no:
        by = entry.entered + timedelta(days=desk.pack.change_report_days)
        yield Due(entry.number, by, f"{chinese(entry.entered)}登记，没有备案编号")


@obligation(
    COMPUTERS["第十八条"],
    "机密、秘密级信息定期备份、归档",
    "备份涉密计算机",
    on=Computer,
    done_by=DataBackedUp,
)
def classified_backed_up(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """What classified computers below 绝密 hold is backed up at regular intervals."""
    if entry.thing.network is Network.CLASSIFIED and entry.thing.level is not Level.绝密:
        yield from _backup(entry, desk)


@obligation(
    COMPUTERS["第二十七条"],
    "内部计算机里的敏感信息定期备份、存档",
    "备份内部计算机",
    on=Computer,
    done_by=DataBackedUp,
)
def internal_backed_up(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """What internal computers hold is backed up at regular intervals."""
    if entry.thing.network is Network.INTERNAL:
        yield from _backup(entry, desk)


def _backup(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    months, last = desk.pack.backup_months, entry.backed_up_on
    if months:
        said = f"上次备份是{chinese(last)}" if last else "没有备份过"
        yield Due(entry.number, months_after(last or entry.entered, months), said, every=months)


@obligation(
    COMPUTERS["第三十五条"],
    "防护软件、补丁及时升级",
    "升级防护软件和补丁",
    on=Computer,
    done_by=Updated,
)
def protection_updated(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """Every computer's protection is brought up to date at regular intervals."""
    months, last = desk.pack.update_months, entry.updated_on
    if months:
        said = f"上次升级是{chinese(last)}" if last else "没有升级过"
        yield Due(entry.number, months_after(last or entry.entered, months), said, every=months)


@obligation(
    COMPUTERS["第十一条"],
    "口令按单位定的天数更换",
    "更换口令",
    on=Computer,
    done_by=PasswordSet,
)
def password_changed(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """Passwords are changed where the unit's pack says how often."""
    level, last = entry.thing.level, entry.password_on
    days = desk.pack.password_days.get(level.value, 0) if level else 0
    if days and last is not None:
        by = last + timedelta(days=days)
        yield Due(entry.number, by, f"{level}级口令{chinese(last)}设置")


@obligation(
    COMPUTERS["第三十三条"],
    "互联网计算机里的工作文档定期清理",
    "清理互联网计算机（保密检查，类别写“互联网清理”）",
    on=Register,
    done_by=InspectionHeld,
)
def internet_computers_cleared(register: Register, desk: Desk) -> Iterator[Due]:
    """Internet computers do not pile up documents."""
    if _any(register, Network.INTERNET):
        months = desk.pack.internet_clear_months
        yield from every(register, "检查/互联网清理", months, "互联网计算机", "清理文档")


@obligation(
    LAW_REGULATION["第三十五条"],
    "涉密信息系统定期做风险评估，绝密级每年一次，机密级以下每两年一次",
    "风险评估（保密检查，类别写“风险评估”）",
    on=Register,
    done_by=InspectionHeld,
)
def risk_assessed(register: Register, desk: Desk) -> Iterator[Due]:
    """Classified systems are assessed as often as the highest level among them asks for."""
    levels = [
        entry.thing.level
        for number in register.kinds.get("computer", NOBODY)
        if (entry := register.carriers[number]).open and isinstance(entry.thing, Computer)
        if entry.thing.network is Network.CLASSIFIED and entry.thing.level is not None
    ]
    if levels:
        top = max(levels)
        months = desk.pack.risk_assessment_months[top.value]
        yield from every(register, "检查/风险评估", months, "涉密计算机", f"最高{top}级")


@obligation(
    DISTRICT["八4"],
    "定期核对自己机器里的文件：最后修改时间要同自己的操作对得上",
    "核对本机文件（保密检查，类别写“文件自查”）",
    on=Register,
    done_by=InspectionHeld,
)
def own_files_reviewed(register: Register, desk: Desk) -> Iterator[Due]:
    """Everybody looks whether his files were touched by another."""
    months = desk.pack.file_review_months
    yield from every(register, "检查/文件自查", months, "各科室", "核对本机文件")


@obligation(
    COMMUNICATIONS["第二十四条"],
    "定期检查单位邮箱的使用",
    "检查单位邮箱（保密检查，类别写“邮箱”）",
    on=Register,
    done_by=InspectionHeld,
)
def mailboxes_checked(register: Register, desk: Desk) -> Iterator[Due]:
    """The unit's mailboxes are looked through at regular intervals."""
    if register.mailboxes:
        months = desk.pack.mailbox_check_months
        yield from every(register, "检查/邮箱", months, "单位邮箱", f"{len(register.mailboxes)}个")


@obligation(
    COMMUNICATIONS["第十八条"],
    "邮箱密码定期更换",
    "更换密码并更正登记的设置日期",
    on=Mailbox,
    done_by=Amended,
)
def mailbox_password_changed(box: Mailbox, desk: Desk) -> Iterator[Due]:
    """A mailbox's password is changed at regular intervals."""
    months, last = desk.pack.mailbox_password_months, box.password_on or box.filed_on
    if months and last is not None:
        by = months_after(last, months)
        yield Due(box.number, by, f"{box.name}的密码{chinese(last)}设置", every=months)


@obligation(
    COMMUNICATIONS["第十五条"],
    "定期检查手机使用的保密情况",
    "检查手机使用（保密检查，类别写“手机”）",
    on=Register,
    done_by=InspectionHeld,
)
def phones_checked(register: Register, desk: Desk) -> Iterator[Due]:
    """How phones are used is looked at at regular intervals."""
    if register.phones:
        months = desk.pack.phone_check_months
        yield from every(register, "检查/手机", months, "登记的手机", f"{len(register.phones)}部")


def _any(register: Register, network: Network) -> bool:
    """Whether an open computer of one world is in the book."""
    for number in register.kinds.get("computer", NOBODY):
        entry = register.carriers[number]
        if entry.open and isinstance(entry.thing, Computer) and entry.thing.network is network:
            return True
    return False


OBLIGATIONS = (
    computer_checked,
    computer_filed,
    classified_backed_up,
    internal_backed_up,
    protection_updated,
    password_changed,
    internet_computers_cleared,
    risk_assessed,
    own_files_reviewed,
    mailboxes_checked,
    mailbox_password_changed,
    phones_checked,
)
