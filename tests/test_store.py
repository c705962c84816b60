"""The book on disk: chained, appended to, told torn from tampered, and readable by others."""

import json
import resource
import stat
from datetime import datetime

import pytest
from tinydb import Query, TinyDB

from ledger import Level, Mark, Medium, Registered, Written
from ledger.carrier import Document
from ledger.event import Received
from ledger.room import NotARoom, Room
from ledger.room.verification import verify
from ledger.store import snapshot
from ledger.store.digest import ALGORITHMS, NoSuchDigest, digest
from ledger.store.disk import DISK
from ledger.store.journal import Journal, TamperedBook, Unwritten
from ledger.store.line import GENESIS, Altered, TornLine, seal, unseal
from ledger.store.lock import Lock, Locked
from ledger.store.settings import InvalidSettings, Settings

NOON = datetime(2026, 6, 15, 12, 0)


@pytest.fixture(name="folder")
def _folder(tmp_path):
    with Room.create(tmp_path / "room", unit="示范局", clock=lambda: NOON) as room:
        for serial in ("A1", "A2", "A3"):
            room.record(Registered(thing=Medium(level=Level.机密, serial=serial)))
        room.record(
            Received(
                document=Document(
                    title="通知", issuer="省厅", mark=Mark.parse("机密★10年"), issued_on=NOON.date()
                ),
                sender="省厅",
                copies=2,
            )
        )
    return tmp_path / "room"


def journal_of(folder):
    return folder / "journal" / "2026.jsonl"


@pytest.mark.parametrize("name", ALGORITHMS)
def test_the_digests_are_the_standard_ones(name):
    """SM3 and SHA-256 give the values their standards print for "abc"."""
    known = {
        "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }

    assert digest(name)(b"abc") == known[name]


def test_another_library_gives_the_same_sm3(monkeypatch):
    """Where Python lacks SM3 the book's digest is the same from the other library."""
    expected = digest("sm3")("保密".encode())

    def missing(_name):
        raise ValueError

    monkeypatch.setattr("ledger.store.digest.hashlib.new", missing)

    assert digest("sm3")("保密".encode()) == expected


def test_a_machine_without_sm3_is_told_so(monkeypatch):
    """Where nobody computes the book's digest the book is not opened with another."""
    from cryptography.exceptions import UnsupportedAlgorithm

    def missing(*_args):
        raise ValueError

    def unsupported(*_args):
        raise UnsupportedAlgorithm("sm3")

    monkeypatch.setattr("ledger.store.digest.hashlib.new", missing)
    monkeypatch.setattr("cryptography.hazmat.primitives.hashes.Hash", unsupported)

    with pytest.raises(NoSuchDigest, match="算不出SM3"):
        digest("sm3")


def test_an_unknown_digest_is_refused():
    """No digest is ever taken for another."""
    with pytest.raises(NoSuchDigest, match="md5"):
        digest("md5")


def test_a_line_states_the_head_of_what_is_before_its_end():
    """A line says what was written and follows one head only."""
    sm3 = digest("sm3")
    raw, head = seal({"n": 1, "字": "“引号”"}, GENESIS, sm3)
    sealed = unseal(raw)

    assert json.loads(raw)["字"] == "“引号”"
    assert sealed.head == head
    assert sealed.follows(GENESIS, sm3)
    assert not sealed.follows(head, sm3)


def test_every_changed_byte_of_a_line_is_noticed():
    """No byte of a line can be another without its checksum or chain failing."""
    sm3 = digest("sm3")
    raw, _ = seal({"n": 1, "acts": ["甲"]}, GENESIS, sm3)
    for place in range(len(raw)):
        for other in (raw[place] ^ 1, 0x20):
            if other != raw[place]:
                changed = raw[:place] + bytes([other]) + raw[place + 1 :]
                try:
                    follows = unseal(changed).follows(GENESIS, sm3)
                except (TornLine, Altered):
                    follows = False
                assert not follows


def test_the_files_of_a_room_are_its_owners_alone(folder):
    """Nobody else on the machine may read the folder or what is in it."""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_a_line_holds_the_act_and_the_records_it_changed(folder):
    """Other programs read the state from the book without ours."""
    lines = [json.loads(line) for line in journal_of(folder).read_text("utf-8").splitlines()]

    assert lines[0]["baomi"] == "journal"
    assert (lines[0]["schema"], lines[0]["hash"], lines[0]["unit"]) == (4, "sm3", "示范局")
    assert [line["l"] for line in lines] == list(range(1, len(lines) + 1))
    last = next(line for line in reversed(lines) if "acts" in line)
    assert last["acts"][0]["act"] == "received"
    assert "WJ-2026-0002" in last["about"][0]
    records = {record.get("number"): record for _, _, record in last["records"]}
    assert records["WJ-2026-0002"] == {"number": "WJ-2026-0002", "in": "papers"}
    papers = {record["number"]: record for name, _, record in last["records"] if name == "papers"}
    assert papers["WJ-2026-0002"]["custody"] == {"with": "room"}
    documents = [record for name, _, record in last["records"] if name == "documents"]
    assert documents[0]["mark"] == "机密★10年"


def test_stock_tinydb_opens_the_registers(folder):
    """room.json is one valid TinyDB file whose tables answer queries."""
    with TinyDB(folder / "room.json") as db:
        media = db.table("media")
        assert len(media) == 3
        (found,) = media.search(Query().serial == "A2")
        assert found["number"] == "JZ-0002"
        assert db.table("papers").get(Query().number == "WJ-2026-0001")["document"]


def test_the_registers_lie_one_record_a_line(folder):
    """An officer finds a record on a line of its own, under the number its label carries."""
    lines = (folder / "room.json").read_text("utf-8").splitlines()
    (line,) = (line for line in lines if '"kind":"medium","number":"JZ-0002"' in line)

    with Room.open(folder) as room:
        assert line.startswith(f'"{room.register.idents["JZ-0002"]}":')


def test_a_missing_snapshot_is_made_again(folder):
    """The registers are derived: without the file the room opens, and the next act writes it."""
    (folder / "room.json").unlink()
    with Room.open(folder) as room:
        assert len(room.register.carriers) == 5
        room.record(Registered(thing=Medium(serial="A4")))

    media = json.loads((folder / "room.json").read_text("utf-8"))["media"]
    assert [medium["serial"] for medium in media.values()] == ["A1", "A2", "A3", "A4"]
    assert verify(Room.open(folder)).holds


def test_opening_and_asking_change_no_byte(folder):
    """Reading a room leaves every file as it was."""
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with Room.open(folder) as room:
        room.check()
        room.balance()
        room.propose(Written(medium="JZ-0001", level=Level.绝密))
        verify(room)

    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def tampered(folder, change):
    path = journal_of(folder)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))
    return path


TAMPERINGS = {
    "a dropped line": (lambda lines: lines[:2] + lines[3:], "第3行之前缺少1行"),
    "a dropped first line": (lambda lines: lines[1:], "第1行之前缺少1行"),
    "two lines exchanged": (
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        "第3行之前缺少1行",
    ),
    "a repeated line": (
        lambda lines: [*lines[:3], lines[2], *lines[3:]],
        "第4行是前面某一行的重复或调换",
    ),
    "a changed word": (
        lambda lines: [*lines[:2], lines[2].replace(b"A1", b"B1"), *lines[3:]],
        "第3行内容被改动或损坏，校验和不符",
    ),
    "a blank line": (lambda lines: [*lines[:2], b"\n", *lines[2:]], "第3行不完整"),
    "a damaged middle": (
        lambda lines: [*lines[:2], lines[2][:40] + b"\n", *lines[3:]],
        "第3行不完整",
    ),
    "a cut tail": (lambda lines: lines[:-2], "末尾被截去"),
}


@pytest.mark.parametrize(("change", "said"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_and_the_line_named(folder, change, said):
    """A book that was edited does not open, and the first line that fails is named with its cause."""
    tampered(folder, change)

    with pytest.raises(TamperedBook, match=said):
        Room.open(folder)


def resealed(lines, place, change):
    """The lines with one of them changed and its checksum and head worked out anew."""
    data = json.loads(lines[place])
    head = json.loads(lines[place - 1])["h"]
    change(data)
    rest = {key: value for key, value in data.items() if key not in ("crc", "h")}
    return [*lines[:place], seal(rest, head, digest("sm3"))[0], *lines[place + 1 :]]


def test_a_line_recomputed_by_hand_breaks_the_next(folder):
    """Whoever edits a line and its own digest is found by the line behind it."""

    def forge(data):
        data["acts"][0]["serial"] = "假的"

    tampered(folder, lambda lines: resealed(lines, 2, forge))

    with pytest.raises(TamperedBook, match="第4行与上一行接不上"):
        Room.open(folder)


def test_an_edited_last_line_is_tampering_too(folder):
    """The last line is not taken for half-written when it is whole and altered."""
    tampered(folder, lambda lines: [*lines[:-1], lines[-1].replace(b"digest", b"digesT")])

    with pytest.raises(TamperedBook, match="第7行内容被改动"):
        Room.open(folder)


@pytest.mark.parametrize(
    "torn", [lambda raw: raw[:-30], lambda raw: raw[:-300] + b"\0" * 200 + raw[-100:]]
)
def test_a_half_written_end_is_set_aside_and_noted(folder, torn):
    """A torn last line is no tampering: the next act keeps it in a file of its own and says so."""
    path = journal_of(folder)
    room = Room.open(folder)
    room.record(Registered(thing=Medium(serial="A5")))
    room.book.close()
    whole = torn(path.read_bytes())
    path.write_bytes(whole)
    with Room.open(folder) as room:
        assert room.register.acts == 5
        assert not verify(room).holds
        room.record(Registered(thing=Medium(serial="A6")))

    (aside,) = path.parent.glob("*.torn-*")
    assert whole.endswith(aside.read_bytes())
    noted = [line for line in path.read_bytes().splitlines() if b'"torn"' in line]
    assert json.loads(noted[0])["torn"] == aside.name
    assert verify(Room.open(folder)).holds


def test_a_torn_end_alone_changes_no_file(folder):
    """Looking at a book with a torn end leaves the end where it is."""
    path = journal_of(folder)
    path.write_bytes(path.read_bytes() + b'{"l":8,"n"')
    before = path.read_bytes()
    Room.open(folder).check()

    assert path.read_bytes() == before


def test_a_torn_first_line_of_a_year_is_begun_anew(folder):
    """A year whose very first line was torn begins again with a whole one."""
    (folder / "journal" / "2027.jsonl").write_bytes(b'{"baomi":"jour')
    new_year = datetime(2027, 1, 4, 8, 0)
    with Room.open(folder, clock=lambda: new_year) as room:
        room.record(Registered(thing=Medium(serial="A6")))

    first = json.loads((folder / "journal" / "2027.jsonl").read_bytes().splitlines()[0])
    assert first["year"] == 2027
    assert verify(Room.open(folder)).holds


def test_years_are_chained_to_each_other(folder):
    """The first line of a year follows from the last line of the year before."""
    new_year = datetime(2027, 1, 4, 8, 0)
    with Room.open(folder, clock=lambda: new_year) as room:
        room.record(Registered(thing=Medium(serial="A6")))
    Room.open(folder)

    lines = journal_of(folder).read_bytes().splitlines(keepends=True)
    assert json.loads(lines[-1])["sealed"] == {"year": 2026, "next": 2027}
    journal_of(folder).write_bytes(b"".join(lines[:-1]))
    with pytest.raises(TamperedBook, match=r"journal/2027\.jsonl 第1行之前缺少1行"):
        Room.open(folder)


def test_a_year_from_another_room_is_named(folder, tmp_path):
    """A file that was brought over from another room is told apart by its first line."""
    new_year = datetime(2027, 1, 4, 8, 0)
    for place in (folder, tmp_path / "other"):
        opened = Room.open(place) if place == folder else Room.create(place, unit="别的局")
        opened.close()
    with Room.open(folder, clock=lambda: new_year) as room:
        room.record(Registered(thing=Medium(serial="A6")))
    other = Room.open(tmp_path / "other", clock=lambda: new_year)
    other.record(Registered(thing=Medium(serial="A6")))
    foreign = (tmp_path / "other" / "journal" / "2027.jsonl").read_bytes()
    (folder / "journal" / "2027.jsonl").write_bytes(foreign)

    with pytest.raises(TamperedBook):
        Room.open(folder)


def test_two_terminals_see_each_others_acts(folder):
    """Each room catches up with the other's lines before it writes its own."""
    one, other = Room.open(folder), Room.open(folder)
    first = one.record(Registered(thing=Medium(serial="B1")))
    second = other.record(Registered(thing=Medium(serial="B2")))
    third = one.record(Registered(thing=Medium(serial="B3")))

    assert [first.number, second.number, third.number] == ["JZ-0004", "JZ-0005", "JZ-0006"]
    assert verify(Room.open(folder)).holds


def test_a_room_another_is_writing_in_is_locked(folder):
    """While one terminal holds the lock another waits a little, then is told who has it."""
    path = folder / "room.lock"
    one, other = Lock(path, lambda: "甲，08:00起，一号终端"), Lock(path, patience=0.05)
    with one, pytest.raises(Locked, match="甲，08:00起，一号终端"), other:
        pass
    with other:
        pass


def test_a_lock_that_is_held_is_held_on(folder):
    """Whoever holds the lock may take it again, and lets go of it once."""
    lock, other = Lock(folder / "room.lock"), Lock(folder / "room.lock", patience=0.01)
    with lock:
        with lock:
            pass
        with pytest.raises(Locked), other:
            pass
    with other:
        pass


def test_a_disk_that_takes_no_more_leaves_the_book_as_it_was(folder):
    """An act the disk took only half of is not in the book, and no byte of it stays."""
    before = journal_of(folder).read_bytes()
    room = Room.open(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, limits[1]))
    try:
        with pytest.raises(Unwritten, match="账本未变"):
            room.record(Registered(thing=Medium(serial="C1")))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert journal_of(folder).read_bytes() == before
    assert room.record(Registered(thing=Medium(serial="C1"))).number == "JZ-0004"


def test_a_years_first_line_the_disk_would_not_take_leaves_no_file(folder):
    """A new year's file that could not be written is not there."""
    new_year = datetime(2027, 1, 4, 8, 0)
    room = Room.open(folder, clock=lambda: new_year)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(Unwritten):
            room.record(Registered(thing=Medium(serial="C1")))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert not (folder / "journal" / "2027.jsonl").exists()
    assert verify(Room.open(folder)).holds


def test_a_snapshot_that_was_edited_is_named(folder):
    """Verify says which register of room.json no longer agrees with the book."""
    path = folder / "room.json"
    path.write_text(path.read_text("utf-8").replace('"A2"', '"X2"'), "utf-8")

    (fault,) = verify(Room.open(folder)).faults
    assert "media里的第2号" in fault


def test_a_snapshot_that_is_no_json_is_named(folder):
    """A damaged room.json is a fault of the file and not of the book."""
    (folder / "room.json").write_text('{"book":', "utf-8")

    (fault,) = verify(Room.open(folder)).faults
    assert "room.json" in fault


def test_settings_that_were_edited_are_named(folder):
    """Verify says where room.toml no longer agrees with the opening act."""
    path = folder / "room.toml"
    path.write_text(path.read_text("utf-8").replace("示范局", "别的局"), "utf-8")

    assert any("单位" in fault for fault in verify(Room.open(folder)).faults)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "unit = ",
        'unit = "x"',
        'unit="x"\nlevel="超密"\npack="a"\nhash="sm3"',
        'unit="x"\nlevel="机密"\npack="a"\nhash="sm3"\n[numbers]\nmedium="X"',
        'unit="x"\nlevel="机密"\npack="a"\nhash="sm3"\n[numbers]\nfoo="{seq}"',
    ],
)
def test_settings_that_do_not_read_are_refused(tmp_path, text):
    """A broken room.toml gives one sentence."""
    path = tmp_path / "room.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(InvalidSettings, match=r"room\.toml读不通"):
        Settings.read(path)


def test_settings_read_back(tmp_path):
    """What is written in room.toml is what was meant, quotation marks and all."""
    settings = Settings(unit='有"引号"\\的局', level=Level.绝密, hash="sha256")
    path = tmp_path / "room.toml"
    path.write_text(settings.text(), "utf-8")

    assert Settings.read(path) == settings


def test_a_room_is_made_only_where_nothing_is(folder, tmp_path):
    """A folder in use is left alone, and a folder without a book is no room."""
    with pytest.raises(NotARoom, match="已经有内容"):
        Room.create(folder, unit="x")
    with pytest.raises(NotARoom, match="不是台账文件夹"):
        Room.open(tmp_path)


def test_a_book_can_be_chained_with_sha256(tmp_path, monkeypatch):
    """The other registered digest works as the first does, and the book says which it is."""
    monkeypatch.setattr("ledger.room.room.Settings", lambda **kw: Settings(hash="sha256", **kw))
    with Room.create(tmp_path / "r", unit="局", clock=lambda: NOON) as room:
        room.record(Registered(thing=Medium(serial="A1")))
    monkeypatch.undo()

    assert '"hash":"sha256"' in (tmp_path / "r" / "journal" / f"{NOON:%Y}.jsonl").read_text()
    assert verify(Room.open(tmp_path / "r")).holds


def test_the_journal_remembers_how_far_it_has_read(folder):
    """Lines are read once; asking again gives only what is new."""
    journal = Journal(folder / "journal", digest("sm3"), DISK)

    assert len(list(journal.read())) == 7
    assert list(journal.read()) == []


def test_an_index_serves_a_program_that_knows_more_tables(folder, monkeypatch):
    """A table that came with a newer program costs no new index; another field to search by does."""
    with Room.open(folder) as room, room.book.writing():
        room.book.compact()
    made = []
    honest = snapshot._indexed
    monkeypatch.setattr(snapshot, "_indexed", lambda *told: made.append(1) or honest(*told))
    path, fields = folder / "room.json", Room.open(folder).book.fields

    snapshot.Snapshot.read(DISK, path, {**fields, "seals": ("number",)})
    assert made == []

    found = snapshot.Snapshot.read(DISK, path, {**fields, "media": ("serial", "level")})
    assert made == [1]
    assert [number for number, _ in found.find("media", "serial", "A2")]
