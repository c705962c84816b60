"""The laws of custody, over every prefix of random histories."""

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random

from hypothesis import given

from ledger.event import EVENTS, closing, copying, correction, intake, machine, movement
from ledger.notation.codec import read_act, write_act
from ledger.place import Closed, InCabinet, InRoom
from ledger.register.balance import balance, slice_of
from ledger.register.fold import fold, replay
from ledger.register.index import account
from tests.histories import HISTORIES, NAMES, play


def _of_carriers() -> set[type]:
    """Every class of event that has to do with carriers, but the opening of the book."""
    subjects = (closing, copying, correction, intake, machine, movement)
    named = {getattr(each, name) for each in subjects for name in each.__all__}
    return named.intersection(EVENTS) - {intake.Opened}


def test_histories_leave_out_no_event_of_a_carrier():
    """Random histories hold every class of event that a carrier can go through."""
    chance = Random(7)
    seen = set()
    for _ in range(30):
        steps = [(name, chance.randrange(10_000), chance.randrange(10_000), 1) for name in NAMES]
        chance.shuffle(steps)
        seen |= {type(act.event) for act in play(steps)[-1].acts}

    assert _of_carriers() <= seen


@given(HISTORIES)
def test_every_carrier_is_in_exactly_one_custody(history):
    """At every moment each carrier stands in one account, the one its page says."""
    for book in play(history):
        register = book.register
        where = {number: name for name, members in register.holdings.items() for number in members}
        total = sum(len(members) for members in register.holdings.values())

        assert total == len(register.carriers)
        assert where == {n: account(e.custody) for n, e in register.carriers.items()}


@given(HISTORIES)
def test_opening_and_incomings_equal_outgoings_and_closing(history):
    """For every kind and level, up to any day and from there to the next, the table adds up."""
    books = play(history)
    acts = books[-1].acts
    days = sorted({act.at.date() for act in acts})
    for start, end in pairwise(days):
        found = balance(acts, start, end)
        before = balance(acts, days[0], start - timedelta(days=1))
        assert found.holds
        assert before.holds
        closing = {(line.kind, line.level): line.closing for line in before.lines}
        assert all(line.opening == closing.get((line.kind, line.level), 0) for line in found.lines)


@given(HISTORIES)
def test_what_came_in_is_held_or_closed(history):
    """Nothing that was ever entered disappears, and a closing says how it ended."""
    for book in play(history):
        register = book.register
        open_ = Counter(slice_of(register, entry) for entry in register.open_carriers())
        closed = [e for e in register.carriers.values() if isinstance(e.custody, Closed)]

        assert sum(open_.values()) + len(closed) == len(register.carriers)
        assert set(register.carriers) <= set(register.idents)


@given(HISTORIES)
def test_no_number_is_skipped_or_given_twice(history):
    """Numbers the book gives run without holes, and a page's number is its own."""
    register = play(history)[-1].register
    for name, run in register.sequences.items():
        series, year = name.split("/")
        mask = register.numbering.mask(series)
        known = {
            mask.read(n)[1] for n in register.idents if (mask.read(n) or (None,))[0] == int(year)
        }

        assert run.gaps == ()
        assert known == set(range(1, run.last + 1))
    assert sorted(register.idents.values()) == list(range(1, len(register.idents) + 1))


@given(HISTORIES)
def test_the_indexes_agree_with_the_pages(history):
    """What the register finds quickly is what a search of every page would find."""
    register = play(history)[-1].register
    kept = {n for n, e in register.carriers.items() if isinstance(e.custody, (InRoom, InCabinet))}
    copies, serials = {}, {}
    for number, entry in register.carriers.items():
        for index, key in ((copies, "document"), (serials, "serial")):
            value = getattr(entry.thing, key, "")
            if value:
                index.setdefault(value, set()).add(number)

    assert set(register.in_keeping()) == kept
    assert {k: set(v) for k, v in register.copies.items()} == copies
    assert {k: set(v) for k, v in register.serials.items()} == serials


@given(HISTORIES)
def test_the_fold_of_all_acts_is_the_register_after_the_last(history):
    """Adding acts one by one or all at once comes to the same, reversals included."""
    book = play(history)[-1]

    assert fold(book.acts) == book.register
    *_, (_, _, register, _) = replay(book.acts)
    assert register == book.register


@given(HISTORIES)
def test_every_act_survives_being_written(history):
    """An act written as JSON and read again is the same act."""
    for act in play(history)[-1].acts:
        text = json.dumps(write_act(act), ensure_ascii=False)

        assert read_act(json.loads(text)) == act


@given(HISTORIES)
def test_the_book_before_is_still_the_book_before(history):
    """No act changes a register that was there before it."""
    books = play(history)
    texts = [fold(book.acts) for book in books]

    assert [book.register for book in books] == texts
