"""The file a count is kept in: a line for the list, then a line for every step of it.

Each line is on disk before the next thing is scanned. A last line that was cut short by a power
cut is not there; anything else that does not read is told, never skipped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson
from attrs import evolve

from ledger.counting.session import Choice, Decided, Line, Listed, Read, Round, Session, Spot
from ledger.store.cipher import PLAIN, Codec
from ledger.store.digest import digest
from ledger.store.disk import DISK
from ledger.trouble import Illegible, Misuse

__all__ = ["FOLDER", "BadCount", "CountFile", "Tell", "paths", "silent", "telling"]

FOLDER: Final = "counts"
Tell = Callable[[int, int], None]
"""Is told now and then how much is done, and of how much."""
_EVERY: Final = 500
"""Lines between two times that somebody is told."""
T = TypeVar("T")


def silent(_done: int, _all: int) -> None:
    """Tell nobody."""


def telling(each: Iterable[T], of: int, tell: Tell) -> Iterator[T]:
    """The same things, telling how many have been taken."""
    for n, one in enumerate(each):
        if n % _EVERY == 0:
            tell(n, of)
        yield one


class BadCount(Illegible):
    """A count that does not read or that there is none of; the message is a Chinese sentence."""


class UnknownCount(Misuse, BadCount):
    """A count that there is none of; the message is a Chinese sentence."""


def paths(room: Path) -> list[Path]:
    """The files of every count of a room, the oldest first."""
    names = (name for name in DISK.names(room / FOLDER) if name.endswith(".jsonl"))
    return sorted((room / FOLDER / name for name in names), key=_order)


def _order(path: Path) -> tuple[str, int]:
    day, _, serial = path.stem.rpartition("-")
    return day, int(serial) if serial.isdecimal() else 0


class CountFile:
    """One count on disk, and the session its lines add up to."""

    def __init__(self, path: Path, hash_: str, codec: Codec = PLAIN) -> None:
        self.path = path
        self._codec = codec
        self._hash = digest(hash_)
        self._end = 0

    def begin(self, id_: str, listed: Listed, by: str) -> Session:
        """Write the list and give back the session that begins; raises ``OSError``."""
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        made = self._hash(listed.text.encode())
        first = {
            "count": 1,
            "id": id_,
            "by": by,
            "at": listed.moment.isoformat(),
            "scope": listed.scope,
            "acts": listed.acts,
            "digest": made,
            "lines": [_line(each) for each in listed.lines],
        }
        try:
            self.add(first)
        except OSError:
            self.path.unlink(missing_ok=True)
            raise
        DISK.sync_folder(self.path.parent)
        return _begun(id_, listed, made, by)

    def add(self, said: Mapping[str, Any]) -> None:
        """Put one line at the end and come back when it is on disk; raises ``OSError``.

        What people wrote in their own words is sealed where content is; raises ``NoContentKey``.
        """
        raw = orjson.dumps(self._codec.sealed(self._table, self._end, said)) + b"\n"
        file = DISK.open(self.path, new=True)
        try:
            file.truncate(self._end)
            file.write(self._end, raw)
            file.sync()
        finally:
            file.close()
        self._end += len(raw)

    def follow(self, session: Session, said: Mapping[str, Any]) -> Session:
        """The session after a line that was added, which is as it will be read again."""
        return _after(session, said)

    @property
    def grown(self) -> bool:
        """Whether the file has another length than when it was last read or written."""
        try:
            return self.path.stat().st_size != self._end
        except FileNotFoundError:
            return True

    def session(self, tell: Tell = silent) -> Session:
        """The session as far as the file goes; raises ``BadCount``."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            raise UnknownCount(f"没有“{self.path.stem}”这次清点") from None
        self._end = raw.rfind(b"\n") + 1
        lines = raw[: self._end].splitlines(keepends=True)
        try:
            return self._read(telling(self._opened(lines), len(lines), tell))
        except (ValueError, KeyError, TypeError, StopIteration, IndexError):
            said = "请保留原文件，另开一次清点"
            raise BadCount(f"清点记录 {self.path.name} 读不通，可能被改动过，{said}") from None

    @property
    def _table(self) -> str:
        """What sealed texts of the file are bound to, besides where their line begins."""
        return f"{FOLDER}/{self.path.stem}"

    def _opened(self, lines: list[bytes]) -> Iterator[Any]:
        end = 0
        for raw in lines:
            yield self._codec.opened(self._table, end, orjson.loads(raw))
            end += len(raw)

    def _read(self, lines: Iterator[Any]) -> Session:
        head = next(lines)
        listed = Listed(
            scope=head["scope"],
            acts=head["acts"],
            moment=datetime.fromisoformat(head["at"]),
            lines=tuple(_listed(n, *each) for n, each in enumerate(head["lines"], 1)),
        )
        if self._hash(listed.text.encode()) != head["digest"]:
            raise ValueError(head["digest"])
        session = _begun(head["id"], listed, head["digest"], head["by"])
        for said in lines:
            session = _after(session, said)
        return session


def _begun(id_: str, listed: Listed, made: str, by: str) -> Session:
    return Session(id=id_, listed=listed, digest=made, counters=(by,), spot=Spot(listed.scope))


def _line(line: Line) -> list[str]:
    if line.spot is None:
        return [line.number, line.out]
    return [line.number, line.spot.cabinet, line.spot.compartment]


def _listed(n: int, number: str, where: str, compartment: str | None = None) -> Line:
    if compartment is None:
        return Line(n, number, None, where)
    return Line(n, number, Spot(where, compartment))


def _after(session: Session, said: Mapping[str, Any]) -> Session:
    """The session after one more line of its file."""
    match said:
        case {"read": number, "text": text}:
            return session.took(
                Read(
                    number=number,
                    text=text,
                    said=said.get("said", ""),
                    spot=session.spot,
                    round=session.round,
                    by=said["by"],
                    at=datetime.fromisoformat(said["at"]),
                )
            )
        case {"place": [cabinet, compartment]}:
            return session.went(Spot(cabinet, compartment))
        case {"round": round_, "by": by}:
            return session.turned(Round(round_), by)
        case {"settle": subject, "choice": choice}:
            return session.settled(
                Decided(
                    subject=subject,
                    choice=Choice(choice),
                    note=said.get("note", ""),
                    spot=Spot(*said["to"]) if "to" in said else None,
                    by=said["by"],
                    at=datetime.fromisoformat(said["at"]),
                )
            )
        case {"result": rows}:
            return evolve(session, result={row[0]: (row[1], row[2]) for row in rows})
        case {"closed": act}:
            if {*session.lines, *session.found} - session.result.keys():
                raise ValueError(said)
            return evolve(session, act=int(act))
        case {"abandoned": reason}:
            return evolve(session, abandoned=str(reason))
        case _:
            raise ValueError(said)
