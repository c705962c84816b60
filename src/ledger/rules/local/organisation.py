"""《单位工作保密管理制度第2篇》: originals stay, own marks change with the group's approval."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event import Declassified, Lent, Regraded
from ledger.finding import Breach, Force
from ledger.regulation.local import ORGANISATION
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    ORGANISATION["八（四）"],
    Force.ADVISES,
    "密件原件一般不借给外单位",
    on=Lent,
    remedy="请对方来查阅，或按发文手续提供。",
)
def originals_stay_in_the_unit(event: Lent, desk: Desk) -> Iterator[Breach]:
    """The original of a secret paper is not lent to another unit."""
    if desk.register.outside(event.to) is not None:
        for number, _ in desk.papers((event.carrier,)):
            yield Breach(number, f"要借给外单位“{desk.name(event.to)}”")


@rule(
    ORGANISATION["五（五）3"],
    Force.REQUIRES,
    "本单位定的密要变更、解密，须由承办人提出、办公室审定、领导小组审批",
    on=(Regraded, Declassified),
    remedy="报保密领导小组审批，填写审批。",
)
def own_marks_change_with_the_groups_approval(
    event: Regraded | Declassified, desk: Desk
) -> Iterator[Breach]:
    """The unit's own secrets are regraded and declassified by its leading group."""
    document = desk.register.documents[event.document]
    if document.issuer == desk.register.unit and document.level is not None:
        if fact := lacking(event.approvals, desk, "regrade_own", None):
            yield Breach(event.document, fact)


RULES = (originals_stay_in_the_unit, own_marks_change_with_the_groups_approval)
