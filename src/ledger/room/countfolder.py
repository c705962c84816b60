"""The counts a room has had: read one by one, as the book knows them."""

from collections.abc import Iterator

from ledger.counting.session import Session
from ledger.event import Counted
from ledger.room.countfile import FOLDER, BadCount, CountFile, Tell, paths, silent
from ledger.room.room import Room

__all__ = ["count_file", "counts", "known", "latest"]


def counts(room: Room) -> list[Session]:
    """Every count of the room that reads, the oldest first."""
    return [*latest(room)][::-1]


def latest(room: Room) -> Iterator[Session]:
    """The counts of the room that read, the last one first, each read when it is asked for."""
    for path in reversed(paths(room.folder)):
        try:
            yield known(room, count_file(room, path.stem))
        except BadCount:
            continue


def known(room: Room, file: CountFile, tell: Tell = silent) -> Session:
    """A session, closed also where the book has it and its own file was cut off before saying so.

    Raises ``BadCount``.
    """
    session = file.session(tell)
    if session.open:
        for act in room.acts[session.listed.acts :]:
            if isinstance(act.event, Counted) and act.event.listed == session.digest:
                file.add({"closed": act.n})
                return file.session()
    return session


def count_file(room: Room, id_: str) -> CountFile:
    """The file of a count by its name, there or not, its texts sealed where the room's are."""
    return CountFile(room.folder / FOLDER / f"{id_}.jsonl", room.settings.hash, room.book.codec)
