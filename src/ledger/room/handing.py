"""报送: a room's book packed into a file for the bureau, whole or without titles and names."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from attrs import evolve

from ledger.event import HandedIn
from ledger.level import Level
from ledger.number import CarrierNo
from ledger.review import Proposal, Refused
from ledger.room.concealing import concealed, concealment
from ledger.room.outgoing import take_back
from ledger.room.room import Room
from ledger.store.backup import Kind, Manifest, NoPlace, digest_of, packed
from ledger.store.digest import digest
from ledger.store.place import year_file
from ledger.store.settings import SETTINGS

__all__ = ["HAND_IN", "hand_in"]

HAND_IN: Final = Kind("hand-in", "报送件", "没有接收")
Opened = tuple[str, IO[bytes], int]


def hand_in(
    room: Room,
    target: Path,
    *,
    conceal: bool = False,
    titles_below: Level | None = None,
    medium: str = "",
    by: str = "保密员",
) -> tuple[Proposal, Manifest]:
    """Pack the book as far as the bureau may see it, and record that.

    ``conceal`` leaves out titles and names, but for the titles of what was always below a level.
    Raises ``BadBackup``, and ``Refused`` before anything is packed.
    """
    event = HandedIn(
        file=target.name, digest="", head="", concealed=conceal, medium=CarrierNo(medium)
    )
    if (proposal := room.propose(event, by=by)).refused:
        raise Refused(proposal.findings)
    if target.exists():
        raise NoPlace(f"“{target}”已经存在，请换一个文件名")
    if room.folder.resolve() in target.resolve().parents:
        raise NoPlace("报送件不能放在台账文件夹里面")
    manifest, head = _packed(room, target, by, conceal=conceal, titles_below=titles_below)
    try:
        done = evolve(event, digest=digest_of(target, manifest.hash), head=head)
        return room.record(done, by=by), manifest
    except BaseException:
        take_back(target)
        raise


def _packed(
    room: Room, target: Path, by: str, *, conceal: bool, titles_below: Level | None
) -> tuple[Manifest, str]:
    """What was packed, and the head of the book itself."""
    with room.writing(), ExitStack() as stack:
        place, owner = room.book.journal.place, room.book.owner
        head, folder = place.head, room.folder / "journal"
        if conceal:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="baomi-hand-in-")))
            head = _conceal(room, folder, titles_below)
        manifest = Manifest(
            kind=HAND_IN,
            unit=owner.unit,
            room=owner.room,
            hash=owner.hash,
            made=room.clock().isoformat(),
            by="" if conceal else by,
            line=place.line,
            acts=len(room.acts),
            head=head,
            concealed=conceal,
        )
        opened = [
            (name, stack.enter_context(path.open("rb")), path.stat().st_size)
            for name, path in _files(room, folder)
        ]
        return packed(manifest, opened, target), place.head


def _conceal(room: Room, folder: Path, titles_below: Level | None) -> str:
    """Write the book as it may be shown into a folder; the head of its own chain."""
    what, last = concealment(room, titles_below), b""
    for year, raw in concealed(room, what, digest(room.book.owner.hash)):
        with (folder / year_file(year)).open("ab") as file:
            file.write(raw)
        last = raw
    return last[-67:-3].decode()


def _files(room: Room, journal: Path) -> Iterator[tuple[str, Path]]:
    """What is packed: whose room it is, the unit's own rules, and the years of the book."""
    yield SETTINGS, room.folder / SETTINGS
    for path in sorted((room.folder / "packs").glob("*.toml")):
        yield f"packs/{path.name}", path
    for path in sorted(journal.glob("*.jsonl")):
        yield f"journal/{path.name}", path
