"""Taking a file into a room: planned, judged by the rules, written as one line or not at all."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from ledger.act import Circumstances
from ledger.approval import Approval
from ledger.event import Imported, Registered
from ledger.exchange.cell import Fault
from ledger.exchange.directions import Directions
from ledger.exchange.holding import APPROVE
from ledger.exchange.importing import Plan, plan_source
from ledger.exchange.rejects import rejected_rows, rejects
from ledger.exchange.source import Source
from ledger.register.record import Batch
from ledger.register.register import Register
from ledger.review import Proposal, propose
from ledger.room.judging import Bench, Judged, Judgement, judge
from ledger.room.outgoing import put, take_back
from ledger.room.room import Room
from ledger.store.bulk import bulk
from ledger.trouble import Forbidden

__all__ = ["Import", "NotApproved", "Taken", "batches", "planned", "take_in", "whole"]

APPROVERS: Final = frozenset({"主管领导", "单位领导"})
APPROVE_BY_REQUEST: Final = "用 baomi import 文件 --ask 提申请，批准后加 --request 申请编号"
"""What to do about a row that waits, where approvals stand in the book."""
_TOLD: Final = 20
"""How many of the rows that need an approval the act itself names."""
_ROW: Final = re.compile(r"(.*)第(\d+)行")


class NotApproved(Forbidden):
    """An approval that nobody may give; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Import:
    """What is to be taken in, by whom, and how bold it may be."""

    source: Source
    directions: Directions
    by: str
    approvals: tuple[Approval, ...] = ()
    """Consent to what a file may not do by itself."""
    request: str = ""
    """The request for this very import that those were given for; see ``permitting``."""
    skip: bool = False
    """Whether good rows are taken although others are wrong."""
    rejects: Path | None = None
    """Where the rows go that were not taken in."""
    continues: int | None = None
    dry_run: bool = False
    tell: Callable[[int, int], None] = field(default=lambda _done, _all: None)
    """Is told how many acts have been judged, of how many."""


@frozen(kw_only=True)
class Taken:
    """What an import came to."""

    plan: Plan
    proposals: tuple[Proposal, ...]
    """What the rules said of each act, in the order of the file."""
    faults: tuple[Fault, ...]
    """Everything that keeps a row out: what does not read, what the rules refuse, what waits."""
    batch: int | None = None
    """The act that closed the batch; ``None`` where nothing was written."""
    numbers: tuple[str, ...] = ()
    rejects: Path | None = None

    @property
    def written(self) -> bool:
        """Whether anything is in the book now that was not before."""
        return self.batch is not None


def take_in(room: Room, wanted: Import) -> Taken:
    """Take a file in, or see what that would come to.

    Raises ``Unreadable``, ``BadMapping``, ``InvalidAct`` or ``NotApproved`` before anything is
    written, and what writing raises; then the rejects file is gone as well.
    """
    if room.register.guarded:
        if wanted.approvals and not wanted.request:
            raise NotApproved(f"设了操作员的台账，批准要留在账上：{APPROVE_BY_REQUEST}")
    else:
        for approval in wanted.approvals:
            _may_approve(room.register, approval, wanted.by)
    with bulk():
        return _take_in(room, wanted)


def _take_in(room: Room, wanted: Import) -> Taken:
    plan = planned(room, wanted)
    if wanted.dry_run:
        return _taken(room, plan, judge(plan, _bench(room, wanted)))
    done: list[Taken] = []

    def judged() -> tuple[Proposal, ...]:
        now = plan if room.register.acts == acts else planned(room, wanted)
        judgement = judge(now, _bench(room, wanted))
        done.append(_taken(room, now, judgement))
        return _batch(room, wanted, judgement, done)

    acts = room.register.acts
    try:
        room.record_judged(judged, by=wanted.by)
    except BaseException:
        take_back(done[-1].rejects if done else None)
        raise
    return done[-1]


def _may_approve(register: Register, approval: Approval, by: str) -> None:
    person = register.person(approval.by)
    if person is None or person.roles.isdisjoint(APPROVERS):
        raise NotApproved(f"批准人“{approval.by}”在人员登记簿上没有主管领导、单位领导的职责")
    if by in (person.name, person.number):
        raise NotApproved("批准人不能同时是经办人")


def _bench(room: Room, wanted: Import) -> Bench:
    return Bench(
        register=room.register,
        pack=room.pack,
        when=_when(room, wanted),
        approvals=wanted.approvals,
        skip=wanted.skip,
        tell=wanted.tell,
    )


def _when(room: Room, wanted: Import) -> Circumstances:
    return evolve(room.circumstances(by=wanted.by), importing=wanted.request)


def planned(room: Room, wanted: Import) -> Plan:
    """What taking a file in would do; raises as ``take_in`` does before anything is written."""
    return plan_source(
        wanted.source,
        room.register,
        wanted.directions,
        approvals=wanted.approvals,
        before=_rows_before(room, wanted.source.digest),
    )


def _rows_before(room: Room, digest: str) -> dict[tuple[str, int], list[str]]:
    """What rows of the very same file became in earlier batches that still stand."""
    found = dict[tuple[str, int], list[str]]()
    for batch in batches(room.register):
        if batch.digest == digest and batch.withdrawn is None:
            for act in room.acts[batch.first - 1 : batch.act]:
                where = _ROW.fullmatch(act.note)
                if where and isinstance(act.event, Registered):
                    row = (where[1], int(where[2]))
                    found.setdefault(row, []).append(act.event.thing.number)
    return found


def batches(register: Register) -> list[Batch]:
    """The batches of a book, the first one first."""
    return sorted(register.batches.values(), key=lambda batch: batch.act)


def _taken(room: Room, plan: Plan, judgement: Judgement) -> Taken:
    proposals = tuple(each.proposal for each in judgement.acts)
    faults = judgement.faults
    if room.register.guarded:
        faults = tuple(
            evolve(each, hint=APPROVE_BY_REQUEST) if each.hint == APPROVE else each
            for each in faults
        )
    return Taken(plan=plan, proposals=proposals, faults=faults)


def _batch(
    room: Room, wanted: Import, judgement: Judgement, done: list[Taken]
) -> tuple[Proposal, ...]:
    """The acts of the batch and the one that closes it; the rejects file is on disk before them."""
    taken = done[-1]
    if taken.faults and not wanted.skip:
        return ()
    if taken.faults and wanted.rejects is not None:
        content = rejects(taken.plan, taken.faults, wanted.rejects)
        done[-1] = taken = evolve(taken, rejects=put(wanted.rejects, content))
    acts = [each for each in judgement.acts if not each.proposal.refused]
    if not acts:
        return ()
    closing = propose(
        _imported(taken, wanted, acts),
        register=judgement.register,
        pack=room.pack,
        circumstances=_when(room, wanted),
    )
    numbers = tuple(each.proposal.number for each in acts if each.what == "new")
    done[-1] = evolve(taken, batch=closing.act.n, numbers=numbers)
    return (*(each.proposal for each in acts), closing)


def _imported(taken: Taken, wanted: Import, acts: Sequence[Judged]) -> Imported:
    return evolve(
        whole(taken.plan, wanted),
        first=acts[0].proposal.act.n,
        created=sum(each.what == "new" for each in acts),
        updated=len({row for each in acts if each.what == "updated" for row in each.rows}),
        rejected=len(rejected_rows(taken.faults)),
    )


def whole(plan: Plan, wanted: Import) -> Imported:
    """The act that closes a batch if every row of the plan is taken in; its place in the book is open."""
    waits = [f"{fault.sheet}第{fault.row}行 {fault.message}".strip() for fault in plan.agreed]
    return Imported(
        kind=plan.kind,
        file=plan.source.name,
        digest=plan.source.digest,
        first=0,
        created=len(plan.new),
        updated=len({(each.sheet, each.row) for each in plan.updated}),
        unchanged=len(plan.unchanged),
        continues=wanted.continues,
        directions=plan.directions.text(),
        waiting=len(rejected_rows(plan.agreed)),
        waits=tuple(waits[:_TOLD]),
        waits_digest=sha256("\n".join(waits).encode()).hexdigest() if waits else "",
        approvals=wanted.approvals if waits else (),
    )
