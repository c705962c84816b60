"""登记簿: the statutory books and ledgers, each in its usual columns, worked out from the acts."""

from typing import Final

from ledger.books import closing, copying, intake, movement, office, stock
from ledger.books.book import Book

__all__ = ["BOOKS", "Book", "book_named"]

BOOKS: Final[tuple[Book, ...]] = (
    *intake.BOOKS,
    *movement.BOOKS,
    *copying.BOOKS,
    *closing.BOOKS,
    *stock.BOOKS,
    *office.BOOKS,
)
"""Every book, in the order of a carrier's life."""


def book_named(word: str) -> Book | None:
    """The book of a name, in English or Chinese, or ``None``."""
    return next((book for book in BOOKS if word in (book.name, book.title, *book.other)), None)
