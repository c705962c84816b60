"""Text, days, numbers, circles, packs and citations: the small values everything leans on."""

from datetime import date
from itertools import product

import pytest

from ledger.day import InvalidDay, month_end, months_after, read_day
from ledger.number import InvalidMask, Mask, Numbering
from ledger.pack import Approvers, InvalidPack, Pack
from ledger.person import Category, Circle, Person
from ledger.regulation import REGULATIONS, find
from ledger.text import LONGEST, SEALED, Ciphertext, InvalidText, clean, numeral, quoted
from ledger.trouble import of_toml, told
from tests.world import PACK

HOSTILE = (
    "a\x1b[2Jb",
    "行\n行",
    "a\x00b",
    "\x9b31m",
    "前\u202e后",
    "a\u2066b",
    "零\u200b宽",
    "\ufeff标记",
    "\ud800",
    "\U000e0041",
    "[/x]",
    "[/red]标题",
    "长" * (LONGEST + 1),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused(text):
    """Characters that steer, hide or close markup are refused, and never quoted raw."""
    with pytest.raises(InvalidText) as caught:
        clean(text)

    said = str(caught.value)
    assert all(c.isprintable() for c in said)
    assert len(said) < 120


@pytest.mark.parametrize(
    "text",
    ["张䶮", "㛃𠅤", "江密局[2006]11号", "粤府办〔2026〕7号", "=1+1", "-18℃", "张·三", "㎡①"],
)
def test_real_text_is_kept_as_it_is(text):
    """Rare names, brackets, signs and symbols are text like any other."""
    assert clean(f"　{text} ") == text


def test_quoting_cuts_and_spells_out():
    """A quoted text is short and shows what cannot be seen."""
    assert quoted("x" * 100) == "“" + "x" * 40 + "…”"
    assert quoted("\u202e") == "“<U+202E>”"
    assert quoted(7) == "“7”"


def test_numerals_count_as_articles_do():
    """One to ninety-nine, each written once."""
    words = [numeral(n) for n in range(1, 100)]

    assert len(set(words)) == 99
    assert (words[9], words[10], words[19], words[98]) == ("十", "十一", "二十", "九十九")


DAYS = {
    "2026-03-02": date(2026, 3, 2),
    "2026/3/2": date(2026, 3, 2),
    "2026.3.2": date(2026, 3, 2),
    "2026年3月2日": date(2026, 3, 2),
    "２０２６年３月２日": date(2026, 3, 2),
    "2026 年 3 月 2 日": date(2026, 3, 2),
    "20260302": date(2026, 3, 2),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_days_read(text, day):
    """A day reads however a register writes it."""
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "2026-02-30", "2026年", "2026-03", "3/2/2026", "26-3-2", "2026-3/2", "1800-01-01", "今天"],
)
def test_what_is_no_day_is_refused(text):
    """A month, a year, an impossible day or another order of parts is no day."""
    with pytest.raises(InvalidDay):
        read_day(text)


def test_months_are_counted_to_the_same_day_or_the_months_last():
    """A month on from the 31st is the last day of a shorter month."""
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 5), 1) == date(2027, 1, 5)
    assert months_after(date(2026, 3, 5), 0) == date(2026, 3, 5)
    assert month_end(date(2026, 2, 3)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "pattern", ["", "JZ", "JZ-{seq}-{seq}", "{year}{year}{seq}", "JZ-{nr}{seq}", "JZ {seq}", "{seq"]
)
def test_masks_that_number_nothing_are_refused(pattern):
    """A mask has one serial, at most one year, and nothing else in braces."""
    with pytest.raises(InvalidMask):
        Mask.parse(pattern)


def test_a_mask_reads_what_it_writes():
    """Writing and reading a number are inverse, and foreign numbers are not read."""
    for pattern, year, serial in product(
        ("WJ-{year}-{seq:4}", "JZ-{seq:4}", "{year}-密-{seq}"), (2026, 2030), (1, 41, 12345)
    ):
        mask = Mask.parse(pattern)
        assert mask.read(mask.write(year, serial)) == (year if mask.yearly else 0, serial)
    mask = Mask.parse("JZ-{seq:4}")
    assert [mask.read(text) for text in ("JZ-1", "JZ-0000", "XJZ-0001", "JZ-00001")] == [None] * 4


def test_no_two_registers_share_a_mask():
    """A number tells which register it belongs to."""
    with pytest.raises(InvalidMask):
        Numbering(medium=Mask.parse("X-{seq}"), computer=Mask.parse("X-{seq}"))
    with pytest.raises(KeyError):
        Numbering().mask("nothing")


def person(number, name, department=""):
    return Person(number=number, name=name, department=department)


PEOPLE = (person("RY-001", "甲", "一科"), person("RY-002", "乙", "一科"), person("RY-003", "丙"))


def test_a_circle_admits_by_number_name_or_department():
    """Whoever is named, or whose department is, may know; nobody else."""
    assert Circle.of(["RY-001"]).admits(PEOPLE[0])
    assert Circle.of(["甲"]).admits(PEOPLE[0])
    assert Circle.of(["一科"]).admits(PEOPLE[1])
    assert not Circle.of(["一科"]).admits(PEOPLE[2])
    assert not Circle.of([""]).admits(PEOPLE[2])
    assert not Circle()


def test_the_common_circle_admits_exactly_those_both_admit():
    """For every pair of circles the intersection admits a person if and only if both do."""
    members = ("RY-001", "乙", "一科", "RY-003", "二科")
    circles = [Circle.of(pair) for pair in product(members, repeat=2)]
    for a, b in product(circles, repeat=2):
        both = a.common(b, PEOPLE)
        for each in PEOPLE:
            assert both.admits(each) == (a.admits(each) and b.admits(each))


def test_categories_are_tied_to_levels():
    """Each of the three categories deals with one of the three levels."""
    assert [str(category.level) for category in Category] == ["绝密", "机密", "秘密"]


APPROVERS = {
    "主管领导": ({"主管领导"}, {"部门领导"}),
    "主管领导 或 办公室主任": ({"办公室主任"}, {"部门领导"}),
    "制发机关 与 主管领导": ({"制发机关", "主管领导"}, {"主管领导"}),
    "制发机关 与 (主管领导 或 办公室主任)": (
        {"制发机关", "办公室主任"},
        {"主管领导", "办公室主任"},
    ),
    "甲 或 乙 与 丙": ({"甲"}, {"乙"}),
}


@pytest.mark.parametrize(("words", "both"), APPROVERS.items())
def test_approvers_are_joined_by_and_and_or(words, both):
    """与 binds closer than 或, and brackets closer than both."""
    enough, short = both

    assert Approvers.parse(words).satisfied(enough)
    assert not Approvers.parse(words).satisfied(short)
    assert not Approvers.parse(words).satisfied(())
    assert str(Approvers.parse(words)) == words


@pytest.mark.parametrize("words", ["", "与", "甲 或", "（甲", "甲）", "甲 乙", "或 甲", "()"])
def test_approvers_that_do_not_read_are_refused(words):
    """An expression with a loose end is no rule."""
    with pytest.raises(InvalidPack):
        Approvers.parse(words)


GOOD = {
    "name": "x",
    "title": "y",
    "password_length": {"秘密": 8, "机密": 10},
    "cooling_months": {"核心": 24, "重要": 12, "一般": 6},
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"witneses": 2},
        {"approvals": {"copi": "主管领导"}},
        {"password_length": {"秘密": 8}},
        {"cooling_months": {}},
        {"knowledge_from": "超密"},
        {"approvals": {"copy": "与"}},
    ],
)
def test_packs_that_do_not_read_are_refused(wrong):
    """An unknown, missing or unreadable item of a pack is named."""
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Pack.of(GOOD | wrong)


def test_a_pack_without_a_title_is_refused():
    """A pack says what it is called."""
    with pytest.raises(InvalidPack):
        Pack.of({key: value for key, value in GOOD.items() if key != "title"})


def test_a_pack_knows_whose_approval_an_act_needs():
    """Approvers are found by act and level, then by act alone, else nobody is needed."""
    from ledger import Level

    assert str(PACK.approvers("copy", Level.绝密)) == "制发机关 或 上级机关"
    assert str(PACK.approvers("copy", Level.机密)) == "主管领导"
    assert PACK.approvers("circulate", Level.机密) is None
    assert PACK.months_of(Category.CORE) == 24
    with pytest.raises(InvalidPack, match="是不是"):
        Pack.of(GOOD | {"witneses": 2})


FOUND = {
    "计算机 12": ["计算机制度 第十二条"],
    "载体 一（九）": [f"载体制度 一（九）{n}" for n in range(1, 6)],
    "国家秘密载体 二（五）": ["载体制度 二（五）"],
    "没有的": [],
}


@pytest.mark.parametrize(("words", "cited"), FOUND.items())
def test_articles_are_found_by_any_of_their_names(words, cited):
    """Short or full titles and numbers in either writing lead to the article."""
    assert [str(each) for each in find(words)] == cited


def test_regulations_do_not_repeat_an_article():
    """A citation means one article."""
    for regulation in REGULATIONS:
        assert len(set(regulation.articles)) == len(regulation.articles)


def test_a_sealed_text_shows_that_it_is_and_is_equal_to_itself_alone():
    """Two texts nobody here can read look the same and are not, wherever they stand."""
    first, same, other = (Ciphertext(token, "title") for token in ("a", "a", "b"))

    assert str(first) is first
    assert list(first) == list(SEALED)
    assert (first == same, first == other, first == SEALED) == (True, False, False)
    assert (first != same, first != other) == (False, True)
    assert len({first, same, other}) == 2


def test_what_the_machine_complains_of_is_told_in_words():
    """A file that cannot be read or written is named if it has a name; any other fault says itself."""
    full = OSError(28, "No space left on device")
    named = OSError(28, "No space left on device", "room.json")

    assert told(full) == "读写文件时出错：磁盘已满"
    assert told(named) == "读写“room.json”时出错：磁盘已满"
    assert told(InvalidText("内容过长")) == "内容过长"
    with pytest.raises(UnicodeDecodeError) as caught:
        b"\xff".decode()
    assert of_toml(caught.value) == "不是UTF-8文字"
