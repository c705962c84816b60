"""What falls due about whatever is in somebody's hands or on its way, notebooks and media too."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.carrier import Carrier, Computer, Device, Medium, Notebook, Paper
from ledger.day import chinese, months_after
from ledger.deadline import (
    errand_ends,
    loan_ends,
)
from ledger.duty import Due, obligation
from ledger.event import (
    Archived,
    BroughtBack,
    Confirmed,
    HandedOver,
    Repaired,
    Returned,
    Stored,
)
from ledger.event.inspection import InspectionHeld
from ledger.place import Awaiting, InRoom, InTransit, WithPerson
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.register.survey import begun
from ledger.regulation import CARRIERS
from ledger.regulation.compendium import COURIERS, LEADERS
from ledger.regulation.local import LEGAL
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


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
    "下班前密件、保密本、涉密介质都锁进柜",
    "入柜",
    on=(Paper, Notebook, Medium),
    done_by=Stored,
)
def locked_away(entry: Entry[Paper | Notebook | Medium], desk: Desk) -> Iterator[Due]:
    """No secret stays out of the cabinets overnight."""
    if isinstance(entry.custody, InRoom) and not entry.missing:
        if desk.register.level_of(entry) is not None:
            yield Due(entry.number, entry.since, f"{chinese(entry.since)}起在保密室")


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
    loan_back,
    errand_back,
    locked_away,
    dispatch_confirmed,
    handover_confirmed,
    full_notebook_returned,
    notebook_handed_in,
    media_checked,
)
