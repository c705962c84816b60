"""The real program in a real terminal: bytes as a scanner sends them, on a machine that is busy."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from ledger import Cabinet, Level, Medium, Person, Registered
from ledger.room import Room
from tests.test_scanner import label

PIECES = 6


@pytest.fixture(scope="module", name="furnished")
def _furnished(tmp_path_factory):
    """A room of half a dozen labelled drives, and their codes by number."""
    folder = tmp_path_factory.mktemp("terminal") / "room"
    with Room.create(folder, unit="示范局", level=Level.机密) as room:
        room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
        room.record(Registered(thing=Cabinet(level=Level.机密)))
        for n in range(1, PIECES + 1):
            room.record(Registered(thing=Medium(level=Level.秘密, serial=f"S{n}")))
        numbers = [f"JZ-{n:04}" for n in range(1, PIECES + 1)]
        codes = {number: label(room, number) for number in numbers}
    return folder, codes


class Terminal:
    """The program in a terminal of its own: keys in, and everything it drew."""

    def __init__(self, folder, size=(24, 80)):
        self.child, self.line = pty.fork()
        if not self.child:
            os.environ |= {
                "TERM": "xterm-256color",
                "LINES": str(size[0]),
                "COLUMNS": str(size[1]),
                "BAOMI_WIDTH": "1",
            }
            os.execv(Path(sys.executable).parent / "baomi", ["baomi", "--room", str(folder)])
        self.seen = b""

    def reads(self, seconds):
        """Take in what is drawn for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self.line], [], [], left)[0]:
                try:
                    self.seen += os.read(self.line, 1 << 16)
                except OSError:
                    return

    def waits_for(self, words, seconds=30):
        """Until some words were drawn since the last time one waited."""
        end = time.monotonic() + seconds
        while words not in self.text and time.monotonic() < end:
            self.reads(0.05)
        assert words in self.text, self.text[-2000:]
        self.seen = b""

    def until(self, so, seconds=10):
        """Until something is so, or for so long."""
        end = time.monotonic() + seconds
        while not so() and time.monotonic() < end:
            self.reads(0.1)

    @property
    def text(self):
        """What was drawn, without the sequences that steer the terminal."""
        return re.sub(
            r"\x1b\[[0-9;?>=<]*[A-Za-z]|\x1b[()][A-Z0-9]", "", self.seen.decode("utf-8", "replace")
        )

    def sends(self, text, gap_ms=0.0):
        """Type, one character after the other, each when it is due; the longest gap there was.

        A scanner is a machine of its own: what makes this one busy does not slow it down.
        """
        due = before = time.monotonic()
        longest = 0.0
        for n, char in enumerate(text):
            os.write(self.line, char.encode())
            now = time.monotonic()
            longest, before = max(longest, (now - before) * bool(n)), now
            due += gap_ms / 1000
            if gap_ms:
                self.reads(due - time.monotonic())
        return longest

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.line)


@contextmanager
def program(folder, size=(24, 80)):
    terminal = Terminal(folder, size)
    try:
        terminal.waits_for("经办人")
        terminal.reads(0.5)
        yield terminal
    finally:
        terminal.close()


@contextmanager
def undisturbed():
    """This process goes before all others, as far as it may."""
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


@contextmanager
def load(loops):
    """So many busy loops beside the program."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait()


def reads_of(folder):
    """What the last count has on disk, in order."""
    path = max((folder / "counts").glob("*.jsonl"), key=lambda each: each.stat().st_mtime_ns)
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [line["text"] for line in lines if "read" in line]


def begins_to_count(terminal):
    terminal.sends("8")
    terminal.waits_for("开始清点")
    terminal.reads(0.3)
    terminal.sends("\x1bOR")  # F3
    terminal.waits_for("清点哪里")
    terminal.reads(0.2)
    terminal.sends("\r")
    terminal.waits_for("现在清点")
    terminal.reads(0.3)


def gives_up(terminal):
    terminal.sends("\x1b[21~")  # F10
    terminal.waits_for("为什么")
    terminal.sends("abc\r")
    terminal.waits_for("作罢")
    terminal.sends("0")
    terminal.waits_for("经办人")


def test_a_scan_in_a_real_terminal_under_load_opens_the_record(furnished):
    """The program starts, two busy loops run, a scanner types a label, and the screen shows what it is on."""
    folder, codes = furnished
    with program(folder) as terminal, load(2):
        terminal.sends(codes["JZ-0004"] + "\r", gap_ms=2)
        terminal.waits_for("登记内容")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("gap_ms", "loops"),
    [(0, 0), (60, 0), (0, 3), (10, 3), (60, 3)],
    ids=["0-idle", "60-idle", "0-loaded", "10-loaded", "60-loaded"],
)
@pytest.mark.parametrize("ending", ["\r", "\r\n", ""], ids=["CR", "CRLF", "none"])
def test_every_scan_is_one_read_and_nothing_else_is(furnished, gap_ms, ending, loops):
    """Half a dozen scans at each speed, ending and load are as many reads in order; what is typed between them stays typed."""
    folder, codes = furnished
    wanted, slowest = [], 0.0
    with program(folder) as terminal:
        begins_to_count(terminal)
        with load(loops), undisturbed():
            for n, (number, code) in enumerate(codes.items()):
                slowest = max(slowest, terminal.sends(code + ending, gap_ms=gap_ms))
                terminal.reads(0.45)
                wanted.append(number)
                if n == 2:
                    terminal.sends("20260101", gap_ms=70)
                    terminal.sends("\r")
                    terminal.reads(0.5)
                    wanted.append("20260101")
            terminal.until(lambda: len(reads_of(folder)) >= len(wanted))
        terminal.reads(1.0)
        found = reads_of(folder)
        gives_up(terminal)

    assert found == wanted, f"the slowest key came after {slowest * 1000:.0f} ms"
