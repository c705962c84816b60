"""Compilations and their parts: what the whole must bear, and what a part's change affects."""

from collections.abc import Iterable

from ledger.carrier import Document
from ledger.inherit import Joined, join
from ledger.register.register import Register

__all__ = ["compiled_end", "made_of"]


def compiled_end(parts: Iterable[Document]) -> Joined | None:
    """The highest level and latest end of some documents, declassified ones left out.

    Raises ``InvalidMark`` when a part has a term in years but no day of issue.
    """
    return join(
        Joined.of(part.mark, part.issued_on)
        for part in parts
        if part.mark is not None and part.level is not None
    )


def made_of(register: Register, number: str) -> tuple[Document, ...]:
    """The compilations and excerpts a document is part of, which a change of it may affect."""
    return tuple(
        whole for whole in register.in_order(register.documents) if number in whole.made_from
    )
