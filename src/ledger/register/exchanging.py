"""What the book holds after a file came in, was taken back, or went out."""

from typing import Final

from attrs import evolve

from ledger.act import Act
from ledger.event import Exported, HandedIn, HandInRefused, HandInTaken, Imported, Withdrawn
from ledger.register.draft import Draft
from ledger.register.record import Batch
from ledger.register.routine import done

__all__ = [
    "TAKEN",
    "exported",
    "hand_in_refused",
    "hand_in_taken",
    "handed_in",
    "imported",
    "withdrawn",
]

TAKEN: Final = "接收报送"
"""The round of a room's hand-ins, followed by its identifier."""


def imported(event: Imported, act: Act, draft: Draft) -> None:
    """The batch is known by the act that closed it."""
    batch = Batch(
        act=act.n,
        first=event.first,
        on=act.on,
        by=act.by,
        kind=event.kind,
        file=event.file,
        digest=event.digest,
        created=event.created,
        updated=event.updated,
        unchanged=event.unchanged,
        rejected=event.rejected,
        continues=event.continues,
        directions=event.directions,
    )
    draft.put("batches", str(act.n), batch)


def withdrawn(event: Withdrawn, act: Act, draft: Draft) -> None:
    """The batch stays in the list, marked with the act that took it back."""
    key = str(event.batch)
    draft.put("batches", key, evolve(draft.batches[key], withdrawn=act.n))


def exported(_event: Exported, _act: Act, _draft: Draft) -> None:
    """The export stands in the book; what it did to its medium is written by an act of its own."""


def handed_in(_event: HandedIn, act: Act, draft: Draft) -> None:
    """The bureau has the book once more."""
    done(draft, "报送", act)


def hand_in_taken(event: HandInTaken, act: Act, draft: Draft) -> None:
    """The unit's room has handed in once more; how far it went is in the act."""
    done(draft, f"{TAKEN}/{event.room}", act)


def hand_in_refused(_event: HandInRefused, _act: Act, _draft: Draft) -> None:
    """The refusal stands in the book; the unit's last hand-in is still the one before."""
