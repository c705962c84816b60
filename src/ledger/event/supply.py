"""Material given to foreign partners: drafted, reviewed, approved by level, bound by contract."""

from attrs import frozen

from ledger.approval import Approval
from ledger.mark import Level, Sensitivity
from ledger.number import PersonRef, SupplyNo

__all__ = ["Supplied", "SupplyApproved", "SupplyDrafted", "SupplyEvent", "SupplyFiled"]


@frozen(kw_only=True)
class SupplyDrafted:
    """拟对外提供: what is to be supplied, to whom and why (对外提供制度 第二条（一）、（二）)."""

    recipient: str
    content: str
    handler: PersonRef
    number: SupplyNo = SupplyNo("")
    project: str = ""
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    trade_secret: bool = False
    nationwide: bool = False
    military: bool = False
    needed: bool | None = None
    """Whether the partner really needs it."""
    treatment_needed: bool = False
    treated: bool = False
    consulted: str = ""


@frozen(kw_only=True)
class SupplyApproved:
    """对外提供审批: the leader checked it, and whoever has the power at its level approved."""

    supply: SupplyNo
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Supplied:
    """对外提供: it was handed over, and the recipient is bound to secrecy."""

    supply: SupplyNo
    undertaking: str = ""
    """The contract, agreement or memorandum (第二条（七）)."""
    personal: bool = False
    """Whether it was given by or in the name of an individual (第四条)."""


@frozen(kw_only=True)
class SupplyFiled:
    """批件备案: the approval is on file with the bureau (对外提供制度 第二条（六）)."""

    supply: SupplyNo
    to: str
    paper_no: str = ""


SupplyEvent = SupplyDrafted | SupplyApproved | Supplied | SupplyFiled
