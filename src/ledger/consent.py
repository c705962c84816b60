"""Whether the approvals given with an act are those the unit's pack asks for."""

from collections.abc import Iterable
from typing import Final

from ledger.approval import Approval
from ledger.mark import Level
from ledger.pack import ACTS
from ledger.rule import Desk

__all__ = ["concerned", "lacking"]

_NOUNS: Final = {"take_media_out": "", "reuse": "", "archive_out": "", "output": "信息"}
"""What an act of this kind is done with, where that is not a carrier or is in its name."""


def lacking(
    approvals: Iterable[Approval],
    desk: Desk,
    act: str,
    level: Level | None,
    issuer: str = "",
    *,
    kind: str = "",
) -> str:
    """What is missing, in words; blank when the approvals suffice.

    ``issuer`` is the organ whose consent counts as that of 制发机关; ``kind`` is 会议记录 or
    密码电报 where a pack treats those apart.
    """
    needed = desk.pack.approvers(act, level, kind)
    given = tuple(each for each in approvals if _stands(each, desk))
    roles = {role for approval in given for role in _roles(approval, desk, issuer)}
    if needed is None or needed.satisfied(roles):
        return ""
    shown = "、".join(str(approval) for approval in given)
    have = f"现有审批：{shown}" if shown else "没有审批记录"
    what = (
        f"{level}级{kind or _NOUNS.get(act, '载体')}{ACTS[act]}" if level else f"{kind}{ACTS[act]}"
    )
    if needed.forbidden:
        return f"{what}一律不得"
    return f"{what}要由{str(needed).replace(' ', '')}批准，{have}"


def _stands(approval: Approval, desk: Desk) -> bool:
    """Whether an approval counts: where there are operators, only one its giver left in the book."""
    if not desk.guarded:
        return True
    request = desk.register.requests.get(approval.paper_no)
    return request is not None and approval.by in {each.by for each in request.approvals}


def concerned(event: object) -> tuple[str, ...]:
    """The people an act is for or who carry it out."""
    names = ("to", "reader", "receiver", "through", "visitor", "made_by", "person", "handler")
    ones = (getattr(event, name, "") for name in names)
    return tuple(name for name in (*ones, *getattr(event, "bearers", ())) if name)


def _roles(approval: Approval, desk: Desk, issuer: str) -> frozenset[str]:
    """The roles an approval speaks for: a registered person's own, a unit's if it is the issuer."""
    if approval.by == issuer and issuer:
        return frozenset({"制发机关"})
    person = desk.register.person(approval.by)
    if person is not None:
        return person.roles
    if approval.role == "制发机关" and issuer:
        return frozenset()
    return frozenset({approval.role})
