"""The screens of approvals and of oversight with hostile values in every place, and their words."""

import re
from datetime import timedelta

import pytest

from ledger.carrier import Document
from ledger.event import Lent, Received
from ledger.mark import Mark
from ledger.person import Circle
from ledger.room import approving
from tests.guardroom import _cheap, enter, guarded  # noqa: F401 - a fixture
from tests.officer import (
    NARROW,
    WIDE,
    _rooms,  # noqa: F401 - fixtures
    run_at,
)
from tests.test_deciding import at
from tests.test_screens import HOSTILE, KNOWN_WORDS, intact, pressed
from tui.entry import Entry
from tui.screens import oversight
from tui.screens.oversight import Oversight


def asking(folder, *values):
    """A room in which loans wait to be approved, each with a value wherever words are free.

    The values are such as an earlier program let in.
    """
    room = guarded(folder)
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr("ledger.review.legible", str)
        _ask(room, values)
    return room


def _ask(room, values):
    due = room.clock().date() + timedelta(days=9)
    enter(room, "王敏")
    numbers = []
    for value in values:
        document = Document(
            title=value,
            issuer=value,
            issued_on=room.clock().date(),
            mark=Mark.parse("机密★10年"),
            circle=Circle.of(["陈刚"]),
        )
        received = Received(document=document, sender=value)
        numbers.append(room.record(received, happened="x").number)
    enter(room, "陈刚")
    for number, value in zip(numbers, values, strict=True):
        lent = Lent(carrier=number, to="陈刚", due=due, purpose=value)
        approving.ask_for(room, lent, purpose="起草")


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "keys"),
    [("李国强", ("f6", "f9")), ("陈刚", ("f7",)), ("王敏", ("f3", "f9"))],
    ids=["approver", "applicant", "officer"],
)
def test_hostile_requests_and_answers_do_no_harm(tmp_path, name, keys):
    """Whatever a request says and an answer to it, it is shown as it is, to whoever may see it."""
    with asking(tmp_path / "r", *HOSTILE) as room:

        async def look(app, pilot):
            intact(app)
            for place, value in enumerate(HOSTILE):
                for key in ("f4", "enter", *keys):
                    await pressed(app, pilot, "home", *["down"] * place, key)
                    intact(app)
                    for entry in app.screen.query(Entry):
                        entry.value = value
                    await pressed(app, pilot, "enter")
                    intact(app)
                    await pressed(app, pilot, "escape", "escape")

        at(room, name, *(("ctrl+r",) if name == "王敏" else ()), doing=look)


class _Whatever(dict):
    """A row of an answer that has the same in every column."""

    def __init__(self, value):
        super().__init__(dict.fromkeys(UNIT, value))
        self.value = value

    def __missing__(self, column):
        return self.value


UNIT = dict.fromkeys(
    ("单位", "状态", "涉密载体", "逾期事项", "超期在外", "未结案件", "误期步骤", "账本截至")
)


@pytest.mark.heavy
@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_units_do_no_harm(rooms, monkeypatch, value):
    """What no unit's book can hold and a damaged one might, is shown by the bureau's screen as it is."""
    monkeypatch.setattr(oversight, "_asked", lambda *_, **__: [_Whatever(value)] * 3)

    async def look(app, pilot):
        app.push_screen(Oversight())
        await pilot.pause(0.1)
        intact(app)
        await pressed(app, pilot, "down", "enter")
        await pilot.pause(0.1)
        return intact(app)

    with rooms.one() as room:
        run_at(room, look)


@pytest.mark.heavy
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
def test_approvals_and_oversight_speak_chinese(rooms, tmp_path, monkeypatch, size):
    """No English word stands on the pages of requests and of units, nor in what they ask and say."""
    monkeypatch.setattr(oversight, "_asked", lambda *_, **__: [_Whatever("一")])
    monkeypatch.setattr(oversight, "_PARTS", ())
    shown = []

    async def units(app, pilot):
        app.push_screen(Oversight())
        await pilot.pause(0.1)
        for key in ("f1", "escape", "enter"):
            shown.append(intact(app))
            await pressed(app, pilot, key)

    async def requests(app, pilot):
        for key in ("f1", "escape", "f4", "escape", "f8", "escape", "f6", "escape", "f10"):
            await pressed(app, pilot, key)
            shown.append(intact(app))

    with rooms.one() as room:
        run_at(room, units, size)
    with asking(tmp_path / "r", "甲") as room:
        at(room, "李国强", doing=requests)
    words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"[A-Z]{1,3}[0-9]*-[\w-]+", "", "".join(shown))))
    assert words <= KNOWN_WORDS
