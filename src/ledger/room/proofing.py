"""模板检查: every template drawn for the longest real records at the usual dots, and read back."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from ledger.notation.listing import rows
from ledger.printing.font import MissingGlyph
from ledger.printing.line import advance
from ledger.printing.payload import KINDS
from ledger.printing.proof import DPIS, Fault, faults
from ledger.printing.template import Template, templates
from ledger.register.labelling import BLANK
from ledger.room.labelling import chosen, values
from ledger.room.room import Room

__all__ = ["SAMPLE", "Checked", "check_templates"]

SAMPLE: Final[Mapping[str, str]] = {
    "unit": "示范市示范区示范局保密办公室",
    "level": "绝密",
    "number": "JSJ-0001",
    "name": "涉密专用便携式计算机",
    "person": "欧阳䶮㛃𠅤",
    "department": "保密工作办公室",
    "place": "3楼301保密间",
    "code": "1" * 24,
    "kind": "计算机",
    "issue": "10",
    "model": "安泰 S2000-16G",
    "serial": "ZY16-2026-000042",
    "asset_no": "ZC-2026-000042",
    "enabled": "2026-11-25",
}
"""What a template is tried with where the room has nothing of its kind yet."""
_RULER_DOTS: Final = 24


@frozen
class Checked:
    """One template: what it was tried with, at which dots, and what is wrong."""

    template: Template
    tried: tuple[str, ...]
    faults: tuple[Fault, ...]


def check_templates(
    room: Room, only: Iterable[Template] = (), dpis: tuple[int, ...] = DPIS
) -> Iterator[Checked]:
    """Each template, tried with the longest record of every field that the room has of its kinds."""
    longest = {kind: _longest(room, kind) for kind in KINDS if kind != BLANK}
    for template in [*only] or templates(room.folder).values():
        records = {n: v for kind in template.for_ for n, v in longest[kind].items()}
        tried: Mapping[str, Mapping[str, str]] = records or {"样例": SAMPLE}
        yield Checked(template, tuple(tried), faults(template, tried, dpis))


_FIELDS: Final = (
    "number",
    "name",
    "alias",
    "model",
    "keeper",
    "department",
    "place",
    "serial",
    "asset_no",
)


def _longest(room: Room, kind: str) -> dict[str, dict[str, str]]:
    """The values of the labels that are longest in one field or another, by number.

    With them one that has no level, and for each field one with a character no font draws.
    """
    widest: dict[str, tuple[int, str]] = {}
    for row in rows(room.register, kind):
        entry = room.register.carriers.get(row["number"])
        if entry is not None and not entry.open:
            continue
        if not row["level"]:
            widest.setdefault("plain", (0, row["number"]))
        for name in _FIELDS:
            key, wide = _wide(name, str(row.get(name, "")))
            if wide > widest.get(key, (0, ""))[0]:
                widest[key] = (wide, row["number"])
    numbers = dict.fromkeys(number for _, number in widest.values())
    return {want.number: values(room, want) for want in chosen(room, numbers)}


def _wide(name: str, text: str) -> tuple[str, int]:
    """What a text competes for, and how wide it is."""
    try:
        return name, advance(text, _RULER_DOTS)
    except MissingGlyph:
        return f"{name} without a font", 1
