"""The numbered list a count is made against: what has to be where, and what is out."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from ledger.counting.session import Line, Listed, Spot
from ledger.notation.listing import place_of
from ledger.register.register import Register

__all__ = ["list_of"]

_EVERY: Final = 500
"""Pieces between two times that somebody is told."""


def list_of(
    register: Register,
    moment: datetime,
    scope: str = "",
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Listed:
    """The list for a cabinet or for all the officer keeps, place by place, what is out last.

    What is missing already has its case and is not looked for again. ``tell`` is told now and then
    how many pieces have been looked at, and how many there are.
    """
    carriers = register.carriers
    keeping, spots = tuple(register.in_keeping(scope)), dict[str, Spot | None]()
    for at, number in enumerate(keeping):
        if at % _EVERY == 0:
            tell(at, len(keeping))
        spots[number] = Spot.of(carriers[number].custody)
    kept = sorted(spots, key=lambda n: (str(spots[n]), register.idents[n]))
    away = () if scope else sorted(_away(register), key=register.idents.__getitem__)
    wanted = [n for n in (*kept, *away) if not carriers[n].missing]
    lines = (
        Line(at, n, spots.get(n), "" if n in spots else place_of(register, carriers[n]))
        for at, n in enumerate(wanted, 1)
    )
    return Listed(scope=scope, acts=register.acts, moment=moment, lines=tuple(lines))


def _away(register: Register) -> Iterator[str]:
    """What is on loan, on its way or with others; what people use every day is no loan."""
    for account, numbers in register.holdings.items():
        if account.startswith(("人/", "途/")):
            for number in numbers:
                if getattr(register.carriers[number].custody, "purpose", "") != "使用":
                    yield number
