"""What is known of one number beyond its page: findings, labels, readers."""

from datetime import date, time
from typing import Any

from ledger.finding import Finding
from ledger.notation.listing import TABLES
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.review import check_page
from ledger.room.room import Room

__all__ = ["findings_of", "labels_of", "page_of", "readers_of"]


def page_of(register: Register, number: str) -> Any:
    """The page of a number, whatever it belongs to; ``None`` for an unknown one."""
    if number in register.carriers:
        return register.carriers[number]
    tables = (getattr(register, name) for name in TABLES.values())
    return next((table[number] for table in tables if number in table), None)


def findings_of(room: Room, number: str) -> tuple[Finding, ...]:
    """What the rules say of one page today."""
    page = page_of(room.register, number)
    if page is None:
        return ()
    return tuple(check_page(page, room.register, room.pack, room.clock().date()))


def labels_of(room: Room, number: str) -> tuple[str, ...]:
    """What is to be known of a number's labels, a sentence each."""
    from ledger.room.labelling import about

    return tuple(about(room.register, number))


def readers_of(register: Register, number: str) -> list[str]:
    """Who had a document in hand and when, a line each, in order of time."""
    document = register.document_of(number)
    key = document.number if document else number
    found = [register.readings[line] for line in register.readers.get(key, NOBODY)]
    found = [line for line in found if number in (key, line.carrier)]
    told = []
    for line in sorted(found, key=lambda line: (line.out, line.out_at or time.min)):
        person = register.person(line.person)
        name = person.name if person else line.person
        back = _moment(line.back, line.back_at) or "未退"
        told.append(f"{name}　{_moment(line.out, line.out_at)} 至 {back}")
    return told


def _moment(day: date | None, hour: time | None) -> str:
    return " ".join(str(part)[:10] for part in (day, hour and f"{hour:%H:%M}") if part)
