"""Every role and combination of roles against every act: the room, the command line and the screen agree."""

import json
import os
import shutil

import pytest

from ledger.access import OperatorRole
from ledger.event import (
    BackedUp,
    HandedIn,
    HandInRefused,
    HandInTaken,
    Imported,
    Opened,
    Redacted,
    Withdrawn,
    access,
)
from ledger.exchange.script import COMMANDS
from ledger.notation.words import ACTS
from ledger.room.barring import askable
from ledger.room.drafting import DOINGS
from ledger.room.possible import possible
from ledger.rules.access.roles import acts_keep_to_their_roles
from ledger.rules.access.signing import (
    only_who_is_signed_in_writes,
    sign_ins_come_through_the_door,
)
from tests.doors import (
    COMBINED,
    NOBODY,
    TITLE,
    WHOM,
    at_noon,
    called,
    cheap,
    drafted,
    event_of,
    found_by,
    listed,
    ordered,
    proposed,
    raw_of,
    recorded,
    staffed,
)
from tests.test_roles import CELLS

ROLE, DOOR = acts_keep_to_their_roles.name, sign_ins_come_through_the_door.name
SIGNED_IN = only_who_is_signed_in_writes.name
AT_THE_DOOR = (access.SignedIn, access.SignInFailed)
EVERYBODY = pytest.mark.parametrize("who", WHOM, ids=called)


@pytest.fixture(name="room_folder", scope="module")
def _room_folder(tmp_path_factory):
    """The room, made once; every test has a copy of its own or only reads."""
    with cheap():
        folder = tmp_path_factory.mktemp("doors") / "r"
        staffed(folder)
        yield folder


@pytest.fixture(name="copy")
def _copy(room_folder, tmp_path):
    return shutil.copytree(room_folder, tmp_path / "r")


def expected(kind, who):
    """The rule that refuses an act of a kind to somebody, none where it is allowed; from the table.

    What all roles may do is anybody's who has signed in, with a role or without.
    """
    if kind in AT_THE_DOOR:
        return frozenset({DOOR})
    if who is NOBODY:
        return frozenset({SIGNED_IN})
    everybodys = all(CELLS[ACTS[kind], role] for role in OperatorRole)
    allowed = everybodys or any(CELLS[ACTS[kind], role] for role in who)
    return frozenset() if allowed else frozenset({ROLE})


def test_every_combination_that_may_exist_is_asked():
    """One operator has no role, one of the seven, or some of the four that go together, or two."""
    assert len(COMBINED) == 20
    assert {frozenset({role}) for role in OperatorRole} <= set(COMBINED)
    assert frozenset({OperatorRole.SYSTEM, OperatorRole.SECRECY}) in COMBINED
    assert max(map(len, COMBINED)) == 4


@EVERYBODY
def test_the_room_says_what_the_table_says(room_folder, copy, who):
    """Whoever is signed in, asked or told to write, the room refuses each act by the table's rule or by none."""
    with at_noon(room_folder, who) as room:
        told = {kind: proposed(room, kind) for kind in ACTS}
    assert told == {kind: expected(kind, who) for kind in ACTS}
    with at_noon(copy, who) as room:
        told = {kind: recorded(room, kind) for kind in ACTS}
    assert told == {kind: expected(kind, who) for kind in ACTS}


@EVERYBODY
def test_the_screen_says_what_the_table_says(room_folder, who):
    """The list of acts and a record's page name the rule against what one may not, and a form is refused by it."""
    with at_noon(room_folder, who) as room:
        words = listed(room)
        assert {doing.kind for doing in words} == set(ACTS)
        for doing in DOINGS:
            found = expected(doing.kind, who)
            named = room.propose(event_of(doing.kind, room.register)).findings
            why = next((f"{f.fact}（{f.cites}）" for f in named if f.rule in found), None)
            said = words[doing]
            if why is None:
                assert (
                    said == f"只能用命令 {doing.command}" if doing.command else "职责" not in said
                )
            elif askable(room, doing.kind) and doing.kind not in AT_THE_DOOR:
                assert said == f"填好以后按 F7 申请；{why}"
            else:
                assert said == why
            if not doing.command and doing.page is None:
                assert drafted(room, doing) == found, doing.words
        for each in possible(room, "JZ-0001"):
            assert found_by(each.why_not) == expected(each.doing.kind, who), each.doing.words


@EVERYBODY
def test_the_command_line_says_what_the_table_says(copy, who):
    """What a script sends line by line is answered by the same rule for every act that lines can say."""
    kinds = [kind for kind in ACTS if kind not in COMMANDS]
    lines = [json.dumps(raw_of(kind), ensure_ascii=False) for kind in kinds]
    code, answers, told = ordered(copy, who, ["do", "-", "--json"], piped="\n".join(lines))
    if who is NOBODY:
        assert (code, answers) == (7, [])
        return
    assert len(answers) == len(kinds), told
    for kind, answer in zip(kinds, map(json.loads, answers), strict=True):
        assert _rules(answer) == expected(kind, who), ACTS[kind]


def _rules(answer):
    found = {each.get("rule") for each in answer.get("refused", ())}
    return frozenset(found & {ROLE, SIGNED_IN, DOOR})


def _new_password():
    reading, writing = os.pipe()
    os.write(writing, b"another-password-that-nobody-types-1\n")
    os.close(writing)
    return str(reading)


def _commands(folder):
    """The command that alone does an act, as it is typed."""
    beside = folder.parent
    return {
        BackedUp: lambda: ["backup", str(beside / "b.baomi")],
        Redacted: lambda: ["redact", "JZ-0001", "--field", "型号", "--reason", "误录"],
        Imported: lambda: ["import", str(beside / "m.csv"), "--as", "medium"],
        Withdrawn: lambda: ["import", "undo", _batch(folder), "--reason", "导错"],
        HandedIn: lambda: ["hand-in", "-o", str(beside / "h.baomi")],
        HandInTaken: lambda: ["bureau", "take", str(beside / "other.baomi")],
        access.OperatorAdded: lambda: [
            *("operator", "add", "新来的人", "--new-password-fd", _new_password())
        ],
        access.Requested: lambda: [
            *("request", "ask", "更正登记", "kind=medium", "number=JZ-0001", "serial=S3")
        ],
        access.Viewed: lambda: ["show", "WJ-2026-0001"],
        HandInRefused: lambda: ["bureau", "take", str(beside / "m.csv")],
        access.ContentKeyGiven: lambda: ["seal", "on"],
        access.CredentialSet: lambda: [
            *("operator", "password", "--new-password-fd", _new_password())
        ],
    }


def _batch(folder):
    with at_noon(folder, NOBODY) as room:
        return next(iter(room.register.batches))


def test_every_act_with_a_command_of_its_own_is_asked_by_it(copy):
    """All of them but those that open a book and a session, and what only a terminal shows."""
    beyond = {Opened, access.ContentKeyWritten, *AT_THE_DOOR}
    assert {*_commands(copy), *beyond} == set(COMMANDS)


@EVERYBODY
def test_each_command_of_its_own_says_what_the_table_says(room_folder, copy, who):
    """A command that alone does an act is refused by the table's rule, and else by none of its rules."""
    for name in ("m.csv", "other.baomi"):
        shutil.copy(room_folder.parent / name, copy.parent)
    for kind, command in _commands(copy).items():
        before = _written(copy)
        code, answers, told = ordered(copy, who, [*command(), "--json"])
        after = [type(act.event) for act in _acts(copy)[before:]]
        if kind is access.Viewed:
            # Who keeps the system running reads no title, whatever else he is.
            reads = who is not NOBODY and not expected(kind, who) and OperatorRole.SYSTEM not in who
            assert (TITLE in "".join(answers)) == reads
            assert (access.Viewed in after) == reads
        elif who is NOBODY:
            assert (code, answers, after) == (7, [], [])
        elif expected(kind, who):
            assert code == 4, (kind, told)
            assert _refusals(kind, answers) == {ROLE}, (kind, answers)
            assert after == [access.SignedIn]
        else:
            assert code == (4 if kind is HandInRefused else 0), (kind, told)
            assert after[-1] is kind


def _acts(folder):
    with at_noon(folder, NOBODY) as room:
        return room.acts[:]


def _written(folder):
    return len(_acts(folder))


def _refusals(kind, answers):
    answer = json.loads(answers[0])
    if kind is Imported:
        return {each["rule"] for each in answer["errors"]}
    return {each["rule"] for each in answer["refused"]} & {ROLE, SIGNED_IN, DOOR}


def test_opening_a_book_is_nobodys_within_one(copy):
    """A book is opened where there is none, whoever asks."""
    for who in WHOM:
        before = _written(copy)
        code, _, told = ordered(copy, who, ["init", str(copy), "--unit", "乙"])
        assert code == 2, told
        assert _written(copy) == before
