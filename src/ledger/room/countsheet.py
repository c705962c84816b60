"""盘点结果: what a count came to, line by line, on paper for two signatures."""

from collections import Counter
from typing import Any, NamedTuple

from ledger.books.chronicle import Chronicle
from ledger.counting.session import Session
from ledger.counting.tally import Row, Standing, tally
from ledger.room.countfile import UnknownCount
from ledger.room.counting import BadCount, counts
from ledger.room.room import Room

__all__ = ["Counted", "record_of", "totals"]


class Counted(NamedTuple):
    """The values of the form, and the carriers it tells of."""

    values: dict[str, Any]
    about: tuple[str, ...]


def record_of(room: Room, book: Chronicle, id_: str = "") -> Counted:
    """The result of a count, of the last one if none is named; raises ``BadCount``."""
    known = [each for each in counts(room) if not id_ or each.id == id_]
    if not known:
        raise UnknownCount(f"没有“{id_}”这次清点" if id_ else "还没有清点过")
    session = known[-1]
    if session.blind:
        raise BadCount("复点没有结束，还不能打印结果")
    rows = tally(session, room.register)
    values = {
        "count": session.id,
        "place": session.listed.place,
        "begun": f"{session.listed.moment:%Y-%m-%d %H:%M}",
        "expected": session.listed.expected,
        "acts": session.listed.acts,
        "listed": session.digest[:16],
        "seal": room.head[:20],
        "first": book.name(session.counters[0]),
        "second": book.name(session.counters[1]) if len(session.counters) > 1 else "",
        "totals": totals(rows),
        "state": _state(session),
        "carriers": [_line(at, row, book) for at, row in enumerate(rows, 1)],
    }
    return Counted(values, tuple(r.subject for r in rows if r.subject in room.register.carriers))


def totals(rows: tuple[Row, ...]) -> str:
    """How many stand how, in the order of the standings.

    >>> totals(())
    ''
    """
    found = Counter(row.standing for row in rows)
    return "　".join(f"{each}{found[each]}件" for each in Standing if found[each])


def _state(session: Session) -> str:
    if session.act is not None:
        return f"已记入账本第{session.act}笔"
    return f"已作罢：{session.abandoned}" if session.abandoned else "尚未结束，账本未变"


def _line(at: int, row: Row, book: Chronicle) -> dict[str, Any]:
    decided = row.decided if row.choices else None
    return {
        "at": at,
        "number": row.subject,
        "title": book.title(row.subject),
        "mark": book.mark(row.subject),
        "expected": row.expected,
        "seen": row.seen,
        "standing": str(row.standing),
        "decided": f"{decided.choice} {decided.note}".strip() if decided else "",
    }
