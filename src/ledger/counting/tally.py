"""What a count shows: how each number stands, and what may be decided about it."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from attrs import frozen

from ledger.carrier import Carrier
from ledger.counting.session import Choice, Decided, Line, Read, Round, Session, Spot
from ledger.notation.listing import place_of
from ledger.place import WithPerson
from ledger.register.record import Entry
from ledger.register.register import Register

__all__ = ["CHOICES", "Row", "Standing", "row_of", "rows", "tally"]


class Standing(Enum):
    """How one number stands in a count."""

    PRESENT = "在位"
    MISPLACED = "错位"
    OUT = "借出在外"
    UNSEEN = "应在未见"
    UNKNOWN = "账外"
    GONE = "已销毁却出现"
    TWICE = "重复"
    CONTESTED = "两次不符"
    RECOVERED = "遗失又现"
    MOVED = "期间变动"
    IN_USE = "在用"

    def __str__(self) -> str:
        return self.value


CHOICES: Final[Mapping[Standing, tuple[Choice, ...]]] = {
    Standing.PRESENT: (),
    Standing.MISPLACED: (Choice.BACK, Choice.MOVE),
    Standing.OUT: (Choice.RETURN, Choice.STILL),
    Standing.UNSEEN: (Choice.CASE,),
    Standing.UNKNOWN: (Choice.SEALED, Choice.HANDED),
    Standing.GONE: (Choice.SEALED,),
    Standing.TWICE: (Choice.BACK, Choice.MOVE, Choice.SEALED),
    Standing.CONTESTED: (Choice.SEEN, Choice.CASE),
    Standing.RECOVERED: (Choice.FOUND,),
    Standing.MOVED: (),
    Standing.IN_USE: (),
}
"""What may be decided about each; nothing where nothing has to be."""


@frozen(kw_only=True)
class Row:
    """One number of a count: where it ought to be, where it was seen, what was decided."""

    subject: str
    standing: Standing
    n: int = 0
    """Its line of the list; 0 for what is not on it."""
    expected: str = ""
    reads: tuple[Read, ...] = ()
    decided: Decided | None = None

    @property
    def seen(self) -> str:
        """Where it was read, each place once."""
        return "、".join(dict.fromkeys(str(read.spot) for read in self.reads))

    @property
    def last(self) -> Spot | None:
        """Where it was read last."""
        return self.reads[-1].spot if self.reads else None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be decided about it; what lies outside every cabinet is not booked there."""
        possible = CHOICES[self.standing]
        if self.standing is Standing.OUT and not self.reads:
            return ()
        if self.last is not None and not self.last.cabinet:
            return tuple(each for each in possible if each is not Choice.MOVE)
        return possible

    @property
    def waits(self) -> bool:
        """Whether it is a difference without a decision that fits it."""
        fits = self.decided is not None and self.decided.choice in self.choices
        return bool(self.choices) and not fits


def tally(session: Session, register: Register) -> tuple[Row, ...]:
    """Every line of the list in order, then whatever else was read or came in meanwhile.

    Of a count that is closed, as the book was told.
    """
    return tuple(rows(session, register))


def rows(session: Session, register: Register) -> Iterator[Row]:
    """The rows of a tally one after the other, for whoever has other things to do meanwhile."""
    come = session.result if session.act is not None else _come(session, register)
    others = {*session.found, *come} - session.lines.keys()
    for subject in (*(line.number for line in session.listed.lines), *sorted(others)):
        yield row_of(session, register, subject)


def _come(session: Session, register: Register) -> Iterator[str]:
    """What is in the officer's keeping only since the list was made."""
    for number in register.in_keeping(session.listed.scope):
        if number not in session.lines and register.carriers[number].act > session.listed.acts:
            yield number


def row_of(session: Session, register: Register, subject: str) -> Row:
    """How one number stands, in the book and in the count."""
    line = session.lines.get(subject)
    entry = register.carriers.get(subject)
    reads = session.found.get(subject, ())
    if session.act is not None:
        word, expected = session.result[subject]
        standing = Standing(word)
    else:
        standing, expected = (
            _standing(session, line, entry, reads),
            _expected(line, entry, register),
        )
    return Row(
        subject=subject,
        standing=standing,
        n=line.n if line else 0,
        expected=expected,
        reads=reads,
        decided=session.decisions.get(subject),
    )


def _expected(line: Line | None, entry: Entry[Carrier] | None, register: Register) -> str:
    if line is not None:
        return line.out or str(line.spot)
    if entry is None:
        return ""
    return place_of(register, entry) or str(entry.custody)


def _standing(
    session: Session, line: Line | None, entry: Entry[Carrier] | None, reads: tuple[Read, ...]
) -> Standing:
    if entry is None:
        return Standing.UNKNOWN
    if _moved(session, line, entry):
        return Standing.MOVED
    if not entry.open:
        return Standing.GONE
    if entry.missing:
        return Standing.RECOVERED
    spot = Spot.of(entry.custody)
    if spot is None:
        used = isinstance(entry.custody, WithPerson) and entry.custody.purpose == "使用"
        return Standing.IN_USE if used else Standing.OUT
    if not reads:
        return Standing.UNSEEN
    if len({read.spot for read in _last_round(reads)}) > 1:
        return Standing.TWICE
    if _contested(session, reads):
        return Standing.CONTESTED
    within = not session.listed.scope or session.listed.scope == spot.cabinet
    return Standing.PRESENT if within and spot.agrees(reads[-1].spot) else Standing.MISPLACED


def _moved(session: Session, line: Line | None, entry: Entry[Carrier]) -> bool:
    """Whether the book has moved it since the list was made, so that the count says nothing of it."""
    if entry.act <= session.listed.acts:
        return False
    then = line.spot if line is not None else None
    return line is None or Spot.of(entry.custody) != then or bool(entry.missing)


def _last_round(reads: tuple[Read, ...]) -> Iterator[Read]:
    return (read for read in reads if read.round is reads[-1].round)


def _contested(session: Session, reads: tuple[Read, ...]) -> bool:
    """Whether two counters disagree about it and nobody has looked again."""
    rounds = {read.round: read.spot for read in reads}
    if session.round is Round.FIRST or len(session.counters) == 1 or Round.CHECK in rounds:
        return False
    if session.round is Round.SECOND:
        return False
    return len(rounds) == 1 or not rounds[Round.FIRST].agrees(rounds[Round.SECOND])
