"""A room whose content is sealed: the same ledger, of which its folder says nothing."""

import base64
import hashlib
import json
import os
import re
import shutil
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import get_args

import orjson
import pyotp
import pytest
from attrs import evolve, fields, has
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tinydb import Query

from ledger.access import OperatorRole
from ledger.act import Act
from ledger.books import book_named
from ledger.bureau.taking import take
from ledger.carrier import Document, Medium
from ledger.cli import cli
from ledger.cli.desk import run
from ledger.cli.speech import Exit
from ledger.event import Lent, Received, Registered
from ledger.event.access import Viewed
from ledger.mark import Level, Mark
from ledger.notation.content import CONTENT, PLAIN_ACTS, PLAIN_TABLES, is_content
from ledger.notation.words import ACTS, KINDS, act_name
from ledger.person import Circle, Person
from ledger.register.register import TABLES
from ledger.review import Refused
from ledger.room import Room, approving, counting, operators, sealing
from ledger.room.bundle import evidence
from ledger.room.directory import Directory
from ledger.room.filling import Subject
from ledger.room.handing import hand_in
from ledger.room.paperwork import book_content, register_of
from ledger.room.rebuilding import rebuild
from ledger.room.redaction import redact
from ledger.room.safekeeping import back_up, restore
from ledger.room.signing_in import NotSignedIn, join, sign_in, sign_out
from ledger.room.verification import verify, verify_folder
from ledger.room.viewing import view
from ledger.store import credential
from ledger.store.cipher import CLOSED, PLAIN, Keyed, NoContentKey, found_in, stored
from ledger.store.content_key import BadSheet, ContentKey, _montgomery
from ledger.store.credential import Secrets
from ledger.store.digest import digest
from ledger.store.line import seal as chained
from ledger.store.place import TamperedBook
from ledger.store.registers import FIELDS, PAGES
from ledger.store.state import Change
from ledger.text import SEALED, Ciphertext
from tests.guardroom import PASSWORDS, ROLES, Clock, _cheap, enter, guarded  # noqa: F401 - a fixture
from tests.histories import HISTORIES, play
from tests.officer import at_desk
from tests.test_signing import at_a_terminal, scanned
from tests.world import world

TITLE = "绝不能看见的标题"
NUMBER = "示厅发〔2026〕77号"
KEY = ContentKey(bytes(range(32)))


@pytest.fixture(name="room")
def _room(tmp_path):
    """A sealed room with an operator of each kind, the officer signed in."""
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        sealing.seal(room)
        yield room


def received(room, title=TITLE, mark="机密★10年", **said):
    document = Document(
        title=title,
        doc_no=NUMBER,
        issuer="示范省厅",
        issued_on=room.clock().date(),
        mark=Mark.parse(mark),
        circle=Circle.of(["陈刚"]),
    )
    event = Received(document=document, sender="示范省厅", channel="机要通信")
    return room.record(event, **said).number


def everything(folder):
    """The bytes of every file in a folder, with what archives hold, and each file's name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def says(raw, text):
    """Whether some bytes say a text, as UTF-8, as UTF-16 or escaped in JSON."""
    ways = (text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode())
    return any(way in raw for way in ways)


def folder_says(folder, *texts):
    return [name for name, raw in everything(folder) for text in texts if says(raw, text)]


# which fields


def free_texts():
    """The names of all fields of acts and pages that take any text."""
    found, seen = set(), set()

    def visit(kind, name):
        if kind is str:
            found.add(name)
        elif isinstance(kind, type) and has(kind):
            if kind not in seen:
                seen.add(kind)
                for each in fields(kind):
                    visit(each.type, each.name)
        for part in get_args(kind):
            visit(part, name)

    for kind in (Act, *ACTS, *KINDS, *PAGES.values()):
        visit(kind, "")
    return {name for name in found if name and not name.startswith("_")}


def test_every_text_is_sealed_or_said_to_be_plain():
    """Each field that takes any text has its line in the table, so that no new one is forgotten."""
    path = Path(__file__).parent / "cases" / "content.tsv"
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]

    assert {name for name, _, _ in rows} == free_texts()
    assert {name for name, _, stored in rows if stored == "密"} <= CONTENT
    assert {name for name, _, stored in rows if stored == "明"}.isdisjoint(CONTENT)


def test_nothing_is_found_by_what_is_sealed():
    """No index of the registers is made of a field that is content."""
    for table, names in FIELDS.items():
        assert not any(is_content(name, table) for name in names)
    assert {act_name(kind) for kind in ACTS} >= PLAIN_ACTS
    assert set(TABLES) >= PLAIN_TABLES


# one text


def test_a_sealed_text_opens_where_it_was_sealed_and_nowhere_else():
    """Moved to another act, document, table, field, place of a list or room, it does not open."""
    codec = Keyed(KEY.raw, "r")
    sealed = codec.sealed("documents", 3, {"title": "甲", "facts": ["乙", "丙"], "reason": "丁"})
    title, facts = sealed["title"], sealed["facts"]

    assert codec.opened("documents", 3, sealed)["title"] == "甲"
    for table, number, moved in (
        ("documents", 4, {"title": title}),
        ("cases", 3, {"title": title}),
        ("acts", 3, {"title": title}),
        ("documents", 3, {"reason": title}),
        ("documents", 3, {"facts": [facts[1], facts[0]]}),
        ("documents", 3, {"facts": [title]}),
        ("documents", 3, {"x": {"title": title}}),
    ):
        with pytest.raises(TamperedBook, match="密文解不开"):
            codec.opened(table, number, moved)
    for other in (Keyed(KEY.raw, "q"), Keyed(bytes(32), "r")):
        with pytest.raises(TamperedBook):
            other.opened("documents", 3, {"title": title})


@given(st.lists(st.text(max_size=80), min_size=1), st.integers(0, 10**9))
def test_any_text_comes_back_as_it_was(texts, number):
    """Whatever was written, also what looks like something sealed, is read as it was."""
    codec = Keyed(KEY.raw, "r")
    document = {"title": texts[0], "facts": texts, "number": texts[0], "on": number}
    stored_as = json.loads(json.dumps(codec.sealed("documents", number, document)))

    assert codec.opened("documents", number, stored_as) == document
    assert not list(contents(stored_as, "documents"))


def test_a_changed_byte_of_a_sealed_text_is_found():
    """Whichever character of a sealed text is another, it does not open."""
    codec = Keyed(KEY.raw, "r")
    token = codec.sealed("documents", 1, {"title": "甲"})["title"]["sealed"]
    for place, character in enumerate(token.rstrip("=")[:-1]):
        other = "A" if character != "A" else "B"
        changed = f"{token[:place]}{other}{token[place + 1 :]}"
        with pytest.raises(TamperedBook):
            codec.opened("documents", 1, {"title": {"sealed": changed}})
    for bad in ("", "甲", "AAAA"):
        with pytest.raises(TamperedBook):
            codec.opened("documents", 1, {"title": {"sealed": bad}})


def test_equal_titles_are_not_told_by_their_sealed_texts():
    """The same title sealed twice is stored differently, and short titles are of one length."""
    codec = Keyed(KEY.raw, "r")
    tokens = [
        codec.sealed("documents", 1, {"title": text})["title"]["sealed"]
        for text in ("甲", "甲", "甲乙丙丁戊己庚辛壬癸")
    ]

    assert len(set(tokens)) == 3
    assert len({len(token) for token in tokens}) == 1


def test_who_has_no_key_keeps_what_is_sealed_as_it_is():
    """Without a key a text goes back to its place as it came, and to no other; nothing new is sealed."""
    stored = Keyed(KEY.raw, "r").sealed("documents", 1, {"title": "甲", "number": "WG-1"})
    seen = CLOSED.opened("documents", 1, stored)

    assert seen["title"] == seen["title"]
    assert f"《{seen['title']}》" == f"《{SEALED}》"
    assert seen["title"] != SEALED
    assert len({seen["title"], CLOSED.opened("documents", 1, stored)["title"]}) == 1
    assert CLOSED.sealed("documents", 1, seen) == stored
    for table, number, document in (
        ("documents", 2, seen),
        ("documents", 1, {"title": "乙"}),
        ("acts", 1, {"act": "lent", "note": "乙"}),
    ):
        with pytest.raises(NoContentKey, match="没有内容密钥"):
            CLOSED.sealed(table, number, document)


def test_a_room_that_seals_nothing_stores_the_very_same():
    """Where nothing is sealed an act or a document is stored and read as it is."""
    document = {"title": "甲", "odd": {"sealed": "乙"}}

    assert PLAIN.sealed("documents", 1, document) is document
    assert PLAIN.opened("documents", 1, document) is document


# the key


def test_the_half_of_a_signing_key_that_keys_are_wrapped_for_is_its_own():
    """What is worked out of the public half is what the library makes of the private one."""
    for n in range(40):
        secrets = Secrets(hashlib.sha256(bytes([n])).digest())
        own = X25519PrivateKey.from_private_bytes(hashlib.sha512(secrets.signing).digest()[:32])
        assert _montgomery(bytes.fromhex(secrets.public)) == own.public_key().public_bytes_raw()


def test_a_wrapped_key_is_one_persons_in_one_room():
    """It unwraps with his own key, in his name and in its room, and otherwise not."""
    mine, other = Secrets.new(), Secrets.new()
    wrapped = KEY.wrapped(mine.public, "r", "RY-001")

    assert ContentKey.unwrapped(wrapped, mine.signing, "r", "RY-001") == KEY
    assert ContentKey.unwrapped(wrapped, other.signing, "r", "RY-001") is None
    assert ContentKey.unwrapped(wrapped, mine.signing, "q", "RY-001") is None
    assert ContentKey.unwrapped(wrapped, mine.signing, "r", "RY-002") is None
    assert ContentKey.unwrapped("00", mine.signing, "r", "RY-001") is None
    assert KEY.raw.hex() not in repr(KEY)


def test_a_misread_letter_of_the_sheet_is_told():
    """Any one letter read wrong, left out or exchanged with the next, and the sheet is refused."""
    letters = KEY.sheet
    plain = letters.replace(" ", "")

    assert len(plain) == 56
    assert ContentKey.read(letters) == ContentKey.read(plain.lower()) == KEY
    assert ContentKey.read(letters.replace("O", "0").replace("I", "1").replace("B", "8")) == KEY
    for place, letter in enumerate(plain):
        others = {"A" if letter != "A" else "C", ""}
        for other in others:
            with pytest.raises(BadSheet, match="没有抄对"):
                ContentKey.read(plain[:place] + other + plain[place + 1 :])
        swapped = plain[:place] + plain[place : place + 2][::-1] + plain[place + 2 :]
        if swapped != plain:
            with pytest.raises(BadSheet):
                ContentKey.read(swapped)


# the whole room


@pytest.fixture(name="pair", scope="module")
def _pair(tmp_path_factory):
    """The sample unit in two rooms, one sealed, with what its officer signs in with."""
    folder, clock = tmp_path_factory.mktemp("pair"), Clock()
    one_time = pyotp.random_base32()
    cost = credential._COST
    credential._COST = {"n": 2**4, "r": 8, "p": 1}
    clock.at = world().register.at
    with Room.create(folder / "plain", unit="示范局", level=Level.绝密, clock=clock) as room:
        for act in world().acts[1:]:
            room.record(act.event, happened="前情")
        operators.add(
            room,
            "王敏",
            {OperatorRole.OFFICER, OperatorRole.SECRECY},
            PASSWORDS["王敏"],
            one_time=one_time,
            code=pyotp.TOTP(one_time).at(clock.at),
        )
    shutil.copytree(folder / "plain", folder / "sealed")
    yield folder, one_time, clock.at
    credential._COST = cost


def entered(folder, one_time, at, *, seal):
    """A copy of one of the pair, its officer signed in."""
    clock = Clock()
    clock.at = at + timedelta(minutes=2)
    room = Room.open(folder, clock=clock)
    sign_in(room, "王敏", PASSWORDS["王敏"], pyotp.TOTP(one_time).at(clock.at))
    if seal:
        sealing.seal(room)
    else:  # as many acts
        room.record(Viewed(documents=()))
    return room


def alike(one, other):
    """Two registers but for who has the content key."""
    bare = [
        evolve(
            register,
            operators={
                name: evolve(each, content_key="", wrapped="")
                for name, each in register.operators.items()
            },
        )
        for register in (one, other)
    ]
    for table in (each.name for each in fields(type(one))):
        first, second = (getattr(register, table) for register in bare)
        assert (dict(first) if hasattr(first, "items") else first) == (
            dict(second) if hasattr(second, "items") else second
        ), table


def contents(stored, kind=""):
    """The content that stands in a stored act or document as plain text."""
    if isinstance(stored, dict):
        act = stored.get("act")
        for key, value in stored.items():
            if isinstance(value, str) and value and is_content(key, act or kind):
                yield key, value
            yield from contents(value, key)
    elif isinstance(stored, list):
        for value in stored:
            yield from contents(value, kind)


@settings(max_examples=12, phases=[Phase.generate])
@given(HISTORIES)
def test_a_sealed_room_says_what_the_same_room_says_unsealed(pair, tmp_path_factory, history):
    """Over random histories both have the same register and acts, and verify, whoever asks."""
    folder, one_time, at = pair
    here = tmp_path_factory.mktemp("history")
    start = len(world().acts)
    acts = play(history)[-1].acts[start:]
    rooms = []
    for kind in ("plain", "sealed"):
        shutil.copytree(folder / kind, here / kind)
        room = entered(here / kind, one_time, at, seal=kind == "sealed")
        rooms.append((room, len(room.acts)))
    told = []
    for room, first in rooms:
        refused = []
        for act in acts:
            room.clock.at = max(room.clock.at, act.at)
            try:
                room.record(act.event, happened=act.happened)
            except Refused as refusal:
                refused.append(str(refusal))
        told.append((refused, [str(act) for act in room.acts[first:]]))

    (plain, _), (sealed, first) = rooms
    assert told[0] == told[1]
    alike(plain.register, sealed.register)
    assert verify(sealed).faults == ()
    sealed.close()
    with Room.open(here / "sealed") as again:
        assert verify(again).holds
        assert again.register.content_key
    journal = (here / "sealed" / "journal" / "2026.jsonl").read_bytes().splitlines()
    for line in journal:
        said = json.loads(line)
        for act in said.get("acts", ()):
            if act["n"] > first and act["act"] not in PLAIN_ACTS:
                assert not list(contents(act))
    plain.close()
    shutil.rmtree(here)


def test_a_planted_title_is_nowhere_in_the_folder(room, tmp_path):
    """Whatever is done with a document, no file of the room says its title, its number or a note."""
    note = "附注里的绝密暗语"
    number = received(room, note=note)
    room.record(Registered(thing=Person(name="某人", left_on=None)))
    enter(room, "陈刚")
    loan = Lent(
        carrier=number, to="陈刚", due=room.clock().date() + timedelta(days=9), purpose=note
    )
    approving.ask_for(room, loan, purpose=note)
    enter(room, "王敏")
    with pytest.raises(Refused):
        room.record(loan)
    late = room.record(loan, happened=f"补记：{TITLE}")  # opens a case that quotes what was done
    assert room.register.cases
    assert late.act.findings
    room.record(Registered(thing=Medium(level=Level.机密, serial="S1", remark=note)))
    with counting.begin(room) as count:
        count.hear(number)
        count.check()
        for row in count.tally():
            if row.waits:
                count.settle(row.subject, row.choices[0], note=note)
        count.abandon(note)
    back_up(room, tmp_path / "b.baomi")
    hand_in(room, tmp_path / "h.baomi", medium="JZ-0001")
    evidence(room, number, tmp_path / "e.zip", to="JZ-0001")
    room.tables.table("cases").update({"outcome": note}, Query().nature == "违规")
    assert room.register.document_of(number).title == TITLE
    room.close()

    assert folder_says(tmp_path, TITLE, NUMBER, note) == []
    for name in ("b.baomi", "h.baomi", "e.zip"):
        with zipfile.ZipFile(BytesIO((tmp_path / name).read_bytes())) as archive:
            for each in archive.namelist():
                assert not any(says(archive.read(each), text) for text in (TITLE, NUMBER, note))
    with restored(tmp_path / "b.baomi", tmp_path / "again") as again:
        enter(again, "李国强")
        assert again.register.document_of(number).title == TITLE


def restored(file, folder):
    restore(file, folder)
    return Room.open(folder, clock=Clock())


def test_the_page_of_formats_is_enough_to_read_a_sealed_room(room):
    """With the letters on paper and the documented format alone every sealed text of a book opens."""
    received(room, note="附注")
    letters, _ = sealing.write_down(room, "李国强")
    owner = room.book.owner.room
    room.close()
    said = base64.b32decode(letters.replace(" ", ""))
    assert hashlib.sha256(said[:32]).digest()[:3] == said[32:]
    cipher, texts = AESGCM(said[:32]), {}

    def read(value, place):
        if isinstance(value, dict) and value.keys() == {"sealed"}:
            raw = base64.b64decode(value["sealed"], validate=True)
            about = f"baomi-content-1\n{owner}\n{place}".encode()
            filled = cipher.decrypt(raw[:12], raw[12:], about)
            assert len(filled) % 32 == 0
            texts[place] = filled[: -filled[-1]].decode()
        elif isinstance(value, dict | list):
            parts = value.items() if isinstance(value, dict) else enumerate(value)
            for name, part in parts:
                read(part, f"{place}/{name}")

    for raw in (room.folder / "journal" / "2026.jsonl").read_bytes().splitlines():
        line = json.loads(raw)
        for act in line.get("acts", ()):
            read(act, f"acts/{act['n']}")
        for table, number, document in line.get("records", ()):
            read(document, f"{table}/{number}")
    assert {"附注", TITLE, NUMBER, "示范省厅"} <= set(texts.values())
    assert TITLE in [text for place, text in texts.items() if place.startswith("documents/")]


def test_years_that_are_closed_are_sealed_and_looked_back_at(room, tmp_path):
    """The registers kept at a year's end say no title, and show it to who has the key."""
    number = received(room)
    last = room.clock.at.date()
    room.clock.at = room.clock.at.replace(year=2027, month=1, day=4)
    enter(room, "王敏")
    received(room, title="新年的标题")
    assert (tmp_path / "r" / "journal" / "2026.closing.json").is_file()
    assert room.as_of(last).document_of(number).title == TITLE
    assert verify(room).faults == ()
    key = room.session.content_key
    room.close()

    assert folder_says(tmp_path, TITLE, "新年的标题", key.sheet, key.raw.hex()) == []
    assert not any(key.raw in raw for _, raw in everything(tmp_path))
    with Room.open(tmp_path / "r") as nobody:
        assert isinstance(nobody.as_of(last).document_of(number).title, Ciphertext)
        assert verify(nobody).faults == ()


def test_registers_are_made_anew_by_who_has_the_key(room, tmp_path):
    """With the key what is wrong is put right and sealed; without it nothing sealed is touched."""
    number = received(room)
    ident = room.register.idents[room.register.document_of(number).number]
    wrong = {**room.book.document("documents", ident), "title": "改成别的"}
    with room.writing():
        change = stored(Change.of("documents", ident, wrong), room.book.codec)
        room.book.put([change], 2026)
    assert any("documents" in fault for fault in verify(room).faults)
    with room.writing():
        assert rebuild(room.book, room.acts, 2026) == 1
    room.follow()
    assert room.register.document_of(number).title == TITLE
    assert verify(room).faults == ()
    sign_out(room)
    with room.writing():
        assert rebuild(room.book, room.acts, 2026) == 0
    room.close()
    assert folder_says(tmp_path, TITLE, "改成别的") == []


def test_an_unsealed_room_says_it_in_its_journal(tmp_path):
    """The search that finds nothing in a sealed room finds the title in one that is not."""
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        received(room)

    assert "2026.jsonl" in folder_says(tmp_path, TITLE)
    assert "room.json" in folder_says(tmp_path, TITLE)


def test_what_was_written_before_stays_and_what_comes_after_is_sealed(tmp_path):
    """Sealing begins with an act; earlier lines are not rewritten, and the book holds over both."""
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        old = received(room, title="从前的标题")
        sealing.seal(room)
        new = received(room)
        with pytest.raises(NoContentKey, match="已经加密"):
            sealing.seal(room)
        assert room.register.document_of(old).title == "从前的标题"
        assert verify(room).faults == ()

    assert folder_says(tmp_path, TITLE) == []
    assert "2026.jsonl" in folder_says(tmp_path, "从前的标题")
    with Room.open(tmp_path / "r") as room:
        assert room.register.document_of(old).title == "从前的标题"
        assert isinstance(room.register.document_of(new).title, Ciphertext)
        found = verify(room)
        assert found.holds
        assert any("没有用内容密钥" in note for note in found.notes)


@pytest.mark.parametrize("name", PASSWORDS)
def test_who_reads_content_is_who_has_the_key(room, name):
    """At sign-in the key opens for who reads titles and for programs, and for nobody else."""
    number = received(room)
    enter(room, name)
    title = room.register.document_of(number).title

    if name in ("张华", "赵明"):
        assert isinstance(title, Ciphertext)
        assert room.session.content_key is None
        assert view(room).document_of(number).title == title
    else:
        assert title == TITLE
    sign_out(room)
    assert f"{room.register.document_of(number).title}" != TITLE
    assert f"{view(room).document_of(number).title}" != TITLE
    assert [act.note for act in room.acts if act.note == TITLE] == []


def test_nobody_without_the_key_disturbs_what_is_sealed(room, tmp_path):
    """Administrators without the key work as ever, and every title is there afterwards."""
    number = received(room)
    enter(room, "张华")
    back_up(room, tmp_path / "b.baomi")
    operators.change_password(room, "zhanghua-new-1357")
    enter(room, "赵明")
    operators.change_password(room, "zhaoming-new-2468")
    with pytest.raises(NotSignedIn):
        sign_in(room, "王敏", "wrong-password-1")
    sign_out(room)
    assert verify(room).faults == ()
    room.close()

    with Room.open(tmp_path / "r", clock=room.clock) as again:
        enter(again, "王敏")
        assert again.register.document_of(number).title == TITLE
        assert verify(again).faults == ()


def test_an_act_whose_content_cannot_be_sealed_is_not_written(room, tmp_path):
    """Somebody whose key was taken writes nothing in plain: he is told who can help."""
    enter(room, "孙丽")
    operators.grant(room, "陈刚", {OperatorRole.SYSTEM})
    operators.grant(room, "张华", {OperatorRole.AUDITOR})
    sign_out(room)
    room.session = None
    enter(room, "孙丽")
    room.session = evolve(room.session, content_key=None)
    room.read_as(CLOSED)
    operators.grant(room, "陈刚", {OperatorRole.STAFF})
    enter(room, "陈刚")
    before = (tmp_path / "r" / "journal" / "2026.jsonl").read_bytes()
    wanted = Registered(thing=Person(name="某人"))
    with pytest.raises(NoContentKey, match="baomi seal give"):
        approving.ask_for(room, wanted, purpose=TITLE)

    assert (tmp_path / "r" / "journal" / "2026.jsonl").read_bytes() == before


def test_a_new_operator_gets_the_key_from_who_adds_him(room):
    """With roles that read titles he has it at once, and loses it with those roles."""
    number = received(room)
    room.record(
        Registered(thing=Person(name="周洋", category=room.register.people["RY-001"].category))
    )
    operators.add(room, "周洋", {OperatorRole.APPROVER}, "zhouyang-1122")
    sign_in(room, "周洋", "zhouyang-1122")
    assert room.register.document_of(number).title == TITLE

    enter(room, "孙丽")
    operators.grant(room, "周洋", {OperatorRole.AUDITOR})
    assert not room.register.operator("周洋").wrapped
    operators.grant(room, "周洋", {OperatorRole.STAFF})
    assert room.register.operator("周洋").wrapped
    operators.remove(room, "周洋", "调离")
    assert not room.register.operator("周洋").wrapped
    assert "周洋" not in {each.name for each in sealing.holders(room)}


def test_a_sealed_room_stays_sealed_whoever_goes_and_comes_back(room):
    """When everybody who had the key was removed and added anew without it, nothing is written plain."""
    enter(room, "孙丽")
    room.session = evolve(room.session, content_key=None)
    room.read_as(CLOSED)
    operators.grant(room, "张华", {OperatorRole.SECRECY, OperatorRole.SYSTEM})
    enter(room, "张华")
    for name in ("王敏", "李国强", "陈刚", "孙丽", "导入程序"):
        operators.remove(room, name, "换人")
        operators.add(room, name, ROLES[name], PASSWORDS[name])
        assert not room.register.operator(name).wrapped
    enter(room, "王敏")

    assert room.register.content_key
    with pytest.raises(NoContentKey):
        received(room)


def test_a_terminal_that_was_open_already_writes_nothing_plain(tmp_path):
    """Who signed in before content was sealed, elsewhere, signs in again before he writes any."""
    wanted = Registered(thing=Person(name="某人"))
    with guarded(tmp_path / "r") as room, Room.open(tmp_path / "r", clock=room.clock) as beside:
        enter(beside, "陈刚")
        room.refresh()
        enter(room, "王敏")
        sealing.seal(room)
        with pytest.raises(NoContentKey):
            approving.ask_for(beside, wanted, purpose=TITLE)
        enter(beside, "陈刚")
        approving.ask_for(beside, wanted, purpose=TITLE)
        room.refresh()
        assert [each.purpose for each in room.register.requests.values()] == [TITLE]
    assert folder_says(tmp_path, TITLE) == []


def test_the_key_outlives_ones_own_new_password_and_not_one_set_by_another(room):
    """Who changes his password keeps his keys; who is given one is given the content key anew."""
    number = received(room)
    operators.change_password(room, "wangmin-new-7531")
    sign_in(room, "王敏", "wangmin-new-7531")
    assert room.register.document_of(number).title == TITLE

    before = room.register.operator("李国强").wrapped
    operators.reset_password(room, "李国强", "liguoqiang-new-1")
    assert room.register.operator("李国强").wrapped not in ("", before)
    sign_in(room, "李国强", "liguoqiang-new-1")
    assert room.register.document_of(number).title == TITLE

    enter(room, "孙丽")
    room.session = evolve(room.session, content_key=None)
    room.read_as(CLOSED)
    operators.reset_password(room, "李国强", "liguoqiang-new-2")
    assert room.register.operator("李国强").wrapped == ""
    with pytest.raises(NoContentKey, match="你没有"):
        sealing.give(room, "李国强")
    sign_in(room, "王敏", "wangmin-new-7531")
    sealing.give(room, "李国强")
    with pytest.raises(NoContentKey, match="没有“某人”"):
        sealing.give(room, "某人")
    with pytest.raises(Refused):
        sealing.give(room, "张华")
    sign_in(room, "李国强", "liguoqiang-new-2")
    assert room.register.document_of(number).title == TITLE


def test_the_sheet_gives_the_key_back_when_every_password_was_lost(room, tmp_path):
    """After all were given new passwords by one without a key, the paper opens what is sealed."""
    number = received(room)
    letters, done = sealing.write_down(room, "李国强")
    assert ACTS[type(done.act.event)] == "抄写内容密钥"
    assert done.act.event.keeper == "RY-002"
    with pytest.raises(Refused):
        sealing.write_down(room, "某人")
    enter(room, "孙丽")
    room.session = evolve(room.session, content_key=None)
    room.read_as(CLOSED)
    operators.reset_password(room, "王敏", "wangmin-new-7531")
    sign_in(room, "王敏", "wangmin-new-7531")
    assert isinstance(room.register.document_of(number).title, Ciphertext)
    with pytest.raises(BadSheet, match="不是这本台账"):
        sealing.recover(room, KEY.sheet)
    sealing.recover(room, letters)
    assert room.register.document_of(number).title == TITLE
    received(room, title="后来的标题")
    assert verify(room).faults == ()
    room.close()

    with Room.open(tmp_path / "r") as nobody:
        (first, second) = sealing.titles(nobody, letters)
        assert (first.title, second.title) == (TITLE, "后来的标题")
        with pytest.raises(BadSheet):
            sealing.titles(nobody, KEY.sheet)
    assert folder_says(tmp_path, letters, letters.replace(" ", "")) == []


def test_nobody_seals_without_signing_in(tmp_path):
    """A room without operators has no password that could open a key, and is told so."""
    with (
        Room.create(tmp_path / "r", unit="示范局") as room,
        pytest.raises(NotSignedIn, match="先设操作员"),
    ):
        sealing.seal(room)
    with guarded(tmp_path / "q") as room:
        enter(room, "王敏")
        with pytest.raises(NoContentKey, match="没有加密"):
            sealing.write_down(room, "李国强")
        enter(room, "陈刚")
        with pytest.raises(Refused):
            sealing.seal(room)


# tampering


def rewritten(folder, change):
    """The journal with each line as ``change`` has it, chained anew as a forger would."""
    path = folder / "journal" / "2026.jsonl"
    (folder / "room.json").unlink(missing_ok=True)
    head, made = "0" * 64, []
    for raw in path.read_bytes().splitlines():
        said = json.loads(raw)
        for name in ("crc", "h"):
            said.pop(name)
        change(said)
        line, head = chained(said, head, digest("sm3"))
        made.append(line)
    path.write_bytes(b"".join(made))


def test_sealed_titles_that_were_exchanged_are_found(room, tmp_path):
    """Even in a book chained anew, who has the key sees which titles do not stand where they were."""
    one, two = received(room), received(room, title="另一个标题")
    room.close()
    acts = {}

    def collect(said):
        for act in said.get("acts", ()):
            if act["act"] == "received":
                acts[act["n"]] = act["title"]

    def exchange(said):
        for act in said.get("acts", ()):
            if act["act"] == "received":
                (other,) = acts.keys() - {act["n"]}
                act["title"] = acts[other]

    rewritten(tmp_path / "r", collect)
    rewritten(tmp_path / "r", exchange)
    with Room.open(tmp_path / "r", clock=room.clock) as again:
        assert any("签名" in fault for fault in verify(again).faults)
        enter(again, "王敏")
        found = [fault for fault in verify(again).faults if "密文解不开" in fault]
        assert len(found) == 2
        with pytest.raises(TamperedBook, match="密文解不开"):
            list(again.acts)
        assert again.register.document_of(one).title == TITLE  # whose own text was left alone
        assert again.register.document_of(two).title == "另一个标题"


def test_a_wrapped_key_that_was_changed_lets_its_owner_know(room, tmp_path):
    """Another's wrapped key put in the place of one's own does not open, and says so."""
    room.close()

    def exchange(said):
        for act in said.get("acts", ()):
            if act["act"] == "content_key_given":
                act["wrapped"] = act["wrapped"][:-2] + "00"
        for table, _, document in said.get("records", ()):
            if table == "operators" and document.get("wrapped"):
                document["wrapped"] = document["wrapped"][:-2] + "00"

    rewritten(tmp_path / "r", exchange)
    with Room.open(tmp_path / "r", clock=room.clock) as again:
        before = len(again.acts)
        with pytest.raises(TamperedBook, match="打不开"):
            enter(again, "王敏")
        assert len(again.acts) == before


def test_a_blanked_title_is_gone_and_the_book_holds(room, tmp_path):
    """What was sealed and is blanked is stars for whoever has the key, and the chain goes on."""
    number = received(room, note="误录的附注")
    kept = received(room, title="另一个标题")
    n = len(room.acts) - 1
    tokens = [
        found.token
        for act in (room.acts.line(n)["acts"][0],)
        for found in found_in(act, room.book.codec.opened("acts", n, act))
        if found.text == TITLE
    ]
    assert len(tokens) == 1
    redact(room, number, "标题", reason="误录了标题", by="王敏")
    redact(room, n, "附注", reason="误录了附注", by="王敏")

    assert room.register.document_of(number).title == "***"
    assert room.register.document_of(kept).title == "另一个标题"
    assert folder_says(tmp_path, *tokens) == []
    assert verify(room).faults == ()
    room.close()
    with Room.open(tmp_path / "r") as nobody:
        assert verify(nobody).faults == ()
    assert verify_folder(tmp_path / "r").holds


# what officers do with it


def test_a_title_is_found_by_who_has_the_key(room, tmp_path):
    """The register is searched by title once its reader has signed in, and not before."""
    received(room)
    lines = Directory(room, ["paper"], lambda text: [text[0]])
    list(lines.learn())
    assert lines.find("看见") == [0]
    with join(Room.open(tmp_path / "r", clock=room.clock), room) as beside:
        again = Directory(beside, ["paper"], lambda _: [])
        list(again.learn())
        assert again.find("看见") == [0]
    with Room.open(tmp_path / "r") as nobody:
        again = Directory(nobody, ["paper"], lambda _: [])
        list(again.learn())
        assert again.find("看见") == again.find(SEALED) == []


def test_a_concealed_hand_in_is_the_same_sealed_or_not(tmp_path):
    """The bureau sees the titles it may see, whether the unit's own book is sealed or not."""
    shown = []
    for seal in (False, True):
        with guarded(tmp_path / f"r{seal}") as room:
            enter(room, "王敏")
            if seal:
                sealing.seal(room)
            else:
                room.record_all(Viewed(documents=()) for _ in range(5))
            received(room, title="可以看的标题", mark="秘密★5年")
            received(room, title="不可以看的标题")
            room.record(Registered(thing=Medium(level=Level.机密, serial="S1")))
            path = tmp_path / f"h{seal}.baomi"
            hand_in(room, path, conceal=True, titles_below=Level.机密, medium="JZ-0001")
        with zipfile.ZipFile(path) as archive:
            raw = archive.read("journal/2026.jsonl")
        said = [orjson.loads(line) for line in raw.splitlines()]
        shown.append([act for line in said for act in line.get("acts", ())][-3:])
        assert says(raw, "可以看的标题")
        assert not says(raw, "不可以看的标题")
    assert shown[0] == shown[1]


def test_registers_and_books_are_exported_with_their_titles(room):
    """Who has the key takes out what an unsealed room would let him take out."""
    received(room)
    for content in (
        register_of(room, "paper", titles=True),
        book_content(room, book_named("收文登记簿"), Subject(), titles=True),
    ):
        assert any(TITLE in map(str, row) for row in content.rows)


@pytest.mark.parametrize("seal", [False, True])
def test_a_bureau_takes_the_whole_book_of_a_unit_with_operators(tmp_path, seal):
    """It comes without password files and key, and is worked out anew all the same."""
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        if seal:
            sealing.seal(room)
        received(room)
        room.record(Registered(thing=Medium(level=Level.机密, serial="S1")))
        hand_in(room, tmp_path / "h.baomi", medium="JZ-0001")
    with Room.create(tmp_path / "bureau", unit="示范保密局", clock=room.clock) as bureau:
        take(bureau, tmp_path / "h.baomi")
    assert bool(folder_says(tmp_path / "bureau", TITLE)) is not seal


def test_a_count_goes_on_with_its_sealed_notes(room):
    """What was noted at a count is read again by who has the key, and by nobody else."""
    received(room)
    with counting.begin(room) as count:
        count.abandon(f"因为{TITLE}")
    (session,) = counting.counts(room)
    assert session.abandoned == f"因为{TITLE}"
    sign_out(room)
    (session,) = counting.counts(room)
    assert isinstance(session.abandoned, Ciphertext)


# the command line


@pytest.fixture(name="desk")
def _desk(tmp_path, capsys):
    """A command as one operator gives it, with what it reads from descriptors: code, answer, words."""

    def of(name, *words, **read):
        opened = []
        for option, text in {"password_fd": PASSWORDS.get(name, ""), **read}.items():
            reading, writing = os.pipe()
            os.write(writing, f"{text}\n".encode())
            os.close(writing)
            opened.append((f"--{option.replace('_', '-')}", str(reading)))
        capsys.readouterr()
        first = ["--room", str(tmp_path / "r")]
        if name:
            first += ["--by", name, *opened[0]]
        code = run(cli, [*first, *words, *(each for pair in opened[1:] for each in pair)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return of


def test_a_room_is_sealed_from_the_command_line(desk, tmp_path):
    """Each command does its part, and what it says holds no title for who has no key."""
    guarded(tmp_path / "r", clock=None).close()
    assert "没有加密" in desk("", "seal", "list")[2]
    code, out, err = desk("王敏", "seal", "on")
    assert (code, "王敏、李国强、陈刚、孙丽、导入程序" in out) == (0, True)
    assert "仍是明文" in err
    assert "恢复页" in err
    assert desk("王敏", "seal", "on")[0] == Exit.NOT_PERMITTED
    code, out, _ = desk("", "seal", "list", "--json")
    assert json.loads(out) == {
        "sealed": True,
        "holders": dict.fromkeys(("王敏", "李国强", "陈刚", "孙丽", "导入程序"), True),
    }
    assert "有" in desk("", "seal", "list")[1]
    assert "5位操作员掌握内容密钥" in desk("", "status")[1]

    with Room.open(tmp_path / "r") as room:
        enter(room, "王敏")
        number = received(room)
        letters, _ = sealing.write_down(room, "李国强")
        operators.reset_password(room, "李国强", "liguoqiang-new-1")
    for words in (("show", number), ("list", "paper"), ("list", "document"), ("log", number)):
        for name in ("", "张华"):
            code, out, err = desk(name, *words)
            assert TITLE not in out + err
    assert TITLE in desk("王敏", "show", number)[1]
    assert SEALED in desk("", "show", number)[1]

    code, out, err = desk("王敏", "seal", "give", "李国强")
    assert (code, out.startswith("第"), "下次登录" in err) == (0, True, True)
    assert json.loads(desk("王敏", "seal", "give", "李国强", "--json")[1])["n"]
    code, out, err = desk("", "seal", "read", "--json", sheet_fd=letters)
    assert [each["title"] for each in json.loads(out)] == [TITLE]
    assert TITLE in desk("", "seal", "read", sheet_fd=letters.lower())[1]
    code, _, err = desk("", "seal", "read", sheet_fd=letters[:-1])
    assert (code, "没有抄对" in err) == (Exit.USAGE, True)
    assert desk("王敏", "seal", "recover", sheet_fd=letters)[0] == 0
    with Room.open(tmp_path / "r") as room:
        enter(room, "王敏")
        room.session = evolve(room.session, content_key=None)
        room.read_as(CLOSED)
        operators.reset_password(room, "孙丽", PASSWORDS["孙丽"])
    code, _, err = desk("孙丽", "operator", "grant", "张华", "--roles", "审批人")
    assert (code, "张华还没有内容密钥" in err) == (0, True)
    assert "还没有内容密钥" not in desk("王敏", "operator", "grant", "陈刚", "--roles", "经手人")[2]
    assert json.loads(desk("王敏", "seal", "recover", "--json", sheet_fd=letters)[1])["n"]
    assert desk("陈刚", "seal", "recover", sheet_fd=letters)[0] == Exit.REFUSED
    code, out, _ = desk("王敏", "verify", "--json")
    assert (code, json.loads(out)["notes"]) == (0, [])
    code, out, _ = desk("", "verify", "--json")
    assert (code, len(json.loads(out)["notes"])) == (0, 1)


def test_a_new_room_is_sealed_from_its_first_operator_on(tmp_path, capsys):
    """A room made with --seal has its key before the first document, and needs an operator for it."""
    words = ["init", str(tmp_path / "r"), "--unit", "示范局", "--seal"]
    assert run(cli, words) == Exit.USAGE
    assert "--operator" in capsys.readouterr().err
    assert not (tmp_path / "r").exists()

    reading, writing = os.pipe()
    os.write(writing, b"wangmin-7531\n")
    os.close(writing)
    assert run(cli, [*words, "--operator", "王敏", "--new-password-fd", str(reading)]) == 0
    assert "恢复页" in capsys.readouterr().err
    with Room.open(tmp_path / "r") as room:
        enter(room, "王敏")
        assert room.register.content_key
        received(room)
    assert folder_says(tmp_path, TITLE) == []


def test_the_sheet_is_shown_once_and_cleared(tmp_path):
    """The key stands on the terminal until its last group is typed, and is then wiped away."""
    with guarded(tmp_path / "r", clock=None) as room:
        enter(room, "王敏")
        sealing.seal(room)
    seen = []

    def last_group(text):
        seen.append(" ".join(re.findall(r"\b\d{1,2} ([A-Z2-7]{4})\b", text)))
        assert ContentKey.read(scanned(text)).sheet == seen[0]
        return seen[0][-4:]

    for answer, expected in ((last_group, 0), ("AAAA", Exit.PARTLY)):
        code, shown = at_a_terminal(
            ["--by", "王敏", "seal", "sheet", "李国强"],
            [("口令", PASSWORDS["王敏"]), ("第14组", answer)],
            tmp_path / "r",
        )
        assert code == expected, shown
        assert "\033[3J" in shown[shown.rindex("█") :]
    assert len(ContentKey.read(seen[0]).raw) == 32
    with Room.open(tmp_path / "r") as room:
        assert room.acts[-1].event.keeper == "RY-002"


# the screens


def test_a_screen_finds_titles_and_writes_sealed(room):
    """Who has the key works at the screen as ever, and what he types is sealed."""
    number = received(room)
    with at_desk(room) as officer:
        officer.goes_to("1").sees(TITLE).finds("看见").sees(number)

    assert folder_says(room.folder, TITLE) == []


def test_a_screen_tells_who_has_no_key_what_to_do(room):
    """An officer whose key was not given again sees no title, and is told when he cannot write."""
    received(room)
    room.session = evolve(room.session, content_key=None)
    room.read_as(CLOSED)
    before = len(room.acts)
    with at_desk(room) as officer:
        officer.goes_to("1").sees(SEALED).does_not_see(TITLE)
        officer.does("登记介质", 密级="机密", 序列号="S9", 备注=TITLE)
        officer.presses("f8").sees("没有写入", "baomi seal give").presses("escape")
        officer.presses("escape", "3")

    assert len(room.acts) == before
    assert folder_says(room.folder, TITLE) == []
