"""记账规则 第十八条: who writes has signed in himself, there and then, with a password still good."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from ledger.day import chinese
from ledger.event import EVENTS
from ledger.event.access import CredentialSet, SignedIn, SignInFailed
from ledger.finding import Breach, Force
from ledger.regulation import BOOK_ORDER
from ledger.rule import ASKING, DOOR, Desk, rule

__all__ = ["ENTRY"]

_AT_THE_DOOR: Final = (SignedIn, SignInFailed)


@rule(
    BOOK_ORDER["第十八条"],
    Force.FORBIDS,
    "设了操作员的台账，只能由登录了的操作员本人记",
    on=tuple(kind for kind in EVENTS if kind not in _AT_THE_DOOR),
    remedy="登录以后再办；登录失效的重新登录。不是本人登录的，马上更换口令并报告安全保密管理员。",
)
def only_who_is_signed_in_writes(_event: object, desk: Desk) -> Iterator[Breach]:
    """Once there are operators, an act is written in the latest session of one of them."""
    if not desk.guarded or desk.session == ASKING:
        return
    operator = desk.register.operator(desk.by)
    if operator is None or not desk.session:
        yield Breach("登录", "没有登录")
    elif operator.removed:
        yield Breach(desk.name(operator.name), f"操作员已停用：{operator.removed}")
    elif operator.session != desk.session:
        where = f"，在{operator.terminal}" if operator.session and operator.terminal else ""
        since = f"第{operator.session}笔又登录过{where}" if operator.session else "口令已由别人更换"
        yield Breach(desk.name(operator.name), f"这里的登录已经失效：{since}")


@rule(
    BOOK_ORDER["第十八条"],
    Force.REQUIRES,
    "口令到期须更换，换好才能办事",
    on=tuple(kind for kind in EVENTS if kind not in (*_AT_THE_DOOR, CredentialSet)),
    remedy="用“更换登录口令”换一个新的。",
)
def password_is_changed_in_time(_event: Any, desk: Desk) -> Iterator[Breach]:
    """Nobody writes with a password older than the unit's pack allows."""
    days = desk.pack.password_days.get(str(desk.register.level), 0) if desk.guarded else 0
    operator = desk.register.operator(desk.by) if days else None
    if operator is not None:
        last = operator.password_on + timedelta(days)
        if desk.on > last:
            yield Breach(desk.name(operator.name), f"登录口令{chinese(last)}到期")


@rule(
    BOOK_ORDER["第十八条"],
    Force.FORBIDS,
    "登录只能输入口令来办，不得另外补记",
    on=_AT_THE_DOOR,
    remedy="用姓名和口令登录，台账自己会记。",
)
def sign_ins_come_through_the_door(_event: object, desk: Desk) -> Iterator[Breach]:
    """A sign-in is written by what has checked the password, and by nothing else."""
    if desk.session != DOOR:
        yield Breach("登录", "没有经过口令核对")


ENTRY: Final = (
    sign_ins_come_through_the_door,
    only_who_is_signed_in_writes,
    password_is_changed_in_time,
)
