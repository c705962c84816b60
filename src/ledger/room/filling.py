"""What the ledger knows of a form's blanks; what only people know is left for them to write."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import frozen

from ledger.act import Act
from ledger.books.book import moment, span, together
from ledger.books.chronicle import Chronicle
from ledger.books.copying import BOOKS as COPYING
from ledger.day import chinese
from ledger.event import CarriedOut, Circulated, Lent, Returned
from ledger.notation.listing import place_of
from ledger.notation.words import KIND_LABELS
from ledger.register.record import Case
from ledger.register.series import series_of
from ledger.room.counting import BadCount
from ledger.room.countsheet import record_of
from ledger.room.coversheet import cover_of
from ledger.room.inspecting import inspection
from ledger.room.room import Room
from ledger.trouble import Misuse

__all__ = ["FILLERS", "Filled", "Subject", "Unfillable"]


class Unfillable(Misuse, ValueError):
    """A form that cannot be filled from what was named; a Chinese sentence."""


@frozen(kw_only=True)
class Subject:
    """What a form is to be about: some numbers, a span of days, or both."""

    numbers: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None


@frozen
class Filled:
    """The values of a form, and the carriers they tell of, which say how secret it is."""

    values: Mapping[str, Any]
    about: tuple[str, ...] = ()


def _items(book: Chronicle, numbers: Iterable[str]) -> list[dict[str, Any]]:
    """What a list says of each of some carriers, in the order in which they are named."""
    return [
        {
            "at": at,
            "number": number,
            "title": book.title(number),
            "doc_no": book.doc_no(book.text(number)),
            "mark": book.mark(number),
            "copy_no": book.copy_no(number),
            "pages": book.pages(number),
            "pieces": 1,
            "issuer": book.name(book.text(number).issuer),
            "incoming_no": book.incoming_no(number),
            "place": place_of(book.register, book.register.carriers[number]),
        }
        for at, number in enumerate(numbers, 1)
    ]


def _totals(book: Chronicle, numbers: Sequence[str]) -> str:
    kinds = Counter(
        KIND_LABELS[series_of(book.register.carriers[number].thing)] for number in numbers
    )
    shown = "、".join(f"{kind}{count}件" for kind, count in kinds.items())
    return f"{shown}，共{len(numbers)}件" if numbers else ""


def _carriers(book: Chronicle, subject: Subject) -> tuple[str, ...]:
    """The carriers named; a person stands for all in his charge."""
    found: list[str] = []
    for number in subject.numbers:
        person = book.register.person(number)
        if number in book.register.carriers:
            found.append(number)
        elif person is not None:
            found += book.register.held_by(person.number)
        else:
            raise Unfillable(f"“{number}”不是登记在册的载体，也不是人员")
    return tuple(dict.fromkeys(found))


def _one(book: Chronicle, subject: Subject) -> str:
    if len(subject.numbers) != 1 or subject.numbers[0] not in book.register.carriers:
        raise Unfillable("这种表格要写明一件载体的编号，如 WJ-2026-0001")
    return subject.numbers[0]


def _latest(book: Chronicle, number: str, kind: Any) -> Act | None:
    acts = [act for act, event in book.of(kind) if number in _named(event)]
    return acts[-1] if acts else None


def _named(event: Any) -> tuple[str, ...]:
    return getattr(event, "carriers", ()) or (getattr(event, "carrier", ""),)


def _listed(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    numbers = _carriers(book, subject)
    values = {
        "carriers": _items(book, numbers),
        "total": len(numbers) or "",
        "totals": _totals(book, numbers),
    }
    return Filled(values, numbers)


def _handed_over(book: Chronicle, subject: Subject, room: Room) -> Filled:
    filled = _listed(book, subject, room)
    people = [book.name(n) for n in subject.numbers if n not in book.register.carriers]
    return Filled({**filled.values, "giver": together(people)}, filled.about)


def _counted(book: Chronicle, subject: Subject, room: Room) -> Filled:
    cabinet = subject.numbers[0] if subject.numbers else ""
    if cabinet and cabinet not in book.register.cabinets:
        raise Unfillable(f"没有登记“{cabinet}”这个柜")
    numbers = book.register.in_keeping(cabinet)
    values = {
        "carriers": _items(book, numbers),
        "expected": len(numbers),
        "place": f"{cabinet}柜" if cabinet else "全室（保密室和各柜）",
        "acts": book.register.acts,
        "seal": room.head[:16],
    }
    return Filled(values, numbers)


def _recorded(book: Chronicle, subject: Subject, room: Room) -> Filled:
    try:
        return Filled(*record_of(room, book, *subject.numbers[:1]))
    except BadCount as error:
        raise Unfillable(str(error)) from None


def _lent(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    number = _one(book, subject)
    values: dict[str, Any] = _items(book, (number,))[0]
    act = _latest(book, number, Lent)
    if act is not None and book.next(number, act, Returned) is None:
        event: Any = act.event
        person = book.register.person(event.to)
        values |= {
            "borrower": book.name(event.to),
            "department": person.department if person else "",
            "on": str(act.on),
            "due": str(event.due or ""),
            "purpose": event.purpose,
        }
    return Filled(values, (number,))


def _circulated(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    number = _one(book, subject)
    readers = [
        {
            "reader": book.name(event.reader),
            "out": moment(act),
            "place": event.place,
            "back": moment(book.next(number, act, Returned)),
        }
        for act, event in book.of(Circulated)
        if event.carrier == number
    ]
    circle = str(book.text(number).circle or "") if book.titles else ""
    values = {**_items(book, (number,))[0], "circle": circle, "readers": readers, "place": ""}
    return Filled(values, (number,))


def _carried_out(book: Chronicle, subject: Subject, room: Room) -> Filled:
    filled = _listed(book, subject, room)
    acts = {act.n: act for n in filled.about if (act := _latest(book, n, CarriedOut)) is not None}
    values = dict(filled.values)
    if len(acts) == 1:
        ((act),) = acts.values()
        event: Any = act.event
        values |= {
            "bearers": book.names(event.bearers),
            "destination": event.destination,
            "purpose": event.purpose,
            "measures": event.measures,
            "on": str(act.on),
            "due": str(event.due or ""),
        }
    return Filled(values, filled.about)


def _copied(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    (copying,) = COPYING
    names = [name for name, _ in copying.columns]
    lines = list(copying.lines(book))
    copies = [dict(zip(names, line.cells, strict=True)) for line in lines]
    about = tuple(number for line in lines for number in line.about)
    return Filled({"copies": copies, "span": span(subject.start, subject.end)}, about)


def _case(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    found = [book.register.cases[n] for n in subject.numbers if n in book.register.cases]
    if len(found) != 1:
        raise Unfillable("这种表格要写明一个案件的编号，用 baomi list case 查看")
    return Filled(_case_values(book, found[0]), found[0].subjects)


def _case_values(book: Chronicle, case: Case) -> dict[str, Any]:
    carriers = [number for number in case.subjects if number in book.register.carriers]
    things = [f"{book.title(n)}（{n}，{book.mark(n) or '非密'}）" for n in carriers]
    keepers = [_holder(book, number) for number in carriers]
    return {
        "number": case.number,
        "content": case.content or together(things) or together(case.subjects),
        "responsible": together(keepers),
        "discovery": f"{chinese(case.opened)}立案：{'；'.join(case.facts)}",
        "investigation": f"{chinese(case.opened)}立案：{'；'.join(case.facts)}",
        "remedies": "；".join(case.remedies or map(str, case.reports)),
        "handling": "；".join(case.handling) or case.outcome,
        "remark": f"台账案件编号{case.number}",
    }


def _holder(book: Chronicle, number: str) -> str:
    entry = book.register.carriers[number]
    person = book.register.person(getattr(entry.custody, "person", ""))
    if person is None:
        person = book.register.person(getattr(entry.thing, "keeper", ""))
    if person is None:
        return ""
    return "，".join(filter(None, (person.name, person.department, person.post)))


def _batch(book: Chronicle, subject: Subject, _room: Room) -> Filled:
    batch = book.register.batches.get(subject.numbers[0]) if len(subject.numbers) == 1 else None
    if batch is None:
        raise Unfillable("这种表格要写明一批导入，用 baomi import batches 查看")
    values = {
        "file": batch.file,
        "digest": batch.digest,
        "kind": KIND_LABELS[batch.kind],
        "batch": batch.act,
        "created": batch.created,
        "updated": batch.updated,
        "unchanged": batch.unchanged,
        "rejected": batch.rejected,
        "read": batch.created + batch.updated + batch.unchanged + batch.rejected,
    }
    return Filled(values)


def _inspected(book: Chronicle, _subject: Subject, _room: Room) -> Filled:
    values, about = inspection(book)
    return Filled(values, about)


def _nothing(_book: Chronicle, subject: Subject, _room: Room) -> Filled:
    if subject.numbers:
        raise Unfillable("这种表格不从台账填写，后面不写编号；要填的用 --set")
    return Filled({})


FILLERS: Final[Mapping[str, Callable[[Chronicle, Subject, Room], Filled]]] = {
    "inspection": _inspected,
    "leak_report": _case,
    "leak_closing": _case,
    "closing_papers": _case,
    "copy_register": _copied,
    "count_sheet": _counted,
    "count_record": _recorded,
    "destruction_list": _listed,
    "clearance_list": _listed,
    "hand_over_list": _handed_over,
    "loan_slip": _lent,
    "circulation_slip": _circulated,
    "carry_out_sheet": _carried_out,
    "import_report": _batch,
    "disclosure": _nothing,
    "hand_in": lambda book, _subject, _room: Filled(cover_of(book)),
    "checklist": _nothing,
    "activity": _nothing,
}
"""Who fills a form, by its name; a form of the unit's own is filled by hand."""
