"""What falls due about papers alone: counting, clearing, destroying, declassifying."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.carrier import Document, Paper
from ledger.day import chinese, last_of
from ledger.deadline import (
    circulation_ends,
    clears_by,
    count_falls_due,
    foreign,
)
from ledger.duty import Due, obligation
from ledger.event import (
    Archived,
    Circulated,
    Cleared,
    Counted,
    Declassified,
    Destroyed,
    Dispatched,
    Extended,
    HandedOver,
    Regraded,
    Returned,
    Stored,
)
from ledger.place import InCabinet, InRoom
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.regulation import CARRIERS, STATE_SECRETS_LAW
from ledger.regulation.compendium import COURIERS, TYPISTS
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


@obligation(
    CARRIERS["一（四）4"],
    "传阅的密件看完就退，不在阅文人手里积压",
    "收回传阅件",
    on=Paper,
    done_by=Returned,
)
def circulated_back(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """A paper that goes round is back by the unit's limit."""
    document = desk.register.documents[entry.thing.document]
    by = circulation_ends(entry, document, desk.pack)
    if by is not None:
        who = desk.name(str(entry.custody))
        yield Due(entry.number, by, f"{chinese(entry.since)}送{who}传阅")


@obligation(CARRIERS["一（八）2"], "每月清点密件", "清点在室密件", on=Register, done_by=Counted)
def papers_counted(register: Register, desk: Desk) -> Iterator[Due]:
    """The papers in the officer's charge are counted every month."""
    yield from _count(register, desk, clearance=False)


@obligation(
    CARRIERS["一（八）2"],
    "每季度核查、清退密件",
    "核查并清退到期密件（清点时注明核查清退）",
    on=Register,
    done_by=(Counted, Cleared),
)
def papers_checked_and_cleared(register: Register, desk: Desk) -> Iterator[Due]:
    """The papers in the officer's charge are checked and cleared every quarter."""
    yield from _count(register, desk, clearance=True)


def _count(register: Register, desk: Desk, *, clearance: bool) -> Iterator[Due]:
    months = desk.pack.clearance_months if clearance else desk.pack.count_months
    found = count_falls_due(register, months, clearance=clearance)
    if found is not None:
        by, last, papers = found
        said = f"上次是{chinese(last)}" if last else "还没有做过"
        yield Due("在室密件", by, f"密件{papers}件，{said}", every=months)


@obligation(
    CARRIERS["一（八）2"],
    "制发机关定了清退日期的，按期退",
    "按制发机关的日期清退",
    on=Paper,
    done_by=(Cleared, Extended),
)
def cleared_by_the_issuers_day(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """A paper is back with its issuer by the day the issuer set, or the day agreed later."""
    document = desk.register.documents[entry.thing.document]
    by = document.clear_by
    if by is not None:
        kept = entry.thing.keep_until
        yield Due(entry.number, by if kept is None else max(by, kept), f"{document.issuer}要求清退")


@obligation(
    CARRIERS["一（八）2"],
    "上一年收进的密件，次年一季度退清",
    "清退、归档或办延长",
    on=Paper,
    done_by=(Cleared, Archived, Extended),
)
def last_years_papers_cleared(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """The papers of a year are back with their issuers by the end of the next March."""
    by = clears_by(entry, desk.register, desk.pack)
    if by is not None:
        opens = date(entry.entered.year + 1, 1, 1)
        yield Due(entry.number, by, f"{entry.entered.year}年收进的密件", opens)


@obligation(
    CARRIERS["一（十一）1"],
    "留着没有用处的密件，一般在下一年里销毁",
    "归档或造册销毁",
    on=Paper,
    done_by=(Destroyed, Archived),
)
def worthless_papers_destroyed(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """The unit's own papers of a year are archived or destroyed in the next."""
    document = desk.register.documents[entry.thing.document]
    if document.level is not None and not foreign(document, desk.register):
        by = last_of(entry.entered.year + 1, desk.pack.destroy_month)
        opens = date(entry.entered.year + 1, 1, 1)
        kept = entry.thing.keep_until
        if kept is None or kept < by:
            yield Due(entry.number, by, f"{entry.entered.year}年本单位印制的密件", opens)


@obligation(
    STATE_SECRETS_LAW["第二十四条"],
    "保密期限届满自行解密，先核实有没有延长",
    "核实未延长后登记解密（有通知的照通知办）",
    on=Document,
    done_by=(Declassified, Regraded),
)
def expired_secret_looked_at(document: Document, desk: Desk) -> Iterator[Due]:
    """A document whose term ends is looked at; ahead of time, so that its issuer can be asked.

    It is due the day after its last day as a secret, which is the first on which it can be done.
    """
    if document.level is None or document.mark is None:
        return
    last = document.mark.last_day(document.issued_on)
    if last is not None:
        opens = last - timedelta(days=desk.pack.declassify_notice_days)
        due = last + timedelta(days=1)
        yield Due(document.number, due, f"{document.mark}到{chinese(last)}期满", opens)


@obligation(
    TYPISTS["第八条"],
    "印好的密件及时通知人来签领",
    "通知签领，分发或入柜",
    on=Paper,
    done_by=(Dispatched, Circulated, Stored),
)
def prints_collected(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """Finished prints do not lie about."""
    if entry.origin == "印制" and isinstance(entry.custody, InRoom):
        if desk.register.level_of(entry) is not None:
            by = entry.entered + timedelta(days=desk.pack.collect_days)
            yield Due(entry.number, by, f"{chinese(entry.entered)}印好")


@obligation(
    COURIERS["第九条"],
    "替人收下的件不拆，尽快交到他手上",
    "交给收件人",
    on=Paper,
    done_by=(Circulated, HandedOver),
)
def handed_to_its_addressee(entry: Entry[Paper], desk: Desk) -> Iterator[Due]:
    """What was taken in for somebody else is handed on the next day."""
    if entry.thing.held_for and isinstance(entry.custody, (InRoom, InCabinet)):
        by = entry.entered + timedelta(days=1)
        yield Due(entry.number, by, f"替{desk.name(entry.thing.held_for)}代收")


OBLIGATIONS = (
    circulated_back,
    papers_counted,
    papers_checked_and_cleared,
    cleared_by_the_issuers_day,
    last_years_papers_cleared,
    worthless_papers_destroyed,
    expired_secret_looked_at,
    prints_collected,
    handed_to_its_addressee,
)
