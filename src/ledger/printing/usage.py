"""How far each kind of label sheet is used, remembered in the room's folder.

Not part of the book: losing the file costs a sheet of labels at most.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ledger.printing.definition import InvalidDefinition
from ledger.printing.sheet import FRESH, Place, Sheet

__all__ = ["NAME", "place_on", "remember"]

NAME: Final = "sheets.json"


def _read(room: Path) -> Mapping[str, Place]:
    try:
        data = json.loads((room / "labels" / NAME).read_text("utf-8"))
        return {
            name: Place(int(each["start"]), tuple(int(n) for n in each["skip"]))
            for name, each in data.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InvalidDefinition(f"labels/{NAME}读不通，删去它就从新的一张标签纸印起") from None


def place_on(sheet: Sheet, room: Path) -> Place:
    """Where the next label goes on a sheet; paper that is cut is always fresh."""
    place = FRESH if sheet.cut else _read(room).get(sheet.id, FRESH)
    return place if place.start <= sheet.count else FRESH


def remember(sheet: Sheet, place: Place, room: Path) -> None:
    """Keep where the next label goes; nothing is kept for paper that is cut."""
    if sheet.cut:
        return
    kept = {**_read(room), sheet.id: place}
    data = {name: {"start": each.start, "skip": list(each.skip)} for name, each in kept.items()}
    folder = room / "labels"
    folder.mkdir(mode=0o700, exist_ok=True)
    draft = folder / f"{NAME}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1, sort_keys=True)
    draft.replace(folder / NAME)
