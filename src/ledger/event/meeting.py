"""Secret meetings and events: planned, held, their papers given out and taken back."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.mark import Level
from ledger.number import CarrierNo, MeetingNo, PersonRef

__all__ = [
    "MeetingEnded",
    "MeetingEvent",
    "MeetingHeld",
    "MeetingIssued",
    "MeetingPlanned",
    "PressReviewed",
]


@frozen(kw_only=True)
class MeetingPlanned:
    """筹备会议: a secret meeting with its plan, place and people (涉密会议制度)."""

    title: str
    number: MeetingNo = MeetingNo("")
    level: Level | None = None
    venue: str = ""
    venue_fit: bool = True
    """Whether the place was found fit for secrets (第一条)."""
    begins: date | None = None
    ends: date | None = None
    plan_no: str = ""
    """The paper of its secrecy plan (保密工作方案)."""
    chair: PersonRef = PersonRef("")
    attendees: tuple[PersonRef, ...] = ()
    paper_keeper: PersonRef = PersonRef("")
    """Who looks after papers and equipment (第七条)."""
    recorder: PersonRef = PersonRef("")
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class MeetingHeld:
    """召开会议: the meeting took place, and how it was kept secret."""

    meeting: MeetingNo
    present: tuple[PersonRef, ...] = ()
    swept: bool = False
    """Whether the venue and its equipment were checked beforehand."""
    discipline: bool = False
    """Whether the discipline was stated."""
    jammer: bool = False
    wireless: bool = False
    """Whether a wireless microphone or radio was used."""
    phones_kept_out: bool = False
    outsiders: str = ""


@frozen(kw_only=True)
class MeetingIssued:
    """会议发文: a paper was given to one who attends, against his signature."""

    meeting: MeetingNo
    carrier: CarrierNo
    to: PersonRef
    keep: bool = False
    """Whether he may take it home to convey it."""
    range: str = ""
    """To whom it may be conveyed."""


@frozen(kw_only=True)
class MeetingEnded:
    """会议结束: papers collected, venue cleared and searched (涉密会议制度 第九条、第十条)."""

    meeting: MeetingNo
    searched: bool = False
    convey_to: str = ""


@frozen(kw_only=True)
class PressReviewed:
    """新闻稿审核: what may be printed about a meeting or to reporters (涉密会议制度 第六条)."""

    title: str
    meeting: MeetingNo = MeetingNo("")
    approvals: tuple[Approval, ...] = ()


MeetingEvent = MeetingPlanned | MeetingHeld | MeetingIssued | MeetingEnded | PressReviewed
