"""Looking back: the register at the end of a day, the balance of a year, what an act changed."""

from datetime import date, timedelta

from ledger.event import Event, Voided
from ledger.register.balance import Balance, balanced
from ledger.register.fold import after, fold, replay
from ledger.register.record import Change
from ledger.register.register import Register
from ledger.room.acts import Acts, acts_of
from ledger.store import past
from ledger.store.book import Book
from ledger.store.reader import register_of

__all__ = ["Past"]


class Past:
    """What a room's book said before."""

    def __init__(self, book: Book, acts: Acts) -> None:
        self._book = book
        self._acts = acts

    def as_of(self, day: date) -> Register:
        """The register after the last act that was written on a day or before it."""
        return self._at(past.on(self._book, day))

    def _at(self, then: past.Past) -> Register:
        if not then.whole:
            return fold(self._acts[: then.last.get("n", 0)])
        return register_of(then.state, then.last)

    def balance(self, end: date) -> Balance:
        """The balance of custody from the first of January to a day."""
        start = date(end.year, 1, 1)
        then = past.on(self._book, start - timedelta(days=1))
        opening, last = self._at(then), past.on(self._book, end).last.get("n", 0)
        behind = self._acts.since(then.state.snapshot.place)
        acts = [act for _, some in behind for act in some if opening.acts < act.n <= last]
        early = (v for act in acts for v in _voids(act.event) if v <= opening.acts)
        undo = {voided: self.changes_of(voided) for voided in early}
        return balanced(opening, replay(acts, opening, undo=undo), start, end)

    def changes_of(self, n: int) -> tuple[Change, ...]:
        """What an act changed, found by going through its line again; nothing if it is unknown."""
        if not 1 <= n <= len(self._acts):
            return ()
        line = self._acts.line(n)
        if "l" not in line:  # a line of the first schema
            register = fold(self._acts[: line["n"] - 1])
        else:
            register = self._at(past.before(self._book, line["l"]))
        for act in acts_of(line, f"账本第{line.get('l')}行"):
            undo = {voided: self.changes_of(voided) for voided in _voids(act.event)}
            register, changes = after(register, act, undo)
            if act.n == n:
                return changes
        return ()


def _voids(event: Event) -> tuple[int, ...]:
    return (event.voids,) if isinstance(event, Voided) else ()
