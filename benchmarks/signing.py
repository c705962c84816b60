"""A room with operators beside the same room without: signing in, acting, opening, starting.

``python benchmarks/signing.py`` measures both in turn, so that the ratios are of one machine at one
time. Every figure is a median.
"""

import argparse
import hashlib
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

from peers import Raw

from ledger import Level, Medium, Person, Registered, Written
from ledger.access import OperatorRole
from ledger.person import Category
from ledger.room import Room
from ledger.room.operators import add
from ledger.room.signing_in import sign_in

PASSWORD = "a-password-of-16"
ROLES = frozenset({OperatorRole.OFFICER, OperatorRole.SECRECY})
_CARRIERS = 1000


def furnished(folder: Path, *, guarded: bool) -> Room:
    """A room with carriers, and with an operator who is signed in or without."""
    room = Room.create(folder, unit="示范局", level=Level.机密)
    officer = Person(name="王敏", roles=frozenset({"保密员"}), category=Category.CORE)
    room.record(Registered(thing=officer))
    if guarded:
        add(room, "王敏", ROLES, PASSWORD)
        sign_in(room, "王敏", PASSWORD)
    room.record_all(
        Registered(thing=Medium(level=Level.机密, serial=f"S{n}")) for n in range(_CARRIERS)
    )
    return room


def tell(what: str, works: dict[str, Callable[[], object]], rounds: int) -> None:
    """The median of each in turn, and the ratio to the last."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = perf_counter()
            work()
            spent[name].append(perf_counter() - start)
    medians = {name: median(times) for name, times in spent.items()}
    *_, last = medians.values()
    for name, time in medians.items():
        print(f"{what:<34} {name:<26} {time * 1000:10.3f} ms {time / last:8.2f}", flush=True)


def acting(folder: Path, rounds: int) -> None:
    """One act with its rules and line, signed or not, beside a bare append and sync."""
    rooms = {
        name: furnished(folder / name, guarded=name == "with operators")
        for name in ("with operators", "without operators")
    }
    raw, turns = Raw(folder), count()

    def writing(room: Room) -> Callable[[], object]:
        return lambda: room.record(
            Written(medium=f"JZ-{1 + next(turns) % _CARRIERS:04}", level=Level.秘密)
        )

    works: dict[str, Callable[[], object]] = {name: writing(room) for name, room in rooms.items()}
    works["bare append and sync"] = lambda: raw.update(1 + next(turns) % _CARRIERS)
    tell("one act", works, rounds)
    for room in rooms.values():
        room.close()


def opening(folder: Path, rounds: int) -> None:
    """Opening, and signing in."""
    with Room.open(folder / "with operators") as room:
        tell("sign-in", {"sign-in": lambda: sign_in(room, "王敏", PASSWORD)}, max(rounds // 20, 3))
    works: dict[str, Callable[[], object]] = {
        name: lambda name=name: Room.open(folder / name).close()  # type: ignore[misc]
        for name in ("with operators", "without operators")
    }
    tell("opening", works, max(rounds // 4, 3))


def starting(folder: Path, rounds: int) -> None:
    """A command from its process on: listing, not signed in."""

    def listing(name: str) -> Callable[[], object]:
        words = ["--room", str(folder / name), "status"]
        code = "from ledger.cli import main; main()"
        return lambda: subprocess.run(
            [sys.executable, "-c", code, *words], capture_output=True, check=True
        )

    works = {name: listing(name) for name in ("with operators", "without operators")}
    tell("starting (status)", works, max(rounds // 20, 3))


def painted(folder: Path, *, guarded: bool) -> None:
    """The screen from its process on until the page of today is drawn, a password typed where asked."""
    child, terminal = pty.fork()
    if not child:
        os.environ |= {
            "TERM": "xterm-256color",
            "BAOMI_WIDTH": "1",
            "COLUMNS": "120",
            "LINES": "40",
        }
        words = ["baomi", "--room", str(folder), *(("--by", "王敏") if guarded else ())]
        os.execv(Path(sys.executable).parent / "baomi", words)
    seen, typed = b"", not guarded
    while "经办人".encode() not in seen and select.select([terminal], [], [], 60)[0]:
        seen += os.read(terminal, 65536)
        if not typed and "口令".encode() in seen:
            os.write(terminal, PASSWORD.encode() + b"\r")
            typed = True
    os.close(terminal)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def screens(folder: Path, rounds: int) -> None:
    """The first page of the screen, and what of it is the derivation of the key alone."""
    names = ("with operators", "without operators")
    works: dict[str, Callable[[], object]] = {
        name: lambda name=name: painted(folder / name, guarded=name == names[0])  # type: ignore[misc]
        for name in names
    }
    works = {
        "deriving the key alone": lambda: hashlib.scrypt(
            PASSWORD.encode(), salt=b"0" * 16, n=2**16, r=8, p=1, maxmem=1 << 28, dklen=32
        ),
        **works,
    }
    tell("screen, first page", works, max(rounds // 20, 3))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    folder = Path(mkdtemp())
    try:
        acting(folder, rounds)
        opening(folder, rounds)
        starting(folder, rounds)
        screens(folder, rounds)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
