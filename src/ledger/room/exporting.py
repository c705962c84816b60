"""What leaves a room as a file: recorded with its digest, and where it goes judged by the rules."""

import hashlib
from pathlib import Path

from attrs import frozen

from ledger.approval import Approval
from ledger.carrier import Computer, Medium
from ledger.event import Event, Exported, Processed, Written
from ledger.level import Level, Sensitivity
from ledger.number import CarrierNo
from ledger.review import Proposal, propose
from ledger.room.outgoing import put, take_back
from ledger.room.room import Room
from ledger.trouble import Misuse

__all__ = ["NoTarget", "Outgoing", "send_out"]


class NoTarget(Misuse, ValueError):
    """A file that has nowhere to go; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Outgoing:
    """A file that is ready to leave: what it is, its bytes, how secret it is, where it goes."""

    what: str
    content: bytes
    rows: int
    level: Level | None
    sensitivity: Sensitivity | None
    path: Path | None
    """Where it is written; ``None`` for standard output."""
    by: str
    target: str = ""
    """The medium or computer it is put on; a file with secrets needs one."""
    source: str = ""
    """The computer it comes from, where that is another."""
    purpose: str = ""
    approvals: tuple[Approval, ...] = ()


def send_out(room: Room, file: Outgoing) -> tuple[Proposal, ...]:
    """Write a file and the acts that say so; either both come about or neither.

    Raises ``NoTarget``, ``Refused`` where the target may not hold it, and what writing raises.
    """
    events = tuple(_events(room, file))
    done: list[Path] = []

    def judged() -> tuple[Proposal, ...]:
        found = _judged(room, events, file)
        if not any(proposal.refused for proposal in found):
            if file.path is not None:
                done.append(put(file.path, file.content))
        return found

    try:
        return room.record_judged(judged)
    except BaseException:
        for path in done:
            take_back(path)
        raise


def _judged(room: Room, events: tuple[Event, ...], file: Outgoing) -> tuple[Proposal, ...]:
    register, found = room.register, list[Proposal]()
    when = room.circumstances(by=file.by)
    for event in events:
        proposal = propose(event, register=register, pack=room.pack, circumstances=when)
        register = proposal.register
        found.append(proposal)
    return tuple(found)


def _events(room: Room, file: Outgoing) -> list[Event]:
    """The export, and what it means for the medium or computer it is put on."""
    exported = Exported(
        what=file.what,
        file=file.path.name if file.path else "标准输出",
        digest=f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        rows=file.rows,
        level=file.level,
        sensitivity=file.sensitivity,
        target=CarrierNo(file.target),
        purpose=file.purpose,
        approvals=file.approvals,
    )
    if not file.target:
        if file.level is not None:
            said = f"其中有{file.level}级内容，要写明存到哪个登记在册的介质或计算机"
            raise NoTarget(f"{said}；不列标题的不受此限")
        return [exported]
    entry = room.register.carriers.get(file.target)
    match entry.thing if entry else None:
        case Medium(number=number):
            onto: Event = Written(
                medium=number,
                level=file.level,
                sensitivity=file.sensitivity,
                source=CarrierNo(file.source),
                approvals=file.approvals,
            )
        case Computer(number=number):
            onto = Processed(
                computer=number,
                level=file.level,
                sensitivity=file.sensitivity,
                kept=True,
                approvals=file.approvals,
            )
        case _:
            raise NoTarget(f"“{file.target}”不是登记在册的介质或计算机，文件不能存到那里")
    return [exported, onto]
