"""The coverage of the regulations, which cannot say more than the code holds."""

import csv
from collections import Counter

import pytest
from attrs import evolve, fields

from ledger import event as events
from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.conflict import CONFLICTS
from ledger.coverage import KINDS, WORDS, Holder, citations, demands, of_set, sets
from ledger.duties import ALL as OBLIGATIONS
from ledger.event import EVENTS
from ledger.manual import faults
from ledger.office import Body, Mailbox, Phone
from ledger.pack import ACTS, LIMITS
from ledger.packfile import load
from ledger.person import Person
from ledger.place import Cabinet, InCabinet, InTransit, Site
from ledger.register import proceeding, record, standing
from ledger.regulation import COMPENDIUM, LOCAL
from ledger.reports import REPORTS
from ledger.reports.thirty import THIRTY
from ledger.rules import ALL
from tests.test_duties import TABLE as DUTY_CASES
from tests.test_reports import ITEMS as ITEM_CASES
from tests.world import cases

DEMANDS = list(demands())
RULES = {rule.name: rule for rule in ALL}
DUTIES = {each.name: each for each in OBLIGATIONS}
PAGES = {
    each.__name__: each
    for each in (
        *EVENTS,
        *(getattr(proceeding, name) for name in proceeding.__all__),
        *(getattr(standing, name) for name in ("Policy", "Round", "Standing", "Trip")),
        *(record.Case, record.Count, record.Entry, record.Reading, record.Sequence),
        *(Paper, Notebook, Medium, Computer, Device, Document, Person, Cabinet, Site),
        *(Body, Phone, Mailbox, InCabinet, InTransit),
    )
}
PROGRAMMED = 549
"""How many demands mean something to a program; the rest are people's conduct."""
LEFT = 72


def test_every_demand_is_placed():
    """Six hundred and twenty-one demands, of which 549 are held and 72 left to people with a reason."""
    people = [demand for demand in DEMANDS if demand.by_people]

    assert len({demand.id for demand in DEMANDS}) == len(DEMANDS) == PROGRAMMED + LEFT
    assert len(people) == LEFT
    assert all(demand.names("由人")[0] for demand in people)
    assert not [d for d in DEMANDS if d.names("由人") and not d.by_people]


def test_the_table_names_only_what_exists():
    """Each rule, duty, approval, field, report and item the table names is one the code has."""
    assert list(faults()) == []


@pytest.mark.parametrize("demand", DEMANDS, ids=lambda demand: demand.id)
def test_what_holds_a_demand_is_there(demand):
    """What a row of the table leans on is in the code, under that very name."""
    assert set(demand.kinds) <= set(KINDS)
    for holder in demand.held:
        assert holder.word in WORDS
        match holder.word:
            case "规则":
                assert holder.name in RULES
            case "应办":
                assert holder.name in DUTIES
            case "审批":
                assert holder.name in ACTS
            case "报表":
                assert holder.name in REPORTS
            case "表项":
                assert 1 <= int(holder.name) <= len(THIRTY)
            case "记录":
                kind, _, name = holder.name.partition(".")
                known = {each.name for each in fields(PAGES[kind])} | set(vars(PAGES[kind]))
                assert name in known, holder.name


TESTED = {
    "规则": {(rule, outcome == "fails") for rule, outcome, _, _ in cases()},
    "应办": {(name, outcome == "due") for name, outcome, _, _ in DUTY_CASES},
    "表项": {(str(int(name[4:])), outcome == "no") for name, outcome, _, _ in ITEM_CASES},
}
REPORTED = {"annual", "check"}
"""Reports whose figures are tested in test_reports.py, for demands that are computed by them."""


@pytest.mark.parametrize(
    "demand",
    [d for d in DEMANDS if set(d.kinds) & {"拦", "警", "算"}],
    ids=lambda demand: demand.id,
)
def test_what_is_refused_warned_of_or_computed_has_cases_both_ways(demand):
    """A demand a program can enforce has a case that passes and one that fails."""
    shown = [
        {(name, False), (name, True)} <= tested
        for word, tested in TESTED.items()
        for name in demand.names(word)
    ]

    assert any(shown) or REPORTED & set(demand.names("报表"))


@pytest.mark.parametrize(
    "demand", [d for d in DEMANDS if "批" in d.kinds], ids=lambda demand: demand.id
)
def test_what_needs_approval_has_its_approvers(demand):
    """A demand that asks for approval names an act, and the unit's pack says whose it needs."""
    name = next(each for each in sets() if demand in of_set(each))
    acts = demand.names("审批")

    assert acts
    assert any(load(name).approvals.get(act) for act in acts)


@pytest.mark.parametrize("regulation", [*COMPENDIUM, *LOCAL], ids=lambda each: each.short)
def test_every_article_is_in_the_table(regulation):
    """No article of any rule set is passed over."""
    placed = {a for d in DEMANDS if d.regulation is regulation for a in d.articles}

    assert placed == set(regulation.articles)


def test_the_numbers_of_the_planning_table():
    """Rows by what a program can do, as the table was planned."""
    first = Counter(demand.kinds[0] for demand in DEMANDS)

    assert first == {
        "记": 172,
        "拦": 115,
        "批": 67,
        "期": 96,
        "表": 59,
        "算": 24,
        "警": 14,
        "人": 74,
    }


def test_every_rule_of_a_regulation_is_in_the_table_or_of_the_law():
    """A rule that no demand leans on belongs to bookkeeping, to national law, or is an extra."""
    used = {name for demand in DEMANDS for name in demand.names("规则")}
    extra = {
        rule.name
        for rule in ALL
        if rule.name not in used and rule.cites.regulation not in ("记账规则", "保密法")
    }

    assert extra == {
        "nobody_in_cooling_off_takes_secrets",
        "readers_have_pledged",
        "readers_have_learned",
        "compilations_follow_their_parts",
        "lent_media_come_back",
        "two_go_with_top_secret_media",
    }


def test_what_the_table_makes_up_is_told(monkeypatch):
    """A holder of any kind that is not in the code is a fault, and a reason that is blank as well."""
    from ledger import manual

    made_up = [
        Holder(word, "没有") for word in ("规则", "应办", "审批", "报表", "表项", "记录", "别的")
    ]
    lie = evolve(DEMANDS[0], held=(*made_up, Holder("由人", ""), Holder("记录", "Paper.没有")))
    monkeypatch.setattr(manual, "demands", lambda: [lie, DEMANDS[1]])

    assert len(list(faults())) == len(lie.held)
    assert all(DEMANDS[0].id in said for said in faults())


def test_every_obligation_is_in_the_table_or_of_the_law():
    """So is an obligation."""
    used = {name for demand in DEMANDS for name in demand.names("应办")}

    assert {each.name for each in OBLIGATIONS} - used == {
        "missing_taken_for_leaked",
        "breach_put_right",
        "password_changed",
        "risk_assessed",
        "back_from_abroad",
        "unit_assessed_itself",
    }


def test_a_slip_in_the_table_is_an_error():
    """A regulation or article that does not exist cannot stand in the table."""
    from ledger.coverage import _demand

    with pytest.raises(KeyError):
        _demand(["R", "没有的制度", "第一条", "记", "由人:甲", "乙"])
    with pytest.raises(KeyError):
        _demand(["R", "奖惩制度", "第九十条", "记", "由人:甲", "乙"])


def test_every_local_rule_is_reached_by_its_own_pack():
    """An article of one unit's own holds under that unit's pack and under no other silently."""
    for rule in ALL:
        if rule.local:
            chosen = [name for name in sets() if rule.holds_under(load(name))]
            named = [name for name in sets() if rule.name in citations(name)]
            assert set(named) <= set(chosen)
            assert "jiangmen" not in chosen


@pytest.mark.parametrize("conflict", CONFLICTS, ids=lambda each: f"X-{each.number:02}")
def test_each_conflict_has_its_decision_and_its_note(conflict):
    """What holds a decision exists, and a rule that carries it tells the note beside its finding."""
    assert conflict.seed
    assert conflict.today
    assert conflict.decision
    for name in conflict.held_by:
        kind, _, field = name.partition(".")
        known = name in RULES or name in DUTIES or name in LIMITS or name in ACTS
        assert known or field in {each.name for each in fields(PAGES[kind])}
    ruled = [RULES[name] for name in conflict.held_by if name in RULES]
    if conflict.note and ruled:
        assert any(rule.note == conflict.note for rule in ruled)


def test_there_are_seventeen_conflicts():
    """All of them, numbered as they were found."""
    assert [each.number for each in CONFLICTS] == list(range(1, 18))


def test_the_tables_are_plain():
    """Every file has the same six columns and no blank cell."""
    from importlib.resources import files

    for name in sets():
        text = (files("ledger") / "articles" / f"{name}.tsv").read_text("utf-8")
        rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        assert rows[0] == ["编号", "制度", "条文", "类别", "落实", "要点"]
        assert all(len(row) == len(rows[0]) and all(row) for row in rows)


def test_events_of_every_subject_can_be_had_from_one_place():
    """Each module of events belongs to the union of all."""
    assert {kind.__module__.rpartition(".")[2] for kind in EVENTS} >= {
        "archive",
        "cooperation",
        "disclosure",
        "incident",
        "inspection",
        "meeting",
        "organization",
        "premises",
        "reward",
        "staff",
        "supply",
        "training",
    }
    assert events.EVENTS is EVENTS
