"""《单位工作保密管理制度第3篇》: printing outside, the seal, waste through the office."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event import Destroyed, Produced
from ledger.event.archive import SealUsed
from ledger.finding import Breach, Force
from ledger.regulation.local import DRAFTING
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    DRAFTING["二（三）"],
    Force.REQUIRES,
    "到外面印材料，须先报局长批准，由办公室联系",
    on=Produced,
    remedy="报局长批准，填写审批。",
)
def printed_outside_with_the_chiefs_leave(event: Produced, desk: Desk) -> Iterator[Breach]:
    """Nothing is printed outside without the chief's approval."""
    if event.printer:
        fact = lacking(event.approvals, desk, "print_outside", event.document.level)
        if fact:
            yield Breach(event.document.number or event.document.title, fact)


@rule(
    DRAFTING["后附7"],
    Force.REQUIRES,
    "用印必须由领导签字批准",
    on=SealUsed,
    remedy="请领导签字，填写审批。",
)
def sealed_with_a_signature(event: SealUsed, desk: Desk) -> Iterator[Breach]:
    """The unit's seal is used with a leader's signature."""
    if fact := lacking(event.approvals, desk, "seal", None):
        yield Breach("用印", fact)


@rule(
    DRAFTING["后附3"],
    Force.FORBIDS,
    "废旧文件统一由办公室处理，严禁各科室自行处理",
    on=Destroyed,
    remedy="交保密员，由他造册、报批、销毁。",
)
def waste_goes_through_the_office(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Nobody but the officer has papers destroyed."""
    if not desk.by_officer:
        yield Breach("销毁清册", f"由{desk.by}办理销毁{len(event.carriers)}件，他不是保密员")


RULES = (
    printed_outside_with_the_chiefs_leave,
    sealed_with_a_signature,
    waste_goes_through_the_office,
)
