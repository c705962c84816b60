"""Papers consulted on the spot, and the unit's seal put to papers."""

from attrs import frozen

from ledger.approval import Approval
from ledger.number import CarrierNo

__all__ = ["ArchiveEvent", "Consulted", "SealUsed"]


@frozen(kw_only=True)
class Consulted:
    """查阅: papers were read where they are kept, which is not a loan (恩平财政制度 第十三条)."""

    carriers: tuple[CarrierNo, ...]
    visitor: str
    """Who read them; of an outside unit, with its name."""
    letter_no: str = ""
    """The letter of introduction, for somebody from outside."""
    outside: bool = False
    content: str = ""
    """What was asked for; only that may be read."""
    excerpted: bool = False
    checked: bool = False
    """Whether what was written out was checked and stamped."""
    taken_out: bool = False
    """Whether the papers left the archive room."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class SealUsed:
    """用印: the unit's seal was put to a paper (办文制度 后附7)."""

    title: str
    copies: int = 1
    approvals: tuple[Approval, ...] = ()


ArchiveEvent = Consulted | SealUsed
