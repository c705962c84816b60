"""An import that lowers or closes: asked for whole, approved by whom the pack says, done once."""

import json
from datetime import timedelta

import pytest
from attrs import evolve

from ledger.approval import Approval
from ledger.carrier import Device, Medium
from ledger.event import Amended, Disposed, Imported, Registered
from ledger.event.access import Requested
from ledger.exchange.directions import Directions
from ledger.exchange.source import Source
from ledger.mark import Level
from ledger.pack import Approvers
from ledger.review import Refused
from ledger.room import approving
from ledger.room.approving import NoRequest
from ledger.room.importing import APPROVE_BY_REQUEST, Import, NotApproved, take_in
from ledger.room.permitting import ask_to_import, permitted
from ledger.room.verification import verify
from ledger.room.withdrawing import withdraw
from tests.guardroom import _cheap, enter, guarded  # noqa: F401 - a fixture
from tests.officer import WIDE
from tests.test_errands import at_desk
from tui.screens.importing import ImportPage

GONE = "编号,状态\nJZ-0001,报废\nJZ-0002,报废\n"


@pytest.fixture(name="room")
def _room(tmp_path):
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        for serial in ("A1", "A2"):
            room.record(Registered(thing=Medium(level=Level.机密, serial=serial, keeper="王敏")))
        yield room


def wanted(room, content=GONE, name="m.csv", **directions):
    return Import(
        source=Source(name, content.encode()),
        directions=Directions(**{"kind": "medium", "mode": "upsert", **directions}).checked(),
        by=room.by,
    )


def asked(room, **said):
    """The number of a request for the file, made by the officer."""
    enter(room, "王敏")
    return ask_to_import(room, wanted(room), **said).number


def approved(room, **said):
    number = asked(room, **said)
    enter(room, "李国强")
    approving.grant(room, number)
    enter(room, "王敏")
    return number


def rules_of(refusal):
    return {finding.rule for finding in refusal.value.findings}


def closed(room):
    return sorted(number for number, entry in room.register.carriers.items() if not entry.open)


def test_a_name_given_with_an_import_is_no_approval(room):
    """Where there are operators nobody says for a leader that he has agreed."""
    leader = Approval("李国强", "主管领导")
    with pytest.raises(NotApproved, match="--ask"):
        take_in(room, evolve(wanted(room), approvals=(leader,)))
    taken = take_in(room, wanted(room))

    assert not taken.written
    assert {fault.hint for fault in taken.faults} == {APPROVE_BY_REQUEST}


def test_a_request_names_the_file_how_it_is_read_and_what_waits(room):
    """What is approved is this file by its digest, read so, with so many rows, and these among them."""
    number = asked(room)
    event = room.register.requests[number].wanted.event
    plan = wanted(room)

    assert (event.digest, event.directions) == (plan.source.digest, plan.directions.text())
    assert (event.waiting, event.created, event.updated) == (2, 0, 0)
    assert event.waits[0].startswith("第2行 状态“报废”")
    assert [str(each) for each in approving.standing(room, number).needed] == [
        "主管领导 或 单位领导"
    ]


def test_an_approved_import_is_done_once(room):
    """Approved, the file closes what it says; the same approval brings nothing in again."""
    number = approved(room)
    done = take_in(room, permitted(room, wanted(room), number))

    assert done.written
    assert closed(room) == ["JZ-0001", "JZ-0002"]
    assert room.register.requests[number].used == done.batch
    with pytest.raises(NotApproved, match="已经用于"):
        permitted(room, wanted(room), number)
    withdraw(room, done.batch, by="王敏", reason="导错了")
    assert closed(room) == []
    with pytest.raises(NotApproved, match="已经用于"):
        permitted(room, wanted(room), number)
    assert verify(room).holds


def test_a_program_carries_out_what_was_approved(room):
    """The operator of kind program takes in what lowers a page, and has asked and approved nothing."""
    room.record(Registered(thing=Device(name="一体机", level=Level.机密, keeper="王敏")))
    lowering = wanted(room, "编号,密级\nSB-0001,秘密\n", kind="device")
    number = ask_to_import(room, lowering).number
    enter(room, "李国强")
    approving.grant(room, number)
    enter(room, "导入程序")
    for attempt in (lambda: ask_to_import(room, lowering), lambda: approving.grant(room, number)):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert "acts_keep_to_their_roles" in rules_of(refusal)

    done = take_in(room, permitted(room, lowering, number))
    assert done.written
    assert room.register.carriers["SB-0001"].thing.level is Level.秘密
    assert room.acts[-1].by == "导入程序"


OTHERS = {
    "another file": {"content": GONE.replace("JZ-0002", "JZ-0001").replace("报废\n", "销毁\n", 1)},
    "another reading": {"blank": "clear"},
    "one row fewer": {"content": "编号,状态\nJZ-0001,报废\n"},
}


@pytest.mark.parametrize("said", OTHERS.values(), ids=OTHERS)
def test_another_file_or_another_reading_was_not_approved(room, said):
    """A byte more or less, or another way of reading it, and the approval is none."""
    number = approved(room)
    with pytest.raises((Refused, AssertionError)) as refusal:
        assert take_in(room, permitted(room, wanted(room, **said), number)).written

    if refusal.type is Refused:
        assert "approvals_stand_in_the_book" in rules_of(refusal)
    assert closed(room) == []


def test_the_name_of_the_file_does_not_matter(room):
    """The same bytes under another name are what was approved."""
    number = approved(room)

    assert take_in(room, permitted(room, wanted(room, name="其他.csv"), number)).written


def test_what_has_changed_meanwhile_was_not_approved(room):
    """When the register has moved so that the file does something else, it is asked for anew."""
    number = approved(room)
    room.record(Disposed(carrier="JZ-0001", way="报废"), happened="先报废了")
    with pytest.raises((Refused, AssertionError)):
        assert take_in(room, permitted(room, wanted(room), number)).written

    assert closed(room) == ["JZ-0001"]


def test_the_approval_of_an_import_is_good_for_nothing_else(room):
    """No single act leans on it, nor does the act that closes a batch, outside of that import."""
    number = approved(room)
    leaning = (Approval(by="RY-002", role="主管领导", paper_no=number, on=room.clock().date()),)
    page = room.register.carriers["JZ-0001"].thing
    for event in (
        Amended(thing=page, approvals=leaning),
        Imported(kind="medium", file="m.csv", digest="0", first=1, waiting=1, approvals=leaning),
    ):
        with pytest.raises(Refused) as refusal:
            room.record(event, importing=number)
        assert rules_of(refusal) == {"approvals_stand_in_the_book"}
    with pytest.raises(NoRequest, match="baomi import"):
        approving.fulfil(room, number)


def test_an_approval_that_is_not_there_is_not_enough(room):
    """Not approved, refused, withdrawn, past its day or of another kind, a request takes nothing in."""
    number = asked(room)
    with pytest.raises(NotApproved, match="还没有批准"):
        permitted(room, wanted(room), number)
    enter(room, "李国强")
    approving.deny(room, number, "再核对")
    with pytest.raises(NotApproved, match="再核对"):
        permitted(room, wanted(room), number)
    with pytest.raises(NoRequest):
        permitted(room, wanted(room), "SP-2026-0099")
    late = approved(room, good_until=room.clock().date())
    room.clock.at += timedelta(days=1)
    enter(room, "王敏")
    with pytest.raises(Refused) as refusal:
        take_in(room, permitted(room, wanted(room), late))

    assert "approvals_stand_in_the_book" in rules_of(refusal)
    assert closed(room) == []


def test_nothing_is_asked_for_that_needs_no_approval_or_has_faults(room):
    """A file that only adds is taken in as it is; one with faults is mended first."""
    before = len(room.acts)
    with pytest.raises(NotApproved, match="直接导入"):
        ask_to_import(room, wanted(room, "型号,序列号\n甲,S9\n"))
    with pytest.raises(NotApproved, match="1行不能导入"):
        ask_to_import(room, wanted(room, GONE + "JZ-0001,报废\n"))

    assert len(room.acts) == before
    assert not any(isinstance(act.event, Requested) for act in room.acts)


def test_the_pack_says_whose_approval_an_import_needs(room):
    """Where another approves by the unit's pack, the leader in charge is not enough."""
    body = Approvers.parse("保密委员会")
    room.pack = evolve(room.pack, approvals={**room.pack.approvals, "take_in": {"": body}})
    number = approved(room)
    with pytest.raises(Refused) as refusal:
        take_in(room, permitted(room, wanted(room), number))

    assert "imports_are_approved" in rules_of(refusal)
    assert closed(room) == []


def test_it_reads_back_from_the_book(room):
    """The request and the import are in the journal as they were, and the registers follow from them."""
    number = approved(room)
    take_in(room, permitted(room, wanted(room), number))
    closing = next(act.event for act in room.acts if isinstance(act.event, Imported))

    assert closing.approvals[0].paper_no == number
    assert json.dumps(closing.waits, ensure_ascii=False).count("报废") == 2
    found = verify(room)
    assert found.holds, found.faults


@pytest.mark.heavy
def test_an_import_is_asked_for_and_carried_out_at_the_screen(room, tmp_path):
    """F7 asks for the whole file; once it is approved the same key takes it in by that request."""
    (tmp_path / "报废.csv").write_text(GONE, "utf-8")
    way = Directions(kind="medium", mode="upsert")

    async def asks(desk):
        desk.app.push_screen(ImportPage(tmp_path / "报废.csv", way))
        await desk.quiet()
        before = desk.shown
        await desk.press("f7", "enter")
        await desk.types("清理旧盘")
        return before, desk.shown

    before, after = at_desk(room, asks, WIDE)
    assert "按 F7 提申请" in before
    room.refresh()
    (number,) = room.register.requests
    assert f"已申请 {number}" in after
    assert room.register.requests[number].purpose == "清理旧盘"

    enter(room, "李国强")
    approving.grant(room, number)
    enter(room, "王敏")

    async def carries_out(desk):
        desk.app.push_screen(ImportPage(tmp_path / "报废.csv", Directions(kind="medium")))
        await desk.quiet()
        await desk.press("f7", "enter")
        ready = desk.shown
        await desk.press("f8", "2")
        return ready

    ready = at_desk(room, carries_out, WIDE)
    room.refresh()
    assert "没有错，F8 全部导入" in ready
    assert not room.register.carriers["JZ-0001"].open
    assert room.register.requests[number].used is not None
    assert room.acts[-1].event.approvals[0].by in ("李国强", "RY-002")
