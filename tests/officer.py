"""An officer at the screen, told in his own words: what he does, and what he then sees.

``with at_desk(room) as officer: officer.lends("JZ-0001", to="陈刚").is_refused("审批")``. Steps are
gathered and done when the block ends, each as keys of the real program: an act is chosen by its
pinyin initials, fields are filled in as they are typed. An act that was not refused is confirmed
before the next step.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from ledger.room import Room
from tests.showroom import Showroom
from tui.app import Baomi
from tui.entry import Entry
from tui.pinyin import initials
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.confirm import Confirm
from tui.screens.form import Form, Row
from tui.screens.pick import Pick

NARROW, WIDE = (80, 24), (120, 40)


def screen_text(app):
    """What stands on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def squeezed(text):
    """The text as if it stood on one line, without blanks and frames."""
    return re.sub(r"[\s|]", "", text)


def steady(text):
    """The text with what differs from room to room made the same."""
    return re.sub(r"链首 [0-9a-f]{20}", "链首 ====================", text)


COUNTING = ("survey", "learn", "look", "duties", "find", "carriers")
"""What goes on by itself behind a screen until it has all it shows."""


async def counted(app, pilot):
    """Until every screen has all it shows."""
    await pilot.pause()
    while any(not each.is_finished for each in app.workers if each.group in COUNTING):
        await pilot.pause(0.02)
    await pilot.pause()


def run_at(room, doing, size=NARROW, **options):
    """Run the program on a room and do something with it and its pilot."""

    async def run():
        app = Baomi(room, **options)
        async with app.run_test(size=size) as pilot:
            await counted(app, pilot)
            return await doing(app, pilot)

    return asyncio.run(run())


class Rooms:
    """Copies of one furnished room, each with a clock that stands still."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = Showroom(folder / "furnished")
        self.now = datetime(2026, 4, 15, 9, 0)
        made.room.close()

    def one(self) -> Room:
        """A copy of its own."""
        copy = self.folder / f"room-{len(list(self.folder.iterdir()))}"
        shutil.copytree(self.folder / "furnished", copy)
        return Room.open(copy, clock=lambda: self.now)


class Officer:
    """What is done and seen, one step after the other."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    @property
    def shown(self):
        return screen_text(self.app)

    async def presses(self, *keys):
        for key in keys:
            await self.pilot.press(key)
            while self.app.scanner.waiting:  # a digit might be the first of a scan
                await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def types(self, text):
        """Type into the line that has the focus."""
        entry = self.app.focused
        assert isinstance(entry, Entry), self.shown
        entry.insert_text_at_cursor(text)
        await self.pilot.pause()

    async def opens(self, number):
        """Go to a number from wherever he is."""
        await self._settled()
        await self.presses("f7")
        await self.types(number)
        await self.presses("enter")
        assert number in self.shown.splitlines()[0], self.shown

    async def goes_to(self, digit):
        await self._settled()
        while len(self.app.screen_stack) > 1:
            await self.presses("escape")
        await self.presses(digit)

    async def finds(self, typed):
        await self.presses("f3")
        await self.types(typed)

    async def sees(self, *texts):
        for text in texts:
            assert squeezed(text) in squeezed(self.shown), f"{text}\n{self.shown}"

    async def does_not_see(self, *texts):
        for text in texts:
            assert text not in self.shown, f"{text}\n{self.shown}"

    async def sets_out_to(self, act):
        """Choose an act by its initials and have its form open."""
        await self._settled()
        await self.presses("f2")
        assert isinstance(self.app.screen, Pick), self.shown
        await self.types(initials(act))
        picked = self.app.screen
        await self.presses(*["down"] * [item.words for item in picked._items].index(act))
        await self.presses("enter")
        assert isinstance(self.app.screen, Form), self.shown

    async def fills_in(self, **fields):
        """Fill in fields by their labels, each ended with Enter."""
        rows = {row.field.label: row for row in self.app.screen.query(Row)}
        for label, text in fields.items():
            rows[label].entry.focus()
            await self.pilot.pause()
            rows[label].entry.value = ""
            await self.types(text)
            await self.presses("enter")
            if isinstance(self.app.screen, Pick):
                await self.presses("enter")

    async def does(self, act, **fields):
        """An act from its choice to the look before it is written."""
        await self.sets_out_to(act)
        await self.fills_in(**fields)
        await self.presses("f8")

    async def receives(self, title, **fields):
        await self.does("收文", 标题=title, **fields)

    async def circulates_to(self, reader, number="", **fields):
        if number:
            await self.opens(number)
        await self.does("传阅", 阅文人=reader, **fields)

    async def lends(self, number, *, to, **fields):
        await self.opens(number)
        await self.does("借阅", 去向=to, **fields)

    async def takes_back(self, number):
        await self.opens(number)
        await self.does("归还")

    async def is_refused(self, word):
        """What he set out to do is refused with this word, and the book stays as it is."""
        assert isinstance(self.app.screen, Reading), self.shown
        await self.sees("不能办理", word, "依据", "改正")
        await self.presses("escape", "escape")
        if isinstance(self.app.screen, Ask):
            await self.presses("3")

    async def records_as_happened(self, reason):
        """It has already taken place: he says why it is written only now."""
        if isinstance(self.app.screen, Reading):
            await self.presses("escape")
        await self.presses("f9")
        assert isinstance(self.app.screen, Prompt), self.shown
        await self.types(reason)
        await self.presses("enter")

    async def is_asked_to_confirm(self, *texts):
        assert isinstance(self.app.screen, Confirm), self.shown
        await self.sees(*texts)

    async def is_done(self):
        """It is written, and the screen says so."""
        await self._settled()

    async def _settled(self):
        """Confirm what waits to be confirmed."""
        if isinstance(self.app.screen, Confirm):
            await self.presses("f8")
            assert "已写入账本" in self.shown, self.shown
        assert self.app._exit or not isinstance(self.app.screen, Form), self.shown
        assert "不能办理，账本没有变" not in self.shown, self.shown


class _Told:
    """The steps of a block, gathered as they are told."""

    def __init__(self):
        self.steps = []

    def __getattr__(self, name):
        step = getattr(Officer, name)

        def tell(*args, **kwargs):
            self.steps.append(lambda officer: step(officer, *args, **kwargs))
            return self

        return tell


@contextmanager
def at_desk(room, size=NARROW) -> Iterator["_Told"]:
    """An officer before the screen of a room; what he is told to do is done at the end."""
    told = _Told()
    yield told

    async def doing(app, pilot):
        officer = Officer(app, pilot)
        for step in told.steps:
            await step(officer)
        await officer._settled()

    run_at(room, doing, size)


@pytest.fixture(name="rooms", scope="module")
def _rooms(tmp_path_factory):
    return Rooms(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(name="room")
def _room(rooms):
    with rooms.one() as one:
        yield one
