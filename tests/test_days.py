"""Days as other people write them: every form of the table of decisions, with every direction."""

from datetime import date

import pytest

from ledger.exchange.days import NoDay, read
from ledger.exchange.directions import Directions

PLAIN = Directions()
MARCH = date(2024, 3, 5)

DAYS = [
    ("2024-03-05", MARCH),
    ("2024/3/5", MARCH),
    ("2024.3.5", MARCH),
    ("2024.03.05.", MARCH),
    ("2024年3月5日", MARCH),
    ("2024 年 3 月 5 日", MARCH),
    (" 2024年3月5 ", MARCH),
    ("20240305", MARCH),
    ("２０２４年３月５日", MARCH),
    ("２０２４－０３－０５", MARCH),
    ("2024-03-05 10:07:58", MARCH),
    ("2024-03-05T10:07", MARCH),
    ("2024/3/5 0:00", MARCH),
    ("二〇二四年三月五日", MARCH),
    ("二○二四年三月五日", MARCH),
    ("二零二四年三月五日", MARCH),
    ("二0二四年三月五日", MARCH),
    ("二O二四年三月五日", MARCH),
    ("二〇二四年十二月廿三日", date(2024, 12, 23)),
    ("二〇二四年十月二十日", date(2024, 10, 20)),
    ("二〇二四年十一月三十日", date(2024, 11, 30)),
    ("二〇二四年十二月卅一日", date(2024, 12, 31)),
    ("二〇二四年元月十日", date(2024, 1, 10)),
    ("45356", MARCH),
    ("45356.5", MARCH),
    ("中華民國113年3月5日", MARCH),
    ("中华民国113年3月5日", MARCH),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_written_in_full_is_that_day(text, day):
    """A form that can mean one day only is read, whatever numerals and signs it has."""
    found = read(text, PLAIN)

    assert (found.value, found.precision) == (day, "day")


PARTS = [
    ("2024年3月", "month"),
    ("2024.3", "month"),
    ("2024-03", "month"),
    ("202403", "month"),
    ("2024年3月份", "month"),
    ("二〇二四年三月", "month"),
    ("2024年", "year"),
    ("2024", "year"),
]


@pytest.mark.parametrize(("text", "precision"), PARTS)
def test_a_month_or_a_year_is_never_made_a_day(text, precision):
    """How much of a day was written stays with it; the rest is not filled in."""
    assert read(text, PLAIN).precision == precision


UNCERTAIN = [
    ("3/5/2024", {"date_order": "mdy"}, MARCH),
    ("5/3/2024", {"date_order": "dmy"}, MARCH),
    ("1/23/23", {"date_order": "mdy"}, date(2023, 1, 23)),
    ("1/23/99", {"date_order": "mdy", "century": 19}, date(1999, 1, 23)),
    ("3/5/2024 0:00", {"date_order": "mdy"}, MARCH),
    ("24.3.5", {"century": 20}, MARCH),
    ("24年3月5日", {"century": 20}, MARCH),
    ("113.3.5", {"calendar": "roc"}, MARCH),
    ("99/3/5", {"calendar": "roc"}, date(2010, 3, 5)),
]


@pytest.mark.parametrize(("text", "said", "day"), UNCERTAIN)
def test_what_could_be_several_days_waits_to_be_told(text, said, day):
    """A form with several meanings is refused, and read once the officer says which is meant."""
    with pytest.raises(NoDay, match="不能猜") as caught:
        read(text, PLAIN)
    assert caught.value.code == "date.ambiguous"

    assert read(text, Directions(**said)).value == day


NONE = [
    "2024年2月30日",
    "2024-13-01",
    "2314234234",
    "99999",
    "1066-10-14",
    "2022.11.29白",
    "分批成立",
    "2024.3-2024.5",
    "长期",
    "5",
    "昨天",
    "2024-3/5",
    "3/5/124",
    "二〇二四年三十月五日",
    "",
]


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("said", [{}, {"date_order": "mdy"}])
def test_what_is_no_day_is_quoted_back(text, said):
    """A text that names no day is refused in a sentence, whatever else is allowed."""
    with pytest.raises(NoDay, match=r"[\u4e00-\u9fff]") as caught:
        read(text, Directions(**said))

    assert f"“{text}”" in str(caught.value)


def test_republican_years_and_serial_numbers_are_told():
    """What had to be converted is noted, so that the officer can look at it."""
    assert read("45356", PLAIN).note == "按Excel的日期序号换算"
    assert read("中華民國113年3月5日", PLAIN).note == "民国纪年已换算"
