"""A count under way: the numbered list it is made against, every read, every decision.

A session is a value; each of its steps is one line of the file it is kept in. Nothing in the
book changes before the count is closed.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, IntEnum
from functools import cached_property
from typing import Self

from attrs import evolve, field, frozen
from immutables import Map

from ledger.place import Custody, InCabinet, InRoom

__all__ = [
    "Choice",
    "Decided",
    "Line",
    "Listed",
    "Read",
    "Round",
    "Session",
    "Spot",
]


class Round(IntEnum):
    """Whose turn it is: the first counter, a second one who sees nothing of that, or both checking."""

    FIRST = 1
    SECOND = 2
    CHECK = 3

    def __str__(self) -> str:
        return ("初点", "复点", "核对")[self - 1]


@frozen
class Spot:
    """Where the officer keeps things: a compartment, a cabinet, or the room outside cabinets."""

    cabinet: str = ""
    compartment: str = ""

    def __str__(self) -> str:
        return f"{self.cabinet}柜{self.compartment}" if self.cabinet else "保密室"

    @classmethod
    def of(cls, custody: Custody) -> Self | None:
        """The spot of a custody; ``None`` for what is not in the officer's keeping.

        >>> Spot.of(InRoom())
        Spot(cabinet='', compartment='')
        """
        match custody:
            case InCabinet(cabinet, compartment):
                return cls(cabinet, compartment)
            case InRoom():
                return cls()
            case _:
                return None

    def agrees(self, other: "Spot") -> bool:
        """Whether both mean one place, a cabinet alone standing for any of its compartments."""
        open_ = not self.compartment or not other.compartment
        return self.cabinet == other.cabinet and (open_ or self.compartment == other.compartment)


@frozen
class Line:
    """One line of the list: what has to be at a spot, or what is out and where."""

    n: int
    number: str
    spot: Spot | None
    out: str = ""


@frozen(kw_only=True)
class Listed:
    """The list as it was when the count began; it does not follow the book."""

    scope: str = ""
    """The cabinet that is counted; blank for the room and every cabinet."""
    acts: int
    """The last act of the book the list was made from."""
    moment: datetime
    lines: tuple[Line, ...] = ()

    @property
    def place(self) -> str:
        """What is counted, in words."""
        return f"{self.scope}柜" if self.scope else "全室（保密室和各柜）"

    @cached_property
    def expected(self) -> int:
        """How many pieces have to be there."""
        return sum(line.spot is not None for line in self.lines)

    @cached_property
    def by_number(self) -> Mapping[str, Line]:
        """The lines by number."""
        return {line.number: line for line in self.lines}

    @property
    def text(self) -> str:
        """What the list's digest is taken of."""
        head = f"baomi-count-1\n{self.scope}\n{self.acts}\n{self.moment.isoformat()}\n"
        rows = (f"{each.n}\t{each.number}\t{each.spot or ''}\t{each.out}\n" for each in self.lines)
        return head + "".join(rows)


@frozen(kw_only=True)
class Read:
    """One code that was scanned or one number that was typed, at a spot.

    ``number`` is blank for what the book does not know; ``text`` is what was read, and ``said``
    what is the matter with its label.
    """

    number: str
    text: str
    spot: Spot
    round: Round
    by: str
    at: datetime
    said: str = ""

    @property
    def subject(self) -> str:
        """What differences and decisions about it go by."""
        return self.number or self.text


class Choice(Enum):
    """What is to be done about one difference."""

    BACK = "放回原处"
    MOVE = "登记到现处"
    RETURN = "登记归还"
    STILL = "仍属借出"
    CASE = "立案查找"
    SEEN = "复核见到"
    FOUND = "登记找回"
    SEALED = "封存待查"
    HANDED = "送还原主"

    def __str__(self) -> str:
        return self.value


@frozen(kw_only=True)
class Decided:
    """A decision about one difference, and by whom."""

    subject: str
    choice: Choice
    note: str = ""
    spot: Spot | None = None
    """Where it is booked to, if not where it was read."""
    by: str
    at: datetime


@frozen(kw_only=True)
class Session:
    """A count as far as it has come."""

    id: str
    listed: Listed
    digest: str
    counters: tuple[str, ...]
    """Who counts, by round."""
    round: Round = Round.FIRST
    spot: Spot = Spot()
    found: Map[str, tuple[Read, ...]] = field(factory=Map)
    """Every read by its subject."""
    reads: int = 0
    decisions: Map[str, Decided] = field(factory=Map)
    result: Mapping[str, tuple[str, str]] = field(factory=dict)
    """How each number stood and where it ought to have been, as the book was told."""
    act: int | None = None
    """The act the count came to, once it is closed."""
    abandoned: str = ""

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.act is None and not self.abandoned

    @property
    def counter(self) -> str:
        """Whose turn it is."""
        return self.counters[min(self.round, len(self.counters)) - 1]

    @property
    def blind(self) -> bool:
        """Whether nothing of what was found before may be shown now."""
        return self.round is Round.SECOND

    @property
    def lines(self) -> Mapping[str, Line]:
        """The lines of the list by number."""
        return self.listed.by_number

    def of_round(self, subject: str, round_: Round) -> tuple[Read, ...]:
        """What was read of a subject in one round, in order."""
        return tuple(read for read in self.found.get(subject, ()) if read.round is round_)

    def went(self, spot: Spot) -> "Session":
        """The session with the counter at a spot."""
        return evolve(self, spot=spot)

    def took(self, read: Read) -> "Session":
        """The session after one more read."""
        found = self.found.set(read.subject, (*self.found.get(read.subject, ()), read))
        return evolve(self, found=found, reads=self.reads + 1)

    def turned(self, round_: Round, by: str) -> "Session":
        """The session in its next round; a second counter joins the first."""
        counters = (*self.counters, by) if round_ is Round.SECOND else self.counters
        return evolve(self, round=round_, counters=counters, spot=Spot(self.listed.scope))

    def settled(self, decided: Decided) -> "Session":
        """The session with one more decision, in place of an earlier one about the same."""
        return evolve(self, decisions=self.decisions.set(decided.subject, decided))
