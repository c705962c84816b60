"""《单位工作保密管理制度第4篇》: read in the office, issued with range and reading grade."""

from collections.abc import Iterator

from ledger.event import CarriedOut, Produced
from ledger.finding import Breach, Force
from ledger.place import WithPerson
from ledger.regulation.local import STAFFING
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    STAFFING["四"],
    Force.FORBIDS,
    "传阅、借阅的机要文件只在办公室里看，不得带到家里或公共场所",
    on=CarriedOut,
    remedy="先归还；工作需要带出的，另办携带外出。",
)
def borrowed_papers_stay_in_the_office(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """A paper that is on loan or going round is not taken out of the office."""
    for entry in desk.entries(event.carriers):
        custody = entry.custody
        if isinstance(custody, WithPerson) and custody.purpose in ("传阅", "借阅"):
            if desk.level(entry.number) is not None:
                who = desk.name(custody.person)
                yield Breach(entry.number, f"{who}{custody.purpose}中，要带到“{event.destination}”")


@rule(
    STAFFING["五"],
    Force.REQUIRES,
    "制发密件要注明密级、发放范围和阅读级限",
    on=Produced,
    remedy="补填发放范围和阅读级限。",
)
def issued_with_range_and_reading_grade(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """A secret paper says to whom it is issued and from which rank on it may be read."""
    document = event.document
    if document.level is None:
        return
    parts = (("发放范围", document.distribution), ("阅读级限", document.reading_grade))
    blank = [name for name, filled in parts if not filled]
    if blank:
        yield Breach(document.number or document.title, f"没有填：{'、'.join(blank)}")


RULES = (borrowed_papers_stay_in_the_office, issued_with_range_and_reading_grade)
