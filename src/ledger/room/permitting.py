"""批准的导入: a whole import asked for, and taken in once by what was approved."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import evolve

from ledger.approval import Approval
from ledger.event import Imported
from ledger.exchange.rejects import rejected_rows
from ledger.review import Proposal
from ledger.room.approving import NoRequest, ask_for, given
from ledger.room.importing import Import, NotApproved, planned, whole
from ledger.room.room import Room

__all__ = ["ask_to_import", "permits", "permitted"]

_LATER: Final = (Approval("待批"),)
"""Stands for the approval that is asked for, while the file is looked through."""


def ask_to_import(
    room: Room, wanted: Import, *, good_until: date | None = None, purpose: str = ""
) -> Proposal:
    """Ask for the approval of taking a file in as it is, with all that it lowers and closes.

    The request names the file by its digest, how it is read, how many rows become what, and what
    each row says that needs the approval. Raises ``NotApproved`` for a file with faults or without
    such rows, what ``take_in`` does before anything is written, and what writing raises.
    """
    plan = planned(room, evolve(wanted, approvals=_LATER))
    if faults := (*plan.faults, *plan.held):
        rows = len(rejected_rows(faults))
        raise NotApproved(f"有{rows}行不能导入，批准了也不行：先用 --dry-run 看清，改好文件再申请")
    if not plan.agreed:
        raise NotApproved("这个文件里没有要审批的，直接导入就行")
    event = evolve(whole(plan, wanted), approvals=())
    return ask_for(room, event, good_until=good_until, purpose=purpose, by=wanted.by)


def permits(room: Room, digest: str) -> Mapping[str, Imported]:
    """The requests by which a file with this digest may now be taken in, and what each says of it."""
    return {
        number: request.wanted.event
        for number, request in room.register.requests.items()
        if isinstance(request.wanted.event, Imported)
        and request.wanted.event.digest == digest
        and request.approvals
        and request.open
    }


def permitted(room: Room, wanted: Import, number: str) -> Import:
    """An import with what its request was given; raises ``NoRequest`` or ``NotApproved``.

    Whether that is enough, and whether it is the file that was approved, the rules say.
    """
    request = room.register.requests.get(number)
    if request is None or not isinstance(request.wanted.event, Imported):
        raise NoRequest(f"没有“{number}”这份导入的申请，用 baomi list 申请 查看")
    if request.used is not None:
        raise NotApproved(f"{number}已经用于第{request.used}笔，一份批准只能导入一次")
    if request.ended:
        raise NotApproved(f"{number}已经终结（{request.ended}）")
    if not request.approvals:
        raise NotApproved(f"{number}还没有批准")
    return evolve(wanted, approvals=given(request), request=number)
