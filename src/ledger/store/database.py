"""The tables of a book as a TinyDB database: its own interface, at the cost of what changes.

Stock TinyDB reads and writes the whole database for each operation. Here a table answers from
the book's state, and an update becomes one line of the book.
"""

from typing import cast

from tinydb import TinyDB

from ledger.store.state import Change
from ledger.store.storage import JournalStorage, Transaction
from ledger.store.table import JournalTable

__all__ = ["LedgerDB"]


class LedgerDB(TinyDB):
    """A folder's tables; ``fields`` names, for each table, those its documents are found by.

    >>> from tempfile import mkdtemp
    >>> from tinydb import Query
    >>> with LedgerDB(mkdtemp(), {"media": ("serial",)}) as db:
    ...     db.table("media").insert({"serial": "A1", "level": "机密"})
    ...     db.table("media").get(Query().serial == "A1")
    1
    {'serial': 'A1', 'level': '机密'}
    """

    default_storage_class = JournalStorage  # type: ignore[assignment]
    table_class = JournalTable  # type: ignore[assignment]

    @property
    def _journal(self) -> JournalStorage:
        return cast(JournalStorage, self._storage)

    @property
    def transaction(self) -> Transaction:
        """A block of which all that is done to any of the tables is written, or nothing."""
        return self._journal.transaction

    def tables(self) -> set[str]:
        """The names of the tables."""
        return set(self._journal.state.tables())

    def drop_table(self, name: str) -> None:
        """Take a table out, if it is there."""
        self._tables.pop(name, None)
        if name in self.tables():
            with self.transaction:
                self.transaction.add([Change.of(name, None, None)])
