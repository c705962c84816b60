"""The join of marks over its complete table, and what it cannot decide."""

from datetime import date
from itertools import product

import pytest

from ledger.inherit import Joined, covers, join, traditional
from ledger.level import InvalidMark, Level
from ledger.mark import Mark

ENDS = (
    Joined(level=Level.秘密, day=date(2030, 1, 1)),
    Joined(level=Level.秘密, day=date(2036, 5, 4)),
    Joined(level=Level.秘密, conditions=frozenset({"启封前"})),
    Joined(level=Level.秘密, conditions=frozenset({"公布前"})),
    Joined(level=Level.秘密, day=date(2030, 1, 1), conditions=frozenset({"启封前"})),
    Joined(level=Level.秘密, conditions=frozenset({"启封前", "公布前"})),
    Joined(level=Level.秘密, unending=True),
)
TABLE = [
    Joined(level=level, day=end.day, conditions=end.conditions, unending=end.unending)
    for level, end in product(Level, ENDS)
]


def test_joining_is_associative():
    """How parts are grouped makes no difference, in all 9261 cases."""
    assert all((a | b) | c == a | (b | c) for a, b, c in product(TABLE, repeat=3))


def test_joining_is_commutative():
    """The order of the parts makes no difference, in all 441 cases."""
    assert all(a | b == b | a for a, b in product(TABLE, repeat=2))


def test_joining_is_idempotent():
    """A part joined with itself is itself."""
    assert all(a | a == a for a in TABLE)


def test_the_join_is_at_least_as_high_and_long_as_its_parts():
    """What is decided of a join ends no earlier than any part, and is no lower."""
    for a, b in product(TABLE, repeat=2):
        both = a | b
        assert both.level >= max(a.level, b.level)
        if a.mark and both.mark:
            assert a.mark <= both.mark


EXAMPLES = {
    (("机密★20年", date(2015, 6, 1)), ("秘密★5年", date(2026, 3, 2))): "机密★2035年6月1日",
    (("绝密★1年", date(2026, 1, 1)), ("秘密★10年", date(2026, 1, 1))): "绝密★2036年1月1日",
    (("机密★", date(2026, 1, 1)), ("秘密★5年", date(2026, 1, 1))): "机密★2046年1月1日",
    (("机密★长期", None), ("秘密★启封前", None)): "机密★长期",
    (("机密★启封前", None), ("秘密★启封前", None)): "机密★启封前",
    (("秘密★6个月", date(2026, 1, 31)), ("秘密★30日", date(2026, 1, 31))): "秘密★2026年7月31日",
}


def test_the_latest_end_of_the_longest_term_reads_back():
    """However far away a joined end is, its mark can be written and read again."""
    joined = Joined.of(Mark.parse("秘密★833年"), date(2299, 12, 31)).mark

    assert Mark.parse(str(joined)) == joined


@pytest.mark.parametrize(("parts", "whole"), EXAMPLES.items())
def test_a_compilation_takes_the_highest_level_and_the_latest_end(parts, whole):
    """Each part ends on its own day, counted from its own issue; the last of them counts."""
    joined = join(Joined.of(Mark.parse(text), on) for text, on in parts)

    assert str(joined.mark) == whole
    assert joined.undecided == ""


@pytest.mark.parametrize(
    "parts",
    [
        ("机密★10年", "机密★启封前"),
        ("机密★启封前", "机密★公布前"),
        ("秘密★2030年1月1日", "机密★启封前"),
    ],
)
def test_ends_that_cannot_be_compared_are_left_to_a_person(parts):
    """A day and a condition, or two conditions, are both named and neither is picked."""
    joined = join(Joined.of(Mark.parse(text), date(2026, 1, 1)) for text in parts)

    assert joined.mark is None
    assert "、" in joined.undecided


def test_a_counted_term_needs_its_day_of_issue():
    """Without 制发日 a term of years has no end to be joined."""
    with pytest.raises(InvalidMark, match="没有制发日期"):
        Joined.of(Mark.parse("机密★10年"), None)


def test_nothing_joined_is_nothing():
    """A compilation of plain papers has no mark."""
    assert join(()) is None


def test_the_traditional_way_takes_the_most_years():
    """A unit that wants it gets the longest printed term under the highest level."""
    marks = [Mark.parse("机密★5年"), Mark.parse("秘密★10年")]

    assert traditional(marks) == Mark.parse("机密★10年")
    assert traditional([*marks, Mark.parse("秘密★长期")]) == Mark.parse("机密★长期")
    assert traditional([*marks, Mark.parse("秘密★15日")]) == Mark.parse("机密★10年")
    assert traditional([*marks, Mark.parse("秘密★启封前")]) is None
    assert traditional([*marks, Mark.parse("秘密★2099年1月1日")]) is None
    assert traditional(()) is None


DAY = date(2026, 3, 2)
LATER, EARLIER = "机密★2036年3月3日", "机密★2036年3月1日"
COVERS = {
    ("机密★10年",): {"机密★10年", LATER, "机密★长期", "绝密★10年"},
    ("机密★启封前",): {"机密★启封前", "机密★长期"},
    ("机密★长期",): {"机密★长期"},
    ("机密★10年", "秘密★启封前"): {
        "机密★10年",
        LATER,
        "绝密★10年",
        "机密★启封前",
        "机密★长期",
    },
    ("机密★公布前", "秘密★启封前"): {"机密★启封前", "机密★长期"},
}
GIVEN = ("机密★10年", LATER, EARLIER, "机密★启封前", "机密★长期", "秘密★10年", "绝密★10年")


@pytest.mark.parametrize(("parts", "enough"), COVERS.items())
def test_a_mark_covers_what_it_surely_outlasts(parts, enough):
    """A day, a condition and 长期 each cover what they surely outlast, or one end of a choice."""
    whole = join(Joined.of(Mark.parse(text), DAY) for text in parts)

    assert {text for text in GIVEN if covers(Mark.parse(text), DAY, whole)} == enough


def test_an_end_nobody_can_work_out_is_not_held_against_a_mark():
    """A term counted from an unknown day of issue is not said to be too short."""
    assert covers(Mark.parse("机密★1年"), None, Joined.of(Mark.parse("机密★10年"), DAY))
