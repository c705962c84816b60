"""Cabinets, their compartments, and where a carrier can be: its custody.

Every carrier is in exactly one custody at any moment; nobody-in-particular does not exist.
"""

from datetime import date
from enum import Enum

from attrs import frozen

from ledger.mark import Level
from ledger.number import CabinetNo, PersonRef, SiteNo, UnitRef

__all__ = [
    "AtUnit",
    "Awaiting",
    "Cabinet",
    "Closed",
    "Closing",
    "Compartment",
    "Custody",
    "InCabinet",
    "InRoom",
    "InTransit",
    "Site",
    "WithPerson",
]


@frozen
class Compartment:
    """A part of a cabinet that locks by itself, and what it is set aside for, if anything."""

    name: str
    level: Level | None = None

    def __str__(self) -> str:
        return self.name if self.level is None else f"{self.name}:{self.level}"


@frozen(kw_only=True)
class Cabinet:
    """A 保密柜: where it stands, the highest level it may hold, who answers for it."""

    number: CabinetNo = CabinetNo("")
    name: str = ""
    model: str = ""
    serial: str = ""
    asset_no: str = ""
    level: Level | None = None
    compartments: tuple[Compartment, ...] = ()
    place: str = ""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    supervised: bool | None = None
    """Whether it was made under the bureau's supervision (监制)."""
    secured: bool | None = None
    """Whether the place has a burglar-proof door and window and video."""
    code_keeper: PersonRef = PersonRef("")
    """Who knows its code or has its key, where that is not its keeper alone."""
    code_changed_on: date | None = None
    """The day its code was last changed (换码日期)."""


@frozen(kw_only=True)
class Site:
    """A 场所 where secrets are kept or processed: a machine room, the secrecy room itself."""

    number: SiteNo = SiteNo("")
    name: str
    purpose: str = "机房"
    level: Level | None = None
    place: str = ""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    secured: bool | None = None
    """Whether it has iron door, iron windows and video (计算机制度 第四十一条)."""
    staffed: bool | None = None
    shielded: bool | None = None
    stand_alone: bool | None = None
    """Whether its machines work alone, off any network."""
    interference: bool | None = None
    """Whether video interference devices or the like are installed."""
    climate: bool | None = None
    """Whether air conditioning, dehumidifiers, fire protection and earthing are there."""
    zoned: bool | None = None
    """Whether control zones are set up."""
    key: bool = False
    """Whether it is a 要害部门 or 要害部位."""
    enclosed: bool | None = None
    """Whether it is a separate, fixed space that can be closed off, in a solid building."""
    storage: bool | None = None
    """Whether it has secrecy facilities for its carriers."""
    surveillance: bool | None = None
    """Whether comings and goings are watched."""
    newly_built: bool = False
    accepted_no: str = ""
    """The bureau's paper that found it fit."""
    opened_on: date | None = None
    file_keeper: PersonRef = PersonRef("")
    """Who keeps its management file (保密管理档案)."""
    jammer: bool | None = None
    phone_sign: bool | None = None
    """Whether a sign says that no phones may be brought in."""


class Closing(Enum):
    """How a carrier leaves the book for good; its record stays."""

    CLEARED = "已清退"
    ARCHIVED = "已归档"
    DESTROYED = "已销毁"
    DISPOSED = "已处置"
    LOST = "遗失结案"
    VOIDED = "作废"

    def __str__(self) -> str:
        return self.value


@frozen
class InCabinet:
    """Locked in a compartment."""

    cabinet: CabinetNo
    compartment: str = ""

    def __str__(self) -> str:
        return f"{self.cabinet}柜{self.compartment}" if self.compartment else f"{self.cabinet}柜"


@frozen
class InRoom:
    """In the secrecy room in the officer's charge, not locked away yet."""

    def __str__(self) -> str:
        return "保密室"


@frozen
class WithPerson:
    """In one person's charge, and what for: 传阅, 借阅 or 使用."""

    person: PersonRef
    purpose: str
    due: date | None = None

    def __str__(self) -> str:
        return self.person


@frozen
class AtUnit:
    """With an outside unit, and what for: 发文 or 维修."""

    unit: UnitRef
    purpose: str
    due: date | None = None

    def __str__(self) -> str:
        return self.unit


@frozen
class InTransit:
    """On the way, in the charge of the people who carry it."""

    bearers: tuple[PersonRef, ...]
    to: str
    purpose: str
    due: date | None = None

    def __str__(self) -> str:
        return f"{'、'.join(self.bearers)}（往{self.to}）"


@frozen
class Awaiting:
    """Given by one person and not yet signed for by the next; the giver answers until then."""

    giver: str
    receiver: PersonRef

    def __str__(self) -> str:
        return f"{self.giver}→{self.receiver}"


@frozen
class Closed:
    """Gone from the room for good."""

    how: Closing

    def __str__(self) -> str:
        return str(self.how)


Custody = InCabinet | InRoom | WithPerson | AtUnit | InTransit | Awaiting | Closed
