"""Places in the book: how far it goes, and where a line stands."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from attrs import frozen

from ledger.store.line import GENESIS
from ledger.trouble import Tampered

__all__ = ["BEGINNING", "Owner", "Place", "Row", "TamperedBook", "named", "year_file"]


class TamperedBook(Tampered):
    """A line that is not as it was written; the message is a Chinese sentence that names it."""


@frozen
class Owner:
    """Whose book it is and how it is chained, as the first line of every file says."""

    room: str
    """An identifier given once, which tells a file from one of another room."""
    unit: str
    hash: str


class Place(NamedTuple):
    """How far a book goes: what stands before it is known, what comes next follows ``head``."""

    year: int = 0
    """The file, 0 before the first."""
    end: int = 0
    """Bytes of the file."""
    row: int = 0
    """Lines of the file."""
    line: int = 0
    """Lines of the whole book."""
    head: str = GENESIS
    closed: bool = False
    """Whether the file has its last line."""

    def turned(self, year: int) -> "Place":
        """The place at the beginning of another year's file."""
        return Place(year, 0, 0, self.line, self.head)


class Row(NamedTuple):
    """A line of the book: the place before it, where it ends, and what it says."""

    before: Place
    end: int
    data: Mapping[str, Any]
    head: str

    @property
    def after(self) -> Place:
        """The place behind the line."""
        year, _, row, line, _, _ = self.before
        return Place(year, self.end, row + 1, line + 1, self.head, "sealed" in self.data)

    def __str__(self) -> str:
        return named(self.before)


BEGINNING: Final = Place()
"""Before the first line."""


def year_file(year: int) -> str:
    """The name of a year's file."""
    return f"{year:04}.jsonl"


def named(before: Place) -> str:
    """The line behind a place, as an officer finds it."""
    return f"账本 journal/{year_file(before.year)} 第{before.row + 1}行"
