"""Compilations and their parts: what the whole must bear, and what a part's change affects."""

from collections.abc import Iterable

from ledger.carrier import Document
from ledger.inherit import Joined, join
from ledger.level import Level
from ledger.register.pages import NOBODY
from ledger.register.register import Register

__all__ = ["compiled_end", "highest", "made_of"]


def compiled_end(parts: Iterable[Document]) -> Joined | None:
    """The highest level and latest end of some documents, declassified ones left out.

    Raises ``InvalidMark`` when a part has a term in years but no day of issue.
    """
    return join(
        Joined.of(part.mark, part.issued_on)
        for part in parts
        if part.mark is not None and part.level is not None
    )


def highest(numbers: Iterable[str], register: Register) -> Level | None:
    """The highest level among some carriers, which is what their envelope shows."""
    entries = (register.carriers[number] for number in numbers if number in register.carriers)
    levels = (register.level_of(entry) for entry in entries)
    return max((level for level in levels if level is not None), default=None)


def made_of(register: Register, number: str) -> tuple[Document, ...]:
    """The compilations and excerpts a document is part of, which a change of it may affect."""
    wholes = sorted(register.wholes.get(number, NOBODY), key=register.idents.__getitem__)
    return tuple(map(register.documents.__getitem__, wholes))
