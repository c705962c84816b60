"""A year in the life of a made-up unit: lawful to the end, or careless with every slip found."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from attrs import frozen

from ledger import Force, check
from ledger.demonstration.furnished import furnish
from ledger.demonstration.year import SLIPS, live
from ledger.demonstration.year.dues import DONE
from ledger.duties import ALL as OBLIGATIONS
from ledger.duties import duties
from ledger.notation import codec
from ledger.notation.pages import read_page, write_page
from ledger.register.record import Entry
from ledger.room import Room
from ledger.rules import ALL as RULES
from tests.world import PACK

SPANS = (
    (date(2026, 1, 5), date(2026, 12, 31)),
    (date(2025, 7, 1), date(2026, 6, 30)),
    (date(2025, 11, 25), date(2026, 11, 24)),
)
VERIFY = """
import sys
from ledger.room import Room
from ledger.room.verification import verify
print(verify(Room.open(sys.argv[1])).faults)
"""
ONE = [(7, *SPANS[0])]
MANY = [(seed, *span) for seed in (1, 2) for span in SPANS]


@frozen
class Year:
    """The steps of a year, and at the end of each month what a check found and what was late."""

    steps: list
    checks: dict
    late: dict


def run(seed, start, end, *, careless):
    steps = list(live(seed, PACK, start, end, careless=careless))
    checks, late = {}, {}
    for step, following in pairwise([*steps, None]):
        day = step.when.at.date()
        if following is None or following.when.at.date().month != day.month:
            register = step.proposal.register
            checks[day] = list(check(register, PACK, day))
            late[day] = [duty for duty in duties(register, PACK, day) if duty.late(day)]
    return Year(steps, checks, late)


@pytest.fixture(scope="module")
def careful():
    return run(*ONE[0], careless=False)


@pytest.fixture(scope="module")
def careless():
    return run(*ONE[0], careless=True)


def lawful(year):
    for step in year.steps:
        assert not [f for f in step.proposal.findings if f.force.binds], step
    assert not [f for found in year.checks.values() for f in found if f.force.binds]
    assert not [duty for found in year.late.values() for duty in found]


def found_out(year):
    """Every slip is found where it lies, and nothing else is called forbidden."""
    slips = [(step, slip) for step in year.steps for slip in step.slips]
    planted = set()
    for step, slip in slips:
        planted.add(slip.rule)
        if slip.act:
            assert slip.rule in {f.rule for f in step.proposal.findings}, slip
        else:
            began = step.when.at.date()
            seen = {
                (f.rule, f.subject)
                for day, found in year.checks.items()
                if began <= day < slip.on
                for f in found
            }
            assert (slip.rule, slip.subject) in seen or (
                not slip.subject and slip.rule in {rule for rule, _ in seen}
            ), slip
    assert Counter(slip.rule for _, slip in slips) == Counter(list(SLIPS))
    forbidden = {
        (step.proposal.act.n, f.rule)
        for step in year.steps
        for f in step.proposal.findings
        if f.force is Force.FORBIDS
    }
    assert forbidden <= {(slip.act, slip.rule) for _, slip in slips}
    undone = {slip.rule for _, slip in slips if not slip.act}
    assert {
        f.rule for found in year.checks.values() for f in found if f.force is Force.FORBIDS
    } <= undone


def test_a_careful_year_breaks_no_rule_and_leaves_nothing_undone(careful):
    """Doing what falls due, the unit is refused nothing, and no check or list finds fault."""
    lawful(careful)


def test_a_year_is_a_year_of_a_real_unit(careful):
    """Sixty people, 120 media, 80 computers, about 400 new documents, several thousand acts."""
    first = careful.steps[0].when.at.date()
    opening = [step.proposal for step in careful.steps if step.when.at.date() == first][-1].register
    last = careful.steps[-1].proposal.register

    assert len(opening.people) == 60
    assert len(opening.kinds["medium"]) == 120
    assert len(opening.kinds["computer"]) == 80
    assert 380 <= len(last.documents) - len(opening.documents) <= 480
    assert len(careful.steps) > 4000
    assert len({type(step.event) for step in careful.steps}) > 65


def test_every_slip_of_a_careless_year_is_found(careless):
    """Each planted breach is found by its rule, and nothing else is called forbidden."""
    found_out(careless)


def test_what_is_asked_besides_the_slips_follows_from_them(careless):
    """Nothing is demanded in vain: every other 须 is about an act or a thing that was neglected."""
    undone = {slip.rule for step in careless.steps for slip in step.slips if not slip.act}
    asked = {
        f.rule for found in careless.checks.values() for f in found if f.force is Force.REQUIRES
    }
    acts = [step for step in careless.steps if not step.slips]

    assert asked <= undone
    assert not [f for step in acts for f in step.proposal.findings if f.force.binds]


def test_a_slip_is_named_after_the_rule_it_breaks():
    """Slips lie in thirteen 制度 and more than forty rules, each of which exists."""
    rules = {rule.name: rule for rule in RULES}

    assert set(SLIPS) <= set(rules)
    assert len(SLIPS) > 40
    assert len({rules[name].cites.regulation for name in SLIPS}) >= 13


def test_a_seed_decides_the_year():
    """The same seed gives the same acts to the minute, another seed others."""
    span = date(2026, 1, 5), date(2026, 2, 10)
    one, same, other = (
        [(step.event, step.when) for step in live(seed, PACK, *span)] for seed in (7, 7, 8)
    )

    assert one == same
    assert one != other


def test_the_unit_knows_how_to_do_what_may_fall_due():
    """Each duty of the compendium is done in the year, but for those that need an unusual turn."""
    rare = {
        "full_notebook_returned",
        "password_changed",
        "certificate_given_back",
        "officer_moved_off",
    }

    assert {each.name for each in OBLIGATIONS if not each.local} - set(DONE) == rare


def test_all_that_a_year_writes_reads_back_as_it_was(careless):
    """Every act and every page it leaves is the same after a trip through JSON."""
    for step in careless.steps:
        act = step.proposal.act
        assert codec.read_act(json.loads(json.dumps(codec.write_act(act)))) == act
        for change in step.proposal.changes:
            if change.after is not None and not isinstance(change.after, (int, str)):
                written = write_page(change.after)
                assert json.loads(json.dumps(written)) == written
                if not isinstance(change.after, Entry):
                    assert read_page(type(change.after), written) == change.after


def test_a_furnished_room_is_a_room_like_any_other(tmp_path):
    """The months are written as a book that verifies, whatever order a program's sets are in."""
    told = []
    furnish(tmp_path / "room", told.append, until=date(2026, 4, 30), days=110)

    with Room.open(tmp_path / "room") as room:
        assert len(room.acts) > 1200
        assert room.balance(date(2026, 4, 30)).holds
    assert sum(" 禁 " in line or " 须 " in line for line in told) > 20
    for seed in "12":
        said = subprocess.run(
            [sys.executable, "-c", VERIFY, tmp_path / "room"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        assert said.stdout == "()\n"


@pytest.mark.heavy
@pytest.mark.parametrize(("seed", "start", "end"), MANY)
def test_many_careful_years_break_no_rule(seed, start, end):
    """Whatever the seed and the first day, a careful year is lawful to its end."""
    lawful(run(seed, start, end, careless=False))


@pytest.mark.heavy
@pytest.mark.parametrize(("seed", "start", "end"), MANY)
def test_the_slips_of_many_careless_years_are_found(seed, start, end):
    """Whatever the seed and the first day, each slip is found and nothing else is forbidden."""
    found_out(run(seed, start, end, careless=True))
