"""接收报送: a unit's book is checked to its last line and filed, or refused in one sentence."""

import re
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import orjson
from attrs import frozen

from ledger.bureau.filing import UNITS, Filed, file_away, filed
from ledger.bureau.refusal import RefusedHandIn
from ledger.event import HandInTaken
from ledger.pack import InvalidPack
from ledger.register.exchanging import TAKEN
from ledger.review import Proposal
from ledger.room.acts import UnreadableBook
from ledger.room.handing import HAND_IN
from ledger.room.room import Clock, Room
from ledger.room.verification import verify
from ledger.store import chain
from ledger.store.backup import BadBackup, Manifest, digest_of, unpack
from ledger.store.digest import NoSuchDigest, digest
from ledger.store.disk import DISK
from ledger.store.journal import Journal
from ledger.store.settings import SETTINGS, InvalidSettings, Settings
from ledger.text import quoted

__all__ = ["Receipt", "latest", "take"]

_MAY_BE: Final = re.compile(r"room\.toml|journal/\d{4}\.jsonl|packs/[^/]+\.toml")
_ROOM: Final = re.compile(r"[0-9a-f]{16}")


@frozen(kw_only=True)
class Receipt:
    """What became of a hand-in."""

    filed: Filed
    before: HandInTaken | None
    """What the room handed in last before this, if it did."""
    book_head: str
    """The head of the unit's own book, which its sheet has too."""
    proposal: Proposal | None
    """The act; ``None`` where this very hand-in had been taken already."""


@frozen(kw_only=True)
class _Looked:
    """A hand-in that holds: its manifest, where it lies, and the head of the unit's own book."""

    manifest: Manifest
    folder: Path
    room: str
    book_head: str


def latest(room: Room, of: str) -> HandInTaken | None:
    """What a unit's room handed in last; ``None`` if it never did."""
    taken = room.register.rounds.get(f"{TAKEN}/{of}")
    event = None if taken is None else room.acts[taken.act - 1].event
    return event if isinstance(event, HandInTaken) else None


def take(
    room: Room,
    file: Path,
    *,
    by: str = "保密员",
    renamed: bool = False,
    another: bool = False,
    thorough: bool = True,
) -> Receipt:
    """Check a hand-in, record its receipt in the bureau's own room, and file it under the unit.

    ``renamed`` says that a room under another unit's name is the same one; ``another`` that the
    unit has one more room. ``thorough`` works the registers of a whole book out anew from its acts,
    since the questions read them. Raises ``RefusedHandIn``; then nothing has changed.
    """
    units = room.folder / UNITS
    units.mkdir(mode=0o700, exist_ok=True)
    staging = Path(mkdtemp(prefix=".taking-", dir=units))
    try:
        looked = _looked(file, staging / "in")
        if thorough and not looked.manifest.concealed:
            _worked_out_anew(looked, room.clock)
        before = latest(room, looked.room)
        _against_others(room, looked, before, renamed=renamed, another=another)
        again = before is not None and _goes_on(looked, before)
        event = _event(room, looked, file, renamed=renamed and before is not None)
        now = Filed.of(event, looked.folder, on=room.clock().date(), made=looked.manifest.made)
        proposal = None if again else room.record(event, by=by)
        kept = next((each for each in filed(room.folder) if each.room == looked.room), None)
        if not again or kept is None or kept.head != now.head:
            file_away(room.folder, now, looked.folder)
        return Receipt(filed=now, before=before, book_head=looked.book_head, proposal=proposal)
    except BadBackup as error:
        raise RefusedHandIn(str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _looked(file: Path, folder: Path) -> _Looked:
    """Unpack a hand-in and check it by itself."""
    manifest = unpack(file, folder, HAND_IN)
    strange = [each.name for each in manifest.files if not _MAY_BE.fullmatch(each.name)]
    if strange:
        raise RefusedHandIn(f"“{file.name}”里有不属于账本的文件{quoted(strange[0])}，没有接收")
    try:
        settings = Settings.read(folder / SETTINGS)
    except (OSError, InvalidSettings) as error:
        raise RefusedHandIn(f"“{file.name}”里没有读得通的 room.toml，没有接收") from error
    journal = folder / "journal"
    owners = list(_owners(journal, manifest.hash))
    stated = {(manifest.unit, manifest.room)}
    if {(settings.unit, settings.room), *owners} != stated or settings.hash != manifest.hash:
        raise RefusedHandIn(f"“{file.name}”里的账本不是清单所说的{manifest.unit}的，没有接收")
    found = chain.check(journal, manifest.hash)
    if found.fault or found.torn:
        said = found.fault or f"账本第{found.lines}行没有写完"
        raise RefusedHandIn(f"{manifest.unit}的账本不符，没有接收：{said}")
    if (found.head, found.lines) != (manifest.head, manifest.line):
        raise RefusedHandIn(f"{manifest.unit}的账本比清单所记的短或被重写过，没有接收")
    first, last = _line(journal, 1), _line(journal, manifest.line)
    return _Looked(
        manifest=manifest,
        folder=folder,
        room=_known_as(manifest, first),
        book_head=str(last.get("of", last["h"])),
    )


def _worked_out_anew(looked: _Looked, clock: Clock) -> None:
    """Refuse a book whose registers are not what its acts add up to."""
    unit = looked.manifest.unit
    try:
        with Room.open(looked.folder, clock=clock) as opened:
            found = verify(opened, handed_in=True)
    except (UnreadableBook, InvalidPack, NoSuchDigest) as error:
        raise RefusedHandIn(f"{unit}的账本读不通，没有接收：{error}") from error
    if not found.holds:
        raise RefusedHandIn(f"{unit}的账本不符，没有接收：{found.faults[0]}")
    (looked.folder / "room.lock").unlink(missing_ok=True)


def _known_as(manifest: Manifest, first: dict[str, Any]) -> str:
    """The identifier of a room; of a book older than identifiers the head of its first line."""
    if not manifest.room:
        return str(first.get("of", first["h"]))[:16]
    if not _ROOM.fullmatch(manifest.room):
        raise RefusedHandIn(f"{quoted(manifest.unit)}的台账识别号不对，没有接收")
    return manifest.room


def _owners(folder: Path, hash_: str) -> Iterator[tuple[str, str]]:
    """Whose the first line of each year says the book is."""
    journal = Journal(folder, digest(hash_), DISK)
    for year in journal.years():
        owner = journal.owner(year)
        if owner is not None:
            yield owner.unit, owner.room


def _line(folder: Path, number: int) -> dict[str, Any]:
    """A line of a book by its number, which is at least 1."""
    left = number - 1
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            for raw in islice(file, left, None):
                found: dict[str, Any] = orjson.loads(raw)
                return found
        with path.open("rb") as file:
            left -= sum(1 for _ in file)
    raise RefusedHandIn(f"账本没有第{number}行，没有接收")


def _against_others(
    room: Room, looked: _Looked, before: HandInTaken | None, *, renamed: bool, another: bool
) -> None:
    """Refuse another unit's room, and a unit that comes with a room of which nothing is known."""
    unit = looked.manifest.unit
    if before is not None and before.unit != unit and not renamed:
        raise RefusedHandIn(
            f"这个台账上次是{before.unit}报送的，这次写的是{unit}，没有接收；"
            "确是同一单位更名的，加 --renamed"
        )
    if before is None and not another:
        for key in room.register.rounds:
            kind, _, other = str(key).partition("/")
            known = latest(room, other) if kind == TAKEN else None
            if known is not None and known.unit == unit:
                raise RefusedHandIn(
                    f"{unit}已报送过另一个台账（识别号{known.room}），这次的识别号是{looked.room}，"
                    "没有接收；单位确有几个保密室的，加 --another；重新建账的，先查明原因"
                )


def _goes_on(looked: _Looked, before: HandInTaken) -> bool:
    """Whether it is the very hand-in that was taken last; raises if it does not go on from that."""
    unit, lines = looked.manifest.unit, looked.manifest.line
    if lines < before.lines:
        raise RefusedHandIn(
            f"{unit}这份是旧的：只到第{lines}行，上次已收到第{before.lines}行，没有接收"
        )
    then = _line(looked.folder / "journal", before.lines)
    if str(then.get("of", then["h"])) != before.book_head:
        raise RefusedHandIn(
            f"{unit}的账本在上次报送之前的内容被改动过：第{before.lines}行与{before.file}不同，没有接收"
        )
    return lines == before.lines and looked.manifest.head == before.head


def _event(room: Room, looked: _Looked, file: Path, *, renamed: bool) -> HandInTaken:
    manifest = looked.manifest
    return HandInTaken(
        unit=manifest.unit,
        room=looked.room,
        file=file.name,
        digest=digest_of(file, room.book.owner.hash),
        lines=manifest.line,
        head=manifest.head,
        book_head=looked.book_head,
        concealed=manifest.concealed,
        renamed=renamed,
    )
