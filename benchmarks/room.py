"""A whole room beside a bare file and SQLite: acts with their rules, opening, history, verifying.

``python benchmarks/room.py`` makes rooms of some sizes, writes acts into each and into its peers
in turn, then a room of a million acts over ten years, which is opened and verified.
``--sizes``, ``--events`` and ``--folder`` take others. Every figure is a median.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

import orjson
from peers import Raw, Sqlite, event, interleaved, stock, tell

from ledger import Cabinet, Circulated, Level, Medium, Person, Registered, Returned, Written
from ledger.event import Event
from ledger.room import Room
from ledger.room import room as one_room
from ledger.store.chain import check

START = datetime(2016, 1, 4, 9, 0)  # noqa: DTZ001 - the room's wall clock
_BATCH = 1000


class Clock:
    """A clock that stands until it is told to go on, so many acts fill some years."""

    now = START

    def __call__(self) -> datetime:
        """The moment."""
        return self.now.replace(microsecond=0)


def furnished(folder: Path, carriers: int, clock: Clock) -> Room:
    """A room with people, cabinets and carriers."""
    room = Room.create(folder, unit="示范局", level=Level.绝密, clock=clock)
    room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
    room.record(Registered(thing=Cabinet(level=Level.绝密, supervised=True, secured=True)))
    things = (
        Registered(thing=Medium(level=Level.机密, serial=f"ZY16-{n:06}", keeper="王敏"))
        for n in range(1, carriers + 1)
    )
    while batch := list(islice(things, _BATCH)):
        room.record_all(batch)
    return room


def acting(folder: Path, size: int, rounds: int) -> None:
    """One act through the whole room: rules, fold, line and registers."""
    room = furnished(folder / "room", size, Clock())
    raw, sqlite = Raw(folder), Sqlite(folder)
    sqlite.bulk(range(1, size + 1))
    sqlite.settle()
    spread = max(size // (rounds + 1), 1)
    numbers = [1 + turn * spread % size for turn in range(rounds)]

    def act(n: int) -> None:
        room.record(Written(medium=_number(n), level=Level.秘密))

    works = {"ledger": act, "raw": raw.update, "sqlite": sqlite.update}
    tell(f"one act, {size:,} carriers", interleaved(works, numbers))
    judging = {"ledger": lambda n: room.propose(Written(medium=_number(n), level=Level.秘密))}
    tell(f"judged only, {size:,} carriers", interleaved(judging, numbers))
    room.close()


def _number(n: int) -> str:
    return f"JZ-{n:04}"


def history(events: int, carriers: int) -> Iterator[Event]:
    """Carriers go out and come back for ever."""
    for n in range(events):
        number = _number(1 + n // 2 % carriers)
        yield Returned(carrier=number) if n % 2 else Circulated(carrier=number, reader="RY-001")


def long_room(folder: Path, carriers: int, events: int) -> None:
    """A room of ten years, an act a line."""
    clock = Clock()
    room = furnished(folder, carriers, clock)
    one_room._ACTS_A_LINE = 1  # noqa: SLF001 - as if each had been recorded alone
    moves = history(events - carriers, carriers)
    start = perf_counter()
    while batch := list(islice(moves, _BATCH)):
        clock.now += timedelta(days=3650) * len(batch) / events
        room.record_all(batch, happened="补记")
    room.close()
    spent = perf_counter() - start
    print(f"{'made a room of acts, a second':<46} {(events - carriers) / spent:10,.0f}", flush=True)


def sqlite_of(folder: Path, carriers: int, events: int) -> None:
    """The same in SQLite."""
    peer = Sqlite(folder)
    peer.bulk(range(1, carriers + 1))
    peer.db.execute("begin")
    peer.db.executemany(
        "insert into events(carrier, body) values(?,?)",
        (
            (f"JZ-{1 + n % carriers:06}", orjson.dumps(event(n, 1 + n % carriers)))
            for n in range(events)
        ),
    )
    peer.db.execute("commit")
    peer.settle()
    peer.db.close()


OPEN_ROOM = """
import json, sys, time
from ledger.room import Room
from ledger.room.history import history
start = time.perf_counter()
with Room.open(sys.argv[1]) as room:
    page = room.register.carriers[sys.argv[2]]
    acts = list(history(room, sys.argv[2]))
    spent = time.perf_counter() - start
    begun = time.perf_counter(); list(history(room, "JZ-0777")); again = time.perf_counter() - begun
    status = open("/proc/self/status").read()
    peak = next(int(l.split()[1]) for l in status.splitlines() if l.startswith("VmHWM"))
    print(json.dumps([spent, again, peak, len(acts)]))
"""
OPEN_STORE = """
import json, sys, time
from pathlib import Path
from ledger.store.book import Book
from ledger.store.registers import FIELDS
start = time.perf_counter()
book = Book(Path(sys.argv[1]), fields=FIELDS)
def lines(number):
    return list(book.trail.lines(number, book.journal.years(), book.journal.place))
ident, _ = book.state.find("numbers", "number", sys.argv[2])[0]
page = book.state.get("media", ident)
acts = lines(sys.argv[2])
spent = time.perf_counter() - start
begun = time.perf_counter(); lines("JZ-0777"); again = time.perf_counter() - begun
status = open("/proc/self/status").read()
peak = next(int(l.split()[1]) for l in status.splitlines() if l.startswith("VmHWM"))
print(json.dumps([spent, again, peak, len(acts)]))
"""
OPEN_SQLITE = """
import json, sqlite3, sys, time, orjson
start = time.perf_counter()
db = sqlite3.connect(sys.argv[1])
get = "select body from media where serial=?"
page = orjson.loads(db.execute(get, ("ZY16-000500",)).fetchone()[0])
find = "select body from events where carrier=?"
acts = [orjson.loads(raw) for (raw,) in db.execute(find, (sys.argv[2],))]
spent = time.perf_counter() - start
begun = time.perf_counter()
other = [orjson.loads(raw) for (raw,) in db.execute(find, ("JZ-000777",))]
again = time.perf_counter() - begun
status = open("/proc/self/status").read()
peak = next(int(l.split()[1]) for l in status.splitlines() if l.startswith("VmHWM"))
print(json.dumps([spent, again, peak, len(acts)]))
"""
OPEN_STOCK = """
import json, sys, time
from tinydb import Query, TinyDB
start = time.perf_counter()
db = TinyDB(sys.argv[1])
page = db.table("media").get(doc_id=500)
acts = db.table("events").search(Query().carrier == sys.argv[2])
spent = time.perf_counter() - start
status = open("/proc/self/status").read()
peak = next(int(l.split()[1]) for l in status.splitlines() if l.startswith("VmHWM"))
print(json.dumps([spent, spent, peak, len(acts)]))
"""


def stock_of(folder: Path, carriers: int, events: int) -> None:
    """The same in TinyDB's own file."""
    peer = stock(folder)
    peer.bulk(range(1, carriers + 1))
    peer.events.insert_multiple(event(n, 1 + n % carriers) for n in range(events))


def opening(folder: Path, rounds: int) -> None:
    """A fresh process opens each, reads one carrier and its history."""
    works = {
        "ledger": (OPEN_STORE, str(folder / "room"), "JZ-0500"),
        "room": (OPEN_ROOM, str(folder / "room"), "JZ-0500"),
        "sqlite": (OPEN_SQLITE, str(folder / "sqlite.db"), "JZ-000500"),
        "stock": (OPEN_STOCK, str(folder / "stock.json"), "JZ-000500"),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in works}
    for turn in range(rounds):
        for name, (program, *arguments) in works.items():
            if name == "stock" and (turn or not (folder / "stock.json").exists()):
                continue
            command = [sys.executable, "-c", program, *arguments]
            out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
            found[name].append(json.loads(out))
    for place, what in enumerate(("opened, a carrier and its history", "history of another")):
        medians = {name: median(r[place] for r in rows) for name, rows in found.items() if rows}
        room = {"room": medians.pop("room")} | {k: v for k, v in medians.items() if k != "ledger"}
        tell(f"{what}, store alone", medians)
        tell(f"{what}, whole room", room, "room")
    memory = {name: median(row[2] for row in rows) for name, rows in found.items() if rows}
    print("most memory the process had, with what it reads of its files: ", end="")
    print(", ".join(f"{name} {kib / 1024:,.1f} MB" for name, kib in memory.items()), flush=True)


def verifying(folder: Path, rounds: int) -> None:
    """The chain of the whole book, beside one pass of its digest over the same bytes."""
    journal = folder / "room" / "journal"

    def once() -> None:
        for path in sorted(journal.glob("*.jsonl")):
            state = hashlib.new("sm3")
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    state.update(block)

    works = {"ledger": lambda _: check(journal, "sm3"), "one SM3 pass": lambda _: once()}
    tell("chain of the whole book", interleaved(works, range(rounds)))
    print(f"{'its lines':<46} {check(journal, 'sm3').lines:10,}", flush=True)


ROOM_WRITER = """
import sys, time
from ledger import Medium, Registered
from ledger.room import Room
room = Room.open(sys.argv[1])
print("ready", flush=True); sys.stdin.readline()
for n in range(int(sys.argv[2])):
    start = time.perf_counter()
    room.record(Registered(thing=Medium(serial=f"{sys.argv[3]}{n}")))
    print(time.perf_counter() - start)
"""
SQLITE_WRITER = """
import sqlite3, sys, time, orjson
db = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
db.execute("pragma synchronous=full")
print("ready", flush=True); sys.stdin.readline()
body = b"x" * 700
for n in range(int(sys.argv[2])):
    start = time.perf_counter()
    db.execute("begin immediate")
    db.execute("insert into media(serial, body) values(?,?)", (f"{sys.argv[3]}{n}", body))
    db.execute("commit")
    print(time.perf_counter() - start)
"""


def together(folder: Path, acts: int) -> None:
    """Two processes write at once; how long one of them waits."""
    with Room.create(folder / "two", unit="示范局") as room:
        room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
    Sqlite(folder).db.close()
    found = {}
    for name, program, path in (
        ("ledger", ROOM_WRITER, folder / "two"),
        ("sqlite", SQLITE_WRITER, folder / "sqlite.db"),
    ):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", program, str(path), str(acts), who],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for who in "AB"
        ]
        for writer in writers:
            writer.stdout.readline()
        for writer in writers:
            writer.stdin.write("\n")
            writer.stdin.flush()
        found[name] = sorted(float(s) for w in writers for s in w.communicate()[0].split())
    tell("two terminals, median wait", {name: median(waits) for name, waits in found.items()})
    tell("two terminals, longest wait", {name: waits[-1] for name, waits in found.items()})
    with Room.open(folder / "two") as room:
        print(f"{'acts in the book, of ' + str(2 * acts):<46} {len(room.acts) - 2:10,}", flush=True)
    (folder / "sqlite.db").unlink()


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--carriers", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = Path(mkdtemp(dir=options.folder))
    try:
        together(folder, 1000)
        for size in options.sizes:
            (folder / str(size)).mkdir()
            acting(folder / str(size), size, options.rounds)
        if options.events:
            long_room(folder / "room", options.carriers, options.events)
            sqlite_of(folder, options.carriers, options.events)
            stock_of(folder, options.carriers, options.events)
            opening(folder, 7)
            verifying(folder, 5)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
