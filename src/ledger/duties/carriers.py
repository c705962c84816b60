"""What falls due about papers, notebooks and media in anybody's hands."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.carrier import Carrier, Computer, Device, Document, Medium, Notebook, Paper
from ledger.day import chinese, last_of, months_after
from ledger.deadline import (
    circulation_ends,
    clears_by,
    count_falls_due,
    errand_ends,
    foreign,
    loan_ends,
)
from ledger.duty import Due, obligation
from ledger.event import (
    Archived,
    BroughtBack,
    Circulated,
    Cleared,
    Confirmed,
    Counted,
    Declassified,
    Destroyed,
    Dispatched,
    Extended,
    HandedOver,
    Regraded,
    Repaired,
    Returned,
    Stored,
)
from ledger.event.inspection import InspectionHeld
from ledger.place import Awaiting, InCabinet, InRoom, InTransit, WithPerson
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.register.survey import begun
from ledger.regulation import CARRIERS, STATE_SECRETS_LAW
from ledger.regulation.compendium import COURIERS, LEADERS, TYPISTS
from ledger.regulation.local import LEGAL
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


@obligation(
    CARRIERS["一（五）3"],
    "借阅的要按时还",
    "收回借阅件",
    on=(Paper, Medium, Notebook),
    done_by=Returned,
)
def loan_back(entry: Entry[Carrier], desk: Desk) -> Iterator[Due]:
    """What is lent is back by the day agreed."""
    by = loan_ends(entry)
    if by is not None:
        yield Due(entry.number, by, f"借给{desk.name(str(entry.custody))}")


@obligation(
    CARRIERS["一（七）1"],
    "带出去的、送修的，到日子收回清点",
    "带回或取回",
    on=(Paper, Notebook, Medium, Computer, Device),
    done_by=(BroughtBack, Repaired),
)
def errand_back(entry: Entry[Carrier], desk: Desk) -> Iterator[Due]:
    """What was taken out or sent for repair is back by the day agreed."""
    by = errand_ends(entry)
    if by is not None:
        yield Due(entry.number, by, f"在{desk.where(entry.custody)}")


@obligation(
    CARRIERS["一（六）4"],
    "下班前密件、涉密介质都锁进柜",
    "入柜",
    on=(Paper, Medium),
    done_by=Stored,
)
def locked_away(entry: Entry[Paper | Medium], desk: Desk) -> Iterator[Due]:
    """No secret stays out of the cabinets overnight."""
    if isinstance(entry.custody, InRoom) and not entry.missing:
        if desk.register.level_of(entry) is not None:
            yield Due(entry.number, entry.since, f"{chinese(entry.since)}起在保密室")


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
    "当年没有保存价值的密件，一般下一年度销毁",
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
    """A document whose term ends is looked at; ahead of time, so that its issuer can be asked."""
    if document.level is None or document.mark is None:
        return
    by = document.mark.last_day(document.issued_on)
    if by is not None:
        opens = by - timedelta(days=desk.pack.declassify_notice_days)
        yield Due(document.number, by, f"{document.mark}到{chinese(by)}期满", opens)


@obligation(
    COURIERS["第五条"],
    "发出的密件要有签收回执",
    "催回执并登记签收",
    on=(Paper, Notebook, Medium),
    done_by=Confirmed,
)
def dispatch_confirmed(entry: Entry[Carrier], desk: Desk) -> Iterator[Due]:
    """Whoever a paper was sent to has signed for it."""
    custody = entry.custody
    if isinstance(custody, InTransit) and custody.purpose == "发文":
        by = entry.since + timedelta(days=desk.pack.delivery_days)
        yield Due(entry.number, by, f"{chinese(entry.since)}发往{desk.name(custody.to)}")


@obligation(
    CARRIERS["一（二）3"],
    "交接要当面签收，责任才清楚",
    "请接收人签收",
    on=(Paper, Notebook, Medium, Computer, Device),
    done_by=Confirmed,
)
def handover_confirmed(entry: Entry[Carrier], desk: Desk) -> Iterator[Due]:
    """Whoever something was handed to signs for it."""
    custody = entry.custody
    if isinstance(custody, Awaiting):
        by = entry.since + timedelta(days=1)
        yield Due(entry.number, by, f"移交{desk.name(custody.receiver)}，还没有签收")


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


@obligation(
    LEADERS["第九条（九）"],
    "用完的保密本交回保密室统一保管、销毁",
    "收回用完的保密本",
    on=Notebook,
    done_by=(Returned, HandedOver),
)
def full_notebook_returned(entry: Entry[Notebook], desk: Desk) -> Iterator[Due]:
    """A notebook that is full is back in the room."""
    full = entry.thing.full_on
    if full is not None and isinstance(entry.custody, WithPerson):
        by = full + timedelta(days=desk.pack.collect_days)
        yield Due(entry.number, by, f"{desk.name(entry.custody.person)}的本子{chinese(full)}用完")


@obligation(
    LEGAL["三（六）"],
    "专题会议记录本由秘书保管三至五年，然后移交",
    "移交保密局或档案馆",
    on=Notebook,
    done_by=(HandedOver, Archived),
)
def notebook_handed_in(entry: Entry[Notebook], desk: Desk) -> Iterator[Due]:
    """The minutes book of a meeting is handed in when its keeper has had it long enough."""
    thing, months = entry.thing, desk.pack.notebook_months
    if thing.type == "会议记录本" and thing.started_on is not None and months:
        by = months_after(thing.started_on, months)
        opens = months_after(thing.started_on, months * 3 // 5)
        yield Due(entry.number, by, f"{chinese(thing.started_on)}启用", opens)


@obligation(
    CARRIERS["二（三）2"],
    "定期清查、核对涉密介质",
    "清查涉密介质（保密检查，类别写“介质”）",
    on=Register,
    done_by=InspectionHeld,
)
def media_checked(register: Register, desk: Desk) -> Iterator[Due]:
    """The classified media are gone through at regular intervals."""
    months, start = desk.pack.media_check_months, begun(register)
    if months and start is not None and bool(register.kinds.get("medium", NOBODY)):
        last = register.rounds.get("检查/介质")
        said = f"上次是{chinese(last.on)}" if last else "还没有做过"
        by = months_after(last.on if last else start, months)
        yield Due("涉密介质", by, f"清查介质，{said}", every=months)


OBLIGATIONS = (
    circulated_back,
    loan_back,
    errand_back,
    locked_away,
    papers_counted,
    papers_checked_and_cleared,
    cleared_by_the_issuers_day,
    last_years_papers_cleared,
    worthless_papers_destroyed,
    expired_secret_looked_at,
    dispatch_confirmed,
    handover_confirmed,
    prints_collected,
    handed_to_its_addressee,
    full_notebook_returned,
    notebook_handed_in,
    media_checked,
)
