"""Any bytes at all given as a file end in a plan or in a sentence, never in a traceback."""

import io
import random
import re
import signal
import time
import zipfile
from contextlib import contextmanager

import pytest

from ledger.exchange.directions import Directions
from ledger.exchange.heading import BadMapping
from ledger.exchange.importing import plan_source
from ledger.exchange.source import Source, Unreadable
from ledger.exchange.xlsx import Grid, xlsx
from tests import files
from tests.test_reading import SPREADSHEET
from tests.world import world

HEAD = ("编号", "名称", "密级", "启用日期", "备注")
ROWS = [
    ("JZ-0101", "专用U盘", "机密", "2024年3月5日", "x"),
    ("JZ-0102", "移动硬盘", "秘密", "2024.3", "=1+1"),
]
TEXT = "\n".join(",".join(row) for row in [HEAD, *ROWS])
PAGE = "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEAD, *ROWS]
)
OBJECT = '{"编号": "JZ-0101", "名称": ["甲", 1.5, true, null], "密级": "机密"}'
SEEDS = (
    TEXT.encode(),
    TEXT.encode("gb18030"),
    TEXT.encode("utf-16"),
    files.workbook(甲=[HEAD, *ROWS], 乙_=[HEAD]),
    xlsx([Grid(name="甲", headers=HEAD, rows=ROWS, title="台账", foot="制表人：")]),
    files.old_workbook(甲=[HEAD, *ROWS]),
    f"<table>{PAGE}</table>".encode("gb18030"),
    SPREADSHEET.encode(),
    f"[{OBJECT}, {OBJECT}]".encode(),
    f"{OBJECT}\n{OBJECT}\n".encode(),
)
TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"\r",
    b",,,,",
    b"<table>",
    b'<td colspan="99999" rowspan="99999">',
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&#x110000;",
    b"{",
    b"[[[[",
    b"NaN",
    b"1e999",
    b'"\\ud800"',
    "编号".encode(),
    b'r="A1048577"',
    b't="e"',
    b"9" * 400,
    b"\x09\x08\x10\x00",
    "〇○".encode(),
)
SECONDS = 20
"""How long one file may take before it counts as hanging."""


class Hanging(BaseException):
    """A file that is still being read after all that time."""


@contextmanager
def limited(seconds):
    def hang(*_):
        raise Hanging

    old = signal.signal(signal.SIGALRM, hang)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


def bent(raw: bytes, luck: random.Random) -> bytes:
    """Some bytes with a few of them changed, cut, doubled or put somewhere else."""
    data = bytearray(raw)
    for _ in range(luck.randint(1, 6)):
        at = luck.randrange(len(data) + 1)
        match luck.randrange(6):
            case 0 if data:
                data[at % len(data)] = luck.randrange(256)
            case 1:
                del data[at : at + luck.randint(1, 40)]
            case 2:
                data[at:at] = luck.choice(TOKENS)
            case 3:
                data[at:at] = data[at : at + luck.randint(1, 60)]
            case 4:
                data = data[:at] if luck.random() < 0.3 else data
            case _:
                data[at : at + 4] = luck.randbytes(4)
    return bytes(data)


def inside(raw: bytes, luck: random.Random) -> bytes:
    """A workbook whose parts are bent and packed again as if nothing were."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = luck.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, bent(part, luck) if name == chosen else part)
    return out.getvalue()


def case(luck: random.Random) -> bytes:
    """One file that no program would write."""
    raw = luck.choice(SEEDS)
    if raw.startswith(b"PK") and luck.random() < 0.7:
        return inside(raw, luck)
    return bent(raw, luck)


def outcome(raw: bytes, luck: random.Random) -> str:
    """What becomes of a file: a plan, or the sentence it is refused with."""
    said = Directions(
        kind=luck.choice(("medium", "paper", "person", "computer")),
        all_sheets=luck.random() < 0.5,
        include_hidden=luck.random() < 0.5,
        encoding=luck.choice(("", "", "", "big5", "utf-16")),
        mode=luck.choice(("create", "upsert")),
    )
    try:
        plan = plan_source(Source("f", raw), world().register, said)
    except (Unreadable, BadMapping) as refusal:
        return str(refusal)
    return "" if plan.rows >= 0 else "?"


def fuzz(count: int, seed: int) -> dict[str, int]:
    found = {"plans": 0, "sentences": 0}
    for number in range(count):
        luck = random.Random(f"{seed}/{number}")
        raw = case(luck)
        try:
            with limited(SECONDS):
                said = outcome(raw, luck)
        except (Exception, Hanging) as error:
            raise AssertionError(f"case {seed}/{number}: {error!r}") from error
        assert not said or re.search("[\u4e00-\u9fff]", said), (number, said)
        assert "\x1b" not in said
        found["sentences" if said else "plans"] += 1
    return found


def test_bent_files_end_in_a_plan_or_in_a_sentence():
    """Files of every kind, bent in a few places, are read or refused in Chinese."""
    found = fuzz(400, seed=1)

    assert min(found.values()) > 40


@pytest.mark.heavy
def test_many_bent_files_end_in_a_plan_or_in_a_sentence(capsys):
    """The same over thousands of cases, with their number printed."""
    start = time.monotonic()
    found = fuzz(20_000, seed=int(time.time()))
    with capsys.disabled():
        spent = time.monotonic() - start
        print(  # noqa: T201 - the number of cases is wanted
            f"\nfuzzed {sum(found.values())} files in {spent:.0f} s: {found}"
        )

    assert min(found.values()) > 1000
