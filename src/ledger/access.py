"""操作员的职责: in which capacities somebody signs in, and which of them one person may not have."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final

__all__ = ["APART", "OperatorRole", "combined", "holds_key"]


class OperatorRole(StrEnum):
    """What an operator may do; who he is and which posts he has stands on his page.

    The three administrators are those of the protection standard for classified systems.
    """

    OFFICER = "保密员"
    APPROVER = "审批人"
    """A leader, or whoever else the unit's pack names for an approval."""
    STAFF = "经手人"
    """Anybody who asks for something, witnesses or signs for what he receives."""
    SYSTEM = "系统管理员"
    SECRECY = "安全保密管理员"
    AUDITOR = "安全审计员"
    PROGRAM = "程序"


_ALONE: Final = (OperatorRole.AUDITOR, OperatorRole.PROGRAM)
_READING: Final = (OperatorRole.OFFICER, OperatorRole.APPROVER, OperatorRole.STAFF)

APART: Final = frozenset(
    {
        *(frozenset({one, other}) for one in _ALONE for other in OperatorRole if one != other),
        *(frozenset({OperatorRole.SYSTEM, other}) for other in _READING),
    }
)
"""Pairs nobody has both of: who looks over others is not one of them, a program is no person, and
who keeps the system running reads no titles."""


_KEYED: Final = frozenset({*_READING, OperatorRole.SECRECY, OperatorRole.PROGRAM})


def holds_key(roles: Collection[OperatorRole]) -> bool:
    """Whether these roles are given a sealed room's key: who reads titles, and programs that write them.

    >>> holds_key({OperatorRole.OFFICER}), holds_key({OperatorRole.SYSTEM, OperatorRole.SECRECY})
    (True, False)
    """
    return OperatorRole.SYSTEM not in roles and not _KEYED.isdisjoint(roles)


def combined(roles: Collection[OperatorRole]) -> Iterator[str]:
    """The roles among these that nobody may have together, in words, a pair at a time.

    >>> list(combined({OperatorRole.AUDITOR, OperatorRole.SYSTEM, OperatorRole.SECRECY}))
    ['系统管理员和安全审计员', '安全保密管理员和安全审计员']
    """
    order = [role for role in OperatorRole if role in roles]
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            if frozenset({one, other}) in APART:
                yield f"{one}和{other}"
