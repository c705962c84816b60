"""The tables of a book beside TinyDB's own: whatever is done, both come to the same."""

import json
import threading
import tracemalloc
from operator import attrgetter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import Query, TinyDB, where
from tinydb.operations import delete, increment
from tinydb.operations import set as set_
from tinydb.storages import Storage
from tinydb.table import Document

from ledger.store.book import Book
from ledger.store.database import LedgerDB
from ledger.store.journal import Unwritten
from ledger.store.state import Change
from ledger.store.storage import JournalStorage
from ledger.store.table import JournalTable
from tests.platter import Platter
from tests.test_power import ROOM, Alone

FIELDS = {"media": ("serial",)}
SERIALS = st.sampled_from(["A", "B", "C", "[/x]", "\u202e"])
COUNTS = st.integers(0, 3)
DOCUMENTS = st.fixed_dictionaries({"serial": SERIALS}, optional={"count": COUNTS})
CONDITIONS = st.one_of(
    st.builds(lambda s: where("serial") == s, SERIALS),
    st.builds(lambda n: where("count") > n, COUNTS),
    st.builds(lambda s, n: (Query().count == n) & (Query().serial == s), SERIALS, COUNTS),
    st.builds(lambda s, n: (where("serial") == s) | (where("count") == n), SERIALS, COUNTS),
    st.builds(lambda s: ~(where("serial") == s), SERIALS),
)
UPDATES = st.one_of(
    st.builds(lambda s: set_("serial", s), SERIALS),
    st.just(increment("count")),
    st.just(delete("count")),
    st.builds(lambda n: {"count": n}, COUNTS),
)

ID = attrgetter("doc_id")


class Text(Storage):
    """A storage of TinyDB that forgets what was not written, as a file does."""

    text = "null"

    def read(self):
        """What was written last."""
        return json.loads(self.text)

    def write(self, data):
        """All of it anew."""
        self.text = json.dumps(data)


class Beside(RuleBasedStateMachine):
    """A table of a book and one of TinyDB's, to which the same is done."""

    @initialize()
    def begin(self):
        """Both are empty."""
        self.platter = Platter()
        self.ours, self.theirs = self.reopened(), TinyDB(storage=Text)

    def reopened(self):
        return LedgerDB(Book(ROOM, disk=self.platter, lock=Alone(), fields=FIELDS))

    def both(self, do):
        """What both answer, which is the same; here it comes in the order of the numbers."""
        found = []
        for db in (self.theirs, self.ours):
            try:
                answer = do(db.table("media"))
            except (ValueError, KeyError) as error:
                answer = type(error)
            found.append(sorted(answer, key=str) if isinstance(answer, list) else answer)
        assert found[0] == found[1]

    def align(self):
        """Numbers that were given are not given again here, so TinyDB is told the next."""
        ours = self.ours.table("media")
        following = max(self.ours.storage.state.top("media") + 1, ours._next_id or 1)
        self.theirs.table("media")._next_id = following

    @rule(documents=st.lists(DOCUMENTS, min_size=1, max_size=4))
    def insert(self, documents):
        """Some documents come in."""
        self.align()
        self.both(lambda table: table.insert_multiple(dict(d) for d in documents))

    @rule(document=DOCUMENTS, number=st.integers(1, 9))
    def insert_under_a_number(self, document, number):
        """A document comes in under a number of its own."""
        self.both(lambda table: table.insert(Document(document, number)))

    @rule(update=UPDATES, condition=CONDITIONS)
    def update(self, update, condition):
        """What matches is updated; where a field is missing nothing is."""
        self.both(lambda table: table.update(update, condition))

    @rule(update=UPDATES, numbers=st.lists(st.integers(1, 9), max_size=3))
    def update_by_number(self, update, numbers):
        """Documents are updated by their numbers."""
        self.both(lambda table: table.update(update, doc_ids=numbers))

    @rule(document=DOCUMENTS, condition=CONDITIONS)
    def upsert(self, document, condition):
        """What matches is updated, or comes in."""
        self.align()
        self.both(lambda table: table.upsert(dict(document), condition))

    @rule(condition=CONDITIONS)
    def remove(self, condition):
        """What matches goes."""
        self.both(lambda table: table.remove(condition))

    @rule()
    def truncate(self):
        """Everything goes."""
        self.both(lambda table: table.truncate())

    @rule(condition=CONDITIONS, number=st.integers(1, 9))
    def ask(self, condition, number):
        """Both answer the same."""
        self.both(lambda table: table.search(condition))
        self.both(lambda table: table.count(condition))
        self.both(lambda table: table.contains(condition))
        assert self.ours.table("media").get(condition) == next(
            iter(sorted(self.theirs.table("media").search(condition), key=ID)), None
        )
        self.both(lambda table: table.get(doc_id=number))
        self.both(lambda table: table.get(doc_ids=[number, 1]))

    @rule(compact=st.booleans())
    def reopen(self, compact):
        """The book is closed and opened again, its tables written anew or not."""
        if compact:
            with self.ours.storage.book.writing():
                self.ours.storage.book.compact()
        self.ours = self.reopened()

    @invariant()
    def hold_the_same(self):
        """Both hold the same documents under the same numbers."""
        ours, theirs = self.ours.table("media"), self.theirs.table("media")
        assert {d.doc_id: dict(d) for d in ours} == {d.doc_id: dict(d) for d in theirs}
        assert len(ours) == len(theirs)


Beside.TestCase.settings = settings(max_examples=100, stateful_step_count=20, deadline=None)
TestBeside = Beside.TestCase
"""A table of a book answers as a table of TinyDB does, whatever has been done to both."""


@pytest.fixture(name="db")
def _db(tmp_path):
    return LedgerDB(tmp_path / "db", FIELDS)


def lines(db):
    return db.storage.book.journal.place.line


def test_a_transaction_over_two_tables_is_one_line(db):
    """What is done within a block is in the book together, and shows within the block already."""
    before = lines(db)
    with db.transaction:
        db.table("media").insert({"serial": "A"})
        db.table("people").insert({"name": "王敏"})
        assert db.table("media").contains(where("serial") == "A")

    assert lines(db) == max(before, 1) + 1
    assert db.tables() == {"media", "people"}


def test_a_transaction_that_fails_leaves_nothing(db):
    """What was done within a block that ends in an error was never done."""
    db.table("media").insert({"serial": "A"})
    before = lines(db)

    def half_done():
        with db.transaction:
            db.table("media").update({"serial": "B"})
            db.drop_table("media")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()

    assert db.table("media").all() == [{"serial": "A"}]
    assert lines(db) == before


def test_many_documents_are_written_together_or_not_at_all():
    """A disk that is full half-way through an import leaves no document of it."""
    platter = Platter()
    db = LedgerDB(Book(ROOM, disk=platter, lock=Alone()))
    db.table("media").insert({"serial": "A"})
    writes = []

    def full(op):
        if op.kind == "write":
            writes.append(op)
            if len(writes) > 3:
                raise OSError(28, "planted")

    platter.before = full
    with pytest.raises(Unwritten, match="磁盘已满"):
        db.table("media").insert_multiple({"serial": str(n)} for n in range(9999))
    platter.before = None

    again = LedgerDB(Book(ROOM, disk=platter, lock=Alone()))
    assert again.table("media").all() == db.table("media").all() == [{"serial": "A"}]


def test_what_is_done_to_an_answer_changes_no_other(db):
    """Answers are the caller's own."""
    table = db.table("media")
    table.insert({"serial": "A", "marks": [1]})
    for condition in (where("marks").exists(), where("serial") == "A"):
        table.search(condition)[0]["marks"].append(2)
        assert table.search(condition) == [{"serial": "A", "marks": [1]}]
    table.get(doc_id=1)["marks"].append(2)

    assert table.all() == [{"serial": "A", "marks": [1]}]


def test_what_cannot_be_written_is_refused_and_changes_nothing(db):
    """A document that is none, a number that is taken, and a reserved name are refused."""
    table = db.table("media")
    table.insert({"serial": "A"})
    before = lines(db)
    with pytest.raises(ValueError, match="not a Mapping"):
        table.insert_multiple([{"serial": "B"}, "C"])
    with pytest.raises(ValueError, match="already exists"):
        table.insert_multiple([Document({}, 2), Document({}, 2)])
    with pytest.raises(TypeError):
        table.insert({"serial": object()})
    with pytest.raises(RuntimeError):
        table.get()
    with pytest.raises(ValueError, match="belongs to the snapshot"):
        db.table("book")

    assert lines(db) == before
    assert table.all() == [{"serial": "A"}]


def test_a_stock_table_works_on_a_book_too(tmp_path):
    """TinyDB itself over this storage writes what differs, and the tables of a book show it."""
    stock = TinyDB(tmp_path / "db", storage=JournalStorage)
    stock.table("media").insert_multiple({"serial": serial} for serial in "ABC")
    stock.table("media").update({"serial": "X"}, doc_ids=[2])
    stock.table("media").remove(doc_ids=[3])
    stock.table("people").insert({"name": "王敏"})
    stock.drop_table("people")
    ours = LedgerDB(tmp_path / "db", FIELDS)

    assert isinstance(ours.table("media"), JournalTable)
    assert ours.tables() == {"media"}
    assert [(d.doc_id, d["serial"]) for d in ours.table("media")] == [(1, "A"), (2, "X")]
    last = next(ours.storage.book.journal.folder.glob("*.jsonl")).read_text("utf-8")
    assert '"records":[["media",2,{"serial":"X"}]]' in last


def test_closing_writes_the_tables_when_many_lines_came(tmp_path):
    """A database that grew is found in one file that stock TinyDB opens."""
    with LedgerDB(tmp_path / "db") as db:
        db.table("media").insert_multiple({"serial": str(n)} for n in range(5000))

    with TinyDB(tmp_path / "db" / "room.json") as stock:
        assert len(stock.table("media")) == 5000
        assert stock.table("media").get(doc_id=17) == {"serial": "16"}


def test_two_threads_share_a_database_by_turns(tmp_path):
    """Two programs of one machine inserting at once are given different numbers."""
    found = []

    def work():
        with LedgerDB(tmp_path / "db") as db:
            found.extend(db.table("media").insert({"n": n}) for n in range(50))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(found) == list(range(1, 101))


def test_a_document_takes_no_more_memory_than_it_is_long():
    """A hundred thousand documents of an import take their own length, not a buffer of kilobytes each."""
    tracemalloc.start()
    try:
        changes = [Change.of("media", n, {"serial": f"A{n}" * 50}) for n in range(500)]
        raw = sum(len(change.raw) for change in changes)
        documents = sum(len(change.document["serial"]) for change in changes)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert used < 3 * (raw + documents)
