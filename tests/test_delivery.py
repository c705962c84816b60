"""Printing: what was sent arrives as it was, and what became of it is told as it is."""

import os
import re
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ledger.printing import lp, wire
from ledger.printing.delivery import deliver
from ledger.printing.ipp import NoAnswer, Operation, Server, encode, parse
from ledger.printing.job import follow, send
from ledger.printing.outcome import State, pauses
from ledger.printing.picture import at, draw
from ledger.printing.printer import printers
from ledger.printing.roll import tspl, zpl
from ledger.printing.sheet import Place, sheets
from ledger.printing.template import templates
from ledger.printing.wire import hello
from tests.labels import LONGEST
from tests.printers import IppPrinter, PrintSystem, RollPrinter, missing_programs, reply, zpl_status
from tests.test_label_files import measured, sheet_pdf

PDF = b"%PDF-1.5 not much\n%%EOF\n"
PLAIN = printers()["file-pdf"]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """A scripted printer that is silent is known to be so at once."""
    monkeypatch.setattr(wire, "_LISTEN", 0.15)


def at_once(_seconds):
    """Time passes without waiting."""


@pytest.fixture
def ipp():
    """A maker of scripted IPP printers."""
    made = []

    def make(**answers):
        made.append(IppPrinter(**answers))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


def test_a_request_reads_back():
    """What is encoded as IPP is read back attribute by attribute, several values of one together."""
    about = {"printer-uri": "ipp://h/p", "job-name": "标签", "requested-attributes": ("a", "b")}
    back = parse(encode(Operation.PRINT_JOB, about, {"copies": 2, "media": "iso_a4_210x297mm"}))

    assert back.attributes["job-name"] == ("标签",)
    assert back.attributes["requested-attributes"] == ("a", "b")
    assert back.attributes["copies"] == (2,)
    assert back.first("attributes-charset") == "utf-8"
    assert back.first("nothing", 5) == 5


@given(st.binary(max_size=200))
def test_no_answer_crashes_the_reader(data):
    """Whatever bytes come back, they are an answer or refused as none."""
    for each in (data, reply() + data, encode(Operation.GET_JOB, {"job-id": 1}, {})[:-1] + data):
        with suppress(NoAnswer):
            assert parse(each).status >= 0


def test_a_sheet_is_printed_on_an_ipp_printer(ipp):
    """The document arrives byte for byte, at its true size on A4, under a name that says nothing."""
    printer = ipp(job=[reply(job_state=3), reply(job_state=5), reply(job_state=9)])
    outcome = send(printer.uri, [PDF[:5], PDF[5:]], "L-000012", wait=at_once)
    (wishes,) = (said for what, said in printer.asked if what == "print")

    assert (outcome.state, outcome.job) == (State.PRINTED, "7")
    assert printer.documents == [PDF]
    assert wishes["media"] == ("iso_a4_210x297mm",)
    assert wishes["print-scaling"] == ("none",)
    assert wishes["sides"] == ("one-sided",)
    assert wishes["copies"] == (1,)
    assert wishes["job-name"] == ("L-000012",)


def test_a_busy_printer_is_asked_again(ipp):
    """A printer that is busy with another job is asked until it takes ours."""
    printer = ipp(print=[reply(0x0507), reply(0x0507), reply(job_id=3)])
    outcome = send(printer.uri, [PDF], "L", wait=at_once)

    assert outcome.state is State.PRINTED
    assert len(printer.documents) == 3


ENDS = {
    "always busy": ({"print": [reply(0x0507)]}, State.NOTHING, "一直忙"),
    "not accepting": ({"print": [reply(0x0506)]}, State.NOTHING, "不接收任务"),
    "unknown refusal": ({"print": [reply(0x04FF)]}, State.NOTHING, "不接收这个任务"),
    "no such printer": ({"printer": [reply(0x0406)]}, State.NOTHING, "核对地址"),
    "says nothing": ({"printer": [reply(0x0500)]}, State.NOTHING, "不肯说明"),
    "no pdf": (
        {"printer": [reply(document_format_supported="image/urf")]},
        State.NOTHING,
        "不收PDF",
    ),
    "no a4": (
        {"printer": [reply(media_supported="na_letter_8.5x11in")]},
        State.NOTHING,
        "不能用A4纸",
    ),
    "locked": ({"printer": [None]}, State.NOTHING, "拒绝了连接（403）"),
    "no printer at all": ({"printer": [b"<html>"]}, State.NOTHING, "不像是打印机"),
    "cancelled": ({"job": [reply(job_state=7)]}, State.BROKEN, "任务被取消"),
    "aborted": (
        {"job": [reply(job_state=8, job_printer_state_reasons="media-jam-error")]},
        State.BROKEN,
        "卡纸",
    ),
    "paper out": (
        {"job": [reply(job_state=5, job_printer_state_reasons=("media-empty-error", "none"))]},
        State.WAITING,
        "缺纸",
    ),
    "cover open, said by the printer": (
        {
            "job": [reply(job_state=6)],
            "printer": [reply(), reply(printer_state_reasons=("cover-open", "media-low-report"))],
        },
        State.WAITING,
        "机盖没有关、纸快用完",
    ),
    "switched off behind a print system": (
        {
            "job": [
                reply(
                    job_state=5,
                    job_printer_state_message="The printer may not exist or is unavailable.",
                )
            ]
        },
        State.WAITING,
        "没有开机或连不上",
    ),
    "no reason": ({"job": [reply(job_state=5)]}, State.WAITING, "还没有说打完"),
    "forgotten": ({"job": [reply(0x0406)]}, State.UNKNOWN, "没有留下记录"),
    "nonsense later": ({"job": [b"?"]}, State.UNKNOWN, "联系不上"),
}


@pytest.mark.parametrize("name", ENDS)
def test_what_became_of_a_job_is_told(name, ipp):
    """Busy, refused, out of paper, off, gone and done are each told as what they are."""
    answers, state, said = ENDS[name]
    outcome = send(ipp(**answers).uri, [PDF], "L-000001", patience=2, wait=at_once)

    assert (outcome.state, said in outcome.said) == (state, True), outcome
    assert not re.search(r"[a-z]{3}", outcome.said)
    assert str(outcome).startswith(f"{state}：")


def test_a_printer_that_is_off_gets_nothing():
    """Where nobody listens, nothing was printed, and that is said."""
    outcome = send("ipp://127.0.0.1:9/ipp/print", [PDF], "L", wait=at_once)

    assert outcome.state is State.NOTHING
    assert "没有开机" in outcome.said


def test_one_has_patience_for_as_long_as_was_said():
    """Pauses grow and come to about the patience given; none gives no pause."""
    waits = list(pauses(30))

    assert 30 <= sum(waits) < 33
    assert waits == sorted(waits)
    assert list(pauses(0)) == []


def roll(language, target, **change):
    return evolve(at(203), id="x", name="标签机", language=language, target=target, **change)


PICTURE = draw(templates()["medium-40x12"], LONGEST, at(203))
LABEL = {"zpl": zpl(PICTURE, at(203)), "tspl": tspl(PICTURE, at(203))}
READY = {"zpl": zpl_status(), "tspl": b"\x00"}
ROLLS = {
    "zpl printed": ("zpl", [READY["zpl"]], State.PRINTED, "全部打完"),
    "zpl prints a while": (
        "zpl",
        [READY["zpl"], zpl_status(left=3), zpl_status(formats=1), READY["zpl"]],
        State.PRINTED,
        "全部打完",
    ),
    "zpl out of paper": ("zpl", [zpl_status(out=1)], State.NOTHING, "缺纸"),
    "zpl open": ("zpl", [zpl_status(head=1, ribbon=1)], State.NOTHING, "机盖没有关、缺碳带"),
    "zpl paused later": ("zpl", [READY["zpl"], zpl_status(paused=1)], State.WAITING, "被暂停"),
    "zpl still printing": ("zpl", [READY["zpl"], zpl_status(left=9)], State.WAITING, "还在打印"),
    "zpl silent": ("zpl", [b""], State.UNKNOWN, "可能缺纸、开盖"),
    "zpl nonsense": ("zpl", [b"\x02x\x03\x02y\x03\x02z\x03"], State.UNKNOWN, "不回报"),
    "tspl printed": ("tspl", [b"\x00", b"\x20", b"\x20", b"\x00"], State.PRINTED, "全部打完"),
    "tspl out of paper": ("tspl", [b"\x04"], State.NOTHING, "缺纸"),
    "tspl open and jammed": ("tspl", [b"\x03"], State.NOTHING, "机盖没有关、卡纸"),
    "tspl out of ribbon later": ("tspl", [b"\x00", b"\x08"], State.WAITING, "缺碳带"),
    "tspl other fault": ("tspl", [b"\x80"], State.NOTHING, "有别的故障"),
    "tspl silent": ("tspl", [b""], State.UNKNOWN, "不回报"),
}


@pytest.mark.parametrize("device", [False, True], ids=["network", "device"])
@pytest.mark.parametrize("name", ROLLS)
def test_a_label_printer_is_asked_how_it_is(name, device):
    """Labels reach a printer byte for byte unless it says it cannot print, and its end is awaited."""
    language, answers, state, said = ROLLS[name]
    printer = RollPrinter(answers, device=device)
    try:
        target = roll(language, printer.target)
        outcome = deliver(target, [LABEL[language]] * 3, "L", patience=2, wait=at_once)
        time.sleep(0.05)
    finally:
        printer.close()

    assert (outcome.state, said in outcome.said) == (state, True), outcome
    assert printer.printed == (b"" if state is State.NOTHING else LABEL[language] * 3)


def test_a_printer_that_never_answers_is_not_asked():
    """A printer set down as one that does not answer is sent its labels, the result unknown."""
    printer = RollPrinter([b""])
    try:
        target = roll("tspl", printer.target, answers=False)
        outcome = deliver(target, [LABEL["tspl"]], "L", wait=at_once)
        time.sleep(0.05)
    finally:
        printer.close()

    assert (outcome.state, printer.printed) == (State.UNKNOWN, LABEL["tspl"])


def test_a_printer_that_stops_half_way_is_told():
    """A line that breaks while labels are sent leaves nobody thinking they were printed."""
    printer = RollPrinter([READY["zpl"]], deaf_after=100_000)
    try:
        many = [b"^XA" + b"0" * 60_000 + b"^XZ"] * 400
        outcome = deliver(roll("zpl", printer.target), many, "L", wait=at_once)
    finally:
        printer.close()

    assert outcome.state is State.BROKEN
    assert "一半" in outcome.said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("socket://127.0.0.1:9", "没有开机"),
        ("device:/dev/usb/lp99", "没有接好"),
        ("device:{file}", "不是打印机设备"),
        ("device:{folder}", "不是打印机设备"),
        ("", "没有写 target"),
    ],
)
def test_a_printer_that_is_not_there_gets_nothing(target, said, tmp_path):
    """A wrong address, a missing device and an ordinary file are told apart, and no file is touched."""
    file = tmp_path / "文件"
    file.write_bytes(b"precious")
    where = target.format(file=file, folder=tmp_path)
    outcome = deliver(roll("zpl", where), [LABEL["zpl"]], "L", wait=at_once)

    assert (outcome.state, said in outcome.said) == (State.NOTHING, True), outcome
    assert file.read_bytes() == b"precious"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use every device")
def test_a_device_without_permission_names_the_group(tmp_path):
    """A device this user may not write tells him which group to be put into."""
    assert "lp 组" in deliver(roll("zpl", "device:/dev/mem"), [b""], "L", wait=at_once).said


@pytest.mark.parametrize(
    ("answer", "good", "said"),
    [(b"\x00", True, "可用"), (b"\x04", False, "缺纸"), (b"", False, "不回报状态")],
)
def test_a_label_printer_says_how_it_is_without_printing(answer, good, said):
    """Asking a printer how it is prints nothing."""
    printer = RollPrinter([answer])
    try:
        able, told = hello(roll("tspl", printer.target))
    finally:
        printer.close()

    assert (able, said in told) == (good, True)
    assert printer.printed == b""


def test_without_a_print_system_nothing_is_printed(monkeypatch, tmp_path):
    """Where lp is not installed, or nobody runs behind it, that is said."""
    where = printers()["laser"]
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    if not missing_programs():
        outcome = deliver(where, [PDF], "L", wait=at_once)
        assert (outcome.state, outcome.said) == (State.NOTHING, "打印系统没有启动")
        assert lp.queues() is None
    monkeypatch.setenv("PATH", str(tmp_path))

    assert deliver(where, [PDF], "L", wait=at_once).said == lp.NO_PROGRAM
    assert lp.queues() is None


@pytest.mark.parametrize(
    ("said", "server"),
    [
        ("127.0.0.1:8640", Server("127.0.0.1", 8640)),
        ("printhost", Server("printhost", 631)),
        ("printhost:631/version=1.1", Server("printhost", 631)),
        ("/run/cups.sock", Server("/run/cups.sock")),
    ],
)
def test_the_print_system_is_where_it_says(said, server, monkeypatch):
    """The address of the print system is read as its own programs read it."""
    monkeypatch.setenv("CUPS_SERVER", said)

    assert lp.server() == server


def fake_lp(folder, script):
    path = Path(folder) / "lp"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    for name in ("lpstat",):
        (Path(folder) / name).write_text("#!/bin/sh\necho scheduler is running\n")
        (Path(folder) / name).chmod(0o755)


@pytest.mark.parametrize(
    ("complaint", "said"),
    [
        ("The printer or class does not exist.", "没有这个打印队列"),
        ('Destination "laser" is not accepting jobs.', "不接收任务"),
        ("Forbidden", "不许本用户打印"),
        ("Request entity too large", "收不下"),
        ("Something new", "不接收这个任务"),
    ],
)
def test_what_lp_complains_of_is_said_in_chinese(complaint, said, monkeypatch, tmp_path):
    """Each refusal of the print system is told in words an officer can act on."""
    fake_lp(tmp_path, f"cat >/dev/null; echo 'lp: Error - {complaint}' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    outcome = lp.send("laser", [PDF], "L", page="A4", wait=at_once)

    assert (outcome.state, said in outcome.said) == (State.NOTHING, True), outcome


def test_lp_is_told_paper_and_scale(monkeypatch, tmp_path, ipp):
    """The sheet goes in by standard input, with paper, scale and side said, and is followed by IPP."""
    printer = ipp()
    fake_lp(
        tmp_path,
        f"cat >{tmp_path}/got; echo \"$@\" >{tmp_path}/words; echo 'request id is a-b-12 (0 file(s))'",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("CUPS_SERVER", printer.uri[6:].partition("/")[0])
    outcome = lp.send("a-b", [PDF], "L-000003", page="A4", wait=at_once)
    words = (tmp_path / "words").read_text().split()

    assert (outcome.state, outcome.job) == (State.PRINTED, "12")
    assert (tmp_path / "got").read_bytes() == PDF
    assert words == [
        "-d",
        "a-b",
        "-t",
        "L-000003",
        "-o",
        "media=iso_a4_210x297mm",
        "-o",
        "print-scaling=none",
        "-o",
        "sides=one-sided",
        "-",
    ]
    lp.send("a-b", [LABEL["zpl"]], "L", wait=at_once)
    assert (tmp_path / "words").read_text().split() == ["-d", "a-b", "-t", "L", "-o", "raw", "-"]


@pytest.fixture(scope="module")
def system():
    """A real print system and a real IPP printer on loopback."""
    if lacking := missing_programs():
        pytest.skip(f"not installed here: {', '.join(lacking)}")
    # The print system works as a user of its own, who may not enter pytest's folders.
    with tempfile.TemporaryDirectory(prefix="baomi-") as folder:
        running = PrintSystem(folder)
        yield running
        running.close()


@pytest.fixture
def sheet():
    """A sheet of labels, and where each code ought to be on it."""
    template = templates()["computer-50x30"]
    pdf, expected, _ = sheet_pdf(sheets()["a4-3x7"], template, Place(4, (9,)), PLAIN, 17)
    return pdf, expected


def arrived(system, before):
    """The one document the printer has got since."""
    (new,) = set(system.got.iterdir()) - before
    return new.read_bytes()


@pytest.mark.heavy
def test_a_real_ipp_printer_gets_the_sheet(system, sheet):
    """A real printer, whose own paper is Letter, receives the sheet byte for byte and reports its end."""
    before = set(system.got.iterdir())
    outcome = send(system.uri, [sheet[0]], "L-000021", patience=60)

    assert outcome.state is State.PRINTED
    assert arrived(system, before) == sheet[0]


@pytest.mark.heavy
def test_a_real_print_system_keeps_the_sheet_at_its_size(system, sheet, monkeypatch):
    """Through CUPS and its filters each code is still within a tenth of a millimetre of its place."""
    monkeypatch.setenv("CUPS_SERVER", system.environment["CUPS_SERVER"])
    system.queue("laser")
    before = set(system.got.iterdir())
    assert lp.queues() == {"laser": True}
    outcome = deliver(
        evolve(printers()["laser"], target="lp:laser"), [sheet[0]], "L-000022", patience=90
    )
    got = arrived(system, before)
    found = measured(got)

    assert outcome.state is State.PRINTED
    with pypdfium2.PdfDocument(got) as document:
        assert [round(document[0].get_width() / 72 * 25.4)] == [210]
    assert found.keys() == sheet[1].keys()
    for code, (_, x, y) in sheet[1].items():
        assert abs(found[code][1] - x) < 0.1
        assert abs(found[code][2] - y) < 0.1
    log = (system.folder / "cups" / "page_log").read_text("utf-8")
    assert "L-000022" in log
    assert not re.search(r"[\u4e00-\u9fff]|JSJ|标签", log)
    assert not list((system.folder / "cups" / "spool").glob("d*"))
    left = [each for each in (system.folder / "cups" / "tmp").iterdir() if each.is_file()]
    assert not [each for each in left if b"%PDF" in each.read_bytes()]


@pytest.mark.heavy
def test_a_real_printer_that_is_off_is_waiting(system, sheet, monkeypatch):
    """A job for a printer that was switched off is told as waiting, and printed once it is on again."""
    monkeypatch.setenv("CUPS_SERVER", system.environment["CUPS_SERVER"])
    system.queue("off")
    system.switch_off()
    try:
        outcome = lp.send("off", [sheet[0]], "L-000023", page="A4", patience=6)
        direct = send(system.uri, [sheet[0]], "L", wait=at_once)
    finally:
        system.switch_on()

    assert outcome.state is State.WAITING
    assert "没有开机或连不上" in outcome.said
    assert direct.state is State.NOTHING
    again = follow(lp.server(), "ipp://localhost/printers/off", int(outcome.job), 120)
    assert again.state is State.PRINTED


@pytest.mark.heavy
@pytest.mark.parametrize("language", ["zpl", "tspl"])
def test_a_raw_queue_passes_labels_on(language, system, monkeypatch):
    """Through a raw queue of CUPS a label printer's language arrives byte for byte."""
    monkeypatch.setenv("CUPS_SERVER", system.environment["CUPS_SERVER"])
    printer = RollPrinter([b""])
    try:
        system.raw_queue(language, printer.target)
        outcome = deliver(
            roll(language, f"lp:{language}"), [LABEL[language]] * 2, "L-000024", patience=60
        )
    finally:
        printer.close()

    assert outcome.state is State.PRINTED
    assert printer.printed == LABEL[language] * 2
