"""room.json: the registers as they stand, one TinyDB file with one record a line.

It is made from the book and can be made again; other programs read it without ours.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from tinydb import TinyDB
from tinydb.storages import Storage

from ledger.notation.codec import write_record
from ledger.notation.words import kind_name
from ledger.register.record import Change, Record
from ledger.register.register import Register
from ledger.store.journal import sync_folder

__all__ = ["Snapshot", "WholeFile", "changed", "registers"]

_TABLES: Final = (
    "documents",
    "cabinets",
    "sites",
    "people",
    "units",
    "cases",
    "readings",
    "counts",
    "sequences",
    "spoiled",
    "batches",
)


class WholeFile(Storage):
    """A TinyDB storage that replaces its file in one step and lays out one record a line."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything in the file, or ``None`` when there is none."""
        try:
            return json.loads(self.path.read_bytes())  # type: ignore[no-any-return]
        except FileNotFoundError:
            return None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put the new contents beside the old ones, sync, and let them take their name."""
        draft = self.path.with_suffix(".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(_lines(data))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)
        sync_folder(self.path.parent)


def _lines(data: dict[str, dict[str, Any]]) -> Iterator[bytes]:
    """A JSON object of tables in which every record has a line to itself."""
    opening = "{"
    for name, table in data.items():
        yield f"{opening}{_json(name)}:{{\n".encode()
        rows = [f"{_json(str(key))}:{_json(record)}" for key, record in table.items()]
        yield ",\n".join(rows).encode()
        yield b"\n}"
        opening = ",\n"
    yield b"\n}\n" if data else b"{}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Snapshot:
    """The registers of a room as a TinyDB database."""

    def __init__(self, path: Path) -> None:
        self.db = TinyDB(path, storage=WholeFile)

    def head(self) -> str:
        """The head of the book when the registers were last written; blank if never."""
        book = self.db.table("book").all()
        return str(book[0]["head"]) if book else ""

    def save(self, register: Register, head: str) -> None:
        """Write all registers as they stand after the line whose head is given."""
        book = {"unit": register.unit, "acts": register.acts, "head": head}
        self.db.storage.write({"book": {"1": book}, **registers(register)})


def registers(register: Register) -> dict[str, dict[str, Any]]:
    """The registers as TinyDB tables, carriers in one table for each kind, by ident."""
    tables: dict[str, dict[str, Any]] = {}
    for number, entry in register.carriers.items():
        ident = str(register.idents[number])
        tables.setdefault(_table(entry), {})[ident] = row(number, entry)
    for name in _TABLES:
        rows = sorted(getattr(register, name).items())
        if rows:
            tables[name] = {str(n): row(key, record) for n, (key, record) in enumerate(rows, 1)}
    return {name: dict(sorted(rows.items(), key=_ident)) for name, rows in sorted(tables.items())}


def changed(changes: Iterable[Change]) -> list[list[Any]]:
    """The records some acts left behind, as a line of the book keeps them: table, key, record."""
    latest = {(change.table, change.key): change.after for change in changes}
    return [
        [_table(record) if table == "carriers" else table, key, record and row(key, record)]
        for (table, key), record in latest.items()
        if table == "carriers" or table in _TABLES
    ]


def row(key: str, record: Record) -> dict[str, Any]:
    """A record as a JSON object that names its own key."""
    if isinstance(record, str):
        return {"key": key, "reason": record}
    data: dict[str, Any] = write_record(record)
    return {"key": key} | data


def _ident(item: tuple[str, Any]) -> int:
    return int(item[0])


def _table(entry: Any) -> str:
    return f"{kind_name(type(entry.thing))}s".replace("mediums", "media")
