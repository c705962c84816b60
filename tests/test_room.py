"""The one door: propose, be refused with reasons, record; ask what may go where."""

from datetime import date, datetime

import pytest

from ledger import (
    Cabinet,
    Circulated,
    Computer,
    Destroyed,
    Disposed,
    Level,
    Mark,
    Medium,
    Network,
    Person,
    Registered,
    Voided,
    Written,
)
from ledger.carrier import Document, Notebook, Paper
from ledger.pack import InvalidPack
from ledger.place import Compartment
from ledger.review import Refused
from ledger.room import Room
from ledger.room.history import history
from ledger.room.question import NoQuestion, may
from ledger.room.rebuilding import rebuild
from ledger.room.verification import verify

NOON = datetime(2026, 6, 15, 12, 0)


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(
        tmp_path / "room", unit="示范局", level=Level.绝密, clock=lambda: NOON
    ) as room:
        things = (
            Medium(level=Level.绝密, serial="S1"),
            Medium(level=Level.机密, serial="S2"),
            Computer(network=Network.CLASSIFIED, level=Level.机密, filed_no="1"),
            Computer(network=Network.INTERNET),
            Cabinet(level=Level.机密, compartments=(Compartment("1"), Compartment("2"))),
            Person(name="王敏", roles=frozenset({"保密员"})),
            Notebook(level=Level.秘密),
        )
        for thing in things:
            room.record(Registered(thing=thing))
        room.record(
            Registered(
                thing=Paper(),
                document=Document(
                    title="旧件", issuer="省厅", mark=Mark.parse("机密★10年"), issued_on=NOON.date()
                ),
            )
        )
        yield room


def test_a_refused_act_raises_every_reason_and_writes_nothing(room):
    """Whoever does what is forbidden is told all of it at once, and the book is as it was."""
    acts, head = len(room.acts), room.head
    with pytest.raises(Refused) as caught:
        room.record(Destroyed(carriers=("WJ-2026-0001",), witnesses=("王敏",), method="粉碎"))

    rules = {finding.rule for finding in caught.value.findings}
    assert {
        "destroyed_with_approval",
        "destroyed_after_counting",
        "destroyed_by_two_with_the_officer",
    } <= rules
    assert "依据" in str(caught.value)
    assert (len(room.acts), room.head) == (acts, head)


def test_what_has_happened_is_recorded_with_its_findings(room):
    """The same act is kept when it is recorded as a fact, and a case is open."""
    done = room.record(Written(medium="JZ-0001", level=Level.机密), happened="检查时发现")

    assert done.act.happened == "检查时发现"
    assert done.act.findings
    assert room.register.cases


def test_many_acts_are_written_together_or_not_at_all(room):
    """One bad act among many keeps them all out of the book."""
    good = Registered(thing=Medium(serial="X"))
    before = room.head
    with pytest.raises(Refused):
        room.record_all([good, Circulated(carrier="WJ-9", reader="王敏")])
    assert room.head == before
    assert room.record_all([]) == ()

    done = room.record_all([good, Registered(thing=Medium(serial="Y"))])
    assert [p.number for p in done] == ["JZ-0003", "JZ-0004"]
    assert len(Room.open(room.folder).acts) == len(room.acts)


def test_a_room_opens_to_the_register_it_closed_with(room):
    """Everything that was acknowledged is there when the folder is opened again."""
    room.record(Written(medium="JZ-0002", level=Level.秘密))
    room.record(Voided(voids=len(room.acts), reason="写错"))
    room.close()

    again = Room.open(room.folder)
    assert again.register == room.register
    assert list(again.acts) == list(room.acts)


def test_a_book_holds_after_a_registration_was_voided(room):
    """A person or a carrier that was entered by mistake and voided leaves a book that verifies."""
    for thing in (Person(name="某人"), Medium(level=Level.机密, serial="S3")):
        done = room.record(Registered(thing=thing))
        room.record(Voided(voids=done.act.n, reason="登记错了"))

        assert verify(room).faults == ()
        with room.writing():
            assert rebuild(room.book, room.acts, 2026) == 0


def test_voiding_seen_from_another_terminal(room):
    """A room that catches up with a reversal comes to the same register."""
    other = Room.open(room.folder)
    room.record(Written(medium="JZ-0002", level=Level.秘密))
    room.record(Voided(voids=len(room.acts), reason="写错"))
    other.record(Registered(thing=Medium(serial="Z")))

    assert other.register == Room.open(room.folder).register


def test_the_register_can_be_seen_as_it_was(room):
    """The book as of a day is what had been written by its end."""
    later = datetime(2026, 7, 1, 9, 0)
    other = Room.open(room.folder, clock=lambda: later)
    other.record(Registered(thing=Medium(serial="Z")))

    assert len(other.as_of(date(2026, 6, 30)).carriers) == 6
    assert len(other.as_of(date(2026, 7, 1)).carriers) == 7
    assert other.as_of(date(2026, 1, 1)).acts == 0
    assert other.balance(date(2026, 6, 30)).holds


QUESTIONS = {
    ("机密", "JZ-0001"): False,
    ("绝密", "JZ-0001"): True,
    ("秘密", "JZ-0002"): True,
    ("绝密", "JSJ-0001"): False,
    ("机密", "JSJ-0001"): True,
    ("工作秘密", "JSJ-0002"): False,
    ("一般", "JSJ-0002"): True,
    ("JZ-0002", "JSJ-0001"): True,
    ("JZ-0001", "JSJ-0001"): False,
    ("JZ-0002", "JSJ-0002"): False,
    ("JZ-0002", "G-01/1"): True,
    ("JZ-0001", "G-01/1"): False,
    ("WJ-2026-0001", "JZ-0002"): True,
    ("WJ-2026-0001", "JSJ-0001"): True,
    ("WJ-2026-0001", "JSJ-0002"): False,
    ("JSJ-0002", "JSJ-0001"): False,
    ("WJ-2026-0001", "王敏"): False,
    ("秘密", "BJ-2026-001"): True,
}


@pytest.mark.parametrize(("question", "answer"), QUESTIONS.items())
def test_may_this_go_into_that(room, question, answer):
    """The explainer says yes or no by asking the rules, names the articles, and writes nothing."""
    before = room.head
    found = may(room, *question)

    assert found.allowed is answer
    assert found.allowed or found.findings
    assert found.asked
    assert room.head == before


@pytest.mark.parametrize(
    ("what", "into"),
    [
        ("超密", "JZ-0001"),
        ("机密", "JZ-9"),
        ("JZ-9", "G-01"),
        ("机密", "WJ-2026-0001"),
        ("机密", "王敏"),
    ],
)
def test_questions_that_mean_nothing_are_told_so(room, what, into):
    """A word that is no level, or a number nobody has, gets one sentence."""
    with pytest.raises(NoQuestion):
        may(room, what, into)


def test_a_rooms_own_pack_comes_first(room):
    """A unit's own rules in its folder are used instead of the shipped ones of that name."""
    from importlib.resources import files

    text = (files("ledger") / "packs" / "jiangmen.toml").read_text("utf-8")
    own = room.folder / "packs" / "jiangmen.toml"
    own.parent.mkdir()
    own.write_text(text.replace("witnesses = 2 ", "witnesses = 3 "), "utf-8")
    assert Room.open(room.folder).pack.witnesses == 3

    own.write_text("x =", "utf-8")
    with pytest.raises(InvalidPack, match="读不通"):
        Room.open(room.folder)


def test_a_pack_nobody_has_is_refused(tmp_path):
    """A room cannot be opened on rules that are not there."""
    with pytest.raises(InvalidPack, match="没有名为"):
        Room.create(tmp_path / "r", unit="局", pack="nothing")


def test_the_history_of_a_number_is_every_act_about_it(room):
    """A paper's history has its own acts and those about its document, not its sisters'."""
    room.record(Registered(thing=Paper(document="WG-2026-0001")))
    room.record(Written(medium="JZ-0002", level=Level.秘密))
    names = [type(act.event).__name__ for act in history(room, "WJ-2026-0001")]

    assert names == ["Registered"]
    assert [type(a.event).__name__ for a in history(room, "JZ-0002")] == ["Registered", "Written"]
    assert [a.n for a in history(room, "WG-2026-0001")] == [9, 10]


def test_an_act_that_opened_a_case_can_be_voided(room):
    """With the act its case is gone, its number is not given again, and the book still verifies."""
    room.record(Disposed(carrier="JZ-0001", way="报废"), happened="先办后记")
    (case,) = room.register.cases
    room.record(Voided(voids=len(room.acts), reason="记错了"))
    assert not room.register.cases
    found = verify(room)
    assert found.holds, found.faults
    room.record(Disposed(carrier="JZ-0001", way="报废"), happened="又办了")

    assert case not in room.register.cases
    with Room.open(room.folder, clock=room.clock) as again:
        assert verify(again).holds
