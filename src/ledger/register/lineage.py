"""Compilations and their parts: what the whole must bear, and what a part's change alters."""

from collections.abc import Iterable

from ledger.carrier import Document
from ledger.inherit import Joined, join
from ledger.mark import InvalidMark, Mark
from ledger.register.register import Register

__all__ = ["affected", "compiled_end"]


def compiled_end(parts: Iterable[Document]) -> Joined | None:
    """The highest level and latest end of some documents, declassified ones left out.

    Raises ``InvalidMark`` when a part has a term in years but no day of issue.
    """
    return join(
        Joined.of(part.mark, part.issued_on)
        for part in parts
        if part.mark is not None and part.level is not None
    )


def affected(register: Register, number: str) -> tuple[str, ...]:
    """The compilations a document is part of whose mark its change would alter."""
    found = []
    for whole in register.documents.values():
        if number in whole.made_from and whole.level is not None:
            parts = tuple(register.documents[part] for part in whole.made_from)
            if _mark_of(parts) != whole.mark:
                found.append(whole.number)
    return tuple(sorted(found))


def _mark_of(parts: Iterable[Document]) -> Mark | None:
    try:
        end = compiled_end(parts)
    except InvalidMark:
        return None
    return end.mark if end else None
