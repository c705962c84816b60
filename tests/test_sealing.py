"""A room whose content is sealed: the same ledger, of which its folder says nothing."""

import hashlib
import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pyotp
import pytest
from attrs import evolve, fields, has
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import Phase, given, settings

from ledger.access import OperatorRole
from ledger.act import Act
from ledger.carrier import Document
from ledger.event import Received
from ledger.event.access import Viewed
from ledger.mark import Level, Mark
from ledger.notation.content import CONTENT, PLAIN_ACTS, PLAIN_TABLES, is_content
from ledger.notation.words import ACTS, KINDS, act_name
from ledger.person import Circle
from ledger.register.register import TABLES
from ledger.review import Refused
from ledger.room import Room, operators, sealing
from ledger.room.signing_in import sign_in
from ledger.room.verification import verify
from ledger.store import credential
from ledger.store.cipher import CLOSED, PLAIN, Keyed, NoContentKey
from ledger.store.content_key import BadSheet, ContentKey
from ledger.store.credential import Secrets
from ledger.store.place import TamperedBook
from ledger.store.registers import FIELDS, PAGES
from ledger.text import SEALED
from tests.guardroom import PASSWORDS, Clock, _cheap, enter, guarded  # noqa: F401 - a fixture
from tests.histories import HISTORIES, play
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
        from ledger.store.content_key import _montgomery

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
