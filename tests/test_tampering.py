"""Whoever edits a file by hand is found: every byte of a book, every line, the tables, the tail."""

import json
import shutil
from datetime import datetime

import pytest

from ledger import Level, Medium, Registered
from ledger.carrier import Document
from ledger.event import Received
from ledger.mark import Mark
from ledger.room import Room
from ledger.room.verification import NoHead, verify
from ledger.store.chain import check
from ledger.store.digest import digest
from ledger.store.disk import DISK
from ledger.store.journal import Journal, TamperedBook
from ledger.store.line import GENESIS, seal
from ledger.store.place import Place

NOON = datetime(2026, 6, 15, 12, 0)
LINES = 200


@pytest.fixture(scope="module", name="written")
def _written(tmp_path_factory):
    """A book of two hundred lines, its room closed."""
    folder = tmp_path_factory.mktemp("book") / "room"
    with Room.create(folder, unit="示范局", level=Level.绝密, clock=lambda: NOON) as room:
        mark = Mark.parse("机密★10年")
        for number in range(LINES - 4):
            room.record(Registered(thing=Medium(level=Level.机密, serial=f"S{number}")))
        text = Document(title="通知", issuer="省厅", mark=mark, issued_on=NOON.date())
        room.record(Received(document=text, sender="省厅"))
    return folder


@pytest.fixture(name="folder")
def _folder(written, tmp_path):
    shutil.copytree(written, tmp_path / "room")
    return tmp_path / "room"


def journal_of(folder):
    return folder / "journal" / "2026.jsonl"


def lines_of(folder):
    return journal_of(folder).read_bytes().splitlines(keepends=True)


def places(lines):
    """The place before each line, and the one behind the last."""
    place = Place(2026)
    yield place
    for raw in lines:
        head = json.loads(raw)["h"]
        place = Place(2026, place.end + len(raw), place.row + 1, place.line + 1, head)
        yield place


class Bytes:
    """A disk with one file on it, which can be changed quickly."""

    def __init__(self):
        self.raw = b""

    def names(self, _folder):
        return ["2026.jsonl"]

    def open(self, _path, *, new=False, write=True):
        return self

    def stat(self):
        return DISK.stat(journal_of_nothing)._replace(size=len(self.raw))

    def read(self, start, end):
        return self.raw[start:end]

    def close(self):
        pass


journal_of_nothing = __import__("pathlib").Path(__file__)


def test_every_changed_byte_of_a_book_is_found(folder):
    """Whatever byte of two hundred lines is another, reading from its line on comes to grief."""
    lines, sm3, disk = lines_of(folder), digest("sm3"), Bytes()
    assert len(lines) == LINES
    whole = b"".join(lines)
    tried = 0
    for place, raw in zip(places(lines), lines, strict=False):
        following = lines[place.row + 1] if place.row + 1 < len(lines) else b""
        for at in range(len(raw)):
            changed = bytearray(raw)
            changed[at] ^= 1
            disk.raw = whole[: place.end] + bytes(changed) + following
            journal = Journal(folder, sm3, disk, place)
            try:
                found = [row for row in journal.read() if row.before.row == place.row]
                torn = bool(journal.torn)
            except TamperedBook:
                found, torn = [], True
            assert not found, (place.row, at)
            assert torn or following == b"", (place.row, at)
            tried += 1
    assert tried == len(whole)


@pytest.mark.parametrize("every", [997])
def test_verify_finds_changed_bytes_wherever_they_are(folder, every):
    """The command an officer uses says so of bytes all over the book."""
    whole = journal_of(folder).read_bytes()
    for at in range(0, len(whole), every):
        changed = bytearray(whole)
        changed[at] ^= 1
        journal_of(folder).write_bytes(changed)
        found = check(folder / "journal", "sm3")

        assert found.fault or found.torn, at


def test_every_dropped_line_is_found(folder):
    """No line of a book can be taken out unnoticed, but for the last, which a printed head shows."""
    lines = lines_of(folder)
    for row in range(len(lines) - 1):
        journal_of(folder).write_bytes(b"".join(lines[:row] + lines[row + 1 :]))

        assert f"第{row + 1}行之前缺少1行" in check(folder / "journal", "sm3").fault


def test_every_repeated_line_is_found(folder):
    """No line of a book can stand twice."""
    lines = lines_of(folder)
    for row in range(len(lines)):
        journal_of(folder).write_bytes(b"".join(lines[: row + 1] + lines[row:]))

        assert "重复或调换" in check(folder / "journal", "sm3").fault


def test_every_swapped_pair_of_lines_is_found(folder):
    """No two lines of a book can change places."""
    lines = lines_of(folder)
    for row in range(len(lines) - 1):
        swapped = [*lines[:row], lines[row + 1], lines[row], *lines[row + 2 :]]
        journal_of(folder).write_bytes(b"".join(swapped))

        assert f"第{row + 1}行之前缺少1行" in check(folder / "journal", "sm3").fault


def test_a_cut_out_of_the_middle_is_found(folder):
    """A book with a block of lines missing says how many and where."""
    lines = lines_of(folder)
    journal_of(folder).write_bytes(b"".join(lines[:50] + lines[90:]))

    assert "第51行之前缺少40行" in check(folder / "journal", "sm3").fault


def test_tables_edited_with_their_digest_worked_out_anew_are_found(folder):
    """Whoever edits the registers and the line that names them breaks the chain, or is found by the acts."""
    path = folder / "room.json"
    path.write_text(path.read_text("utf-8").replace('"S7"', '"X7"'), "utf-8")
    lines = lines_of(folder)
    data = json.loads(lines[-1])
    data["snapshot"]["digest"] = digest("sm3")(path.read_bytes())
    said = {key: value for key, value in data.items() if key not in ("crc", "h")}
    raw, _ = seal(said, json.loads(lines[-2])["h"], digest("sm3"))
    journal_of(folder).write_bytes(b"".join((*lines[:-1], raw)))

    with Room.open(folder) as room:
        (fault,) = verify(room).faults
    assert "room.json" in fault
    assert "media里的第8号" in fault


def recomputed(lines):
    """The book with a word changed and everything behind it chained anew."""
    head, made = GENESIS, []
    for raw in lines:
        data = json.loads(raw)
        if data.get("acts") and data["acts"][0].get("serial") == "S5":
            data["acts"][0]["serial"] = data["records"][0][2]["serial"] = "假的"
        said = {key: value for key, value in data.items() if key not in ("crc", "h")}
        if "snapshot" in said:
            continue
        new, head = seal(said, head, digest("sm3"))
        made.append(new)
    return made


def test_a_printed_head_shows_a_chain_worked_out_anew(folder):
    """A book rewritten from a line on to its end holds in itself, but not against a head on paper."""
    with Room.open(folder) as room:
        head = room.head
        assert verify(room, head[:20]).holds
    journal_of(folder).write_bytes(b"".join(recomputed(lines_of(folder))))
    (folder / "room.json").unlink()

    with Room.open(folder) as room:
        assert verify(room).holds
        (fault,) = verify(room, head[:20]).faults
    assert "没有打印的链首" in fault


def test_a_printed_head_shows_a_cut_tail(folder):
    """A book whose last lines were cut holds in itself, but not against a head on paper."""
    with Room.open(folder) as room:
        head = room.head
    journal_of(folder).write_bytes(b"".join(lines_of(folder)[:-5]))
    (folder / "room.json").unlink()

    with Room.open(folder) as room:
        assert verify(room).holds
        (fault,) = verify(room, head).faults
    assert "末尾被截去，或整本被重写过" in fault


def test_a_printed_head_is_found_however_it_was_copied(folder):
    """Blanks, capitals and full-width digits of somebody who copied a head by hand are forgiven."""
    with Room.open(folder) as room:
        shown = room.head[:20].upper().translate({ord(str(n)): 0xFF10 + n for n in range(10)})
        spaced = " ".join(shown[n : n + 4] for n in range(0, 20, 4))
        (note,) = verify(room, spaced).notes
        assert f"第{LINES}行" in note
        for bad in ("12345", "x" * 20):
            with pytest.raises(NoHead, match="链首至少要16位"):
                verify(room, bad)


def test_registers_that_differ_from_the_acts_are_named(folder):
    """A line whose records are not what its acts come to is named, whole chain or not."""
    head, made = GENESIS, []
    for raw in lines_of(folder)[:-1]:
        data = json.loads(raw)
        if data["l"] == 9:
            data["records"][0][2]["serial"] = "假的"
            data["about"] = [[]]
        said = {key: value for key, value in data.items() if key not in ("crc", "h")}
        new, head = seal(said, head, digest("sm3"))
        made.append(new)
    journal_of(folder).write_bytes(b"".join(made))
    (folder / "room.json").unlink()

    with Room.open(folder) as room:
        faults = verify(room).faults
    assert any("第9行所附的登记" in fault for fault in faults)
    assert any("第9行所附的编号" in fault for fault in faults)
    assert any("登记簿的media第" in fault for fault in faults)
