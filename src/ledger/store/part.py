"""What a line of the book says: acts, and the documents they changed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import orjson
from attrs import frozen

from ledger.store.state import Change

__all__ = ["SCHEMA", "Part", "changes_in", "last_act", "line_of", "made_now"]

SCHEMA: Final = 4
"""What this program writes, and what it makes of an act."""


@frozen
class Part:
    """A line to be written: the documents it changes, and what else it says."""

    records: bytes
    """The JSON list of the changes, blank for none."""
    count: int
    said: Mapping[str, Any]

    @classmethod
    def of(cls, changes: Sequence[Change], said: Mapping[str, Any] | None = None) -> Self:
        """A line that makes some changes."""
        names = {name: orjson.dumps(name) for name in {change.table for change in changes}}
        records = b",".join(
            b"[%b,%b,%b]" % (names[table], b"null" if n is None else b"%d" % n, raw or b"null")
            for table, n, _, raw in changes
        )
        return cls(b"[%b]" % records if records else b"", len(changes), said or {})


def changes_in(data: Mapping[str, Any]) -> list[Change] | None:
    """The documents a line changes; ``None`` for a line of the first schema, which names none."""
    records = data.get("records", ())
    if any(isinstance(number, str) for _, number, _ in records):
        return None
    return [Change.of(table, number, document) for table, number, document in records]


def made_now(data: Mapping[str, Any], before: bool) -> bool:  # noqa: FBT001 - a line's predecessor
    """Whether the tables after a line are what this program makes of the acts, given whether before."""
    said = data if "baomi" in data else data.get("rebuilt")
    return before if said is None else bool(said.get("schema", SCHEMA - 1) == SCHEMA)


def last_act(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The number, day and moment of a line's last act."""
    act = data["acts"][-1]
    return {"n": data["n"] + len(data["acts"]) - 1, "on": act["on"], "at": act["at"]}


def line_of(part: Part) -> dict[str, Any]:
    """The line a part becomes."""
    records = {"records": orjson.Fragment(part.records)} if part.records else {}
    return {**part.said, **records}
