"""What is done to the book itself: backed up, and texts in it blanked."""

from attrs import frozen

from ledger.number import CarrierNo

__all__ = ["BackedUp", "Redacted"]


@frozen(kw_only=True)
class BackedUp:
    """备份: the whole room was packed into one file."""

    file: str
    digest: str
    """The digest of the file, by the book's own algorithm."""
    head: str
    """The head of the book as far as the file goes."""
    medium: CarrierNo = CarrierNo("")
    """The medium the file was put on."""


@frozen(kw_only=True)
class Redacted:
    """涂销: a text typed by mistake was blanked in the book; that it was there still shows."""

    subject: str
    """The number whose page had the text, or blank."""
    field: str
    reason: str
    act_no: int = 0
    """The act that had the text, where it stood on no page."""
