"""《现代通信、办公自动化设备保密管理制度》二、电子邮箱."""

import re
from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event import Registered
from ledger.finding import Breach, Force
from ledger.office import Mailbox
from ledger.regulation.compendium import COMMUNICATIONS
from ledger.rule import Desk, rule

__all__ = ["RULES", "spellings"]

_FEWEST = 2
"""Initials of one character give nothing away."""


@rule(
    COMMUNICATIONS["第十七条"],
    Force.REQUIRES,
    "开通邮箱须由单位或部门领导签字，并指定专人管理",
    on=Registered,
    remedy="请领导签字并填写审批，写明责任人。",
)
def a_mailbox_is_opened_with_leave(event: Registered, desk: Desk) -> Iterator[Breach]:
    """A leader signed for the mailbox, and somebody looks after it."""
    box = event.thing
    if isinstance(box, Mailbox):
        if fact := lacking(event.approvals, desk, "mailbox", None):
            yield Breach(box.number, fact)
        if not box.keeper:
            yield Breach(box.number, "没有指定专人管理")


def spellings(unit: str) -> frozenset[str]:
    """How a unit's name looks in letters: its pinyin, and its initials.

    >>> sorted(spellings("示范局"))
    ['sfj', 'shifanju']
    """
    from pypinyin import Style, lazy_pinyin

    whole = "".join(lazy_pinyin(unit, errors="ignore"))
    initials = "".join(lazy_pinyin(unit, style=Style.FIRST_LETTER, errors="ignore"))
    return frozenset(each for each in (whole, initials) if len(each) >= _FEWEST)


@rule(
    COMMUNICATIONS["第十八条"],
    Force.FORBIDS,
    "邮箱用户名不能用单位名的拼音或首字母",
    on=Mailbox,
    remedy="改一个看不出单位的用户名。",
)
def a_mailbox_does_not_name_its_unit(box: Mailbox, desk: Desk) -> Iterator[Breach]:
    """The user name is neither the unit's pinyin nor its initials, with or without digits."""
    user = box.name.partition("@")[0].lower()
    letters = re.sub("[^a-z]", "", user)
    if letters and letters in spellings(desk.register.unit):
        yield Breach(box.number, f"用户名“{user}”就是单位名的拼音")


@rule(
    COMMUNICATIONS["第十八条"],
    Force.REQUIRES,
    "邮箱密码须够长，字母与数字混用",
    on=Mailbox,
    remedy="重设密码，更正登记中的位数、字符种类和设置日期。",
)
def a_mailbox_has_a_strong_password(box: Mailbox, desk: Desk) -> Iterator[Breach]:
    """What is known of the password is long enough and mixes letters with digits."""
    least = desk.pack.mailbox_password_length
    if box.password_length is not None and box.password_length < least:
        yield Breach(box.number, f"密码{box.password_length}位，至少{least}位")
    if box.password_classes is not None and box.password_classes < desk.pack.password_classes:
        yield Breach(box.number, "密码只用了一类字符")


@rule(
    COMMUNICATIONS["第二十一条"],
    Force.FORBIDS,
    "单位邮箱不得放在境外服务器上，不得在无线网络里登录，私人邮箱不得当工作邮箱",
    on=Mailbox,
    remedy="改用境内的单位邮箱，只在有线网络登录，更正登记。",
)
def a_mailbox_is_at_home(box: Mailbox, _desk: Desk) -> Iterator[Breach]:
    """A mailbox for work is on no foreign server, over no wireless network, and nobody's own."""
    for said, wrong in (
        ("放在境外服务器上", box.foreign_server),
        ("在无线网络里登录", box.wireless),
        ("是私人邮箱", box.private),
    ):
        if wrong:
            yield Breach(box.number, f"工作邮箱{said}")


@rule(
    COMMUNICATIONS["第二十二条"],
    Force.FORBIDS,
    "单位邮箱不能设自动转发",
    on=Mailbox,
    remedy="取消自动转发，更正登记。",
)
def a_mailbox_does_not_forward(box: Mailbox, _desk: Desk) -> Iterator[Breach]:
    """Nothing is passed on from a mailbox by itself."""
    if box.forwards:
        yield Breach(box.number, "设了自动转发")


RULES = (
    a_mailbox_is_opened_with_leave,
    a_mailbox_does_not_name_its_unit,
    a_mailbox_has_a_strong_password,
    a_mailbox_is_at_home,
    a_mailbox_does_not_forward,
)
