"""审核: what the rules say of an act before it is written, and of the whole register on a day.

To do is not to record. Doing is refused while an article forbids it or a demand is unmet;
recording what has already happened is kept with its findings, and opens a case.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final

from attrs import evolve, fields, frozen, has

from ledger.act import Act, Circumstances, Noted
from ledger.carrier import Document
from ledger.event import CaseClosed, Counted, Event, Found, LabelSpoiled, Lost, Reported, Voided
from ledger.event.incident import LeakFound
from ledger.finding import Finding, Force
from ledger.number import CarrierNo, PageNo
from ledger.office import Body, Mailbox, Phone
from ledger.pack import Approvers, Pack, Watched
from ledger.place import Site
from ledger.reference import brought, references
from ledger.register.completion import completed
from ledger.register.fold import after
from ledger.register.lineage import made_of
from ledger.register.record import Case, Change, Entry
from ledger.register.register import Register
from ledger.register.survey import pages
from ledger.rule import Desk, ask, by_subject
from ledger.rules import ALL, ENTRY
from ledger.text import legible
from ledger.trouble import Inadmissible

__all__ = ["FACTS", "Proposal", "Refused", "check", "check_page", "consents", "propose"]

FACTS: Final = (Counted, Lost, Found, Reported, CaseClosed, LeakFound, Voided, LabelSpoiled)
"""Events that only state what is so; nothing is gained by refusing to write them down."""

_ENTRY: Final = by_subject(ENTRY)
_RULES: Final = by_subject(each for each in ALL if each not in ENTRY)


@frozen(kw_only=True)
class Proposal:
    """An act as it would be written, what the rules say of it, and what it would change."""

    act: Act
    findings: tuple[Finding, ...] = ()
    """What the rules say of the act itself."""
    notes: tuple[Finding, ...] = ()
    """What the rules say of the pages it would leave behind; this refuses nothing."""
    refused: bool = False
    register: Register
    """The register as it would stand; unchanged where the act is refused."""
    changes: tuple[Change, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers the act gives to what it brings in, else those of the carriers it is about."""
        event = self.act.event
        named = (number for kind in (CarrierNo, PageNo) for number in references(event, kind))
        return brought(event) or tuple(named)

    @property
    def number(self) -> str:
        """The first of ``numbers``; blank for an act that is about no number."""
        return next(iter(self.numbers), "")


class Refused(Inadmissible):
    """An act was refused and nothing was written; ``findings`` say why, all at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def propose(
    event: Event,
    *,
    register: Register,
    pack: Pack,
    circumstances: Circumstances,
    undoing: tuple[Change, ...] = (),
    meanwhile: tuple[Act, ...] = (),
) -> Proposal:
    """Judge an event by every rule about it, without writing anything.

    ``undoing`` is what the act that is to be voided has changed, ``meanwhile`` what was written
    since whoever decided last looked. Raises ``InvalidText`` for a text that is none to read.
    """
    when = circumstances
    _read_over((event, when))
    act = _act(event, register, when, years=pack.term_of_compilation == "years")
    desk = Desk(
        register=register,
        pack=pack.at(act.on),
        on=act.on,
        by=when.by,
        today=when.at.date(),
        at=when.at,
        session=when.session,
        undoing=undoing,
        meanwhile=meanwhile,
        importing=when.importing,
    )
    if impossible := tuple(ask(act.event, desk, _ENTRY)):
        return Proposal(act=act, findings=impossible, refused=True, register=register)
    findings = tuple(sorted(ask(act.event, desk, _RULES), key=_gravity))
    if findings:
        act = evolve(act, findings=tuple(map(Noted.of, findings)))
    if any(f.force.binds for f in findings) and not (when.happened or isinstance(event, FACTS)):
        return Proposal(act=act, findings=findings, refused=True, register=register)
    return _written(act, findings, desk)


def _read_over(told: Any) -> None:
    """Raise ``InvalidText`` when any text in a value steers a screen or hides something."""
    if isinstance(told, str):
        legible(told)
    elif isinstance(told, (tuple, frozenset)):
        for each in told:
            _read_over(each)
    else:
        for name in _texts(told.__class__):
            _read_over(getattr(told, name))


@cache
def _texts(kind: type) -> tuple[str, ...]:
    """The fields of a value that may hold a text; directions are a file with lines of its own."""
    return (
        tuple(each.name for each in fields(kind) if each.name != "directions") if has(kind) else ()
    )


def consents(
    event: Event, *, register: Register, pack: Pack, circumstances: Circumstances
) -> tuple[Approvers, ...]:
    """Whose approval an event needs: every expression its rules ask the pack for, once each."""
    asked: dict[str, Approvers] = {}
    act = _act(event, register, circumstances, years=pack.term_of_compilation == "years")
    watched = Watched.watching(pack.at(act.on), asked)
    desk = Desk(register=register, pack=watched, on=act.on, by=circumstances.by)
    for _ in ask(act.event, desk, _RULES):
        """What they find is told when the act is judged."""
    return tuple(asked.values())


def _act(event: Event, register: Register, when: Circumstances, *, years: bool) -> Act:
    """The act an event becomes under its circumstances, made whole."""
    day = when.on or when.at.date()
    return Act(
        n=register.acts + 1,
        on=day,
        at=when.at,
        by=when.by,
        event=completed(event, register, day, years=years),
        clock=when.clock,
        note=when.note,
        happened=when.happened,
    )


def _gravity(finding: Finding) -> int:
    return list(Force).index(finding.force)


_PAGES: Final = (Case, Site, Document, Body, Phone, Mailbox)
"""Pages, besides those of carriers, that are looked at as soon as they are written."""


def _written(act: Act, findings: tuple[Finding, ...], desk: Desk) -> Proposal:
    undo = {act.event.voids: desk.undoing} if isinstance(act.event, Voided) else {}
    register, changes = after(desk.register, act, undo)
    then = evolve(desk, register=register, on=max(act.on, act.at.date()))
    notes = (f for page in _touched(changes, register) for f in ask(page, then, _RULES))
    return Proposal(
        act=act, findings=findings, notes=tuple(notes), register=register, changes=changes
    )


def _touched(changes: tuple[Change, ...], register: Register) -> Iterator[object]:
    """The pages an act leaves behind that rules have something to say about.

    A document that was there before brings with it what is compiled from it.
    """
    latest = {(change.table, change.key): change for change in changes}
    for change in latest.values():
        page = change.after
        if isinstance(page, _PAGES) or (isinstance(page, Entry) and page.open):
            yield page
        if isinstance(page, Document) and change.before is not None:
            yield from made_of(register, page.number)


def check(register: Register, pack: Pack, on: date) -> Iterator[Finding]:
    """What the rules say of every page and of the register as a whole on a day."""
    desk = Desk(register=register, pack=pack.at(on), on=on)
    yield from ask(register, desk, _RULES)
    for page in pages(register):
        yield from ask(page, desk, _RULES)


def check_page(page: object, register: Register, pack: Pack, on: date) -> Iterator[Finding]:
    """What the rules say of one page on a day."""
    return ask(page, Desk(register=register, pack=pack.at(on), on=on), _RULES)
