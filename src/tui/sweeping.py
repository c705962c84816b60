"""When what the screens leave behind is collected: while nobody types, not between a key and its answer.

A full collection stops everything for a tenth of a second and more, and left to itself comes in
the middle of whatever makes most garbage, which is the drawing of the next page.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Final

__all__ = ["SWEEP_EVERY", "Sweeping", "uncollected"]

SWEEP_EVERY: Final = 1.0
"""Seconds between two looks whether there is something to sweep and time for it."""
_QUIET: Final = 1.5
"""Seconds without a key after which a short stop is not felt."""
_SOME: Final = 5
"""How many rounds of the collector's middle generation make a sweep worth while."""
_MUCH: Final = 400
"""How many do not wait for quiet."""
_NEVER: Final = 1_000_000


class Sweeping:
    """The collector of the process, while the screens have it."""

    def __init__(self) -> None:
        self._found = gc.get_threshold()
        self._over = False

    def begin(self) -> None:
        """Collect once, pass over all that is loaded from now on, and leave full sweeps to ``look``."""
        if self._over:  # the screens were closed before they had settled
            return
        gc.collect()
        gc.freeze()
        first, second, _ = self._found
        gc.set_threshold(first, second, _NEVER)
        gc.enable()

    @staticmethod
    def keep() -> None:
        """What has been made by now stays: the collector passes over it."""
        gc.freeze()

    @staticmethod
    def look(quiet: float) -> bool:
        """Sweep if it is worth it and nobody has touched a key for some seconds; whether it was done."""
        rounds = gc.get_count()[2] if gc.isenabled() else 0  # long work has it turned off
        due = rounds >= _MUCH or (rounds >= _SOME and quiet >= _QUIET)
        if due:
            gc.collect()
        return due

    def end(self) -> None:
        """Leave the collector as it was found, for good."""
        self._over = True
        gc.set_threshold(*self._found)
        gc.unfreeze()


_AT_ONCE: Final = count()
_going: Final = set[int]()


@contextmanager
def uncollected() -> Iterator[None]:
    """A block in which no garbage is looked for: a look at all that is loaded holds up every thread.

    What is there at its end is not looked at again either.
    """
    me = next(_AT_ONCE)
    _going.add(me)
    gc.disable()
    try:
        yield
    finally:
        _going.discard(me)
        if not _going:
            gc.freeze()
            gc.enable()
