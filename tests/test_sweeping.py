"""What the screens leave behind is collected while nobody types."""

import gc

import pytest

from tui.sweeping import Sweeping, uncollected


@pytest.fixture(autouse=True)
def _nothing_passed_over():
    """Long work of an earlier test lets the collector pass over what it made; here that is taken back."""
    gc.unfreeze()


@pytest.fixture(name="sweeping")
def _sweeping():
    made = Sweeping()
    made.begin()
    yield made
    made.end()


def test_nothing_is_swept_between_a_key_and_its_answer(sweeping):
    """However much garbage there is, the collector waits until nobody has typed for a while."""
    swept = []
    watch = lambda phase, told: swept.append(told["generation"])  # noqa: E731
    gc.callbacks.append(watch)
    try:
        for _ in range(300_000):
            loop = []
            loop.append(loop)
            sweeping.look(quiet=0.2)
        assert swept
        assert 2 not in swept
        with uncollected():
            assert not sweeping.look(quiet=5.0)
        for _ in range(300_000):
            loop = []
            loop.append(loop)
        assert sweeping.look(quiet=5.0)
        assert 2 in swept
        assert not sweeping.look(quiet=5.0)
    finally:
        gc.callbacks.remove(watch)


def test_the_collector_is_left_as_it_was_found():
    """When the screens are closed the collector of the process works as before."""
    before = gc.get_threshold(), gc.get_freeze_count()
    sweeping = Sweeping()
    sweeping.begin()

    assert gc.isenabled()
    assert gc.get_threshold() != before[0]
    assert gc.get_freeze_count() > before[1]

    sweeping.end()

    assert (gc.get_threshold(), gc.get_freeze_count()) == before


def test_screens_that_are_closed_at_once_leave_the_collector_alone():
    """Whoever leaves before the screens have settled does not get their way of sweeping afterwards."""
    before = gc.get_threshold(), gc.get_freeze_count()
    sweeping = Sweeping()

    sweeping.end()
    sweeping.begin()

    assert (gc.get_threshold(), gc.get_freeze_count()) == before
