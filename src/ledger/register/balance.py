"""平衡: opening + in = out + closing, for any slice of the carriers and any span of days.

Custody is double entry. A carrier that comes into the book, leaves it or changes level is
posted into one slice and out of another, so every line adds up or the book is wrong. Days are
those on which the acts were written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile

from attrs import frozen

from ledger.act import Act
from ledger.carrier import Carrier
from ledger.place import AtUnit, Awaiting, Closed, Custody, InCabinet, InRoom, InTransit
from ledger.register.fold import Step, fold, replay
from ledger.register.pages import NOBODY
from ledger.register.record import Change, Entry
from ledger.register.register import Register
from ledger.register.series import series_of

__all__ = ["Balance", "Line", "balance", "balanced", "slice_of", "whereabouts"]

Slice = tuple[str, str]
"""A kind of carrier and a level, 非密 for none."""


@frozen(kw_only=True)
class Line:
    """One slice over the span: what there was, what came and went and why, what is left."""

    kind: str
    level: str
    opening: int
    came: Mapping[str, int]
    went: Mapping[str, int]
    closing: int

    @property
    def holds(self) -> bool:
        """Whether opening and incomings equal outgoings and closing."""
        return self.opening + sum(self.came.values()) == sum(self.went.values()) + self.closing


@frozen(kw_only=True)
class Balance:
    """The balance of a room from one day to another, by kind and level."""

    start: date
    end: date
    lines: tuple[Line, ...]
    custody: Mapping[str, int]
    """How many open carriers are in each kind of custody at the end."""

    @property
    def holds(self) -> bool:
        """Whether every line adds up."""
        return all(line.holds for line in self.lines)


def slice_of(register: Register, entry: Entry[Carrier]) -> Slice:
    """The kind and level a carrier is counted under."""
    level = register.level_of(entry)
    return series_of(entry.thing), str(level) if level else "非密"


def balance(acts: Iterable[Act], start: date, end: date) -> Balance:
    """The balance of a whole book's acts from ``start`` to ``end``, both days included."""
    known = tuple(acts)
    early = sum(1 for _ in takewhile(lambda act: act.at.date() < start, known))
    until = sum(1 for _ in takewhile(lambda act: act.at.date() <= end, known))
    undo = {act.n: changes for act, _, _, changes in replay(known[:early])}
    opening = fold(known[:early])
    return balanced(opening, replay(known[early:until], opening, undo=undo), start, end)


def balanced(opening: Register, steps: Iterable[Step], start: date, end: date) -> Balance:
    """The balance of the acts of a span, from the register at its beginning.

    What there is at both ends is counted, what came and went is posted act by act: that they
    agree is the proof.
    """
    came: Counter[tuple[Slice, str]] = Counter()
    went: Counter[tuple[Slice, str]] = Counter()
    closing = opening
    for _, before, closing, changes in steps:
        for slice_, word, step in _postings(before, closing, changes):
            (came if step > 0 else went)[slice_, word] += 1
    had, has = _stock(opening), _stock(closing)
    lines = (
        Line(
            kind=kind,
            level=level,
            opening=had[kind, level],
            came=_of(came, (kind, level)),
            went=_of(went, (kind, level)),
            closing=has[kind, level],
        )
        for kind, level in sorted({*had, *has, *(s for s, _ in came), *(s for s, _ in went)})
    )
    custody = Counter(whereabouts(entry.custody) for entry in closing.open_carriers())
    return Balance(start=start, end=end, lines=tuple(lines), custody=dict(custody))


def _stock(register: Register) -> Counter[Slice]:
    return Counter(slice_of(register, entry) for entry in register.open_carriers())


def _of(postings: Mapping[tuple[Slice, str], int], wanted: Slice) -> dict[str, int]:
    return {word: count for (slice_, word), count in postings.items() if slice_ == wanted}


def _postings(
    before: Register, after: Register, changes: Iterable[Change]
) -> Iterator[tuple[Slice, str, int]]:
    """What one act books: a slice, the word for it, and +1 or -1."""
    numbers: dict[str, None] = {}
    for change in changes:
        if change.table == "carriers":
            numbers[change.key] = None
        elif change.table == "documents":
            numbers.update(dict.fromkeys(after.copies.get(change.key, NOBODY)))
    for number in numbers:
        old, new = before.carriers.get(number), after.carriers[number]
        left = slice_of(before, old) if old and old.open else None
        entered = slice_of(after, new) if new.open else None
        if left == entered:
            continue
        if left is not None:
            yield left, "变更转出" if entered else _why_gone(new), -1
        if entered is not None:
            yield entered, "变更转入" if left else _why_here(old, new), 1


def _why_gone(entry: Entry[Carrier]) -> str:
    return str(entry.custody.how) if isinstance(entry.custody, Closed) else ""


def _why_here(old: Entry[Carrier] | None, new: Entry[Carrier]) -> str:
    return new.origin if old is None else "恢复在账"


def whereabouts(custody: Custody) -> str:
    """The kind of custody in a word, as a summary shows it."""
    match custody:
        case InCabinet():
            return "在柜"
        case InRoom():
            return "在室"
        case AtUnit(purpose=purpose):
            return "送修" if purpose == "维修" else "在外单位"
        case InTransit(purpose=purpose):
            return "携带外出" if purpose == "携带外出" else "递送途中"
        case Awaiting():
            return "待签收"
        case Closed(how=how):
            return str(how)
        case person:
            return {"传阅": "传阅中", "借阅": "借出"}.get(person.purpose, "在用")
