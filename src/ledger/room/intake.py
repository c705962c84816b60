"""导入一个文件: what it looks like, and what taking it in would do; a screen's way to the import."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ledger.exchange.cell import Fault
from ledger.exchange.directions import Directions
from ledger.exchange.inspection import inspect
from ledger.exchange.source import Source
from ledger.notation.words import KIND_LABELS
from ledger.room.importing import Import, Taken, take_in
from ledger.room.room import Room

__all__ = ["ENDINGS", "KINDS", "MODES", "Fault", "Taken", "looks_like", "take", "where"]

ENDINGS: Final = (
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "xls",
    "et",
    "html",
    "htm",
    "xml",
    "json",
    "jsonl",
    "ods",
)
"""How the names of files that can be taken in usually end."""
KINDS: Final = tuple(KIND_LABELS.items())
"""What a file can be taken in as, by name and in Chinese."""
MODES: Final = {
    "create": "只登记新的",
    "upsert": "登记新的，也更新有变动的",
    "update": "只更新有变动的",
}


def looks_like(path: Path) -> str:
    """The kind of register a file looks most like, blank for none; raises ``Unreadable``."""
    found = inspect(Source.at(path), Directions())
    best = max(found.looks, key=lambda look: sum(map(bool, look.columns.values())), default=None)
    return best.kind if best is not None and any(best.columns.values()) else ""


def take(
    room: Room,
    path: Path,
    kind: str,
    *,
    mode: str = "create",
    dry_run: bool,
    rejects: Path | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Taken:
    """Take a file in, or with ``dry_run`` see what that would come to; raises as ``take_in``.

    With a file for the rows that are wrong the others are taken in; without one all or nothing.
    """
    wanted = Import(
        source=Source.at(path),
        directions=Directions(kind=kind, mode=mode).checked(),
        by=room.by,
        skip=rejects is not None,
        rejects=rejects,
        dry_run=dry_run,
        tell=tell,
    )
    return take_in(room, wanted)


def where(fault: Fault) -> str:
    """Where a fault stands in its file, as the officer sees the file."""
    column = f" {fault.column}列" if fault.column else ""
    return f"{fault.sheet}第{fault.row}行{column}"
