"""How a count ends: the acts its decisions come to, the count itself last."""

from collections.abc import Iterable, Iterator
from typing import Final

from ledger.counting.session import Choice, Decided, Session, Spot
from ledger.counting.tally import Row, Standing
from ledger.event import Counted, Event, Found, Returned, Stored
from ledger.number import CabinetNo, CarrierNo, PersonRef
from ledger.register.register import Register

__all__ = ["NOTED", "acts_of", "trouble"]

NOTED: Final = frozenset({Choice.SEALED, Choice.HANDED, Choice.SEEN, Choice.STILL})
"""Decisions that say nothing without a note."""
_SEEN: Final = frozenset({Standing.PRESENT, Standing.MISPLACED, Standing.TWICE, Standing.RECOVERED})


def trouble(row: Row, decided: Decided, register: Register) -> str:
    """Why a decision cannot stand for a difference, in Chinese; blank if it can."""
    choice = decided.choice
    if choice not in row.choices:
        possible = "、".join(map(str, row.choices))
        said = f"可以选：{possible}" if possible else "不需要处理"
        return f"{row.subject}（{row.standing}）不能“{choice}”，{said}"
    if choice in NOTED and not decided.note:
        return f"“{choice}”要写明情况，如由谁看过、放在哪里、交给了谁"
    spot = _target(row, decided)
    if choice in (Choice.MOVE, Choice.RETURN, Choice.FOUND) and spot is not None and spot.cabinet:
        cabinet = register.cabinets.get(spot.cabinet)
        if cabinet is None:
            return f"没有登记“{spot.cabinet}”这个柜"
        names = [part.name for part in cabinet.compartments]
        if names and spot.compartment not in names:
            return f"要写明放在{spot.cabinet}柜的哪一格，有：{'、'.join(names)}"
    return ""


def _target(row: Row, decided: Decided) -> Spot | None:
    return decided.spot or row.last


def acts_of(session: Session, rows: Iterable[Row], *, clearance: bool = False) -> Iterator[Event]:
    """The acts of a count whose every difference is decided: what was moved, then the count."""
    known = tuple(rows)
    for row in known:
        if row.decided is not None and row.choices:
            yield from _booked(row, row.decided)
    yield Counted(
        seen=tuple(row.subject for row in known if _counts(row)),
        cabinet=CabinetNo(session.listed.scope),
        counters=tuple(map(PersonRef, dict.fromkeys(session.counters))),
        clearance=clearance,
        besides=tuple(CarrierNo(row.subject) for row in known if row.standing is Standing.MOVED),
        listed=session.digest,
        settled=tuple(_said(row) for row in known if row.choices),
    )


def _booked(row: Row, decided: Decided) -> Iterator[Event]:
    number, spot = CarrierNo(row.subject), _target(row, decided)
    if decided.choice is Choice.RETURN:
        yield Returned(carrier=number)
    elif decided.choice is Choice.FOUND:
        yield Found(carrier=number, where=str(spot))
    elif decided.choice is not Choice.MOVE:
        return
    if spot is not None and spot.cabinet:
        yield Stored(
            carriers=(number,), cabinet=CabinetNo(spot.cabinet), compartment=spot.compartment
        )


def _counts(row: Row) -> bool:
    """Whether the book is told that it was seen."""
    chosen = row.decided.choice if row.decided and row.choices else None
    match row.standing:
        case Standing.CONTESTED:
            return chosen is Choice.SEEN
        case Standing.OUT:
            return chosen is Choice.RETURN
        case Standing.UNKNOWN | Standing.GONE:
            return True
        case _:
            return row.standing in _SEEN and bool(row.reads)


def _said(row: Row) -> str:
    """A difference and what was decided about it, as the book keeps it."""
    decided = row.decided
    parts = [row.subject, str(row.standing)]
    parts += [str(decided.choice), decided.note] if decided else []
    return " ".join(filter(None, parts))
