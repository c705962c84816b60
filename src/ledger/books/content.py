"""A table that is ready to be written: headings, rows, and how secret it is as a whole."""

from typing import Any

from attrs import frozen

from ledger.level import Level, Sensitivity

__all__ = ["Content"]


@frozen(kw_only=True)
class Content:
    """What is to be written: a heading for each column, typed rows, and how secret it all is."""

    title: str
    """What an officer calls it."""
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    """The names of the columns for scripts."""
    rows: tuple[tuple[Any, ...], ...]
    level: Level | None = None
    sensitivity: Sensitivity | None = None
    beside: str = ""
    """What stands above the table, such as unit and day."""
    sign: str = ""
    """Who signs below it."""
