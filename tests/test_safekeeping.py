"""Backups that come back, texts that are blanked, heads that are signed, and folders nobody should use."""

import json
import os
import shutil
import stat
import zipfile
from datetime import date, datetime

import pytest

from ledger import Document, Level, Mark, Medium, Received, Registered
from ledger.event import Amended, Lost
from ledger.review import Refused
from ledger.room import OnAShare, Room
from ledger.room.anchor import Anchor, InvalidAnchor, anchor
from ledger.room.audit import Audit
from ledger.room.history import history
from ledger.room.redaction import NoRedaction, redact
from ledger.room.safekeeping import back_up, drill, latest, restore
from ledger.room.verification import verify
from ledger.store import blanking
from ledger.store.backup import BadBackup, digest_of
from ledger.store.journal import TamperedBook, Unwritten
from ledger.store.share import share_in
from ledger.store.signature import NoKey, genuine, new_key, sign
from tests.platter import Platter

NOON = datetime(2026, 6, 15, 12, 0)
SECRET = "某专项行动方案"
MARK = Mark.parse("机密★10年")


def letter(**fields):
    return Document(**{"issuer": "省厅", "mark": MARK, "issued_on": date(2026, 3, 2)} | fields)


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(
        tmp_path / "room", unit="示范局", level=Level.机密, clock=lambda: NOON
    ) as room:
        room.record(Registered(thing=Medium(level=Level.机密, serial="A1", keeper="王敏")))
        room.record(Registered(thing=Medium(serial="A2")))
        room.record(Received(document=letter(title=SECRET), sender="省厅", copies=2))
        room.record(Received(document=letter(title="一般通知"), sender="省厅"))
        yield room


@pytest.fixture(name="packed")
def _packed(room, tmp_path):
    back_up(room, tmp_path / "book.baomi", medium="JZ-0001")
    return tmp_path / "book.baomi"


def contents(folder):
    """Every file of a folder, by its name in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_backup_comes_back_as_it_was(room, packed, tmp_path):
    """What is restored is the room as it was packed, checked, and its owner's alone."""
    found = restore(packed, tmp_path / "again")

    assert found.verification.holds
    assert (found.manifest.unit, found.manifest.acts) == ("示范局", 5)
    again = Room.open(tmp_path / "again")
    assert list(again.acts) == list(room.acts)[:5]
    assert stat.S_IMODE((tmp_path / "again").stat().st_mode) == 0o700
    kept = {name for name in contents(tmp_path / "again") if not name.endswith((".idx", ".lock"))}
    assert {"room.toml", "room.key", "room.json", "journal/2026.jsonl"} <= kept
    for name in kept:
        assert stat.S_IMODE((tmp_path / "again" / name).stat().st_mode) == 0o600


def test_a_backup_is_on_record(room, packed):
    """The book knows the last backup, its digest, how far it goes and what it lies on."""
    last = latest(room)

    assert last.file == str(packed)
    assert last.digest == digest_of(packed, "sm3")
    assert last.medium == "JZ-0001"
    assert last.head in (packed.parent / "room" / "journal" / "2026.jsonl").read_text("utf-8")
    assert [type(act.event).__name__ for act in history(room, "JZ-0001")][-1] == "BackedUp"


def test_a_backup_may_not_lie_lower_than_the_room(room, tmp_path):
    """A backup onto a medium below the room's level is refused before a byte is packed."""
    with pytest.raises(Refused, match="没有密级"):
        back_up(room, tmp_path / "low.baomi", medium="JZ-0002")

    assert not (tmp_path / "low.baomi").exists()


@pytest.mark.parametrize(
    ("where", "said"),
    [("book.baomi", "已经存在"), ("room/inside.baomi", "里面"), ("no/x", "没有写成")],
)
def test_a_backup_goes_to_a_new_file_outside_the_room(room, packed, tmp_path, where, said):
    """No backup overwrites a file, or lies in the folder it is of."""
    before = packed.read_bytes()
    with pytest.raises(BadBackup, match=said):
        back_up(room, tmp_path / where)

    assert packed.read_bytes() == before


def test_a_drill_restores_the_last_backup_and_leaves_nothing(room, packed):
    """A drill proves that the last backup can be restored, and throws the copy away."""
    found = drill(room)

    assert found.verification.acts == 5
    assert not list(packed.parent.glob("baomi-drill*"))


def test_a_drill_says_why_it_fails(room, packed, tmp_path):
    """A backup that is not there, or not the one that was made, is told so."""
    packed.write_bytes(packed.read_bytes()[:-1])
    with pytest.raises(BadBackup, match="已被改动或损坏"):
        drill(room)
    packed.unlink()
    with pytest.raises(BadBackup, match="不在原处"):
        drill(room)
    with Room.create(tmp_path / "new", unit="局") as new, pytest.raises(BadBackup, match="还没有"):
        drill(new)


def test_only_an_empty_folder_is_restored_into(packed, tmp_path):
    """A folder in use is left alone."""
    (tmp_path / "busy").mkdir()
    (tmp_path / "busy" / "x").write_text("x")
    with pytest.raises(BadBackup, match="空文件夹"):
        restore(packed, tmp_path / "busy")

    assert contents(tmp_path / "busy") == {"x": b"x"}


def rewritten(packed, change):
    """The backup with its members and manifest changed."""
    with zipfile.ZipFile(packed) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    manifest = json.loads(members[-1][1])
    members = change(members[:-1], manifest)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info, raw in members:
            new.writestr(info, raw)
        if manifest is not None:
            new.writestr("manifest.json", json.dumps(manifest))


def listed(manifest, name, raw):
    manifest["files"].append({"name": name, "size": len(raw), "digest": "00"})


def named(name, mode=stat.S_IFREG | 0o600):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def _outside(name, mode=stat.S_IFREG | 0o600):
    def change(members, manifest):
        listed(manifest, name, b"x")
        return [*members, (named(name, mode), b"x")]

    return change


def _unlisted(members, _manifest):
    return [*members, (named("packs/x.toml"), b"x")]


def _altered(members, _manifest):
    return [(i, raw.replace("示范局".encode(), "别的局".encode())) for i, raw in members]


def _bomb(members, manifest):
    manifest["files"][0]["size"] = 1
    return [(members[0][0], b"\0" * 10_000_000), *members[1:]]


def _later(members, manifest):
    manifest["hash"] = "sm9"
    return members


def _no_files(members, manifest):
    del manifest["files"]
    return members


def _short(members, manifest):
    manifest["head"] = "0" * 64
    return members


HOSTILE = {
    "a path upwards": (_outside("../evil"), "不该有的文件"),
    "a path from the root": (_outside("/etc/evil"), "不该有的文件"),
    "a path of another system": (_outside("a\\..\\evil"), "不该有的文件"),
    "a drive": (_outside("C:evil"), "不该有的文件"),
    "a dot": (_outside("packs/./x"), "不该有的文件"),
    "a control character": (_outside("a\x1bb"), "不该有的文件"),
    "a symbolic link": (_outside("link", stat.S_IFLNK | 0o777), "不该有的文件"),
    "a device": (_outside("dev", stat.S_IFCHR | 0o600), "不该有的文件"),
    "an unlisted file": (_unlisted, "与清单不一致"),
    "an altered file": (_altered, "不一致|不符"),
    "a bomb": (_bomb, "大小与清单不一致"),
    "a later format": (_later, "更新的版本"),
    "a manifest without files": (_no_files, "没有读得通的清单"),
    "another end": (_short, "链首不同"),
}


@pytest.mark.parametrize(("change", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_backup_is_refused_and_writes_nothing(packed, tmp_path, change, said):
    """Whatever a file claims to be, nothing lands outside the folder and nothing half-checked stays."""
    rewritten(packed, change)
    before = contents(tmp_path)
    with pytest.raises(BadBackup, match=said):
        restore(packed, tmp_path / "again")

    shutil.rmtree(tmp_path / "again", ignore_errors=True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04", b"no archive at all" * 50], ids=["empty", "cut", "text"]
)
def test_a_file_that_is_no_backup_is_told_so(tmp_path, raw):
    """Bytes that are no archive get one sentence."""
    (tmp_path / "x").write_bytes(raw)
    with pytest.raises(BadBackup, match="不是完整的备份文件"):
        restore(tmp_path / "x", tmp_path / "again")
    with pytest.raises(BadBackup, match="没有这个文件"):
        restore(tmp_path / "y", tmp_path / "again")


def test_a_backup_is_torn_at_every_block_and_never_half_restored(packed, tmp_path):
    """A backup that was cut off anywhere is refused."""
    whole = packed.read_bytes()
    for size in range(0, len(whole), 211):
        packed.write_bytes(whole[:size])
        with pytest.raises(BadBackup):
            restore(packed, tmp_path / "again")
        assert not (tmp_path / "again").exists()


def test_a_blanked_text_is_nowhere_and_the_chain_holds(room):
    """The text is gone from every file; the book verifies, and says who blanked it, when and why."""
    room.record(Lost(carrier="WJ-2026-0001", circumstances=f"{SECRET}放在桌上"))
    done = redact(room, "WJ-2026-0001", "标题", reason="误录", by="王敏")

    assert SECRET not in room.register.documents["WG-2026-0001"].title
    assert room.register.documents["WG-2026-0002"].title == "一般通知"
    found = verify(room)
    assert found.faults == ()
    assert "王敏" in found.notes[0]
    assert "误录" in found.notes[0]
    redact(room, 6, "经过", reason="误录", by="王敏")
    assert all(SECRET.encode() not in raw for raw in contents(room.folder).values())
    assert verify(room).faults == ()
    assert [act.n for act in history(room, "WJ-2026-0001")][-1] == done.act.n
    room.close()
    assert Room.open(room.folder).register == room.register


def test_a_text_quoted_by_others_is_blanked_there_too(room):
    """What the rules said about the text, and excerpts named after it, do not keep it."""
    amended = Amended(thing=letter(number="WG-2026-0001", title=SECRET, alias=f"{SECRET}（代）"))
    room.record(amended)
    redact(room, "WG-2026-0001", "title", reason="误录", by="王敏")
    redact(room, "WG-2026-0001", "代称", reason="误录", by="王敏")

    assert all(SECRET.encode() not in raw for raw in contents(room.folder).values())
    assert verify(room).faults == ()


def test_other_pages_keep_the_same_words(room):
    """A text is blanked on the page it was blanked on, and on no other."""
    for number in (1, 2):
        room.record(Registered(thing=Medium(serial=f"B{number}", department="办公室")))
    redact(room, "JZ-0003", "部门", reason="误录", by="王敏")

    assert room.register.carriers["JZ-0003"].thing.department == "*" * 9
    assert room.register.carriers["JZ-0004"].thing.department == "办公室"
    assert verify(room).faults == ()


@pytest.mark.parametrize(
    ("subject", "field", "said"),
    [
        ("JZ-0001", "密级", "不能涂销"),
        ("JZ-0001", "备注", "没有2个字以上的内容"),
        ("JZ-9999", "名称", "没有2个字以上的内容"),
        (99, "原因", "流水里没有第99笔"),
        (2, "标题", "不能涂销"),
    ],
)
def test_what_cannot_be_blanked_is_told_and_changes_nothing(room, subject, field, said):
    """Levels, numbers and blanks are not blanked, and the book is as it was."""
    before = contents(room.folder)
    with pytest.raises(NoRedaction, match=said):
        redact(room, subject, field, reason="误录", by="王敏")

    assert {k: v for k, v in contents(room.folder).items() if "lock" not in k} == {
        k: v for k, v in before.items() if "lock" not in k
    }


def test_a_blanking_that_was_interrupted_is_finished_before_the_next_act(room, monkeypatch):
    """If the power goes between the line that says so and the blanking, the next act blanks first."""
    real = blanking.blanked

    def fails(*_args):
        raise OSError(5, "planted")

    monkeypatch.setattr("ledger.store.book.put", fails)
    with pytest.raises(Unwritten, match="涂销没有做完"):
        redact(room, "WJ-2026-0001", "标题", reason="误录", by="王敏")
    monkeypatch.undo()
    path = room.folder / "journal" / "2026.jsonl"
    assert SECRET.encode() in path.read_bytes()

    lines = path.read_bytes().splitlines(keepends=True)
    (blank, *_) = blanking.in_line(json.loads(lines[-1]))
    half = bytearray(path.read_bytes())
    start, length = blank.spans[0]
    half[blank.start + start : blank.start + start + length - 4] = b"*" * (length - 4)
    path.write_bytes(half)
    again = Room.open(room.folder)
    assert verify(again).faults == ()
    again.record(Registered(thing=Medium(serial="C1")))

    assert all(SECRET.encode() not in raw for raw in contents(room.folder).values())
    assert verify(Room.open(room.folder)).faults == ()
    assert real is blanking.blanked


def test_a_line_that_was_blanked_otherwise_is_tampering(room):
    """A blanked line is believed only as far as the book says it was blanked."""
    redact(room, "WJ-2026-0001", "标题", reason="误录", by="王敏")
    room.close()
    path = room.folder / "journal" / "2026.jsonl"
    raw = path.read_bytes()
    path.write_bytes(raw.replace("省厅".encode(), b"******", 1))

    with pytest.raises(TamperedBook, match="校验和不符"):
        Room.open(room.folder)


def test_a_head_can_be_signed_and_held_against_the_book(room, tmp_path):
    """A signed head says which book, how far and when; another key or word shows."""
    public = new_key(tmp_path / "unit.key")
    known = anchor(room, tmp_path / "unit.key")
    (tmp_path / "head.json").write_text(known.text, "utf-8")
    read = Anchor.read(tmp_path / "head.json")

    assert read == known
    assert read.trouble(public) == ""
    assert verify(room, read.head).holds
    assert "不是指定的密钥" in read.trouble("00" * 32)
    forged = Anchor(**{name: getattr(known, name) for name in _NAMES} | {"head": "0" * 64})
    assert "签名不对" in forged.trouble(public)
    assert stat.S_IMODE((tmp_path / "unit.key").stat().st_mode) == 0o600


_NAMES = ("unit", "room", "acts", "lines", "head", "moment", "signature", "public")


def test_a_head_without_a_key_works_just_the_same(room, tmp_path):
    """Units without a key print and keep heads all the same."""
    known = anchor(room)

    assert known.trouble() == ""
    assert known.trouble("00" * 32) == "链首文件没有签名"
    assert known.printed.replace(" ", "") == room.head[:20]
    (tmp_path / "bad.json").write_text("[]")
    for name in ("bad.json", "missing.json"):
        with pytest.raises(InvalidAnchor):
            Anchor.read(tmp_path / name)


def test_keys_that_are_none_are_told(tmp_path):
    """A key is never overwritten, and what is no key gets one sentence."""
    new_key(tmp_path / "k")
    with pytest.raises(NoKey, match="已经存在"):
        new_key(tmp_path / "k")
    (tmp_path / "text").write_text("no key")
    for name in ("text", "missing"):
        with pytest.raises(NoKey):
            sign("x", tmp_path / name)
    assert not genuine("x", "no hex", "no hex")


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
36 22 0:32 / /mnt/share rw,relatime - nfs4 10.0.0.1:/export rw
37 36 8:2 / /mnt/share/local rw - ext4 /dev/sdb1 rw
38 22 0:33 / /mnt/with\\040blank rw - cifs //server/x rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/room", ""),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/room", "nfs4"),
        ("/mnt/shared", ""),
        ("/mnt/share/local/room", ""),
        ("/mnt/with blank/room", "cifs"),
    ],
)
def test_network_shares_are_recognised(path, kind):
    """The mount a folder lies on says whether it is another machine's."""
    assert share_in(MOUNTS, path) == kind


def test_nothing_is_written_on_a_network_share(room, monkeypatch, tmp_path):
    """A room on a share is read with a warning and written by nobody; none is made there."""
    monkeypatch.setattr("ledger.room.room.network_share", lambda _path: "nfs4")
    monkeypatch.setattr("ledger.room.founding.network_share", lambda _path: "nfs4")
    shared = Room.open(room.folder)

    assert any("网络共享" in notice for notice in shared.notices)
    with pytest.raises(OnAShare, match="nfs4"):
        shared.record(Registered(thing=Medium(serial="Z")))
    with pytest.raises(OnAShare):
        Room.create(tmp_path / "new", unit="局")
    assert not (tmp_path / "new").exists()


def test_a_short_book_is_checked_when_it_is_opened(room):
    """A small book is looked over from its first line, and the status says so."""
    audit = Audit(room)
    audit.start()

    assert audit.done
    assert "已全部核对" in audit.line


def test_the_rest_of_a_long_book_is_checked_in_the_background(room, monkeypatch):
    """Opening a long book reads what is new; the rest is checked meanwhile, and what is wrong is said."""
    room.close()
    monkeypatch.setattr("ledger.store.chain._SMALL", 0)
    with Room.open(room.folder) as long:
        audit = Audit(long)
        assert not long.looked_over
        audit.start()
        assert audit.wait(60)
        assert "已全部核对" in audit.line
        assert audit.lines == long.book.journal.place.line
    path = room.folder / "journal" / "2026.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"A1"', b'"B1"', 1))
    with Room.open(room.folder) as long:
        audit = Audit(long)
        audit.start()
        assert audit.wait(60)

    assert "校验和不符" in audit.line


def test_an_audit_can_be_given_up(room, monkeypatch):
    """Whoever closes the program does not wait for the check."""
    monkeypatch.setattr("ledger.store.chain._SMALL", 0)
    with Room.open(room.folder) as long:
        audit = Audit(long)
        audit.start()
        audit.stop()
        audit.wait(10)

    assert audit.done


def test_opening_a_long_room_reads_no_closed_year(room, tmp_path, monkeypatch):
    """A room whose past years were closed opens without looking into their files."""
    for year in (2027, 2028):
        with Room.open(room.folder, clock=lambda year=year: datetime(year, 1, 4, 8, 0)) as later:
            later.record(Registered(thing=Medium(serial=f"Y{year}")), happened="停用后启用")
    monkeypatch.setattr("ledger.store.chain._SMALL", 0)
    opened = []
    real = os.open

    def watching(path, *args, **options):
        opened.append(os.fspath(path))
        return real(path, *args, **options)

    monkeypatch.setattr(os, "open", watching)
    with Room.open(room.folder) as long:
        assert long.register.carriers["JZ-0004"].thing.serial == "Y2028"
    names = {path.rpartition("/")[2] for path in opened if str(room.folder) in path}

    assert "2028.jsonl" in names
    assert not names & {"2026.jsonl", "2027.jsonl", "2026.idx", "2026.closing.json"}


def test_a_disk_is_a_disk():
    """The disk of the tests behaves as the real one where the store leans on it."""
    platter = Platter({})
    with pytest.raises(FileNotFoundError):
        platter.open("x")
    with pytest.raises(FileNotFoundError):
        platter.view("x")
    platter.remove("x")
    assert platter.stat("x") is None
