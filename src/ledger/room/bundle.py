"""证据包: the lines about one number with all that is needed to check them elsewhere."""

import json
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

from ledger.event.access import CredentialSet, OperatorAdded
from ledger.level import Sensitivity
from ledger.notation.words import act_name
from ledger.review import Proposal
from ledger.room.exporting import Outgoing, send_out
from ledger.room.room import Room
from ledger.room.signatures import raw_line
from ledger.store import chain
from ledger.store.blanking import in_line
from ledger.store.past import rows
from ledger.store.place import BEGINNING, Row
from ledger.trouble import Misuse

__all__ = ["NoEvidence", "evidence"]

_KEYS: Final = frozenset({act_name(OperatorAdded), act_name(CredentialSet)})
_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""A ZIP file's first day, so that the same lines make the same bytes."""


class NoEvidence(Misuse, ValueError):
    """A number no line is about; the message is a Chinese sentence."""


def evidence(room: Room, number: str, path: Path, *, to: str = "", by: str = "") -> Proposal:
    """Put the lines about a number, and those that name the keys they are signed with, in a file.

    Raises ``NoEvidence``, and as ``send_out``: it is an export like any other.
    """
    room.refuse_outsiders(whole=True)
    found = list(_wanted(room, number))
    if not any(_about(row, number) for row in found):
        raise NoEvidence(f"账上没有关于“{number}”的记录")
    document = room.register.documents.get(number) or room.register.document_of(number)
    entry = room.register.carriers.get(number)
    level = document.level if document else room.register.level_of(entry) if entry else None
    file = Outgoing(
        what=f"证据包 {number}",
        content=_packed(room, number, found),
        rows=len(found),
        level=level,
        sensitivity=None if level else Sensitivity.WORK_SECRET,
        path=path,
        by=by or room.by,
        target=to,
    )
    return send_out(room, file)[0]


def _wanted(room: Room, number: str) -> Iterator[Row]:
    document = room.register.document_of(number)
    names = {number, document.number if document else number}
    for row in rows(room.book, BEGINNING):
        acts = row.data.get("acts", ())
        if any(act["act"] in _KEYS for act in acts) or any(_about(row, name) for name in names):
            yield row


def _about(row: Row, number: str) -> bool:
    return any(number in about for about in row.data.get("about", ()))


def _book(room: Room) -> tuple[Path, str]:
    return room.book.journal.folder, room.book.owner.hash


def _packed(room: Room, number: str, found: list[Row]) -> bytes:
    blanks = (blank for line in chain.check(*_book(room)).blanked for blank in in_line(line))
    people = {person.name: key for key, person in room.register.people.items()}
    told = {
        "baomi": "evidence",
        "unit": room.register.unit,
        "room": room.book.owner.room,
        "hash": room.book.owner.hash,
        "number": number,
        "head": room.head,
        "blanked": sorted(
            {blank.line for blank in blanks} & {row.before.line + 1 for row in found}
        ),
        "before": [row.before.head for row in found],
        "people": {name: key for name, key in people.items() if key in room.register.operators},
    }
    parts = {
        "bundle.json": json.dumps(told, ensure_ascii=False, indent=1).encode(),
        "lines.jsonl": b"".join(raw_line(room.book, row) for row in found),
        "check.py": (files("ledger") / "witness.py").read_bytes(),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), raw)
    return packed.getvalue()
