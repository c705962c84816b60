"""记账规则 第二十条: approvals are acts of those who give them; witnesses and receivers sign themselves."""

from collections.abc import Iterator
from typing import Any, Final, cast

from attrs import evolve

from ledger.access import OperatorRole
from ledger.consent import concerned, lacking
from ledger.day import chinese
from ledger.event import EVENTS, Confirmed, Destroyed, Event, Imported
from ledger.event.access import Attested, Denied, Granted, Requested, RequestWithdrawn
from ledger.finding import Breach, Force
from ledger.place import Awaiting
from ledger.register.access import Request
from ledger.register.completion import completed
from ledger.regulation import BOOK_ORDER
from ledger.rule import ASKING, Desk, rule

__all__ = ["ENTRY", "RULES"]

_DECISIONS: Final = (Granted, Denied, RequestWithdrawn, Attested)
_APPROVED: Final = tuple(kind for kind in EVENTS if "approvals" in kind.__annotations__)


@rule(
    BOOK_ORDER["第二十条"],
    Force.FORBIDS,
    "申请只能在有效期内办理，已经不批准、撤回或用过的不得再用",
    on=_DECISIONS,
    remedy="另提一份申请。",
)
def only_open_requests_are_decided(
    event: Granted | Denied | RequestWithdrawn | Attested, desk: Desk
) -> Iterator[Breach]:
    """A request that is over, or past its day, is neither approved nor signed for."""
    request = desk.register.requests.get(event.request)
    if request is not None and (fact := _over(request, desk)):
        yield Breach(request.number, fact)


def _over(request: Request, desk: Desk) -> str:
    """Why a request is good for nothing any more; blank while it is."""
    if request.used is not None:
        return f"已经用于第{request.used}笔"
    if request.ended:
        return f"已经终结（{request.ended}）"
    if request.good_until is not None and desk.on > request.good_until:
        return f"{chinese(request.good_until)}已经过期"
    return ""


@rule(
    BOOK_ORDER["第二十条"],
    Force.REQUIRES,
    "申请的须是要审批的事项，审批栏留空，由批准人自己填",
    on=Requested,
    remedy="核对事项；不要审批的直接办理。",
)
def requests_are_for_what_needs_approval(event: Requested, desk: Desk) -> Iterator[Breach]:
    """A request is for an act that takes approvals, and brings none along."""
    wanted: Any = event.wanted.event
    if type(wanted) not in _APPROVED:
        yield Breach("申请", "这个事项不用审批")
    elif wanted.approvals:
        yield Breach("申请", "审批栏不是空的")
    elif isinstance(wanted, Imported) and not wanted.waiting:
        yield Breach("申请", "这个文件里没有要审批的")
    if event.good_until is not None and event.good_until < desk.on:
        yield Breach("申请", "有效期在申请以前")


@rule(
    BOOK_ORDER["第二十条"],
    Force.FORBIDS,
    "申请人、经办人不得批自己的申请，一份申请各人只批一次；代录批示要有文号和日期",
    on=(Granted, Denied),
    remedy="请另一位有权批准的人登录批准；批在纸上的，由保密员填批准人、文号和签批日期。",
)
def approver_is_not_the_applicant(event: Granted | Denied, desk: Desk) -> Iterator[Breach]:
    """An approval is its giver's own, or on a paper that names him; never the applicant's."""
    request = desk.register.requests.get(event.request)
    if request is None:
        return
    writer = _one(desk.by, desk)
    approver = _one(event.approver or desk.by, desk)
    people = {_one(name, desk) for name in concerned(cast(Event, request.wanted.event))}
    if approver in {request.applicant, *people}:
        yield Breach(desk.name(approver), "是申请人或经办人")
    if approver in {each.by for each in request.approvals}:
        yield Breach(desk.name(approver), "已经批准过")
    if approver != writer and not (event.paper_no and event.paper_on):
        yield Breach(desk.name(approver), "批准人没有登录，也没有批件的文号和日期")
    if approver == writer and not _may_approve(writer, desk):
        yield Breach(desk.name(writer), "没有审批人的职责")


def _may_approve(writer: str, desk: Desk) -> bool:
    operator = desk.register.operator(writer)
    return operator is None or OperatorRole.APPROVER in operator.roles


@rule(
    BOOK_ORDER["第二十条"],
    Force.FORBIDS,
    "只能撤回自己的申请",
    on=RequestWithdrawn,
    remedy="请申请人撤回；不同意的，由批准人不批准。",
)
def applicants_withdraw_their_own(event: RequestWithdrawn, desk: Desk) -> Iterator[Breach]:
    """A request is taken back by whoever made it."""
    request = desk.register.requests.get(event.request)
    if request is not None and _one(desk.by, desk) != request.applicant:
        yield Breach(request.number, f"是{desk.name(request.applicant)}申请的")


@rule(
    BOOK_ORDER["第二十条"],
    Force.FORBIDS,
    "只有清册上的监销人本人可以签到场，一人不得签两次",
    on=Attested,
    remedy="请申请里写明的监销人登录签名；换人的，另提申请。",
)
def witnesses_are_those_named(event: Attested, desk: Desk) -> Iterator[Breach]:
    """Who signs for a destruction is one of those its request names, each once a day."""
    request = desk.register.requests.get(event.request)
    if request is None:
        return
    who = _one(desk.by, desk)
    named = {_one(name, desk) for name in getattr(request.wanted.event, "witnesses", ())}
    if who not in named:
        yield Breach(desk.name(who), f"不是{request.number}的监销人")
    elif request.attested_on == desk.on and who in request.attested:
        yield Breach(desk.name(who), "今天已经签过")


@rule(
    BOOK_ORDER["第二十条"],
    Force.REQUIRES,
    "设了操作员的台账，审批须是批准人自己留在账上的，办的须就是批准的那一件",
    on=_APPROVED,
    remedy="先提申请，批准以后凭申请编号办理；与申请不同的，另提申请。",
)
def approvals_stand_in_the_book(event: Any, desk: Desk) -> Iterator[Breach]:
    """Every approval an act leans on was given for this very act, and has not been used."""
    if not desk.guarded:
        return
    for approval in event.approvals:
        request = desk.register.requests.get(approval.paper_no)
        if request is None:
            yield Breach(str(approval), "账上没有这份批准")
        elif (fact := _over(request, desk)) or (fact := _other(request, event, desk)):
            yield Breach(request.number, fact)
        elif approval.by not in {each.by for each in request.approvals}:
            yield Breach(request.number, f"{desk.name(approval.by)}没有批准")


def _other(request: Request, event: Any, desk: Desk) -> str:
    """Why an event is not what a request asked for; blank where it is, or is part of it."""
    if isinstance(request.wanted.event, Imported) and desk.session != ASKING:
        if desk.importing != request.number:
            return "批的是导入一个文件，只能随那次导入办理"
        if not isinstance(event, Imported):
            return ""
    return "" if _asked(request, event, desk) else "办的与申请的不是同一件事"


def _asked(request: Request, event: Any, desk: Desk) -> bool:
    """Whether an event is the one a request names, made whole as it was.

    An import is the same whatever its file is called by now and however long the book has become.
    """
    wanted = evolve(cast(Any, request.wanted.event), approvals=event.approvals)
    if isinstance(event, Imported) and isinstance(wanted, Imported):
        wanted = evolve(wanted, first=event.first, file=event.file)
    years = desk.pack.term_of_compilation == "years"
    return bool(completed(wanted, desk.register, desk.on, years=years) == event)


@rule(
    BOOK_ORDER["第二十条"],
    Force.REQUIRES,
    "文件里降低密级、注销等登记，须经规章包写明的人批准，才能随文件导入",
    on=Imported,
    remedy="先用 baomi import 文件 --ask 提申请，批准以后加 --request 申请编号 导入。",
)
def imports_are_approved(event: Imported, desk: Desk) -> Iterator[Breach]:
    """Rows that no file may bring in by itself come in with the approval the pack asks for."""
    if event.waiting and (fact := lacking(event.approvals, desk, "take_in", None)):
        yield Breach(event.file, f"{event.waiting}行要审批：{fact}")


@rule(
    BOOK_ORDER["第二十条"],
    Force.REQUIRES,
    "设了操作员的台账，监销人须当天各自登录签名，才能销毁",
    on=Destroyed,
    remedy="请每位监销人用自己的口令登录，对这份申请签“到场签名”。",
)
def witnesses_have_signed(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Everyone named as a witness has signed in and signed for this destruction today."""
    if not desk.guarded:
        return
    numbers = dict.fromkeys(approval.paper_no for approval in event.approvals)
    requests = [desk.register.requests[n] for n in numbers if n in desk.register.requests]
    there = {name for r in requests if r.attested_on == desk.on for name in r.attested}
    for name in event.witnesses:
        if _one(name, desk) not in there:
            yield Breach(desk.name(name), "监销人没有登录签名")


@rule(
    BOOK_ORDER["第二十条"],
    Force.REQUIRES,
    "移交须由接收人本人登录签收；接收人不是操作员的，由保密员凭签字代录",
    on=Confirmed,
    remedy="请接收人登录后签收。",
)
def receivers_sign_for_themselves(event: Confirmed, desk: Desk) -> Iterator[Breach]:
    """What is handed to an operator is signed for in a session of his own."""
    if not desk.guarded:
        return
    writer = _one(desk.by, desk)
    operator = desk.register.operator(writer)
    keeps = operator is not None and OperatorRole.OFFICER in operator.roles
    for entry in desk.entries(event.carriers):
        if not isinstance(entry.custody, Awaiting):
            if not keeps:
                yield Breach(entry.number, "不是移交给你的")
            continue
        receiver = desk.register.operator(entry.custody.receiver)
        signs = receiver is not None and not receiver.removed
        if _one(entry.custody.receiver, desk) != writer and (signs or not keeps):
            yield Breach(entry.number, f"是移交给{desk.name(entry.custody.receiver)}的")


def _one(ref: str, desk: Desk) -> str:
    person = desk.register.person(ref)
    return ref if person is None else person.number


ENTRY: Final = (
    only_open_requests_are_decided,
    requests_are_for_what_needs_approval,
    approver_is_not_the_applicant,
    applicants_withdraw_their_own,
    witnesses_are_those_named,
)
RULES: Final = (
    approvals_stand_in_the_book,
    imports_are_approved,
    witnesses_have_signed,
    receivers_sign_for_themselves,
)
