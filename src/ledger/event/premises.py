"""Key places and what is brought into them; offices and machines looked after."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.carrier import Network
from ledger.number import CabinetNo, CarrierNo, PersonRef, SiteNo

__all__ = [
    "DataBackedUp",
    "Networked",
    "PhoneAdmitted",
    "PhonePlugged",
    "PremisesEvent",
    "Sealed",
    "SiteAccepted",
    "SiteOpened",
    "Updated",
]


@frozen(kw_only=True)
class SiteAccepted:
    """验收: the bureau found a new key place fit (要害部门制度 第四条)."""

    site: SiteNo
    paper_no: str
    accepted_by: str = ""


@frozen(kw_only=True)
class SiteOpened:
    """启用场所: a new key place is put to use."""

    site: SiteNo


@frozen(kw_only=True)
class PhoneAdmitted:
    """手机带入: a phone or radio was brought into a secret place (通信办公制度 第七条)."""

    person: PersonRef
    site: SiteNo
    what: str = "手机"
    reason: str = ""
    shielded: bool = False
    """Whether its battery was out or it was shielded."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class PhonePlugged:
    """手机接入: a phone was connected to a computer, be it to charge (通信办公制度 第六条)."""

    person: PersonRef
    computer: CarrierNo


@frozen(kw_only=True)
class Sealed:
    """封存: cabinets and offices were sealed over a holiday."""

    until: date
    cabinets: tuple[CabinetNo, ...] = ()
    sites: tuple[SiteNo, ...] = ()
    sealed_by: tuple[PersonRef, ...] = ()


@frozen(kw_only=True)
class Networked:
    """接入网络: a computer was connected to a network (工作人员守则 第十一条)."""

    computer: CarrierNo
    network: Network


@frozen(kw_only=True)
class DataBackedUp:
    """备份数据: what computers hold was backed up and archived (计算机制度 第十八条)."""

    computers: tuple[CarrierNo, ...]
    medium: CarrierNo = CarrierNo("")


@frozen(kw_only=True)
class Updated:
    """升级防护: virus signatures and patches were brought up to date (计算机制度 第三十五条)."""

    computers: tuple[CarrierNo, ...]


PremisesEvent = (
    SiteAccepted
    | SiteOpened
    | PhoneAdmitted
    | PhonePlugged
    | Sealed
    | Networked
    | DataBackedUp
    | Updated
)
