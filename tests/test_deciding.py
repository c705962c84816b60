"""Signing in and approvals at the screen: what each sees, decides with a key, and cannot reach."""

import asyncio
from datetime import timedelta

import pytest

from ledger.carrier import Document
from ledger.event import Destroyed, Lent, Received
from ledger.mark import Mark
from ledger.person import Circle
from ledger.room import approving
from tests.guardroom import PASSWORDS, _cheap, enter, guarded  # noqa: F401 - a fixture
from tests.officer import screen_text
from tui.deciding import program_for
from tui.entry import Entry
from tui.lock import Lock

TITLE = "不该外人看见的标题"


@pytest.fixture(name="room")
def _room(tmp_path):
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        document = Document(
            title=TITLE,
            issuer="示范省厅",
            issued_on=room.clock().date(),
            mark=Mark.parse("机密★10年"),
            circle=Circle.of(["陈刚"]),
        )
        number = room.record(Received(document=document, sender="示范省厅")).number
        enter(room, "陈刚")
        due = room.clock().date() + timedelta(days=9)
        approving.ask_for(room, Lent(carrier=number, to="陈刚", due=due), purpose="起草")
        yield room


def at(room, name, *keys, doing=None):
    """What stands on the screen of somebody who has signed in and pressed some keys."""
    enter(room, name)

    async def run():
        app = program_for(room)(room)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
                while app.scanner.waiting:
                    await pilot.pause(0.02)
                await pilot.pause(0.05)
            if doing is not None:
                await doing(app, pilot)
            await pilot.pause()
            return screen_text(app)

    return asyncio.run(run())


def test_an_approver_begins_with_what_waits_for_him(room):
    """The leader sees the request, who asks and whose approval it needs, and approves with two keys."""
    shown = at(room, "李国强")
    assert "SP-2026-0001" in shown
    assert "1份等你批" in shown
    shown = at(room, "李国强", "f8", "1")
    assert "已批准" in shown
    assert approving.standing(room, "SP-2026-0001").ready
    assert room.register.requests["SP-2026-0001"].approvals[0].by == "RY-002"


def test_looking_again_approves_nothing(room):
    """The second answer, and Esc, leave the request as it was."""
    at(room, "李国强", "f8", "2")
    at(room, "李国强", "f8", "escape")

    assert room.register.requests["SP-2026-0001"].approvals == ()


def test_a_request_is_refused_with_a_reason(room):
    """The leader's no is written with why, and ends the request."""

    async def reason(app, pilot):
        app.screen.query_one(Entry).value = "另行安排"
        await pilot.press("enter")
        await pilot.pause(0.1)

    at(room, "李国强", "f6", doing=reason)

    assert room.register.requests["SP-2026-0001"].ended == "不批准：另行安排"


def test_the_officer_does_what_was_approved(room):
    """Ctrl+R shows the officer the requests; F3 does one, and does nothing before it is approved."""
    shown = at(room, "王敏", "ctrl+r", "f3", "1")
    assert "不能办理" in shown
    assert "没有审批记录" in shown
    enter(room, "李国强")
    approving.grant(room, "SP-2026-0001")
    at(room, "王敏", "ctrl+r", "f3", "1")

    assert room.register.requests["SP-2026-0001"].used is not None


def test_who_asked_may_take_it_back(room):
    """F7 takes back one's own request, and is refused to everybody else by the room."""
    shown = at(room, "王敏", "ctrl+r", "f7")
    assert "是陈刚申请的" in shown
    at(room, "陈刚", "f7")

    assert room.register.requests["SP-2026-0001"].ended == "撤回"


def test_a_witness_signs_at_the_screen(room):
    """F9 is the signature of a witness who is named, and of nobody else."""
    enter(room, "王敏")
    burning = Destroyed(
        carriers=("WJ-2026-0001",), witnesses=("王敏", "陈刚"), method="粉碎", counted=1
    )
    number = approving.ask_for(room, burning).number
    at(room, "陈刚", "down", "f9")
    assert room.register.requests[number].attested == ("RY-003",)
    shown = at(room, "孙丽", "down", "f9")

    assert "不能办理" in shown
    assert room.register.requests[number].attested == ("RY-003",)


def test_the_officer_has_the_whole_program(room):
    """Whoever may see everything begins with today and goes where he likes."""
    assert TITLE in at(room, "王敏", "1")


def test_a_request_in_full_says_what_is_asked_and_what_is_missing(room):
    """Enter shows the act field by field, whose approval it needs and what stands against it."""
    shown = at(room, "李国强", "enter")

    for said in ("借阅", "起草", "要由：主管领导", "没有审批记录"):
        assert said in shown


def test_a_locked_screen_opens_with_the_sign_in_password(room):
    """Unlocking is a sign-in: a wrong one is written and refused, a right one begins a new session."""

    async def lock(app, pilot):
        app.lock()
        await pilot.pause()
        for typed, still in (("wrong", True), (PASSWORDS["王敏"], False)):
            app.screen.query_one(Entry).value = typed
            await pilot.press("enter")
            await pilot.pause(0.2)
            assert isinstance(app.screen, Lock) == still

    at(room, "王敏", doing=lock)
    kinds = [type(act.event).__name__ for act in room.acts[-2:]]

    assert kinds == ["SignInFailed", "SignedIn"]
    assert room.session.n == len(room.acts)


def test_wrong_passwords_at_the_lock_count_like_those_at_the_door(room):
    """More than three wrong at a locked screen are in the book and lock the right one out too."""

    async def guess(app, pilot):
        app.lock()
        await pilot.pause()
        for typed in ("wrong", "wrong", "wrong", "wrong", PASSWORDS["王敏"]):
            app.screen._not_before = 0.0
            app.screen.query_one(Entry).value = typed
            await pilot.press("enter")
            await pilot.pause(0.1)
            assert isinstance(app.screen, Lock)
        assert "由安全保密管理员解锁" in screen_text(app)

    at(room, "王敏", doing=guess)
    kinds = [type(act.event).__name__ for act in room.acts[-5:]]

    assert kinds == ["SignInFailed"] * 5
    assert room.register.operators["RY-001"].failed == 5


def test_the_lock_of_one_opens_for_no_other(room):
    """Another operator's password does not open the screen that somebody left."""

    async def lock(app, pilot):
        app.lock()
        await pilot.pause()
        app.screen.query_one(Entry).value = PASSWORDS["李国强"]
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, Lock)

    at(room, "王敏", doing=lock)
    assert room.session.by == "王敏"


def test_a_form_asks_instead_of_doing(room):
    """F7 on a form that is filled in makes a request of it, and writes nothing else."""
    from ledger.room.drafting import DOINGS

    lending = next(doing for doing in DOINGS if doing.kind is Lent)

    async def ask(app, pilot):
        day = (room.clock().date() + timedelta(days=5)).isoformat()
        app.open_form(lending, {"carrier": "WJ-2026-0001", "to": "陈刚", "due": day})
        await pilot.pause(0.1)
        await pilot.press("f7")
        await pilot.pause(0.1)
        app.screen.query_one("#answer", Entry).value = "开会"
        await pilot.press("enter")
        await pilot.pause(0.2)

    at(room, "王敏", doing=ask)

    assert room.register.requests["SP-2026-0002"].purpose == "开会"
    assert type(room.acts[-1].event).__name__ == "Requested"


def test_a_second_room_writes_for_who_is_signed_in_at_the_first(room):
    """Long work in a room opened once more is in the same session and signed with the same key."""
    from ledger.event import Registered
    from ledger.person import Person
    from tui.jobs import Job

    enter(room, "王敏")
    job = Job("登记", lambda own, _tell: own.record(Registered(thing=Person(name="某人"))))
    job.run(room)

    assert job.failure == ""
    assert job.result.act.by == "王敏"
