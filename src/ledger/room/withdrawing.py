"""Taking a whole import back: every act of its batch voided, or none if anything has moved since."""

from collections.abc import Iterator

from ledger.event import Voided, Withdrawn
from ledger.register.record import Batch
from ledger.review import Proposal, propose
from ledger.room.room import Room
from ledger.trouble import Misuse

__all__ = ["NoBatch", "batch_of", "withdraw"]


class NoBatch(Misuse, ValueError):
    """A number that is no batch that stands; the message is a Chinese sentence."""


def batch_of(room: Room, number: int) -> Batch:
    """The batch that an act closed; raises ``NoBatch``."""
    room.refuse_outsiders()
    return _batch(room, number)


def _batch(room: Room, number: int) -> Batch:
    batch = room.register.batches.get(str(number))
    if batch is None:
        raise NoBatch(f"没有第{number}批导入，用 baomi import batches 查看")
    return batch


def withdraw(room: Room, number: int, *, by: str, reason: str) -> Proposal:
    """Void every act of a batch, the last one first, as one line of the book.

    Raises ``NoBatch``, or ``Refused`` with every record that has changed since, and what writing
    raises.
    """
    written = room.record_judged(lambda: tuple(_voided(room, number, by, reason)), by=by)
    return written[-1]


def _voided(room: Room, number: int, by: str, reason: str) -> Iterator[Proposal]:
    batch = _batch(room, number)
    if batch.withdrawn is not None:
        raise NoBatch(f"第{number}批已经撤销过了（第{batch.withdrawn}笔）")
    register = room.register
    when = room.circumstances(by=by)
    span = range(batch.first, batch.act)
    undo = room.past.changes_of_each(span)
    events: list[Voided | Withdrawn] = [Voided(voids=n, reason=reason) for n in reversed(span)]
    events.append(Withdrawn(batch=number, reason=reason))
    for event in events:
        undoing = undo[event.voids] if isinstance(event, Voided) else ()
        proposal = propose(
            event, register=register, pack=room.pack, circumstances=when, undoing=undoing
        )
        register = proposal.register
        yield proposal
