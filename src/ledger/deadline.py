"""Days by which something has to be done, worked out once for the rules and the duties alike."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from ledger.carrier import Carrier, Computer, Document, Paper
from ledger.day import last_of, months_after
from ledger.mark import Level
from ledger.number import CarrierNo
from ledger.pack import Pack
from ledger.place import AtUnit, InTransit, WithPerson
from ledger.register.record import Case, Entry
from ledger.register.register import Register

__all__ = [
    "LOSSES",
    "circulation_ends",
    "clears_by",
    "computer_check",
    "count_falls_due",
    "errand_ends",
    "foreign",
    "loan_ends",
    "missing_until",
    "papers_kept",
    "report_until",
]

LOSSES: Final = ("丢失", "泄密")
"""The natures of cases that have clocks."""


def circulation_ends(entry: Entry[Paper], document: Document, pack: Pack) -> date | None:
    """By when a paper that is going round is back with the officer."""
    custody = entry.custody
    if not isinstance(custody, WithPerson) or custody.purpose != "传阅" or not document.level:
        return None
    top = document.level is Level.绝密 or document.cipher
    days = pack.circulation_days_top_secret if top else pack.circulation_days
    return custody.due or entry.since + timedelta(days=days)


def loan_ends(entry: Entry[Carrier]) -> date | None:
    """By when a lent carrier is back."""
    match entry.custody:
        case WithPerson(purpose="借阅", due=due):
            return due
        case _:
            return None


def errand_ends(entry: Entry[Carrier]) -> date | None:
    """By when a carrier taken out or sent for repair is back."""
    custody = entry.custody
    return custody.due if isinstance(custody, (InTransit, AtUnit)) else None


def foreign(document: Document, register: Register) -> bool:
    """Whether the document is another organ's, to which its copies go back."""
    return bool(document.issuer) and document.issuer != register.unit


def clears_by(entry: Entry[Paper], register: Register, pack: Pack) -> date | None:
    """By when last year's paper is back with its issuer, if it has to go back."""
    document = register.documents[entry.thing.document]
    if not document.level or not foreign(document, register):
        return None
    due = last_of(entry.entered.year + 1, pack.clear_by_month)
    kept = entry.thing.keep_until
    return due if kept is None or kept < due else kept


def computer_check(entry: Entry[Computer], pack: Pack) -> date | None:
    """By when a computer is checked again; ``None`` where the pack asks for no checks."""
    if not pack.computer_check_months:
        return None
    return months_after(entry.inspected_on or entry.entered, pack.computer_check_months)


def papers_kept(register: Register) -> Iterator[CarrierNo]:
    """The secret papers in the officer's charge."""
    for number in register.in_keeping():
        entry = register.carriers[number]
        if isinstance(entry.thing, Paper) and register.documents[entry.thing.document].level:
            yield CarrierNo(number)


def count_falls_due(
    register: Register, months: int, *, clearance: bool
) -> tuple[date, date | None, int] | None:
    """By when the papers are counted (or checked and cleared) again, when last, and how many.

    ``None`` while there is nothing to count, or nothing recurs.
    """
    papers = list(papers_kept(register)) if months else []
    if not papers:
        return None
    count = register.counts.get("")
    last = None if count is None else count.clearance_on if clearance else count.on
    since = last or min(register.carriers[number].entered for number in papers)
    return months_after(since, months), last, len(papers)


def report_until(case: Case, pack: Pack) -> date | None:
    """By the end of which day a loss or leak is reported; the hour is that of discovery."""
    if case.nature not in LOSSES or case.closed is not None:
        return None
    return case.opened + timedelta(hours=pack.report_hours)


def missing_until(case: Case, register: Register, pack: Pack) -> date | None:
    """When what is still missing has to be taken for leaked."""
    if case.nature != "丢失" or case.closed is not None:
        return None
    levels = [
        level
        for number in case.subjects
        if (entry := register.carriers.get(number)) is not None
        and entry.missing == case.number
        and (level := register.level_of(entry)) is not None
    ]
    if not levels:
        return None
    return case.opened + timedelta(days=min(pack.missing_days[level.value] for level in levels))
