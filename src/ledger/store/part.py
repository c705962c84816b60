"""What a line of the book says: acts, and the documents they changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from attrs import frozen

from ledger.store.state import Change

__all__ = ["Part", "changes_in", "last_act", "line_of"]


@frozen
class Part:
    """A line to be written: what it says, and the documents it changes."""

    changes: Sequence[Change]
    said: Mapping[str, Any] = {}


def changes_in(data: Mapping[str, Any]) -> list[Change] | None:
    """The documents a line changes; ``None`` for a line of the first schema, which names none."""
    records = data.get("records", ())
    if any(isinstance(number, str) for _, number, _ in records):
        return None
    return [Change.of(table, number, document) for table, number, document in records]


def last_act(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The number, day and moment of a line's last act."""
    act = data["acts"][-1]
    return {"n": data["n"] + len(data["acts"]) - 1, "on": act["on"], "at": act["at"]}


def line_of(part: Part) -> dict[str, Any]:
    """The line a part becomes."""
    records = [
        [table, number, None if raw is None else orjson.Fragment(raw)]
        for table, number, _, raw in part.changes
    ]
    return {**part.said, "records": records} if records else dict(part.said)
