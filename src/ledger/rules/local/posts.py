"""《保密工作实施方案》: nobody signs for another, and visitors of the machine room are approved."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event import Confirmed, Visited
from ledger.finding import Breach, Force
from ledger.regulation.local import POSTS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    POSTS["四（四）4"],
    Force.FORBIDS,
    "文件要直送本人签收，不得找人捎带、代收",
    on=Confirmed,
    remedy="退回，送到收件的机要、秘书人员或领导本人手上。",
)
def nobody_signs_for_another(event: Confirmed, desk: Desk) -> Iterator[Breach]:
    """Whoever a paper is for signs for it himself."""
    if event.for_another and not desk.pack.signing_for_another:
        for entry in desk.entries(event.carriers):
            yield Breach(entry.number, f"由{event.signed_by}代签收")


@rule(
    POSTS["四（五）2"],
    Force.REQUIRES,
    "外来人员进机房，要经审批并登记",
    on=Visited,
    remedy="报主管办公自动化的领导批准，填写审批。",
)
def visitors_are_approved(event: Visited, desk: Desk) -> Iterator[Breach]:
    """Somebody agreed to the visit of a machine room."""
    if fact := lacking(event.approvals, desk, "visit", None):
        yield Breach(event.site, f"{event.visitors}：{fact}")


RULES = (nobody_signs_for_another, visitors_are_approved)
