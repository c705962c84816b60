"""Two terminals in one room: each sees the other's acts before it decides, and neither loses one."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from tinydb import Query

from ledger import Cabinet, Level, Medium, Person, Registered, Stored, Written
from ledger.review import Refused
from ledger.room import Room
from ledger.room.verification import verify
from ledger.store.book import Book
from ledger.store.database import LedgerDB
from ledger.store.journal import Unsure, Unwritten
from ledger.store.part import Part
from ledger.store.state import Change
from tests.platter import Platter, images
from tests.test_power import FIELDS, ROOM, Alone

NOON = datetime(2026, 6, 15, 12, 0)
ACTS = 1000

WRITER = """
import sys
from ledger import Medium, Registered
from ledger.room import Room
folder, name, count = sys.argv[1:]
room = Room.open(folder)
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(count)):
    print(room.record(Registered(thing=Medium(serial=f"{name}{n}"))).number)
"""


@pytest.fixture(name="folder")
def _folder(tmp_path):
    with Room.create(
        tmp_path / "room", unit="示范局", level=Level.绝密, clock=lambda: NOON
    ) as room:
        room.record(Registered(thing=Cabinet(level=Level.绝密)))
        room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
        for serial in ("A1", "A2"):
            room.record(Registered(thing=Medium(level=Level.机密, serial=serial)))
    return tmp_path / "room"


def two_write(folder, count):
    """Two processes write into one room at the same time; the numbers each was given."""
    command = [sys.executable, "-c", WRITER, str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    writers = [subprocess.Popen([*command, name, str(count)], **pipes) for name in "甲乙"]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    given = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    return given


@pytest.mark.parametrize(
    "count", [50, pytest.param(ACTS, marks=pytest.mark.heavy)], ids=["few", "thousand"]
)
def test_two_terminals_writing_at_once_lose_nothing(folder, count):
    """Every act of both is in one chain, each under a number of its own."""
    one, other = two_write(folder, count)

    assert len({*one, *other}) == 2 * count
    with Room.open(folder) as room:
        assert len(room.acts) == 5 + 2 * count
        assert {*one, *other} <= set(room.register.carriers)
        assert verify(room).faults == ()


def test_each_terminal_sees_the_others_acts_before_it_decides(folder):
    """What one has done counts against what the other is about to do."""
    one, other = Room.open(folder), Room.open(folder)
    one.record(Written(medium="JZ-0001", level=Level.绝密), happened="检查时发现")

    with pytest.raises(Refused):
        other.record(Registered(thing=Medium(number="JZ-0001")))
    assert other.register.carriers["JZ-0001"].holds is Level.绝密


def test_a_decision_on_what_has_moved_meanwhile_is_refused_and_shown_again(folder):
    """Whoever decided on a carrier before the other terminal moved it has to look again."""
    one, other = Room.open(folder), Room.open(folder)
    saw = len(other.acts)
    stored = Stored(carriers=("JZ-0001",), cabinet="G-01")
    one.record(stored, by="王敏")
    one.record(Registered(thing=Medium(serial="B1")))

    with pytest.raises(Refused, match="第6笔（王敏") as caught:
        other.record(Written(medium="JZ-0001", level=Level.秘密), saw=saw)
    assert [finding.rule for finding in caught.value.findings] == ["nothing_happened_meanwhile"]
    assert other.record(Written(medium="JZ-0002", level=Level.秘密), saw=saw).act.n == 8
    assert other.record(Written(medium="JZ-0001", level=Level.秘密), saw=7).act.n == 9


def test_a_terminal_that_only_looks_is_told_of_new_acts(folder):
    """Refreshing takes in what was written meanwhile, and says whether there was anything."""
    one, other = Room.open(folder), Room.open(folder)
    assert not other.refresh()
    one.record(Registered(thing=Medium(serial="B1")))

    assert other.refresh()
    assert other.register == one.register
    assert not other.refresh()


def test_tables_of_two_programs_show_each_others_documents(tmp_path):
    """A search repeated after another program wrote finds what it wrote."""
    one, other = LedgerDB(tmp_path / "db"), LedgerDB(tmp_path / "db")
    query = Query().name == "甲"
    one.table("media").insert({"name": "乙"})
    assert other.table("media").search(query) == []
    one.table("media").insert({"name": "甲"})

    assert [doc.doc_id for doc in other.table("media").search(query)] == [2]
    assert other.table("media").insert({"name": "丙"}) == 3


def test_whoever_holds_the_lock_leaves_no_name_behind(folder):
    """The lock file names its holder only while he holds it."""
    before = (folder / "room.lock").read_bytes()
    room = Room.open(folder)
    with pytest.raises(Refused):
        room.record(Written(medium="JZ-0001", level=Level.绝密))

    assert (folder / "room.lock").read_bytes() == before


class Faulty:
    """What the next operations of a disk come to."""

    def __init__(self, kind, after):
        self.kind, self.after = kind, after

    def __call__(self, op):
        if op.kind in ("write", "sync", "truncate", "create", "replace"):
            self.after -= 1
            if self.after < 0 and (self.kind != "full" or op.kind == "write"):
                raise OSError(28 if self.kind == "full" else 30, "planted")


KEYS = st.integers(1, 5)


class Terminals(RuleBasedStateMachine):
    """Two programs on one book, beside a dictionary that cannot fail."""

    @initialize()
    def begin(self):
        """Nothing is there yet."""
        self.durable, self.platter = {}, Platter()
        self.model, self.unsure = {}, None
        self.books = [self._opened(), self._opened()]

    def _opened(self):
        return Book(ROOM, disk=self.platter, lock=Alone(), fields=FIELDS)

    def _commit(self, book, changes, year):
        after = {**self.model}
        for change in changes:
            after.pop(change.number, None)
            if change.raw is not None:
                after[change.number] = change.raw
        try:
            with book.writing():
                lines = [Part.of([change]) for change in changes]
                book.commit(lines, year, book.state.with_(changes))
        except Unsure:
            book.catch_up()
            there = dict(book.state.rows("media"))
            assert there in (self.model, after)
            if there != self.model:
                self.unsure = self.unsure if self.unsure is not None else self.model
            self.model = there
        except Unwritten:
            return
        else:
            self.model, self.unsure = after, None

    @rule(
        which=st.integers(0, 1), keys=st.lists(KEYS, min_size=1, max_size=3), year=st.integers(1, 3)
    )
    def put(self, which, keys, year):
        """One of them writes some documents in one transaction."""
        changes = [
            Change.of("media", key, {"number": str(key), "serial": f"S{len(self.platter.log)}"})
            for key in dict.fromkeys(keys)
        ]
        self._commit(self.books[which], changes, 2025 + year)

    @rule(which=st.integers(0, 1), key=KEYS)
    def take_out(self, which, key):
        """One of them takes a document out."""
        if key in self.model:
            self._commit(self.books[which], [Change.of("media", key, None)], 2026)

    @rule(which=st.integers(0, 1))
    def compact(self, which):
        """One of them writes the tables anew."""
        try:
            with self.books[which].writing():
                self.books[which].compact()
        except Unwritten:
            pass

    @rule(kind=st.sampled_from(["full", "read-only"]), after=st.integers(0, 6))
    def fail(self, kind, after):
        """From some moment on the disk takes nothing."""
        self.platter.before = Faulty(kind, after)

    @precondition(lambda self: self.platter.before is not None)
    @rule()
    def mend(self):
        """The disk works again."""
        self.platter.before = None

    @rule(data=st.data())
    def cut(self, data):
        """The power goes, at this moment, and both programs begin anew."""
        log = self.platter.log
        found = [files for at, files in images(self.durable, log, 97) if at == len(log) - 1]
        files = data.draw(st.sampled_from(found)) if found else self.durable
        self.durable, self.platter = files, Platter(files)
        self.books = [self._opened(), self._opened()]
        if self.unsure is not None:  # what nobody was told is there may be gone
            there = dict(self.books[0].state.rows("media"))
            assert there in (self.model, self.unsure)
            self.model, self.unsure = there, None

    @invariant()
    def each_sees_what_was_acknowledged(self):
        """Both show the same documents, and those are the ones that were acknowledged."""
        for book in self.books:
            book.catch_up()
            assert dict(book.state.rows("media")) == self.model
            assert book.notices == []


Terminals.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestTerminals = Terminals.TestCase
"""Two programs, power cuts, a full disk and a read-only one come to what a dictionary says."""


def test_the_planted_faults_are_what_an_office_has():
    """A full disk and a read-only folder are told in Chinese, and the book is as it was."""
    platter = Platter()
    book = Book(Path("/room"), disk=platter, lock=Alone())
    with book.writing():
        book.put([Change.of("media", 1, {"number": "1"})], 2026)
    before = platter.files()
    for kind, said in (("full", "磁盘已满"), ("read-only", "磁盘是只读的")):
        platter.before = Faulty(kind, 0)
        with pytest.raises(Unwritten, match=said), book.writing():
            book.put([Change.of("media", 2, {"number": "2"})], 2026)
        platter.before = None
        assert platter.files() == before


def test_a_file_begun_before_a_power_cut_stays_when_the_disk_is_full_after_it():
    """A year's empty file that another terminal has read is not taken away under it."""
    platter = Platter({ROOM / "journal" / "2026.jsonl": b""})
    one, other = (Book(ROOM, disk=platter, lock=Alone()) for _ in range(2))
    other.catch_up()
    platter.before = Faulty("full", 0)
    with pytest.raises(Unwritten), one.writing():
        one.put([Change.of("media", 1, {"number": "1"})], 2026)

    assert not other.catch_up()


def test_a_year_that_could_not_be_begun_is_gone_for_good():
    """A file taken back when it could not be synced does not come back after a power cut."""
    platter = Platter()
    book = Book(ROOM, disk=platter, lock=Alone())
    platter.before = Faulty("read-only", 2)
    with pytest.raises(Unwritten), book.writing():
        book.put([Change.of("media", 1, {"number": "1"})], 2026)
    after = [files for at, files in images({}, platter.log, 97) if at == len(platter.log) - 1]

    assert after
    assert all(ROOM / "journal" / "2026.jsonl" not in files for files in after)
