"""分批打印: labels sheet by sheet, so that printing can be stopped and what came out stays true."""

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from ledger.printing.outcome import State
from ledger.printing.sheet import FRESH, sheet_for
from ledger.printing.usage import place_on
from ledger.room.issuing import Issued, Paper, issue
from ledger.room.labelling import NoLabel, Wanted
from ledger.room.room import Room

__all__ = ["batches_of", "issue_in_batches"]

_ON_A_ROLL = 10
"""Labels that are sent to a label printer at once."""
_WENT = (State.PRINTED, State.WAITING)
"""What lets the next batch follow."""


def issue_in_batches(
    room: Room,
    wants: Sequence[Wanted],
    paper: Paper,
    *,
    reason: str = "",
    go_on: Callable[[int, int], bool],
) -> Issued:
    """Print labels a sheet at a time, each recorded before it is sent; a file is written whole.

    ``go_on`` is asked before every batch, with how many labels are out and how many there are.
    What is given back is what was issued; raises as ``issue`` where nothing was.
    """
    done: Issued | None = None
    for batch in batches_of(room, wants, paper):
        if not go_on(len(done.numbers) if done else 0, len(wants)):
            break
        issued = issue(room, batch, paper, by=room.by, reason=reason)
        done = _together(done or evolve(issued, numbers=(), pages=0), issued)
        paper = evolve(paper, start=None, skip=())
        if issued.outcome.state not in _WENT:
            break
    if done is None:
        raise NoLabel("停下了，一张也没有印")
    return done


def _together(first: Issued, then: Issued) -> Issued:
    """Two batches as one: of one that never came out only the outcome is told."""
    if then.outcome.state is State.NOTHING:
        return evolve(first, outcome=then.outcome)
    return Issued(
        numbers=(*first.numbers, *then.numbers),
        pages=first.pages + then.pages,
        outcome=then.outcome,
        place=then.place,
    )


def batches_of(room: Room, wants: Sequence[Wanted], paper: Paper) -> Iterator[tuple[Wanted, ...]]:
    """The labels in the order in which they are printed, as many together as go onto one sheet."""
    if paper.path is not None or not wants:
        yield tuple(wants)
        return
    if paper.printer.language != "pdf":
        yield from (tuple(wants[at : at + _ON_A_ROLL]) for at in range(0, len(wants), _ON_A_ROLL))
        return
    sizes = list(dict.fromkeys(want.template.id for want in wants))
    if paper.sheet is not None:
        ordered = sorted(wants, key=lambda want: sizes.index(want.template.id))
        yield from _sheets(ordered, _free(room, paper), paper.sheet.count)
        return
    for size in sizes:
        some = [want for want in wants if want.template.id == size]
        count = sheet_for(some[0].template, room.folder).count
        yield from _sheets(some, count, count)


def _free(room: Room, paper: Paper) -> int:
    """The cells that are left on the sheet that was begun."""
    if paper.sheet is None:
        return 0
    place = place_on(paper.sheet, room.folder) if paper.start is None else FRESH
    start, skip = paper.start or place.start, {*place.skip, *paper.skip}
    return paper.sheet.count - start + 1 - sum(cell >= start for cell in skip)


def _sheets(wants: Sequence[Wanted], first: int, others: int) -> Iterator[tuple[Wanted, ...]]:
    """So many for the sheet that was begun, then as many as a whole one takes."""
    at, room = 0, first if 0 < first <= others else others
    while at < len(wants):
        yield tuple(wants[at : at + room])
        at, room = at + room, others
