"""Duties: due on the right day, gone when done, and the same as what the rules find overdue."""

import tomllib
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given as with_
from hypothesis import strategies as st

from ledger import check
from ledger.duties import ALL, duties
from ledger.duty import occurrences
from ledger.event import EVENTS
from ledger.holiday import festivals, workdays_after
from ledger.register.standing import Round
from tests.histories import HISTORIES, play
from tests.world import CASES, PACK, given, pack_of, world

YEARS = timedelta(days=1200)


def cases():
    for path in sorted((CASES / "duties").glob("*.toml")):
        for name, both in tomllib.loads(path.read_text("utf-8")).items():
            for outcome in ("due", "done"):
                for place, case in enumerate(both.get(outcome, ())):
                    yield name, outcome, place, case


TABLE = list(cases())


@pytest.mark.parametrize(
    ("name", "outcome", "place", "case"), TABLE, ids=[f"{n}-{o}-{p}" for n, o, p, _ in TABLE]
)
def test_case(name, outcome, place, case):
    """A duty falls due on the day the case names, or does not until then."""
    found = duties(given(case).register, pack_of(case), case["on"], case["on"] + YEARS)
    mine = [duty for duty in found if duty.name == name]

    if outcome == "due":
        assert case["by"] in {duty.due for duty in mine if not duty.again}
    else:
        assert not [duty.due for duty in mine if duty.due <= case["by"]]


def test_every_obligation_has_cases_both_ways():
    """Each obligation is shown to fall due and to be gone once it is done."""
    shown = {(name, outcome) for name, outcome, _, _ in TABLE}

    assert set(product((each.name for each in ALL), ("due", "done"))) == shown


def test_obligations_have_names_of_their_own():
    """No two obligations are called the same, and each says what to do by which act."""
    names = [each.name for each in ALL]

    assert len(set(names)) == len(names)
    assert all(each.done_by and set(each.done_by) <= set(EVENTS) for each in ALL)
    assert all(each.task and each.gist for each in ALL)


OVERDUE = {
    "circulated_papers_come_back": "circulated_back",
    "loans_come_back": "loan_back",
    "lent_media_come_back": "loan_back",
    "errands_end_in_time": "errand_back",
    "locked_away_by_night": "locked_away",
    "media_are_locked_away": "locked_away",
    "counted_every_month": "papers_counted",
    "checked_every_quarter": "papers_checked_and_cleared",
    "cleared_by_the_issuers_day": "cleared_by_the_issuers_day",
    "cleared_by_next_march": "last_years_papers_cleared",
    "computers_are_checked_every_quarter": "computer_checked",
    "expired_secrets_are_looked_at": "expired_secret_looked_at",
    "leaks_are_reported_in_a_day": "leak_reported",
    "problems_are_put_right_in_time": "neglect_criticized",
}
"""Standing rules about a deadline, and the duty each is the breach of."""


def agree(register, on):
    """Whether a rule finds fault exactly where its duty is overdue, on a day."""
    late = {duty.name for duty in duties(register, PACK, on) if duty.late(on)}
    late |= {d.name for d in duties(register, PACK, on) if d.name == "neglect_criticized"}
    found = {finding.rule for finding in check(register, PACK, on)}
    for rule, name in OVERDUE.items():
        twins = [other for other, duty in OVERDUE.items() if duty == name]
        assert (name in late) == any(twin in found for twin in twins), (rule, name, on)


@with_(HISTORIES, st.integers(0, 700))
def test_rules_and_duties_agree_on_every_deadline(history, days):
    """On any history and any day, what the rules call overdue is what the duties call overdue."""
    agree(play(history)[-1].register, date(2026, 6, 15) + timedelta(days=days))


def test_duties_come_the_earliest_first():
    """The list is in the order of its days, and asks for nothing beyond its horizon."""
    on = date(2026, 6, 15)
    found = duties(world().register, PACK, on, date(2026, 12, 31))

    assert [duty.due for duty in found] == sorted(duty.due for duty in found)
    assert max(duty.due for duty in found) <= date(2026, 12, 31)
    assert duties(world().register, PACK, on)[-1].due <= on + timedelta(days=30)


def test_what_recurs_stands_in_every_month_of_the_calendar():
    """A monthly count stands in the calendar month after month, the later turns marked as such."""
    found = duties(world().register, PACK, date(2026, 3, 11), date(2026, 12, 31))
    counts = [duty for duty in found if duty.name == "papers_counted"]

    assert [duty.due.month for duty in counts] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert [duty.again for duty in counts] == [False, *[True] * 8]
    assert counts[0].open(date(2026, 3, 11))
    assert not counts[1].open(date(2026, 4, 11))


def test_subjects_with_one_reason_stand_together():
    """Six computers never checked are one line of the list and not six."""
    found = duties(world().register, PACK, date(2026, 3, 11), date(2026, 6, 30))
    (checks,) = [duty for duty in found if duty.name == "computer_checked" and not duty.again]

    assert len(checks.subjects) == 6
    assert checks.due == date(2026, 6, 10)


def test_a_duty_can_be_that_of_some_of_its_subjects():
    """Whoever sees a part of a duty's subjects sees the same duty, with those alone."""
    duty = next(each for each in duties(world().register, PACK, date(2026, 6, 15)) if each.subjects)

    assert duty.only(()).subjects == ()
    assert duty.only(duty.subjects) == duty


def test_what_is_overdue_recurs_from_the_day_it_is_done():
    """Something three months late is owed once, and its next turn counts from today."""
    from ledger.duty import Due

    late = Due("x", date(2026, 3, 1), "", every=1)

    assert list(occurrences(late, date(2026, 6, 15), date(2026, 8, 20))) == [
        (date(2026, 3, 1), False),
        (date(2026, 7, 15), True),
        (date(2026, 8, 15), True),
    ]


SPRING = {
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2033: date(2033, 1, 31),
    2050: date(2050, 1, 23),
}


@pytest.mark.parametrize(("year", "day"), SPRING.items())
def test_spring_festival_is_on_its_day(year, day):
    """The first day of the lunar year is where the almanac has it, after leap months as well."""
    assert festivals(year)["春节"] == day


def test_every_year_has_its_festivals():
    """From 1902 to 2099 all seven holidays are known, each in its season; beyond, the fixed ones."""
    for year in range(1902, 2100):
        first = festivals(year)
        assert len(first) == 7
        assert date(year, 1, 21) <= first["春节"] <= date(year, 2, 20)
        assert first["清明"] in {date(year, 4, day) for day in (4, 5, 6)}
        assert date(year, 5, 27) <= first["端午"] <= date(year, 6, 26)
        assert date(year, 9, 7) <= first["中秋"] <= date(year, 10, 8)
    assert set(festivals(2150)) == {"元旦", "五一", "国庆"}


def test_working_days_leave_out_weekends_and_holidays():
    """Working days pass over weekends, statutory holidays and the unit's own, and count worked ones."""
    assert workdays_after(date(2026, 6, 12), 1) == date(2026, 6, 15)
    assert workdays_after(date(2026, 2, 13), 1) == date(2026, 2, 20)
    assert workdays_after(date(2026, 6, 15), 1, off={date(2026, 6, 16)}) == date(2026, 6, 17)
    assert workdays_after(date(2026, 6, 12), 1, on={date(2026, 6, 13)}) == date(2026, 6, 13)
    assert workdays_after(date(2150, 1, 1), 5) == date(2150, 1, 8)


def test_a_round_counts_by_year_and_never_turns_back():
    """What is entered late counts in its year and does not undo what was done since."""
    first = Round(on=date(2026, 5, 1), act=2)
    twice = first.again(date(2026, 3, 1), 3)
    next_year = twice.again(date(2027, 1, 5), 4)

    assert (twice.on, twice.times_in(2026)) == (date(2026, 5, 1), 2)
    assert (next_year.times_in(2027), next_year.times_in(2026), next_year.times_in(2020)) == (
        1,
        2,
        0,
    )
    assert next_year.again(date(2026, 12, 1), 5) == next_year


def test_nothing_falls_due_in_an_empty_book():
    """A book that has just been opened owes nothing yet."""
    from tests.world import Book

    assert duties(Book().register, PACK, date(2026, 6, 15), date(2027, 6, 15)) == ()


def test_duties_wait_for_words_an_officer_is_told():
    """Each kind of inspection, plan and report a duty looks for is in the list its rule offers."""
    import inspect
    import re

    from ledger.event.inspection import SCOPES
    from ledger.event.organization import PLANS, REPORTS

    source = "".join(inspect.getsource(each.look) for each in ALL)
    waited = {
        "检查": set(re.findall(r'"检查/([^"{]+)"', source)),
        "年度计划": set(re.findall(r'"年度计划/([^"{]+)"', source)),
        "年度报告": set(re.findall(r'"年度报告/([^"{]+)"', source)),
    }

    assert waited["检查"] | {"抽查", "要害部位"} == set(SCOPES)
    assert waited["年度计划"] == set(PLANS)
    assert waited["年度报告"] == set(REPORTS)
