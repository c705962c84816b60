"""记账规则 第十九条: which role may write which act, as one table; and which roles are kept apart."""

from collections.abc import Iterator, Mapping
from typing import Final

from ledger.access import OperatorRole, combined
from ledger.event import (
    EVENTS,
    Amended,
    BackedUp,
    Confirmed,
    Event,
    Imported,
    Registered,
    Voided,
    access,
)
from ledger.finding import Breach, Force
from ledger.register.access import Operator
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["ENTRY", "MAY"]

_OFFICER: Final = frozenset({OperatorRole.OFFICER})
_PROGRAM: Final = frozenset({OperatorRole.OFFICER, OperatorRole.PROGRAM})
_PEOPLE: Final = frozenset({OperatorRole.OFFICER, OperatorRole.APPROVER, OperatorRole.STAFF})
_DECIDING: Final = frozenset({OperatorRole.OFFICER, OperatorRole.APPROVER})
_SECRECY: Final = frozenset({OperatorRole.SECRECY})
_ADMINISTRATORS: Final = frozenset({OperatorRole.SECRECY, OperatorRole.SYSTEM})
_ALL: Final = frozenset(OperatorRole)

MAY: Final[Mapping[type[Event], frozenset[OperatorRole]]] = {
    **dict.fromkeys(EVENTS, _OFFICER),  # the business of the room is the officer's
    **dict.fromkeys((Registered, Amended, Imported), _PROGRAM),  # what an import is made of
    Confirmed: _PEOPLE,
    BackedUp: _OFFICER | {OperatorRole.SYSTEM},
    access.OperatorAdded: _ADMINISTRATORS,
    access.OperatorRemoved: _ADMINISTRATORS,
    access.RolesGranted: _SECRECY,
    access.OperatorUnlocked: _SECRECY,
    access.CredentialSet: _ALL,
    access.SignedIn: _ALL,
    access.SignInFailed: _ALL,
    access.Requested: _PEOPLE,
    access.RequestWithdrawn: _PEOPLE,
    access.Granted: _DECIDING,
    access.Denied: _DECIDING,
    access.Attested: _PEOPLE,
    access.Viewed: _PEOPLE | _SECRECY,
    access.ContentKeyGiven: _OFFICER | _SECRECY,
    access.ContentKeyWritten: _OFFICER | _SECRECY,
}
"""The roles each act may be written in. The auditor writes nothing but his own sign-in and password."""


@rule(
    BOOK_ORDER["第十九条"],
    Force.FORBIDS,
    "各人只办自己职责以内的事，不得越权",
    on=tuple(kind for kind in EVENTS if MAY[kind] != _ALL),
    remedy="请有这项职责的人登录办理；职责分得不对的，由安全保密管理员授予。",
)
def acts_keep_to_their_roles(event: Event, desk: Desk) -> Iterator[Breach]:
    """Nobody writes an act that none of his roles may write."""
    operator = desk.register.operator(desk.by) if desk.guarded else None
    if operator is not None and operator.roles.isdisjoint(MAY[type(event)]):
        having = "、".join(sorted(operator.roles)) or "没有"
        needed = "或".join(role for role in OperatorRole if role in MAY[type(event)])
        yield Breach(desk.name(operator.name), f"职责是{having}，这件事由{needed}办理")


@rule(
    BOOK_ORDER["第十九条"],
    Force.FORBIDS,
    "三员分立：安全审计员、系统管理员、程序与别的职责不得由一人兼任",
    on=(access.OperatorAdded, access.RolesGranted),
    remedy="把不能兼任的职责分给另一个人。",
)
def roles_are_kept_apart(
    event: access.OperatorAdded | access.RolesGranted, desk: Desk
) -> Iterator[Breach]:
    """No operator has two roles of which one looks over the other."""
    for pair in combined(event.roles):
        yield Breach(desk.name(event.operator), f"{pair}不能兼任")


@rule(
    BOOK_ORDER["第十九条"],
    Force.REQUIRES,
    "操作员须是人员登记簿上的人，或是程序，一人只设一个；停用、更换的须是已有的操作员",
    on=(
        access.OperatorAdded,
        access.RolesGranted,
        access.OperatorRemoved,
        access.OperatorUnlocked,
        access.CredentialSet,
        access.ContentKeyGiven,
    ),
    remedy="先登记人员；已经设过的，改授职责或更换口令。",
)
def operators_are_somebody(
    event: access.OperatorAdded | access.RolesGranted | access.CredentialSet, desk: Desk
) -> Iterator[Breach]:
    """An operator is one registered person or one program, and is there before he is changed."""
    known = desk.register.operators.get(event.operator)
    if not isinstance(event, access.OperatorAdded):
        if known is None or known.removed:
            yield Breach(event.operator, "没有这个操作员")
        return
    if known is not None and not known.removed:
        yield Breach(desk.name(event.operator), "已经是操作员")
    person = desk.register.people.get(event.operator)
    program = OperatorRole.PROGRAM in event.roles
    if program and person is not None:
        yield Breach(event.operator, "程序要用自己的名字，不能用人员的")
    elif not program and person is None:
        yield Breach(event.operator, "人员登记簿上没有此人，或有重名")
    elif person is not None and person.left_on is not None:
        yield Breach(person.name, "已经离岗")


@rule(
    BOOK_ORDER["第十九条"],
    Force.FORBIDS,
    "谁也不得给自己授予职责、解锁、停用自己；系统管理员只开户，不得授予职责",
    on=(
        access.OperatorAdded,
        access.RolesGranted,
        access.OperatorRemoved,
        access.OperatorUnlocked,
        access.CredentialSet,
    ),
    remedy="请另一位安全保密管理员办理。",
)
def nobody_serves_himself(
    event: access.OperatorAdded | access.RolesGranted | access.CredentialSet, desk: Desk
) -> Iterator[Breach]:
    """Power over others is not power over oneself, and opening an account gives none."""
    operator = desk.register.operator(desk.by) if desk.guarded else None
    if operator is None:
        return
    own, administers = operator.name == event.operator, OperatorRole.SECRECY in operator.roles
    if isinstance(event, access.OperatorAdded):
        if event.roles and not administers:
            yield Breach(desk.name(operator.name), "开户时不能同时授予职责")
    elif isinstance(event, access.CredentialSet):
        if not own and not administers:
            yield Breach(desk.name(operator.name), "不能更换别人的口令")
    elif own:
        yield Breach(desk.name(operator.name), "操作员和被办理的是同一人")


@rule(
    BOOK_ORDER["第十九条"],
    Force.REQUIRES,
    "任何时候都要有一位安全保密管理员",
    on=(access.OperatorAdded, access.RolesGranted, access.OperatorRemoved),
    remedy="第一位操作员要有安全保密管理员的职责；要停用的，先授予另一个人。",
)
def somebody_administers(
    event: access.OperatorAdded | access.RolesGranted | access.OperatorRemoved, desk: Desk
) -> Iterator[Breach]:
    """The first operator can administer, and the last who can stays."""
    others = (each for each in desk.register.operators.values() if each.name != event.operator)
    if OperatorRole.SECRECY not in getattr(event, "roles", ()) and not any(
        map(_administers, others)
    ):
        yield Breach(desk.name(event.operator), "此外没有安全保密管理员")


def _administers(operator: Operator) -> bool:
    return not operator.removed and OperatorRole.SECRECY in operator.roles


@rule(
    BOOK_ORDER["第十条"],
    Force.FORBIDS,
    "登录、职责和审批的记录不得冲销",
    on=Voided,
    remedy="职责另行授予，申请另行撤回，口令另行更换。",
)
def what_was_signed_stays_signed(event: Voided, desk: Desk) -> Iterator[Breach]:
    """Sign-ins, roles and approvals are not undone by voiding the acts that made them."""
    tables = {change.table for change in desk.undoing}
    if tables and tables <= {"operators", "requests", "idents", "sequences"}:
        yield Breach(f"第{event.voids}笔", "这一笔是登录、职责或审批")


ENTRY: Final = (
    acts_keep_to_their_roles,
    roles_are_kept_apart,
    operators_are_somebody,
    nobody_serves_himself,
    somebody_administers,
    what_was_signed_stays_signed,
)
