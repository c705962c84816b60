"""《计算机保密管理制度》第十一条、备注: passwords, of which only length and make-up are kept."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Network
from ledger.conflict import HIGHEST_LOGIN
from ledger.event import PasswordSet
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


_WITH_A_CARD: Final = 6
"""How long the password beside a card is at least."""


def _classified(entry: Entry[Computer]) -> bool:
    return entry.thing.network is Network.CLASSIFIED


def _password(event: PasswordSet, desk: Desk, level: Level) -> Iterator[Breach]:
    least = desk.pack.password_length.get(level.value, 0)
    for page in desk.pages((event.computer,), Computer):
        by_password = event.method == "口令" and not event.one_time
        if page.thing.level is level and by_password and event.length < least:
            yield Breach(page.number, f"{level}级计算机口令{event.length}位，至少{least}位")


@rule(
    COMPUTERS["第十一条"],
    Force.REQUIRES,
    "主板、账户、屏保三道口令都要设，管理员口令不能为空",
    on=PasswordSet,
    remedy="把三道口令都设上，再登记。",
)
def all_three_passwords_are_set(event: PasswordSet, desk: Desk) -> Iterator[Breach]:
    """BIOS, account and screen each have a password, and none is empty."""
    for page in desk.pages((event.computer,), Computer):
        if not _classified(page):
            continue
        parts = (("主板", event.bios), ("账户", event.account), ("屏保", event.screen))
        blank = [name for name, done in parts if not done]
        if blank:
            yield Breach(page.number, f"没有设{'、'.join(blank)}口令")
        if event.length == 0 and event.method == "口令" and not event.one_time:
            yield Breach(page.number, "口令长度没有填，或口令为空")


@rule(
    COMPUTERS["备注①"],
    Force.FORBIDS,
    "秘密级机器的口令不得短于8位",
    on=PasswordSet,
    remedy="重新设置够长的口令。",
)
def secret_password_is_long_enough(event: PasswordSet, desk: Desk) -> Iterator[Breach]:
    """A 秘密 computer's password has at least the pack's number of characters."""
    yield from _password(event, desk, Level.秘密)


@rule(
    COMPUTERS["备注②"],
    Force.FORBIDS,
    "机密级机器的口令不得短于10位",
    on=PasswordSet,
    remedy="重新设置够长的口令。",
)
def confidential_password_is_long_enough(event: PasswordSet, desk: Desk) -> Iterator[Breach]:
    """A 机密 computer's password has at least the pack's number of characters."""
    yield from _password(event, desk, Level.机密)


@rule(
    COMPUTERS["备注③"],
    Force.REQUIRES,
    "绝密级机器应当每次换一个口令，用过即废；改用生理特征、智能卡的也可以",
    on=PasswordSet,
    remedy="改用一次性口令、生理特征，或智能卡加不少于6位口令。",
    note=HIGHEST_LOGIN,
)
def top_secret_password_is_used_once(event: PasswordSet, desk: Desk) -> Iterator[Breach]:
    """A 绝密 computer asks for a one-time password, a biometric, or a card and a short one."""
    strong = event.one_time or event.method == "生理特征"
    strong = strong or (event.method == "智能卡" and event.length >= _WITH_A_CARD)
    for page in desk.pages((event.computer,), Computer):
        if page.thing.level is Level.绝密 and not strong:
            yield Breach(page.number, "绝密级计算机没有用一次性口令")


@rule(
    COMPUTERS["备注"],
    Force.REQUIRES,
    "口令应混用两类以上字符，不能清一色",
    on=PasswordSet,
    remedy="换一个至少含两类字符的口令。",
)
def password_mixes_classes(event: PasswordSet, desk: Desk) -> Iterator[Breach]:
    """A password mixes at least two classes of characters."""
    for page in desk.pages((event.computer,), Computer):
        if _classified(page) and event.method == "口令" and not event.one_time:
            if event.classes < desk.pack.password_classes:
                yield Breach(page.number, f"口令只含{event.classes}类字符")


RULES = (
    all_three_passwords_are_set,
    secret_password_is_long_enough,
    confidential_password_is_long_enough,
    top_secret_password_is_used_once,
    password_mixes_classes,
)
