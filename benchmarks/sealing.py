"""A sealed room beside the same room unsealed: acting, opening, reading, finding, verifying, size.

``python benchmarks/sealing.py`` measures both in turn, so that the ratios are of one machine at one
time. Every figure is a median.
"""

import argparse
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from signing import tell

from ledger import Level, Mark, Medium, Person, Received, Registered, Written
from ledger.access import OperatorRole
from ledger.carrier import Document
from ledger.person import Category, Circle
from ledger.room import Room
from ledger.room.directory import Directory
from ledger.room.operators import add
from ledger.room.sealing import seal
from ledger.room.signing_in import sign_in
from ledger.room.verification import verify

PASSWORD = "a-password-of-16"
ROLES = frozenset({OperatorRole.OFFICER, OperatorRole.SECRECY})
NAMES = ("sealed", "unsealed")
_DOCUMENTS = 1000


def incoming(room: Room, n: int) -> Received:
    """A letter as it comes in, with the texts such a letter has."""
    document = Document(
        title=f"关于第{n}号事项有关情况的通知",
        doc_no=f"示发〔2026〕{n}号",
        issuer="示范省厅",
        issued_on=room.clock().date(),
        mark=Mark.parse("机密★10年"),
        circle=Circle.of(["王敏"]),
    )
    return Received(document=document, sender="示范省厅", channel="机要通信")


def furnished(folder: Path, *, sealed: bool) -> Room:
    """A room with documents and carriers, its officer signed in."""
    room = Room.create(folder, unit="示范局", level=Level.机密)
    officer = Person(name="王敏", roles=frozenset({"保密员"}), category=Category.CORE)
    room.record(Registered(thing=officer))
    add(room, "王敏", ROLES, PASSWORD)
    sign_in(room, "王敏", PASSWORD)
    if sealed:
        seal(room)
    room.record_all(
        Registered(thing=Medium(level=Level.机密, serial=f"S{n}")) for n in range(_DOCUMENTS)
    )
    for n in range(_DOCUMENTS):
        room.record(incoming(room, n))
    return room


def acting(rooms: dict[str, Room], rounds: int) -> None:
    """An act full of texts, and one without any."""
    turns = count(_DOCUMENTS)
    works: dict[str, Callable[[], object]] = {
        name: lambda room=room: room.record(incoming(room, next(turns)))  # type: ignore[misc]
        for name, room in rooms.items()
    }
    tell("a letter received", works, rounds)
    works = {
        name: lambda room=room: room.record(  # type: ignore[misc]
            Written(medium=f"JZ-{1 + next(turns) % _DOCUMENTS:04}", level=Level.秘密)
        )
        for name, room in rooms.items()
    }
    tell("a medium written", works, rounds)


def reading(rooms: dict[str, Room], rounds: int) -> None:
    """What a screen does: one page, and all lines of a register by what they say."""

    def page(room: Room) -> object:
        room.follow()
        return room.register.document_of("WJ-2026-0500")

    def learnt(room: Room) -> object:
        return list(Directory(room, ["paper"], lambda _: ()).learn())

    tell("a page read afresh", {n: lambda r=r: page(r) for n, r in rooms.items()}, rounds)  # type: ignore[misc]
    few = max(rounds // 20, 3)
    tell("a thousand lines gathered", {n: lambda r=r: learnt(r) for n, r in rooms.items()}, few)  # type: ignore[misc]
    tell("the book verified", {n: lambda r=r: verify(r) for n, r in rooms.items()}, 3)  # type: ignore[misc]


def opening(folder: Path, rounds: int) -> None:
    """Opening, as everybody does before signing in."""
    works: dict[str, Callable[[], object]] = {
        name: lambda name=name: Room.open(folder / name).close()  # type: ignore[misc]
        for name in NAMES
    }
    tell("opening", works, max(rounds // 4, 3))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    folder = Path(mkdtemp())
    try:
        rooms = {name: furnished(folder / name, sealed=name == "sealed") for name in NAMES}
        acting(rooms, rounds)
        reading(rooms, rounds)
        for name, room in rooms.items():
            room.close()
            sizes = [path.stat().st_size for path in sorted((folder / name / "journal").glob("*l"))]
            print(f"{name:<10} journal {sum(sizes):>9} bytes")
        opening(folder, rounds)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
