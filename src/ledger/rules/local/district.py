"""《单位工作保密管理制度第1篇》: a stated machine, archives that stay, media that change their use."""

from collections.abc import Iterator

from ledger.carrier import Computer, Medium, Network
from ledger.consent import lacking
from ledger.event import Disposed, Produced
from ledger.event.archive import Consulted
from ledger.finding import Breach, Force
from ledger.regulation.local import DISTRICT
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    DISTRICT["四1"],
    Force.REQUIRES,
    "打印密件应指定专人，在规定的涉密计算机上打",
    on=Produced,
    remedy="写明打印人，换用登记为涉密的计算机。",
)
def typed_by_a_named_person_on_a_stated_machine(event: Produced, desk: Desk) -> Iterator[Breach]:
    """A named person prints secrets, on a classified computer."""
    if event.document.level is None:
        return
    name = event.document.number or event.document.title
    if not event.made_by:
        yield Breach(name, "没有指定打印人")
    machines = list(desk.pages((event.computer,), Computer))
    if not machines or machines[0].thing.network is not Network.CLASSIFIED:
        yield Breach(name, "没有在规定的涉密计算机上打印")


@rule(
    DISTRICT["二5"],
    Force.FORBIDS,
    "查阅、抄录只在档案室里，案卷不得带出；特殊情况经领导批准",
    on=Consulted,
    remedy="留在档案室查阅；确需带出的，报领导批准。",
)
def archives_stay_in_the_archive(event: Consulted, desk: Desk) -> Iterator[Breach]:
    """No file leaves the archive room without a leader's approval."""
    if event.taken_out:
        for number, document in desk.papers(event.carriers):
            if fact := lacking(event.approvals, desk, "archive_out", document.level):
                yield Breach(number, fact)


@rule(
    DISTRICT["八2"],
    Force.REQUIRES,
    "存过密件的介质改作他用，必须经批准并由专业人员做技术处理",
    on=Disposed,
    remedy="报批并做技术处理；做不到的按密件销毁。",
)
def reused_with_leave_and_treatment(event: Disposed, desk: Desk) -> Iterator[Breach]:
    """A medium that held secrets gets another use with approval and after treatment."""
    for page in desk.pages((event.carrier,), Medium):
        level = page.holds or page.thing.level
        if level is None or event.way != "改作他用":
            continue
        if fact := lacking(event.approvals, desk, "reuse", level):
            yield Breach(page.number, fact)
        if event.treated is not True:
            yield Breach(page.number, "改作他用，没有技术处理")


RULES = (
    typed_by_a_named_person_on_a_stated_machine,
    archives_stay_in_the_archive,
    reused_with_leave_and_treatment,
)
