"""Power cuts: whatever the disk forgot, what was acknowledged is there and nothing is called tampering."""

import json
from pathlib import Path

import pytest

from ledger.store import book as book_module
from ledger.store import journal as journal_module
from ledger.store import torn as torn_module
from ledger.store.book import Book
from ledger.store.digest import digest
from ledger.store.journal import TamperedBook
from ledger.store.line import Sealed, seal
from ledger.store.part import Part
from ledger.store.snapshot import Snapshot
from ledger.store.state import Change
from tests.platter import Handle, Platter, images

ROOM = Path("/room")
FIELDS = {"media": ("serial",)}
ORDINARY_STEP = 61
"""In the ordinary run a write is torn at every so many bytes; in the gate at every one."""


class Alone:
    """A lock where there is only one terminal."""

    turn = None

    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass

    def next_turn(self):
        pass

    def close(self):
        pass


def opened(platter):
    return Book(ROOM, disk=platter, lock=Alone(), fields=FIELDS)


def tables(book):
    return {name: dict(book.state.rows(name)) for name in book.state.tables()}


def medium(number, padding=0):
    return {"number": f"JZ-{number:04}", "serial": f"S{number}", "name": "涉密U盘" + "、" * padding}


def puts(*numbers, padding=0):
    return [Change.of("media", number, medium(number, padding)) for number in numbers]


class History:
    """A book on a platter, what its tables were after each transaction, and when it was acknowledged."""

    def __init__(self, files=None):
        self.files = files or {}
        self.platter = Platter(self.files)
        self.book = opened(self.platter)
        self.models = [tables(self.book)]
        self.acknowledged = []

    def commit(self, changes, year=2026, lines=1):
        size = -(-len(changes) // lines)
        parts = [Part.of(changes[n : n + size]) for n in range(0, len(changes), size)]
        with self.book.writing():
            self.book.commit(parts, year, self.book.state.with_(changes))
        self.acknowledged.append(len(self.platter.log))
        self.models.append(tables(self.book))

    def failures(self, step):
        """Every disk a power cut could leave from which the book does not come back right."""
        for place, files in images(self.files, self.platter.log, step):
            done = sum(1 for each in self.acknowledged if each <= place + 1)
            try:
                book = opened(Platter(files))
                found = tables(book)
            except (TamperedBook, ValueError) as fault:
                yield place, files, repr(fault)
            else:
                known = found in self.models[done : done + 2]
                lost = "" if known else "an acknowledged act is lost or half there"
                yield place, files, "；".join((lost, *book.notices)).strip("；")


def lived(rounds=1, first=0):
    """Some years of a book: acts of one line and of several, tables written, years closed."""
    history = History()
    for turn in range(rounds):
        year, first = 2026 + 2 * turn, first + 100 * turn
        for number in range(1, 5):
            history.commit(puts(first + number), year)
        history.commit(puts(*range(first + 10, first + 13), padding=60), year, lines=3)
        history.book.compact()
        history.commit([Change.of("media", first + 1, None)], year)
        history.commit(puts(first + 20), year + 1)
        several = [*puts(first + 21, padding=100), Change.of("papers", first + 1, {"number": "W"})]
        history.commit(several, year + 1, lines=2)
        history.book.compact()
        history.commit([Change.of("papers", None, {}), *puts(first + 22)], year + 1)
    return history


def test_no_power_cut_loses_an_acknowledged_act():
    """After a cut at any moment the book opens and holds what was acknowledged, and at most one act more."""
    told = [each for each in lived().failures(ORDINARY_STEP) if each[2]]

    assert told == []


@pytest.mark.heavy
def test_a_hundred_thousand_power_cuts_lose_nothing(record_property):
    """Torn at every byte, a hundred thousand different disks all come back right."""
    histories = (lived(), lived(rounds=2), *(lived(first=n) for n in range(200, 500, 100)))
    found = [why for history in histories for _, _, why in history.failures(1)]
    record_property("images", len(found))

    assert len(found) >= 100_000
    assert set(found) == {""}


def test_a_book_that_came_back_goes_on():
    """After a cut the next act is written behind what was acknowledged, and the book opens again."""
    for _, files, why in lived().failures(211):
        assert why == ""
        platter = Platter(files)
        book = opened(platter)
        torn = book.journal.torn
        before = tables(book)
        with book.writing():
            book.put(puts(99), 2030)
        again = opened(Platter(platter.files()))

        assert tables(again) == before | {"media": before.get("media", {}) | dict(once(99))}
        kept = [raw for path, raw in platter.files().items() if ".torn-" in path.name]
        assert not torn or torn in kept


def once(number):
    (change,) = puts(number)
    return [(number, change.raw)]


def test_a_cut_while_coming_back_loses_nothing_either():
    """A second cut, while a half-written end is set aside, loses neither acts nor that end."""
    torn = {}
    for place, files, _ in lived().failures(97):
        if left := opened(Platter(files)).journal.torn:
            torn[place] = (files, left)
    assert len(torn) > 5
    for files, left in torn.values():
        history = History(files)
        history.commit(puts(99), 2030)
        for _, again, why in history.failures(41):
            assert why == ""
            assert any(left in raw for raw in again.values())


def no_sync(monkeypatch):
    """An act is acknowledged before it is on disk."""
    monkeypatch.setattr(Handle, "sync", lambda _self: None)


def no_folder_sync(monkeypatch):
    """A new year's file is not made durable."""
    monkeypatch.setattr(Platter, "sync_folder", lambda _self, _folder: None)


def snapshot_not_synced(monkeypatch):
    """The tables take their name before their bytes are on disk."""
    real = book_module.write_snapshot

    def careless(disk, *args, **options):
        before, Handle.sync = Handle.sync, lambda _self: None
        try:
            return real(disk, *args, **options)
        finally:
            Handle.sync = before

    monkeypatch.setattr(book_module, "write_snapshot", careless)


def snapshot_in_place(monkeypatch):
    """The tables are overwritten where they lie."""

    def over(self, old, new):
        raw = self.view(old)
        handle = self.open(new, new=True)
        handle.truncate(0)
        handle.write(0, raw)
        handle.sync()

    monkeypatch.setattr(Platter, "replace", over)


def snapshot_before_its_line(monkeypatch):
    """The tables take their name before the book names them."""
    real = book_module.write_snapshot

    def early(disk, path, *args, **options):
        written = real(disk, path, *args, **options)
        handle = disk.open(path, new=True)
        handle.truncate(0)
        handle.write(0, disk.view(written.draft))
        handle.sync()
        disk.sync_folder(path.parent)
        return written

    monkeypatch.setattr(book_module, "write_snapshot", early)


def tail_is_tampering(monkeypatch):
    """Damage in a transaction of several lines is called tampering."""
    monkeypatch.setattr(journal_module, "one_write", lambda lines: len(lines) == 1)


def holes_are_tampering(monkeypatch):
    """A hole that a lost sector left in a line is called tampering."""
    monkeypatch.setattr(torn_module, "one_write", lambda _lines: False)
    monkeypatch.setattr(journal_module, "one_write", lambda _lines: False)


def half_a_transaction_counts(monkeypatch):
    """Lines of a transaction are taken in before all of them are there."""
    real = journal_module.Journal._row

    def alone(self, raw, before):
        row = real(self, raw, before)
        data = {key: value for key, value in row.data.items() if key != "tx"}
        return row._replace(data=data)

    monkeypatch.setattr(journal_module.Journal, "_row", alone)


def torn_end_is_left(monkeypatch):
    """The next act is written behind a half-written end."""

    def behind(self):
        self.place = self.place._replace(end=self.place.end + len(self.torn))
        self.torn = b""
        return ""

    monkeypatch.setattr(journal_module.Journal, "_set_torn_aside", behind)


def torn_end_is_thrown_away(monkeypatch):
    """A half-written end is cut off and kept nowhere."""

    def away(disk, path, end, _torn):
        torn_module._cut(disk, path, end)
        return path

    monkeypatch.setattr(journal_module, "set_aside", away)


def torn_end_is_cut_before_it_is_kept(monkeypatch):
    """A half-written end is cut off before its copy is durable."""

    def cut_first(disk, path, end, torn):
        torn_module._cut(disk, path, end)
        aside = path.with_suffix(f".torn-{end}")
        handle = disk.open(aside, new=True)
        handle.write(0, torn)
        return aside

    monkeypatch.setattr(journal_module, "set_aside", cut_first)


def chain_is_not_followed(monkeypatch):
    """Nobody asks whether a line follows from the one before."""
    monkeypatch.setattr(Sealed, "follows", lambda *_: True)


def tables_are_believed(monkeypatch):
    """Tables are taken as they lie, whether the book names them or not."""
    monkeypatch.setattr(Snapshot, "digest", lambda self, _state: self.named)
    real = book_module._line_at

    def as_named(disk, path, place):
        line = real(disk, path, place) or {}
        found = Snapshot.read(disk, ROOM / "room.json", FIELDS)
        Snapshot.named = line.get("snapshot", {}).get("digest", "")
        return {"snapshot": {"size": found.size, "digest": Snapshot.named}}

    monkeypatch.setattr(book_module, "_line_at", as_named)


def test_a_line_that_was_rewritten_is_tampering():
    """A line whose checksum and head were worked out anew is found by the line behind it."""
    history = lived()
    files = history.platter.files()
    path = ROOM / "journal" / "2026.jsonl"
    lines = files[path].splitlines(keepends=True)
    head = json.loads(lines[1])["h"]
    data = json.loads(lines[2]) | {"records": []}
    said = {key: value for key, value in data.items() if key not in ("crc", "h")}
    forged, _ = seal(said, head, digest("sm3"))
    files[path] = b"".join((*lines[:2], forged, *lines[3:]))
    files = {path: raw for path, raw in files.items() if path.name != "room.json"}

    with pytest.raises(TamperedBook, match="第4行"):
        opened(Platter(files))


def test_tables_that_were_changed_are_not_believed():
    """Tables other than the book names are set aside, and the right ones worked out."""
    history = lived()
    files = history.platter.files()
    path = ROOM / "room.json"
    files[path] = files[path].replace(b"S10", b"X10")
    book = opened(Platter(files))

    assert tables(book) == history.models[-1]
    assert book.notices


MUTANTS = {
    no_sync: test_no_power_cut_loses_an_acknowledged_act,
    no_folder_sync: test_no_power_cut_loses_an_acknowledged_act,
    snapshot_not_synced: test_no_power_cut_loses_an_acknowledged_act,
    snapshot_in_place: test_no_power_cut_loses_an_acknowledged_act,
    snapshot_before_its_line: test_no_power_cut_loses_an_acknowledged_act,
    tail_is_tampering: test_no_power_cut_loses_an_acknowledged_act,
    holes_are_tampering: test_no_power_cut_loses_an_acknowledged_act,
    half_a_transaction_counts: test_no_power_cut_loses_an_acknowledged_act,
    torn_end_is_left: test_a_book_that_came_back_goes_on,
    torn_end_is_thrown_away: test_a_book_that_came_back_goes_on,
    torn_end_is_cut_before_it_is_kept: test_a_cut_while_coming_back_loses_nothing_either,
    chain_is_not_followed: test_a_line_that_was_rewritten_is_tampering,
    tables_are_believed: test_tables_that_were_changed_are_not_believed,
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_store_with_a_fault_is_found_out(mutant, monkeypatch):
    """Each fault that is planted in the store makes the test that watches for it fail."""
    with monkeypatch.context() as planted:
        mutant(planted)
        with pytest.raises((AssertionError, pytest.fail.Exception, TamperedBook)):
            MUTANTS[mutant]()

    MUTANTS[mutant]()
