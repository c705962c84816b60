"""《江门市市直保密工作协作组工作规则》: taking part, and preparing what we lead."""

from collections.abc import Iterator

from ledger.event.cooperation import ActivityHeld
from ledger.finding import Breach, Force
from ledger.office import Body
from ledger.regulation.compendium import COOPERATION
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    COOPERATION["第九条"],
    Force.REQUIRES,
    "协作组活动去不了的，应先同组长单位说清缘由",
    on=ActivityHeld,
    remedy="写明请假理由；事后补了解活动内容。",
)
def absence_has_its_reason(event: ActivityHeld, _desk: Desk) -> Iterator[Breach]:
    """Whoever stays away from the group's activity has said why."""
    if not event.attended and not event.excuse:
        yield Breach(event.number or event.content, "没有参加，也没有请假理由")


@rule(
    COOPERATION["第十二条"],
    Force.REQUIRES,
    "组长单位办活动，要先同保密局联系，议题预先通知成员单位",
    on=ActivityHeld,
    remedy="写明联系保密局的日期和活动通知的文号。",
)
def activities_we_lead_are_prepared(event: ActivityHeld, desk: Desk) -> Iterator[Breach]:
    """Where we lead, the bureau was asked and the members were told."""
    body = desk.register.bodies[event.body]
    if body.lead_unit != desk.register.unit:
        return
    parts = (("联系保密局日期", event.contacted_on), ("活动通知文号", event.notice_no))
    blank = [name for name, filled in parts if not filled]
    if blank:
        yield Breach(event.number or event.content, f"没有填：{'、'.join(blank)}")


@rule(
    COOPERATION["第十六条"],
    Force.FORBIDS,
    "协作组活动不得连续缺席，否则通报批评、取消当年评先资格",
    on=Body,
    remedy="下次活动务必派人参加；向组长单位和保密局说明。",
)
def not_absent_time_after_time(body: Body, desk: Desk) -> Iterator[Breach]:
    """We have not stayed away from the group's last activities one after the other."""
    most = desk.pack.cooperation_absences
    if body.type != "协作组" or not most:
        return
    register = desk.register
    held = [each for each in register.in_order(register.activities) if each.body == body.number]
    last = sorted(held, key=lambda each: (each.on, each.act))[-most:]
    if len(last) == most and not any(each.attended for each in last):
        yield Breach(body.number, f"连续{most}次没有参加{body.name}的活动")


RULES = (absence_has_its_reason, activities_we_lead_are_prepared, not_absent_time_after_time)
