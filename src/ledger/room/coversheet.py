"""报送封面: what the sheet says that goes with a book handed in to the bureau."""

from typing import Any

from ledger.books.chronicle import Chronicle
from ledger.day import chinese
from ledger.event import HandedIn

__all__ = ["cover_of"]


def cover_of(book: Chronicle) -> dict[str, Any]:
    """The values of the sheet of the last hand-in; none where there was none yet."""
    found = list(book.of(HandedIn))
    if not found:
        return {}
    act, event = found[-1]
    return {
        "file": event.file,
        "digest": event.digest,
        "head": event.head,
        "scope": "隐去题名姓名" if event.concealed else "整本",
        "acts": act.n - 1,
        "on": chinese(act.on),
        "by": act.by,
    }
