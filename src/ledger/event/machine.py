"""Information and machines: written, processed, plugged in, filed, checked."""

from attrs import frozen

from ledger.approval import Approval
from ledger.mark import Level, Sensitivity
from ledger.number import CarrierNo, PersonRef, SiteNo

__all__ = ["Filed", "Inspected", "PasswordSet", "Plugged", "Processed", "Visited", "Written"]


@frozen(kw_only=True)
class Written:
    """写入: information was stored on a medium or in a notebook (载体制度 二（二）)."""

    medium: CarrierNo
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    source: CarrierNo = CarrierNo("")
    """The computer or carrier the information came from."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Processed:
    """处理: a computer worked on information, or took it in (计算机制度 第十三条)."""

    computer: CarrierNo
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    kept: bool = False
    """Whether the information stays on the computer's own disk."""
    from_internet: bool = False
    means: str = ""
    """How data from the internet came in: 光盘 or 导入U盘."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Plugged:
    """接入: a medium or device was connected to a computer (载体制度 二（二）)."""

    item: CarrierNo
    computer: CarrierNo
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Filed:
    """备案: the bureau has the computer on file (计算机制度 第七条)."""

    computer: CarrierNo
    filed_no: str


@frozen(kw_only=True)
class PasswordSet:
    """设置口令: only its length and make-up are kept, never the password (计算机制度 备注)."""

    computer: CarrierNo
    length: int = 0
    classes: int = 0
    """How many of: letters in both cases, digits, special characters."""
    one_time: bool = False
    bios: bool = True
    account: bool = True
    screen: bool = True
    method: str = "口令"
    """How identity is checked: 口令, 智能卡 or 生理特征."""


@frozen(kw_only=True)
class Inspected:
    """检查: computers were checked and the result written down (计算机制度 第三十六条)."""

    computers: tuple[CarrierNo, ...]
    result: str
    violations: str = ""


@frozen(kw_only=True)
class Visited:
    """来访: outsiders entered a control zone for repair or installation (计算机制度 第四十七条)."""

    site: SiteNo
    visitors: str
    purpose: str = ""
    escort: PersonRef = PersonRef("")
    area: str = ""
    """The part of the site they were kept to."""
    approvals: tuple[Approval, ...] = ()
