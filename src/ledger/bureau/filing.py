"""Where the books of the units lie in the bureau's room: a folder each, with what is known of it.

``units/示范局-5dc60d500e1d0a43/`` holds the book as it was handed in, and ``unit.jsonl``: one line
with the receipt and the numbers of the unit's rule pack, so that an engine reads them as it lies.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Self

import orjson
from attrs import asdict, frozen

from ledger import packfile
from ledger.bureau.schema import PERIODS
from ledger.event import HandInTaken
from ledger.pack import Pack
from ledger.store.disk import DISK
from ledger.store.settings import SETTINGS, Settings

__all__ = ["UNIT", "UNITS", "Filed", "file_away", "filed"]

UNITS: Final = "units"
UNIT: Final = "unit.jsonl"
_GROUPS: Final = {"missing_days": "missing", "training_hours": "training"}
_WORDS: Final = {"秘密": 1, "机密": 2, "绝密": 3, "一般": 1, "重要": 2, "核心": 3}
"""What the numbers of a group are of, as the ending of their names."""


@frozen(kw_only=True)
class Filed:
    """One unit's book as it lies with the bureau."""

    unit: str
    room: str
    level: str
    pack: str
    taken_on: date
    made: str
    """The moment up to which the book goes."""
    lines: int
    head: str
    concealed: bool
    pages_from: int
    """The line from which the documents of the registers count, in a book that began with schema 1."""
    periods: Mapping[str, int]

    @classmethod
    def of(cls, event: HandInTaken, folder: Path, *, on: date, made: str) -> Self:
        """What is known of a book that was unpacked into a folder, after its receipt.

        Raises ``InvalidPack`` where the unit's own rules do not read.
        """
        settings = Settings.read(folder / SETTINGS)
        pack = packfile.load(settings.pack, folder).at(on)
        return cls(
            unit=event.unit,
            room=event.room,
            level=str(settings.level),
            pack=settings.pack,
            taken_on=on,
            made=made,
            lines=event.lines,
            head=event.head,
            concealed=event.concealed,
            pages_from=_pages_from(folder / "journal"),
            periods=_periods(pack),
        )

    @property
    def folder(self) -> str:
        """The name of its folder: the unit's name as far as a path may have it, and the room."""
        plain = re.sub(r"[^\w（）()·]", "", self.unit)[:40]
        return f"{plain}-{self.room}"

    @property
    def line(self) -> bytes:
        """It as a line of JSON, the numbers of the pack beside the rest."""
        said = asdict(self, recurse=False)
        return orjson.dumps(said | dict(said.pop("periods"))) + b"\n"


def _pages_from(folder: Path) -> int:
    """The first line that knows its number, where the first of all does not.

    Documents before it lie under other ids and have been written anew since.
    """
    first = True
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            for raw in file:
                if raw.startswith(b'{"l":'):
                    return 0 if first else int(orjson.loads(raw)["l"])
                first = False
    return 0


def _periods(pack: Pack) -> dict[str, int]:
    found = {name: int(getattr(pack, name)) for name in PERIODS}
    for group, name in _GROUPS.items():
        for word, number in getattr(pack, group).items():
            found[f"{name}_{_WORDS[str(word)]}"] = int(number)
    return found


def filed(folder: Path) -> Iterator[Filed]:
    """The books that lie in a bureau's room, in the order of their folders."""
    for path in sorted((folder / UNITS).glob(f"*/{UNIT}")):
        if not path.parent.name.startswith("."):
            said: dict[str, Any] = orjson.loads(path.read_bytes())
            names = [each for each in Filed.__annotations__ if each != "periods"]
            known = {name: said.pop(name) for name in names}
            known["taken_on"] = date.fromisoformat(known["taken_on"])
            yield Filed(**known, periods=said)


def file_away(folder: Path, now: Filed, unpacked: Path) -> Path:
    """Put a book into its place, for the one that lay there; where it lies.

    The act is in the bureau's book already: cut off in the middle, taking the same file once
    more finishes it.
    """
    descriptor = os.open(unpacked / UNIT, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(now.line)
        file.flush()
        os.fsync(file.fileno())
    units = folder / UNITS
    for old in units.glob(f"*-{now.room}"):
        gone = unpacked.parent / "old"
        old.rename(gone)
        shutil.rmtree(gone)
    unpacked.rename(units / now.folder)
    DISK.sync_folder(units)
    return units / now.folder
