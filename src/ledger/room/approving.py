"""审批: an act asked for, decided by those whose approval it needs, and then done once."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any, cast

from attrs import evolve, frozen

from ledger.access import OperatorRole
from ledger.act import Circumstances
from ledger.approval import Approval
from ledger.consent import concerned
from ledger.event import Event, Imported
from ledger.event.access import Attested, Denied, Granted, Requested, RequestWithdrawn, Wanted
from ledger.finding import Finding
from ledger.number import PersonRef, RequestNo
from ledger.pack import Approvers
from ledger.register.access import Request
from ledger.review import Proposal, consents, propose
from ledger.room.room import Room
from ledger.rule import ASKING
from ledger.text import InvalidText
from ledger.trouble import Misuse

__all__ = [
    "NoRequest",
    "Standing",
    "ask_for",
    "attest",
    "deny",
    "fulfil",
    "given",
    "grant",
    "open_requests",
    "requests_for",
    "standing",
    "withdraw",
]


class NoRequest(Misuse, ValueError):
    """A number that is no request; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Standing:
    """How a request stands: what it needs, what it has, and what the rules would say now."""

    request: Request
    needed: tuple[Approvers, ...]
    findings: tuple[Finding, ...]
    """What still stands against the act, its missing approvals included."""

    @property
    def ready(self) -> bool:
        """Whether the act could be done now."""
        return self.request.open and not any(each.force.binds for each in self.findings)

    @property
    def said(self) -> str:
        """How it stands, in a few words."""
        request = self.request
        if request.used is not None:
            return f"已办（第{request.used}笔）"
        if request.ended:
            return request.ended
        return "可以办理" if self.ready else "待批"


def _request(room: Room, number: str) -> Request:
    found = room.register.requests.get(number)
    if found is None:
        raise NoRequest(f"没有“{number}”这份申请，用 baomi list 申请 查看")
    return found


def ask_for(
    room: Room,
    event: Event,
    *,
    good_until: date | None = None,
    purpose: str = "",
    by: str = "",
) -> Proposal:
    """Ask for approval of an act that is not done yet; raises what writing raises."""
    asked = Requested(wanted=Wanted(event), good_until=good_until, purpose=purpose)
    return room.record(asked, **({"by": by} if by else {}))


def standing(room: Room, number: str) -> Standing:
    """How a request stands now; raises ``NoRequest``."""
    return _standing(room, _request(room, number))


def _standing(room: Room, request: Request) -> Standing:
    told: Any = {
        "register": room.register,
        "pack": room.pack,
        "circumstances": Circumstances(at=room.clock(), by="", session=ASKING),
    }
    needed = consents(cast(Event, request.wanted.event), **told)
    found: tuple[Finding, ...] = ()
    with suppress(
        InvalidText
    ):  # an earlier program took such a text; whoever does it is told of it
        found = propose(_with_approvals(request), **told).findings if request.open else ()
    return Standing(request=request, needed=needed, findings=found)


def open_requests(room: Room) -> Iterator[Standing]:
    """The requests that can still be decided or used, the oldest first."""
    for request in room.register.in_order(room.register.requests):
        if request.open:
            yield _standing(room, request)


def requests_for(room: Room) -> Iterator[Standing]:
    """The open requests that whoever is signed in could approve, the oldest first."""
    session = room.session
    person = room.register.people.get(session.operator) if session else None
    if session is None or person is None or OperatorRole.APPROVER not in session.roles:
        return
    for request in room.register.in_order(room.register.requests):
        people = {_number(room, name) for name in concerned(request.wanted.event)}
        own = person.number in {request.applicant, *people}
        if request.open and not own and not _decided_by(request, person.number):
            found = _standing(room, request)
            if any(not person.roles.isdisjoint(each.roles) for each in found.needed):
                yield found


def _decided_by(request: Request, number: str) -> bool:
    return number in {each.by for each in request.approvals}


def grant(
    room: Room,
    number: str,
    *,
    approver: str = "",
    role: str = "",
    paper_no: str = "",
    paper_on: date | None = None,
) -> Proposal:
    """Approve a request oneself, or write down on whose signed paper it was approved.

    ``role`` is that of an organ outside; a person's is the one his page and the pack share.
    Raises ``NoRequest`` and what writing raises.
    """
    request = _request(room, number)
    who = approver or (room.session.by if room.session else room.by)
    person = room.register.person(who)
    if person is not None:
        asked = (sorted(person.roles & each.roles) for each in _standing(room, request).needed)
        role = next((roles[0] for roles in asked if roles), role)
    granted = Granted(
        request=request.number,
        approver=PersonRef(approver),
        role=role,
        paper_no=paper_no,
        paper_on=paper_on,
    )
    return room.record(granted)


def deny(
    room: Room,
    number: str,
    reason: str,
    *,
    approver: str = "",
    paper_no: str = "",
    paper_on: date | None = None,
) -> Proposal:
    """Refuse a request with a reason; raises as ``grant``."""
    denied = Denied(
        request=_request(room, number).number,
        reason=reason,
        approver=PersonRef(approver),
        paper_no=paper_no,
        paper_on=paper_on,
    )
    return room.record(denied)


def withdraw(room: Room, number: str, reason: str = "") -> Proposal:
    """Take one's own request back; raises as ``grant``."""
    return room.record(RequestWithdrawn(request=_request(room, number).number, reason=reason))


def attest(room: Room, number: str) -> Proposal:
    """Sign as a witness who is there; raises as ``grant``."""
    return room.record(Attested(request=_request(room, number).number))


def fulfil(room: Room, number: str, **circumstances: Any) -> Proposal:
    """Do the act a request asks for, once, with the approvals it has been given.

    Raises ``NoRequest``, also for an import, which needs its file, and ``Refused`` while an
    approval is missing.
    """
    if isinstance(_request(room, number).wanted.event, Imported):
        raise NoRequest(f"{number}是导入的申请：用 baomi import 文件 --request {number} 办理")
    return room.record(_with_approvals(_request(room, number)), **circumstances)


def given(request: Request) -> tuple[Approval, ...]:
    """The approvals a request has, as an act that leans on them names them."""
    return tuple(
        Approval(by=each.by, role=each.role, paper_no=RequestNo(request.number), on=each.on)
        for each in request.approvals
    )


def _with_approvals(request: Request) -> Event:
    """The act a request asks for, with its approvals as the book has them."""
    return cast(Event, evolve(cast(Any, request.wanted.event), approvals=given(request)))


def _number(room: Room, ref: str) -> str:
    person = room.register.person(ref)
    return ref if person is None else person.number
