"""How things come into the book: opened, registered, received, produced."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.carrier import Carrier, Document
from ledger.mark import Level
from ledger.number import CabinetNo, CarrierNo, Numbering, PersonRef, UnitRef
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site

__all__ = ["Opened", "Produced", "Received", "Registered", "Thing"]

Thing = Carrier | Cabinet | Site | Person | Unit | Body | Phone | Mailbox
"""Whatever has a page in a register of its own."""


@frozen(kw_only=True)
class Opened:
    """建账: the first act of every book, which says whose it is and how it numbers."""

    unit: str
    level: Level
    pack: str
    numbering: Numbering


@frozen(kw_only=True)
class Registered:
    """登记: something that exists gets a page: a carrier, a cabinet, a person, a unit."""

    thing: Thing
    document: Document | None = None
    """The text of a paper whose document is not in the book yet."""
    cabinet: CabinetNo = CabinetNo("")
    compartment: str = ""
    approvals: tuple[Approval, ...] = ()
    """Who agreed to it, where that is asked for: a mailbox that is opened."""


@frozen(kw_only=True)
class Received:
    """收文: papers came in, were checked, signed for and given numbers (载体制度 一（二）3)."""

    document: Document
    sender: UnitRef
    incoming_no: str = ""
    copy_nos: tuple[str, ...] = ()
    numbers: tuple[CarrierNo, ...] = ()
    copies: int = 1
    pages: int | None = None
    channel: str = ""
    intact: bool = True
    """Whether the packing was whole on arrival."""
    pieces_agree: bool = True
    """Whether pieces, numbers, level and addressee agreed with the list."""
    queried: str = ""
    """What was asked of the sender where something did not agree."""
    contents_agree: bool = True
    """Whether the contents agreed with the list once the envelope was open."""
    brought_by: PersonRef = PersonRef("")
    """Who brought it back from a meeting or journey."""
    brought_on: date | None = None
    """The day it was brought back."""
    held_for: PersonRef = PersonRef("")
    """For whom it was taken in, unopened."""
    envelope_no: str = ""
    """The number on the envelope it came in (信封号)."""
    delivered_by: str = ""
    """Who brought it to the door (送件人)."""


@frozen(kw_only=True)
class Produced:
    """印制: papers were made, exactly as many as were approved (载体制度 一（一）)."""

    document: Document
    copies: int
    approved_copies: int
    numbers: tuple[CarrierNo, ...] = ()
    pages: int | None = None
    computer: CarrierNo = CarrierNo("")
    printer: UnitRef = UnitRef("")
    """The outside printing firm, if the unit did not make them itself."""
    waste: str = ""
    """What became of drafts and spoiled sheets."""
    approvals: tuple[Approval, ...] = ()
    made_by: PersonRef = PersonRef("")
    """Who typed and printed it."""
    handler_present: bool | None = None
    """Whether whoever drafted it was there throughout."""
    medium: CarrierNo = CarrierNo("")
    """The disk its file is kept on (专盘)."""
    drafts: str = ""
    """Where final drafts and proofs went."""
