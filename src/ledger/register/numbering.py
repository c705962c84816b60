"""Giving numbers: the next in its series, never one that was used, voided or jumped over."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, cast

from attrs import evolve

from ledger.carrier import Document, Paper
from ledger.event import (
    BlanksPrinted,
    Compiled,
    Copied,
    Dispatched,
    Event,
    Excerpted,
    LabelBound,
    Labelled,
    Produced,
    Received,
    Registered,
    Thing,
)
from ledger.event.access import Requested
from ledger.event.cooperation import ActivityHeld
from ledger.event.disclosure import DisclosureDrafted, Queried
from ledger.event.inspection import InspectionHeld
from ledger.event.meeting import MeetingPlanned
from ledger.event.supply import SupplyDrafted
from ledger.number import BlankNo, CarrierNo, DocumentNo, Mask
from ledger.register.draft import Draft
from ledger.register.register import Register
from ledger.register.sequence import Sequence
from ledger.register.series import series_of

__all__ = ["go_on_after", "key", "next_issue", "numbered", "take"]


def key(series: str, mask: Mask, year: int) -> str:
    """The name of one run of numbers: a series and, where the mask has one, its year."""
    return f"{series}/{year if mask.yearly else 0}"


def take(draft: Draft, series: str, number: str) -> None:
    """Mark a number as used and give its owner an ident; numbers of foreign style count not."""
    draft.put("idents", number, len(draft.idents) + 1)
    run = draft.numbering.mask(series).read(number)
    if run is None:
        return
    year, serial = run
    name = f"{series}/{year}"
    draft.put("sequences", name, draft.sequences.get(name, Sequence()).taking(serial))


def go_on_after(draft: Draft, paper: Paper) -> None:
    """Give no 收文编号 or 发文编号 again that a paper had when it was registered or amended.

    Copies share one, so it has no page and no ident of its own.
    """
    for series, number in (("incoming", paper.incoming_no), ("outgoing", paper.outgoing_no)):
        run = draft.numbering.mask(series).read(number)
        if run is not None:
            name = f"{series}/{run[0]}"
            before = draft.sequences.get(name, Sequence())
            if (now := before.after_outside(run[1])) != before:
                draft.put("sequences", name, now)


class _Next:
    """The numbers that follow, for everything one event needs."""

    def __init__(self, register: Register, on: date) -> None:
        self.register, self.year = register, on.year
        self.given: dict[str, int] = {}

    def __call__(self, series: str) -> str:
        mask = self.register.numbering.mask(series)
        name = key(series, mask, self.year)
        last = self.given.get(name, self.register.sequences.get(name, Sequence()).last)
        self.given[name] = last + 1
        return mask.write(self.year, last + 1)

    def document(self, document: Document) -> Document:
        """The document with a number, if it had none."""
        if document.number:
            return document
        return evolve(document, number=DocumentNo(self("document")))

    def papers(self, copies: int) -> tuple[CarrierNo, ...]:
        """As many paper numbers as there are copies."""
        return tuple(CarrierNo(self("paper")) for _ in range(copies))


def next_issue(register: Register, number: str) -> int:
    """Which label of its page the next one will be, from 1."""
    label = register.labels.get(number)
    return len(label.issues) + 1 if label else 1


def numbered(event: Event, register: Register, on: date) -> Event:
    """The event with every number it left blank filled in from the masks."""
    give = _Next(register, on)
    match event:
        case Registered():
            return _registered(event, give)
        case Received():
            return evolve(
                event,
                document=give.document(event.document),
                incoming_no=event.incoming_no or give("incoming"),
                numbers=event.numbers or give.papers(event.copies),
            )
        case Produced() | Compiled():
            return evolve(
                event,
                document=give.document(event.document),
                numbers=event.numbers or give.papers(event.copies),
            )
        case Copied(numbers=()):
            return evolve(event, numbers=give.papers(event.copies))
        case Excerpted(document=Document() as document):
            number = event.number or CarrierNo(give("paper"))
            return evolve(event, document=give.document(document), number=number)
        case Dispatched(outgoing_no=""):
            return evolve(event, outgoing_no=give("outgoing"))
        case BlanksPrinted(blanks=()) | Labelled(issue=0) | LabelBound(issue=0):
            return _labelled(event, give)
        case _ if type(event) in _OPENED and not cast(Any, event).number:
            return cast(Event, evolve(cast(Any, event), number=give(_OPENED[type(event)])))
        case _:
            return event


_OPENED: Final[Mapping[type[Event], str]] = {
    MeetingPlanned: "meeting",
    DisclosureDrafted: "disclosure",
    SupplyDrafted: "supply",
    InspectionHeld: "inspection",
    ActivityHeld: "activity",
    Queried: "query",
    Requested: "request",
}
"""Events that open a page of their own, and the series it is numbered in."""


def _labelled(event: BlanksPrinted | Labelled | LabelBound, give: _Next) -> Event:
    if isinstance(event, BlanksPrinted):
        return evolve(event, blanks=tuple(BlankNo(give("blank")) for _ in range(event.copies)))
    return evolve(event, issue=next_issue(give.register, event.page))


def _registered(event: Registered, give: _Next) -> Registered:
    thing = event.thing
    if not thing.number:
        thing = cast(Thing, evolve(cast(Any, thing), number=give(series_of(thing))))
    document = event.document
    if document is not None and isinstance(thing, Paper):
        document = give.document(document)
        thing = evolve(thing, document=document.number)
    return evolve(event, thing=thing, document=document)
