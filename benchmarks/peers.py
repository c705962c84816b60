"""What the store is measured beside: a bare file, SQLite, and TinyDB's own storage.

All of them keep the same documents, durably: each write is on disk when it returns.
"""

import gc
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import orjson
from tinydb import Query, TinyDB

from ledger.store.database import LedgerDB

FIELDS = {"media": ("serial",), "events": ("carrier",)}
MEDIUM = Query()
Doc = dict[str, Any]


def carrier(n: int) -> Doc:
    """A page of some 400 bytes, as a register has it."""
    return {
        "number": f"JZ-{n:06}",
        "kind": "medium",
        "name": "涉密专用U盘",
        "level": "机密",
        "model": "DZ-32G",
        "serial": f"ZY16-{n:06}",
        "asset_no": f"GD2026{n:06}",
        "department": "办公室",
        "keeper": "RY-001",
        "place": "2楼保密室",
        "custody": {"with": "cabinet", "cabinet": "G-01", "compartment": "1"},
        "since": "2026-03-02",
        "entered": "2026-03-02",
        "act": n,
        "remark": "统一购置",
    }


def event(n: int, of: int) -> Doc:
    """An act about a carrier."""
    return {
        "n": n,
        "act": "circulated",
        "carrier": f"JZ-{of:06}",
        "reader": f"RY-{n % 97:03}",
        "at": "2026-03-02T09:00:00",
        "on": "2026-03-02",
        "by": "王敏",
    }


_TURNS = count(1)
"""Makes each update change something: writing the same again costs SQLite nothing."""


class Peer(ABC):
    """What can be measured of a database."""

    @abstractmethod
    def insert(self, n: int) -> None:
        """One document."""

    @abstractmethod
    def update(self, n: int) -> None:
        """A document and an event in one transaction."""

    @abstractmethod
    def bulk(self, numbers: Iterable[int]) -> None:
        """Many documents in one transaction."""

    @abstractmethod
    def get(self, n: int) -> Any:
        """A document by its number."""

    @abstractmethod
    def search(self, n: int) -> Any:
        """A document by its serial number."""


class Raw:
    """A bare file: a line appended and synced is all it can do."""

    def __init__(self, folder: Path) -> None:
        self.file = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def insert(self, n: int) -> None:
        """One document."""
        self._write(orjson.dumps(carrier(n)))

    def update(self, n: int) -> None:
        """A document and an event."""
        turn = next(_TURNS)
        new = {**carrier(n), "act": turn}
        self._write(orjson.dumps({"carrier": new, "event": event(turn, n)}))

    def bulk(self, numbers: Iterable[int]) -> None:
        """Many documents."""
        self._write(b"\n".join(orjson.dumps(carrier(n)) for n in numbers))

    def _write(self, raw: bytes) -> None:
        os.write(self.file, raw + b"\n")
        os.fdatasync(self.file)


class Sqlite(Peer):
    """SQLite as it is when nothing acknowledged may be lost: WAL, ``synchronous=FULL``."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "sqlite.db", isolation_level=None)
        self.db.execute("pragma journal_mode=wal")
        self.db.execute("pragma synchronous=full")
        self.db.execute("create table if not exists media(id integer primary key, serial, body)")
        self.db.execute("create index if not exists by_serial on media(serial)")
        self.db.execute("create table if not exists events(id integer primary key, carrier, body)")
        self.db.execute("create index if not exists by_carrier on events(carrier)")

    def insert(self, n: int) -> None:
        """One document."""
        doc = carrier(n)
        self.db.execute(_INSERT, (n, doc["serial"], orjson.dumps(doc)))

    def update(self, n: int) -> None:
        """A document and an event in one transaction."""
        turn = next(_TURNS)
        new, said = {**carrier(n), "act": turn}, event(turn, n)
        self.db.execute("begin immediate")
        self.db.execute("update media set body=? where id=?", (orjson.dumps(new), n))
        self.db.execute(
            "insert into events(carrier, body) values(?,?)", (said["carrier"], orjson.dumps(said))
        )
        self.db.execute("commit")

    def bulk(self, numbers: Iterable[int]) -> None:
        """Many documents in one transaction."""
        docs = ((n, carrier(n)) for n in numbers)
        self.db.execute("begin immediate")
        self.db.executemany(_INSERT, ((n, d["serial"], orjson.dumps(d)) for n, d in docs))
        self.db.execute("commit")

    def settle(self) -> None:
        """Begin a new log, as after every closing."""
        self.db.execute("pragma wal_checkpoint(truncate)")

    def get(self, n: int) -> Any:
        """A document by its number."""
        return orjson.loads(self.db.execute(_GET, (n,)).fetchone()[0])

    def search(self, n: int) -> Any:
        """A document by its serial number."""
        found = self.db.execute(_SEARCH, (f"ZY16-{n:06}",)).fetchall()
        return [orjson.loads(raw) for (raw,) in found]


_INSERT = "insert into media values(?,?,?)"
_GET = "select body from media where id=?"
_SEARCH = "select body from media where serial=?"


class Tables(Peer):
    """A TinyDB database: ours over a book, or TinyDB's own over one JSON file."""

    def __init__(self, db: TinyDB) -> None:
        self.db = db
        self.media, self.events = db.table("media"), db.table("events")

    def insert(self, n: int) -> None:
        """One document."""
        self.media.insert(carrier(n))

    def update(self, n: int) -> None:
        """A document, and then an event; stock TinyDB cannot write them together."""
        turn = next(_TURNS)
        self.media.update({"act": turn}, doc_ids=[n])
        self.events.insert(event(turn, n))

    def bulk(self, numbers: Iterable[int]) -> None:
        """Many documents."""
        self.media.insert_multiple(carrier(n) for n in numbers)

    def get(self, n: int) -> Any:
        """A document by its number."""
        return self.media.get(doc_id=n)

    def search(self, n: int) -> Any:
        """A document by its serial number."""
        return self.media.search(MEDIUM.serial == f"ZY16-{n:06}")


class Ledger(Tables):
    """Ours."""

    db: LedgerDB

    def update(self, n: int) -> None:
        """A document and an event in one transaction."""
        with self.db.transaction:
            super().update(n)


def ledger(folder: Path) -> Ledger:
    """Ours, in a folder."""
    return Ledger(LedgerDB(folder / "book", FIELDS))


def stock(folder: Path) -> Tables:
    """TinyDB's own."""
    return Tables(TinyDB(folder / "stock.json"))


def interleaved(
    works: Mapping[str, Callable[[int], object]], numbers: Iterable[int]
) -> dict[str, float]:
    """The median seconds of each work, one after another for every number."""
    times: dict[str, list[float]] = {name: [] for name in works}
    gc.collect()
    gc.freeze()
    for number in numbers:
        for name, work in works.items():
            start = perf_counter()
            work(number)
            times[name].append(perf_counter() - start)
    gc.unfreeze()
    return {name: median(some) for name, some in times.items()}


def tell(what: str, medians: Mapping[str, float], ours: str = "ledger") -> None:
    """One line: our median, and its ratio to each of the others."""
    beside = (
        f"{medians[ours] / seconds:7.3f} x {name}"
        for name, seconds in medians.items()
        if name != ours
    )
    print(f"{what:<46} {medians[ours] * 1e6:10,.1f} us  {'  '.join(beside)}", flush=True)
