"""载体: documents and their copies, notebooks, media, computers and what is attached to them.

A document is a text; each copy of it is a carrier of its own. Fields are the columns that real
registers have; what a register does not know stays blank or ``None``, which means "not known"
and never "no".
"""

from datetime import date
from enum import Enum

from attrs import frozen

from ledger.mark import Level, Mark, Sensitivity
from ledger.number import CarrierNo, DocumentNo, PersonRef
from ledger.person import Circle

__all__ = [
    "Carrier",
    "Computer",
    "Device",
    "Document",
    "Isolation",
    "Medium",
    "Network",
    "Notebook",
    "Paper",
]


class Network(Enum):
    """The three worlds of computers (计算机制度 第二条); nothing may join two of them."""

    CLASSIFIED = "涉密"
    INTERNAL = "内部"
    INTERNET = "互联网"

    def __str__(self) -> str:
        return self.value


class Isolation(Enum):
    """How an internal computer is kept from the internet, which decides what it may process."""

    PHYSICAL = "物理隔离"
    LOGICAL = "逻辑隔离"

    def __str__(self) -> str:
        return self.value


@frozen(kw_only=True)
class Document:
    """A text with its mark, circle and issuer; level, term and circle change only by notice."""

    number: DocumentNo = DocumentNo("")
    doc_no: str = ""
    title: str = ""
    alias: str = ""
    """A neutral name (代称) for lists where the title itself may not stand."""
    issuer: str = ""
    issued_on: date | None = None
    mark: Mark | None = None
    sensitivity: Sensitivity | None = None
    circle: Circle | None = None
    copy_allowed: bool | None = None
    """Whether the issuer permits copying."""
    no_notes: bool = False
    """Whether the issuer forbids notes and recordings when it is read aloud."""
    clear_by: date | None = None
    """The day the issuer wants it back."""
    cipher: bool = False
    """Whether it is a cipher telegram (密码电报)."""
    made_from: tuple[DocumentNo, ...] = ()
    """The documents it was compiled or excerpted from."""
    declassified_on: date | None = None
    drafted_by: PersonRef = PersonRef("")
    """Who drafted it and proposed its mark (承办人)."""
    classifier: PersonRef = PersonRef("")
    """Who decided its mark (定密责任人)."""
    basis: str = ""
    """The item of a scope list or the source it was classified by (定密依据)."""
    derived: bool = False
    """Whether its secrecy is taken over from another secret (派生定密)."""
    minutes: bool = False
    """Whether it is the record of a meeting (会议记录)."""
    distribution: str = ""
    """To whom it is issued (发放范围)."""
    reading_grade: str = ""
    """From which rank on it may be read (阅读级限)."""
    attachments: str = ""
    """What came with it and belongs to it (附件)."""
    urgency: str = ""
    """How quickly it is to be dealt with, as its head says (紧急程度): 特急, 加急."""

    @property
    def level(self) -> Level | None:
        """The level while it is secret; ``None`` for plain papers and after declassification."""
        return self.mark.level if self.mark and self.declassified_on is None else None


@frozen(kw_only=True)
class Paper:
    """One copy (份) of a document on paper."""

    number: CarrierNo = CarrierNo("")
    document: DocumentNo = DocumentNo("")
    copy_no: str = ""
    incoming_no: str = ""
    outgoing_no: str = ""
    pages: int | None = None
    original: CarrierNo = CarrierNo("")
    """The carrier it was copied from, if it is a photocopy."""
    stamp: str = ""
    """What the copying unit stamped on it (复印戳记)."""
    keep_until: date | None = None
    """How long the issuer agreed it may be kept (延长使用)."""
    remark: str = ""
    held_for: PersonRef = PersonRef("")
    """For whom it was taken in, unopened, and still has to be handed on (代收)."""


@frozen(kw_only=True)
class Notebook:
    """A numbered 保密笔记本 that is handed in when full."""

    number: CarrierNo = CarrierNo("")
    name: str = ""
    level: Level | None = None
    department: str = ""
    keeper: PersonRef = PersonRef("")
    pages: int | None = None
    remark: str = ""
    type: str = "保密本"
    """保密本, or 会议记录本 for one that keeps the records of meetings."""
    started_on: date | None = None
    full_on: date | None = None


class _Worldly:
    """What a medium, a computer and a device have in common: a level or not, and a world."""

    __slots__ = ()
    level: Level | None
    network: Network | None

    @property
    def classified(self) -> bool:
        """Whether it belongs to the classified world: it has a level, or was issued for it."""
        return self.level is not None or self.network is Network.CLASSIFIED


@frozen(kw_only=True)
class Medium(_Worldly):
    """A removable medium (载体制度 二): drive, disc, card, camera; no level means 非涉密."""

    number: CarrierNo = CarrierNo("")
    type: str = "U盘"
    name: str = ""
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    network: Network | None = None
    """The world it was issued for; a medium with a level belongs to 涉密."""
    import_only: bool = False
    """Whether it is the special drive kept for bringing data in (特定导入U盘)."""
    model: str = ""
    serial: str = ""
    asset_no: str = ""
    capacity: str = ""
    approved: bool | None = None
    """Whether it is of an approved special system (专用系统)."""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    place: str = ""
    started_on: date | None = None
    remark: str = ""


@frozen(kw_only=True)
class Computer(_Worldly):
    """A computer of one of the three worlds, with what an inspector asks about it."""

    number: CarrierNo = CarrierNo("")
    name: str = ""
    level: Level | None = None
    network: Network | None = None
    isolation: Isolation | None = None
    portable: bool = False
    model: str = ""
    serial: str = ""
    asset_no: str = ""
    disk_serial: str = ""
    system: str = ""
    system_installed_on: date | None = None
    mac: str = ""
    ip: str = ""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    place: str = ""
    purpose: str = ""
    filed_no: str = ""
    """The bureau's filing number (备案编号)."""
    protected: bool | None = None
    """Whether the approved protection suite is installed."""
    place_compliant: bool | None = None
    """Whether place and emission protection meet the standard."""
    wireless_removed: bool | None = None
    domestic: bool | None = None
    antivirus: bool | None = None
    lock_minutes: int | None = None
    tries_allowed: int | None = None
    started_on: date | None = None
    remark: str = ""
    other_software: str = ""
    """Software on it that has nothing to do with work."""


@frozen(kw_only=True)
class Device(_Worldly):
    """Something attached to a computer: printer, scanner, copier, keyboard."""

    number: CarrierNo = CarrierNo("")
    type: str = ""
    name: str = ""
    level: Level | None = None
    network: Network | None = None
    computer: CarrierNo = CarrierNo("")
    wireless: bool = False
    model: str = ""
    serial: str = ""
    asset_no: str = ""
    department: str = ""
    keeper: PersonRef = PersonRef("")
    place: str = ""
    started_on: date | None = None
    remark: str = ""
    dedicated: bool = False
    """Whether it is the one copier set aside for secret papers (保密复印机)."""
    stand_alone: bool | None = None
    """Whether it is connected to no network, phone line or other device."""
    domestic: bool | None = None
    tested: bool | None = None
    """Whether imported equipment was checked technically before use."""


Carrier = Paper | Notebook | Medium | Computer | Device
"""Whatever the book keeps in custody."""
