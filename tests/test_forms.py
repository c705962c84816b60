"""Forms as data: every printed word in its place, boxes that say what the data say, room to sign."""

import io
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import docx as word
import pytest
from attrs import evolve
from openpyxl import load_workbook

from ledger.forms.docx import docx
from ledger.forms.form import Form, InvalidForm, form_named, shipped
from ledger.forms.layout import EMPTY_BOX, TICKED_BOX, across, laid_out
from ledger.forms.text import text
from ledger.forms.xlsx import xlsx
from ledger.level import Level
from ledger.room.filling import FILLERS, Subject, Unfillable
from ledger.room.paperwork import MOST_CELLS, import_page, paper_of
from ledger.spreadsheet import TooLong
from ledger.text import InvalidText
from tests.showroom import Showroom

CASES = tomllib.loads((Path(__file__).parent / "cases" / "forms.toml").read_text("utf-8"))
SEVEN = (
    "inspection",
    "disclosure",
    "leak_report",
    "leak_closing",
    "checklist",
    "activity",
    "copy_register",
)
"""The forms that the regulation itself draws or spells out."""


@pytest.fixture(name="show", scope="module")
def _show(tmp_path_factory):
    return Showroom(tmp_path_factory.mktemp("show") / "room")


def printed(layout):
    """Everything on a form in reading order, as one text."""
    boxes = sorted(layout.boxes, key=lambda box: (box.row, box.column))
    lines = ["".join(run.text for run in line) for b in boxes for line in (*b.lines, *b.foot)]
    sides = [side for pair in layout.before for side in pair]
    return "\n".join((layout.title, *sides, *lines, *(s for p in layout.after for s in p)))


def in_order(words, text):
    """The first of some words that does not occur after those before it; blank if all do."""
    at = 0
    for piece in words:
        found = text.find(piece, at)
        if found < 0:
            return piece
        at = found + len(piece)
    return ""


def of_docx(raw):
    document = word.Document(io.BytesIO(raw))
    seen, texts = set(), []
    before, after = [], []
    table = document.tables[0]
    passed = False
    for child in document.element.body:
        if child.tag.endswith("}tbl"):
            passed = True
        elif child.tag.endswith("}p"):
            words = "".join(t.text or "" for t in child.iter() if t.tag.endswith("}t"))
            (after if passed else before).append(words)
    for row in table._tbl.tr_lst:
        for cell in row.tc_lst:
            if cell not in seen:
                seen.add(cell)
                texts.append("\n".join(p.text for p in word.table._Cell(cell, table).paragraphs))
    return "\n".join((*before, *texts, *after))


def of_xlsx(raw):
    page = load_workbook(io.BytesIO(raw)).active
    return "\n".join(str(c.value) for row in page.iter_rows() for c in row if c.value is not None)


@pytest.mark.parametrize("name", shipped())
def test_every_printed_word_is_in_its_place(name):
    """Each form has its words in order, in every form of writing, and none is forgotten here."""
    layout = laid_out(form_named(name), {})
    case = CASES[name]

    assert layout.title == case["title"]
    for shown in (printed(layout), of_docx(docx(layout)), of_xlsx(xlsx(layout))):
        assert in_order(case["words"], shown) == ""


def test_the_seven_forms_of_the_regulation_are_among_them():
    """The forms the regulation draws, and those its articles ask for, are all there."""
    assert set(SEVEN) <= set(shipped()) == set(CASES)
    assert set(FILLERS) == set(shipped())


GRIDS = {
    "inspection": (7, 19),
    "disclosure": (5, 8),
    "leak_report": (2, 7),
    "leak_closing": (2, 7),
    "checklist": (5, 32),
    "activity": (5, 26),
    "copy_register": (8, 15),
}


@pytest.mark.parametrize("name", SEVEN)
def test_every_cell_of_the_grid_is_covered_once(name):
    """The cells of each form fill its grid without a gap and without lying over each other."""
    layout = laid_out(form_named(name), {})
    places = [
        (row, column)
        for box in layout.boxes
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    ]
    columns, rows = GRIDS[name]

    assert len(places) == len(set(places)) == columns * rows
    assert (len(layout.columns_cm), len(layout.heights_cm)) == (columns, rows)


TICKS = [
    ("level", "绝密", "绝密"),
    ("level", ["秘密"], "秘密"),
    ("top_state", ["齐全", "复印"], "齐全"),
    ("top_state", {"复印"}, "复印"),
]


def ticked(layout):
    return [
        "".join(run.text for run in line).split(TICKED_BOX, 1)[1][:2]
        for box in layout.boxes
        for line in box.lines
        if any(run.text == TICKED_BOX for run in line)
    ]


@pytest.mark.parametrize(("name", "value", "word"), TICKS)
def test_boxes_say_what_the_data_say(name, value, word):
    """A box is ticked where its word is the value or among the values, and nowhere else."""
    layout = laid_out(form_named("inspection"), {name: value})

    assert word in ticked(layout)
    assert len(ticked(layout)) == (1 if isinstance(value, str) else len(value))
    assert ticked(laid_out(form_named("inspection"), {})) == []


@pytest.mark.parametrize(
    ("value", "line"), [(True, "是■ 否□"), (False, "是□ 否■"), (None, "是□ 否□")]
)
def test_truths_tick_yes_or_no(value, line):
    """Yes, no and not known are three things."""
    layout = laid_out(form_named("disclosure"), {"secret": value, "way": "依申请公开"})

    assert f"或个人隐私）；{line}" in printed(layout)
    assert f"主动公开{EMPTY_BOX}" in printed(layout)
    assert f"依申请公开{TICKED_BOX}" in printed(layout)


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_lists_grow_and_their_label_with_them(count):
    """A list has three rows at least, more where there is more, and its label spans them all."""
    items = [{"doc_no": f"{n}号"} for n in range(count)]
    layout = laid_out(form_named("inspection"), {"top_secret": items})
    label = next(
        b for b in layout.boxes if b.lines[0][:1] and b.lines[0][0].text == "绝密件管理情况"
    )

    assert label.rows == 1 + max(count, 3)
    assert all(f"{n}号" in printed(layout) for n in range(count))


def test_a_list_may_be_empty():
    """A form whose list needs no row at all is still a whole grid."""
    form = Form.read(
        'title = "甲"\ncolumns_cm = [1.0, 2.0]\n[[rows]]\ncells = [{text = "a", down = 2}, {text = "b"}]'
        '\n[[rows]]\neach = "x"\ncells = [{text = "{y}"}]',
        "甲",
    )

    assert [box.rows for box in laid_out(form, {}).boxes] == [1, 1]
    assert [box.rows for box in laid_out(form, {"x": [{"y": 1}, {"y": 2}]}).boxes] == [3, 1, 1, 1]


BAD = [
    ("title = ", "末尾不完整"),
    ('title = "x"', "缺少必要的项目"),
    ('title = "x"\ncolumns_cm = [1]\nrows = [{cells = [{txt = "a"}]}]', "不认识的项目“txt”"),
    ('title = "x"\ncolumns_cm = [1]\nrows = [{cells = [{}, {}]}]', "第1行的格数与列数不符"),
    (
        'title = "x"\ncolumns_cm = [1, 1]\nrows = [{cells = [{down = 2}, {}]}, {cells = [{}, {}]}]',
        "第2行的格数与列数不符",
    ),
    ('title = "x"\ncolour = 1\ncolumns_cm = [1]\nrows = []', "不认识的项目“colour”"),
]


@pytest.mark.parametrize(("toml", "said"), BAD)
def test_a_form_that_is_no_grid_is_told(toml, said):
    """A form the unit wrote itself and wrote wrongly gets one sentence."""
    with pytest.raises(InvalidForm, match=said):
        Form.read(toml, "x")


def test_forms_go_by_any_part_of_their_title(show):
    """A form is found by name, title or a word of it that no other has."""
    assert form_named("清点单") == form_named("count_sheet") == form_named("保密室清点单")
    assert form_named("常态化").title.startswith("{place}")
    with pytest.raises(InvalidForm, match=r"可以是几种表格：.*传阅单"):
        form_named("涉密")
    with pytest.raises(InvalidForm, match=r"没有“飞机票”这种表格，有：.*清点单"):
        form_named("飞机票")


def test_a_unit_may_have_forms_of_its_own(show, tmp_path):
    """A form in the room's folder goes before the one of the same name that is shipped."""
    own = tmp_path / "forms"
    own.mkdir()
    (own / "loan_slip.toml").write_text(
        'title = "本局借阅单"\ncolumns_cm = [5]\n[[rows]]\ncells = [{text = "{number}"}]', "utf-8"
    )

    assert form_named("loan_slip", tmp_path).title == "本局借阅单"
    assert form_named("本局借阅单", tmp_path).name == "loan_slip"


def test_the_place_is_a_setting(show):
    """The city's name stands on the form where the room's settings give one."""
    plain = paper_of(show.room, "checklist", Subject(), {}).layout
    settings = show.room.folder / "room.toml"
    old = settings.read_text("utf-8")
    settings.write_text(f'{old}\n[forms]\nplace = "江门市"\n', "utf-8")
    try:
        named = paper_of(show.room, "checklist", Subject(), {}).layout
    finally:
        settings.write_text(old, "utf-8")
    asked = paper_of(show.room, "checklist", Subject(), {"place": "恩平市"}).layout

    assert plain.title == "保密工作常态化检查服务项目表"
    assert named.title == "江门市保密工作常态化检查服务项目表"
    assert "《江门市市直保密工作协作组工作规则》" in printed(named)
    assert asked.title.startswith("恩平市")


FILLED = [
    ("count_sheet", ("G-01",), ("G-01柜", "应有3件", "WJ-2026-0003", "关于某项核心事项的意见")),
    ("count_sheet", (), ("全室", "WJ-2026-0003")),
    (
        "destruction_list",
        ("WJ-2026-0006",),
        ("会议材料汇总", "示厅函〔2026〕9号", "文件1件，共1件"),
    ),
    ("clearance_list", ("WJ-2026-0001",), ("示厅发〔2026〕7号", "000123", "以上共1份")),
    ("loan_slip", ("WJ-2026-0006",), ("张华", "业务科", "2026-05-01", "核对数据", "秘密★1年")),
    (
        "circulation_slip",
        ("WJ-2026-0001",),
        ("李国强、陈刚", "2026-03-21 09:30", "2026-03-22 10:15"),
    ),
    ("hand_over_list", ("陈刚",), ("移交人：陈刚", "WJ-2026-0001", "WJ-2026-0007", "以上共2件")),
    ("carry_out_sheet", ("JZ-0001",), ("陈刚、王敏", "专用密码箱", "2026-04-10", "汇报")),
    ("copy_register", (), ("2026-03-27", "会议材料汇总", "示厅函〔2026〕9号", "秘密★1年")),
    ("leak_report", ("AJ-2026-002",), ("示范局", "WJ-2026-0010", "清点时未见", "示范市保密局")),
    ("leak_closing", ("AJ-2026-002",), ("会议材料汇总", "AJ-2026-002")),
    ("closing_papers", ("AJ-2026-002",), ("案件编号：AJ-2026-002",)),
]


@pytest.mark.parametrize(("name", "numbers", "words"), FILLED)
def test_forms_are_filled_from_the_book(show, name, numbers, words):
    """What the ledger knows stands on the form; what only people know is left blank."""
    paper = paper_of(show.room, name, Subject(numbers=numbers), {})
    shown = printed(paper.layout)

    assert [word for word in words if word not in shown] == []
    assert paper.filled


def test_the_inspection_record_counts_for_its_span(show):
    """Numbers, kinds, loans, copies and readers are worked out for the days that are inspected."""
    whole = printed(paper_of(show.room, "inspection", Subject(), {}).layout)
    before = printed(paper_of(show.room, "inspection", Subject(end=date(2026, 3, 20)), {}).layout)

    assert "离岗1人（张华），签订承诺书1人" in whole
    assert "新登记涉密人员4人" in whole
    assert "示厅绝〔2026〕1号" in whole
    assert "■外借" in whole
    assert "复印2份" in whole
    assert "遗失待查1件：WJ-2026-0010" in whole
    assert "复印2份" not in before
    assert "离岗" in before
    assert "■绝密" in whole


def test_forms_tell_how_secret_they_are(show):
    """A form is as secret as the carriers it tells of; without titles it tells of nothing."""

    def level(name, *numbers, **more):
        return paper_of(show.room, name, Subject(numbers=numbers), {}, **more).level

    assert level("count_sheet", "G-01") is Level.绝密
    assert level("loan_slip", "WJ-2026-0006") is Level.秘密
    assert level("loan_slip", "WJ-2026-0006", titles=False) is None
    assert level("checklist") is None
    bare = paper_of(show.room, "count_sheet", Subject(numbers=("G-01",)), {}, titles=False)
    assert "核心事项" not in printed(bare.layout)


WRONG = [
    ("loan_slip", (), "一件载体的编号"),
    ("loan_slip", ("X",), "一件载体的编号"),
    ("destruction_list", ("X",), "“X”不是登记在册的载体"),
    ("count_sheet", ("G-99",), "没有登记“G-99”这个柜"),
    ("leak_report", ("X",), "一个案件的编号"),
    ("import_report", ("7",), "一批导入"),
    ("checklist", ("WJ-2026-0001",), "不从台账填写"),
]


@pytest.mark.parametrize(("name", "numbers", "said"), WRONG)
def test_forms_are_not_filled_from_what_does_not_fit(show, name, numbers, said):
    """A form asked about the wrong thing says what it wants."""
    with pytest.raises(Unfillable, match=said):
        paper_of(show.room, name, Subject(numbers=numbers), {})


def test_blanks_are_filled_by_the_words_before_them(show):
    """An officer names a blank as it is printed; a script by its name; nobody by another."""
    one = paper_of(show.room, "loan_slip", Subject(numbers=("WJ-2026-0004",)), {"借阅人": "甲"})
    two = paper_of(show.room, "loan_slip", Subject(numbers=("WJ-2026-0004",)), {"borrower": "甲"})

    assert one.layout == two.layout
    assert "甲" in printed(one.layout)
    with pytest.raises(Unfillable, match=r"没有“借书人”这一栏，有：.*借阅人"):
        paper_of(show.room, "loan_slip", Subject(numbers=("WJ-2026-0004",)), {"借书人": "甲"})


def test_lists_may_be_given_as_data(show):
    """A form that is filled by hand takes its rows from a script."""
    given = {"changes": [{"unit": "甲局", "name": "乙"}], "level": "x", "content": "一\n二"}
    paper = paper_of(
        show.room, "activity", Subject(), {k: given[k] for k in ("changes", "content")}
    )

    assert "甲局" in printed(paper.layout)
    assert "一\n二" in printed(paper.layout)


HOSTILE = ["a\x1b[2Jb", "前\u202e后", "[/x]", "长" * 501]


@pytest.mark.parametrize("value", HOSTILE)
def test_what_the_book_would_not_take_no_form_takes(show, value):
    """Terminal commands, turned text and endless text stay off paper as well."""
    with pytest.raises(InvalidText):
        paper_of(show.room, "activity", Subject(), {"content": value})
    with pytest.raises(InvalidText):
        paper_of(show.room, "activity", Subject(), {"changes": [{"name": value}]})


def test_texts_on_a_form_are_only_text():
    """Markup and formulas reach the page as they were written, and never as what they mean."""
    values = {"content": "<w:p/>&amp;=1+1", "writer": "=HYPERLINK(1)", "lead": "<r>x</r>"}
    layout = laid_out(form_named("activity"), values)

    assert "<w:p/>&amp;=1+1" in of_docx(docx(layout))
    page = load_workbook(io.BytesIO(xlsx(layout))).active
    found = {c.value: c.data_type for row in page.iter_rows() for c in row if c.value}
    assert found["=HYPERLINK(1)"] == "s"
    assert found["<r>x</r>"] == "s"


def test_a_spreadsheet_cuts_no_line_beside_another():
    """What does not fit left of the middle shares one cell with what stands at the right end."""
    lines = of_xlsx(xlsx(laid_out(form_named("leak_report"), {}))).split("\n")
    (signed,) = (line for line in lines if "主管领导（签字）" in line)

    assert signed.index("填表人") - signed.index("（签字）：") > 10


def test_a_spreadsheet_signs_at_the_right():
    """Who inspected signs at the right end of the cell, as on paper."""
    page = load_workbook(io.BytesIO(xlsx(laid_out(form_named("inspection"), {})))).active
    (cell,) = (c for row in page.iter_rows() for c in row if "检查人签名" in str(c.value))
    *_, name, day = cell.value.split("\n")

    assert across(day) - across(day.lstrip("　")) > across(day.strip("　"))
    assert len(name) > len(name.lstrip("　")) + 10


@pytest.mark.parametrize("name", shipped())
def test_files_tell_nothing_of_who_made_them(name):
    """Equal forms are equal bytes, and no file names a person, a program or a day."""
    layout = laid_out(form_named(name), {})
    assert docx(layout) == docx(layout)
    assert xlsx(layout) == xlsx(layout)

    with zipfile.ZipFile(io.BytesIO(docx(layout))) as packed:
        core = packed.read("docProps/core.xml").decode()
        assert "python-docx" not in core
        assert "2000-01-01" in core


@pytest.mark.parametrize("name", shipped())
def test_text_forms_are_drawn_in_straight_lines(name):
    """Every line of the table is as wide as every other, whatever it holds."""
    layout = laid_out(form_named(name), {"unit": "示范局", "content": "机密★10年（含U盘）" * 9})
    lines = [line for line in text(layout).splitlines() if line[:1] in "┌├│└"]

    assert len({across(line) for line in lines}) == 1


def test_an_import_has_a_page_for_the_file(show):
    """What an import came to can be put on paper, with what was not taken in and why."""
    values = {"file": "表.csv", "faults": [{"where": "第3行", "why": "日期读不通"}], "findings": []}

    assert "日期读不通" in printed(import_page(show.room, values).layout)


def test_signatures_are_left_for_the_hand(show):
    """No registered name is ever printed where somebody is to sign."""
    names = {person.name for person in show.room.register.people.values()}
    for name, numbers, _ in FILLED:
        layout = paper_of(show.room, name, Subject(numbers=numbers), {}).layout
        feet = [run.text for box in layout.boxes for line in box.foot for run in line]
        signed = "".join((*feet, *(side for pair in layout.after for side in pair)))
        assert not [each for each in names if each in signed]


def test_a_form_no_word_processor_could_open_is_a_workbook(show):
    """A list of a hundred thousand lines is not made into a document; as a workbook it is."""
    paper = paper_of(show.room, "checklist", Subject(), {})
    boxes = paper.layout.boxes * (MOST_CELLS // len(paper.layout.boxes) + 1)
    long = evolve(paper, layout=evolve(paper.layout, boxes=boxes))

    for form in ("docx", "txt"):
        with pytest.raises(TooLong, match="签字的文件放不下，请存成XLSX再打印"):
            long.written(form)
    assert paper.written("docx")
