"""The numbered list a count is made against: what has to be where, and what is out."""

from collections.abc import Iterator
from datetime import datetime

from ledger.counting.session import Line, Listed, Spot
from ledger.notation.listing import place_of
from ledger.register.register import Register

__all__ = ["list_of"]


def list_of(register: Register, moment: datetime, scope: str = "") -> Listed:
    """The list for a cabinet or for all the officer keeps, place by place, what is out last.

    What is missing already has its case and is not looked for again.
    """
    carriers = register.carriers
    spots = {n: Spot.of(carriers[n].custody) for n in register.in_keeping(scope)}
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
