"""From hand to hand and place to place: every change of custody but the last."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.mark import Level
from ledger.number import CabinetNo, CarrierNo, DocumentNo, PersonRef, UnitRef

__all__ = [
    "BroughtBack",
    "CarriedOut",
    "Circulated",
    "Confirmed",
    "Counted",
    "Dispatched",
    "HandedOver",
    "Lent",
    "Moved",
    "Repaired",
    "Returned",
    "SentForRepair",
    "Stored",
]


@frozen(kw_only=True)
class Circulated:
    """传阅: one hop, from the officer to one reader (载体制度 一（四）)."""

    carrier: CarrierNo
    reader: PersonRef
    place: str = ""
    """Where it is read: 保密室, 阅文室 or an office."""
    due: date | None = None
    through: PersonRef = PersonRef("")
    """Who took it to the reader, if not the officer himself."""


@frozen(kw_only=True)
class Lent:
    """借阅: with the leader's approval, signed for, until a day (载体制度 一（五）)."""

    carrier: CarrierNo
    to: PersonRef
    due: date | None = None
    purpose: str = ""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Returned:
    """归还: back from a reader, borrower, user or addressee into the officer's charge."""

    carrier: CarrierNo
    complete: bool = True
    """Whether pages and contents were found whole."""


@frozen(kw_only=True)
class Stored:
    """入柜: locked into a compartment (载体制度 一（六）)."""

    carriers: tuple[CarrierNo, ...]
    cabinet: CabinetNo
    compartment: str = ""


@frozen(kw_only=True)
class Moved:
    """移位: a computer or device now stands elsewhere in the unit."""

    carriers: tuple[CarrierNo, ...]
    place: str


@frozen(kw_only=True)
class Dispatched:
    """发文: sealed, listed and sent to another unit (载体制度 一（二）、一（三）)."""

    carriers: tuple[CarrierNo, ...]
    to: UnitRef
    channel: str
    bearers: tuple[PersonRef, ...] = ()
    outgoing_no: str = ""
    local: bool = False
    """Whether the receiver is in the same place, so that own people deliver it."""
    own_car: bool = False
    recounted: bool = True
    """Whether unit, number and level were checked again before sealing."""
    envelope: Level | None = None
    """The level on the envelope; the highest inside if it is not given."""
    within_list: bool = True
    """Whether the receiver is on the fixed distribution list (发放范围)."""
    answers: DocumentNo = DocumentNo("")
    """The document it replies to."""


@frozen(kw_only=True)
class HandedOver:
    """移交: given to another keeper, who has still to sign for it."""

    carriers: tuple[CarrierNo, ...]
    to: PersonRef
    reason: str = ""
    supervisor: PersonRef = PersonRef("")
    """Who watched the hand-over (监交人)."""


@frozen(kw_only=True)
class Confirmed:
    """签收: the receiver signed, and answers for it from now on."""

    carriers: tuple[CarrierNo, ...]
    signed_by: str
    """The person or unit that signed."""
    for_another: bool = False
    """Whether somebody signed in the receiver's stead (代签)."""


@frozen(kw_only=True)
class CarriedOut:
    """携带外出: taken off the premises for a stated purpose and time (载体制度 一（七）)."""

    carriers: tuple[CarrierNo, ...]
    bearers: tuple[PersonRef, ...]
    destination: str
    purpose: str = ""
    due: date | None = None
    measures: str = ""
    related_to_work: bool = True
    abroad: bool = False
    consent_no: str = ""
    """The paper of the bureau that agreed to taking it abroad (批准文件)."""
    approvals: tuple[Approval, ...] = ()
    foreign: bool = False
    """Whether it is taken to an event with foreigners (涉外活动)."""


@frozen(kw_only=True)
class BroughtBack:
    """带回: back on the premises and counted."""

    carriers: tuple[CarrierNo, ...]
    complete: bool = True


@frozen(kw_only=True)
class SentForRepair:
    """送修: a computer, device or medium went to a repair firm (计算机制度 第二十一条)."""

    carrier: CarrierNo
    to: UnitRef
    recovery: bool = False
    """Whether it is for data recovery."""
    storage_removed: bool | None = None
    due: date | None = None
    approvals: tuple[Approval, ...] = ()
    fault: str = ""
    """What is wrong with it (故障情况)."""


@frozen(kw_only=True)
class Repaired:
    """修复取回: back from the firm, with any replaced part taken back."""

    carrier: CarrierNo
    old_part_returned: bool = True
    new_disk_serial: str = ""


@frozen(kw_only=True)
class Counted:
    """清点: what was found against what the book expects, in the whole room or one cabinet."""

    seen: tuple[str, ...]
    """Every number that was read, whether the book knows it or not."""
    cabinet: CabinetNo = CabinetNo("")
    """The cabinet counted; blank for everything the officer keeps."""
    counters: tuple[PersonRef, ...] = ()
    clearance: bool = False
    """Whether it was the quarterly check that also sends papers back (核查清退)."""
    besides: tuple[CarrierNo, ...] = ()
    """What came or went while it was counted, and is left out of the count."""
    listed: str = ""
    """The digest of the numbered list that was counted against, if there was one."""
    settled: tuple[str, ...] = ()
    """What was decided about each difference, in words."""
