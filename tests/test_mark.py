"""密级★保密期限: read, printed, ordered, compared, refused."""

import copy
import pickle
from datetime import date, timedelta
from itertools import pairwise, product

import pytest

from ledger.level import InvalidMark, Level, Sensitivity
from ledger.mark import (
    Days,
    LongTerm,
    Mark,
    Months,
    Unstated,
    Until,
    UntilEvent,
    parse_term,
)

READ = {
    "机密★10年": Mark(Level.机密, Months(120)),
    "机密★１０年": Mark(Level.机密, Months(120)),
    "机密 ★ 10 年": Mark(Level.机密, Months(120)),
    "机　密★10年": Mark(Level.机密, Months(120)),
    "机密*10年": Mark(Level.机密, Months(120)),
    "机密＊10年": Mark(Level.机密, Months(120)),
    "机密☆10年": Mark(Level.机密, Months(120)),
    "机密★十年": Mark(Level.机密, Months(120)),
    "秘密★三年": Mark(Level.秘密, Months(36)),
    "秘密★两年": Mark(Level.秘密, Months(24)),
    "秘密★833年": Mark(Level.秘密, Months(9996)),
    "秘密★6个月": Mark(Level.秘密, Months(6)),
    "秘密★18个月": Mark(Level.秘密, Months(18)),
    "秘密★24个月": Mark(Level.秘密, Months(24)),
    "秘密★15日": Mark(Level.秘密, Days(15)),
    "秘密★15天": Mark(Level.秘密, Days(15)),
    "机密★2030年12月31日": Mark(Level.机密, Until(date(2030, 12, 31))),
    "机密★2030-12-31": Mark(Level.机密, Until(date(2030, 12, 31))),
    "机密★2030.12.31": Mark(Level.机密, Until(date(2030, 12, 31))),
    "机密★20301231": Mark(Level.机密, Until(date(2030, 12, 31))),
    "机密★9999年12月31日": Mark(Level.机密, Until(date(9999, 12, 31))),
    "机密★启封前": Mark(Level.机密, UntilEvent("启封前")),
    "机密★2026年6月7日考试结束前": Mark(Level.机密, UntilEvent("2026年6月7日考试结束前")),
    "机密★会议开始前": Mark(Level.机密, UntilEvent("会议开始前")),
    "机密★方案公布后": Mark(Level.机密, UntilEvent("方案公布后")),
    "绝密★长期": Mark(Level.绝密, LongTerm()),
    "绝密★": Mark(Level.绝密, Unstated()),
    "绝密": Mark(Level.绝密, Unstated()),
    " 绝 密 ": Mark(Level.绝密, Unstated()),
}

CANONICAL = {
    "秘密★24个月": "秘密★2年",
    "秘密★15天": "秘密★15日",
    "机密★20301231": "机密★2030年12月31日",
    "绝密": "绝密★",
    "机密*１０年": "机密★10年",
}

REFUSED = (
    "",
    "★",
    "★10年",
    "机密5年",
    "超密★5年",
    "机密★★5年",
    "机密★5年★",
    "机密★0年",
    "机密★834年",
    "机密★1000年",
    "机密★9999年",
    "机密★99999年",
    "机密★-5年",
    "机密★5.5年",
    "机密★6月",
    "机密★2030年",
    "机密★2030年2月30日",
    "机密★2030年13月1日",
    "机密★2030年12月31日前",
    "机密★2026年6月7日9时前",
    "机密★两年前",
    "机密★十年后",
    "机密★10年后",
    "机密★永久",
    "机密·长期",
    "机密★x",
    "机密\x1b★5年",
    "机密★启封\u202e前",
    "[/x]",
    "SECRET★5年",
    "TOP SECRET",
    "Confidential★10年",
    "内部★5年",
    "工作秘密★5年",
    "密" * 10_000,
)


@pytest.mark.parametrize(("text", "mark"), READ.items())
def test_every_usual_spelling_reads(text, mark):
    """Full-width digits, blanks, other stars and Chinese numerals read as the same mark."""
    assert Mark.parse(text) == mark


@pytest.mark.parametrize("text", READ)
def test_the_canonical_form_reads_back_to_the_same_value(text):
    """Printing and reading again changes nothing, and prints the same once more."""
    mark = Mark.parse(text)

    assert Mark.parse(str(mark)) == mark
    assert str(Mark.parse(str(mark))) == str(mark)


@pytest.mark.parametrize(("text", "printed"), CANONICAL.items())
def test_marks_print_in_one_form(text, printed):
    """Whole years print as years, days as 日, dates in Chinese, and ★ always stands."""
    assert str(Mark.parse(text)) == printed


@pytest.mark.parametrize("text", REFUSED)
def test_bad_marks_are_refused_with_the_text_quoted(text):
    """A text that is no mark raises one error whose sentence is Chinese and quotes the text."""
    with pytest.raises(InvalidMark) as caught:
        Mark.parse(text)

    said = str(caught.value)
    assert "“" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 200


def test_english_words_are_refused_by_name():
    """English level words are refused with the reason, whatever they might mean."""
    for word in ("SECRET", "Confidential", "top secret"):
        with pytest.raises(InvalidMark, match="互相颠倒"):
            Level.parse(word)


def test_the_units_own_markings_are_no_levels():
    """内部 and 工作秘密 are another field and never carry ★."""
    for sensitivity in Sensitivity:
        with pytest.raises(InvalidMark, match="不是国家秘密的密级"):
            Level.parse(str(sensitivity))


def test_levels_are_ordered():
    """秘密 is below 机密 and that below 绝密, by every comparison."""
    for low, high in pairwise(Level):
        assert low < high
        assert low <= high
        assert high > low
        assert high >= low
        assert not high < low
    assert max(Level) is Level.绝密
    with pytest.raises(TypeError):
        assert Level.秘密 < "机密"  # type: ignore[operator]
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(Level.秘密, compare)("机密") is NotImplemented
        assert getattr(Mark(Level.秘密), compare)("机密") is NotImplemented


ORDERED = (
    "秘密★1日",
    "秘密★27日",
    "秘密★1个月",
    "秘密★6个月",
    "秘密★365日",
    "秘密★1年",
    "秘密★366日",
    "秘密★10年",
    "机密★10年",
    "机密★20年",
    "绝密★30年",
    "绝密★长期",
)


def test_marks_that_surely_protect_more_are_greater():
    """Of two marks in the list, the later one protects at least as highly and as long."""
    marks = [Mark.parse(text) for text in ORDERED]
    for (low, a), (high, b) in product(enumerate(marks), repeat=2):
        assert (a <= b) == (low <= high)
        assert (a < b) == (low < high)
        assert (a >= b) == (low >= high)
        assert (a > b) == (low > high)


COUNTED = (
    *(f"秘密★{n}日" for n in (1, 28, 29, 30, 31, 59, 62, 365, 366, 393, 397, 3650, 3653)),
    *(f"秘密★{n}个月" for n in (1, 2, 12, 13, 24, 60, 120)),
)
ISSUED = tuple(date(1896, 1, 1) + timedelta(days=n) for n in (*range(3300), *range(46750, 48300)))


@pytest.mark.parametrize("text", COUNTED)
def test_what_is_ordered_ends_in_that_order_from_any_day(text):
    """Of two counted terms the lesser never ends later, over leap years and years without."""
    low = Mark.parse(text)
    above = [high for each in COUNTED if low <= (high := Mark.parse(each)) and high != low]
    for high, day in product(above, ISSUED):
        assert low.last_day(day) <= high.last_day(day)  # type: ignore[operator]


NOT_ORDERED = (
    ("绝密★1年", "秘密★10年"),
    ("秘密★30日", "秘密★1个月"),
    ("机密★10年", "机密★2030年12月31日"),
    ("机密★启封前", "机密★10年"),
    ("机密★启封前", "机密★公布前"),
)


@pytest.mark.parametrize(("one", "other"), NOT_ORDERED)
def test_marks_that_cannot_be_compared_are_not_ordered(one, other):
    """Where neither protects more whatever the day of issue, neither is greater."""
    a, b = Mark.parse(one), Mark.parse(other)

    assert not a <= b
    assert not b <= a


def test_an_unstated_term_is_as_long_as_its_level_allows():
    """A bare mark protects as long as the years of its level, and stays a bare mark."""
    for level, years in ((Level.秘密, 10), (Level.机密, 20), (Level.绝密, 30)):
        bare, stated = Mark(level), Mark(level, Months(years * 12))
        assert bare <= stated <= bare
        assert bare != stated
        assert bare.last_day(date(2020, 1, 1)) == date(2020 + years, 1, 1)


@pytest.mark.parametrize("text", READ)
def test_the_order_is_reflexive_and_transitive(text):
    """Every mark protects as much as itself, and the order carries through a third."""
    marks = [Mark.parse(each) for each in READ]
    a = Mark.parse(text)

    assert a <= copy.copy(a)
    for b, c in product(marks, repeat=2):
        if a <= b <= c:
            assert a <= c


ENDS = {
    ("机密★10年", date(2025, 6, 1)): date(2035, 6, 1),
    ("机密★1年", date(2024, 2, 29)): date(2025, 2, 28),
    ("绝密★30年", date(1996, 2, 29)): date(2026, 2, 28),
    ("机密★4年", date(2024, 2, 29)): date(2028, 2, 29),
    ("秘密★833年", date(2299, 12, 31)): date(3132, 12, 31),
    ("秘密★6个月", date(2025, 8, 31)): date(2026, 2, 28),
    ("秘密★6个月", date(2023, 8, 31)): date(2024, 2, 29),
    ("秘密★1个月", date(2026, 1, 31)): date(2026, 2, 28),
    ("秘密★30日", date(2025, 12, 15)): date(2026, 1, 14),
    ("机密★2030年12月31日", date(2025, 6, 1)): date(2030, 12, 31),
    ("机密★", date(2025, 6, 1)): date(2045, 6, 1),
    ("机密★启封前", date(2025, 6, 1)): None,
    ("绝密★长期", date(2025, 6, 1)): None,
}


@pytest.mark.parametrize(("given", "last"), ENDS.items())
def test_the_last_day_is_counted_from_the_day_of_issue(given, last):
    """A term runs from 制发日 to the same day of the month, which is still secret."""
    text, issued_on = given

    assert Mark.parse(text).last_day(issued_on) == last


def test_without_a_day_of_issue_only_a_date_ends_a_mark():
    """A counted term without its first day has no last one."""
    assert Mark.parse("机密★10年").last_day(None) is None
    assert Mark.parse("机密★10日").last_day(None) is None
    assert Mark.parse("机密★2030年1月1日").last_day(None) == date(2030, 1, 1)


DAY = date(2026, 3, 2)
OVER_CAP = {
    ("秘密★20年", DAY): True,
    ("秘密★20年", None): True,
    ("秘密★121个月", None): True,
    ("秘密★10年", DAY): False,
    ("绝密★30年", DAY): False,
    ("秘密★", DAY): False,
    ("秘密★2036年3月2日", DAY): False,
    ("秘密★2036年3月3日", DAY): True,
    ("秘密★2036年3月3日", None): False,
    ("绝密★2036年3月3日", DAY): False,
    ("秘密★3653日", DAY): False,
    ("秘密★3654日", DAY): True,
    ("秘密★3654日", None): False,
    ("秘密★长期", DAY): False,
    ("秘密★启封前", DAY): False,
}


@pytest.mark.parametrize(("given", "over"), OVER_CAP.items())
def test_terms_over_the_cap_are_known(given, over):
    """A term that ends later than its level allows reads, and says so however it is written."""
    text, issued_on = given

    assert Mark.parse(text).over_cap(issued_on) is over


@pytest.mark.parametrize("text", READ)
def test_marks_are_values(text):
    """Equal marks hash alike, copy and pickle to themselves, and cannot be changed."""
    mark = Mark.parse(text)

    assert hash(mark) == hash(Mark.parse(text))
    assert copy.deepcopy(mark) == mark
    assert pickle.loads(pickle.dumps(mark)) == mark
    with pytest.raises(AttributeError):
        mark.level = Level.秘密  # type: ignore[misc]


def test_a_mark_is_equal_to_nothing_else():
    """A mark is not its own text."""
    assert Mark.parse("机密★10年") != "机密★10年"


@pytest.mark.parametrize("count", [0, -1, 10_000])
def test_a_counted_term_has_a_sensible_count(count):
    """No term of nothing and none of ten thousand months can be made at all."""
    with pytest.raises(ValueError, match="count"):
        Months(count)


def test_a_blank_term_is_unstated():
    """Nothing after ★ states no term."""
    assert parse_term("　") == Unstated()
