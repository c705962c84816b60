"""Looking back: the register at the end of a day, the balance of a year, what an act changed."""

from collections.abc import Collection
from datetime import date, timedelta

from ledger.event import Event, Voided
from ledger.register.balance import Balance, balanced
from ledger.register.fold import Undo, fold, replay
from ledger.register.record import Change
from ledger.register.register import Register
from ledger.room.acts import Acts
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
        return register_of(then.state, then.last, self._book.codec)

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
        return self.changes_of_each((n,)).get(n, ())

    def changes_of_each(self, wanted: Collection[int]) -> Undo:
        """What each of some acts changed, found by going once through the lines that hold them."""
        known = [n for n in wanted if 1 <= n <= len(self._acts)]
        if not known:
            return {}
        line = self._acts.line(min(known))
        first = int(line["n"])
        if "l" not in line:  # a line of the first schema
            register = fold(self._acts[: first - 1])
        else:
            register = self._at(past.before(self._book, line["l"]))
        acts = self._acts[first - 1 : max(known)]
        early = (n for act in acts for n in _voids(act.event) if n < first)
        steps = replay(acts, register, undo={n: self.changes_of(n) for n in early})
        return {act.n: changes for act, _, _, changes in steps if act.n in wanted}


def _voids(event: Event) -> tuple[int, ...]:
    return (event.voids,) if isinstance(event, Voided) else ()
