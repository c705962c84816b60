"""Secrets looked for where they would turn up: the real program in a real terminal, typed at by hand."""

import os
import pty
import re
import select
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest
import zxingcpp
from PIL import Image

from ledger.event import Registered
from ledger.mark import Level
from ledger.person import Category, Person
from ledger.room import Room
from ledger.room.safekeeping import back_up
from ledger.room.signing_in import sign_in
from tui.crash import report

PASSWORD, WRONG = "Kao7-yan-Lin", "Kao7-yan-Liu"
CLEARED = b"\x1b[H\x1b[2J\x1b[3J"
BLOCKS = "█▀▄"
PROCESSES = Path("/proc")

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not PROCESSES.is_dir(), reason="the list of processes is Linux's"),
]


class Terminal:
    """A command in a terminal of its own: what is typed, and every byte that came back."""

    def __init__(self, words, home):
        self.child, self.line = pty.fork()
        if not self.child:
            for name in [n for n in os.environ if n.startswith(("BAOMI", "TEXTUAL"))]:
                del os.environ[name]
            os.environ |= {"TERM": "xterm-256color", "HOME": str(home), "TMPDIR": str(home)}
            os.environ |= {"LINES": "40", "COLUMNS": "120", "BAOMI_WIDTH": "1"}
            os.execv(Path(sys.executable).parent / "baomi", ["baomi", *words])
        self.seen, self.read = b"", 0
        self.listed = b""
        """The arguments and environments of every process, as they stood whenever it was waited."""

    def _takes_in(self, seconds):
        if select.select([self.line], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.line, 1 << 16)
            except OSError:
                return False
        return True

    def waits_for(self, words, seconds=60):
        """Until these words were drawn since the last time; meanwhile the processes are listed."""
        end = time.monotonic() + seconds
        while words not in _plain(self.seen[self.read :]) and time.monotonic() < end:
            self._takes_in(0.1)
        assert words in _plain(self.seen[self.read :]), _plain(self.seen)[-1500:]
        self.read = len(self.seen)
        self.listed += b"".join(_listed())

    def types(self, text):
        os.write(self.line, text.encode() + b"\r")
        self.listed += b"".join(_listed())

    def ends(self):
        end = time.monotonic() + 60
        while self._takes_in(0.1) and time.monotonic() < end:
            pass
        os.waitpid(self.child, 0)
        os.close(self.line)


def _listed():
    """What ``ps`` and its like are told of every process."""
    for process in PROCESSES.glob("[0-9]*"):
        if int(process.name) != os.getpid():  # this one knows what it looks for
            for name in ("cmdline", "environ"):
                try:
                    yield (process / name).read_bytes()
                except OSError:
                    continue


def _plain(raw):
    return re.sub(r"\x1b\[[0-9;?>=<]*[A-Za-z]|\x1b[()][A-Z0-9]", "", raw.decode("utf-8", "replace"))


def _shown_secret(raw):
    """The one-time secret a telephone reads off the terminal."""
    rows = [line for line in _plain(raw).splitlines() if sum(c in BLOCKS for c in line) > 10]
    wide = max(map(len, rows))
    picture = Image.new("L", (wide, 2 * len(rows)), 0)
    for y, row in enumerate(rows):
        for x, char in enumerate(row):
            picture.putpixel((x, 2 * y), 255 if char in "█▀" else 0)
            picture.putpixel((x, 2 * y + 1), 255 if char in "█▄" else 0)
    big = picture.resize((wide * 8, len(rows) * 16), Image.Resampling.NEAREST)
    (code,) = zxingcpp.read_barcodes(big)
    return pyotp.parse_uri(code.text)


def _code(totp, ahead=0):
    return totp.at(time.time() + ahead)


@pytest.fixture(name="home")
def _home(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with Room.create(tmp_path / "r", unit="示范局", level=Level.绝密) as room:
        room.record(Registered(thing=Person(name="王敏", category=Category.CORE)))
    return home


def test_secrets_typed_at_the_terminal_are_nowhere(tmp_path, home):
    """Nowhere in the book, a backup, a log, the process list or what a terminal can scroll back to."""
    folder = str(tmp_path / "r")
    roles = "保密员、安全保密管理员"
    adding = Terminal(["--room", folder, "operator", "add", "王敏", "--roles", roles], home)
    adding.waits_for("输入新口令")
    adding.types(PASSWORD)
    adding.waits_for("再输入一次")
    adding.types(PASSWORD)
    adding.waits_for("6位数字")
    totp = _shown_secret(adding.seen)
    adding.types(_code(totp))
    adding.ends()
    drawn, _, after = adding.seen.rpartition(CLEARED)
    assert any(block.encode() in drawn for block in BLOCKS)
    assert not any(block.encode() in after for block in BLOCKS)
    assert "已设操作员" in _plain(after)

    screen = Terminal(["--room", folder, "--by", "王敏"], home)
    screen.waits_for("口令")
    screen.types(PASSWORD)
    screen.waits_for("一次性口令")
    screen.types(_code(totp))
    screen.waits_for("流水")
    os.write(screen.line, b"\x0c")
    screen.waits_for("屏幕已锁")
    screen.types(f"{WRONG} 000000")
    screen.waits_for("不对")
    screen.types(f"{PASSWORD} {_code(totp, 30)}")
    screen.waits_for("输错口令1次")
    os.write(screen.line, b"\x11")
    screen.ends()

    later = datetime.now().replace(microsecond=0) + timedelta(minutes=1)  # noqa: DTZ005
    with Room.open(folder, clock=lambda: later) as room:
        kinds = [type(act.event).__name__ for act in room.acts]
        assert kinds[-3:] == ["SignedIn", "SignInFailed", "SignedIn"]
        key = sign_in(room, "王敏", PASSWORD, totp.at(later)).secrets.signing
        back_up(room, tmp_path / "b.baomi", by="王敏")
        crashed = report(_failed(PASSWORD, key), room.folder, room.clock())
    secrets = [PASSWORD, WRONG, totp.secret, key.hex(), repr(key)[2:-1]]
    places = {
        "terminal": adding.seen + screen.seen,
        "as text": (_plain(adding.seen) + _plain(screen.seen)).encode(),
        "processes": adding.listed + screen.listed,
        **{str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()},
    }
    assert crashed.name in "".join(places)
    assert b"baomi" in places["processes"]
    for name, said in places.items():
        for secret in (*secrets, key):
            raw = secret if isinstance(secret, bytes) else secret.encode()
            assert raw not in said, name


def _failed(password, key):
    """An error with secrets in its message and in what its frames hold."""
    try:
        int(f"{password}{key!r}")
    except ValueError as error:
        return error
    raise AssertionError
