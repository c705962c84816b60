"""Tables that share: a base that is read when somebody looks, and what has changed on top of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.register.pages import NOBODY, Members, Pages
from ledger.register.sequence import Sequence

KEYS = st.sampled_from("甲乙丙丁戊")
TABLES = st.dictionaries(KEYS, st.integers(0, 3))
CHANGES = st.lists(st.tuples(KEYS, st.none() | st.integers(0, 3)), max_size=12)


@given(TABLES, CHANGES, CHANGES)
def test_a_table_on_a_base_is_the_table_without_one(base, first, then):
    """Whatever is put and taken out, a base makes no difference to what the table holds."""
    model, table = dict(base), Pages(base)
    for changes in (first, then):
        working = table.working()
        for key, page in changes:
            if page is None and key not in model:
                continue
            assert working.put(key, page) == model.get(key)
            if page is None:
                del model[key]
            else:
                model[key] = page
            assert len(working) == len(model)
            assert (key in working) is (key in model)
            assert working.get(key) == model.get(key)
        assert set(working) == set(model)
        table = working.finish()

        assert table == model
        assert len(table) == len(model)
        assert all((key in table) is (key in model) for key in "甲乙丙丁戊")
        assert {*table.old(), *table.new()} == set(model)
        assert set(table.old()) <= set(base)


@given(TABLES, CHANGES)
def test_the_table_before_is_still_the_table_before(base, changes):
    """Changing a working table leaves the one it began as alone."""
    table = Pages(base)
    working = table.working()
    for key, page in changes:
        working.put(key, page)
    working.finish()

    assert table == base


def test_a_table_nobody_changed_is_the_same_table():
    """Looking costs nothing: the table that is finished is the one that was begun."""
    table = Pages({"甲": 1})
    working = table.working()

    assert working["甲"] == 1
    assert working.finish() is table


def test_a_page_nobody_has_is_no_page():
    """An unknown key is an error and not a blank page, in both kinds of table."""
    table = Pages({"甲": 1})
    working = table.working()
    for each in (table, working):
        with pytest.raises(KeyError, match="乙"):
            each["乙"]


@given(st.lists(KEYS, unique=True), st.lists(KEYS, max_size=12))
def test_members_come_and_go_on_a_base(base, turns):
    """A number that joins is in, one that leaves is out, whether the base had it or not."""
    model, members = set(base), Members(base)
    for number in turns:
        if number in model:
            model.remove(number)
            members = members.left_by(number)
        else:
            model.add(number)
            members = members.joined_by(number)

        assert sorted(members) == sorted(model)
        assert len(members) == len(model)
        assert bool(members) is bool(model)
        assert all((key in members) is (key in model) for key in "甲乙丙丁戊")
        assert members == Members(model)
    assert members != model


def test_nobody_is_empty():
    """The set with nothing in it has nothing in it."""
    assert list(NOBODY) == []


@given(st.lists(st.integers(1, 12), unique=True))
def test_a_series_knows_what_it_jumped_over(serials):
    """The gaps of a series are the numbers below its last that nobody used."""
    run = Sequence()
    for serial in serials:
        run = run.taking(serial)
    last = max(serials, default=0)
    missing = set(range(1, last + 1)) - set(serials)

    assert run.last == last
    assert {n for a, b in run.gaps for n in range(a, b + 1)} == missing
    assert run.missing == len(missing)
    assert list(run.gaps) == sorted(run.gaps)


def test_a_jump_of_millions_costs_one_gap():
    """A number far ahead leaves one gap behind it, however wide."""
    assert Sequence(3).taking(900_000_000).gaps == ((4, 899_999_999),)
