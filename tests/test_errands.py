"""Counts, labels, files and checks at the screen: each job from its first key to the book."""

import os
import re
import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from ledger import Cabinet, Lent, Medium, Registered, Stored
from ledger.event import BackedUp, Counted, Exported, Imported, LabelBound, Labelled, Returned
from ledger.mark import Level
from ledger.place import InCabinet, WithPerson
from ledger.printing.printer import for_file
from ledger.printing.template import templates
from ledger.room import Room
from ledger.room.blanks import print_blanks
from ledger.room.counting import Counting, begin, counts, resume
from ledger.room.issuing import Paper
from ledger.room.labelling import chosen, values
from ledger.room.scanning import Answer, scan
from tests.officer import NARROW, WIDE, Rooms, _room, _rooms, run_at, screen_text, steady  # noqa: F401 - fixtures
from tests.test_scanner import burst, label, settled
from tests.test_screens import KNOWN_WORDS
from tui.entry import Entry
from tui.jobs import GivenUp, Job, Working, carried_out
from tui.plain import safe
from tui.screens.asking import Ask, Prompt, Reading
from tui.screens.counting import CountPage
from tui.screens.differences import Differences
from tui.screens.importing import ImportPage
from tui.screens.labels import LabelQueue
from tui.screens.lending import Lending
from tui.screens.pick import Pick
from tui.screens.scanner_test import Press, ScannerTest, examined

NOON = datetime(2026, 4, 15, 12, 0)


class Desk:
    """The program, its pilot, and a scanner on the table."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot

    @property
    def shown(self):
        return screen_text(self.app)

    async def quiet(self):
        """Until nothing is going on any more, but for what waits for an answer."""
        await settled(self.app, self.pilot)
        for _ in range(400):
            busy = self.app.jobs or [
                w
                for w in self.app.workers
                if w.group in ("survey", "learn", "look", "carriers", "duties")
            ]
            if not busy and not isinstance(self.app.screen, Working):
                break
            await self.pilot.pause(0.02)
        await self.pilot.pause(0.05)
        await self.pilot.pause()

    async def press(self, *keys):
        for key in keys:
            await self.pilot.press(key)
            await self.quiet()

    async def types(self, text):
        """Put a text into the line of the screen on top, and Enter."""
        self.app.screen.query_one(Entry).value = text
        await self.press("enter")

    async def picks(self, words):
        """Take the item of a list by its words."""
        picked = self.app.screen
        assert isinstance(picked, Pick), self.shown
        names = [item.words for item in picked._items]
        await self.press(*["down"] * names.index(words), "enter")

    async def scans(self, code):
        burst(self.app, code + "\r")
        await self.quiet()
        await self.pilot.pause(0.4)  # an Enter right behind a scan is the scanner's


def at_desk(room, doing, size=NARROW):
    async def run(app, pilot):
        desk = Desk(app, pilot)
        await desk.quiet()
        return await doing(desk)

    return run_at(room, run, size)


def code_of(room, number):
    """The code of a label that a number would get, without printing it."""
    (want,) = chosen(room, [number])
    return values(room, want)["code"]


def labelled(room, folder, *numbers):
    return {number: label(room, number, folder) for number in numbers}


def test_a_count_with_a_scanner(room, tmp_path):
    """Cabinet, pieces, differences, decisions, book: the monthly count from F3 to its one act."""
    codes = labelled(
        room, tmp_path, "G-01", "WJ-2026-0002", "WJ-2026-0003", "JZ-0001", "WJ-2026-0006"
    )

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        assert isinstance(desk.app.screen, CountPage)
        for number in ("G-01", "WJ-2026-0002", "WJ-2026-0003", "JZ-0001"):
            await desk.scans(codes[number])
        assert "JZ-0001 错位" in desk.shown
        assert "现在清点：G-01柜　见到 3 / 应在 4" in desk.shown
        await desk.scans(codes["WJ-2026-0006"])
        assert "WJ-2026-0006 借出在外" in desk.shown
        await desk.press("f8")
        assert "还有1件没有读到" in desk.shown
        await desk.press("2")
        assert isinstance(desk.app.screen, Differences)
        await desk.press("f8")
        assert "还有3处差异没有决定" in desk.shown
        await desk.press("home", "enter")
        await desk.picks("立案查找")
        await desk.press("enter")  # the cursor has gone on by itself
        await desk.picks("登记到现处")
        await desk.picks("G-01柜2")
        await desk.press("enter")
        await desk.picks("登记归还")
        await desk.picks("G-01柜2")
        assert "都有了决定，F8 记入账本" in desk.shown
        await desk.press("f8")
        assert "立案查找1件" in desk.shown
        await desk.press("2")
        return desk.shown

    before = len(room.acts)
    shown = at_desk(room, job)
    room.refresh()
    kinds = [type(act.event) for act in room.acts[before:]]
    assert kinds == [Stored, Returned, Stored, Counted]
    assert "清点 已写入账本" in shown
    assert room.register.carriers["JZ-0001"].custody == InCabinet("G-01", "2")
    assert room.register.counts[""].missing == ("WJ-2026-0004",)


@pytest.mark.heavy
def test_a_count_goes_on_where_it_was_left(room, tmp_path):
    """Esc leaves a count; Enter goes on with it, everything read still read, at the same place."""
    code = label(room, "WJ-2026-0002", tmp_path)

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("G-01")
        return desk.shown

    # The furnished room has one going on in that cabinet already.
    assert "G-01柜正在清点（2026-04-08-1）" in at_desk(room, job)

    async def whole(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        await desk.types("g-01/1")
        await desk.scans(code)
        await desk.press("escape")
        assert "清点没有结束" in desk.shown
        await desk.pilot.pause(1.2)  # the same code again is a bounce for so long
        await desk.press("enter")
        assert "现在清点：G-01柜1　见到 1 / 应在 4" in desk.shown
        await desk.scans(code)
        return desk.shown

    assert "WJ-2026-0002 重复，这一遍已读过" in at_desk(room, whole)


@pytest.mark.heavy
def test_the_second_counter_sees_nothing_of_the_first(room):
    """After F6 the list, the names and the results are gone, and another person's name stands there."""

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        for text in ("G-01", "WJ-2026-0002", "WJ-2026-0003"):
            await desk.types(text)
        await desk.press("f6")
        names = [item.words for item in desk.app.screen._items]
        await desk.picks("陈刚")
        first = desk.shown
        await desk.types("WJ-2026-0002")
        blind = desk.shown
        await desk.press("f6")
        again = desk.shown
        await desk.press("f8")
        return names, first, blind, again, desk.shown

    names, first, blind, again, differences = at_desk(room, job)
    assert "王敏" not in names
    assert "复点：陈刚" in first
    assert "WJ-2026" not in first
    assert "应在" not in re.sub("应在       见到", "", first)
    assert "WJ-2026-0002 已读" in blind
    assert "一号件" not in blind
    assert "在位" not in blind
    assert "现在不能换人复点：已经在复点" in again
    assert "两次不符" in differences


@pytest.mark.heavy
def test_a_dispute_is_settled_by_a_scan(room, tmp_path):
    """At the differences a scan is a look that both take; what was given up stays where it was."""
    code = label(room, "WJ-2026-0002", tmp_path)

    async def job(desk):
        await desk.press("8", "enter")
        assert isinstance(desk.app.screen, Differences)
        assert "WJ-2026-0002" in desk.shown
        await desk.scans(code)
        await desk.press("f6")
        return desk.shown

    shown = at_desk(room, job)
    assert "核对：WJ-2026-0002 在位" in shown
    assert re.search(r"WJ-2026-0002 +在位", shown)

    async def give_up(desk):
        await desk.press("8", "enter", "f10")
        await desk.types("停电")
        return desk.shown

    assert "作罢：停电" in at_desk(room, give_up)
    assert not counts(room)[-1].open


@pytest.mark.heavy
def test_a_count_is_written_beside_the_screen(room, monkeypatch):
    """While a count is being written nothing else is done with it, and whoever left is told where he is."""
    go_on, real = Event(), Counting.close

    def slow(counting, **how):
        go_on.wait(10)
        return real(counting, **how)

    monkeypatch.setattr(Counting, "close", slow)

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        for number in ("WJ-2026-0002", "WJ-2026-0003", "WJ-2026-0004", "JZ-0001"):
            await desk.types(number)
        await desk.press("f8")
        if isinstance(desk.app.screen, Ask):
            await desk.press("2")
        while desk.app.screen._waiting:
            await desk.press("enter", "enter")
            if isinstance(desk.app.screen, Pick):
                await desk.press("enter")
        await desk.press("f8")
        await desk.pilot.press("2")
        await desk.pilot.pause(0.5)
        watched = isinstance(desk.app.screen, Working)
        await desk.pilot.press("escape")
        await desk.pilot.press("f8")
        await desk.pilot.pause()
        refused = desk.shown
        await desk.pilot.press("escape")
        await desk.pilot.press("2")
        await desk.pilot.pause(0.2)
        mode = desk.app.current_mode
        go_on.set()
        await desk.quiet()
        return watched, refused, mode, desk.shown

    watched, refused, mode, shown = at_desk(room, job)
    room.refresh()
    assert watched
    assert "现在不能记账：正在记账" in refused
    assert mode == "media"
    assert "清点 已写入账本" in shown
    assert isinstance(room.acts[-1].event, Counted)
    with resume(room, counts(room)[-1].id) as counting:
        assert counting.session.act == room.acts[-1].n


@pytest.mark.heavy
def test_a_count_that_is_being_opened_can_be_left(room, monkeypatch):
    """Esc while the list is made leaves the count in the list of counts, free to be gone on with."""
    go_on = Event()

    def slow(*args, **how):
        go_on.wait(10)
        return begin(*args, **how)

    monkeypatch.setattr("tui.screens.counts.begin", slow)

    async def job(desk):
        await desk.press("8", "f3")
        await desk.pilot.press("enter")
        await desk.pilot.pause(0.5)
        await desk.pilot.press("escape")
        go_on.set()
        await desk.quiet()
        told = desk.shown
        await desk.press("f5", "home", "enter")
        return told, desk.app.screen

    told, screen = at_desk(room, job)
    assert "开始清点：做完了" in told
    assert isinstance(screen, CountPage)


LONG = "/home/wang/" + "很长的文件夹名/" * 30 + "设备.csv"


@pytest.mark.parametrize(
    "size", [NARROW, pytest.param(WIDE, marks=pytest.mark.heavy)], ids=["80x24", "120x40"]
)
def test_what_is_said_of_a_long_path_is_seen_and_the_whole_is_there(room, size):
    """A message keeps its reason whatever path is in it, takes three lines at most, and is read again whole."""
    said = f"打不开“{LONG}”：没有权限，请系统管理员来看"

    async def job(desk):
        desk.app.page.tell(said)
        await desk.pilot.pause()
        told = desk.app.screen.query_one("#told")
        short, height = desk.shown, told.size.height
        await desk.press("ctrl+o")
        return short, height, desk.shown

    short, height, whole = at_desk(room, job, size)
    assert "没有权限，请系统管理员来看" in re.sub(r"\s", "", short)
    assert height <= 3
    assert LONG in re.sub(r"[\s|]", "", whole)


@pytest.mark.heavy
def test_places_are_chosen_from_a_list(room):
    """F3 lists the room and every compartment; the one that is taken is where one counts."""

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        await desk.press("f3")
        await desk.picks("G-01柜3")
        return desk.shown

    assert "现在清点：G-01柜3" in at_desk(room, job)


def test_a_person_then_carriers_then_a_loan(room, tmp_path):
    """Scan the person, scan what he takes, say until when and who allowed it, F8: one loan each, all at once."""
    for serial in ("N1", "N2"):
        room.record(
            Registered(thing=Medium(level=Level.秘密, serial=serial, approved=True)),
            happened="新购",
        )
    codes = labelled(room, tmp_path, "RY-003", "JZ-0003", "JZ-0004")

    async def job(desk):
        await desk.scans(codes["RY-003"])
        await desk.scans(codes["JZ-0003"])
        assert isinstance(desk.app.screen, Lending), desk.shown
        await desk.scans(codes["JZ-0004"])
        await desk.press("f8")
        assert "现在不能借出" in desk.shown
        for name, text in (("due", "+7"), ("purpose", "起草"), ("approvals", "主管领导:李国强")):
            desk.app.screen.query_one(f"#{name}", Entry).value = text
        await desk.quiet()
        assert "共2件，2件可以借出" in desk.shown
        await desk.press("f8")
        assert "借出给陈刚，2026-04-22归还，2件：JZ-0003、JZ-0004" in desk.shown
        await desk.press("2")
        return desk.shown

    shown = at_desk(room, job)
    room.refresh()
    assert [type(act.event) for act in room.acts[-2:]] == [Lent, Lent]
    assert isinstance(room.register.carriers["JZ-0004"].custody, WithPerson)
    assert "借阅 陈刚 已写入账本" in shown


@pytest.mark.heavy
def test_a_loan_is_refused_before_it_is_written(room, tmp_path):
    """What may not be lent stands there with its article; it is taken out by a second scan, or recorded as happened."""
    codes = labelled(room, tmp_path, "RY-003", "JZ-0002", "RY-002")

    async def job(desk):
        await desk.scans(codes["JZ-0002"])
        await desk.scans(codes["RY-003"])
        assert isinstance(desk.app.screen, Lending), desk.shown
        wide = desk.shown
        await desk.press("tab", "tab", "tab", "f4")
        assert isinstance(desk.app.screen, Reading)
        whole = desk.shown
        await desk.press("escape")
        await desk.scans(codes["RY-002"])
        assert "李国强" in desk.shown.splitlines()[0]
        await pilot_sleep(desk)
        await desk.scans(codes["JZ-0002"])
        assert "共0件" in desk.shown
        await desk.press("f8")
        assert "还没有扫载体" in desk.shown
        await desk.press("escape")
        return wide, whole, desk.app.screen.subject

    async def pilot_sleep(desk):
        await desk.pilot.pause(0.1)

    before = len(room.acts)
    wide, whole, _ = at_desk(room, job, WIDE)
    room.refresh()
    assert "须：" in wide or "禁：" in wide
    assert "依据" in whole
    assert len(room.acts) == before


@pytest.mark.heavy
def test_a_loan_that_has_taken_place_is_recorded(room, tmp_path):
    """F9 asks why it is written only now and writes it with its findings."""
    codes = labelled(room, tmp_path, "RY-003", "JZ-0001")

    async def job(desk):
        await desk.scans(codes["RY-003"])
        await desk.scans(codes["JZ-0001"])
        await desk.press("f9")
        assert isinstance(desk.app.screen, Prompt)
        await desk.types("昨晚已取走")
        assert isinstance(desk.app.screen, Ask), desk.shown
        await desk.press("2")
        return desk.shown

    at_desk(room, job)
    room.refresh()
    assert room.acts[-1].happened == "昨晚已取走"
    assert isinstance(room.register.carriers["JZ-0001"].custody, WithPerson)


def test_carriers_scanned_into_a_cabinet(room, tmp_path):
    """Scan the cabinet, then what goes into it; the form gathers them, and F8 writes one act."""
    codes = labelled(room, tmp_path, "G-01", "JZ-0001", "WJ-2026-0004")

    async def job(desk):
        await desk.scans(codes["G-01"])
        await desk.scans(codes["JZ-0001"])
        await desk.scans(codes["WJ-2026-0004"])
        return desk.app.screen.typed

    typed = at_desk(room, job)
    assert (typed["carriers"], typed["cabinet"]) == ("JZ-0001、WJ-2026-0004", "G-01")


@pytest.mark.heavy
def test_a_blank_label_is_stuck_on_what_is_shown(room, tmp_path):
    """A blank label scanned at a page opens the act that binds it; elsewhere it only says what it is."""
    path = tmp_path / "blank.pdf"
    template = templates()["medium-40x12"]
    paper = Paper(printer=for_file(path, room.folder, None), path=path)
    print_blanks(room, 1, Level.机密, template, paper)
    from tests.test_labelling import codes

    (blank,) = codes(path)
    assert scan(room, blank).answer is Answer.BLANK

    async def job(desk):
        await desk.scans(blank)
        first = desk.shown
        desk.app.open_record("JZ-0001")
        await desk.quiet()
        await desk.pilot.pause(1.6)  # the same code again is a bounce for so long
        await desk.scans(blank)
        return first, desk.app.screen.typed, desk.app.screen.doing.kind

    first, typed, kind = at_desk(room, job)
    assert "还没有贴到载体上" in first
    assert kind is LabelBound
    assert (typed["page"], typed["blank"]) == ("JZ-0001", "KB-00001")


def test_labels_are_printed_from_their_queue(room, tmp_path):
    """Marked labels go to a file, are recorded, and leave the queue; the sheet is remembered."""

    async def job(desk):
        desk.app.last_folder = tmp_path
        await desk.press("9")
        assert isinstance(desk.app.screen, LabelQueue)
        assert "共4张：没有标签的4，要换的0" in desk.shown
        await desk.press("space", "space", "f8")
        await desk.picks("存成文件")
        await desk.press("enter")
        await desk.press("down", "enter")
        sheet = desk.shown
        await desk.types("5")
        await desk.quiet()
        return sheet, desk.shown

    sheet, shown = at_desk(room, job)
    room.refresh()
    assert "从第几格起" in sheet
    assert [act.event.page for act in room.acts[-2:]] == ["JZ-0001", "JZ-0002"]
    assert all(isinstance(act.event, Labelled) for act in room.acts[-2:])
    assert (tmp_path / "标签.pdf").exists()
    assert "共2张：没有标签的2" in shown
    assert "2张标签" in shown


@pytest.mark.heavy
def test_a_label_is_seen_before_it_is_printed(room):
    """Enter shows the label dot by dot with its true size, and nothing is written."""
    before = len(room.acts)

    async def job(desk):
        await desk.press("9", "enter")
        return desk.shown

    shown = at_desk(room, job)
    assert "实际40.0×12.0毫米" in shown
    assert "█" in shown
    assert len(room.acts) == before


@pytest.mark.heavy
def test_another_label_needs_a_reason(room, tmp_path):
    """A label asked for by scanning the old one is printed again only with a reason."""
    code = label(room, "JZ-0001", tmp_path)

    async def job(desk):
        desk.app.last_folder = tmp_path
        await desk.press("9")
        await desk.scans(code)
        assert "JZ-0001 已选中" in desk.shown
        await desk.press("f9")
        await desk.picks("存成文件")
        await desk.press("enter", "enter")
        await desk.press("f8")
        assert "为什么再印" in desk.shown
        await desk.types("磨损")
        return desk.shown

    at_desk(room, job)
    room.refresh()
    assert (room.acts[-1].event.page, room.acts[-1].event.reason) == ("JZ-0001", "磨损")


@pytest.mark.heavy
def test_labels_by_number_and_size(room):
    """F3 takes numbers, those that carry no label are told; F6 shows only what the size is for."""

    async def job(desk):
        await desk.press("9", "f3")
        await desk.types("DW-001")
        first = desk.shown
        await desk.press("f3")
        await desk.types("WJ-2026-0002、RY-001")
        both = desk.shown
        await desk.press("f6")
        await desk.picks("计算机 50×30")
        return first, both, desk.shown

    first, both, size = at_desk(room, job)
    assert "是外单位，不贴标签" in first
    assert "[*]  WJ-2026-0002" in both
    assert "人员" in both
    assert "JSJ-0001" in size
    assert "G-01" not in size.replace("JSJ", "")


CSV = "名称,网络类别,责任人,序列号,IP地址\n办公机一,内部,王敏,SN-1,10.0.0.1\n办公机二,互联网,陈刚,SN-2,10.0.0.2\n"


def imported(room, folder, text, keys):
    path = folder / "设备.csv"
    path.write_text(text, "utf-8")

    async def job(desk):
        desk.app.last_folder = folder
        await desk.press("f10")
        await desk.picks("导入文件")
        await desk.picks("设备.csv")
        first = next(item.words for item in desk.app.screen._items)
        await desk.press("enter")
        assert isinstance(desk.app.screen, ImportPage), desk.shown
        seen = [desk.shown]
        for each in keys:
            await (each(desk) if callable(each) else desk.press(each))
            seen.append(desk.shown)
        return first, seen

    return at_desk(room, job, WIDE)


def test_a_file_is_taken_in_after_it_was_looked_at(room, tmp_path):
    """Choose the file, see what it would come to, F8, yes: a batch in the book that can be undone."""
    first, seen = imported(room, tmp_path, CSV, ["f8", "2", "f8"])
    room.refresh()

    assert first == "计算机"
    assert "读到 2 行：新登记 2，更新 0" in seen[0]
    assert "没有错，F8 全部导入" in seen[0]
    assert "已导入2件" in seen[2]
    assert "已经导入" in seen[3]
    assert isinstance(room.acts[-1].event, Imported)


@pytest.mark.heavy
def test_every_error_of_a_file_is_shown_and_nothing_is_written(room, tmp_path):
    """Errors stand in a table with place, cell and remedy; F8 says why not; F9 takes in only what is right."""
    text = CSV + "办公机三,外太空,王敏,SN-3,10.0.0.3\n"
    before = len(room.acts)

    async def file(desk):
        await desk.press("f9")
        await desk.types(str(tmp_path / "没有导入.csv"))
        await desk.press("2")

    _, seen = imported(room, tmp_path, text, ["f8", "f4", "escape", file])
    room.refresh()
    assert "有错 1 处" in seen[0]
    assert "外太空" in seen[0]
    assert "现在不能导入：有1处错" in seen[1]
    assert "这一处错" in seen[2]
    assert "已导入2件" in seen[4]
    assert "外太空" in (tmp_path / "没有导入.csv").read_text("utf-8-sig")
    assert len(room.acts) == before + 3


@pytest.mark.heavy
def test_a_file_that_is_no_table_is_told(room, tmp_path):
    """A file that does not read is a sentence, and the screen is where it was."""
    (tmp_path / "x.csv").write_bytes(b"\x00\x01\x02")

    async def job(desk):
        desk.app.last_folder = tmp_path
        desk.app.action_act("import")
        await desk.quiet()
        await desk.picks("x.csv")
        return desk.shown, len(desk.app.screen_stack)

    shown, depth = at_desk(room, job)
    assert depth == 1
    assert re.search("x.csv|读不|不是", shown)


@pytest.mark.heavy
def test_folders_are_gone_through_by_lists(room, tmp_path):
    """Folders first, then files that can be read; up and down; what cannot be opened says so."""
    inner = tmp_path / "甲" / "乙"
    inner.mkdir(parents=True)
    (inner / "表.xlsx").write_bytes(b"")
    (inner / "图.png").write_bytes(b"")

    async def job(desk):
        desk.app.last_folder = tmp_path / "甲"
        desk.app.action_act("import")
        await desk.quiet()
        await desk.picks("乙/")
        inside = [item.words for item in desk.app.screen._items]
        await desk.picks("..")
        above = [item.words for item in desk.app.screen._items]
        (inner / "表.xlsx").unlink()
        (inner / "图.png").unlink()
        inner.rmdir()
        await desk.picks("乙/")
        return inside, above, desk.shown

    inside, above, shown = at_desk(room, job)
    assert inside == ["..", "表.xlsx"]
    assert above == ["..", "乙/"]
    assert "：没有这个文件或文件夹" in shown


@pytest.mark.heavy
def test_a_form_is_written_where_its_level_allows(room, tmp_path):
    """A form goes to a medium of its level with two acts; nowhere else if it holds secrets."""

    async def job(desk):
        desk.app.last_folder = tmp_path
        desk.app.action_act("save")
        await desk.quiet()
        await desk.picks("涉密文件传阅单")
        await desk.types("WJ-2026-0001")
        await desk.press("enter")
        await desk.picks("不是登记的载体")
        refused = desk.shown
        desk.app.action_act("save")
        await desk.quiet()
        await desk.picks("涉密文件传阅单")
        await desk.types("WJ-2026-0001")
        await desk.press("enter")
        await desk.picks("JZ-0001")
        return refused, desk.shown

    refused, shown = at_desk(room, job)
    room.refresh()
    assert "要写明存到哪个登记在册的介质或计算机" in refused
    assert "已存为" in shown
    assert next(type(act.event) for act in room.acts[-2:]) is Exported
    assert list(tmp_path.glob("*.docx"))


@pytest.mark.heavy
def test_a_backup_and_a_trial_restore(room, tmp_path):
    """The room is packed into one file and recorded; the drill says that it can be restored."""

    async def job(desk):
        desk.app.last_folder = tmp_path
        desk.app.action_act("backup")
        await desk.quiet()
        await desk.press("enter")
        await desk.picks("不是登记的载体")
        backed = desk.shown
        desk.app.action_act("drill")
        await desk.quiet()
        return backed, desk.shown

    backed, drilled = at_desk(room, job)
    room.refresh()
    assert isinstance(room.acts[-1].event, BackedUp)
    assert "备份 示范局-2026-04-15.baomi" in backed
    assert "演练恢复：可以恢复" in drilled


@pytest.mark.parametrize("head", ["right", "0123456789abcdef0123"])
def test_the_book_is_verified_at_the_screen(room, head):
    """The whole book is read again, with a printed head or without; what is wrong is told."""
    typed = room.head[:20] if head == "right" else head

    async def job(desk):
        desk.app.action_act("verify")
        await desk.quiet()
        await desk.press("2" if typed else "1")
        if typed:
            await desk.types(typed)
        return desk.shown

    shown = at_desk(room, job, WIDE)
    if head == "right":
        assert "账本完整，登记与流水一致" in shown
    else:
        assert "账本不符" in shown
        assert "报告分管领导" in shown


def test_long_work_can_be_left_and_is_told_later(room):
    """Esc leaves a job to go on; the officer works meanwhile and is told where he then is."""
    go_on = Event()

    def slow(_, tell):
        tell(3, 10)
        go_on.wait(10)
        return "好了"

    async def job(desk):
        desk.app.run_worker(carried_out(desk.app, Job("慢活", slow)))
        await desk.pilot.pause(0.4)
        bar = desk.shown
        await desk.pilot.press("escape")
        await desk.pilot.press("2")
        await desk.pilot.pause(0.3)
        mode, going = desk.app.current_mode, len(desk.app.jobs)
        go_on.set()
        await desk.quiet()
        return bar, mode, going, desk.shown

    bar, mode, going, shown = at_desk(room, job)
    assert "[############----------------------------] 3 / 10笔" in bar
    assert (mode, going) == ("media", 1)
    assert "慢活：做完了" in shown


@pytest.mark.heavy
def test_long_work_can_be_stopped(room):
    """F9 stops a job at the next place where it says how far it is."""

    def endless(_, tell):
        n = 0
        while True:
            n += 1
            tell(n)
            Event().wait(0.01)

    async def job(desk):
        desk.app.run_worker(carried_out(desk.app, Job("没完", endless)))
        await desk.pilot.pause(0.4)
        await desk.pilot.press("f9")
        await desk.quiet()
        return desk.shown

    assert "没完：已停止，没有写入" in at_desk(room, job)


@pytest.mark.heavy
def test_leaving_waits_for_what_goes_on(room):
    """With work going on Ctrl+Q asks; staying leaves everything as it is."""
    go_on = Event()

    async def job(desk):
        desk.app.run_worker(carried_out(desk.app, Job("慢活", lambda *_: go_on.wait(10))))
        await desk.pilot.pause(0.3)
        await desk.pilot.press("escape")
        await desk.pilot.press("ctrl+q")
        await desk.pilot.pause()
        asked = desk.shown
        await desk.pilot.press("1")
        await desk.pilot.pause(0.3)
        still = desk.app.is_running
        go_on.set()
        await desk.quiet()
        return asked, still

    asked, still = at_desk(room, job)
    assert "慢活 还没有做完" in asked
    assert still


def test_a_job_that_fails_is_a_sentence(room):
    """A full disk in a job is told in Chinese; the screen goes on."""

    def full(*_):
        raise OSError(28, "No space left on device", "/x")

    async def job(desk):
        desk.app.run_worker(carried_out(desk.app, Job("写文件", full)))
        await desk.pilot.pause(0.4)
        await desk.quiet()
        return desk.shown

    assert "写文件：读写“/x”时出错：磁盘已满" in at_desk(room, job)


def test_a_job_tells_nobody_once_it_was_stopped():
    """The next report of a stopped job ends it."""
    job = Job("x", lambda *_: None)
    job.tell(1, 2)
    job.stopped = True
    with pytest.raises(GivenUp):
        job.tell(2, 2)


def test_the_scanner_is_tried_out(room, tmp_path):
    """What a scanner sends is shown with its pace and end, and the code does nothing but say whose it is."""
    code = label(room, "JZ-0001", tmp_path)

    async def job(desk):
        await desk.press("f10")
        await desk.picks("扫码枪自检")
        assert isinstance(desk.app.screen, ScannerTest)
        await desk.scans(code)
        good = desk.shown
        await desk.pilot.pause(0.3)
        await desk.scans(code[:9])
        short = desk.shown
        await desk.press("escape")
        return good, short, desk.app.scanner.watcher

    good, short, watcher = at_desk(room, job)
    for words in ("24个字符", "居中4", "结尾　回车", "结论　可以用", "标签　有效　JZ-0001"):
        assert words in good
    assert "9位，本台账的标签码是24位" in short
    assert watcher is None


@pytest.mark.parametrize(
    ("text", "gap", "verdict"),
    [
        ("1" * 24, 0.005, "可以用"),
        ("１" * 24, 0.005, "可以用"),
        ("1" * 24, 0.09, "太慢"),
        ("1" * 20, 0.005, "20位"),
        ("]C1" + "1" * 24, 0.005, "数字以外"),
        ("", 0.0, "数字以外"),
    ],
)
def test_a_scanner_is_judged_by_what_it_sends(text, gap, verdict):
    """Pace, length, width and strange characters each have their advice."""
    burst_ = [Press(char, char, n * gap) for n, char in enumerate(text)]
    told = dict(examined([*burst_, Press("enter", "", 9), Press("ctrl+j", "", 9)]))

    assert verdict in told["结论"]
    assert told["结尾"] == "回车、换行"
    assert told["全角"].startswith("是" if "１" in text else "不是")


LOOKS = {
    "counts": ("8",),
    "where to count": ("8", "f3"),
    "counting": ("8", "f3", "enter"),
    "differences": ("8", "enter"),
    "a decision": ("8", "enter", "enter"),
    "labels": ("9",),
    "a label": ("9", "enter"),
    "where to print": ("9", "f9"),
    "more": ("f10",),
    "help with a count": ("8", "enter", "f1"),
    "locked": ("ctrl+l",),
}


DIFFERENT = ("a label",)
"""What shows a code, which no two rooms share."""


async def looked_at(app, pilot, keys):
    desk = Desk(app, pilot)
    await desk.quiet()
    await desk.press(*keys)
    return desk.shown


TYPED = {
    *KNOWN_WORDS,
    *["pdf", "PDF", "png", "zpl", "tspl", "TSPL", "ZPL", "dev", "usb", "USB", "laser", "device"],
}


WIDELY = pytest.param(WIDE, marks=pytest.mark.heavy)


@pytest.mark.parametrize("size", [NARROW, WIDELY], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", LOOKS)
def test_an_errand_looks_as_it_did_and_speaks_chinese(room, snapshot, name, size):
    """Counts, labels and what is done now and then look as they were last agreed to, without an English word."""
    shown = run_at(room, partial(looked_at, keys=LOOKS[name]), size)
    words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"[A-Z]{1,3}[0-9]*-[\w-]+", "", shown)))

    assert words <= TYPED
    assert name in DIFFERENT or steady(shown) == snapshot


HOSTILE = (
    "[/x]",
    "[@click=app.quit]x",
    "\x1b[2J",
    "\x9b31m",
    "\u202e甲",
    "长" * 300,
    "\U00020164",
    "=cmd|' /C calc'!A0",
    "..",
    "",
)


@pytest.mark.heavy
def test_hostile_values_do_nothing(room, tmp_path):
    """Typed or pasted anywhere in these screens they crash nothing and reach no terminal raw."""
    start = len(room.acts)

    async def job(desk):
        desk.app.last_folder = tmp_path
        seen = []
        for value in HOSTILE:
            await desk.press("8", "f3")
            await desk.picks("全室")
            for _ in range(2):
                await desk.types(value)
                seen.append(desk.shown)
            await desk.press("f10")
            await desk.types(value)
            await home(desk)
            if counts(room) and counts(room)[-1].open:
                with resume(room, counts(room)[-1].id) as count:
                    count.abandon("试验")
            await desk.press("9", "f3")
            await desk.types(value)
            seen.append(desk.shown)
            await home(desk)
            desk.app.action_act("verify")
            await desk.quiet()
            await desk.press("2")
            await desk.types(value)
            seen.append(desk.shown)
            await home(desk)
        return "".join(seen), desk.app.is_running

    async def home(desk):
        while len(desk.app.screen_stack) > 1:
            await desk.press("escape")

    shown, running = at_desk(room, job)
    assert running
    assert safe(shown.replace("\n", "")) == shown.replace("\n", "")
    assert len(room.acts) == start


@pytest.mark.heavy
def test_a_cabinet_without_compartments_is_a_place(room):
    """Places are listed cabinet by cabinet, with the room first."""
    room.record(Registered(thing=Cabinet(level=Level.机密)))

    async def job(desk):
        await desk.press("8", "f3")
        await desk.picks("全室")
        await desk.press("f3")
        return [item.words for item in desk.app.screen._items]

    assert at_desk(room, job) == ["保密室", "G-01柜1", "G-01柜2", "G-01柜3", "G-02柜"]


@pytest.mark.heavy
def test_the_folder_of_the_room_is_left_as_it_was(room):
    """Looking at counts, labels and errands writes nothing into the room."""
    before = {
        path: path.stat().st_mtime_ns for path in Path(room.folder).rglob("*") if path.is_file()
    }

    async def job(desk):
        await desk.press("8", "9", "f10", "escape", "0")

    at_desk(room, job)
    after = {
        path: path.stat().st_mtime_ns for path in Path(room.folder).rglob("*") if path.is_file()
    }
    changed = {
        os.path.relpath(p, room.folder)
        for p in before.keys() | after.keys()
        if before.get(p) != after.get(p)
    }
    assert changed <= {"room.lock"}


@pytest.mark.heavy
def test_a_book_of_an_earlier_program_is_renewed_beside_the_screen(tmp_path, monkeypatch):
    """A long book of an earlier format is read whole once the screen is there, and is one of this format then."""
    folder = tmp_path / "room"
    shutil.copytree(Path(__file__).parent / "books" / "schema-2", folder)
    monkeypatch.setattr("tui.app._LONG", 1)

    async def job(desk):
        assert desk.app.room.book.earlier
        for _ in range(100):
            if not desk.app.room.book.earlier:
                break
            await desk.pilot.pause(0.1)
        await desk.quiet()
        return desk.app.room.book.earlier

    with Room.open(folder, clock=lambda: datetime(2027, 4, 1, 9, 0)) as old:
        assert not at_desk(old, job)
    with Room.open(folder) as now:
        assert not now.book.earlier
