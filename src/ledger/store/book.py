"""A book on disk and the tables its lines add up to: read, and written a transaction at a time."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import orjson

from ledger import trouble
from ledger.store.blanking import Blank, in_line, put
from ledger.store.cipher import PLAIN, Codec
from ledger.store.digest import ALGORITHMS, digest, running
from ledger.store.disk import DISK, Disk
from ledger.store.journal import Journal, TamperedBook, Unwritten
from ledger.store.line import Signer
from ledger.store.lock import Lock
from ledger.store.part import SCHEMA, Part, changes_in, last_act, line_of, made_now
from ledger.store.place import Owner, Place
from ledger.store.postings import Postings
from ledger.store.snapshot import EMPTY, Fields, NoSnapshot, Snapshot
from ledger.store.snapshot import write as write_snapshot
from ledger.store.state import Change, State
from ledger.store.torn import lines_of
from ledger.store.trail import Trail, put_beside

__all__ = ["SNAPSHOT", "Book", "closing_file"]

SNAPSHOT: Final = "room.json"
_BATCH: Final = 1000
_FEW_DOCUMENTS: Final = 2000
"""Tables of no more documents are written whenever the book is closed."""
_SMALL: Final = 1 << 20
"""Bytes of a snapshot whose digest is worked out at every opening."""
_MOST_BEHIND: Final = 1000
"""The most lines and documents that are read again at every opening."""


class Book:
    """A folder's journal and its tables.

    ``fields`` are those by which documents are found. Opening raises ``TamperedBook`` when a
    line does not follow from the one before, ``NoSuchDigest`` for a digest nobody here computes.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fields: Fields | None = None,
        owner: Owner | None = None,
        disk: Disk = DISK,
        lock: Lock | None = None,
        afresh: bool = False,
    ) -> None:
        self.folder = folder
        self.fields: Fields = {} if fields is None else fields
        self.disk = disk
        self.lock = lock or Lock(folder / "room.lock")
        self.owner = owner or Owner(secrets.token_hex(8), "", ALGORITHMS[0])
        self._turn: bytes | None = None
        self.sign: Signer | None = None
        """What signs the lines of whoever is signed in."""
        self.codec: Codec = PLAIN
        """How content is stored, and read by whoever is signed in."""
        self.trail = Trail(folder / "journal", self.disk)
        """The lines by what they are about."""
        self.open(afresh=afresh)

    def open(self, *, afresh: bool = False) -> None:
        """Begin from the snapshot the book names, or ``afresh``, and read on from there."""
        self.notices: list[str] = []
        """What was noticed on opening that is no fault of the book itself."""
        folder = self.folder / "journal"
        self.journal = Journal(folder, digest(self.owner.hash), self.disk)
        owners = map(self.journal.owner, reversed(self.journal.years()))
        if (known := next(filter(None, owners), None)) is not None:
            self.owner = known
            self.journal = Journal(folder, digest(known.hash), self.disk)
            self.journal.room = known.room
        self.trail.close()
        self.ahead: Mapping[str, Any] = {}
        """Where the snapshot stood, if it stood further than the book goes."""
        snapshot = self._snapshot(afresh=afresh)
        self.earlier = snapshot.about.get("schema", SCHEMA) != SCHEMA
        """Whether the tables are what an earlier program made of the acts, or lack some."""
        self._stand(snapshot)
        self.journal.place = snapshot.place
        self.catch_up()
        if self.earlier:  # whose snapshot may have named no place in the book
            self.notices.clear()

    def _stand(self, snapshot: Snapshot) -> None:
        self.state = State(snapshot, self.fields)
        self.last: Mapping[str, Any] = snapshot.about.get("last", {})
        """The number, day and moment of the last act; empty before the first."""
        self.since = 0
        """How many lines and documents stand behind the snapshot."""
        self.blanks: list[Blank] = []
        """Lines that were to be blanked since the snapshot, finished or not."""

    def _snapshot(self, *, afresh: bool) -> Snapshot:
        """The snapshot the book names, or none."""
        path = self.folder / SNAPSHOT
        try:
            found = Snapshot.read(self.disk, path, self.fields)
        except FileNotFoundError:
            return EMPTY
        except NoSnapshot:
            self.notices.append(f"{SNAPSHOT}不是完整的登记文件，已改按账本推算")
            return EMPTY
        place = found.place
        line = _line_at(self.disk, self.journal.path(place.year), place)
        if line is None and afresh:
            self.ahead = {"was": {"line": place.line, "head": place.head}}
        elif line is None:
            raise TamperedBook(
                f"{SNAPSHOT}记到账本第{place.line}行，账本却没有那么长："
                "末尾被截去，或这个文件夹是在使用中复制的"
            )
        if afresh or line is None:
            return EMPTY
        named = line.get("snapshot", {})
        same = named.get("size") == found.size and (
            found.size > _SMALL or named["digest"] == found.digest(running(self.owner.hash))
        )
        if not same:
            self.notices.append(f"{SNAPSHOT}不是账本记下的那一份，已改按账本推算")
            return EMPTY
        return found

    def catch_up(self) -> bool:
        """Take in what other terminals have written since; whether there was anything."""
        if self.journal.unchanged:
            return False
        start, state, last, since = self.journal.place, self.state, self.last, self.since
        rows, blanks = self.journal.read(), list[Blank]()
        try:
            while batch := list(islice(rows, _BATCH)):
                blanks += (blank for row in batch for blank in in_line(row.data))
                found = [changes_in(row.data) for row in batch]
                for row in batch:
                    self.earlier = not made_now(row.data, not self.earlier)
                state = state.with_(chain.from_iterable(changes or () for changes in found))
                acted = (row.data for row in reversed(batch) if "n" in row.data)
                last = next(map(last_act, acted), last)
                since += sum(len(changes or ()) + 1 for changes in found)
        except TamperedBook:
            self.journal.place = start
            raise
        self.state, self.last, self.since = state, last, since
        self.blanks += blanks
        return self.journal.place != start

    def document(self, table: str, number: int) -> dict[str, Any]:
        """The document with a number as whoever is here reads it; empty for none."""
        raw = self.state.get(table, number)
        found: dict[str, Any] = self.codec.opened(table, number, orjson.loads(raw or b"{}"))
        return found

    def refresh(self) -> None:
        """Take in what others have written, if they let it be known; made for those who only read."""
        turn = self.lock.turn
        if turn is None or turn != self._turn:
            self.catch_up()
            self._turn = turn

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock, and know what all others have written."""
        with self.lock:
            self.catch_up()
            yield

    def put(self, changes: Sequence[Change], year: int) -> None:
        """Write some changes as one line, to be called while ``writing``; raises ``Unwritten``."""
        self.commit([Part.of(changes)], year, self.state.with_(changes))

    def commit(self, parts: Sequence[Part], year: int, after: State) -> None:
        """Write one transaction and the state it leads to, to be called while ``writing``.

        Raises ``Unwritten``.
        """
        place = self.journal.place
        if place.row and place.year < year and not self.earlier:
            self._close_year()
        self.journal.append(year, self.owner, [line_of(part) for part in parts], self.sign)
        self.lock.next_turn()
        self._turn = self.lock.turn
        self.state = after
        acted = (part.said for part in reversed(parts) if "n" in part.said)
        self.last = next(map(last_act, acted), self.last)
        self.since += sum(part.count + 1 for part in parts)

    @property
    def due(self) -> bool:
        """Whether so many lines stand behind the snapshot that it is worth writing anew."""
        documents = sum(map(self.state.count, self.state.tables()))
        return self.since > min(_MOST_BEHIND, max(documents - _FEW_DOCUMENTS, 0))

    def compact(self) -> None:
        """Write the tables as they stand, to be called while ``writing``.

        The book names the new snapshot before the new one takes the old one's name.
        """
        place = self.journal.place
        if not place.row:
            return
        path, state = self.folder / SNAPSHOT, self.state
        about = {
            "schema": SCHEMA,
            "room": self.owner.room,
            "unit": self.owner.unit,
            "last": self.last,
        }
        try:
            written = write_snapshot(
                self.disk,
                path,
                place,
                about,
                ((name, state.rows(name)) for name in state.tables()),
                fields=self.fields,
                state=running(self.owner.hash),
            )
            named = {"digest": written.digest, "size": written.size}
            self.journal.append(place.year, self.owner, [{"snapshot": named}])
            self.disk.replace(written.draft, path)
            self.disk.sync_folder(self.folder)
            self._index(written.postings, place)
        except OSError as error:
            with suppress(OSError):
                self.disk.remove(path.with_suffix(".draft"))
            raise Unwritten(f"登记文件没有写成，账本完好：{trouble.of_file(error)}") from error
        self._stand(Snapshot.read(self.disk, path, self.fields))

    def _index(self, index: Postings, place: Place) -> None:
        put_beside(self.disk, (self.folder / SNAPSHOT).with_suffix(".idx"), index.bytes())
        self.trail.save(place)

    def finish_blanking(self) -> None:
        """Blank on disk what lines say is blanked, and all that was made from it, while ``writing``.

        Raises ``Unwritten``; what is left to do is then done before the next act.
        """
        folder = self.journal.folder
        try:
            for blank in self.blanks:
                put(self.disk, folder, blank)
            first = min(blank.year for blank in self.blanks)
            for year in self.journal.years():
                if year >= first:
                    self.disk.remove(closing_file(folder, year))
        except OSError as error:
            raise Unwritten(f"涂销没有做完，下次记账前接着做：{trouble.of_file(error)}") from error
        self.open(afresh=True)
        self.compact()

    def _close_year(self) -> None:
        """Keep the tables as they stood at the year's end, for whoever looks back."""
        self.compact()
        year = self.journal.place.year
        raw = self.disk.view(self.folder / SNAPSHOT)
        try:
            put_beside(self.disk, closing_file(self.journal.folder, year), (raw[:],))
        except OSError as error:
            raise Unwritten(f"没有写成，账本未变：{trouble.of_file(error)}") from error

    def close(self) -> None:
        """Let go of every file."""
        self.journal.close()
        self.trail.close()
        self.lock.close()


def closing_file(folder: Path, year: int) -> Path:
    """The tables as they stood when a year was closed."""
    return folder / f"{year:04}.closing.json"


def _line_at(disk: Disk, path: Path, place: Place) -> Mapping[str, Any] | None:
    """What the line behind a place says; ``None`` when the file does not go so far."""
    try:
        file = disk.open(path, write=False)
    except FileNotFoundError:
        return None
    try:
        line: Mapping[str, Any] = orjson.loads(next(lines_of(file, place.end), b""))
    except orjson.JSONDecodeError:
        return None
    finally:
        file.close()
    return line
