"""Rewards and penalties (奖励与处罚制度)."""

from attrs import frozen

from ledger.number import CaseNo, PersonRef

__all__ = ["Punished", "RewardEvent", "Rewarded"]


@frozen(kw_only=True)
class Rewarded:
    """奖励: somebody or a department was praised or rewarded (奖惩制度 第三条、第四条)."""

    whom: tuple[str, ...]
    ground: str
    reward: str = "表扬"


@frozen(kw_only=True)
class Punished:
    """处分: somebody was dealt with for what he did (奖惩制度 第五条)."""

    person: PersonRef
    offence: int
    """Which of the thirteen acts of 保密法 第五十七条 it was; 14 for wrong classification."""
    penalty: str
    case: CaseNo = CaseNo("")


RewardEvent = Rewarded | Punished
