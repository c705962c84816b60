"""How carriers leave for good, go missing, and how people leave their posts."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.number import CarrierNo, CaseNo, PersonRef, UnitRef

__all__ = [
    "Archived",
    "CaseClosed",
    "Cleared",
    "Destroyed",
    "Disposed",
    "Found",
    "Left",
    "Lost",
    "Reported",
]


@frozen(kw_only=True)
class Cleared:
    """清退: given back to the organ that issued them (载体制度 一（八）)."""

    carriers: tuple[CarrierNo, ...]
    to: UnitRef
    receiver: str
    list_no: str = ""
    remark: str = ""


@frozen(kw_only=True)
class Archived:
    """归档: handed to the archive under the archives law (载体制度 一（八）4)."""

    carriers: tuple[CarrierNo, ...]
    archive_no: str
    agreed_by: str = ""
    """The issuing organ that was told (载体制度 一（八）2)."""


@frozen(kw_only=True)
class Destroyed:
    """销毁: approved, counted, and done under the eyes of two (载体制度 一（十一）)."""

    carriers: tuple[CarrierNo, ...]
    witnesses: tuple[PersonRef, ...]
    method: str
    place: str = ""
    counted: int = 0
    """How many pieces were counted at the machine."""
    scrap_mm2: float | None = None
    """The largest scrap the shredder left, in square millimetres."""
    cleared_up: bool = True
    """Whether the place was searched for remains afterwards."""
    approvals: tuple[Approval, ...] = ()
    reason: str = ""
    """Why they are destroyed (销毁理由)."""
    delivery_no: str = ""
    """The slip by which the designated place took them (送销交接单号)."""


@frozen(kw_only=True)
class Disposed:
    """处置: a computer or device was scrapped, rented out, given away or passed on."""

    carrier: CarrierNo
    way: str
    """报废, 租借, 赠送 or 转让."""
    to: str = ""
    treated: bool | None = None
    """Whether stored information was removed by technical treatment."""
    filed_no: str = ""
    disk_to: UnitRef = UnitRef("")
    """Where its disk was sent for destruction."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Lost:
    """丢失: not found, robbed or stolen; the act's day is the day of discovery."""

    carrier: CarrierNo
    circumstances: str
    found_missing_by: PersonRef = PersonRef("")


@frozen(kw_only=True)
class Found:
    """找回: a missing carrier is back in the officer's hands."""

    carrier: CarrierNo
    where: str


@frozen(kw_only=True)
class Reported:
    """报告: the unit told the bureau, the superior or the police about a case."""

    case: CaseNo
    to: str
    paper_no: str = ""
    stage: str = ""
    """What it tells: 首次, 进展, 查清 or 结果; blank where that does not matter."""


@frozen(kw_only=True)
class CaseClosed:
    """结案: a case was dealt with; a carrier still missing is written off by it."""

    case: CaseNo
    outcome: str
    consent_no: str = ""
    """The paper by which the bureau with the power agreed to close it."""


@frozen(kw_only=True)
class Left:
    """离岗: somebody left a secret post and his cooling-off began (要害部门制度 第十七条)."""

    person: PersonRef
    cooling_until: date | None = None
    commitment: bool = False
    """Whether the leave commitment was signed."""
    educated: bool = False
    """Whether he was talked to before leaving (离岗教育)."""
    agreement: bool = False
    """Whether an officer signed the leave agreement (离岗保密协议书)."""
