"""《江门市国家保密局保密检查服务常态化工作制度》: the bureau's visits.

The thirty items the visit goes through are answered by ``ledger.reports.items``.
"""

from collections.abc import Iterator

from ledger.event.inspection import InspectionHeld
from ledger.finding import Breach, Force
from ledger.regulation.compendium import SERVICE
from ledger.rule import Desk, rule

__all__ = ["RULES", "VISIT"]

VISIT = "上级检查"
"""The scope of an inspection that the bureau makes."""


@rule(
    SERVICE["第五条"],
    Force.REQUIRES,
    "检查时要详细记录情况，结束后归档备查",
    on=InspectionHeld,
    remedy="写明检查人和检查意见（检查组反馈的意见）。",
)
def a_visit_is_recorded_in_full(event: InspectionHeld, _desk: Desk) -> Iterator[Breach]:
    """The record of a visit says who came and what they said."""
    if event.scope != VISIT:
        return
    blank = [
        name
        for name, filled in (("检查人", event.inspectors), ("检查意见", event.opinion))
        if not filled
    ]
    if blank:
        yield Breach(event.number or "检查记录", f"没有填：{'、'.join(blank)}")


RULES = (a_visit_is_recorded_in_full,)
