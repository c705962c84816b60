"""How the screens look, what words they use, and what becomes of hostile values on them."""

import html
import importlib
import pkgutil
import re
import unicodedata
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from ledger import Registered
from ledger.carrier import Medium
from ledger.event import Lent
from ledger.mark import Level
from ledger.room.drafting import DOINGS, fields_of
from tests.officer import NARROW, WIDE, Rooms, _room, _rooms, counted, run_at, screen_text, steady  # noqa: F401 - fixtures
from tui.actions import ACTIONS, CONTEXTS, here, key_name
from tui.app import _ELSEWHERE, Baomi
from tui.plain import narrow, safe
from tui.screens.fields import Row
from tui.screens.page import Page
from tui.table import Table


async def pressed(app, pilot, *keys):
    """The screen after some keys."""
    for key in keys:
        await pilot.press(key)
        while app.scanner.waiting:
            await pilot.pause(0.02)
        await counted(app, pilot)
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
    "manual": ("ctrl+p", *"sc", "enter"),
    "palette": ("ctrl+p",),
    "a number to go to": ("f7", *"hy"),
}
"""The screens by what an officer would call them, and the keys that lead there."""


CELL = 10
"""How wide the pictures draw a cell."""
LARGE = pytest.param(WIDE, id="120x40", marks=pytest.mark.heavy)


@pytest.mark.parametrize("size", [pytest.param(NARROW, id="80x24"), LARGE])
@pytest.mark.parametrize("name", LOOKS)
def test_a_screen_looks_as_it_did(room, snapshot, name, size):
    """Every screen looks as it was last agreed to and speaks Chinese, on either size of terminal."""
    shown = steady(run_at(room, partial(pressed_at, keys=LOOKS[name]), size))
    words = set(re.findall(r"[A-Za-z]{3,}", _OF_THE_ROOM.sub("", shown)))

    assert {
        word for word in words if word not in KNOWN_WORDS and not _spelling(word, shown)
    } == set()
    assert shown == snapshot


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


def _spelling(word, shown):
    """Whether a word is initials that stand beside what they spell, or was typed by the test."""
    from tui.pinyin import initials

    hanzi = re.findall(r"[\u4e00-\u9fffU]+", shown)
    return any(initials(each) == word for each in hanzi) or word in ("qqqq", "abc")


HOSTILE = (
    "[/x]",
    "[@click=app.quit]按我[/]",
    "[red]红[/red] $accent [bold",
    "a\x1b[2Jb\x1b]52;c;aGk=\x07",
    "\x9b31m\x90q\x9c",
    "前\u202e后\u2066内\u200b零",
    "长" * 300,
    "\U00020045\U0002a6d6\U0001f600\U000e0041",
    "行一\n行二\r行三\t表",
)
_SOME_DAILY = [
    *HOSTILE[1:7:2],
    *(pytest.param(value, marks=pytest.mark.heavy) for value in (*HOSTILE[0:7:2], *HOSTILE[7:])),
]
"""All of them: every other one by the day, for each walks through every screen."""
RAW = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\U000e0000-\U000e007f]"
)


def intact(app):
    """What stands on the screen, which holds nothing raw and fits its width."""
    shown = screen_text(app)
    assert not RAW.search(shown), ascii(RAW.search(shown))
    assert all(cell_len(line) <= app.size.width for line in shown.splitlines())
    return shown


FORMS = [doing for doing in DOINGS if not doing.command and doing.kind.__name__ not in _ELSEWHERE]


@pytest.mark.heavy
@pytest.mark.parametrize("doing", FORMS, ids=lambda d: d.words)
def test_hostile_words_in_any_field_of_any_form_do_no_harm(room, doing):
    """Whatever is typed or pasted into a form, nothing crashes and nothing raw is shown."""

    async def fill(app, pilot):
        app.open_form(doing, {})
        await pilot.pause()
        rows = list(app.screen.query(Row))
        assert [row.field.name for row in rows] == [f.name for f in fields_of(doing)]
        for n, row in enumerate(rows):
            row.entry.value = HOSTILE[n % len(HOSTILE)]
        await pilot.pause()
        app.screen.judge()
        await pilot.pause()
        intact(app)
        await pilot.press("f8", "enter", "escape")
        intact(app)

    run_at(room, fill)


@pytest.mark.parametrize("value", _SOME_DAILY, ids=ascii)
def test_hostile_values_in_a_book_do_no_harm(room, value, monkeypatch):
    """A value that somehow got into the book is shown on every screen without doing anything."""
    monkeypatch.setattr("ledger.review.legible", str)  # what an earlier program let in
    made = Registered(
        thing=Medium(
            level=Level.机密,
            **dict.fromkeys(
                ("name", "type", "model", "serial", "asset_no", "remark", "keeper"), value
            ),
        )
    )
    number = room.record(made, happened=value).number
    room.record(Lent(carrier=number, to=value, purpose=value), happened=value, note=value)

    async def look(app, pilot):
        for keys in (
            ("0",),
            ("2",),
            ("f4", "escape", "enter"),
            ("f4", "escape", "f2", "escape", "f1", "escape"),
        ):
            await pressed(app, pilot, *keys)
            intact(app)
        await pressed(app, pilot, "escape", "7", "f4")
        intact(app)
        await pressed(app, pilot, "escape", "ctrl+p", "escape", "f7")
        app.focused.value = number
        await pilot.pause()
        intact(app)
        await pressed(app, pilot, "enter", "f2", "enter")
        intact(app)

    run_at(room, look)


def screens():
    """Every kind of screen there is."""
    import tui.screens

    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    kinds, found = [Page], []
    while kinds:
        below = kinds.pop().__subclasses__()
        kinds += below
        found += below
    return found


def test_every_action_is_done_by_a_screen_or_the_program():
    """No key of the table leads nowhere."""
    for action in ACTIONS:
        name = f"do_{action.id}"
        owners = [kind for kind in (*screens(), Baomi, Table) if hasattr(kind, name)]
        assert owners, name


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_key_means_one_thing_on_a_screen(context):
    """No two actions of a screen share a key, and none is a key that terminals keep."""
    keys = [key for action in here(context) for key in action.keys]
    taken = {
        "ctrl+i",
        "ctrl+j",
        "ctrl+m",
        "ctrl+h",
        "ctrl+s",
        "ctrl+w",
        "ctrl+t",
        "ctrl+space",
        "f11",
    }

    assert len(keys) == len(set(keys))
    assert not taken & set(keys)


def test_the_key_page_is_as_the_table_says():
    """docs/键位.md is made from the table of actions and is up to date."""
    from tui.keys import page

    assert (Path(__file__).parents[1] / "docs" / "键位.md").read_text("utf-8") == page()


def test_terminals_that_draw_doubtful_characters_wide_get_none(room):
    """In the plain look no character of uncertain width is on any screen, and frames are ASCII."""
    narrow(on=True)
    try:
        for name in ("today", "papers", "a page", "a form that is refused", "help"):
            shown = run_at(room, partial(pressed_at, keys=LOOKS[name]), ascii_look=True)
            assert {c for c in shown if unicodedata.east_asian_width(c) == "A"} == set(), name
        assert safe("机密★10年") == "机密*10年"
    finally:
        narrow(on=False)


def test_colours_change_and_nothing_is_said_by_colour_alone(room):
    """Light, dark and sixteen colours show the same words."""

    async def look(app, pilot):
        shown = set()
        for _ in range(4):
            shown.add(screen_text(app))
            app.do_theme()
            await pilot.pause()
        return shown

    assert len(run_at(room, look)) == 1


PICTURES = sorted((Path(__file__).parents[1] / "docs" / "screens").glob("*.svg"))


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_pictures_have_their_text_where_its_cells_are(picture):
    """In the pictures of the documents a Hanzi is two cells wide and every word begins on a cell."""
    drawn = picture.read_text("utf-8")
    texts = re.findall(r'<text [^>]* x="([^"]*)"[^>]*textLength="([^"]*)"[^>]*>(.*?)</text>', drawn)

    assert len(texts) > 20
    for left, length, said in texts:
        assert (float(left) % CELL, float(length)) == (0, cell_len(html.unescape(said)) * CELL)
    assert "http" not in re.sub(r'xmlns="[^"]*"|<!--.*?-->', "", drawn)
    assert "full-width" not in drawn


def test_keys_are_named_as_they_stand_on_the_keyboard():
    """Ctrl+P is how a key is told, not how the program calls it."""
    assert [key_name(k) for k in ("f1", "ctrl+p", "colon", "pageup")] == [
        "F1",
        "Ctrl+P",
        ":",
        "上翻页",
    ]
