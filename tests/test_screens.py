"""How the screens look, what words they use, and what becomes of hostile values on them."""

import re
import unicodedata
from functools import partial

import pytest
from attrs import evolve
from rich.cells import cell_len

from ledger import Registered
from ledger.carrier import Medium
from ledger.event import Lent
from ledger.mark import Level
from ledger.room.drafting import DOINGS, Doing, fields_of
from tests.officer import NARROW, WIDE, Rooms, run_at, screen_text, steady
from tui.actions import ACTIONS, CONTEXTS, here, key_name
from tui.plain import narrow, safe
from tui.screens.form import Form, Row


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    return Rooms(tmp_path_factory.mktemp("rooms"))


@pytest.fixture
def room(rooms):
    with rooms.one() as one:
        yield one


async def pressed(app, pilot, *keys):
    """The screen after some keys."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
    if counting := [
        worker for worker in app.workers if worker.group in ("survey", "learn", "look")
    ]:
        await app.workers.wait_for_complete(counting)
    await pilot.pause()
    return screen_text(app)


LOOKS = {
    "today": (),
    "papers": ("1",),
    "media": ("2",),
    "computers": ("3",),
    "cabinets": ("4",),
    "people": ("5",),
    "units": ("6",),
    "acts": ("7",),
    "nothing found": ("2", "f3", *"qqqq"),
    "a page": ("1", "enter"),
    "what may be done": ("1", "enter", "f4"),
    "a cell": ("1", "f4"),
    "what to do": ("2", "f2"),
    "a form": ("2", "f2", *"jieyue"[:1], *"y", "enter"),
    "a form that is refused": ("2", "f2", *"jy", "enter", *"cg", "enter", "f8"),
    "a loan before it is written": ("2", "f2", *"gh", "enter", "f9", *"abc", "enter"),
    "a new drive": ("2", "f2", *"djjz", "enter"),
    "leaving a form": ("2", "f2", *"jy", "enter", *"cg", "escape"),
    "help": ("f1",),
    "help with a form": ("2", "f2", *"jy", "enter", "f1"),
    "palette": ("ctrl+p",),
    "a number to go to": ("f7", *"hy"),
}
"""The screens by what an officer would call them, and the keys that lead there."""


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", LOOKS)
def test_a_screen_looks_as_it_did(room, snapshot, name, size):
    """Every screen looks as it was last agreed to, on a small terminal and a large one."""
    shown = run_at(room, partial(pressed_at, keys=LOOKS[name]), size)

    assert steady(shown) == snapshot


async def pressed_at(app, pilot, keys):
    return await pressed(app, pilot, *keys)


KNOWN_WORDS = {
    "Ctrl",
    "Tab",
    "Shift",
    "Esc",
    "baomi",
    "init",
    "backup",
    "redact",
    "import",
    "undo",
    "labels",
}
"""What stands on keys and what is typed; everything else is Chinese."""
_OF_THE_ROOM = re.compile(r"[A-Z]{1,3}[0-9]*-[\w-]+|ZY[\w-]+|[a-z]+-\d+x\d+")


@pytest.mark.parametrize("name", LOOKS)
def test_a_screen_speaks_chinese(room, name):
    """No screen, menu, palette or help shows an English word."""
    shown = run_at(room, partial(pressed_at, keys=LOOKS[name]), WIDE)
    words = set(re.findall(r"[A-Za-z]{3,}", _OF_THE_ROOM.sub("", shown)))

    assert {
        word for word in words if word not in KNOWN_WORDS and not _spelling(word, shown)
    } == set()


def _spelling(word, shown):
    """Whether a word is initials that stand beside what they spell, or was typed by the test."""
    from tui.pinyin import initials

    hanzi = re.findall(r"[\u4e00-\u9fffU]+", shown)
    return any(initials(each) == word for each in hanzi) or word in ("qqqq", "abc")
