"""What people, scripts and files bring: read by type, told all at once, never doubled."""

import zipfile
from datetime import date, time

import pytest
from openpyxl import Workbook

from ledger import Level, Mark
from ledger.approval import Approval
from ledger.carrier import Computer, Document, Isolation, Medium, Network, Paper
from ledger.event import EVENTS, Amended, Excerpted, Received, Registered
from ledger.exchange.directions import Directions
from ledger.exchange.field import describe_type, read_value
from ledger.exchange.fitting import fitted
from ledger.exchange.importing import BadMapping, plan, plan_source
from ledger.exchange.script import InvalidAct, act_named, kind_named, read_act, slots
from ledger.exchange.source import Source, Unreadable
from ledger.exchange.table import columns
from ledger.level import Sensitivity
from ledger.mark import Unstated
from ledger.notation.codec import read_event, write_event
from ledger.notation.fields import FIELDS
from ledger.notation.words import ACTS, KINDS, act_name
from ledger.person import Circle, Person
from ledger.place import Compartment
from tests.world import world

VALUES = [
    (str, " 甲 ", "甲"),
    (str, 7, "7"),
    (int, "１２", 12),
    (int, 3, 3),
    (int, "3.0", 3),
    (float, "1.5", 1.5),
    (bool, "是", True),
    (bool, "否", False),
    (bool, True, True),
    (bool | None, "", None),
    (int | None, " ", None),
    (date, "2026年3月2日", date(2026, 3, 2)),
    (date | None, None, None),
    (time | None, "9:30", time(9, 30)),
    (Level | None, "机密", Level.机密),
    (Level | None, "", None),
    (Mark | None, "机密★10年", Mark.parse("机密★10年")),
    (Network | None, "内部", Network.INTERNAL),
    (Isolation | None, "逻辑隔离", Isolation.LOGICAL),
    (Sensitivity | None, "工作秘密", Sensitivity.WORK_SECRET),
    (Circle | None, "办公室、RY-001", Circle.of(["办公室", "RY-001"])),
    (Circle, ["甲"], Circle.of(["甲"])),
    (tuple[str, ...], "甲、乙,丙；丁", ("甲", "乙", "丙", "丁")),
    (tuple[str, ...], ["甲", "乙"], ("甲", "乙")),
    (tuple[str, ...], "", ()),
    (tuple[str, ...], None, ()),
    (frozenset[str], "维修、销毁", frozenset({"维修", "销毁"})),
    (tuple[Approval, ...], "李局", (Approval("李局"),)),
    (tuple[Approval, ...], "主管领导:李局", (Approval("李局", "主管领导"),)),
    (tuple[Approval, ...], "制发机关：省厅：1号", (Approval("省厅", "制发机关", "1号"),)),
    (
        tuple[Approval, ...],
        {"by": "李局", "role": "主管领导", "on": "2026-01-02"},
        (Approval("李局", "主管领导", "", date(2026, 1, 2)),),
    ),
    (tuple[Compartment, ...], "1、3：绝密", (Compartment("1"), Compartment("3", Level.绝密))),
]


@pytest.mark.parametrize(("kind", "raw", "value"), VALUES)
def test_a_field_is_read_by_its_type(kind, raw, value):
    """Text from a person, a cell or JSON becomes the value the field is to have."""
    assert read_value(kind, raw) == value
    assert describe_type(kind)


BAD = [
    (str, ["甲"]),
    (str, True),
    (str, "\x1b"),
    (int, "三"),
    (int, "1.5"),
    (float, "x"),
    (bool, "也许"),
    (date, "2026-02-30"),
    (date, ""),
    (time | None, "25:00"),
    (time | None, "九点"),
    (Level | None, "超密"),
    (Mark | None, "机密5年"),
    (Network | None, "外网"),
    (tuple[Approval, ...], ":"),
    (tuple[Approval, ...], "a:b:c:d"),
    (tuple[Approval, ...], {"who": "李局"}),
    (tuple[Compartment, ...], "3:超密"),
    (tuple[str, ...], {"a": 1}),
]


@pytest.mark.parametrize(("kind", "raw"), BAD)
def test_what_does_not_read_is_refused_in_chinese(kind, raw):
    """A value of the wrong kind raises one error with a Chinese sentence."""
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        read_value(kind, raw)


def test_every_act_kind_and_field_has_a_chinese_name_of_its_own():
    """No act, register or field is shown in English, and no two labels of an act are alike."""
    assert set(ACTS) == set(EVENTS)
    assert len(set(ACTS.values())) == len(ACTS)
    for kind in EVENTS:
        labels = [slot.label for slot in slots(kind)]
        assert len(set(labels)) == len(labels)
        assert all(slot.name in FIELDS for slot in slots(kind))
        assert act_named(ACTS[kind]) is act_named(act_name(kind)) is kind
    for page, names in KINDS.items():
        assert [kind_named(name) for name in names] == [page, page]
        assert all(slot.name in FIELDS for slot in slots(Registered, page))


def test_names_are_taken_in_english_and_chinese():
    """The same act reads the same whichever language its names are in."""
    english = {"act": "registered", "kind": "medium", "level": "机密", "serial": "1"}
    chinese = {"事项": "登记", "种类": "介质", "密级": "机密", "序列号": "1"}
    mixed = {"act": "登记", "kind": "介质", "密级": "机密", "serial": "1"}

    found = [read_act(raw, world().register).event for raw in (english, chinese, mixed)]
    assert found == [Registered(thing=Medium(level=Level.机密, serial="1"))] * 3


def test_circumstances_are_told_from_the_act():
    """Day, hour, writer, note and reason belong to the act, not to the event."""
    line = read_act(
        {
            "act": "归还",
            "carrier": "X",
            "on": "2026-01-02",
            "time": "9:30",
            "by": "甲",
            "note": "注",
            "happened": "补记",
        },
        world().register,
    )

    assert line.circumstances == {
        "on": date(2026, 1, 2),
        "clock": time(9, 30),
        "by": "甲",
        "note": "注",
        "happened": "补记",
    }


def test_level_and_term_make_a_mark():
    """A document's mark may come as one field or as two."""
    one = read_act({"act": "收文", "sender": "厅", "mark": "机密★10年"}, world().register).event
    two = read_act(
        {"act": "收文", "sender": "厅", "level": "机密", "term": "10年"}, world().register
    ).event
    bare = read_act({"act": "收文", "sender": "厅", "level": "机密"}, world().register).event

    assert one == two == Received(document=Document(mark=Mark.parse("机密★10年")), sender="厅")
    assert bare.document.mark == Mark(Level.机密, Unstated())


def test_a_paper_may_bring_its_document_or_name_one():
    """A paper's own document number alone means a text the book already has."""
    new = read_act({"act": "登记", "kind": "文件", "title": "甲"}, world().register).event
    old = read_act(
        {"act": "登记", "kind": "文件", "document": "WG-2026-0001"}, world().register
    ).event

    assert new == Registered(thing=Paper(), document=Document(title="甲"))
    assert old == Registered(thing=Paper(document="WG-2026-0001"))


def test_an_excerpt_in_a_notebook_brings_no_document():
    """Writing in a notebook makes no new paper."""
    event = read_act({"act": "摘录", "source": "WJ-1", "into": "BJ-1"}, world().register).event

    assert event == Excerpted(source="WJ-1", into="BJ-1")


def test_an_amended_page_keeps_what_is_not_mentioned():
    """A correction names only what changes."""
    event = read_act(
        {"act": "更正登记", "kind": "人员", "number": "RY-003", "phone": "123"}, world().register
    ).event

    assert isinstance(event, Amended)
    assert isinstance(event.thing, Person)
    assert (event.thing.name, event.thing.phone) == ("陈刚", "123")


WRONG = [
    ([], "应是一个对象"),
    ("x", "应是一个对象"),
    ({}, "没有“”这个事项"),
    ({"act": "lemt"}, "是不是“lent”"),
    ({"act": "开账"}, "只能用 baomi init"),
    ({"act": "登记"}, "没有写明种类"),
    ({"act": "登记", "kind": "飞机"}, "没有“飞机”这种登记"),
    ({"act": "登记", "kind": "文稿"}, "文稿随文件一起登记"),
    ({"act": "登记", "kind": "人员"}, "没有填“名称”"),
    ({"act": "归还"}, "没有填“载体”"),
    ({"act": "归还", "carrier": "X", "carier": "Y"}, "是不是“carrier”"),
    ({"act": "归还", "carrier": "X", "[/x]": "Y"}, "没有“[/x]”这一项"),
    ({"act": "归还", "carrier": "\x1b"}, "“载体”：含有看不见的控制字符"),
    ({"act": "收文", "sender": "厅", "term": "10年"}, "没有密级"),
    ({"act": "收文", "sender": "厅", "level": "超密"}, "密级只有"),
    ({"act": "更正登记", "kind": "介质", "number": "X"}, "登记簿上没有编号“X”"),
    ({"act": "更正登记", "kind": "介质", "number": "JSJ-0001"}, "登记簿上没有编号"),
]


@pytest.mark.parametrize(("raw", "said"), WRONG)
def test_acts_that_do_not_read_are_told_why(raw, said):
    """An act with something wrong gets a sentence that names it."""
    with pytest.raises(InvalidAct) as caught:
        read_act(raw, world().register)

    assert said in str(caught.value)


def test_all_faults_of_an_act_are_told_at_once():
    """Nobody mends one field only to hear about the next."""
    raw = {"act": "登记", "kind": "介质", "level": "超密", "started_on": "2026-02-30"}
    with pytest.raises(InvalidAct) as caught:
        read_act(raw, world().register)

    assert "“密级”" in str(caught.value)
    assert "“启用日期”" in str(caught.value)


def test_flat_json_reads_back_for_pages_and_documents():
    """An event with a page and a text of its own lies flat and reads back."""
    event = Registered(
        thing=Paper(number="WJ-1", document="WG-1", pages=3),
        document=Document(number="WG-1", title="甲", mark=Mark.parse("机密★")),
        cabinet="G-01",
    )
    data = write_event(event)

    assert data["kind"] == "paper"
    assert data["title"] == "甲"
    assert not any(isinstance(value, dict) for value in data.values())
    assert read_event(data) == event


HEADER = "资产编号,设备名称,序列号,责任人,启用日期,没人要\n"


def planned(tmp_path, text, name="f.csv", mapping=None, encoding="utf-8", book=None):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    register = (book or world()).register
    return plan(
        path,
        "计算机",
        register,
        mapping=mapping or {"设备名称": "name"},
        fixed={"网络类别": "内部"},
    )


def test_a_table_becomes_a_plan(tmp_path):
    """Mapped and known columns are read, others listed, and every row is one act."""
    found = planned(tmp_path, HEADER + "A1,甲,S1,张华,2024.3.5,x\nA2,乙,无,张华,,\n")

    assert found.mapping == {
        "资产编号": "asset_no",
        "设备名称": "name",
        "序列号": "serial",
        "责任人": "keeper",
        "启用日期": "started_on",
    }
    assert found.unmapped == ("没人要",)
    assert found.blanks == {("序列号", "无"): 1}
    first, second = (row.event.thing for row in found.new)
    assert first == Computer(
        asset_no="A1",
        name="甲",
        serial="S1",
        keeper="张华",
        started_on=date(2024, 3, 5),
        network=Network.INTERNAL,
    )
    assert second.serial == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_both_usual_encodings_are_told_apart(tmp_path, encoding):
    """UTF-8 with or without its mark, and GB18030 with its rare names, read the same."""
    found = planned(tmp_path, HEADER + "A1,㛃𠮷机,S1,张华,,\n", encoding=encoding)

    assert found.new[0].event.thing.name == "㛃𠮷机"


def test_a_heading_below_a_title_is_found(tmp_path):
    """Title rows above and blank rows between are passed over, and rows keep their numbers."""
    found = planned(
        tmp_path, "某单位设备表,,,,,\n,,,,,\n" + HEADER + "A1,甲,S1,张华,,\n\nA2,乙,,,,\n"
    )

    assert found.table.header_row == 3
    assert [row.row for row in found.new] == [4, 6]


def test_line_breaks_in_cells_are_blanks_and_rows_are_counted_as_seen(tmp_path):
    """A cell that runs over two lines is one text, and the next row's number is the file's."""
    found = planned(tmp_path, HEADER + '"A1","甲\n乙",S1,张华,,\nA2,丙,,,坏日期,\n')

    assert found.new[0].event.thing.name == "甲 乙"
    (fault,) = found.faults
    assert (fault.row, fault.column, fault.header) == (4, "E", "启用日期")


def test_every_fault_is_told_with_row_and_column(tmp_path):
    """All that is wrong with a file is told at once, where the officer sees it."""
    text = (
        HEADER
        + "A1,甲,S1,张华,2024-02-30,\nA1,乙,,,,\nA2,\x07,,,,\nA3,"
        + "长" * 600
        + ",,,,\nA1,戊,,,,\n"
    )
    found = planned(tmp_path, text)

    assert [(fault.row, fault.column) for fault in found.faults] == [
        (2, "E"),
        (2, ""),
        (4, "B"),
        (5, "B"),
        (6, ""),
    ]
    assert "与第3行相同" in found.faults[-1].message
    assert len(found.new) == 1


def test_the_same_file_twice_changes_nothing(tmp_path):
    """Rows that are in the register just so are unchanged; rows that differ are faults."""
    text = HEADER + "A1,甲,S1,张华,2024.3.5,x\n"
    book = world()
    for row in planned(tmp_path, text).new:
        book = book.after(
            {
                "act": "登记",
                "kind": "计算机",
                "asset_no": "A1",
                "name": "甲",
                "serial": "S1",
                "keeper": "张华",
                "started_on": "2024-03-05",
                "network": "内部",
            }
        )
        assert row.row == 2
    again = planned(tmp_path, text, book=book)
    changed = planned(tmp_path, text.replace("甲", "乙"), book=book)

    assert (again.new, again.unchanged, again.faults) == ((), (2,), ())
    assert "名称不同" in changed.faults[0].message


def workbook(tmp_path, rows, name="f.xlsx"):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def test_workbooks_read_like_text(tmp_path):
    """Numbers lose no zeros they have, days are days, and blanks are blank."""
    path = workbook(
        tmp_path,
        [
            ["设备表"],
            ["资产编号", "设备名称", "启用日期", "序列号"],
            [1234567.0, "甲", date(2024, 3, 5), 12.5],
            [None, None, None, None],
            ["A2", "乙", None, 7],
        ],
    )
    found = plan(path, "computer", world().register, mapping={"设备名称": "name"}, fixed={})
    things = [row.event.thing for row in found.new]

    assert found.type == "xlsx"
    assert [thing.asset_no for thing in things] == ["1234567", "A2"]
    assert things[0].started_on == date(2024, 3, 5)
    assert [thing.serial for thing in things] == ["12.5", "7"]
    assert [row.row for row in found.new] == [3, 5]


def unreadable(path):
    with pytest.raises(Unreadable) as caught:
        plan_source(Source.at(path), world().register, Directions(kind="computer"))
    return str(caught.value)


def test_files_that_are_no_tables_get_one_sentence(tmp_path):
    """Missing, binary, locked, damaged, bombs and files without a heading are each told."""
    cases = {
        "x.csv": (b"\xff\xfe\x00\x81\x20", "编码认不出"),
        "nul.csv": (b"a,b\x00\n", "不是文本文件"),
        "old.xls": (b"\xd0\xcf\x11\xe0" + b"0" * 100, "不完整，可能已损坏"),
        "broken.xlsx": (b"PK\x03\x04" + b"0" * 100, "可能已损坏"),
        "nothing.csv": (b"", "空文件"),
        "other.csv": ("甲,乙\n1,2\n".encode(), "找不到认识的表头"),
        "quote.csv": ('资产编号\n"a'.encode(), "引号没有成对"),
        "cell.csv": ("资产编号\n" + "x" * 200_000).encode(),
    }
    for name, given in cases.items():
        raw, said = given if isinstance(given, tuple) else (given, "内容过长")
        (tmp_path / name).write_bytes(raw)
        assert said in unreadable(tmp_path / name)
    assert "没有这个文件" in unreadable(tmp_path / "missing.csv")
    assert "这是一个文件夹" in unreadable(tmp_path)


def test_a_row_beyond_its_heading_is_a_fault_of_that_row(tmp_path):
    """A line with more cells than there are headings is named, and the others are read."""
    found = planned(tmp_path, HEADER + "A1,甲,,,,,多\nA2,乙,,,,\n")

    assert [(fault.row, fault.code) for fault in found.faults] == [(2, "row.extra_cells")]
    assert len(found.new) == 1


def test_zip_bombs_are_not_unpacked(tmp_path):
    """A workbook that would unpack to a hundred times its size is refused unread."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)

    assert "异常庞大" in unreadable(path)


def test_a_zip_that_is_no_workbook_is_told(tmp_path):
    """A zip file of something else is a damaged workbook."""
    path = tmp_path / "z.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "x")

    assert "可能已损坏" in unreadable(path)


def test_mappings_that_fit_nothing_are_told(tmp_path):
    """A column or field that does not exist is named with those that do."""
    with pytest.raises(BadMapping, match="没有“无此列”这一列"):
        planned(tmp_path, HEADER + "A1,甲,,,,\n", mapping={"无此列": "name"})
    with pytest.raises(BadMapping, match="没有“nme”这一项"):
        planned(tmp_path, HEADER + "A1,甲,,,,\n", mapping={"设备名称": "nme"})


def test_tabs_separate_as_well_as_commas(tmp_path):
    """A file of tab-separated text is the same table."""
    found = planned(tmp_path, (HEADER + "A1,甲,S1,张华,,\n").replace(",", "\t"))

    assert found.new[0].event.thing.asset_no == "A1"


def test_columns_are_lettered_as_a_spreadsheet_does():
    """After Z comes AA."""
    assert list(columns(3)) == ["A", "B", "C"]
    assert list(columns(703))[25:28] == ["Z", "AA", "AB"]
    assert list(columns(703))[-1] == "AAA"


DAY, LONG = "2026-03-02", "关于进一步做好年度保密工作检查的通知"
TABLES = {
    "narrow": (["编号"] * 3, [DAY] * 3, 1, None),
    "long texts give way": (["日期"] * 10 + ["标题"] * 3, [DAY] * 10 + [LONG * 2] * 3, 1, 2),
    "nothing gives way": (["日期"] * 15, [DAY] * 15, 1, None),
    "too many": (["日期"] * 40, [DAY] * 40, 3, None),
    "no rows": (["很长的一个表头名称"] * 12, [], 1, None),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_fit_a_page_while_no_day_is_broken(name):
    """Long texts take more lines before a page gets too small; many columns take several pages."""
    headers, row, pages, lines = TABLES[name]
    found = fitted(headers, [row] if row else [], len(headers))

    assert found.pages == pages
    assert all(width > len(DAY) * 0.9 for width, text in zip(found.widths, row, strict=False))
    assert (found.height_pt(row) or 16.5) >= 13.5 * (lines or 1)
    assert (found.height_pt(row) is None) == (lines is None)
    first, last = found.title
    assert first == (1 if pages > 1 else 0)
    assert sum(found.widths[: last + 1]) <= 190
