"""A hand-in looked at by itself: whole, the book the manifest says, and chained to its last line."""

import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from re import compile as pattern
from typing import Any, Final

import orjson
from attrs import frozen

from ledger.bureau.conforming import misfit
from ledger.bureau.refusal import RefusedHandIn
from ledger.pack import InvalidPack
from ledger.room.acts import UnreadableBook
from ledger.room.handing import HAND_IN
from ledger.room.room import Clock, Room
from ledger.room.verification import verify
from ledger.store import chain
from ledger.store.backup import MANIFEST, BadBackup, Manifest, unpack
from ledger.store.digest import NoSuchDigest, digest
from ledger.store.disk import DISK
from ledger.store.journal import Journal, TamperedBook
from ledger.store.settings import SETTINGS, InvalidSettings, Settings
from ledger.text import InvalidText, legible, quoted

__all__ = ["Parcel", "claimed", "line_of", "opened"]

_MAY_BE: Final = pattern(r"room\.toml|journal/\d{4}\.jsonl|packs/[^/]+\.toml")
_ROOM: Final = pattern(r"[0-9a-f]{16}")
_LONGEST_MANIFEST: Final = 1 << 20
_TEXTS: Final = ("unit", "room", "hash", "made", "by", "head")
_SAID: Final = (BadBackup, InvalidPack, NoSuchDigest, TamperedBook, UnreadableBook)
"""What is told in a sentence already."""
_STRANGE: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What a file made to do harm can end in."""


@frozen(kw_only=True)
class Parcel:
    """A hand-in that holds: its manifest, where it lies, and the head of the unit's own book."""

    manifest: Manifest
    folder: Path
    room: str
    book_head: str


def opened(file: Path, folder: Path, clock: Clock, *, thorough: bool) -> Parcel:
    """Unpack a hand-in into an empty folder and check it.

    ``thorough`` works the registers of a whole book out anew from its acts. Raises
    ``RefusedHandIn`` for whatever is wrong with it.
    """
    try:
        parcel = _looked(file, folder)
        if thorough and not parcel.manifest.concealed:
            _worked_out_anew(parcel, clock)
    except _SAID as error:
        said = str(error)
        raise RefusedHandIn(said if "没有接收" in said else f"{said}，没有接收") from error
    except _STRANGE as error:
        raise RefusedHandIn(f"{quoted(file.name)}里有读不通的内容，没有接收") from error
    return parcel


def _readable(text: str) -> bool:
    try:
        return bool(legible(text))
    except InvalidText:
        return False


def _looked(file: Path, folder: Path) -> Parcel:
    manifest = unpack(file, folder, HAND_IN)
    strange = [each.name for each in manifest.files if not _MAY_BE.fullmatch(each.name)]
    if strange:
        raise RefusedHandIn(f"“{file.name}”里有不属于账本的文件{quoted(strange[0])}，没有接收")
    if not all(isinstance(getattr(manifest, name), str) for name in _TEXTS):
        raise RefusedHandIn(f"“{file.name}”里没有读得通的清单，没有接收")
    if not manifest.unit or not _readable(manifest.unit):
        raise RefusedHandIn(f"“{file.name}”写的单位名称{quoted(manifest.unit)}不能用，没有接收")
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
    _typed(manifest.unit, journal)
    first, last = line_of(journal, 1), line_of(journal, manifest.line)
    return Parcel(
        manifest=manifest,
        folder=folder,
        room=_known_as(manifest, first),
        book_head=str(last.get("of", last["h"])),
    )


def _typed(unit: str, journal: Path) -> None:
    """Refuse a book with a line that no engine could read beside those of others."""
    number = 0
    for path in sorted(journal.glob("*.jsonl")):
        with path.open("rb") as file:
            for raw in file:
                number += 1
                if field := misfit(_json(raw)):
                    said = f"账本第{number}行的{field}读不通"
                    raise RefusedHandIn(f"{unit}的账本不符，没有接收：{said}")


def _json(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def _worked_out_anew(parcel: Parcel, clock: Clock) -> None:
    """Refuse a book whose registers are not what its acts add up to."""
    unit = parcel.manifest.unit
    try:
        with Room.open(parcel.folder, clock=clock) as room:
            found = verify(room, handed_in=True)
    except (UnreadableBook, InvalidPack, NoSuchDigest) as error:
        raise RefusedHandIn(f"{unit}的账本读不通，没有接收：{error}") from error
    if not found.holds:
        raise RefusedHandIn(f"{unit}的账本不符，没有接收：{found.faults[0]}")
    (parcel.folder / "room.lock").unlink(missing_ok=True)


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


def claimed(file: Path) -> str:
    """Whose a file says it is, nothing of it checked; blank where it says nothing."""
    try:
        with zipfile.ZipFile(file) as packed:
            info = packed.getinfo(MANIFEST)
            said = orjson.loads(packed.read(info)) if info.file_size < _LONGEST_MANIFEST else {}
        return str(said.get("unit", ""))
    except (zipfile.BadZipFile, EOFError, OSError, *_STRANGE):
        return ""


def line_of(folder: Path, number: int) -> dict[str, Any]:
    """A line of a book by its number, which is at least 1; raises ``RefusedHandIn``."""
    left = number - 1
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            for raw in islice(file, left, None):
                found: dict[str, Any] = orjson.loads(raw)
                return found
        with path.open("rb") as file:
            left -= sum(1 for _ in file)
    raise RefusedHandIn(f"账本没有第{number}行，没有接收")
