"""What the book holds after something came in: registered, received, produced, copied."""

from collections.abc import Sequence as Several

from attrs import evolve

from ledger.act import Act
from ledger.carrier import Carrier, Computer, Device, Document, Medium, Notebook, Paper
from ledger.copymark import CopyMark
from ledger.event import (
    Compiled,
    Copied,
    Excerpted,
    Opened,
    Produced,
    Received,
    Registered,
)
from ledger.number import CarrierNo, DocumentNo
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Custody, InCabinet, InRoom, Site, WithPerson
from ledger.register.draft import Draft
from ledger.register.numbering import go_on_after, take
from ledger.register.record import Entry
from ledger.register.routine import done
from ledger.register.series import series_of
from ledger.register.standing import OPENING

__all__ = [
    "compiled",
    "copied",
    "excerpted",
    "home",
    "opened",
    "produced",
    "received",
    "registered",
]


def home(thing: Carrier) -> Custody:
    """Where a carrier belongs when it is out on no errand: with its user, or in the room."""
    if isinstance(thing, (Computer, Device)) and thing.keeper:
        return WithPerson(thing.keeper, "使用")
    return InRoom()


def opened(event: Opened, act: Act, draft: Draft) -> None:
    """The book has an owner, a level and its masks, and a first day."""
    draft.open(unit=event.unit, level=event.level, pack=event.pack, numbering=event.numbering)
    done(draft, OPENING, act)


def registered(event: Registered, act: Act, draft: Draft) -> None:
    """The thing has a page under its number."""
    thing = event.thing
    take(draft, series_of(thing), thing.number)
    match thing:
        case Cabinet():
            draft.put("cabinets", thing.number, thing)
        case Site():
            draft.put("sites", thing.number, thing)
        case Person():
            draft.put("people", thing.number, thing)
        case Unit():
            draft.put("units", thing.number, thing)
        case Body():
            draft.put("bodies", thing.number, thing)
        case Phone():
            draft.put("phones", thing.number, thing)
        case Mailbox():
            draft.put("mailboxes", thing.number, thing)
        case _:
            if event.document is not None:
                _document(event.document, draft)
            if isinstance(thing, Paper):
                go_on_after(draft, thing)
            _enter(thing, _first_custody(event, thing), "登记", act, draft)


def _first_custody(event: Registered, thing: Carrier) -> Custody:
    if event.cabinet:
        return InCabinet(event.cabinet, event.compartment)
    if isinstance(thing, (Medium, Notebook)) and thing.keeper:
        return WithPerson(thing.keeper, "使用")
    return home(thing)


def received(event: Received, act: Act, draft: Draft) -> None:
    """A document and its copies are in the room."""
    _document(event.document, draft)
    take(draft, "incoming", event.incoming_no)
    copy_nos = (*event.copy_nos, *[""] * len(event.numbers))
    for number, copy_no in zip(event.numbers, copy_nos, strict=False):
        paper = Paper(
            number=number,
            document=event.document.number,
            copy_no=copy_no,
            incoming_no=event.incoming_no,
            pages=event.pages,
            held_for=event.held_for,
        )
        _paper(paper, "收文", act, draft)


def produced(event: Produced, act: Act, draft: Draft) -> None:
    """A new text exists in so many copies, numbered from 1."""
    _document(event.document, draft)
    _papers(event.document, event.numbers, event.pages, "印制", act, draft)


def compiled(event: Compiled, act: Act, draft: Draft) -> None:
    """A compilation exists, and its document remembers the parts."""
    _document(event.document, draft)
    _papers(event.document, event.numbers, event.pages, "汇编", act, draft)


def copied(event: Copied, act: Act, draft: Draft) -> None:
    """Each photocopy is a carrier of the same document, with its stamp."""
    original = draft.carriers[event.original].thing
    for serial, number in enumerate(event.numbers, 1):
        stamp = CopyMark(draft.start.unit, len(event.numbers), act.on, serial, number)
        paper = Paper(
            number=number,
            document=_text_of(event.original, draft),
            pages=getattr(original, "pages", None),
            original=event.original,
            stamp=str(stamp),
        )
        _paper(paper, "复印", act, draft)


def excerpted(event: Excerpted, act: Act, draft: Draft) -> None:
    """The excerpt is as secret as its source, on its own sheets or in a notebook."""
    if event.document is None:
        entry = draft.carriers[event.into]
        source = draft.documents[_text_of(event.source, draft)]
        held = [level for level in (entry.holds, source.level) if level is not None]
        draft.put("carriers", event.into, evolve(entry, holds=max(held, default=None), act=act.n))
        return
    _document(event.document, draft)
    _papers(event.document, (event.number,), event.pages, "摘录", act, draft)


def _text_of(number: str, draft: Draft) -> DocumentNo:
    thing = draft.carriers[number].thing
    return thing.document if isinstance(thing, Paper) else DocumentNo("")


def _document(document: Document, draft: Draft) -> None:
    take(draft, "document", document.number)
    draft.put("documents", document.number, document)


def _papers(
    document: Document,
    numbers: Several[CarrierNo],
    pages: int | None,
    origin: str,
    act: Act,
    draft: Draft,
) -> None:
    for copy_no, number in enumerate(numbers, 1):
        paper = Paper(number=number, document=document.number, copy_no=f"{copy_no:06}", pages=pages)
        _paper(paper, origin, act, draft)


def _paper(paper: Paper, origin: str, act: Act, draft: Draft) -> None:
    take(draft, "paper", paper.number)
    _enter(paper, InRoom(), origin, act, draft)


def _enter(thing: Carrier, custody: Custody, origin: str, act: Act, draft: Draft) -> None:
    entry = Entry(
        thing=thing, custody=custody, since=act.on, entered=act.on, origin=origin, act=act.n
    )
    draft.put("carriers", thing.number, entry)
