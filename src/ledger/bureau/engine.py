"""What is asked of an engine, and the answer it gives: rows of a question, with their headings."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import frozen

from ledger.bureau.composing import Dialect, Statement

__all__ = ["COPY", "SPILL", "Answer", "Engine"]

COPY: Final = "units.copy"
"""The folder in the bureau's room in which an engine keeps its copy of the relations."""
SPILL: Final = ".asking"
"""The folder there for what an engine cannot hold in memory; gone when it is closed."""


@frozen
class Answer:
    """The rows a question came to."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def records(self) -> list[Mapping[str, Any]]:
        """The rows, each by its headings."""
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows]


class Engine(Protocol):
    """Something that reads JSON Lines and answers SQL."""

    @property
    def dialect(self) -> Dialect:
        """How it wants to be spoken to."""

    def run(self, statement: Statement, folder: Path, *, copied: bool) -> Answer:
        """Answer a statement over the books in a bureau's room, or over the copy of them."""

    def close(self) -> None:
        """Let go of it."""

    def copy(self, folder: Path, target: Path) -> None:
        """Make a Parquet copy of the relations of the books in a bureau's room, in a folder."""
