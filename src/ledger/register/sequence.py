"""How far a series of numbers has run, and what it has left out."""

from collections.abc import Iterator

from attrs import frozen

__all__ = ["Sequence"]


@frozen
class Sequence:
    """How far a series of numbers has run, and which numbers it has jumped over."""

    last: int = 0
    gaps: tuple[tuple[int, int], ...] = ()
    """The first and last of each run of numbers left out, in order."""

    @property
    def missing(self) -> int:
        """How many numbers were jumped over."""
        return sum(last - first + 1 for first, last in self.gaps)

    def taking(self, serial: int) -> "Sequence":
        """The series after one more of its numbers is in use.

        >>> Sequence(2).taking(6).taking(4)
        Sequence(last=6, gaps=((3, 3), (5, 5)))
        """
        if serial > self.last:
            jumped = ((self.last + 1, serial - 1),) if serial > self.last + 1 else ()
            return Sequence(serial, (*self.gaps, *jumped))
        parts = (part for gap in self.gaps for part in _without(gap, serial))
        return Sequence(self.last, tuple(parts))

    def after_outside(self, serial: int) -> "Sequence":
        """The series after a number that was given before there was a book, or beside it.

        What was left out below it is no gap: those numbers are on paper somewhere.

        >>> Sequence(2).after_outside(6), Sequence(6, ((3, 5),)).after_outside(4)
        (Sequence(last=6, gaps=()), Sequence(last=6, gaps=((3, 3), (5, 5))))
        """
        return Sequence(serial, self.gaps) if serial > self.last else self.taking(serial)


def _without(gap: tuple[int, int], serial: int) -> Iterator[tuple[int, int]]:
    """A run of numbers with one of them taken out: none, one or two runs."""
    first, last = gap
    if not first <= serial <= last:
        yield gap
        return
    if first < serial:
        yield first, serial - 1
    if serial < last:
        yield serial + 1, last
