"""The room's labels: what is due, printing as an act, four answers of a scan, blanks, doctor."""

import os
import pty
import re
import threading
from datetime import datetime
from functools import partial

import pypdfium2
import pytest
import zxingcpp
from attrs import evolve
from PIL import Image

from ledger import (
    Amended,
    Cabinet,
    Computer,
    Disposed,
    Level,
    Medium,
    Network,
    Person,
    Refused,
    Registered,
    Site,
    Unit,
)
from ledger import (
    Paper as PaperCopy,
)
from ledger.carrier import Document
from ledger.event import Destroyed, KeyRotated, Labelled, LabelSpoiled, Left, Received
from ledger.mark import Mark
from ledger.number import PageNo
from ledger.printing.definition import InvalidDefinition, named, shipped
from ledger.printing.keyring import KeyLost
from ledger.printing.outcome import State
from ledger.printing.payload import InvalidCode, Subject, write
from ledger.printing.picture import at
from ledger.printing.printer import for_file
from ledger.printing.sheet import sheets
from ledger.printing.template import template_for, templates
from ledger.printing.terminal import columns
from ledger.register.labelling import current, outdated, shown, unlabelled
from ledger.register.register import EMPTY
from ledger.room import Room, doctor
from ledger.room.blanks import bind, new_key, print_blanks
from ledger.room.calibrating import calibrate
from ledger.room.doctor import examine
from ledger.room.issuing import Paper, issue
from ledger.room.labelling import NoLabel, about, chosen, preview, queue, values
from ledger.room.proofing import check_templates
from ledger.room.redaction import redact
from ledger.room.scanning import Answer, scan
from ledger.room.verification import verify
from tests.printers import IppPrinter, RollPrinter

NOON = datetime(2026, 6, 15, 12, 0)


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(tmp_path / "room", unit="示范局", clock=lambda: NOON) as room:
        for thing in (
            Person(name="张䶮", roles=frozenset({"保密员"})),
            Person(name="李国强"),
            Medium(level=Level.机密, serial="S1", keeper="张䶮", department="办公室"),
            Computer(network=Network.INTERNAL, asset_no="A1", name="办公电脑"),
            Cabinet(level=Level.机密, name="一号柜"),
            Site(name="机房"),
        ):
            room.record(Registered(thing=thing))
        yield room


def paper(path, **more):
    return Paper(printer=for_file(path), path=path, wait=lambda _: None, **more)


def printed(room, path, *numbers, **more):
    """The codes of labels printed into a PNG each."""
    codes = []
    for n, number in enumerate(numbers):
        file = path / f"{n}-{len(room.acts)}.png"
        issue(room, chosen(room, [number]), paper(file), by="张䶮", **more)
        (code,) = zxingcpp.read_barcodes(Image.open(file).convert("L"))
        codes.append(code.text)
    return codes


def codes(pdf):
    """Every code in a PDF, page after page."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            image = page.render(scale=300 / 72).to_pil().convert("L")
            found += [each.text for each in zxingcpp.read_barcodes(image)]
    return found


def test_what_has_no_label_is_due(room, tmp_path):
    """Media, computers, cabinets and sites wait for their first label, and no longer once they have it."""
    due = queue(room)
    assert [want.number for want in due.new] == ["JZ-0001", "JSJ-0001", "G-01", "CS-01"]
    assert {want.causes for want in due.new} == {("没有标签",)}
    assert due.changed == ()
    assert [w.number for w in queue(room, templates()["medium-25x15"]).new] == ["JZ-0001"]
    issue(room, due.new, paper(tmp_path / "a.pdf"))

    assert queue(room).new == ()
    assert list(unlabelled(room.register)) == list(unlabelled(EMPTY)) == []


def test_printing_is_an_act_of_the_book(room, tmp_path):
    """The book says which label of which page was printed, how it looked, where, by whom and why."""
    issue(room, chosen(room, ["JZ-0001"]), paper(tmp_path / "a.png"), by="张䶮")
    issue(room, chosen(room, ["JZ-0001"]), paper(tmp_path / "b.png"), by="张䶮", reason="磨损")
    act = room.acts[-1]
    label = room.register.labels["JZ-0001"]

    assert isinstance(act.event, Labelled)
    assert (act.by, act.event.issue, act.event.key) == ("张䶮", 2, 1)
    assert act.event.template == "medium-40x12"
    assert act.event.layout == template_for("medium").layout
    assert (act.event.device, act.event.reason) == ("文件 b.png", "磨损")
    assert [each.n for each in label.issues] == [1, 2]
    assert list(about(room.register, "JZ-0001")) == [
        "第1张，2026-06-15，medium-40x12，文件 a.png",
        "第2张，2026-06-15，medium-40x12，文件 b.png，磨损",
    ]
    assert verify(room).holds


def test_a_second_label_needs_a_reason(room, tmp_path):
    """A page with a good label gets another only with a reason, and otherwise nothing is printed."""
    printed(room, tmp_path, "JZ-0001")
    before = len(room.acts)
    with pytest.raises(Refused) as caught:
        issue(room, chosen(room, ["JSJ-0001", "JZ-0001"]), paper(tmp_path / "x.pdf"))

    assert [f.subject for f in caught.value.findings] == ["JZ-0001"]
    assert len(room.acts) == before
    assert not list(tmp_path.glob("x*"))


def test_a_label_out_of_date_is_due_again(room, tmp_path):
    """A change of level, number, keeper or department puts a page back into the queue, with its cause."""
    printed(room, tmp_path, "JZ-0001", "JSJ-0001")
    room.record(
        Amended(thing=evolve(thing(room), keeper="李国强", department="业务科")), happened="换人"
    )
    (want,) = queue(room).changed

    assert want.number == "JZ-0001"
    assert want.causes == ("责任人由张䶮改为李国强", "部门由办公室改为业务科")
    assert want.last.n == 1
    assert [n for n, _ in outdated(room.register)] == ["JZ-0001"]
    done = issue(room, queue(room).changed, paper(tmp_path / "again.png"))
    assert done.numbers == ("JZ-0001",)
    assert room.acts[-1].event.reason == "责任人、部门有变动"
    assert queue(room).changed == ()


def thing(room, number="JZ-0001"):
    return room.register.carriers[number].thing


def amend(room, number="JZ-0001", **change):
    room.record(Amended(thing=evolve(thing(room, number), **change)), happened="核实")


def test_a_scan_finds_the_carrier(room, tmp_path):
    """A label that holds names its carrier, typed in whatever way."""
    for number, code in zip(
        ("JZ-0001", "JSJ-0001", "G-01", "CS-01"),
        printed(room, tmp_path, "JZ-0001", "JSJ-0001", "G-01", "CS-01"),
        strict=True,
    ):
        found = scan(room, f" {code[:6]} {code[6:]}\r\n")
        assert (found.answer, found.number, found.said) == (Answer.CURRENT, number, "")
        assert found.good
    with pytest.raises(InvalidCode):
        scan(room, "123")


STALE = {
    "level": (lambda room: amend(room, level=Level.绝密), "密级由机密改为绝密"),
    "number": (lambda room: amend(room, asset_no="ZC-1"), "资产编号由空白改为ZC-1"),
    "keeper": (lambda room: amend(room, keeper="李国强"), "责任人由张䶮改为李国强"),
    "spoiled": (
        lambda room: room.record(LabelSpoiled(page=PageNo("JZ-0001"), issue=1, reason="打坏")),
        "第1张已作废（打坏）",
    ),
    "destroyed": (
        lambda room: room.record(
            Destroyed(carriers=("JZ-0001",), witnesses=("张䶮", "李国强"), method="粉碎"),
            happened="补记",
        ),
        "这件载体已销毁（2026-06-15）",
    ),
}


@pytest.mark.parametrize("name", STALE)
def test_a_stale_label_says_why(name, room, tmp_path):
    """A label that says what is no longer so names its carrier and the cause."""
    change, why = STALE[name]
    (code,) = printed(room, tmp_path, "JZ-0001")
    change(room)
    found = scan(room, code)

    assert (found.answer, found.number) == (Answer.STALE, "JZ-0001")
    assert why in found.said
    assert "旧标签揭下销毁" in found.said


def test_an_older_label_is_stale_once_there_is_a_newer_one(room, tmp_path):
    """After a reprint the old label says that, when and why it was replaced; the new one holds."""
    (old,) = printed(room, tmp_path, "JZ-0001")
    (new,) = printed(room, tmp_path, "JZ-0001", reason="磨损")

    assert scan(room, old).answer is Answer.STALE
    assert "这是第1张，2026-06-15已换成第2张，磨损" in scan(room, old).said
    assert scan(room, new).good
    room.record(LabelSpoiled(page=PageNo("JZ-0001"), issue=2, reason="贴坏"))
    assert scan(room, old).good
    assert current(room.register, "JZ-0001").n == 1


def test_forged_and_mistyped_codes_are_told(room, tmp_path):
    """A slip is traced to its digit; a code that claims to be ours and is not is forged."""
    (code,) = printed(room, tmp_path, "JZ-0001")
    slip = code[:17] + str((int(code[17]) + 1) % 10) + code[18:]
    exchanged = next(
        code[:n] + code[n + 1] + code[n] + code[n + 2 :]
        for n in range(2, 23)
        if code[n] != code[n + 1]
    )
    forged = code[:12] + f"{(int(code[12:]) + 123456789) % 10**12:012}"
    ahead = code[:10] + "27" + code[12:]

    assert scan(room, slip).answer is Answer.FORGED
    assert "第18位附近" in scan(room, slip).said
    assert scan(room, exchanged).answer is Answer.FORGED
    assert (scan(room, forged).answer, scan(room, forged).number) == (Answer.FORGED, "")
    assert "JZ-0001的标签，校验不符" in scan(room, forged).said
    assert "第27张标签，账上只印过1张" in scan(room, ahead).said


def test_another_rooms_label_is_told_from_a_forged_one(room, tmp_path):
    """A label of a room with the same carriers, numbers and issues is known to be another room's."""
    printed(room, tmp_path, "JZ-0001")
    with Room.create(tmp_path / "other", unit="别的局", clock=lambda: NOON) as other:
        other.record(Registered(thing=Person(name="张䶮")))
        other.record(Registered(thing=Medium(level=Level.机密, serial="S1", keeper="张䶮")))
        (code,) = printed(other, tmp_path, "JZ-0001")
        assert scan(other, code).good
    found = scan(room, code)

    assert (found.answer, found.number) == (Answer.FOREIGN, "")
    assert "别的台账" in found.said
    assert scan(room, "9" + code[1:]).answer is Answer.FOREIGN


def test_a_new_key_leaves_printed_labels_good(room, tmp_path):
    """After the key was changed old labels hold without reprinting, and new ones carry the new version."""
    (old,) = printed(room, tmp_path, "JZ-0001")
    assert new_key(room, "保密员换人", by="张䶮") == 2
    (new,) = printed(room, tmp_path, "JSJ-0001")

    assert (old[0], new[0]) == ("1", "2")
    assert scan(room, old).good
    assert scan(room, new).good
    assert room.acts[-2].event == KeyRotated(key=2, reason="保密员换人")
    assert (room.folder / "room.key").stat().st_mode & 0o077 == 0
    assert verify(room).holds


def test_without_its_key_a_room_prints_and_checks_nothing(room, tmp_path):
    """A missing key file is told, and leaves book and folder as they were."""
    (code,) = printed(room, tmp_path, "JZ-0001")
    (room.folder / "room.key").unlink()
    before = sorted(path.name for path in tmp_path.iterdir())
    for act in (
        lambda: scan(room, code),
        lambda: issue(room, queue(room).new, paper(tmp_path / "x.pdf")),
        lambda: new_key(room, "x"),
    ):
        with pytest.raises(KeyLost, match="备份"):
            act()

    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_labels_of_every_size_go_on_sheets_of_their_own(room, tmp_path):
    """One PDF holds every size, each on its own sheets, and every code leads back."""
    done = issue(room, queue(room).new, paper(tmp_path / "all.pdf"))

    assert (done.labels, done.pages, done.outcome.state) == (4, 3, State.PRINTED)
    assert (tmp_path / "all.pdf").stat().st_mode & 0o077 == 0
    found = [scan(room, code).number for code in codes(tmp_path / "all.pdf")]
    assert sorted(found) == ["CS-01", "G-01", "JSJ-0001", "JZ-0001"]


def test_a_sheet_is_gone_on_with_where_it_was_left(room, tmp_path):
    """On label stock the next labels follow the last ones, spoiled cells are skipped, a start is obeyed."""
    for n in range(2, 9):
        room.record(Registered(thing=Computer(network=Network.INTERNAL, asset_no=f"A{n}")))
    stock, wide = sheets()["a4-3x7"], templates()["computer-50x30"]
    of = partial(chosen, room, template=wide)
    numbers = [f"JSJ-{n:04}" for n in range(1, 9)]
    first = issue(room, of(numbers[:3]), paper(tmp_path / "1.pdf", sheet=stock, skip=(2,)))
    second = issue(room, of(numbers[3:5]), paper(tmp_path / "2.pdf", sheet=stock))
    third = issue(room, of(numbers[5:]), paper(tmp_path / "3.pdf", sheet=stock, start=20))

    assert [done.place.start for done in (first, second, third)] == [5, 7, 2]
    assert first.place.skip == (2,)
    assert third.pages == 2
    with pytest.raises(InvalidDefinition, match="格子大"):
        issue(room, chosen(room, ["G-01"]), paper(tmp_path / "4.pdf", sheet=stock))


FAULTS = {
    "nothing": ([], "a.pdf", NoLabel, "没有要打印"),
    "unknown": (["X"], "a.pdf", NoLabel, "登记簿上没有“X”"),
    "a unit": (["DW-001"], "a.pdf", NoLabel, "是外单位，不贴标签"),
    "two in a png": (["JZ-0001", "G-01"], "a.png", NoLabel, "一张PNG只放一个"),
    "two sizes on a roll": (["JZ-0001", "G-01"], "a.zpl", NoLabel, "一次只印一种大小"),
    "strange ending": (["JZ-0001"], "a.svg", InvalidDefinition, "结尾"),
    "too long": (["长" * 60], "a.png", NoLabel, "标签印不成：文字“{number}”放不下"),
    "one of two too long": (["JZ-0001", "长" * 60], "a.pdf", NoLabel, "标签印不成"),
    "a character without a font": (["JZ-0003"], "a.pdf", NoLabel, "U\\+10FFFE"),
    "no folder": (["JZ-0001"], "no/a.pdf", FileNotFoundError, "No such"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_labels_that_cannot_be_made_change_nothing(name, room, tmp_path):
    """Unknown numbers, misfits and strange files are told by name; no file is left and no act written."""
    room.record(Registered(thing=Unit(name="省厅")))
    room.record(Registered(thing=Medium(number="长" * 60)))
    room.record(Registered(thing=Medium(number="JZ-0003", keeper="\U0010fffe")), happened="补")
    numbers, file, kind, said = FAULTS[name]
    before = len(room.acts)
    with pytest.raises(kind, match=said):
        issue(room, chosen(room, numbers), paper(tmp_path / file))

    assert len(room.acts) == before
    assert [path.name for path in tmp_path.iterdir()] == ["room"]


def test_people_have_a_label_to_be_scanned(room, tmp_path):
    """A person's label names him and his department, is due for nobody, and is told when he has left."""
    assert not any(want.kind == "person" for want in (*queue(room).new, *queue(room).changed))
    (want,) = chosen(room, ["RY-001"])
    issue(room, [want], paper(tmp_path / "a.pdf"))
    person = room.register.people["RY-001"]
    says = values(room, want)
    (code,) = codes(tmp_path / "a.pdf")

    assert (says["level"], says["person"]) == ("人员", person.name)
    assert (scan(room, code).answer, scan(room, code).number) == (Answer.CURRENT, "RY-001")
    room.record(Amended(thing=evolve(person, department="另一科")))
    assert scan(room, code).answer is Answer.CURRENT
    room.record(Left(person="RY-001"), happened="补")
    assert scan(room, code).said.startswith(f"RY-001的标签过时：{person.name}2026-06-15已离岗")


def test_every_fault_of_a_batch_is_told_at_once(room, tmp_path):
    """All labels that do not fit are named in one go, ten of them in full."""
    for n in range(12):
        room.record(Registered(thing=Medium(number=f"{n:02}{'长' * 40}")))
    with pytest.raises(NoLabel) as caught:
        issue(room, queue(room).new, paper(tmp_path / "a.pdf"))

    assert str(caught.value).count("标签印不成") == 10
    assert str(caught.value).endswith("共12个")


def test_labels_are_chosen_by_a_filter(room):
    """Everything of a kind that contains what was asked for, and nothing that has left the room."""
    room.record(
        Registered(thing=Computer(network=Network.INTERNAL, department="业务科", asset_no="B"))
    )
    room.record(
        Registered(thing=Computer(network=Network.INTERNAL, department="业务科", asset_no="C"))
    )
    room.record(Disposed(carrier="JSJ-0003", way="报废"), happened="补")

    assert [w.number for w in chosen(room, kind="computer")] == ["JSJ-0001", "JSJ-0002"]
    picked = chosen(room, ["G-01", "G-01"], "computer", {"department": "业务"})
    assert [w.number for w in picked] == ["G-01", "JSJ-0002"]
    with pytest.raises(NoLabel, match="没有“depart”这一项"):
        chosen(room, kind="computer", where={"depart": "x"})
    with pytest.raises(NoLabel, match="外单位不贴标签"):
        chosen(room, kind="unit")
    with pytest.raises(NoLabel, match="不能用在计算机上"):
        chosen(room, ["JSJ-0001"], template=templates()["medium-40x12"])


def test_a_papers_label_keeps_its_title_to_itself(room):
    """A paper's label shows its neutral name and never its title."""
    text = Document(title="绝密的标题", alias="甲字一号", mark=Mark.parse("机密★10年"))
    room.record(Received(document=text, sender="省厅"), happened="补")
    (want,) = chosen(room, ["WJ-2026-0001"])
    from ledger.room.labelling import values

    assert values(room, want)["name"] == "甲字一号"
    assert "绝密的标题" not in values(room, want).values()
    assert values(room, want)["level"] == "机密"
    assert shown(room.register, "没有") is None
    assert isinstance(thing(room, "WJ-2026-0001"), PaperCopy)


def test_a_preview_prints_and_writes_nothing(room):
    """A label can be looked at as often as one likes."""
    before = len(room.acts)
    (want,) = chosen(room, ["JZ-0001"])
    proof = preview(room, want, at(203))

    assert proof.module_dots == 3
    assert len(room.acts) == before
    assert zxingcpp.read_barcodes(proof.picture.convert("L"))[0].text[10:12] == "01"


def test_a_changed_layout_is_noticed(room, tmp_path):
    """A label printed with a template that looks different from the last time says so beforehand."""
    printed(room, tmp_path, "JZ-0001")
    assert not chosen(room, ["JZ-0001"])[0].layout_changed
    own = room.folder / "labels"
    own.mkdir()
    text = (shipped() / "medium-40x12.toml").read_text("utf-8").replace("y = 5.3", "y = 5.4")
    (own / "a.toml").write_text(text.replace("h = 6.2", "h = 6.1"), "utf-8")

    assert chosen(room, ["JZ-0001"])[0].layout_changed


def test_labels_go_to_a_roll_printer(room, tmp_path):
    """A label printer gets every label; one that cannot print leaves them spoiled in the book."""
    good, out = RollPrinter([b"\x00"]), RollPrinter([b"\x04"])
    at_ = for_file(tmp_path / "x.tspl")
    try:
        where = evolve(at_, name="标签机", target=good.target)
        done = issue(room, chosen(room, ["JZ-0001"]), Paper(printer=where, wait=lambda _: None))
        assert (done.outcome.state, good.printed[:5]) == (State.PRINTED, b"SIZE ")
        where = evolve(where, target=out.target)
        size = chosen(room, ["JSJ-0001"])
        none = issue(room, size, Paper(printer=where, wait=lambda _: None), by="张䶮")
    finally:
        good.close()
        out.close()

    assert none.outcome.state is State.NOTHING
    assert out.printed == b""
    assert room.register.labels["JZ-0001"].issues[0].device == "标签机"
    assert isinstance(room.acts[-1].event, LabelSpoiled)
    assert room.register.labels["JSJ-0001"].issues[0].void == "没有印出来：打印机缺纸，处理好再印"
    assert [want.number for want in queue(room).new] == ["JSJ-0001", "G-01", "CS-01"]
    assert chosen(room, ["JSJ-0001"])[0].issue == 2


def test_a_text_blanked_on_a_page_is_blanked_on_its_labels(room, tmp_path):
    """What was blanked on a page stands in no label's record either, and the book still verifies."""
    printed(room, tmp_path, "JZ-0001")
    amend(room, department="不该写的部门")
    issue(room, queue(room).changed, paper(tmp_path / "b.png"))
    amend(room, department="办公室")
    issue(room, queue(room).changed, paper(tmp_path / "c.png"))
    amend(room, department="不该写的部门")
    redact(room, "JZ-0001", "department", reason="误录", by="张䶮")
    room.close()
    said = [path.read_bytes() for path in room.folder.rglob("*") if path.is_file()]

    assert not any("不该写的部门".encode() in each for each in said)
    with Room.open(room.folder, clock=lambda: NOON) as again:
        assert verify(again).holds
        assert again.register.labels["JZ-0001"].issues[1].shown.department.strip("*") == ""


def test_a_sheet_goes_to_a_printer_without_a_file(room, tmp_path):
    """A PDF for a printer is never written to disk, carries a name that says nothing, and is recorded."""
    printer = IppPrinter()
    where = evolve(for_file(tmp_path / "x.pdf"), name="激光", target=printer.uri)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    try:
        done = issue(room, queue(room).new, Paper(printer=where, wait=lambda _: None))
    finally:
        printer.close()
    (said,) = (said for what, said in printer.asked if what == "print")

    assert (done.outcome.state, done.pages) == (State.PRINTED, 3)
    assert said["job-name"] == (f"L-{room.acts[-4].n:06}",)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before
    (tmp_path / "got.pdf").write_bytes(printer.documents[0])
    assert [scan(room, code).good for code in codes(tmp_path / "got.pdf")] == [True] * 4


def test_sheets_of_two_papers_are_not_mixed(room, tmp_path):
    """A printer holds one paper: labels whose sheets are A4 and A5 are printed apart."""
    folder = room.folder / "labels" / "sheets"
    folder.mkdir(parents=True)
    text = (shipped() / "sheets" / "a4-40x12.toml").read_text("utf-8")
    changed = text.replace('"a4-40x12"', '"a5"').replace('page = "A4"', 'page = "A5"')
    changed = changed.replace("columns = 4", "columns = 2").replace("rows = 19", "rows = 9")
    (folder / "a4-40x12.toml").write_text(changed.replace('"a5"', '"a4-40x12"'), "utf-8")
    with pytest.raises(NoLabel, match="大小不同"):
        issue(room, queue(room).new, paper(tmp_path / "a.pdf"))
    done = issue(room, chosen(room, ["JZ-0001"]), paper(tmp_path / "a.pdf"))

    assert done.pages == 1
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert round(document[0].get_width() / 72 * 25.4) == 148


def test_a_template_no_sheet_holds_is_told(room, tmp_path):
    """An own template larger than every sheet's cells says so."""
    (room.folder / "labels").mkdir()
    text = (shipped() / "cabinet-100x70.toml").read_text("utf-8")
    text = text.replace("width_mm = 100.0", "width_mm = 150.0").replace("cabinet-100x70", "wide")
    (room.folder / "labels" / "wide.toml").write_text(text, "utf-8")
    with pytest.raises(InvalidDefinition, match="没有放得下"):
        issue(room, chosen(room, ["G-01"]), paper(tmp_path / "a.pdf"))


def test_a_file_that_cannot_take_its_name_spoils_its_labels(room, tmp_path):
    """Where the finished file cannot be put in its place, the labels count as not printed."""
    (tmp_path / "a.pdf").mkdir()
    done = issue(room, chosen(room, ["JZ-0001"]), paper(tmp_path / "a.pdf"))

    assert done.outcome.state is State.NOTHING
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    assert current(room.register, "JZ-0001") is None


def test_two_terminals_do_not_print_the_same_label(room, tmp_path):
    """A label that another terminal printed in between is refused, not printed twice under one number."""
    wants = chosen(room, ["JZ-0001"])
    with Room.open(room.folder, clock=lambda: NOON) as other:
        issue(other, chosen(other, ["JZ-0001"]), paper(tmp_path / "a.png"))
    with pytest.raises(Refused) as caught:
        issue(room, wants, paper(tmp_path / "b.png"), reason="磨损")

    assert "应是第2张标签" in str(caught.value)
    assert not (tmp_path / "b.png").exists()


def blanks(room, tmp_path, count=3, level=Level.机密):
    done = print_blanks(room, count, level, template_for("medium"), paper(tmp_path / "blank.pdf"))
    return done, codes(tmp_path / "blank.pdf")


def test_blank_labels_are_printed_ahead_and_bound_by_a_scan(room, tmp_path):
    """A blank label is known as blank, then as its carrier's, and later as stale like any other."""
    done, found = blanks(room, tmp_path)
    assert done.numbers == ("KB-00001", "KB-00002", "KB-00003")
    first = scan(room, found[0])
    assert (first.answer, first.number) == (Answer.BLANK, "KB-00001")
    assert "还没有贴" in first.said
    proposal = bind(room, found[0], "JZ-0001", by="张䶮")

    assert proposal.numbers == ("JZ-0001",)
    assert (scan(room, found[0]).answer, scan(room, found[0]).number) == (Answer.CURRENT, "JZ-0001")
    assert "JZ-0001" not in [want.number for want in queue(room).new]
    assert list(about(room.register, "JZ-0001")) == [
        "第1张，2026-06-15，medium-40x12，文件 blank.pdf，原空白标签KB-00001"
    ]
    amend(room, keeper="李国强")
    assert "责任人由张䶮改为李国强" in scan(room, found[0]).said
    with pytest.raises(NoLabel, match="标签过时"):
        bind(room, found[0], "G-01")
    (new,) = printed(room, tmp_path, "JZ-0001")
    assert "已换成第2张" in scan(room, found[0]).said
    assert scan(room, new).good
    with pytest.raises(NoLabel, match="这是JZ-0001的标签，不是空白标签"):
        bind(room, new, "G-01")
    assert verify(room).holds


def test_blank_labels_keep_to_their_level(room, tmp_path):
    """A blank label of another level is refused, and so is a second label without a reason."""
    _, secret = blanks(room, tmp_path, 1, Level.秘密)
    _, good = blanks(room, tmp_path, 2)
    with pytest.raises(Refused, match="空白标签印的是秘密"):
        bind(room, secret[0], "JZ-0001")
    with pytest.raises(Refused, match="登记簿上没有这个登记编号"):
        bind(room, good[0], "JZ-0099")
    bind(room, good[0], "JZ-0001")
    with pytest.raises(Refused, match="没有过时，也没有作废"):
        bind(room, good[1], "JZ-0001")
    bind(room, good[1], "JZ-0001", reason="掉落")
    assert scan(room, good[0]).answer is Answer.STALE
    with pytest.raises(Refused, match="要印0张"):
        blanks(room, tmp_path, 0)
    room.record(LabelSpoiled(page=PageNo("KB-00001"), issue=1, reason="印歪"))
    assert scan(room, secret[0]).said == "空白标签KB-00001已作废：印歪"


def test_a_blank_labels_code_is_no_pages(room, tmp_path):
    """A blank label's code does not pass for the label of a carrier of the same running number."""
    _, found = blanks(room, tmp_path, 1)
    key = bytes.fromhex((room.folder / "room.key").read_text())
    ident = room.register.idents["KB-00001"]
    claimed = write(Subject("medium", ident, "机密", ""), 1, key)

    assert scan(room, claimed).answer is not Answer.CURRENT
    assert scan(room, found[0]).answer is Answer.BLANK


def test_every_template_is_tried_with_the_longest_record(room):
    """Each template is drawn with the longest record of its kinds at three resolutions and read back."""
    found = {each.template.id: each for each in check_templates(room)}
    assert found.keys() == templates().keys()
    assert not any(each.faults for each in found.values())
    assert found["medium-40x12"].tried == ("JZ-0001", "RY-001", "RY-002")
    room.record(Registered(thing=Medium(level=Level.绝密, keeper="长" * 60, serial="S9")))
    room.record(Registered(thing=Medium(keeper="\U0010fffe", serial="S8")))
    (bad,) = check_templates(room, [templates()["medium-40x12"]], (203,))

    assert {fault.number for fault in bad.faults} == {"JZ-0002", "JZ-0003"}
    assert any("U+10FFFE" in fault.said for fault in bad.faults)


def test_templates_are_tried_with_a_sample_in_an_empty_room(tmp_path):
    """Before anything is registered templates are tried with an invented record."""
    with Room.create(tmp_path / "room", unit="示范局") as room:
        found = list(check_templates(room))

    assert {each.tried for each in found} == {("样例",)}
    assert not any(each.faults for each in found)


def test_a_calibration_page_is_no_act(room, tmp_path):
    """Calibration goes to a file or printer and not into the book."""
    before = len(room.acts)
    for name in ("c.pdf", "c.zpl", "c.tspl"):
        outcome = calibrate(paper(tmp_path / name), template_for("medium"))
        assert outcome.state is State.PRINTED
        assert (tmp_path / name).stat().st_size > 1000
    with pytest.raises(NoLabel, match="校准页请输出成"):
        calibrate(paper(tmp_path / "c.png"), template_for("medium"))
    nowhere = calibrate(Paper(printer=evolve(at(300), language="pdf")), template_for("medium"))

    assert nowhere.state is State.NOTHING
    assert len(room.acts) == before


def examined(*where):
    return [(note.about, note.good, note.said) for note in examine(*where)]


def test_the_doctor_looks_at_the_machine_and_the_room(room, monkeypatch, tmp_path):
    """Fonts, codes, print system, locale, terminal, key and files are each looked at."""
    monkeypatch.setattr(doctor, "CUPSD", tmp_path / "none")
    found = examined(room.folder)
    abouts = {about_ for about_, _, _ in found}

    assert {
        "字体",
        "二维码",
        "打印系统",
        "语言环境",
        "终端",
        "标签密钥",
        "标签模板",
        "标签纸",
    } <= abouts
    assert all(good for _, good, _ in found), found
    assert "打印留底" not in abouts
    assert {about_ for about_, _, _ in examined(None)} < abouts
    assert not any(re.search(r"Error|Traceback", said) for _, _, said in found)


@pytest.mark.parametrize(
    ("conf", "good"),
    [
        ("", [False, False]),
        ("PreserveJobFiles No\nPreserveJobHistory Off\n", [True, True]),
        ("preservejobfiles yes\nPreserveJobHistory 3600\n", [False, False]),
        ("#PreserveJobFiles No\nPreserveJobFiles 0\n", [True, False]),
    ],
)
def test_the_doctor_reports_what_the_print_system_keeps(conf, good, monkeypatch, tmp_path):
    """Whether printed files and their names stay behind is read off the print system's settings."""
    (tmp_path / "cupsd.conf").write_text(conf)
    monkeypatch.setattr(doctor, "CUPSD", tmp_path / "cupsd.conf")
    found = [note for note in examine(None) if note.about == "打印留底"]

    assert [note.good for note in found] == good
    assert all("里写 Preserve" in note.said for note in found if not note.good)


def test_the_doctor_finds_what_is_wrong_in_a_room(room, tmp_path):
    """A key others can read, a printer that is off and a file that does not read are each named."""
    printers = room.folder / "labels" / "printers"
    printers.mkdir(parents=True)
    good = RollPrinter([b"\x04"])
    for name, language, target in (
        ("off", "zpl", "socket://127.0.0.1:9"),
        ("out", "tspl", good.target),
        ("ipp", "pdf", "ipp://127.0.0.1:9/ipp/print"),
        ("queue", "pdf", "lp:nowhere"),
        ("file", "png", ""),
    ):
        text = f'format=1\n[printer]\nid="{name}"\nname="{name}"\nlanguage="{language}"\n'
        (printers / f"{name}.toml").write_text(text + (f'target="{target}"\n' if target else ""))
    (room.folder / "room.key").chmod(0o644)
    try:
        found = {about_: (good_, said) for about_, good_, said in examined(room.folder)}
    finally:
        good.close()

    assert found["标签密钥"] == (False, "room.key别的用户也能读（权限0644），请改为 0600")
    assert found["打印机 off"][0] is False
    assert found["打印机 out"] == (False, "缺纸")
    assert "没有开机" in found["打印机 ipp"][1]
    assert found["打印机 queue"] == (False, "没有这个队列")
    assert found["打印机 file"] == (True, "只输出到文件")
    (printers / "bad.toml").write_text("x")
    (room.folder / "room.key").unlink()
    found = {about_: (good_, said) for about_, good_, said in examined(room.folder)}
    assert "bad.toml读不通" in found["标签文件"][1]
    assert "备份" in found["标签密钥"][1]


class Terminal:
    """A terminal that answers where its cursor is, counting columns its own way."""

    def __init__(self, width_of):
        self.master, self.slave = pty.openpty()
        self.width_of = width_of
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        heard = b""
        while True:
            try:
                heard += os.read(self.master, 1024)
            except OSError:
                return
            while b"\x1b[6n" in heard:
                shown_, heard = heard.split(b"\x1b[6n", 1)
                text = shown_.rpartition(b"\r")[2].decode()
                if self.width_of is not None:
                    column = 1 + sum(self.width_of(c) for c in text)
                    os.write(self.master, f"\x1b[1;{column}R".encode())

    def close(self):
        os.close(self.slave)
        os.close(self.master)


@pytest.mark.parametrize(
    ("width_of", "good", "said"),
    [
        (lambda c: 2 if c in "密𠅤" else 1, True, "对得齐"),
        (lambda c: 2, False, "▀占2格、★占2格"),
        (None, True, "不回答"),
    ],
)
def test_the_doctor_asks_a_terminal_how_wide_characters_are(
    width_of, good, said, monkeypatch, tmp_path
):
    """A terminal is shown wide and doubtful characters and asked where its cursor stands."""
    monkeypatch.setattr(doctor, "CUPSD", tmp_path / "none")
    monkeypatch.setattr("ledger.printing.terminal._SECONDS", 0.1)
    terminal = Terminal(width_of)
    try:
        (note,) = (note for note in examine(None, terminal.slave) if note.about == "终端")
        wide = columns(terminal.slave, "密")
    finally:
        terminal.close()

    assert (note.good, said in note.said) == (good, True), note
    assert wide == (2 if width_of else None)


def test_definitions_are_named(room):
    """Asking for a printer or sheet by a slip of its name names the nearest."""
    with pytest.raises(InvalidDefinition, match="a4-3x7"):
        named(sheets(room.folder), "a4-3x", "标签纸")
