"""《领导干部保密工作责任制》: a body that is led, events with a plan, notes in the right book."""

from collections.abc import Iterator

from ledger.carrier import Notebook
from ledger.consent import lacking
from ledger.event import Excerpted, Written
from ledger.event.meeting import MeetingHeld, MeetingPlanned
from ledger.finding import Breach, Force
from ledger.office import Body
from ledger.regulation.compendium import LEADERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    LEADERS["第二条"],
    Force.REQUIRES,
    "保密组织应由一名领导主持，并指定管日常工作的部门",
    on=Body,
    remedy="更正登记，写明负责人和日常工作部门。",
)
def the_body_is_led(body: Body, _desk: Desk) -> Iterator[Breach]:
    """The committee has a head and a department for its daily work; the disclosure body a head."""
    if body.type == "协作组":
        return
    needed: list[tuple[str, str]] = [("负责人", body.head)]
    if body.type == "保密委员会":
        needed.append(("日常工作部门", body.office))
    blank = [name for name, filled in needed if not filled]
    if blank:
        yield Breach(body.number, f"{body.name}没有登记{'、'.join(blank)}")


@rule(
    LEADERS["第五条"],
    Force.REQUIRES,
    "本单位主办的涉密会议、活动、项目，都应先订保密工作方案并经领导同意",
    on=MeetingPlanned,
    remedy="订出方案，写明文号，报领导批准后再筹备。",
)
def secret_events_have_a_plan(event: MeetingPlanned, desk: Desk) -> Iterator[Breach]:
    """A secret meeting or event is prepared under a plan a leader approved."""
    if event.level is None:
        return
    name = event.number or event.title
    if not event.plan_no:
        yield Breach(name, "没有保密工作方案")
    if fact := lacking(event.approvals, desk, "meeting_plan", None):
        yield Breach(name, fact)


@rule(
    LEADERS["第九条（八）"],
    Force.FORBIDS,
    "讲话、报告涉及国家秘密的，不得用无线话筒",
    on=MeetingHeld,
    remedy="换用有线扩音；已经用了的，按泄密隐患处理。",
)
def secrets_are_not_spoken_into_the_air(event: MeetingHeld, desk: Desk) -> Iterator[Breach]:
    """No wireless microphone is used where secrets are read out."""
    meeting = desk.register.meetings[event.meeting]
    if meeting.level is not None and event.wireless:
        yield Breach(event.meeting, f"{meeting.level}级会议用了无线扩音")


@rule(
    LEADERS["第九条（九）"],
    Force.FORBIDS,
    "国家秘密只能记在密级够高的保密本上，不得记在普通笔记本里",
    on=(Written, Excerpted),
    remedy="换用密级够高、有编号的保密本；已经记了的，把本子按密件登记。",
)
def secrets_are_noted_in_secrecy_notebooks(
    event: Written | Excerpted, desk: Desk
) -> Iterator[Breach]:
    """Nothing secret is written into a notebook that has no level, or too low a one."""
    if isinstance(event, Written):
        number, level = event.medium, event.level
    else:
        number, level = event.into, desk.level(event.source)
    for page in desk.pages((number,), Notebook):
        own = page.thing.level
        if level is not None and (own is None or own < level):
            kind = f"{own}级的保密本" if own else "没有密级的笔记本"
            yield Breach(number, f"{level}级内容要记进{kind}")


RULES = (
    the_body_is_led,
    secret_events_have_a_plan,
    secrets_are_not_spoken_into_the_air,
    secrets_are_noted_in_secrecy_notebooks,
)
