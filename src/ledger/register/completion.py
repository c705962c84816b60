"""An event made whole before it is judged: names to numbers, new numbers, inherited marks."""

from datetime import date
from typing import Any, cast

from attrs import evolve

from ledger.carrier import Document
from ledger.event import Compiled, Dispatched, Event, Excerpted
from ledger.inherit import traditional
from ledger.mark import InvalidMark, Mark
from ledger.number import DocumentNo
from ledger.person import Circle
from ledger.reference import resolved
from ledger.register.lineage import compiled_end, highest
from ledger.register.numbering import numbered
from ledger.register.register import Register
from ledger.register.survey import admitted

__all__ = ["completed"]


def completed(event: Event, register: Register, on: date, *, years: bool = False) -> Event:
    """The event with all that the register knows better than whoever typed it.

    People go by number, a copy's number stands for its document, blank numbers are given, and a
    compilation or excerpt inherits its mark and circle. ``years`` chooses the traditional way
    of taking a compilation's term.
    """
    event = resolved(event, lambda ref: _number(ref, register))
    event = _document_of(event, register)
    if isinstance(event, Compiled):
        event = _compiled(event, register, on, years=years)
    elif isinstance(event, Excerpted) and not event.into:
        event = _excerpted(event, register)
    elif isinstance(event, Dispatched) and event.envelope is None:
        event = evolve(event, envelope=highest(event.carriers, register))
    return numbered(event, register, on)


def _number(ref: str, register: Register) -> str:
    person = register.person(ref)
    return ref if person is None else person.number


def _document_of(event: Event, register: Register) -> Event:
    """Where a document is meant and one of its copies was named, the document."""
    for name in ("document", "answers"):
        number: Any = getattr(event, name, None)
        document = register.document_of(number) if isinstance(number, str) else None
        if document is not None:
            return cast(Event, evolve(cast(Any, event), **{name: document.number}))
    return event


def _compiled(event: Compiled, register: Register, on: date, *, years: bool) -> Compiled:
    found = [register.document_of(number) for number in event.parts]
    parts = tuple({doc.number: doc for doc in found if doc is not None}.values())
    new = event.document
    circles = [doc.circle for doc in parts if doc.circle]
    document = evolve(
        new,
        issuer=new.issuer or register.unit,
        issued_on=new.issued_on or on,
        made_from=tuple(DocumentNo(doc.number) for doc in parts),
        mark=new.mark or _mark(parts, years=years),
        circle=new.circle or _common(circles, register),
    )
    return evolve(event, document=document)


def _mark(parts: tuple[Document, ...], *, years: bool) -> Mark | None:
    if years:
        return traditional(doc.mark for doc in parts if doc.mark and doc.level)
    try:
        end = compiled_end(parts)
    except InvalidMark:
        return None
    return end.mark if end else None


def _common(circles: list[Circle], register: Register) -> Circle | None:
    if not circles:
        return None
    common, *others = circles
    for other in others:
        common = common.common(other, admitted(register, common))
    return common


def _excerpted(event: Excerpted, register: Register) -> Excerpted:
    source = register.document_of(event.source)
    if source is None:
        return event
    own = event.document or Document()
    document = evolve(
        source,
        number=own.number,
        title=own.title or f"{source.title}（摘录）",
        made_from=(source.number,),
    )
    return evolve(event, document=document)
