"""The statutory books: every column of every book, from a room in which everything happened once."""

from datetime import date

import pytest
from attrs import evolve

from ledger.books import BOOKS, book_named
from ledger.books.book import span
from ledger.books.chronicle import Chronicle
from ledger.exchange.export import written
from ledger.notation.words import KINDS
from ledger.room.filling import Subject
from ledger.room.paperwork import FORMATS, book_content, register_of, table
from ledger.spreadsheet import TooLong
from tests.showroom import Showroom

EXPECTED = {
    "收文登记簿": (
        "绝密",
        [
            (
                "2026-密-0001",
                "2026-03-13",
                "示范省厅",
                "示厅发〔2026〕7号",
                "关于做好年度工作的通知",
                "机密★10年",
                2,
                "000123、000124",
                6,
                "机要交通",
                "WJ-2026-0001、WJ-2026-0002",
                "王敏",
                "",
                "",
                "",
            ),
            (
                "2026-密-0002",
                "2026-03-14",
                "示范省厅",
                "示厅绝〔2026〕1号",
                "关于某项核心事项的意见",
                "绝密★30年",
                1,
                "000007",
                3,
                "机要交通",
                "WJ-2026-0003",
                "王敏",
                "",
                "",
                "",
            ),
            (
                "2026-密-0003",
                "2026-03-15",
                "示范省厅",
                "示厅函〔2026〕9号",
                "会议材料汇总",
                "秘密★1年",
                5,
                "01、02、03、04、05",
                12,
                "机要交通",
                "WJ-2026-0004、WJ-2026-0005、WJ-2026-0006、WJ-2026-0007、WJ-2026-0008",
                "王敏",
                "已清退1份、在示范省厅1份",
                "2026-04-03、2026-04-02",
                "",
            ),
        ],
    ),
    "发文登记簿": (
        "秘密",
        [
            (
                "2026-发-0001",
                "2026-04-01",
                "示厅函〔2026〕9号",
                "会议材料汇总",
                "秘密★1年",
                "05",
                "WJ-2026-0008",
                "示范省厅",
                "机要交通",
                "王敏",
                "秘密",
                "示范省厅",
                "2026-04-02",
                "",
            )
        ],
    ),
    "传阅登记簿": (
        "机密",
        [
            (
                "示厅发〔2026〕7号",
                "关于做好年度工作的通知",
                "机密★10年",
                "000123",
                "WJ-2026-0001",
                "李国强、陈刚",
                "李国强",
                "2026-03-21 09:30",
                "保密室",
                "2026-03-22 10:15",
                "",
            ),
            (
                "示厅发〔2026〕7号",
                "关于做好年度工作的通知",
                "机密★10年",
                "000123",
                "WJ-2026-0001",
                "李国强、陈刚",
                "陈刚",
                "2026-03-23 14:00",
                "业务科",
                "",
                "",
            ),
        ],
    ),
    "借阅登记簿": (
        "秘密",
        [
            (
                "2026-03-24",
                "陈刚",
                "业务科",
                "会议材料汇总",
                "示厅函〔2026〕9号",
                "秘密★1年",
                "02",
                "WJ-2026-0005",
                "起草方案",
                "主管领导 李国强",
                "2026-04-01",
                "2026-03-25",
                "完好",
                "王敏",
                "",
            ),
            (
                "2026-03-26",
                "张华",
                "业务科",
                "会议材料汇总",
                "示厅函〔2026〕9号",
                "秘密★1年",
                "03",
                "WJ-2026-0006",
                "核对数据",
                "主管领导 李国强",
                "2026-05-01",
                "",
                "",
                "王敏",
                "",
            ),
        ],
    ),
    "携带外出登记簿": (
        "机密",
        [
            (
                "2026-03-28",
                "陈刚、王敏",
                "JZ-0001",
                "专用U盘16G",
                "机密",
                "",
                "汇报",
                "示范省厅",
                "专用密码箱",
                "主管领导 李国强",
                "2026-04-10",
                "2026-03-29",
                "王敏",
            )
        ],
    ),
    "移交登记簿": (
        "秘密",
        [
            (
                "2026-03-30",
                "WJ-2026-0007",
                "会议材料汇总",
                "秘密★1年",
                "04",
                "王敏",
                "陈刚",
                "李国强",
                "岗位调整",
                "2026-03-31",
                "",
            )
        ],
    ),
    "复印登记簿": (
        "秘密",
        [
            (
                "2026-03-27",
                "会议材料汇总",
                "示厅函〔2026〕9号",
                "秘密★1年",
                2,
                "主管领导 李国强",
                "陈刚",
                "2026-04-04",
                "WJ-2026-0004",
                "WJ-2026-0009、WJ-2026-0010",
            )
        ],
    ),
    "清退登记簿": (
        "秘密",
        [
            (
                "2026-04-03",
                "示厅函〔2026〕9号",
                "会议材料汇总",
                "秘密★1年",
                "02",
                "WJ-2026-0005",
                "王敏",
                "示范省厅",
                "省厅机要室",
                "QT-2026-1",
                "",
            )
        ],
    ),
    "销毁登记簿": (
        "秘密",
        [
            (
                "2026-04-04",
                "WJ-2026-0009",
                "会议材料汇总",
                "示厅函〔2026〕9号",
                "秘密★1年",
                "",
                "12",
                "示范省厅",
                "",
                "化浆",
                "示范销毁中心",
                "主管领导 李国强",
                "王敏、陈刚",
                "",
            )
        ],
    ),
    "移动存储介质台账": (
        None,
        [
            (
                "JZ-0001",
                "U盘",
                "专用U盘16G",
                "",
                "ZY16-0042",
                "",
                "机密",
                "",
                "否",
                "业务科",
                "陈刚",
                "2025-05-06",
                "",
                "在室",
                "保密室",
                "",
            ),
            (
                "JZ-0002",
                "U盘",
                "专用U盘8G",
                "",
                "ZY08-0007",
                "",
                "绝密",
                "",
                "否",
                "",
                "王敏",
                "",
                "",
                "在用",
                "王敏",
                "",
            ),
        ],
    ),
    "计算机台账": (
        None,
        [
            (
                "JSJ-0001",
                "涉密单机",
                "安泰S200",
                "涉密",
                "绝密",
                "AT200-11",
                "WD-1",
                "",
                "",
                "",
                "",
                "",
                "办公室",
                "王敏",
                "保密室",
                "",
                "示保备2026-3",
                "",
                "",
                "在用",
                "",
            )
        ],
    ),
    "涉密人员台账": (
        None,
        [
            (
                "RY-001",
                "王敏",
                "办公室",
                "机要员",
                "核心",
                "保密员",
                "2024-01-02",
                "",
                "0750-1234",
                "",
                "",
            ),
            ("RY-002", "李国强", "局领导", "副局长", "核心", "主管领导", "", "", "", "", ""),
            ("RY-003", "陈刚", "业务科", "科长", "核心", "部门领导", "", "", "", "", ""),
            ("RY-004", "张华", "业务科", "", "一般", "", "", "", "", "2026-04-07", "2027-01-01"),
        ],
    ),
    "涉密载体台账": (
        "绝密",
        [
            (
                "JZ-0001",
                "介质",
                "专用U盘16G",
                "机密",
                "",
                "",
                "",
                "陈刚",
                "在室",
                "保密室",
                "2026-03-10",
            ),
            (
                "JZ-0002",
                "介质",
                "专用U盘8G",
                "绝密",
                "",
                "",
                "",
                "王敏",
                "在用",
                "王敏",
                "2026-03-11",
            ),
            (
                "JSJ-0001",
                "计算机",
                "涉密单机",
                "绝密",
                "",
                "",
                "",
                "王敏",
                "在用",
                "保密室",
                "2026-03-12",
            ),
            (
                "WJ-2026-0001",
                "文件",
                "关于做好年度工作的通知",
                "机密",
                "10年",
                "李国强、陈刚",
                "000123",
                "",
                "传阅中",
                "陈刚",
                "2026-03-13",
            ),
            (
                "WJ-2026-0002",
                "文件",
                "关于做好年度工作的通知",
                "机密",
                "10年",
                "李国强、陈刚",
                "000124",
                "",
                "在柜",
                "G-01柜1",
                "2026-03-13",
            ),
            (
                "WJ-2026-0003",
                "文件",
                "关于某项核心事项的意见",
                "绝密",
                "30年",
                "李国强",
                "000007",
                "",
                "在柜",
                "G-01柜3",
                "2026-03-14",
            ),
            (
                "WJ-2026-0004",
                "文件",
                "会议材料汇总",
                "秘密",
                "1年",
                "业务科、办公室",
                "01",
                "",
                "在柜",
                "G-01柜1",
                "2026-03-15",
            ),
            (
                "WJ-2026-0006",
                "文件",
                "会议材料汇总",
                "秘密",
                "1年",
                "业务科、办公室",
                "03",
                "",
                "借出",
                "张华",
                "2026-03-15",
            ),
            (
                "WJ-2026-0007",
                "文件",
                "会议材料汇总",
                "秘密",
                "1年",
                "业务科、办公室",
                "04",
                "",
                "在用",
                "陈刚",
                "2026-03-15",
            ),
            (
                "WJ-2026-0008",
                "文件",
                "会议材料汇总",
                "秘密",
                "1年",
                "业务科、办公室",
                "05",
                "",
                "在外单位",
                "示范省厅",
                "2026-03-15",
            ),
            (
                "WJ-2026-0010",
                "文件",
                "会议材料汇总",
                "秘密",
                "1年",
                "业务科、办公室",
                "",
                "",
                "在室，遗失待查",
                "保密室",
                "2026-03-27",
            ),
        ],
    ),
    "清点登记簿": (
        None,
        [("2026-04-08", "G-01", 3, "王敏、陈刚", "否", "王敏", "")],
    ),
    "导出登记簿": (
        None,
        [],
    ),
}
"""The highest level of each book, and its lines."""

STATUTORY = (
    "收文",
    "发文",
    "传阅",
    "借阅",
    "复印",
    "携带外出",
    "清退",
    "销毁",
    "介质台账",
    "计算机台账",
    "人员台账",
)


@pytest.fixture(name="show", scope="module")
def _show(tmp_path_factory):
    return Showroom(tmp_path_factory.mktemp("show") / "room")


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.title)
def test_each_book_says_what_happened(show, book):
    """Every line and column of a book is worked out from the acts, and so is its level."""
    content = book_content(show.room, book, Subject())
    level, lines = EXPECTED[book.title]

    assert list(content.rows) == lines
    assert (str(content.level) if content.level else None) == level
    assert (content.level is None) == (content.sensitivity is not None)
    assert all(len(line) == len(content.headers) == len(content.keys) for line in lines)


def test_every_statutory_book_is_there():
    """The books a regulation or an inspector asks for can each be named as officers name them."""
    titles = [book.title for book in BOOKS]

    for word in STATUTORY:
        assert any(word in title for title in titles), word
    for book in BOOKS:
        assert {book_named(word) for word in (book.name, book.title, *book.other)} == {book}
        assert len(set(book.columns)) == len(book.columns)
    assert book_named("没有") is None
    names = {book.name for book in BOOKS} | {w for book in BOOKS for w in (book.title, *book.other)}
    assert not names & {word for pair in KINDS.values() for word in pair}


def test_a_book_may_cover_a_span_of_days(show):
    """Only what happened within the span is in the book."""
    lent = book_named("借阅登记簿")
    first = book_content(show.room, lent, Subject(end=date(2026, 3, 25)))
    later = book_content(show.room, lent, Subject(start=date(2026, 3, 25)))

    assert [row[0] for row in first.rows] == ["2026-03-24"]
    assert [row[0] for row in later.rows] == ["2026-03-26"]
    assert "开账至2026年3月25日" in first.beside
    assert "2026年3月25日至今日" in later.beside
    assert span(None, None) == ""


def test_books_without_titles_tell_of_nothing_secret(show):
    """A book that lists 代称 only names no title, number or circle of any secret."""
    for book in BOOKS:
        content = book_content(show.room, book, Subject(), titles=False)
        raw = written(content, "csv").decode()
        assert content.level is None
        for word in ("关于做好", "核心事项", "会议材料", "示厅发", "示厅绝", "示厅函"):
            assert word not in raw, book.title
    circulated = book_content(show.room, book_named("传阅"), Subject(), titles=False)
    assert "一号件" in written(circulated, "csv").decode()


def test_what_left_the_ledger_as_a_file_is_a_line(tmp_path):
    """Each file that was written out is in the book of exports, with what it was put on and why."""
    show = Showroom(tmp_path / "room")
    show.do(
        act="导出",
        what="人员登记簿",
        file="a.xlsx",
        digest="9f",
        rows=2,
        sensitivity="内部",
        purpose="上报",
    )
    (line,) = book_content(show.room, book_named("导出登记簿"), Subject()).rows

    assert line[1:] == ("人员登记簿", "a.xlsx", 2, "内部", "", "上报", "王敏", "9f")


def test_what_was_voided_is_in_no_book(tmp_path):
    """An act that was a mistake leaves no line, and what it took away comes back."""
    show = Showroom(tmp_path / "room")
    lent = show.do(act="借阅", carrier="WJ-2026-0004", to="陈刚", due="2026-06-01")
    before = book_content(show.room, book_named("借阅登记簿"), Subject())
    show.do(act="冲销", voids=lent.act.n, reason="抄错")
    after = book_content(show.room, book_named("借阅登记簿"), Subject())

    assert len(before.rows) == len(after.rows) + 1


@pytest.mark.parametrize("form", FORMATS)
def test_every_book_and_register_can_be_written(show, form):
    """Each form has bytes, the same every time, for what has many lines and for what has none."""
    for book in BOOKS:
        content = book_content(show.room, book, Subject())
        assert table(content, form) == table(content, form)
    for name, _ in KINDS.values():
        assert table(register_of(show.room, name), form) is not None


def test_a_book_too_long_to_sign_is_told_and_written_as_a_table(show):
    """A book of thousands of lines is no paper to sign: it is refused as such before it fills the memory."""
    content = book_content(show.room, book_named("计算机台账"), Subject())
    long = evolve(content, rows=content.rows * 3_000)

    for form in ("docx", "txt"):
        with pytest.raises(TooLong, match=r"有3000行，签字的文件放不下，.*--from"):
            table(long, form)
    assert len(table(long, "csv")) > 100_000


def test_numbers_that_stand_for_nothing_are_blank(show):
    """A chronicle asked about an unknown number says nothing rather than fails."""
    book = Chronicle(show.room.register, show.room.acts)

    assert (book.title("X"), book.mark("X"), book.level("X"), book.pages("X")) == ("", "", "", "")
    assert book.gone("X") == ("", "")
