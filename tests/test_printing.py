"""Labels: codes that scan and check themselves, Chinese without installed fonts, nothing cut."""

import io
from datetime import datetime
from itertools import product

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from ledger import Cabinet, Computer, Level, Medium, Network, Person, Registered
from ledger.event import Amended
from ledger.printing.font import MissingGlyph, font_for, runs
from ledger.printing.payload import (
    KINDS,
    LENGTH,
    InvalidCode,
    Subject,
    genuine,
    read,
    write,
)
from ledger.printing.picture import Unfit, draw
from ledger.printing.sheet import grid
from ledger.printing.template import InvalidTemplate, Template, shipped, template_for
from ledger.room import Room
from ledger.room.labelling import NoLabel, label, scan

KEY = bytes(range(32))
SUBJECT = Subject("medium", 12301, "机密", "BM-2024-0001")
NOON = datetime(2026, 6, 15, 12, 0)


def test_a_code_is_24_digits_that_say_nothing():
    """A code is digits only and shows neither level nor number to a phone."""
    code = write(SUBJECT, 1, KEY)

    assert len(code) == LENGTH
    assert code.isdigit()
    assert code.startswith("110001230101")


def test_a_code_reads_back_to_its_subject():
    """Every kind and issue reads back, and is genuine under its key alone."""
    for kind, issue in product(KINDS, (1, 2, 99)):
        subject = SUBJECT._replace(kind=kind)
        code = read(write(subject, issue, KEY))
        assert (code.kind, code.ident, code.issue) == (kind, 12301, issue)
        assert genuine(code, subject, KEY)
        assert not genuine(code, subject, bytes(32))


def test_a_code_checks_level_and_asset_number():
    """A label from before a change of level or number is no longer genuine."""
    code = read(write(SUBJECT, 1, KEY))

    assert not genuine(code, SUBJECT._replace(level="绝密"), KEY)
    assert not genuine(code, SUBJECT._replace(asset_no="其他"), KEY)
    assert not genuine(code, SUBJECT._replace(ident=12302), KEY)


def test_no_slip_of_a_digit_is_taken_for_a_code():
    """Every single wrong digit and every two exchanged neighbours is refused."""
    code = write(SUBJECT, 1, KEY)
    wrong = {code[:i] + d + code[i + 1 :] for i in range(LENGTH) for d in "0123456789"}
    wrong |= {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(LENGTH - 1)}
    taken = []
    for text in wrong - {code}:
        try:
            found = read(text)
        except InvalidCode:
            continue
        subject = SUBJECT._replace(kind=found.kind, ident=found.ident)
        if (
            found.ident == SUBJECT.ident
            and found.kind == SUBJECT.kind
            and genuine(found, subject, KEY)
        ):
            taken.append(text)

    assert taken == []
    assert len(wrong) > 220


def test_codes_are_taken_as_scanners_and_input_methods_give_them():
    """Full-width digits, groups and line ends are forgiven."""
    code = write(SUBJECT, 1, KEY)
    wide = "".join(chr(0xFF10 + int(d)) for d in code)
    grouped = " ".join(code[i : i + 6] for i in range(0, LENGTH, 6))

    assert read(wide) == read(grouped + "\r\n") == read(code)


@pytest.mark.parametrize("text", ["", "123", "x" * 24, "2" * 24, "19" + "0" * 22, "1" * 25, "[/x]"])
def test_what_is_no_code_is_refused(text):
    """Other numbers, other versions and other texts are no codes."""
    with pytest.raises(InvalidCode):
        read(text)


TEMPLATES = [template_for(kind) for kind in ("medium", "computer", "cabinet")]
LONG = {
    "unit": "示范市示范区示范局保密委员会办公室",
    "number": "JSJ-2026-0001",
    "name": "超低温冰箱联机工作站（细胞计数仪）",
    "person": "欧阳䶮㛃𠅤",
    "department": "小儿先天畸形实验室",
    "place": "本溪研发楼5层小儿先天畸形实验室",
    "kind": "计算机",
    "level": "绝密",
}


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.id)
def test_every_template_scans_at_every_printer(template, dpi):
    """Each size drawn for each usual printer decodes to exactly its code, long names and all."""
    code = write(SUBJECT, 1, KEY)
    picture = draw(template, LONG | {"code": code}, dpi)

    assert picture.mode == "1"
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [(each.text, each.format.name) for each in found] == [(code, "QRCode")]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda each: each.id)
def test_a_text_too_long_for_its_box_is_refused(template):
    """Nothing is cut in silence: the text, its box and what would fit are named."""
    with pytest.raises(Unfit, match="放不进"):
        draw(template, LONG | {"code": "1" * 24, "number": "九" * 60})


def test_a_blank_value_prints_nothing():
    """What is not known leaves its place empty."""
    blank = dict.fromkeys(LONG, "") | {"code": write(SUBJECT, 1, KEY)}

    assert draw(TEMPLATES[0], blank).getbbox()


def test_secret_and_plain_badges_differ_in_shape():
    """A secret's level is white on black and anything else black in a frame."""
    values = LONG | {"code": "1" * 24}

    def black(level):
        picture = draw(TEMPLATES[1], values | {"level": level})
        return picture.crop((30, 30, 400, 110)).convert("L").histogram()[0]

    assert black("机密") > 3 * black("内部")


def test_rare_names_have_glyphs_and_missing_ones_are_named():
    """Names beyond the basic plane print; a character no font has is refused by name."""
    assert [piece for piece, _ in runs("张䶮㛃𠅤")] == ["张䶮㛃𠅤"]
    with pytest.raises(MissingGlyph, match=r"U\+10FFFE"):
        font_for("\U0010fffe")


def good():
    return {
        "format": 1,
        "label": {"id": "x", "name": "x", "for": ["medium"], "width_mm": 40.0, "height_mm": 12.0},
        "item": [{"kind": "qr", "x": 0.5, "y": 0.5, "w": 11.0, "h": 11.0}],
    }


def wrong(change):
    data = good()
    change(data)
    return data


WRONG = {
    "是不是“width_mm”": lambda d: d["label"].update(widht_mm=1),
    "是不是“label”": lambda d: d.update(labl={}),
    "format 应为 1": lambda d: d.update(format=2),
    "缺少'id'": lambda d: d["label"].pop("id"),
    "是不是“min_mm”": lambda d: d["item"][0].update(min_m=1),
    "没有“levle”这个内容": lambda d: d["item"].append(
        {"kind": "text", "x": 0, "y": 0, "w": 1, "h": 1, "text": "{levle}"}
    ),
    "超出标签左右边": lambda d: d["item"][0].update(x=35.0),
    "超出标签下边": lambda d: d["item"][0].update(y=5.0),
}


@pytest.mark.parametrize(("said", "change"), WRONG.items())
def test_templates_that_do_not_read_are_told(said, change):
    """An unknown word, a missing one, or an item off the label is named, with the nearest word."""
    if said == "缺少'id'":
        said = "模板x.toml"
    with pytest.raises(InvalidTemplate) as caught:
        Template.of(wrong(change), "x.toml")

    assert said in str(caught.value)


@pytest.mark.parametrize("field", ["kind", "overflow", "align"])
def test_a_templates_words_are_from_their_lists(field):
    """A kind, overflow or alignment that does not exist is refused."""
    with pytest.raises(InvalidTemplate):
        Template.of(wrong(lambda d: d["item"][0].update({field: "x"})), "x.toml")


def test_a_code_in_too_small_a_box_is_refused():
    """A box too small for scannable modules is refused with the size that would do."""
    template = Template.of(wrong(lambda d: d["item"][0].update(w=6.0, h=6.0)), "x.toml")
    with pytest.raises(Unfit, match="至少要"):
        draw(template, {"code": "1" * 24})


def test_a_rooms_own_templates_come_first(tmp_path):
    """A template in the room's folder is used instead of the shipped one."""
    own = tmp_path / "labels"
    own.mkdir()
    text = (shipped() / "medium-40x12.toml").read_text("utf-8")
    (own / "mine.toml").write_text(text.replace("medium-40x12", "mine"), "utf-8")

    assert template_for("medium", tmp_path).id == "mine"
    (own / "mine.toml").write_text("x =", "utf-8")
    with pytest.raises(InvalidTemplate, match="读不通"):
        template_for("medium", tmp_path)
    with pytest.raises(InvalidTemplate, match="没有适用于"):
        template_for("aeroplane")


def test_a_sheet_holds_as_many_labels_as_fit():
    """An A4 sheet with margins holds whole labels, and at least one."""
    assert grid(60, 40) == (3, 6)
    assert grid(40, 12) == (4, 19)
    assert grid(300, 300) == (1, 1)


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(tmp_path / "room", unit="示范局", clock=lambda: NOON) as room:
        room.record(Registered(thing=Person(name="张䶮")))
        room.record(Registered(thing=Medium(level=Level.机密, serial="S1", keeper="张䶮")))
        room.record(Registered(thing=Computer(network=Network.INTERNAL, asset_no="A1")))
        room.record(Registered(thing=Cabinet(level=Level.机密, name="一号柜")))
        yield room


def codes(pdf):
    """Every code in a PDF rasterised as a printer would, in reading order."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            assert [
                round(mm) for mm in (page.get_width() / 72 * 25.4, page.get_height() / 72 * 25.4)
            ] == [210, 297]
            image = page.render(scale=300 / 72).to_pil().convert("L")
            found += [each.text for each in zxingcpp.read_barcodes(image)]
    return found


def test_a_sheet_of_labels_scans_back_to_its_carriers(room, tmp_path):
    """Each code on the sheet, rasterised, leads to the carrier it was printed for."""
    path = tmp_path / "sheet.pdf"
    sheets = label(room, ["JZ-0001", "JSJ-0001", "G-01", "JZ-0001"], path)

    assert (sheets.labels, sheets.pages) == (3, 3)
    assert [scan(room, code).number for code in codes(path)] == ["JZ-0001", "JSJ-0001", "G-01"]


def test_a_single_label_is_a_picture_at_its_true_size(room, tmp_path):
    """A PNG holds one label and says how many dots an inch it has."""
    path = tmp_path / "one.png"
    label(room, ["JZ-0001"], path)
    picture = Image.open(io.BytesIO(path.read_bytes()))

    assert round(picture.info["dpi"][0]) == 300
    assert [round(side / 300 * 25.4) for side in picture.size] == [40, 12]


def test_a_stale_label_says_why(room, tmp_path):
    """After a change of level the old label names the carrier and asks for a new one."""
    path = tmp_path / "one.png"
    label(room, ["JZ-0001"], path)
    (code,) = zxingcpp.read_barcodes(Image.open(path).convert("L"))
    room.record(Amended(thing=Medium(number="JZ-0001", level=Level.绝密, serial="S1")))
    found = scan(room, code.text)

    assert found.number == "JZ-0001"
    assert "换新标签" in found.trouble


def test_another_rooms_label_names_nothing_here(room, tmp_path):
    """A code for a page this book does not have is told as such."""
    code = write(Subject("medium", 99, "", ""), 1, KEY)

    assert scan(room, code).number == ""
    assert "没有这个标签" in scan(room, code).trouble


def test_labels_that_cannot_be_made_leave_no_file(room, tmp_path):
    """Unknown numbers, people, several labels in a PNG, strange endings and misfits write nothing."""
    room.record(Registered(thing=Medium(number="长" * 60)))
    for numbers, name in (
        (["X"], "a.pdf"),
        (["RY-001"], "a.pdf"),
        (["JZ-0001", "G-01"], "a.png"),
        (["JZ-0001"], "a.svg"),
        ([], "a.pdf"),
        (["长" * 60], "a.png"),
        (["JZ-0001", "长" * 60], "a.pdf"),
    ):
        with pytest.raises(NoLabel):
            label(room, numbers, tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == ["room"]
