"""What passes between a unit and its bureau: the book handed in, and taken."""

from attrs import frozen

from ledger.number import CarrierNo

__all__ = ["HandInRefused", "HandInTaken", "HandedIn"]


@frozen(kw_only=True)
class HandedIn:
    """报送: the book was packed into a file for the bureau, as far as it may see it."""

    file: str
    digest: str
    """The digest of the file, by the book's own algorithm."""
    head: str
    """The head of the book as far as the file goes."""
    concealed: bool = False
    """Whether titles and names were left out."""
    medium: CarrierNo = CarrierNo("")
    """The medium the file was put on."""


@frozen(kw_only=True)
class HandInTaken:
    """接收报送: a unit's book came in, held, and went on from what it handed in before."""

    unit: str
    room: str
    """The identifier of the unit's room."""
    file: str
    digest: str
    lines: int
    head: str
    """The head of the file's own chain."""
    book_head: str
    """The head of the unit's book at that line; the same for a book that came whole."""
    concealed: bool = False
    renamed: bool = False
    """Whether the room was another unit's name before, and the officer says it is the same."""


@frozen(kw_only=True)
class HandInRefused:
    """退回报送: a file came in as a unit's book and did not hold; nothing of it was kept."""

    file: str
    digest: str
    reason: str
    """The sentence it was refused with, which names the line where one is wrong."""
    unit: str = ""
    """Whose the file says it is, which may be a lie; blank where it says nothing."""
