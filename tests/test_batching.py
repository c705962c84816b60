"""Labels that are printed sheet by sheet: stopped between two, what came out is what the book says."""

import threading
from datetime import datetime

import pytest
from attrs import evolve

from ledger import Level, Medium, Registered
from ledger.event import Labelled
from ledger.printing.outcome import State
from ledger.printing.printer import for_file, printers
from ledger.printing.sheet import sheets
from ledger.printing.usage import place_on
from ledger.room import Room
from ledger.room.batching import batches_of, issue_in_batches
from ledger.room.issuing import Paper
from ledger.room.labelling import NoLabel, chosen
from tests.printers import IppPrinter, reply
from tests.test_errands import LabelQueue, Prompt, Working, at_desk

SHEET = "a4-4x12"
FIRST = 45
"""A sheet of 48 that has four cells left."""


@pytest.fixture
def room(tmp_path):
    moment = datetime(2026, 4, 15, 9, 0)
    with Room.create(tmp_path / "r", unit="示范局", level=Level.绝密, clock=lambda: moment) as one:
        drives = (Registered(thing=Medium(level=Level.机密, serial=f"A{n}")) for n in range(60))
        one.record_all(list(drives), happened="前情")
        yield one


@pytest.fixture
def printer():
    made = IppPrinter()
    yield made
    made.close()


def numbers(room):
    return list(room.register.carriers)


def paper_of(room, printer, tmp_path, **more):
    where = evolve(for_file(tmp_path / "x.pdf"), name="激光", target=printer.uri)
    more.setdefault("sheet", sheets(room.folder)[SHEET])
    return Paper(printer=where, wait=lambda _: None, **more)


def labelled(room):
    return [act.event.page for act in room.acts if isinstance(act.event, Labelled)]


def test_a_batch_is_what_goes_onto_one_sheet(room, printer, tmp_path):
    """First what fits on the sheet that was begun, then a sheet at a time; a roll has ten, a file all."""
    wants, roll = chosen(room, numbers(room)), printers()["zpl-usb"]

    def sizes(paper):
        return [len(batch) for batch in batches_of(room, wants, paper)]

    assert sizes(paper_of(room, printer, tmp_path, start=FIRST)) == [4, 48, 8]
    assert sizes(paper_of(room, printer, tmp_path, start=FIRST, skip=(46,))) == [3, 48, 9]
    assert sizes(paper_of(room, printer, tmp_path)) == [48, 12]
    assert sum(sizes(paper_of(room, printer, tmp_path, sheet=None))) == 60
    assert sizes(Paper(printer=roll)) == [10] * 6
    assert sizes(Paper(printer=roll, path=tmp_path / "x.zpl")) == [60]


def test_printing_that_is_stopped_has_recorded_what_came_out(room, printer, tmp_path):
    """Two sheets of three went out: they are in the book, the rest is still due, the sheet goes on there."""
    wants = chosen(room, numbers(room))
    asked = []

    def go_on(done, of):
        asked.append((done, of))
        return len(asked) < 3

    paper = paper_of(room, printer, tmp_path, start=FIRST)
    done = issue_in_batches(room, wants, paper, go_on=go_on)

    assert asked == [(0, 60), (4, 60), (52, 60)]
    assert len(printer.documents) == 2
    assert labelled(room) == list(done.numbers) == numbers(room)[:52]
    assert place_on(paper.sheet, room.folder).start == 1
    rest = chosen(room, numbers(room)[52:])
    issue_in_batches(room, rest, evolve(paper, start=None), go_on=lambda *_: True)
    assert labelled(room) == numbers(room)
    assert place_on(paper.sheet, room.folder).start == 9


def test_printing_that_is_stopped_before_it_began_has_done_nothing(room, printer, tmp_path):
    """Nothing is sent and nothing written."""
    before = len(room.acts)
    with pytest.raises(NoLabel, match="一张也没有印"):
        issue_in_batches(
            room,
            chosen(room, numbers(room)),
            paper_of(room, printer, tmp_path),
            go_on=lambda *_: False,
        )
    assert (len(room.acts), printer.documents) == (before, [])


def test_a_printer_that_refuses_ends_it(room, tmp_path):
    """After a sheet that never came out no other is sent, and only those that came out are told."""
    refusing = IppPrinter(print=[reply(job_id=7), reply(0x0506)])
    try:
        paper = paper_of(room, refusing, tmp_path, start=FIRST)
        done = issue_in_batches(room, chosen(room, numbers(room)), paper, go_on=lambda *_: True)
    finally:
        refusing.close()
    assert done.outcome.state is State.NOTHING
    assert list(done.numbers) == numbers(room)[:4]
    assert place_on(paper.sheet, room.folder).start == 1


class _Held(IppPrinter):
    """A printer that is busy with its second sheet until it is let go on."""

    def __init__(self):
        self.go_on = threading.Event()
        super().__init__()

    def answer(self, body):
        answer = super().answer(body)
        if len(self.documents) > 1:
            self.go_on.wait(30)
        return answer


@pytest.mark.heavy
def test_printing_is_stopped_at_the_screen(room, tmp_path):
    """F9 stops between two sheets; the screen says how many came out and how many are left."""
    printer = _Held()
    folder = room.folder / "labels" / "printers"
    folder.mkdir(parents=True)
    text = 'format = 1\n[printer]\nid = "laser"\nname = "激光"\nlanguage = "pdf"\ndpi = 600\n'
    text += f'target = "{printer.uri}"\n'
    (folder / "laser.toml").write_text(text, "utf-8")

    async def job(desk):
        await desk.press("9", "f9")
        await desk.picks("激光")
        at_ = next(n for n, each in enumerate(desk.app.screen._items) if each.value == SHEET)
        await desk.press(*["down"] * at_, "enter")
        assert isinstance(desk.app.screen, Prompt), desk.shown
        await desk.types(str(FIRST))
        assert isinstance(desk.app.screen, LabelQueue)
        await desk.pilot.press("f8")
        for _ in range(1000):
            if isinstance(desk.app.screen, Working) and len(printer.documents) > 1:
                break
            await desk.pilot.pause(0.01)
        await desk.pilot.press("f9")
        printer.go_on.set()
        await desk.quiet()
        return desk.shown

    try:
        shown = at_desk(room, job, (120, 40))
    finally:
        printer.close()
    room.refresh()
    out = len(labelled(room))
    assert out == 52
    assert f"{out}张标签" in shown
    assert f"剩下{60 - out}张没有印" in shown
