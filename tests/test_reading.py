"""Files of every kind as sheets of text: told by content, decoded strictly, hostile ones refused."""

import io
import json
import re
import struct
import zipfile
from datetime import date, datetime

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from ledger.exchange.delimited import guarded, kept, separator, unguarded
from ledger.exchange.directions import Directions
from ledger.exchange.reading import contents
from ledger.exchange.sheet import Blemish
from ledger.exchange.shown import day_text, number_text
from ledger.exchange.source import MOST_BYTES, Source, Unreadable, sniff
from ledger.exchange.xlsx import Grid, xlsx
from tests import files

HEAD = ("编号", "名称")


def sheets(raw, name="f", **said):
    return contents(Source(name, raw), Directions(**said)).sheets


def cells(raw, **said):
    (sheet,) = sheets(raw, **said)
    return [line.cells for line in sheet.lines]


def refused(raw, name="f", **said):
    with pytest.raises(Unreadable) as caught:
        contents(Source(name, raw), Directions(**said))
    return str(caught.value)


KINDS = [
    (files.workbook(甲=[HEAD, ("1", "机")]), "xlsx"),
    (files.old_workbook(甲=[HEAD, ("1", "机")]), "xls"),
    ("<table><tr><td>编号<td>名称<tr><td>1<td>机</table>".encode(), "html"),
    ("编号,名称\n1,机\n".encode(), "csv"),
    ("编号\t名称\n1\t机\n".encode(), "tsv"),
    ('[{"编号": "1", "名称": "机"}]'.encode(), "json"),
    ('{"编号": "1", "名称": "机"}\n'.encode(), "jsonl"),
]


@pytest.mark.parametrize(("raw", "kind"), KINDS, ids=[kind for _, kind in KINDS])
@pytest.mark.parametrize("name", ["x.csv", "x.xls", "x.et", "x"])
def test_a_file_is_what_its_content_says(raw, kind, name):
    """The name's ending decides nothing: a workbook called CSV is a workbook."""
    found = contents(Source(name, raw), Directions())

    assert found.type == kind
    assert [line.cells for line in found.sheets[0].lines] == [HEAD, ("1", "机")]


ENCODINGS = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8"),
    ("gb18030", "gb18030"),
    ("utf-16", "utf-16"),
]


@pytest.mark.parametrize(("codec", "told"), ENCODINGS)
def test_the_ladder_reads_what_chinese_machines_write(codec, told):
    """Marked text, UTF-8 and GB18030 with its rare names are told apart without guessing."""
    raw = "编号,名称\n1,㛃𠮷喆\n".encode(codec)
    found = contents(Source("f", raw), Directions())

    assert found.encoding == told
    assert found.sheets[0].lines[1].cells == ("1", "㛃𠮷喆")


def test_other_encodings_are_asked_for():
    """Big5 is read when it is named; what is no text in the named encoding is refused."""
    raw = "收文日期,主旨\n".encode("big5")

    assert cells(raw, encoding="big5") == [("收文日期", "主旨")]
    assert cells("編號".encode("gbk"), encoding="gb2312") == [("編號",)]
    assert "不是utf-8编码" in refused(raw, encoding="utf-8")
    assert "没有“克林贡”这种编码" in refused(raw, encoding="克林贡")
    assert "认不出" in refused(b"\xff\xff\xff")
    assert "--encoding utf-16" in refused("编号".encode("utf-16-le") + b"\x00a\x00")


LINE_ENDS = ["\n", "\r\n", "\r"]


@pytest.mark.parametrize("end", LINE_ENDS)
def test_lines_end_as_they_like(end):
    """Unix, Windows and old Macintosh line ends part the same rows."""
    assert cells(f"a,b{end}1,2{end}".encode()) == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_separators_are_found_or_named(sign):
    """The sign that parts the cells is the one used most; quotes hide the others."""
    text = f'编号{sign}名称\n1{sign}"a,b;c|d"\n'

    assert separator(text) == sign
    assert cells(text.encode())[1] == ("1", "a,b;c|d")
    assert cells(b"a:b", delimiter=":") == [("a", "b")]


GUARDS = [
    ("=1+1", "'=1+1", "=1+1"),
    ("-86", "'-86", "-86"),
    ("@x", "'@x", "@x"),
    ("＝1", "'＝1", "＝1"),
    ("'=1", "''=1", "''=1"),
    ("''+1", "'''+1", "'''+1"),
    ("'name", "'name", "'name"),
    ("a=1", "a=1", "a=1"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "for_excel", "for_programs"), GUARDS)
def test_guards_against_formulas_come_off_again(text, for_excel, for_programs):
    """What Excel would take for a formula is guarded, and every text reads back as it was."""
    assert (guarded(text), kept(text)) == (for_excel, for_programs)
    assert unguarded(for_excel) == unguarded(for_programs) == text


@given(st.text())
def test_any_text_comes_through_the_guards(text):
    """No text is changed by being guarded and read again."""
    assert unguarded(guarded(text)) == unguarded(kept(text)) == text


SHOWN = [
    (datetime(2024, 3, 5), "yyyy/m/d", "2024-03-05"),
    (datetime(2024, 3, 5), 'yyyy"年"m"月"d"日"', "2024-03-05"),
    (datetime(2024, 3, 5), 'yyyy"年"m"月"', "2024-03"),
    (datetime(2024, 3, 5), "yyyy-mm;@", "2024-03"),
    (datetime(2024, 3, 5), 'yyyy"年"', "2024"),
    (datetime(2024, 3, 5), "[$-804]yyyy/m/d;@", "2024-03-05"),
    (datetime(2024, 3, 5, 9, 30), "yyyy/m/d h:mm", "2024-03-05 09:30:00"),
    (datetime(2024, 3, 5, 9, 30).time(), "h:mm", "09:30"),
]


@pytest.mark.parametrize(("value", "form", "text"), SHOWN)
def test_a_day_is_as_exact_as_its_cell_shows_it(value, form, text):
    """A cell that shows a month holds a month, whatever day lies behind it."""
    assert day_text(value, form) == text


NUMBERS = [
    (7, "General", "7", None),
    (7.0, "General", "7", None),
    (1234567.0, "0", "1234567", None),
    (12.5, "General", "12.5", None),
    (0.1 + 0.2, "General", "0.3", None),
    (7, "0000", "0007", None),
    (12345, "0000", "12345", None),
    (-7, "0000", "-7", None),
    (True, "General", "是", None),
    (123456789012345, "0", "123456789012345", None),
    (440102199001011234, "0", "440102199001011234", Blemish.DAMAGED),
    (4.40102199001011e17, "General", "4.40102199001011E+17", Blemish.DAMAGED),
]


@pytest.mark.parametrize(("value", "form", "text", "blemish"), NUMBERS)
def test_numbers_keep_their_zeros_and_tell_of_lost_digits(value, form, text, blemish):
    """Whole numbers have no point, formats give zeros back, and 16 digits are too many."""
    assert number_text(value, form)[:2] == (text, blemish)


def test_a_workbook_tells_more_than_its_values():
    """Months, zeros, errors, lost digits and formulas without a result are told cell by cell."""
    raw = files.formatted(
        {
            "A2": (datetime(2024, 3, 5), 'yyyy"年"m"月"'),
            "B2": (7, "0000"),
            "C2": ("#N/A", "General"),
            "D2": (440102199001011234, "0"),
            "E2": ("=1+1", "General"),
            "F2": (date(2024, 3, 5), "yyyy/m/d"),
            "G2": (True, "General"),
        },
        [("a", "b", "c", "d", "e", "f", "g")],
    )
    (sheet,) = sheets(raw)
    line = sheet.lines[1]

    assert line.cells == ("2024-03", "0007", "#N/A", "4.40102199001011E+17", "", "2024-03-05", "是")
    assert line.blemishes == {2: Blemish.ERROR, 3: Blemish.DAMAGED, 4: Blemish.UNCACHED}
    assert line.notes == {1: "按单元格格式补足了前面的零"}


def test_an_old_workbook_tells_the_same():
    """XLS and ET give formats, errors, hidden sheets and both calendars of Excel."""
    rows = [
        ("启用", "编号", "身份证", "数"),
        ((date(2024, 3, 5), 'yyyy"年"m"月"'), (7, "0000"), (4.4e17, "0"), True),
        (),
        ((datetime(2024, 3, 5, 9, 30), "yyyy/m/d h:mm"), (12.5, "General"), "", 7),
    ]
    for dates_1904 in (False, True):
        visible, hidden = sheets(files.old_workbook(dates_1904, 甲=rows, 乙_=[HEAD]))
        assert [line.cells[:2] for line in visible.lines[1:]] == [
            ("2024-03", "0007"),
            ("2024-03-05 09:30:00", "12.5"),
        ]
        assert visible.lines[1].blemishes == {2: Blemish.DAMAGED}
        assert visible.lines[1].cells[3] == "是"
        assert [line.number for line in visible.lines] == [1, 2, 4]
        assert hidden.hidden


def test_an_old_workbook_with_an_error_cell_says_so():
    """An error in an old workbook is no text."""
    book = xlwt.Workbook()
    page = book.add_sheet("a")
    page.write(0, 0, "编号")
    page.row(1).set_cell_error(0, "#DIV/0!")
    out = io.BytesIO()
    book.save(out)
    (sheet,) = sheets(out.getvalue())

    assert sheet.lines[1].blemishes == {0: Blemish.ERROR}


def test_texts_are_what_excel_shows():
    """Spelled-out characters are read, and a text that only looks spelled out stays."""
    texts = (
        f'<sst xmlns="{files.MAIN}"><si><t>编号</t></si><si><t>甲_x000D_\n乙</t></si>'
        "<si><r><t>红</t></r><r><t>字</t></r><rPh><t>hong</t></rPh></si>"
        "<si><t>_x005F_x000D_</t></si><si><t>x005F_</t></si></sst>"
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, 6))
    raw = files.raw_sheet(files.sheet_xml(rows), texts)

    assert [row[0] for row in cells(raw)] == ["编号", "甲\r\n乙", "红字", "_x000D_", "x005F_"]


PIECES = [
    "<r>红</r>",
    "<r><t>x</t></r>",
    "=1+1",
    "{=A1}",
    "http://a.b/",
    "00012",
    "1e5",
    "_x000D_",
    "_x005F_x000D_",
    "x005F_",
    "a\r\nb\tc\x01",
    "\ufffe\uffff",
    " 　前后 ",
    "&lt;<>&\"'",
    "𠮷",
]


def test_texts_that_look_like_something_else_survive_a_workbook():
    """Markup, formulas, links, numbers and spelled-out signs are only text."""
    raw = xlsx([Grid(name="甲", headers=("a",), rows=[(piece,) for piece in PIECES])])

    assert [row[0] for row in cells(raw)[1:]] == PIECES


WRITABLE = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(st.lists(st.tuples(WRITABLE, WRITABLE, WRITABLE), min_size=1, max_size=5))
def test_any_table_of_any_text_survives_a_workbook(rows):
    """Formulas, markup, escapes, control characters and blanks come back letter for letter."""
    raw = xlsx([Grid(name="甲", headers=("a", "b", "c"), rows=rows)])
    (sheet,) = sheets(raw)
    found = {line.number: line.cells for line in sheet.lines}

    for number, row in enumerate(rows, 2):
        back = (*found.get(number, ()), "", "", "")[:3]
        assert back == row or not any(cell.strip() for cell in row)


SPANS = (
    "<table border=1><tr><th colspan=2>设备表</th></tr><tr><td>编号</td><td>名称</td></tr>"
    "<tr><td rowspan=2>1<br>2</td><td>&lt;甲&amp;乙&gt;</td></tr><tr><td>丙</td></tr></table>"
)
PAGES = [
    (
        SPANS,
        [("设备表",), ("编号", "名称"), ("1\n2", "<甲&乙>"), ("", "丙")],
    ),
    ("<table><tr><td>编号<tr><td>1<tr><td>2", [("编号",), ("1",), ("2",)]),
    ("<table><tr><td>外<table><tr><td>内</table></td></tr></table>", [("外内",)]),
]


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_web_pages_are_laid_out_as_a_spreadsheet_would(text, expected):
    """Spans take their places, entities are characters, and unclosed cells end by themselves."""
    assert cells(f"<html>{text}</html>".encode()) == expected


def test_a_web_page_says_its_own_charset():
    """The charset a page names is believed if its bytes are that, else the ladder decides."""
    page = '<meta charset="gb2312"><table><tr><td>编号㛃</table>'

    assert cells(page.encode("gb18030")) == [("编号㛃",)]
    assert cells(page.encode("utf-8")) == [("编号㛃",)]
    assert cells(page.replace("gb2312", "nonsense").encode("utf-8")) == [("编号㛃",)]
    assert "不是utf-8编码" in refused(page.encode("gb18030"), encoding="utf-8")


def test_several_tables_of_a_page_are_several_sheets():
    """Each table is a sheet of its own with a name to choose it by."""
    first, second = sheets("<table><tr><td>甲</table><table><tr><td>乙</table>".encode())

    assert (first.name, second.name) == ("表1", "表2")


SPREADSHEET = """<?xml version="1.0" encoding="utf-8"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="甲"><Table>
<Row><Cell><Data ss:Type="String">编号</Data></Cell><Cell ss:MergeAcross="1">
<Data ss:Type="String">名称</Data></Cell><Cell><Data ss:Type="String">启用</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="Number">7</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-05T09:30:00.000</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="乙"><Table><Row><Cell/></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def test_xml_spreadsheets_of_2003_are_read():
    """Skipped rows and cells keep their places, days are days, and hidden sheets are hidden."""
    found = contents(Source("f.xls", SPREADSHEET.encode()), Directions())
    first, second = found.sheets

    assert found.type == "xml"
    assert [(line.number, line.cells) for line in first.lines] == [
        (1, ("编号", "名称", "", "启用")),
        (4, ("7", "", "", "2024-03-05", "是", "#N/A", "2024-03-05 09:30:00")),
    ]
    assert first.lines[1].blemishes == {5: Blemish.ERROR}
    assert first.blank == 2
    assert (second.hidden, second.lines) == (True, ())


OBJECTS = [
    ('[{"a": 1, "b": true}, {"b": false, "c": [1, "x"]}]', {}),
    ('{"records": [{"a": 1, "b": true}, {"b": false, "c": [1, "x"]}]}', {}),
    ('{"x": {"y": [{"a": 1, "b": true}, {"b": false, "c": [1, "x"]}]}, "z": [1]}', {"path": "x.y"}),
    ('{"a": 1, "b": true}\n\n{"b": false, "c": [1, "x"]}\n', {}),
    ('{"a": 1.0, "b": true}\n{"b": false, "c": [1, "x"], "a": null}\n', {"format": "jsonl"}),
]


@pytest.mark.parametrize(("text", "said"), OBJECTS)
def test_objects_are_rows_under_their_keys(text, said):
    """Records of a document or of lines have a column for each key, and truths are words."""
    assert cells(text.encode(), **said) == [("a", "b", "c"), ("1", "是", ""), ("", "否", "1、x")]


def test_what_is_no_record_is_told_by_its_line():
    """A line that does not read, or is no object, is a fault of that line alone."""
    (sheet,) = sheets(b'{"a": 1}\n{"a": \n[1]\n{"a": {"b": 1}, "c": 1.5}\n')

    assert [(line.number, bool(line.torn)) for line in sheet.lines] == [
        (0, False),
        (1, False),
        (2, True),
        (3, True),
        (4, False),
    ]
    assert "不是完整的JSON" in sheet.lines[2].torn
    assert "应是一个对象" in sheet.lines[3].torn
    assert sheet.lines[4].blemishes == {0: Blemish.NESTED}


BRACKETS = ['[1]号,名称\n"x",甲\n', "{甲},b\n1,2\n"]


@pytest.mark.parametrize("text", BRACKETS)
def test_text_that_begins_with_a_bracket_is_still_text(text):
    """A heading in brackets does not make a CSV into JSON."""
    assert contents(Source("f.csv", text.encode()), Directions()).type == "csv"


BAD = [
    (b"", "空文件"),
    (b"PK\x03\x04" + b"0" * 100, "可能已损坏"),
    (b"\xd0\xcf\x11\xe0" + b"0" * 100, "不完整"),
    (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "文字文档"),
    (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "不是完整的XLS"),
    (files.locked(files.workbook(甲=[HEAD])), "加了密码"),
    (files.old_locked(files.old_workbook(甲=[HEAD])), "加了密码"),
    (files.old_workbook(甲=[HEAD])[:3000], "可能已损坏"),
    (files.workbook(甲=[HEAD])[:-200], "可能已损坏"),
    (b"<p>hello</p>", "没有表格"),
    (
        b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
        "XML",
    ),
    (
        b"<!DOCTYPE x><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
        "实体定义",
    ),
    (files.raw_sheet("<!DOCTYPE x>" + files.sheet_xml("")), "实体定义"),
    (files.raw_sheet(files.sheet_xml(files.row_xml(1, XFD="x"))), "超过1000列"),
    (
        files.raw_sheet(files.sheet_xml('<row r="99999999"><c r="A99999999"><v>1</v></c></row>')),
        "行号",
    ),
    (files.raw_sheet("not xml"), "可能已损坏"),
    (b"," * 2000, "超过1000列"),
    (b"a\n" + b"x" * 200_000, "内容过长"),
    (b'a\n"x', "引号没有成对"),
    (b"<table><tr>" + b"<td>x" * 1100 + b"</table>", "超过1000列"),
    (b"[" * 100_000, "不是完整的JSON"),
    (b'{"a": [1], "b": [{"c": 1}], "d": [{"e": 2}]}', "--path"),
    (b'{"a": 1}', "不是一组记录"),
]


@pytest.mark.parametrize(("raw", "said"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_a_table_gets_one_sentence(raw, said):
    """Locked, torn, forged and endless files are refused, each with what to do or what it is."""
    wanted = {"path": "a.b"} if said == "不是一组记录" else {}
    assert said in refused(raw, **wanted)


OTHERS = [
    ("xl/workbook.bin", "XLSB"),
    ("content.xml", "ODS"),
    ("word/document.xml", "文字文档"),
    ("ppt/presentation.xml", "演示文稿"),
    ("readme.txt", "可能已损坏"),
]


@pytest.mark.parametrize(("part", "said"), OTHERS)
def test_other_packages_are_called_by_their_name(part, said):
    """A document of another kind is told apart from a broken workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(part, "x")

    assert said in refused(out.getvalue())


def test_a_file_that_is_too_long_is_not_read(tmp_path):
    """The limit is found out before the file is in memory twice."""
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    with pytest.raises(Unreadable, match="超过100MB"):
        Source.at(path)


def test_hostile_sizes_cost_nothing():
    """A sheet that claims a million columns, or has a gap of a million rows, is read as it is."""
    wide = files.sheet_xml(files.row_xml(1, A="编号"), '<dimension ref="A1:XFD1048576"/>')
    gap = files.sheet_xml(files.row_xml(1, A="编号") + files.row_xml(1_048_576, A="1"))

    assert cells(files.raw_sheet(wide)) == [("编号",)]
    assert [line.number for line in sheets(files.raw_sheet(gap))[0].lines] == [1, 1_048_576]


def test_a_span_of_a_million_cells_is_no_more_than_a_row():
    """Numbers in a page's markup are not believed."""
    page = (
        b"<table><tr><td colspan=999999999 rowspan=99999999>x</td></tr><tr><td>y</td></tr></table>"
    )

    assert [len(row) for row in cells(page)] == [1, 1001]


def test_a_cell_marked_as_a_day_beyond_the_calendar_is_told():
    """A serial number no calendar has is an error, not a text."""
    raw = files.formatted({"A2": (datetime(2024, 3, 5), "yyyy/m/d")}, [("启用",)])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<v>45356</v>", b"<v>99999999999</v>"))
    (sheet,) = sheets(out.getvalue())

    assert sheet.lines[1].blemishes == {0: Blemish.DATE}


@given(st.binary(max_size=300))
def test_any_bytes_end_in_sheets_or_in_a_sentence(raw):
    """Whatever a file holds, it is read or refused in Chinese, and nothing else happens."""
    said = ""
    try:
        contents(Source("f", raw), Directions())
    except Unreadable as refusal:
        said = str(refusal)

    assert not said or re.search("[\u4e00-\u9fff]", said)


def test_sniffing_never_looks_at_the_name():
    """A compound file is told by the streams in it."""
    assert sniff(Source("x.txt", files.old_workbook(甲=[HEAD]))) == "xls"
    assert sniff(Source("x.xlsx", json.dumps([]).encode())) == "json"
    assert struct.unpack("<I", files.old_workbook(甲=[HEAD])[:4])[0] == 0xE011CFD0
