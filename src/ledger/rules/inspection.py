"""《保密监督检查制度》: the record filled in, problems with a day, put right by it."""

from collections.abc import Iterator

from ledger.day import chinese
from ledger.event.inspection import InspectionHeld
from ledger.finding import Breach, Force
from ledger.register.proceeding import Inspection
from ledger.regulation.compendium import INSPECTION
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    INSPECTION["第六条"],
    Force.REQUIRES,
    "检查要当场填好检查记录表：谁查的、查了哪里、怎么查、结果怎样",
    on=InspectionHeld,
    remedy="补填检查人，以及设备设施情况、办公场所情况或意见。",
)
def the_record_is_filled_in(event: InspectionHeld, _desk: Desk) -> Iterator[Breach]:
    """The record names the inspectors and says what was looked at and found."""
    said = event.facilities or event.premises or event.opinion or event.problems
    blank = [
        name for name, filled in (("检查人", event.inspectors), ("检查情况", said)) if not filled
    ]
    if blank:
        yield Breach(event.number or "检查记录", f"没有填：{'、'.join(blank)}")


@rule(
    INSPECTION["第七条"],
    Force.REQUIRES,
    "查出的问题要限期整改，落实到人",
    on=InspectionHeld,
    remedy="写明整改期限和整改责任人。",
)
def problems_have_a_day_and_a_person(event: InspectionHeld, _desk: Desk) -> Iterator[Breach]:
    """Where something is wrong it is said by when and by whom it is put right."""
    if event.problems:
        blank = [
            name
            for name, filled in (("整改期限", event.rectify_by), ("整改责任人", event.responsible))
            if not filled
        ]
        if blank:
            number = event.number or "检查记录"
            yield Breach(number, f"查出问题{len(event.problems)}项，没有填：{'、'.join(blank)}")


@rule(
    INSPECTION["第七条"],
    Force.REQUIRES,
    "问题要按期改完，逾期不改的通报批评",
    on=Inspection,
    remedy="督促整改并登记；仍不改的，登记通报批评。",
)
def problems_are_put_right_in_time(inspection: Inspection, desk: Desk) -> Iterator[Breach]:
    """No problem stands past the day it was to be put right, unless it was criticized."""
    due = inspection.rectify_by
    if due is not None and desk.on > due and inspection.outstanding:
        if inspection.criticized_on is None:
            items = "、".join(f"第{n}项" for n in inspection.outstanding)
            yield Breach(inspection.number, f"最迟{chinese(due)}改完，还有{items}")


RULES = (
    the_record_is_filled_in,
    problems_have_a_day_and_a_person,
    problems_are_put_right_in_time,
)
