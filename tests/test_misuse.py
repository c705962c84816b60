"""What somebody with the folder, a terminal or a role may try: each is refused, or found."""

import hashlib
import io
import json
import os
import re
import runpy
import subprocess
import sys
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import timedelta
from pathlib import Path

import click
import orjson
import pyotp
import pytest

from ledger import witness
from ledger.access import OperatorRole
from ledger.carrier import Document, Medium
from ledger.cli import cli
from ledger.cli.desk import run
from ledger.cli.speech import DESCRIPTOR
from ledger.event import Confirmed, Destroyed, HandedOver, Lent, Received, Registered
from ledger.event.access import SignedIn
from ledger.mark import Level, Mark
from ledger.person import Circle, Person
from ledger.review import Refused
from ledger.room import Room, approving, operators
from ledger.room.bundle import NoEvidence, evidence
from ledger.room.passwords import WeakPassword, new_one_time, one_time_link
from ledger.room.safekeeping import back_up
from ledger.room.signing_in import Listening, NotSignedIn, sign_in, sign_out, unlock
from ledger.room.verification import verify, verify_folder
from ledger.sight import NotShown
from ledger.store import credential
from ledger.store.credential import AlteredCredential
from ledger.store.digest import digest
from ledger.store.journal import Unwritten
from ledger.store.line import seal
from ledger.store.privacy import Exposed
from ledger.witness import examine, main
from tests.guardroom import PASSWORDS, Clock, _cheap, enter, furnished, guarded  # noqa: F401


@pytest.fixture(name="room")
def _room(tmp_path):
    with guarded(tmp_path / "r") as room:
        yield room


def rules_of(refusal):
    return {finding.rule for finding in refusal.value.findings}


def paper(room, **said):
    """A paper in the room; the officer is signed in."""
    enter(room, "王敏")
    document = Document(
        title="年度工作通知",
        issuer="示范省厅",
        issued_on=room.clock().date(),
        mark=Mark.parse(said.pop("mark", "机密★10年")),
        circle=Circle.of(["陈刚"]),
    )
    return room.record(Received(document=document, sender="示范省厅", **said)).number


def loan(room, number, **said):
    return Lent(carrier=number, to="陈刚", due=room.clock().date() + timedelta(days=9), **said)


def lent_request(room, number):
    enter(room, "陈刚")
    return approving.ask_for(room, loan(room, number)).number


def test_nobody_writes_without_signing_in(room):
    """Once there are operators, an act of nobody's is refused, whatever name it is given."""
    with pytest.raises(Refused) as refusal:
        room.record(Registered(thing=Person(name="某人")), by="王敏", session=1)

    assert rules_of(refusal) == {"only_who_is_signed_in_writes"}


def test_acts_are_of_who_signed_in_whatever_is_said(room):
    """A name given with an act does not replace the one that signed in."""
    enter(room, "王敏")
    done = room.record(Registered(thing=Person(name="某人")), by="李国强", session=1)

    assert done.act.by == "王敏"


def test_a_room_without_operators_takes_everybody_at_his_word(tmp_path):
    """Before the first operator is made everything is as it was, and nothing is hidden."""
    with furnished(tmp_path / "r") as room:
        assert room.record(Registered(thing=Person(name="某人")), by="某甲").act.by == "某甲"
        assert room.check() is not None
        assert verify(room).holds


def test_names_and_passwords_are_wrong_in_the_same_words(room):
    """An unknown name, a wrong password and a removed operator are told alike, and all are written."""
    enter(room, "孙丽")
    operators.remove(room, "陈刚", "调离")
    before = len(room.acts)
    told = set()
    for name, password in (("没有此人", "x"), ("李国强", "x"), ("陈刚", PASSWORDS["陈刚"])):
        with pytest.raises(NotSignedIn) as error:
            sign_in(room, name, password)
        told.add(str(error.value))

    assert len(told) == 1
    assert len(room.acts) == before + 3
    assert [act.event.operator for act in room.acts[before:]] == ["", "RY-002", ""]


def test_an_unknown_name_costs_as_much_as_a_wrong_password(room, monkeypatch):
    """The work of checking a password is done whether there is an operator or not."""
    calls = []
    scrypt = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", lambda *a, **k: calls.append(k["n"]) or scrypt(*a, **k))
    for name in ("没有此人", "李国强"):
        with pytest.raises(NotSignedIn):
            sign_in(room, name, "x")

    assert len(calls) == 2
    assert len(set(calls)) == 1


def test_four_wrong_passwords_lock_and_another_unlocks(room):
    """Wrong more than three times locks the right password out, until the secrecy administrator helps."""
    for _ in range(4):
        with pytest.raises(NotSignedIn):
            sign_in(room, "陈刚", "wrong")
    with pytest.raises(NotSignedIn):
        enter(room, "陈刚")
    enter(room, "孙丽")
    operators.unlock(room, "陈刚", "本人来申请")

    assert enter(room, "陈刚").by == "陈刚"


def test_three_wrong_passwords_do_not_lock(room):
    """Three are not more than three, and a right one begins the count anew."""
    for _ in range(2):
        for _ in range(3):
            with pytest.raises(NotSignedIn):
                sign_in(room, "陈刚", "wrong")
        assert enter(room, "陈刚").by == "陈刚"


def test_the_locked_out_cannot_unlock_himself(room):
    """Nobody unlocks himself, whatever roles he has."""
    enter(room, "孙丽")
    with pytest.raises(Refused) as refusal:
        operators.unlock(room, "孙丽", "忘了")

    assert rules_of(refusal) == {"nobody_serves_himself"}


def test_an_edited_password_file_lets_nobody_in(room, tmp_path):
    """A password file that was changed is not the book's: sign-in says so, and verify finds it."""
    (path,) = (
        each
        for each in (tmp_path / "r" / "operators").iterdir()
        if json.loads(each.read_bytes())["operator"] == "RY-002"
    )
    data = json.loads(path.read_bytes())
    data["scrypt"]["n"] = 2
    path.write_text(json.dumps(data))

    with pytest.raises(AlteredCredential):
        enter(room, "李国强")
    assert any("口令文件被改动过" in fault for fault in verify(room).faults)


def test_somebody_elses_password_file_lets_nobody_in(room, tmp_path):
    """An operator's file put in place of another's opens with neither password."""
    where = tmp_path / "r" / "operators"
    files = {json.loads(each.read_bytes())["operator"]: each for each in where.iterdir()}
    files["RY-002"].write_bytes(files["RY-003"].read_bytes())

    with pytest.raises(AlteredCredential):
        sign_in(room, "李国强", PASSWORDS["陈刚"])


def test_a_password_file_is_good_for_one_person_of_one_room(tmp_path):
    """What is in a file opens for no other name and in no other room."""
    kept = credential.Secrets.new()
    named = credential.create(tmp_path, "room-1", "RY-001", "a-password-1", kept)
    raw = credential.stored(tmp_path, named)

    assert credential.opened(raw, "room-1", "RY-001", "a-password-1") == kept
    assert credential.opened(raw, "room-2", "RY-001", "a-password-1") is None
    assert credential.opened(raw, "room-1", "RY-002", "a-password-1") is None


def test_an_old_password_file_put_back_is_not_the_books(room, tmp_path):
    """A password that was changed is not brought back by bringing back its file."""
    where = tmp_path / "r" / "operators"
    kept = {each.name: each.read_bytes() for each in where.iterdir()}
    enter(room, "陈刚")
    operators.change_password(room, "another-one-531")
    for name, raw in kept.items():
        (where / name).write_bytes(raw)
        (where / name).chmod(0o600)

    with pytest.raises(NotSignedIn):
        enter(room, "陈刚")
    assert sign_in(room, "陈刚", "another-one-531").by == "陈刚"


def test_a_replayed_approval_is_refused(room):
    """What was approved is done once; the same approval does nothing again, even after a reversal."""
    number = paper(room)
    request = lent_request(room, number)
    enter(room, "李国强")
    approving.grant(room, request)
    enter(room, "王敏")
    done = approving.fulfil(room, request)
    with pytest.raises(Refused) as refusal:
        room.record(done.act.event)
    assert "approvals_stand_in_the_book" in rules_of(refusal)

    from ledger.event import Voided

    room.record(Voided(voids=done.act.n, reason="记错"))
    with pytest.raises(Refused) as refusal:
        approving.fulfil(room, request)
    assert "approvals_stand_in_the_book" in rules_of(refusal)


def test_an_approval_is_good_for_the_act_that_was_asked_for(room):
    """Another paper, another borrower or another day is another act."""
    number, other = paper(room), paper(room)
    request = lent_request(room, number)
    enter(room, "李国强")
    approving.grant(room, request)
    enter(room, "王敏")
    given = approving._with_approvals(room.register.requests[request]).approvals

    for wrong in (
        loan(room, other, approvals=given),
        Lent(carrier=number, to="李国强", due=loan(room, number).due, approvals=given),
        Lent(carrier=number, to="陈刚", due=room.clock().date(), approvals=given),
    ):
        with pytest.raises(Refused) as refusal:
            room.record(wrong)
        assert "approvals_stand_in_the_book" in rules_of(refusal)


def test_an_approval_the_officer_writes_himself_counts_for_nothing(room):
    """A leader's name in the act is no approval, and an article of the regulation says so."""
    from ledger.approval import Approval

    number = paper(room)
    with pytest.raises(Refused) as refusal:
        room.record(loan(room, number, approvals=(Approval("李国强", "主管领导", "局批3号"),)))
    assert {"approvals_stand_in_the_book", "lent_with_approval"} <= rules_of(refusal)

    kept = room.record(
        loan(room, number, approvals=(Approval("李国强", "主管领导"),)), happened="已经借出"
    )
    assert kept.register.cases


def test_nobody_approves_his_own_request(room):
    """Neither who asks nor who is to have the paper approves."""
    number = paper(room)
    enter(room, "李国强")
    own = approving.ask_for(room, loan(room, number)).number
    with pytest.raises(Refused) as refusal:
        approving.grant(room, own)

    assert rules_of(refusal) == {"approver_is_not_the_applicant"}
    assert not list(approving.requests_for(room))


def test_a_signed_paper_needs_its_number_and_day(room):
    """The officer writes down what was approved on paper, with its number and day and not without."""
    number = paper(room)
    request = lent_request(room, number)
    enter(room, "王敏")
    with pytest.raises(Refused):
        approving.grant(room, request, approver="李国强")
    approving.grant(
        room, request, approver="李国强", paper_no="局批3号", paper_on=room.clock().date()
    )

    assert approving.standing(room, request).ready
    assert approving.fulfil(room, request).act.event.to == "RY-003"


def test_an_approval_is_over_after_its_day(room):
    """What was good until a day is not good on the next."""
    number = paper(room)
    enter(room, "陈刚")
    day = room.clock().date()
    request = approving.ask_for(room, loan(room, number), good_until=day).number
    enter(room, "李国强")
    approving.grant(room, request)
    room.clock.at += timedelta(days=1)
    enter(room, "王敏")
    with pytest.raises(Refused) as refusal:
        approving.fulfil(room, request)

    assert "approvals_stand_in_the_book" in rules_of(refusal)


def test_a_program_that_tries_to_approve_is_refused(room):
    """A program neither approves nor denies nor asks, and its attempt leaves nothing but its sign-in."""
    number = paper(room)
    request = lent_request(room, number)
    enter(room, "导入程序")
    before = len(room.acts)
    for attempt in (
        lambda: approving.grant(room, request),
        lambda: approving.deny(room, request, "x"),
        lambda: approving.attest(room, request),
        lambda: approving.ask_for(room, loan(room, number)),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert "acts_keep_to_their_roles" in rules_of(refusal)

    assert len(room.acts) == before
    assert room.record(Registered(thing=Medium(serial="M1"))).number == "JZ-0001"


def destruction(room, number, *witnesses):
    enter(room, "王敏")
    burning = Destroyed(
        carriers=(number,), witnesses=witnesses, method="粉碎", counted=1, place="保密室"
    )
    request = approving.ask_for(room, burning).number
    enter(room, "李国强")
    approving.grant(room, request)
    return request


def test_a_destruction_needs_each_witness_himself(room):
    """Two different people sign in for a destruction, one of them the officer, before it is done."""
    request = destruction(room, paper(room), "王敏", "陈刚")
    enter(room, "王敏")
    approving.attest(room, request)
    with pytest.raises(Refused) as refusal:
        approving.attest(room, request)
    assert rules_of(refusal) == {"witnesses_are_those_named"}
    with pytest.raises(Refused) as refusal:
        approving.fulfil(room, request)
    assert rules_of(refusal) == {"witnesses_have_signed"}
    enter(room, "陈刚")
    approving.attest(room, request)
    enter(room, "王敏")

    assert not approving.fulfil(room, request).refused


def test_a_swapped_witness_is_refused(room):
    """Who was not named cannot sign, and a list with another name was not approved."""
    number = paper(room)
    request = destruction(room, number, "王敏", "陈刚")
    enter(room, "李国强")
    with pytest.raises(Refused) as refusal:
        approving.attest(room, request)
    assert rules_of(refusal) == {"witnesses_are_those_named"}

    for name in ("陈刚", "王敏"):
        enter(room, name)
        approving.attest(room, request)
    given = approving._with_approvals(room.register.requests[request])
    swapped = Destroyed(
        carriers=(number,),
        witnesses=("王敏", "李国强"),
        method="粉碎",
        counted=1,
        place="保密室",
        approvals=given.approvals,
    )
    with pytest.raises(Refused) as refusal:
        room.record(swapped)
    assert {"approvals_stand_in_the_book", "witnesses_have_signed"} <= rules_of(refusal)


def test_a_receiver_signs_for_himself(room):
    """What is handed to an operator is confirmed in his own session and in no other."""
    enter(room, "王敏")
    number = room.record(Registered(thing=Medium(serial="M1", level=Level.秘密))).number
    room.record(HandedOver(carriers=(number,), to="陈刚"))
    with pytest.raises(Refused) as refusal:
        room.record(Confirmed(carriers=(number,), signed_by="陈刚"))
    assert rules_of(refusal) == {"receivers_sign_for_themselves"}
    enter(room, "陈刚")

    assert room.record(Confirmed(carriers=(number,), signed_by="陈刚")).act.by == "陈刚"


def test_a_clock_set_back_lets_nobody_in(room):
    """Whoever sets the clock back does not sign in, nor write what he signed in for before."""
    enter(room, "王敏")
    room.clock.at -= timedelta(days=2)
    with pytest.raises(Refused) as refusal:
        room.record(Registered(thing=Person(name="某人")))
    assert "the_clock_runs_on" in rules_of(refusal)
    with pytest.raises(Refused) as refusal:
        enter(room, "陈刚")

    assert rules_of(refusal) == {"the_clock_runs_on"}
    assert room.session.by == "王敏"


def test_a_second_session_of_the_same_operator_ends_the_first(room, tmp_path):
    """Signing in elsewhere makes the earlier session worthless, which it is told at its next act."""
    enter(room, "王敏")
    with Room.open(tmp_path / "r", clock=room.clock) as other:
        session = enter(other, "王敏")
        assert session.before
        other.record(Registered(thing=Person(name="某人")))
        with pytest.raises(Refused) as refusal:
            room.record(Registered(thing=Person(name="别人")))

    assert rules_of(refusal) == {"only_who_is_signed_in_writes"}
    assert "又登录过" in refusal.value.findings[0].fact


def test_a_session_ends_with_the_operator(room, tmp_path):
    """Who is removed or has his password reset writes nothing more from a session begun before."""
    enter(room, "陈刚")
    number = approving.ask_for(room, Lent(carrier=paper_of(room, tmp_path), to="陈刚")).number
    with Room.open(tmp_path / "r", clock=room.clock) as other:
        enter(other, "孙丽")
        operators.reset_password(other, "陈刚", "quite-new-7531")
        with pytest.raises(Refused):
            approving.withdraw(room, number)
        operators.remove(other, "陈刚", "调离")
    with pytest.raises(Refused):
        approving.withdraw(room, number)


def paper_of(room, tmp_path):
    with Room.open(tmp_path / "r", clock=room.clock) as other:
        return paper(other)


def test_a_sign_in_cannot_be_written_like_another_act(room):
    """Only what checks the password writes a sign-in."""
    with pytest.raises(Refused) as refusal:
        room.record(SignedIn(operator="RY-001"))

    assert rules_of(refusal) == {"sign_ins_come_through_the_door"}


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX")
def test_a_link_in_the_room_is_refused(room, tmp_path):
    """A symbolic link in a room's folder is named, and nobody gets in before it is gone."""
    (tmp_path / "r" / "labels").mkdir(mode=0o700)
    (tmp_path / "r" / "labels" / "x.toml").symlink_to("/etc/hostname")

    with pytest.raises(Exposed, match=r"符号链接.*rm "):
        Room.open(tmp_path / "r")
    with pytest.raises(Exposed):
        enter(room, "王敏")


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX")
@pytest.mark.parametrize("name", [".", "room.json", "journal/2026.jsonl"])
def test_files_others_can_read_are_refused_with_the_command_that_mends_them(tmp_path, name):
    """A room that others on the machine can read does not open; the command it names mends it."""
    guarded(tmp_path / "r").close()
    path = tmp_path / "r" / name
    path.chmod(path.stat().st_mode | 0o004)
    with pytest.raises(Exposed) as error:
        Room.open(tmp_path / "r")
    command = str(error.value).partition("用 ")[2].partition(" 改正")[0]
    subprocess.run(command, shell=True, check=True)

    Room.open(tmp_path / "r").close()


@pytest.mark.skipif(os.name != "posix", reason="rights are of POSIX")
def test_everything_in_a_room_is_its_owners_alone(room, tmp_path):
    """Whatever the room writes, nobody else on the machine can read."""
    enter(room, "王敏")
    room.close()

    for path in (tmp_path / "r", *(tmp_path / "r").rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_what_the_program_writes_is_its_owners_alone(monkeypatch):
    """Files that libraries write for it, into the room or beside it, can be read by nobody else."""
    import ledger.cli
    from tui import launcher

    monkeypatch.setattr(ledger.cli, "run", lambda *_: 0)
    monkeypatch.setattr(launcher, "wanted", lambda _: None)
    for start in (ledger.cli.main, launcher.main):
        before = os.umask(0o022)
        with pytest.raises(SystemExit):
            start()
        assert os.umask(before) == 0o077


@pytest.mark.parametrize("name", ["TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL"])
def test_nobody_signs_in_where_keys_are_logged(room, monkeypatch, name):
    """An environment that has keys written to a file is refused before a password is looked at."""
    monkeypatch.setenv(name, "1")
    with pytest.raises(Listening, match=f"unset {name}"):
        enter(room, "王敏")


def test_no_password_is_taken_from_environment_or_arguments():
    """No command has an option or a variable for a password; a descriptor's number is all."""

    def walk(command, path):
        for each in command.params:
            yield path, each
        if isinstance(command, click.Group):
            for name, one in command.commands.items():
                yield from walk(one, f"{path} {name}")

    for path, each in walk(cli, "baomi"):
        words = {each.name, *each.opts}
        if any("password" in str(word) or "口令" in str(word) for word in words):
            assert each.type is DESCRIPTOR, path
            assert not each.envvar, path


def test_an_attempt_that_cannot_be_written_down_is_none(room, monkeypatch):
    """On a full disk nobody signs in, because nobody could count his attempts."""

    def full(*_args, **_more):
        raise Unwritten("没有写成，账本未变：磁盘满")

    with monkeypatch.context() as disk:
        disk.setattr(room.book.journal, "append", full)
        with pytest.raises(Unwritten):
            enter(room, "王敏")

    assert room.session is None
    assert room.book.sign is None


def test_a_line_nobody_signed_is_found(room, tmp_path):
    """A line added by hand, its chain worked out anew, lacks the signature of whom it names."""
    enter(room, "王敏")
    room.close()
    for by, said in (("王敏", "没有他的签名"), ("某人", "不是操作员")):
        path = tmp_path / "r" / "journal" / "2026.jsonl"
        kept = path.read_bytes()
        last = orjson.loads(kept.splitlines()[-1])
        act = {"n": 99, "on": "2026-06-15", "at": "2026-06-15T18:00:00", "by": by}
        act |= {"act": "signed_in", "operator": "RY-001"}
        data = {"l": last["l"] + 1, "n": 99, "acts": [act], "about": [["RY-001"]]}
        path.write_bytes(kept + seal(data, last["h"], digest("sm3"))[0])

        assert any(said in fault for fault in verify_folder(tmp_path / "r").faults)
        path.write_bytes(kept)


def test_a_line_signed_by_another_is_found(room):
    """A signature by a key that is not the named operator's is not his."""
    enter(room, "王敏")
    room.book.sign = credential.Secrets.new().signer()
    room.record(Registered(thing=Person(name="某人")))

    assert any("签名不是王敏的" in fault for fault in verify(room).faults)


def test_every_line_of_an_operator_is_signed(room):
    """What operators write verifies; a book with all their kinds of acts has no fault."""
    request = lent_request(room, paper(room))
    enter(room, "李国强")
    approving.deny(room, request, "再议")

    assert verify(room).faults == ()


def test_evidence_is_checked_with_python_alone(room, tmp_path):
    """A bundle's own script accepts it elsewhere, and names the line in which a letter was changed."""
    number = paper(room)
    room.record(Registered(thing=Medium(serial="M1", level=Level.机密)))
    out = tmp_path / "out"
    evidence(room, number, tmp_path / "e.zip", to="JZ-0001")
    with zipfile.ZipFile(tmp_path / "e.zip") as packed:
        packed.extractall(out)

    def checked():
        command = [sys.executable, "-I", "check.py"]
        return subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)

    assert examine(out)[1] == []
    good = checked()
    assert good.returncode == 0, good.stdout + good.stderr
    assert "摘要和签名都对" in good.stdout
    raw = (out / "lines.jsonl").read_bytes()
    (out / "lines.jsonl").write_bytes(raw.replace("示范省厅".encode(), "示范市厅".encode(), 1))
    bad = checked()
    assert bad.returncode == 8
    assert "内容被改动过" in bad.stdout
    assert "签名不是王敏的" in bad.stdout


def bundled(room, tmp_path):
    """A bundle about a paper, taken apart."""
    number = paper(room)
    room.record(Registered(thing=Medium(serial="M1", level=Level.机密)))
    evidence(room, number, tmp_path / "e.zip", to="JZ-0001")
    with zipfile.ZipFile(tmp_path / "e.zip") as packed:
        packed.extractall(tmp_path / "out")
    return tmp_path / "out", (tmp_path / "out" / "lines.jsonl").read_bytes()


def _crc(raw):
    place = raw.rindex(b'"crc":"') + 7
    other = b"1" if raw[place : place + 1] == b"0" else b"0"
    return raw[:place] + other + raw[place + 1 :]


SPOILED = {
    "cut": (lambda raw: raw.replace(b'"crc"', b'"cr"'), "不完整"),
    "unsigned": (lambda raw: re.sub(rb',"sig":"[0-9a-f]+"', b"", raw), "没有王敏的签名"),
    "miscounted": (_crc, "校验码不对"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_bundle_says_how(room, tmp_path, how):
    """A line cut short, without its signature or with a wrong checksum is named by the script."""
    out, raw = bundled(room, tmp_path)
    *lines, last = raw.splitlines(keepends=True)
    spoil, said = SPOILED[how]
    (out / "lines.jsonl").write_bytes(b"".join((*lines, spoil(last))))

    assert any(said in each for each in examine(out)[1])
    assert main([str(out)]) == 8


def test_a_blanked_line_is_told_and_not_judged(room, tmp_path):
    """A line of which a text was blanked has lost its digest for whoever is elsewhere, and says so."""
    from ledger.room.redaction import redact

    number = paper(room)
    room.record(Registered(thing=Medium(serial="M1", level=Level.机密)))
    redact(room, number, "标题", reason="误录", by="王敏")
    assert verify(room).holds
    evidence(room, number, tmp_path / "e.zip", to="JZ-0001")
    with zipfile.ZipFile(tmp_path / "e.zip") as packed:
        packed.extractall(tmp_path / "out")
    shown, wrong = examine(tmp_path / "out")

    assert wrong == []
    assert any("涂销" in each for each in shown)
    with pytest.MonkeyPatch.context() as words:
        words.setattr(sys, "argv", ["check.py", str(tmp_path / "out")])
        with pytest.raises(SystemExit) as done:
            runpy.run_path(witness.__file__, run_name="__main__")
    assert done.value.code == 0
    assert main([str(tmp_path / "out")]) == 0


def test_there_is_no_evidence_of_what_never_was(room):
    """A number no line is about makes no bundle."""
    enter(room, "王敏")
    with pytest.raises(NoEvidence):
        evidence(room, "WJ-2026-0099", Path("x.zip"))


def test_titles_are_shown_by_category_and_circle(room):
    """The officer and the circle read a title; an auditor, the system administrator and others do not."""
    from ledger.room.viewing import view

    number = paper(room)
    shown = {}
    for name in PASSWORDS:
        enter(room, name)
        shown[name] = view(room).document_of(number).title == "年度工作通知"
    room.session = None
    shown[""] = view(room).document_of(number).title == "年度工作通知"

    assert {name for name, seen in shown.items() if seen} == {"王敏", "陈刚"}


def test_every_look_at_a_top_secret_record_is_written_down(tmp_path):
    """A 绝密 title that somebody reads leaves a line, once a sign-in; a hidden one leaves none."""
    from ledger.room.history import history
    from ledger.room.viewing import looked_at, view

    clock, secret = Clock(), new_one_time()
    with furnished(tmp_path / "r", Level.绝密, clock) as room:
        code = pyotp.TOTP(secret).at(clock.at)
        roles = {OperatorRole.OFFICER, OperatorRole.SECRECY}
        operators.add(room, "王敏", roles, PASSWORDS["王敏"], one_time=secret, code=code)

        def enter_with_code():
            clock.at += timedelta(minutes=2)
            sign_in(room, "王敏", PASSWORDS["王敏"], pyotp.TOTP(secret).at(clock.at))

        enter_with_code()
        document = Document(
            title="专项方案",
            issuer="示范省厅",
            issued_on=clock.at.date(),
            mark=Mark.parse("绝密★30年"),
        )
        number = room.record(Received(document=document, sender="示范省厅")).number
        before = len(room.acts)
        looked_at(room, (number,))
        history(room, number)
        assert [act.event.documents for act in room.acts[before:]] == [("WG-2026-0001",)]
        enter_with_code()
        looked_at(room, (number, "WG-2026-0001"))
        assert len(room.acts) == before + 3
        room.session = None
        looked_at(room, (number,))
        assert view(room).document_of(number).title != "专项方案"
        with pytest.raises(NotShown):
            history(room, number)
        assert len(room.acts) == before + 3


def test_one_time_passwords_are_good_once(tmp_path):
    """At 绝密 a one-time password is asked for as well, and is used up by the sign-in it was for."""
    clock, secret = Clock(), new_one_time()
    totp = pyotp.TOTP(secret)
    with furnished(tmp_path / "r", Level.绝密, clock) as room:
        roles = {OperatorRole.OFFICER, OperatorRole.SECRECY}
        with pytest.raises(WeakPassword, match="一次性口令"):
            operators.add(room, "王敏", roles, PASSWORDS["王敏"], one_time=secret, code="000000")
        told = {"one_time": secret, "code": totp.at(clock.at)}
        operators.add(room, "王敏", roles, PASSWORDS["王敏"], **told)
        code = totp.at(clock.at)
        assert sign_in(room, "王敏", PASSWORDS["王敏"], code)
        for wrong in (code, "", "12345", totp.at(clock.at + timedelta(minutes=5))):
            with pytest.raises(NotSignedIn):
                sign_in(room, "王敏", PASSWORDS["王敏"], wrong)
        clock.at += timedelta(minutes=1)
        room.register.operators["RY-001"]
        with pytest.raises(NotSignedIn):
            sign_in(room, "王敏", PASSWORDS["王敏"], totp.at(clock.at))  # locked by now
        assert secret in one_time_link(secret, room, "王敏")


WEAK = [
    ("秘密", "abc-123"),
    ("机密", "abc-12345"),
    ("机密", "abcdefghijk"),
    ("机密", "口令abc-12345"),
]
STRONG = [("秘密", "abc-1234"), ("机密", "abc-123456"), ("机密", "1234567890a")]


@pytest.mark.parametrize(("level", "password"), WEAK)
def test_weak_passwords_are_refused(tmp_path, level, password):
    """A password too short for the level, of one class or not of ASCII is refused, and nothing left."""
    with furnished(tmp_path / "r", Level.parse(level)) as room:
        with pytest.raises(WeakPassword):
            operators.add(room, "王敏", {OperatorRole.OFFICER, OperatorRole.SECRECY}, password)
        assert not room.register.guarded
        assert not (tmp_path / "r" / "operators").exists()


@pytest.mark.parametrize(("level", "password"), STRONG)
def test_passwords_of_the_regulation_are_taken(tmp_path, level, password):
    """Eight characters are enough at 秘密 and ten at 机密, of two classes."""
    with furnished(tmp_path / "r", Level.parse(level)) as room:
        operators.add(room, "王敏", {OperatorRole.OFFICER, OperatorRole.SECRECY}, password)

        assert sign_in(room, "王敏", password).by == "王敏"


def test_a_refused_operator_leaves_no_file(room, tmp_path):
    """Where the act is refused, the password file that was made for it is gone."""
    enter(room, "张华")
    before = sorted((tmp_path / "r" / "operators").iterdir())
    with pytest.raises(Refused):
        operators.add(room, "没有此人", (), "abc-1234567")

    assert sorted((tmp_path / "r" / "operators").iterdir()) == before


def test_nobody_unlocks_or_changes_passwords_without_a_session(room):
    """Who is not signed in has no screen to unlock and no password to change."""
    with pytest.raises(NotSignedIn):
        unlock(room, "x")
    with pytest.raises(NotSignedIn):
        operators.change_password(room, "another-one-531")


def test_signing_out_ends_writing(room):
    """After signing out nobody writes at this terminal."""
    enter(room, "王敏")
    sign_out(room)
    with pytest.raises(Refused):
        room.record(Registered(thing=Person(name="某人")))


def test_operators_are_not_made_in_a_room_others_can_read(tmp_path):
    """The first operator is not made while others could copy what checks his password."""
    with furnished(tmp_path / "r") as room:
        (tmp_path / "r").chmod(0o755)
        with pytest.raises(Exposed):
            operators.add(room, "王敏", {OperatorRole.SECRECY}, PASSWORDS["王敏"])


def test_a_stranger_has_no_password_to_reset(room, tmp_path):
    """Resetting the password of nobody is refused and leaves no file."""
    enter(room, "孙丽")
    before = sorted((tmp_path / "r" / "operators").iterdir())
    with pytest.raises(Refused):
        operators.reset_password(room, "没有此人", "abc-1234567")

    assert sorted((tmp_path / "r" / "operators").iterdir()) == before


def test_a_line_of_several_writers_is_found(room, tmp_path):
    """One line is one writer's; one that names two is no line of this program."""
    enter(room, "王敏")
    room.close()
    path = tmp_path / "r" / "journal" / "2026.jsonl"
    last = orjson.loads(path.read_bytes().splitlines()[-1])
    act = {"n": 99, "on": "2026-06-15", "at": "2026-06-15T18:00:00", "act": "signed_in"}
    acts = [act | {"by": by, "operator": "RY-001"} for by in ("王敏", "李国强")]
    data = {"l": last["l"] + 1, "n": 99, "acts": acts, "about": [["RY-001"]] * 2}
    with path.open("ab") as book:
        book.write(seal(data, last["h"], digest("sm3"))[0])

    assert any("不止一个经办人" in fault for fault in verify_folder(tmp_path / "r").faults)


def test_the_screen_is_unlocked_by_the_same_person(room):
    """Unlocking is a sign-in of whoever was signed in, and counts as one."""
    enter(room, "王敏")
    before = len(room.acts)
    with pytest.raises(NotSignedIn):
        unlock(room, PASSWORDS["陈刚"])
    assert unlock(room, PASSWORDS["王敏"]).by == "王敏"

    assert len(room.acts) == before + 2


def test_a_new_password_is_another_one(room):
    """A password is not changed into itself, and the key behind it stays."""
    enter(room, "陈刚")
    public = room.register.operator("陈刚").public
    with pytest.raises(WeakPassword, match="相同"):
        operators.change_password(room, PASSWORDS["陈刚"])
    operators.change_password(room, "another-one-531")

    assert room.register.operator("陈刚").public == public
    assert room.register.operator("陈刚").session == room.session.n


def test_secrets_are_nowhere_but_where_they_are_locked(tmp_path, capfd):
    """No password, one-time secret or key is in any file of the room, its backup, or on the screen."""
    clock, secret = Clock(), new_one_time()
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        furnished(tmp_path / "r", Level.绝密, clock) as room,
    ):
        roles = {OperatorRole.OFFICER, OperatorRole.SECRECY}
        code = pyotp.TOTP(secret).at(clock.at)
        operators.add(room, "王敏", roles, PASSWORDS["王敏"], one_time=secret, code=code)
        clock.at += timedelta(minutes=2)
        session = sign_in(room, "王敏", PASSWORDS["王敏"], pyotp.TOTP(secret).at(clock.at))
        out.write(f"{session} {session.secrets!r} {room} {vars(room)}")
        with pytest.raises(NotSignedIn):
            sign_in(room, "typed-my-password-here", "x")
        back_up(room, tmp_path / "b.baomi", by="王敏")
        key = session.secrets.signing
    reading, writing = os.pipe()
    os.write(writing, PASSWORDS["王敏"].encode() + b"\n000000\n")
    os.close(writing)
    with redirect_stdout(out), redirect_stderr(err):
        words = ["--room", str(tmp_path / "r"), "--by", "王敏", "--password-fd", str(reading)]
        run(cli, [*words, "list", "person"])
    with zipfile.ZipFile(tmp_path / "b.baomi") as packed:
        packed.extractall(tmp_path / "b")
    said = [out.getvalue().encode(), err.getvalue().encode(), *map(str.encode, capfd.readouterr())]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]

    for each in (
        PASSWORDS["王敏"].encode(),
        secret.encode(),
        key,
        key.hex().encode(),
        repr(key).encode(),
    ):
        assert not any(each in text for text in (*said, *files))
    assert not any(b"typed-my-password-here" in text for text in (*said, *files))
    assert len(files) > 10


def test_a_sign_in_costs_what_the_regulation_is_worth():
    """Guessing a password costs 64 MiB and the work of sixty-five thousand blocks each time."""
    import importlib

    fresh = importlib.util.spec_from_file_location("fresh", credential.__file__)
    module = importlib.util.module_from_spec(fresh)
    fresh.loader.exec_module(module)

    assert module._COST == {"n": 2**16, "r": 8, "p": 1}
    assert Path(module.__file__).name == "credential.py"


def test_a_reset_password_brings_a_new_key_and_the_old_lines_stay_good(room, tmp_path):
    """What was signed before a reset verifies with the key of then, and it is said which signed what."""
    number = paper(room)
    lent_request(room, number)
    old = room.register.operators["RY-003"].public
    enter(room, "王敏")
    operators.reset_password(room, "陈刚", "quite-new-7531")
    new = room.register.operators["RY-003"].public
    sign_in(room, "陈刚", "quite-new-7531")
    approving.ask_for(room, loan(room, number), purpose="再借一次")
    found = verify(room)

    assert new != old
    assert found.holds, found.faults
    keys = {each.key: each for each in found.signers if each.operator == "陈刚"}
    assert list(keys) == [old, new]
    assert keys[old].last < keys[new].first
    told = [note for note in found.notes if "密钥" in note]
    assert [old[:8] in told[0], new[:8] in told[1], len(told)] == [True, True, 2]
    enter(room, "王敏")
    room.record(Registered(thing=Medium(serial="M1", level=Level.机密)))
    evidence(room, number, tmp_path / "e.zip", to="JZ-0001")
    with zipfile.ZipFile(tmp_path / "e.zip") as packed:
        packed.extractall(tmp_path / "out")
    shown, wrong = examine(tmp_path / "out")
    asked = [line.rpartition("密钥")[2] for line in shown if "陈刚 requested" in line]
    assert (asked, wrong) == ([old[:8], new[:8]], [])


def test_a_line_of_before_a_reset_is_not_good_by_the_new_key(room):
    """A line put in with the key that came later, where the earlier one was in force, is found."""
    enter(room, "王敏")
    later = credential.Secrets.new()
    room.book.sign = later.signer()
    room.record(Registered(thing=Person(name="某人")))
    room.session = None
    enter(room, "孙丽")
    operators.reset_password(room, "王敏", "quite-new-7531")
    found = verify(room)

    assert any("签名不是王敏的" in fault for fault in found.faults)
    assert later.public not in {each.key for each in found.signers}


def test_what_is_asked_for_is_read_by_who_has_business_with_it(room):
    """Who asked, who approves, who is to witness and the officer see the whole act; others its numbers."""
    from ledger.room.viewing import reads_request

    number = paper(room)
    burning = Destroyed(carriers=(number,), witnesses=("王敏", "陈刚"), method="粉碎", counted=1)
    asked = approving.ask_for(room, burning).number
    request = room.register.requests[asked]
    readers = set()
    for name in PASSWORDS:
        enter(room, name)
        readers |= {name} if reads_request(room, request) else set()
    assert readers == {"王敏", "李国强", "陈刚"}
    sign_out(room)
    assert not reads_request(room, request)


def test_a_request_shown_to_others_has_no_more_than_numbers(room, capsys):
    """On the command line, too, the words of an act that is asked for stay with those it concerns."""
    number = lent_request(room, paper(room, mark="机密★20年"))
    folder = room.folder
    room.close()
    shown = {}
    for name in ("李国强", "赵明"):
        reading, writing = os.pipe()
        os.write(writing, PASSWORDS[name].encode() + b"\n")
        os.close(writing)
        words = ["--room", str(folder), "--by", name, "--password-fd", str(reading)]
        with pytest.MonkeyPatch.context() as clock:
            clock.setattr("ledger.cli.desk.Room.open", lambda *_, **__: Room(*_opening(folder)))
            run(cli, [*words, "request", "show", number, "--json"])
        shown[name] = json.loads(capsys.readouterr().out)["wanted"]

    assert shown["李国强"]["due"] == str(Clock().at.date() + timedelta(days=9))
    assert shown["赵明"] == "借阅 RY-003、WJ-2026-0001"


def _opening(folder):
    """What a room is made of that is opened an hour later."""
    from ledger.store.settings import SETTINGS, Settings

    clock = Clock()
    clock.at += timedelta(hours=1)
    return folder, Settings.read(folder / SETTINGS), clock
