"""Signing in at a real terminal, and what a script sees of operators and requests."""

import json
import os
import resource
import select
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pyotp
import pytest
import zxingcpp
from PIL import Image

from ledger.cli import cli
from ledger.cli.desk import run
from ledger.cli.speech import Exit
from ledger.room import Room
from tests.guardroom import PASSWORDS, _cheap, guarded  # noqa: F401 - a fixture

pty = pytest.importorskip("pty", reason="terminals are of POSIX")
ROOT = Path(__file__).parents[1]
CHEAP = "from ledger.store import credential as c; c._COST.update(n=16);"


def at_a_terminal(words, answers, folder):
    """What a command shows at a terminal of its own when each prompt gets its answer."""
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(folder)
        code = CHEAP + "from ledger.cli import main; main()"
        os.execv(sys.executable, [sys.executable, "-c", code, *words])
    shown, seen, waiting = b"", 0, list(answers)
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if select.select([screen], [], [], 0.2)[0]:
            try:
                some = os.read(screen, 65536)
            except OSError:
                break
            if not some:
                break
            shown += some
        text = shown.decode("utf-8", "replace")
        if waiting and waiting[0][0] in text[seen:]:
            seen, (_, answer) = len(text), waiting.pop(0)
            time.sleep(0.1)  # the prompt is shown before the terminal stops echoing
            os.write(screen, (answer(text) if callable(answer) else answer).encode() + b"\n")
    os.close(screen)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, shown.decode("utf-8", "replace")


def scanned(text):
    """What a QR code drawn in blocks says."""
    rows = [line for line in text.splitlines() if "█" in line or "▀" in line]
    dots = [
        [character in half for character in line for _ in (0,)]
        for line in rows
        for half in ("█▀", "█▄")
    ]
    wide = max(map(len, dots))
    picture = Image.new("L", (wide, len(dots)), 0)
    picture.putdata([255 * (x < len(row) and row[x]) for row in dots for x in range(wide)])
    (found,) = zxingcpp.read_barcodes(picture.resize((wide * 6, len(dots) * 6), 0))
    return found.text


def test_a_room_is_opened_with_an_officer_who_types_his_password_unseen(tmp_path):
    """The password is asked for twice, shown never, and then needed for every act."""
    code, shown = at_a_terminal(
        ["init", "r", "--unit", "示范局", "--operator", "王敏"],
        [("新口令", "abc-1234567"), ("再输入", "abc-1234567")],
        tmp_path,
    )
    assert code == 0, shown
    assert "abc-1234567" not in shown

    code, shown = at_a_terminal(
        ["add", "person", "--name", "陈刚"],
        [("姓名", "王敏"), ("口令", "abc-1234567")],
        tmp_path / "r",
    )
    assert code == 0, shown
    assert "RY-002" in shown
    assert "abc-1234567" not in shown
    code, shown = at_a_terminal(
        ["--by", "王敏", "add", "person", "--name", "某人"],
        [("口令", "abc-0000000")],
        tmp_path / "r",
    )
    assert code == Exit.NOT_PERMITTED
    assert "没有登录" in shown


def test_two_different_new_passwords_set_none(tmp_path):
    """Who mistypes his new password is told, and has none; the room stays without operators."""
    code, shown = at_a_terminal(
        ["init", "r", "--unit", "示范局", "--operator", "王敏"],
        [("新口令", "abc-1234567"), ("再输入", "abc-7654321")],
        tmp_path,
    )

    assert code == Exit.USAGE
    assert "不一样" in shown
    with Room.open(tmp_path / "r") as room:
        assert not room.register.guarded


def test_the_one_time_secret_is_shown_as_a_code_and_cleared(tmp_path):
    """At 绝密 the secret is drawn once, scanned, and wiped with what was scrolled away."""
    secrets = []

    def scan(text):
        link = urlparse(scanned(text))
        secrets.append(parse_qs(link.query)["secret"][0])
        return pyotp.TOTP(secrets[0]).now()

    code, shown = at_a_terminal(
        ["init", "r", "--unit", "示范局", "--level", "绝密", "--operator", "王敏"],
        [("新口令", "abc-1234567"), ("再输入", "abc-1234567"), ("6位数字", scan)],
        tmp_path,
    )
    assert code == 0, shown
    assert secrets[0] not in shown
    assert "\033[3J" in shown[shown.rindex("█") :]

    later = lambda _: pyotp.TOTP(secrets[0]).at(time.time() + 30)  # noqa: E731 - the next half minute
    code, shown = at_a_terminal(
        ["--by", "王敏", "list", "person"],
        [("口令", "abc-1234567"), ("一次性", later)],
        tmp_path / "r",
    )
    assert code == 0, shown
    assert "RY-001" in shown


@pytest.fixture(name="desk")
def _desk(tmp_path, capsys):
    """A command as one operator gives it: its code, its answer, and what it said besides."""
    guarded(tmp_path / "r", clock=None).close()

    def of(name, *words, extra=None):
        reading, writing = os.pipe()
        os.write(writing, PASSWORDS[name].encode() + b"\n")
        os.close(writing)
        capsys.readouterr()
        given = ["--room", str(tmp_path / "r"), "--by", name, "--password-fd", str(reading)]
        code = run(cli, [*given, *words])
        with suppress(OSError):
            os.close(reading)
        told = capsys.readouterr()
        return code, told.out, told.err

    return of


def test_a_loan_is_asked_for_approved_and_done_by_three(desk):
    """Who wants it asks, the leader approves on his list, the officer does it once."""
    lent = ("借阅", "载体=WJ-2026-0001", "去向=陈刚", "应还日期=2099-12-01")
    received = ("sender=省厅", "issuer=省厅", "title=通知", "mark=机密★10年", "circle=陈刚")
    assert desk("王敏", "do", "收文", *received, "issued_on=2026-06-02")[0] == 0
    code, out, err = desk("陈刚", "request", "ask", *lent, "--purpose", "起草")
    assert (code, out.strip()) == (0, "SP-2026-0001")
    assert "要由主管领导批准" in err
    assert "待批" in desk("李国强", "request", "list")[1]
    assert desk("王敏", "request", "do", "SP-2026-0001")[0] == Exit.REFUSED
    code, _, err = desk("李国强", "request", "approve", "SP-2026-0001")
    assert code == 0
    assert "可以办理" in err
    code, out, _ = desk("王敏", "request", "show", "SP-2026-0001", "--json")
    found = json.loads(out)
    assert (found["ready"], found["needed"], found["applicant"]) == (True, ["主管领导"], "RY-003")
    assert desk("王敏", "request", "do", "SP-2026-0001")[0] == 0
    code, _, err = desk("王敏", "request", "do", "SP-2026-0001")
    assert code == Exit.REFUSED
    assert "已经用于" in err
    assert "已办" in desk("王敏", "request", "list", "--all")[1]
    assert "申请事项=借阅" in desk("王敏", "log", "SP-2026-0001")[1]


def test_requests_are_denied_withdrawn_and_attested_by_command(desk):
    """The other ends of a request have their commands, and a number that is none is told."""
    lent = ("借阅", "载体=WJ-2026-0001", "去向=陈刚", "应还日期=2099-12-01")
    received = ("sender=省厅", "issuer=省厅", "title=通知", "mark=机密★10年", "circle=陈刚")
    desk("王敏", "do", "收文", *received, "issued_on=2026-06-02")
    for _ in range(2):
        desk("陈刚", "request", "ask", *lent)
    assert desk("李国强", "request", "deny", "SP-2026-0001", "--reason", "再议")[0] == 0
    assert desk("陈刚", "request", "withdraw", "SP-2026-0002")[0] == 0
    code, _, err = desk("陈刚", "request", "attest", "SP-2026-0002")
    assert code == Exit.REFUSED
    assert "已经终结（撤回）" in err
    paper = ("--approver", "李国强", "--paper", "局批3号", "--on", "2026-06-12")
    assert desk("王敏", "request", "approve", "SP-2026-0001", *paper)[0] == Exit.REFUSED
    assert desk("王敏", "request", "show", "SP-1")[0] == Exit.USAGE
    assert "不批准：再议" in desk("王敏", "request", "show", "SP-2026-0001")[1]


def test_operators_are_looked_after_by_command(desk, tmp_path, capsys):
    """Roles, locks, passwords and removal have their commands; the list shows how each stands."""
    assert desk("孙丽", "operator", "grant", "陈刚", "--roles", "经手人、审批人")[0] == 0
    assert desk("孙丽", "operator", "unlock", "陈刚", "--reason", "本人来申请")[0] == 0
    assert desk("孙丽", "operator", "grant", "陈刚", "--roles", "主任")[0] == Exit.USAGE
    assert desk("孙丽", "operator", "remove", "赵明", "--reason", "调离")[0] == 0
    _, out, _ = desk("孙丽", "operator", "list", "--json")
    found = {row["name"]: row for row in json.loads(out)}
    assert found["赵明"]["status"] == "停用"
    assert found["陈刚"]["roles"] == "审批人、经手人"
    reading, writing = os.pipe()
    os.write(writing, b"another-one-77\n")
    os.close(writing)
    words = ("operator", "reset", "陈刚", "--new-password-fd", str(reading))
    assert desk("孙丽", *words)[0] == 0
    assert desk("陈刚", "list", "person")[0] == Exit.NOT_PERMITTED
    capsys.readouterr()
    closed = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - 1
    assert run(cli, ["--room", str(tmp_path / "r"), "--password-fd", str(closed), "list", "person"])
    assert f"{closed}没有打开" in capsys.readouterr().err


def test_who_has_not_signed_in_sees_numbers_and_is_told_why(desk, tmp_path, capsys):
    """A list without a sign-in has numbers, kinds and levels; reports are refused with the way in."""
    received = ("sender=省厅", "issuer=省厅", "title=甲乙丙通知", "mark=机密★10年", "circle=陈刚")
    desk("王敏", "do", "收文", *received, "issued_on=2026-06-02")
    capsys.readouterr()
    for words in (["list", "paper"], ["show", "WJ-2026-0001"], ["list", "document"]):
        assert run(cli, ["--room", str(tmp_path / "r"), *words]) == 0
        told = capsys.readouterr()
        assert "机密" in told.out
        assert "甲乙丙" not in told.out
        assert "没有登录" in told.err
    for words in (["log", "WJ-2026-0001"], ["today"], ["check"], ["report", "annual"]):
        assert run(cli, ["--room", str(tmp_path / "r"), *words]) == Exit.NOT_PERMITTED
        assert "甲乙丙" not in capsys.readouterr().out
