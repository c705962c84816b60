"""流水: the acts of a book, read off the disk when somebody looks."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any, Final, overload

from ledger.act import Act
from ledger.notation.codec import read_act, write_act
from ledger.reference import mentions
from ledger.register.record import Change
from ledger.review import Proposal
from ledger.store.book import Book
from ledger.store.cipher import ACTS, PLAIN, Codec
from ledger.store.past import rows
from ledger.store.place import BEGINNING, Place, Row
from ledger.store.registers import NUMBERED
from ledger.trouble import Illegible

__all__ = [
    "Acts",
    "UnreadableBook",
    "about_of",
    "acts_about",
    "acts_of",
    "said_of",
    "told_of_reading",
]

_BY_NUMBER: Final = frozenset({*NUMBERED, "spoiled"})
"""The tables whose keys are numbers an officer asks about."""


Tell = Callable[[int, int], None]
_EVERY: Final = 1000
"""Acts between two times that somebody is told."""
_tell: ContextVar[Tell] = ContextVar("tell", default=lambda _done, _all: None)


@contextmanager
def told_of_reading(tell: Tell) -> Iterator[None]:
    """A block in which ``tell`` learns how far a reading of the whole book is, and how long it is.

    A book that an earlier program wrote is read whole when it is opened, and that takes minutes
    for a million acts. What ``tell`` raises ends the reading.
    """
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


class UnreadableBook(Illegible):
    """A whole and true line that this program does not understand; a Chinese sentence."""


def acts_of(data: Mapping[str, Any], where: object, codec: Codec = PLAIN) -> list[Act]:
    """The acts a line of the book holds; ``where`` names it.

    Raises ``UnreadableBook`` for what a later version of the program must have written, and
    ``TamperedBook`` for a sealed text that does not open.
    """
    try:
        return [read_act(codec.opened(ACTS, act["n"], act)) for act in data.get("acts", ())]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableBook(
            f"{where}有本程序不认识的内容，可能是新版程序记的，请换用新版打开"
        ) from error


class Acts(Sequence[Act]):
    """The acts of a book in order, as far as it is known to go."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def __len__(self) -> int:
        return int(self._book.last.get("n", 0))

    def __iter__(self) -> Iterator[Act]:
        tell, every = _tell.get(), len(self)
        book = self._book
        read = (acts_of(row.data, row, book.codec) for row in rows(book, BEGINNING))
        for n, act in enumerate(chain.from_iterable(read)):
            if n % _EVERY == 0:
                tell(n, every)
            yield act

    def since(self, place: Place) -> Iterator[tuple[Row, list[Act]]]:
        """The lines behind a place that hold acts, each with its acts."""
        behind, codec = rows(self._book, place), self._book.codec
        return ((row, acts_of(row.data, row, codec)) for row in behind if "n" in row.data)

    @overload
    def __getitem__(self, place: int) -> Act: ...
    @overload
    def __getitem__(self, place: slice) -> list[Act]: ...
    def __getitem__(self, place: int | slice) -> Act | list[Act]:
        if isinstance(place, slice):
            wanted = range(*place.indices(len(self)))
            if not wanted:
                return []
            first = min(wanted)
            found = self._between(first + 1, max(wanted) + 1)
            return [found[n - first] for n in wanted]
        n = range(len(self))[place] + 1
        return self._between(n, n)[0]

    def _between(self, first: int, last: int) -> list[Act]:
        """The acts from one to another, line by line."""
        found: list[Act] = []
        while first + len(found) <= last:
            n = first + len(found)
            line = self.line(n)
            found += acts_of(line, f"账本第{line.get('l')}行", self._book.codec)[
                n - int(line["n"]) :
            ]
        return found

    def line(self, n: int) -> Mapping[str, Any]:
        """The line that holds an act; raises ``IndexError`` where there is none."""
        book = self._book
        lines = book.trail.lines(f"#{n}", book.journal.years(), book.journal.place)
        for line in lines:
            return line
        raise IndexError(n)


def about_of(act: Act, changes: Iterable[Change]) -> frozenset[str]:
    """The numbers an act is about: those it names, and those whose pages it changed."""
    return mentions(act.event) | {change.key for change in changes if change.table in _BY_NUMBER}


def said_of(judged: Sequence[Proposal], codec: Codec) -> dict[str, Any]:
    """What a line says of its acts, besides what they change; raises ``NoContentKey``."""
    acts = [codec.sealed(ACTS, each.act.n, write_act(each.act)) for each in judged]
    about = [sorted(about_of(proposal.act, proposal.changes)) for proposal in judged]
    return {"n": judged[0].act.n, "acts": acts, "about": about}


def acts_about(book: Book, names: Collection[str]) -> Iterator[tuple[Act, frozenset[str]]]:
    """The acts about one of these numbers, in order, each with the numbers it is about."""
    place, years = book.journal.place, book.journal.years()
    lines = (line for name in sorted(names) for line in book.trail.lines(name, years, place))
    by_number = {line["n"]: line for line in lines if "n" in line}
    for n in sorted(by_number):
        line = by_number[n]
        where = f"账本第{line.get('l')}行"
        if "about" in line:
            abouts = [frozenset(about) for about in line["about"]]
            mine = [k for k, about in enumerate(abouts) if not about.isdisjoint(names)]
            acts = acts_of({"acts": [line["acts"][k] for k in mine]}, where, book.codec)
            yield from zip(acts, (abouts[k] for k in mine), strict=True)
        else:  # a line of the first schema
            told = ((act, mentions(act.event)) for act in acts_of(line, where))
            yield from ((act, about) for act, about in told if not about.isdisjoint(names))
