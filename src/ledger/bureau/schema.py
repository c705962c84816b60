"""What the questions read: the fields of the documented format, each with its type, nothing guessed.

``ACTS`` are the fields of acts, ``PAGES`` those of the documents of the registers, table by table. An
engine is told these types; a field that is not listed is not read.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["ACTS", "LINE", "PAGES", "TABLES", "UNIT", "Many", "Parts", "Type", "only"]

Type = "str | Many | Parts"
"""``text``, ``day``, ``whole``, ``number`` or ``flag``; a list; or an object."""


@frozen
class Many:
    """A list of values of one type."""

    of: "str | Many | Parts"


@frozen
class Parts:
    """An object with fields of its own."""

    fields: Mapping[str, "str | Many | Parts"]


Fields = Mapping[str, "str | Many | Parts"]
_TEXTS: Final = Many("text")

ACTS: Final[Fields] = {
    "n": "whole",
    "on": "day",
    "by": "text",
    "act": "text",
    "happened": "text",
    "voids": "whole",
    "findings": Many(Parts(dict.fromkeys(("force", "subject", "fact", "article", "rule"), "text"))),
    "attendees": _TEXTS,
    "carrier": "text",
    "carriers": _TEXTS,
    "clearance": "flag",
    "document": "text",
    "hours": "number",
    "level": "text",
    "mark": "text",
    "number": "text",
    "scope": "text",
    "year": "whole",
    "attended": "flag",
    "drafted_by": "text",
    "classifier": "text",
    "basis": "text",
    "disclosure": "text",
}
"""Fields of acts."""

LINE: Final[Fields] = {"l": "whole", "n": "whole", "records": Many(_TEXTS)}
"""Fields of a line besides its acts; a record is a table, an id and a document as text."""

_CUSTODY: Final = Parts(
    {
        "with": "text",
        "person": "text",
        "unit": "text",
        "to": "text",
        "cabinet": "text",
        "purpose": "text",
        "how": "text",
        "due": "day",
    }
)
_REPORT: Final = Parts({"on": "day", "to": "text", "stage": "text"})
PAGES: Final[Mapping[str, Fields]] = {
    "things": {
        "kind": "text",
        "number": "text",
        "document": "text",
        "level": "text",
        "network": "text",
        "department": "text",
        "holds": "text",
        "entered": "day",
        "since": "day",
        "origin": "text",
        "missing": "text",
        "keep_until": "day",
        "inspected_on": "day",
        "custody": _CUSTODY,
        "keeper": "text",
    },
    "documents": {
        "number": "text",
        "title": "text",
        "issuer": "text",
        "issued_on": "day",
        "mark": "text",
        "clear_by": "day",
        "cipher": "flag",
        "declassified_on": "day",
    },
    "cases": {
        "number": "text",
        "nature": "text",
        "opened": "day",
        "subjects": _TEXTS,
        "facts": _TEXTS,
        "reports": Many(_REPORT),
        "reported_on": "day",
        "closed": "day",
        "group": _TEXTS,
        "established_on": "day",
        "corrections": _TEXTS,
        "closing_asked_on": "day",
    },
    "counts": {
        "key": "text",
        "on": "day",
        "expected": "whole",
        "seen": "whole",
        "missing": _TEXTS,
        "extra": _TEXTS,
        "clearance_on": "day",
    },
    "inspections": {
        "number": "text",
        "scope": "text",
        "on": "day",
        "problems": _TEXTS,
        "rectified": Many("whole"),
        "rectify_by": "day",
    },
    "people": {
        "number": "text",
        "name": "text",
        "department": "text",
        "category": "text",
        "roles": _TEXTS,
        "left_on": "day",
        "certificate_no": "text",
    },
    "standings": {
        "key": "text",
        "vetted": "text",
        "pledges": _TEXTS,
        "certified_until": "day",
        "hours": Many(Many("number")),
    },
    "outsiders": {"number": "text", "name": "text"},
    "sites": {"number": "text", "name": "text", "key": "flag", "level": "text"},
    "bodies": {"number": "text", "name": "text", "type": "text", "duties": "text", "head": "text"},
    "policies": {"key": "text", "title": "text", "effective": "day"},
    "rounds": {"key": "text", "on": "day", "times": "whole"},
    "disclosures": {
        "number": "text",
        "reviewed_on": "day",
        "approved_on": "day",
        "disclosed_on": "day",
    },
    "cabinets": {"number": "text", "level": "text", "supervised": "flag", "secured": "flag"},
}
"""Fields of the documents of the registers."""

TABLES: Final[Mapping[str, tuple[str, ...]]] = {name: (name,) for name in PAGES} | {
    "things": ("papers", "notebooks", "media", "computers", "devices"),
    "outsiders": ("units",),
}
"""The tables of the book in which the documents of each relation are."""

PERIODS: Final = (
    "count_months",
    "clearance_months",
    "computer_check_months",
    "media_check_months",
    "self_check_months",
    "unit_inspection_months",
    "circulation_days",
    "circulation_days_top_secret",
    "delivery_days",
    "rectify_days",
    "report_hours",
    "progress_days",
    "result_months",
)
"""The numbers of a pack that the questions ask with."""
UNIT: Final[Fields] = {
    "unit": "text",
    "room": "text",
    "level": "text",
    "pack": "text",
    "taken_on": "day",
    "made": "text",
    "lines": "whole",
    "concealed": "flag",
    "pages_from": "whole",
    **dict.fromkeys(
        (
            *PERIODS,
            "missing_1",
            "missing_2",
            "missing_3",
            "training_1",
            "training_2",
            "training_3",
        ),
        "whole",
    ),
}
"""Fields of ``unit.jsonl``."""


def only(fields: Fields, names: frozenset[str]) -> Fields:
    """The fields that are asked for; the first where none is, since something has to be read."""
    found = {name: kind for name, kind in fields.items() if name in names}
    return found or dict([next(iter(fields.items()))])
