"""保密检查记录表: what can be counted from the book for exactly the span that is inspected."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger.books.book import highest, together
from ledger.books.chronicle import Chronicle
from ledger.carrier import Carrier, Document, Paper
from ledger.event import Copied, Left, Lent, Received, Registered
from ledger.level import Level
from ledger.notation.listing import place_of
from ledger.notation.words import KIND_LABELS
from ledger.person import Person
from ledger.place import AtUnit, InTransit, WithPerson
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.series import series_of

__all__ = ["inspection"]

_NAMES = {Level.绝密: "top", Level.机密: "middle", Level.秘密: "low"}


def inspection(book: Chronicle) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values of the record, and the carriers they tell of."""
    register = book.register
    values: dict[str, Any] = {"staff_changes": _staff(book)}
    secret = [
        entry
        for entry in register.open_carriers()
        if register.level_of(entry) is not None and series_of(entry.thing) in _CARRIERS
    ]
    for level, name in _NAMES.items():
        own = [entry for entry in secret if register.level_of(entry) is level]
        values |= {f"{name}_{key}": value for key, value in _of_level(book, level, own).items()}
    top = highest((entry.number for entry in secret), book)
    values["level"] = str(top or "")
    values["top_secret"] = list(_top_secret(book)) if book.titles else []
    told = tuple(entry.number for entry in secret if register.level_of(entry) is Level.绝密)
    return values, told if values["top_secret"] else ()


_CARRIERS = ("paper", "notebook", "medium")


def _staff(book: Chronicle) -> str:
    came = [
        event.thing.name
        for _, event in book.of(Registered)
        if isinstance(event.thing, Person) and event.thing.category is not None
    ]
    left = [event for _, event in book.of(Left)]
    signed = sum(event.commitment for event in left)
    parts = []
    if came:
        parts.append(f"新登记涉密人员{len(came)}人（{'、'.join(came)}）")
    if left:
        names = book.names(event.person for event in left)
        parts.append(f"离岗{len(left)}人（{names}），签订承诺书{signed}人")
    return "；".join(parts) or "无变动"


def _of_level(book: Chronicle, level: Level, entries: list[Entry[Carrier]]) -> dict[str, Any]:
    """What there is of a level, what of it is out and what was copied, with what formalities."""
    kinds = Counter(KIND_LABELS[series_of(entry.thing)] for entry in entries)
    out = [
        entry for entry in entries if isinstance(entry.custody, (AtUnit, InTransit)) or _lent(entry)
    ]
    missing = [entry.number for entry in entries if entry.missing]
    copying = [e for _, e in book.of(Copied) if book.level(e.original) == str(level)]
    lending = [e for _, e in book.of(Lent) if book.level(e.carrier) == str(level)]
    copied = sum(len(event.numbers) for event in copying)
    state = [
        word
        for word, is_so in (("齐全", not missing and entries), ("外借", out), ("复印", copied))
        if is_so
    ]
    return {
        "count": len(entries),
        "kinds": "、".join(f"{kind}{count}" for kind, count in kinds.items()),
        "state": state,
        "lent": len(out) or "",
        "copied": copied or "",
        "lent_done": _done(lending) if out else "",
        "copied_done": _done(copying) if copied else "",
        "problems": f"遗失待查{len(missing)}件：{together(missing)}" if missing else "",
    }


def _lent(entry: Entry[Carrier]) -> bool:
    return isinstance(entry.custody, WithPerson) and entry.custody.purpose != "使用"


def _done(events: list[Any]) -> str:
    return "有" if events and all(event.approvals for event in events) else "无"


def _top_secret(book: Chronicle) -> Iterator[dict[str, Any]]:
    """The top-secret documents the room still has: who may know, who does, where they are."""
    channels = {event.document.number: event.channel for _, event in book.of(Received)}
    for document in book.register.in_order(book.register.documents):
        papers = _open_papers(book, document)
        if document.level is Level.绝密 and papers:
            numbers = book.register.readers.get(document.number, NOBODY)
            readers = [book.name(book.register.readings[number].person) for number in numbers]
            yield {
                "doc_no": document.doc_no or document.alias or document.number,
                "circle": str(document.circle or ""),
                "copies": len(papers),
                "channel": channels.get(document.number, ""),
                "keeping": together(place_of(book.register, entry) for entry in papers),
                "readers": together(readers),
            }


def _open_papers(book: Chronicle, document: Document) -> list[Entry[Paper]]:
    numbers = sorted(book.register.copies.get(document.number, NOBODY))
    entries: list[Any] = [book.register.carriers[number] for number in numbers]
    return [entry for entry in entries if entry.open]
