"""What the book holds after carriers left for good, went missing or were counted."""

from attrs import evolve

from ledger.act import Act
from ledger.event import (
    Archived,
    CaseClosed,
    Cleared,
    Counted,
    Destroyed,
    Disposed,
    Found,
    Left,
    Lost,
    Reported,
)
from ledger.number import CarrierNo, CaseNo
from ledger.place import Closed, Closing
from ledger.register.draft import Draft
from ledger.register.entering import home
from ledger.register.moving import hour, move, taken_back
from ledger.register.numbering import key, take
from ledger.register.proceeding import Report
from ledger.register.record import Case, Count
from ledger.register.register import in_keeping
from ledger.register.sequence import Sequence

__all__ = [
    "archived",
    "case_closed",
    "cleared",
    "counted",
    "destroyed",
    "disposed",
    "found",
    "left",
    "lost",
    "open_case",
    "reported",
]


def _close(numbers: tuple[str, ...], how: Closing, act: Act, draft: Draft) -> None:
    for number in numbers:
        move(draft, number, Closed(how), act)


def cleared(event: Cleared, act: Act, draft: Draft) -> None:
    """Back with the organ that issued them."""
    _close(event.carriers, Closing.CLEARED, act, draft)


def archived(event: Archived, act: Act, draft: Draft) -> None:
    """With the archive."""
    _close(event.carriers, Closing.ARCHIVED, act, draft)


def destroyed(event: Destroyed, act: Act, draft: Draft) -> None:
    """Destroyed; the pages stay for ever."""
    _close(event.carriers, Closing.DESTROYED, act, draft)


def disposed(event: Disposed, act: Act, draft: Draft) -> None:
    """No longer the unit's."""
    _close((event.carrier,), Closing.DISPOSED, act, draft)


def lost(event: Lost, act: Act, draft: Draft) -> None:
    """A case is open; the last custodian still answers for it."""
    _missing((event.carrier,), f"{event.carrier}：{event.circumstances}", act, draft)


def found(event: Found, act: Act, draft: Draft) -> None:
    """Back in the officer's hands; the case waits to be closed."""
    move(draft, event.carrier, home(draft.carriers[event.carrier].thing), act)
    entry = draft.carriers[event.carrier]
    draft.put("carriers", event.carrier, evolve(entry, missing=CaseNo("")))
    taken_back(event.carrier, act, draft)


def reported(event: Reported, act: Act, draft: Draft) -> None:
    """The case shows who was told and when first."""
    case = draft.cases[event.case]
    reports = (*case.reports, Report(act.on, event.to, event.stage, event.paper_no))
    first = case.reported_on or act.on
    draft.put("cases", event.case, evolve(case, reports=reports, reported_on=first))


def case_closed(event: CaseClosed, act: Act, draft: Draft) -> None:
    """The case has its outcome; what is still missing is written off by it."""
    case = draft.cases[event.case]
    draft.put("cases", event.case, evolve(case, closed=act.on, outcome=event.outcome))
    for number in case.subjects:
        entry = draft.carriers.get(number)
        if entry is not None and entry.missing == event.case:
            move(draft, number, Closed(Closing.LOST), act)


def left(event: Left, act: Act, draft: Draft) -> None:
    """The person's cooling-off has begun."""
    person = draft.people[event.person]
    gone = evolve(person, left_on=act.on, cooling_until=event.cooling_until)
    draft.put("people", event.person, gone)


def counted(event: Counted, act: Act, draft: Draft) -> None:
    """The count is on record, and what was not found is a case with its clocks."""
    besides = set(event.besides)
    due = tuple(
        CarrierNo(number)
        for number in in_keeping(draft, event.cabinet)
        if not draft.carriers[number].missing and number not in besides
    )
    seen = set(event.seen)
    missing = tuple(number for number in due if number not in seen)
    extra = tuple(sorted(seen.difference(due)))
    before = draft.counts.get(event.cabinet)
    cleared_before = before.clearance_on if before else None
    count = Count(
        on=act.on,
        expected=len(due),
        seen=len(seen),
        missing=missing,
        extra=extra,
        clearance_on=act.on if event.clearance else cleared_before,
    )
    draft.put("counts", event.cabinet, count)
    if missing:
        _missing(missing, f"清点时未见{len(missing)}件：{'、'.join(missing)}", act, draft)
    if event.listed:
        _reappeared(extra, act, draft)


def _reappeared(extra: tuple[str, ...], act: Act, draft: Draft) -> None:
    """What the book says is gone and a count has found is a case: one of the two is not true."""
    gone = [draft.carriers[n] for n in extra if n in draft.carriers and not draft.carriers[n].open]
    if gone:
        facts = tuple(
            f"{each.number}账上{each.custody}（{each.since}），清点时又见到" for each in gone
        )
        open_case("违规", tuple(each.number for each in gone), facts, act, draft)


def _missing(numbers: tuple[CarrierNo, ...], fact: str, act: Act, draft: Draft) -> None:
    case = open_case("丢失", numbers, (fact,), act, draft)
    for number in numbers:
        entry = draft.carriers[number]
        draft.put("carriers", number, evolve(entry, missing=case, act=act.n))


def open_case(
    nature: str, subjects: tuple[str, ...], facts: tuple[str, ...], act: Act, draft: Draft
) -> CaseNo:
    """Open a case with the next number of the year and give that number back."""
    mask = draft.numbering.case
    run = draft.sequences.get(key("case", mask, act.on.year), Sequence())
    number = CaseNo(mask.write(act.on.year, run.last + 1))
    take(draft, "case", number)
    case = Case(
        number=number,
        nature=nature,
        opened=act.on,
        opened_at=hour(act),
        act=act.n,
        subjects=subjects,
        facts=facts,
    )
    draft.put("cases", number, case)
    return number
