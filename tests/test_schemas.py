"""Books of every format that ever was, and registers that are read off the disk as the acts add up."""

import json
import re
import shutil
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from ledger import Level, Medium, Registered, Voided
from ledger.register.fold import fold
from ledger.register.index import INDEXES
from ledger.room import Room
from ledger.room.acts import told_of_reading
from ledger.room.history import history
from ledger.room.rebuilding import pages, rebuild
from ledger.room.verification import verify
from ledger.store.reader import register_of
from ledger.store.registers import (
    CARRIERS,
    FIELDS,
    NUMBERS,
    OPENING,
    PAGES,
    SOUGHT,
    pages_of,
    placed,
)
from ledger.store.state import State
from tests.histories import HISTORIES, play

BOOKS = Path(__file__).parent / "books"
LATER = datetime(2027, 4, 1, 9, 0)


@pytest.fixture(params=sorted(path.name for path in BOOKS.iterdir()), name="book")
def _book(request, tmp_path):
    shutil.copytree(BOOKS / request.param, tmp_path / "room")
    return tmp_path / "room"


def test_books_of_every_format_are_read(book):
    """A book as an earlier program wrote it opens, verifies, and adds up to what it did."""
    with Room.open(book) as room:
        assert verify(room).faults == ()
        assert len(room.acts) == 28
        assert [line.closing for line in room.balance(date(2026, 12, 31)).lines] == [
            1,
            5,
            3,
            0,
            0,
            2,
        ]
        assert [act.n for act in history(room, "WJ-2025-0001")] == [11, 12, 13, 15, 18, 28]
        assert room.as_of(date(2025, 12, 31)).acts == 15
        assert fold(room.acts) == room.register


def test_books_of_every_format_go_on(book):
    """A book as an earlier program wrote it takes new acts, and old ones can still be voided."""
    with Room.open(book, clock=lambda: LATER) as room:
        before = room.register
        made = room.record(
            Registered(thing=Medium(level=Level.秘密, serial="Z")), happened="停用后启用"
        )
        room.record(Voided(voids=made.act.n, reason="写错"))
        room.record(Voided(voids=28, reason="写错"))
    with Room.open(book, clock=lambda: LATER) as room:
        assert verify(room).faults == ()
        assert room.register.carriers["WJ-2025-0001"].open
        assert room.as_of(date(2026, 12, 31)) == before
        assert room.balance(date(2027, 12, 31)).holds
        assert fold(room.acts) == room.register


def test_the_newest_book_of_the_collection_is_of_the_format_written_now(tmp_path):
    """When the format changes, a book of the old one joins the collection."""
    with Room.create(tmp_path / "r", unit="局"):
        pass
    first = next((tmp_path / "r" / "journal").glob("*.jsonl")).read_text("utf-8").split("\n")[0]
    newest = max(BOOKS.iterdir())

    assert f'"schema":{newest.name.rpartition("-")[2]},' in first


@given(HISTORIES)
def test_the_tables_hold_the_register(history_):
    """A register read off its documents is the register the acts add up to, indexes and all."""
    book = play(history_)[-1]
    register = book.register
    changes = placed(pages(register), register, State(fields=FIELDS))
    last = {"n": register.acts, "on": str(register.on), "at": register.at.isoformat()}
    read = register_of(State(fields=FIELDS).with_(changes), last)

    assert read == register
    for names, _ in INDEXES.values():
        for name in names:
            there, here = getattr(read, name), getattr(register, name)
            assert {k: set(v) for k, v in there.items()} == {
                k: set(v) for k, v in here.items() if v
            }
            assert all(key in there for key, members in here.items() if members)
    assert list(read.numbers(read.carriers)) == list(register.numbers(register.carriers))


@given(HISTORIES)
def test_documents_follow_the_acts_one_by_one(history_):
    """What each act changes, put into the tables, keeps them the register after every act."""
    books = play(history_)
    state = State(fields=FIELDS).with_(
        placed(pages(books[0].register), books[0].register, State(fields=FIELDS))
    )
    for before, book in pairwise(books):
        proposal = [c for a, b, _, cs in _steps(before, book) for c in cs]
        state = state.with_(placed(pages_of(proposal), book.register, state))
        register = book.register
        last = {"n": register.acts, "on": str(register.on), "at": register.at.isoformat()}
        assert register_of(state, last) == register


def _steps(before, book):
    from ledger.register.fold import replay

    steps = list(replay(book.acts))
    return steps[len(before.acts) :]


def test_every_table_and_index_of_the_register_is_on_disk():
    """No table or index of the register is forgotten by the store."""
    indexes = {name for names, _ in INDEXES.values() for name in names}

    assert indexes == {*SOUGHT, "kinds"}
    assert all(table in PAGES for table in INDEXES)


def test_registers_are_made_again_from_the_book(tmp_path):
    """Rebuilding comes to the same registers, and says in the book what it had to put right."""
    with Room.create(tmp_path / "r", unit="局", clock=lambda: LATER) as room:
        for serial in ("A1", "A2"):
            room.record(Registered(thing=Medium(serial=serial)))
        register = room.register
    with Room.open(tmp_path / "r", afresh=True, clock=lambda: LATER) as room, room.writing():
        assert rebuild(room.book, room.acts, 2027) == 0
    with Room.open(tmp_path / "r", clock=lambda: LATER) as room:
        assert room.register == register
        with room.writing():
            room.book.state = State(fields=FIELDS)
            assert rebuild(room.book, room.acts, 2027) > 0
        found = verify(room)

    assert found.faults == ()
    assert "登记簿曾按流水重建" in found.notes[-1]
    with Room.open(tmp_path / "r") as room:
        assert room.register == register


def test_a_folder_that_was_copied_in_use_can_be_rebuilt(tmp_path):
    """Registers that stand further than the book are told, and rebuilding leaves a trace of it."""
    with Room.create(tmp_path / "r", unit="局", clock=lambda: LATER) as room:
        room.record(Registered(thing=Medium(serial="A1")))
        head = room.head
    (path,) = (tmp_path / "r" / "journal").glob("*.jsonl")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-2]))
    with Room.open(tmp_path / "r", afresh=True, clock=lambda: LATER) as room, room.writing():
        rebuild(room.book, room.acts, 2027)
    (line,) = (each for each in path.read_text("utf-8").splitlines() if '"rebuilt"' in each)

    assert head in line
    with Room.open(tmp_path / "r") as room:
        assert verify(room).holds
        assert len(room.acts) == 1


FORMAT = (Path(__file__).parent.parent / "docs" / "format.md").read_text("utf-8")


def test_every_schema_has_a_book_in_the_collection():
    """The formats' page lists the schemas there are, and the collection has a book of each."""
    told = re.findall(r"^\| (\d) \|", FORMAT, re.MULTILINE)

    assert [f"schema-{n}" for n in told] == sorted(path.name for path in BOOKS.iterdir())


def test_every_field_of_a_line_is_told():
    """Whatever a line of the collection or of the code says has its row on the formats' page."""
    told = set(re.findall(r"`([a-z]+)`", FORMAT))
    for path in BOOKS.rglob("*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            assert set(json.loads(line)) <= told | {"baomi"}


def test_every_table_is_told():
    """Each table of the registers on disk has its row on the formats' page."""
    told = set(re.findall(r"`([a-z]+)`", FORMAT))

    assert {*PAGES} - {"carriers", "idents"} <= told
    assert {*CARRIERS.values(), NUMBERS, OPENING} <= told


def test_a_book_that_is_read_whole_tells_how_far_it_is(tmp_path, monkeypatch, capsys):
    """A book of an earlier program says on stderr that it is read whole, to a terminal also how far."""
    from ledger.cli import desk, main

    folder = tmp_path / "room"
    shutil.copytree(BOOKS / "schema-2", folder)
    monkeypatch.setattr(desk, "_LONG", 1)
    monkeypatch.setattr("sys.argv", ["baomi", "--room", str(folder), "status"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr()
    assert "账本是旧版程序记的，正在整本重读" in told.err
    assert "旧版" not in told.out

    seen = []
    with told_of_reading(lambda done, of: seen.append((done, of))), Room.open(folder) as room:
        assert seen == [(0, len(room.acts))]
    with Room.open(folder):
        assert len(seen) == 1


def test_what_tells_may_end_the_reading(tmp_path):
    """Whoever is told can stop a reading of the whole book, and the book stays as it was."""
    folder = tmp_path / "room"
    shutil.copytree(BOOKS / "schema-2", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def stop(_done, _of):
        raise InterruptedError

    with pytest.raises(InterruptedError), told_of_reading(stop):
        Room.open(folder)
    assert all(path.read_bytes() == raw for path, raw in before.items())
