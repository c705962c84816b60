"""The fold: from acts to the register they add up to, one act after another."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from ledger import event as events
from ledger.act import Act
from ledger.event import Event, Voided, archive
from ledger.place import Closed, Closing
from ledger.register import (
    admitting,
    changing,
    checking,
    entering,
    exchanging,
    gathering,
    labelling,
    leaving,
    moving,
    reviewing,
    routine,
    staffing,
)
from ledger.register.draft import Draft
from ledger.register.record import Change, Entry
from ledger.register.register import EMPTY, Register
from ledger.regulation import BOOK_ORDER

__all__ = [
    "Folding",
    "Step",
    "Undo",
    "after",
    "changes_of",
    "fold",
    "intact",
    "replay",
]

Undo = Mapping[int, tuple[Change, ...]]
"""What some acts changed, for the acts that void them."""

_EFFECTS: Final[Mapping[type[Event], Callable[[Any, Act, Draft], None]]] = {
    events.Opened: entering.opened,
    events.Registered: entering.registered,
    events.Received: entering.received,
    events.Produced: entering.produced,
    events.Copied: entering.copied,
    events.Excerpted: entering.excerpted,
    events.Compiled: entering.compiled,
    events.Circulated: moving.circulated,
    events.Lent: moving.lent,
    events.Returned: moving.returned,
    events.Stored: moving.stored,
    events.Moved: moving.moved,
    events.Dispatched: moving.dispatched,
    events.HandedOver: moving.handed_over,
    events.Confirmed: moving.confirmed,
    events.CarriedOut: moving.carried_out,
    events.BroughtBack: moving.brought_back,
    events.SentForRepair: moving.sent_for_repair,
    events.Repaired: moving.repaired,
    events.Written: changing.written,
    events.Processed: changing.processed,
    events.Plugged: changing.plugged,
    events.Filed: changing.filed,
    events.PasswordSet: changing.password_set,
    events.Inspected: changing.inspected,
    events.Visited: changing.visited,
    events.Counted: leaving.counted,
    events.CircleFixed: changing.circle_fixed,
    events.Regraded: changing.regraded,
    events.Declassified: changing.declassified,
    events.Extended: changing.extended,
    events.Amended: changing.amended,
    events.Cleared: leaving.cleared,
    events.Archived: leaving.archived,
    events.Destroyed: leaving.destroyed,
    events.Disposed: leaving.disposed,
    events.Lost: leaving.lost,
    events.Found: leaving.found,
    events.Reported: leaving.reported,
    events.CaseClosed: leaving.case_closed,
    events.Left: leaving.left,
    events.NumberVoided: changing.number_voided,
    events.BackedUp: changing.backed_up,
    events.Redacted: changing.redacted,
    events.Labelled: labelling.labelled,
    events.LabelSpoiled: labelling.spoiled,
    events.BlanksPrinted: labelling.blanks_printed,
    events.LabelBound: labelling.bound,
    events.KeyRotated: labelling.key_rotated,
    events.Imported: exchanging.imported,
    events.Withdrawn: exchanging.withdrawn,
    events.Exported: exchanging.exported,
    events.HandedIn: exchanging.handed_in,
    events.HandInTaken: exchanging.hand_in_taken,
    archive.Consulted: moving.consulted,
    **routine.EFFECTS,
    **staffing.EFFECTS,
    **gathering.EFFECTS,
    **reviewing.EFFECTS,
    **checking.EFFECTS,
    **admitting.EFFECTS,
    events.HandInRefused: exchanging.hand_in_refused,
}

_GIVEN: Final = frozenset({"sequences", "idents", "spoiled", "backups", "operators", "requests"})
"""Tables that no reversal touches: a number once given stays given, a copy once made is made,
an approval once used is used."""


def fold(
    acts: Iterable[Act], start: Register = EMPTY, *, voided: Collection[int] | None = None
) -> Register:
    """The register these acts add up to, starting from another or from nothing.

    ``voided`` are the acts that a later one voids; they are looked for if it is not given.
    """
    if voided is None:
        acts = tuple(acts)
        voided = _voided(acts)
    folding = Folding(voided, start)
    for act in acts:
        folding.take(act)
    return folding.done()


class Folding:
    """A fold under way: act after act, with what each of them changed."""

    def __init__(self, voided: Collection[int], start: Register = EMPTY) -> None:
        self._start = start
        self.draft = Draft(start)
        """What all acts so far add up to, in the making."""
        self._undo: dict[int, tuple[Change, ...]] = {}
        self._voided = voided
        self._last: Act | None = None

    def take(self, act: Act) -> tuple[Change, ...]:
        """Add one more act; the records it changes."""
        changes = _step(self.draft, act, self._undo)
        if act.n in self._voided:
            self._undo[act.n] = changes
        self._last = act
        return changes

    def done(self) -> Register:
        """The register all acts so far add up to."""
        last = self._last
        return self._start if last is None else self.draft.finish(last.n, last.on, last.at)


Step = tuple[Act, Register, Register, tuple[Change, ...]]
"""An act with the register before and after it and the records it changed."""


def replay(
    acts: Iterable[Act],
    start: Register = EMPTY,
    *,
    voided: Collection[int] | None = None,
    undo: Undo | None = None,
) -> Iterator[Step]:
    """The acts one after another, from a register or from nothing.

    ``voided`` are the acts that a later one voids; they are looked for if it is not given.
    ``undo`` is what earlier acts changed that are voided by these.
    """
    if voided is None:
        acts = tuple(acts)
        voided = _voided(acts)
    register, known = start, dict(undo or {})
    for act in acts:
        before = register
        register, changes = after(before, act, known)
        if act.n in voided:
            known[act.n] = changes
        yield act, before, register, changes


def _voided(acts: Iterable[Act]) -> frozenset[int]:
    return frozenset(act.event.voids for act in acts if isinstance(act.event, Voided))


def after(
    register: Register, act: Act, undo: Undo | None = None
) -> tuple[Register, tuple[Change, ...]]:
    """The register after one more act, and the records it changed.

    An act that voids another needs to be told in ``undo`` what that one changed.
    """
    draft = Draft(register)
    changes = _step(draft, act, undo or {})
    return draft.finish(act.n, act.on, act.at), changes


def changes_of(acts: Iterable[Act], n: int) -> tuple[Change, ...]:
    """The records an act changed, found by folding the acts up to it; none if it is unknown."""
    for act, _, _, changes in replay(act for act in acts if act.n <= n):
        if act.n == n:
            return changes
    return ()


def _step(draft: Draft, act: Act, undo: Undo) -> tuple[Change, ...]:
    draft.changes = []
    if isinstance(act.event, Voided):
        _reverse(draft, act, undo[act.event.voids])
    else:
        _EFFECTS[type(act.event)](act.event, act, draft)
        admitting.use(act, draft)
    breaches = [note for note in act.findings if note.force.binds and _of_law(note.article)]
    if act.happened and breaches:
        subjects = tuple(dict.fromkeys(note.subject for note in breaches))
        facts = tuple(note.fact for note in breaches)
        leaving.open_case("违规", subjects, facts, act, draft)
    return tuple(draft.changes)


def _of_law(article: str) -> bool:
    """Whether an article is one of a regulation rather than of bookkeeping."""
    return not article.startswith(BOOK_ORDER.short)


def intact(register: Register, changes: Iterable[Change]) -> bool:
    """Whether what an act left behind is still exactly so, which voiding it requires."""
    latest = {(change.table, change.key): change.after for change in changes}
    return all(
        getattr(register, table).get(key) == record
        for (table, key), record in latest.items()
        if table not in _GIVEN
    )


def _reverse(draft: Draft, act: Act, changes: tuple[Change, ...]) -> None:
    """Put back what stood before; a page that was new stays, closed as void."""
    for change in reversed(changes):
        if change.table in _GIVEN:
            continue
        if isinstance(change.after, Entry) and change.before is None:
            void = evolve(change.after, custody=Closed(Closing.VOIDED), since=act.on, act=act.n)
            draft.put(change.table, change.key, void)
        elif change.before is not None or change.table != "documents":
            draft.put(change.table, change.key, change.before)
