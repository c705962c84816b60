"""审核: what the rules say of an act before it is written, and of the whole register on a day.

To do is not to record. Doing is refused while an article forbids it or a demand is unmet;
recording what has already happened is kept with its findings, and opens a case.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from attrs import evolve, frozen

from ledger.act import Act, Noted
from ledger.event import CaseClosed, Counted, Event, Found, Lost, Reported, Voided
from ledger.finding import Finding
from ledger.pack import Pack
from ledger.register.completion import completed
from ledger.register.fold import after
from ledger.register.record import Case, Change, Entry
from ledger.register.register import Register
from ledger.place import Site
from ledger.rule import Desk, ask, by_subject
from ledger.rules import ALL, ENTRY

__all__ = ["FACTS", "Proposal", "Refused", "check", "propose"]

FACTS: Final = (Counted, Lost, Found, Reported, CaseClosed, Voided)
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


class Refused(Exception):
    """An act was refused and nothing was written; ``findings`` say why, all at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def propose(
    event: Event,
    *,
    register: Register,
    pack: Pack,
    at: datetime,
    on: date | None = None,
    clock: time | None = None,
    by: str = "保密员",
    note: str = "",
    happened: str = "",
    undoing: tuple[Change, ...] = (),
) -> Proposal:
    """Judge an event by every rule about it, without writing anything.

    ``at`` is the present moment, ``on`` the day of the fact (today if not given), ``happened``
    the reason for recording something that has already taken place.
    """
    day = on or at.date()
    years = pack.term_of_compilation == "years"
    act = Act(
        n=register.acts + 1,
        on=day,
        at=at,
        by=by,
        event=completed(event, register, day, years=years),
        clock=clock,
        note=note,
        happened=happened,
    )
    desk = Desk(
        register=register, pack=pack, on=day, by=by, today=at.date(), undoing=undoing
    )
    if impossible := tuple(ask(act.event, desk, _ENTRY)):
        return Proposal(act=act, findings=impossible, refused=True, register=register)
    findings = tuple(ask(act.event, desk, _RULES))
    act = evolve(act, findings=tuple(map(Noted.of, findings)))
    if any(f.force.binds for f in findings) and not (happened or isinstance(event, FACTS)):
        return Proposal(act=act, findings=findings, refused=True, register=register)
    return _written(act, findings, desk)


def _written(act: Act, findings: tuple[Finding, ...], desk: Desk) -> Proposal:
    undo = {act.event.voids: desk.undoing} if isinstance(act.event, Voided) else {}
    register, changes = after(desk.register, act, undo)
    then = evolve(desk, register=register, on=max(act.on, act.at.date()))
    pages = {(c.table, c.key): c.after for c in changes}
    notes = (
        finding
        for page in pages.values()
        if isinstance(page, (Case, Site)) or (isinstance(page, Entry) and page.open)
        for finding in ask(page, then, _RULES)
    )
    return Proposal(
        act=act, findings=findings, notes=tuple(notes), register=register, changes=changes
    )


def check(register: Register, pack: Pack, on: date) -> Iterator[Finding]:
    """What the rules say of every page and of the register as a whole on a day."""
    desk = Desk(register=register, pack=pack, on=on)
    yield from ask(register, desk, _RULES)
    for site in register.sites.values():
        yield from ask(site, desk, _RULES)
    for entry in register.open_carriers():
        yield from ask(entry, desk, _RULES)
    for case in register.cases.values():
        yield from ask(case, desk, _RULES)
