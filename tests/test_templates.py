"""Templates, sheets and printers: plain files, and a sentence for whatever is wrong in one."""

from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from PIL import Image

from ledger.printing.definition import InvalidDefinition, copied, named, shipped, sources
from ledger.printing.printer import for_file, printers
from ledger.printing.sheet import (
    FRESH,
    Place,
    cells,
    centred,
    numbers,
    places,
    sheet_for,
    sheets,
)
from ledger.printing.template import (
    FIELDS,
    fill,
    read_template,
    template_for,
    templates,
)
from ledger.printing.usage import place_on, remember

SHIPPED = {
    "medium-40x12": (40, 12),
    "medium-25x15": (25, 15),
    "computer-50x30": (50, 30),
    "computer-60x40": (60, 40),
    "cabinet-100x70": (100, 70),
}


def test_five_sizes_are_shipped_each_with_a_sheet():
    """Media, computers and cabinets have templates in five sizes, and each a plain A4 sheet."""
    found = templates()

    assert {id_: (t.width_mm, t.height_mm) for id_, t in found.items()} == SHIPPED
    for template in found.values():
        sheet = sheet_for(template)
        assert sheet.cut
        assert (sheet.label_width_mm, sheet.label_height_mm) == SHIPPED[template.id]
    assert template_for("medium").id == "medium-40x12"
    assert template_for("notebook").id == "medium-40x12"
    assert {template_for(kind).id for kind in ("computer", "device", "paper")} == {"computer-60x40"}
    assert template_for("site").id == "cabinet-100x70"


TEXT = """\
format = 1
[label]
id = "x"
name = "样子"
for = ["medium"]
width_mm = 40.0
height_mm = 12.0
[[item]]
kind = "qr"
x = 0.5
y = 0.5
w = 11.0
h = 11.0
[[item]]
kind = "text"
text = "{number}"
x = 12.0
y = 1.0
w = 20.0
h = 4.0
"""
SHEET = """\
format = 1
[sheet]
id = "x"
name = "纸"
columns = 2
rows = 3
left_mm = 10.0
top_mm = 10.0
pitch_x_mm = 50.0
pitch_y_mm = 20.0
label_width_mm = 45.0
label_height_mm = 18.0
"""
PRINTER = """\
format = 1
[printer]
id = "x"
name = "标签机"
language = "tspl"
target = "socket://10.0.0.8:9100"
dpi = 203
"""

WRONG = {
    "": (
        ("width_mm = 40.0", "widht_mm = 40.0", "是不是“width_mm”"),
        ("[label]", "[labl]", "是不是“label”"),
        ("format = 1", "format = 2", "format 应为 1"),
        ('id = "x"\n', "", "缺少“id”"),
        ("h = 4.0", "h = 4.0\nmin_m = 2.0", "是不是“min_mm”"),
        ("{number}", "{nubmer}", "是不是“number”"),
        ("{number}", "{level.__class__}", "不认识“level.__class__”"),
        ("{number}", "{number", "花括号不成对"),
        ("{number}", "", "没有写 text"),
        ('kind = "text"', 'kind = "txet"', "是不是“text”"),
        ('kind = "text"', 'kind = "text"\noverflow = "cut"', "overflow只能是"),
        ('kind = "text"', 'kind = "text"\nalign = 3', "align只能是"),
        ('for = ["medium"]', 'for = ["medum"]', "for 应是一串种类"),
        ('for = ["medium"]', 'for = "medium"', "for 应是一串种类"),
        ("x = 12.0", "x = 35.0", "超出标签左右边"),
        ("y = 1.0", "y = 9.0", "超出标签上下边"),
        ("x = 12.0", "x = 11.0", "二维码与文字“{number}”重叠"),
        ("w = 20.0", 'w = "宽"', "w应是0.1到500的数"),
        ("w = 20.0", "w = true", "w应是0.1到500的数"),
        ("w = 20.0", "w = nan", "w应是0.1到500的数"),
        ("h = 11.0", "h = 11.0\nquiet = 0", "quiet应是1到10的整数"),
        ("h = 11.0", "h = 11.0\nmin_module_mm = 0.1", "min_module_mm应是0.25到5的数"),
        ("h = 4.0", "h = 4.0\nmin_mm = 1.0", "min_mm应是1.5到100的数"),
        ('kind = "qr"', 'kind = "box"', "要有一个二维码"),
        ("width_mm = 40.0", "width_mm = 400.0", "width_mm应是10到210的数"),
        ('name = "样子"', 'name = "样[/x]子"', "name：像是屏幕排版指令"),
        ('name = "样子"', "name = 7", "name应是一段文字"),
        ('name = "样子"', 'name = "样子"\nusual = 1', "usual应是 true 或 false"),
        ("format = 1", "format = ", "写法有误"),
        ("[label]", "[label", "读不通"),
        ('kind = "text"', 'kind = "image"', "图片要写 file"),
        ('kind = "text"', 'kind = "image"\nfile = "../room.key"', "只写文件名"),
        ('kind = "text"', 'kind = "image"\nfile = "没有.png"', "打不开或不是图片"),
    ),
    "sheets": (
        ("columns = 2", "colums = 2", "是不是“columns”"),
        ("columns = 2", "columns = 0", "columns应是1到30的整数"),
        ("columns = 2", "columns = 5", "标签排到了纸外"),
        ("rows = 3", "rows = 30", "标签排到了纸外"),
        ("pitch_x_mm = 50.0", "pitch_x_mm = 40.0", "叠在一起"),
        ("pitch_y_mm = 20.0", "pitch_y_mm = 10.0", "叠在一起"),
        ("[sheet]", '[sheet]\npage = "A3"', "page只能是A4、A5"),
        ("[sheet]\n", "sheet = 3\n[x]\n", "不认识“x”"),
        (SHEET[SHEET.index("[sheet]") :], "sheet = 3\n", "应有一段[sheet]"),
    ),
    "printers": (
        ('language = "tspl"', 'language = "zlp"', "是不是“zpl”"),
        ("dpi = 203", "dpi = 100", "dpi应是150到1200"),
        ("dpi = 203", "dpi = 203\noffset_x = 1.0", "是不是“offset_x_mm”"),
        ("dpi = 203", "dpi = 203\nrotate = 45", "rotate只能是"),
        ("dpi = 203", "dpi = 203\ninvert = 1", "invert应是 true 或 false"),
        ("socket://10.0.0.8:9100", "http://10.0.0.8", "target要以"),
        ("socket://10.0.0.8:9100", "socket://", "socket://主机:端口"),
        ("socket://10.0.0.8:9100", "socket://a:999999", "socket://主机:端口"),
        ("socket://10.0.0.8:9100", "device:lp0", "完整路径"),
        ("socket://10.0.0.8:9100", "lp:-o raw", "队列名不对"),
        ("socket://10.0.0.8:9100", "lp:", "队列名不对"),
        ("socket://10.0.0.8:9100", "ipp://h/ipp/print", "只送pdf"),
        ('language = "tspl"', 'language = "pdf"', "只送zpl、tspl"),
        (
            '"tspl"\ntarget = "socket://10.0.0.8:9100"',
            '"png"\ntarget = "lp:x"',
            "language写的是png",
        ),
    ),
}
FOLDERS = {"": (TEXT, templates), "sheets": (SHEET, sheets), "printers": (PRINTER, printers)}
CASES = [(folder, *case) for folder, cases in WRONG.items() for case in cases]


def put(room, folder, text, name="mine.toml"):
    path = room / "labels" / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_rooms_own_files_read(folder, tmp_path):
    """A file of the room's own is taken beside the shipped ones."""
    text, read = FOLDERS[folder]
    put(tmp_path, folder, text)

    assert set(read(tmp_path)) == {*read(), "x"}


@pytest.mark.parametrize(("folder", "old", "new", "said"), CASES)
def test_what_is_wrong_in_a_file_is_told(folder, old, new, said, tmp_path):
    """A wrong word names the file and the nearest one, a wrong number its range; nothing is guessed."""
    text, read = FOLDERS[folder]
    assert old in text
    put(tmp_path, folder, text.replace(old, new, 1))
    with pytest.raises(InvalidDefinition) as caught:
        read(tmp_path)

    assert said in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_files_that_are_no_text_are_told(tmp_path):
    """Bytes that are no UTF-8 are an error that names the file."""
    put(tmp_path, "", "").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidDefinition, match=r"mine\.toml读不通"):
        templates(tmp_path)


def test_two_own_files_may_not_have_one_id(tmp_path):
    """Which of two templates of one id is meant is not guessed."""
    put(tmp_path, "", TEXT)
    put(tmp_path, "", TEXT, "other.toml")
    with pytest.raises(InvalidDefinition, match="与另一个文件相同"):
        templates(tmp_path)


def test_a_rooms_own_template_comes_first(tmp_path):
    """A room's own template is used for its kind, and one of a shipped id replaces that one."""
    put(tmp_path, "", TEXT)
    assert template_for("medium", tmp_path).id == "x"
    put(tmp_path, "", TEXT.replace('"x"', '"medium-40x12"').replace("样子", "自己的"))

    assert templates(tmp_path)["medium-40x12"].name == "自己的"
    with pytest.raises(InvalidDefinition, match="没有适用于"):
        template_for("aeroplane")


def test_shipped_files_are_copied_before_they_are_changed(tmp_path):
    """Copying puts a shipped file into the room once, and never over one that is there."""
    source = next(found for found, one in sources(None, "sheets", _sheet) if one.id == "a4-3x7")
    path = copied(tmp_path, "sheets", source)

    assert path == tmp_path / "labels" / "sheets" / "a4-3x7.toml"
    assert path.read_bytes() == (shipped() / "sheets" / "a4-3x7.toml").read_bytes()
    with pytest.raises(InvalidDefinition, match="已经有"):
        copied(tmp_path, "sheets", source)


def _sheet(data, _file):
    from ledger.printing.sheet import read_sheet

    return read_sheet(data, _file)


def test_definitions_are_asked_for_by_id_or_name():
    """Both the id and the Chinese name find a definition, and a slip names the nearest."""
    assert named(templates(), "存储介质 40×12", "标签模板").id == "medium-40x12"
    with pytest.raises(InvalidDefinition, match="是不是“medium-40x12”"):
        named(templates(), "medium-40x21", "标签模板")
    with pytest.raises(InvalidDefinition, match="现有：a4-100x70"):
        named(sheets(), "甲", "标签纸")


def test_every_field_can_be_printed():
    """Each field has a place in braces and a Chinese explanation."""
    values = dict.fromkeys(FIELDS, "值")

    assert fill("".join(f"{{{name}}}" for name in FIELDS), values) == "值" * len(FIELDS)
    assert all(FIELDS.values())


def test_the_layouts_digest_follows_what_is_printed():
    """A moved item or another picture changes a template's digest, a new name does not."""
    import tomllib

    def digest(text):
        return read_template(tomllib.loads(text), Path("x.toml")).layout

    assert digest(TEXT) == digest(TEXT.replace("样子", "别的名字")) == digest(TEXT + "# 说明\n")
    assert digest(TEXT) != digest(TEXT.replace("x = 12.0", "x = 12.1"))
    assert len(digest(TEXT)) == 16


def picture(size, colour="black"):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def test_pictures_lie_beside_their_template(tmp_path):
    """A picture is read with its template; one that is too big or no picture is refused."""
    text = TEXT.replace('kind = "text"', 'kind = "image"\nfile = "徽.png"')
    path = put(tmp_path, "", text)
    beside = path.with_name("徽.png")
    beside.write_bytes(picture((40, 40)))
    first = templates(tmp_path)["x"].layout
    beside.write_bytes(picture((40, 40), "white"))

    assert templates(tmp_path)["x"].layout != first
    for content, said in (
        (b"GIF89a", "打不开或不是图片"),
        (b"", "打不开或不是图片"),
        (picture((3000, 3000)), "太大"),
        (picture((40, 40))[:60], "打不开或不是图片"),
    ):
        beside.write_bytes(content)
        with pytest.raises(InvalidDefinition, match=said):
            templates(tmp_path)


def test_labels_start_where_the_sheet_was_left():
    """Cells before the start and spoiled ones are skipped on the first page only."""
    sheet = sheets()["a4-3x7"]
    chosen = list(islice(cells(sheet, Place(19, (20,))), 4))

    assert [(cell.page, cell.number) for cell in chosen] == [(0, 19), (0, 21), (1, 1), (1, 2)]
    assert places(chosen, sheet, FRESH) == Place(3)
    assert places(chosen[:1], sheet, Place(19, (20,))) == Place(20, (20,))
    assert places(chosen[:2], sheet, Place(19, (20,))) == FRESH
    assert (chosen[0].x_mm, chosen[0].y_mm) == (7.25, pytest.approx(15.15 + 6 * 38.1))


def test_a_small_label_stands_in_the_middle_of_its_cell():
    """A label smaller than its cell is centred, and a larger one refused."""
    sheet = sheets()["a4-3x7"]
    cell = centred(next(cells(sheet)), sheet, templates()["computer-50x30"])

    assert (cell.x_mm, cell.y_mm) == (pytest.approx(7.25 + 6.75), pytest.approx(15.15 + 4.05))
    with pytest.raises(InvalidDefinition, match="格子大"):
        centred(cell, sheet, templates()["computer-60x40"])


@pytest.mark.parametrize("place", [Place(0), Place(22), Place(1, (22,)), Place(1, (0,))])
def test_cells_that_do_not_exist_are_refused(place):
    """A start or a spoiled cell beyond the sheet is an error that names how many there are."""
    with pytest.raises(InvalidDefinition, match="只有第1到第21格"):
        next(cells(sheets()["a4-3x7"], place))


def test_cells_are_typed_as_people_write_them():
    """Cells are listed with commas of either width and with ranges."""
    assert numbers("3,7-9，12、3") == (3, 7, 8, 9, 12)
    for text in ("", "a", "3-", "-3", "3,,4", "一"):
        with pytest.raises(ValueError, match="格号要写成"):
            numbers(text)


def test_the_place_on_a_sheet_is_remembered(tmp_path):
    """How far a sheet is used outlasts the program; paper that is cut is always fresh."""
    stock, plain = sheets()["a4-3x7"], sheets()["a4-60x40"]
    assert place_on(stock, tmp_path) == FRESH
    remember(stock, Place(8, (3,)), tmp_path)
    remember(plain, Place(8), tmp_path)

    assert place_on(stock, tmp_path) == Place(8, (3,))
    assert place_on(plain, tmp_path) == FRESH
    assert (tmp_path / "labels" / "sheets.json").stat().st_mode & 0o077 == 0
    remember(stock, Place(99), tmp_path)
    assert place_on(stock, tmp_path) == FRESH
    for content in ("[1]", "{", '{"a4-3x7": {"start": "x"}}', "\x00"):
        (tmp_path / "labels" / "sheets.json").write_text(content)
        with pytest.raises(InvalidDefinition, match="删去它"):
            place_on(stock, tmp_path)


def test_a_files_ending_says_its_language(tmp_path):
    """A file is written in the language its name ends in, at the dots of a printer if one is named."""
    assert [for_file(Path(f"a{end}")).language for end in (".pdf", ".PNG", ".zpl", ".tspl")] == [
        "pdf",
        "png",
        "zpl",
        "tspl",
    ]
    like = printers()["laser"]
    assert for_file(Path("a.png"), tmp_path, like).dpi == 600
    assert for_file(Path("a.png"), tmp_path, like).target == ""
    with pytest.raises(InvalidDefinition, match="结尾"):
        for_file(Path("a.svg"))


def test_shipped_printers_are_examples_that_read():
    """The examples an officer copies are right as they are."""
    assert {printer.road for printer in printers().values()} == {"", "lp", "device"}
    assert {printer.language for printer in printers().values()} == {"pdf", "png", "zpl", "tspl"}
