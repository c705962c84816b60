"""The ways in which what falls due is done: one act for all of it, one for each, or more than that."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from ledger.demonstration.year.affairs import BUREAU
from ledger.demonstration.year.machines import put_away
from ledger.demonstration.year.stage import APPROVED, LEADER, OFFICER, UNIT, Stage
from ledger.duty import Duty
from ledger.level import Level
from ledger.place import Awaiting

__all__ = [
    "Doing",
    "act",
    "activity",
    "appraise",
    "ask_to_close",
    "back_up",
    "clear",
    "count",
    "declassify",
    "destroy",
    "each",
    "elect",
    "find",
    "inspection",
    "joined",
    "sign",
    "tell",
    "train",
    "with_each",
]

SUPERIOR: Final = "示范总局"
FINDINGS: Final = 0.3
"""How often an inspection finds something."""
Doing = Callable[[Stage, Duty], object]


def joined(duty: Duty) -> str:
    """The subjects of a duty as a script lists them."""
    return "、".join(duty.subjects)


def _filled(fields: dict[str, Any], stage: Stage, duty: Duty) -> dict[str, Any]:
    """The fields of an act; one that is a function is told the stage and the duty."""
    return {name: v(stage, duty) if callable(v) else v for name, v in fields.items()}


def act(name: str, subjects: str = "", **fields: Any) -> Doing:
    """One act for all the subjects of a duty, listed in a field if one is named."""

    def do(stage: Stage, duty: Duty) -> None:
        listed = {subjects: joined(duty)} if subjects else {}
        stage.do(name, **listed, **_filled(fields, stage, duty))

    return do


def each(name: str, subject: str, **fields: Any) -> Doing:
    """One act for each subject of a duty."""

    def do(stage: Stage, duty: Duty) -> None:
        for number in duty.subjects:
            stage.do(name, **{subject: number}, **_filled(fields, stage, duty))

    return do


def with_each(what: Callable[[Stage, str], object]) -> Doing:
    """The same with each subject of a duty."""

    def do(stage: Stage, duty: Duty) -> None:
        for subject in duty.subjects:
            what(stage, subject)

    return do


def inspection(scope: str) -> Doing:
    """An inspection, which finds something every now and then."""

    def do(stage: Stage, duty: Duty) -> None:
        sites = {"sites": joined(duty)} if scope == "要害部位" else {}
        found = {}
        if stage.chance(FINDINGS):
            found = {
                "problems": "柜门未锁、台账未签",
                "rectify_by": str(stage.on + timedelta(days=stage.random.randint(7, 25))),
                "responsible": stage.pick(stage.staff(Level.机密)).name,
            }
        looked = {"facilities": "逐件核对，情况正常", "premises": "门窗监控正常"}
        said = {"inspectors": f"{LEADER}、{OFFICER}", "opinion": "措施落实，继续保持"}
        stage.do("inspection_held", scope=scope, **said, **looked, **sites, **found)

    return do


def count(*, clearance: bool) -> Doing:
    """Everything the officer keeps is gone through."""

    def do(stage: Stage, _duty: Duty) -> None:
        there = (stage.register.carriers[number] for number in stage.register.in_keeping())
        seen = "、".join(entry.number for entry in there if not entry.missing)
        stage.do("counted", seen=seen, clearance="是" if clearance else "否")

    return do


def back_up(level: Level | None) -> Doing:
    """Computers are backed up to a medium of a level, or one for internal computers."""
    return act(
        "data_backed_up", "computers", medium=lambda stage, _: stage.pick(stage.media(level))
    )


def clear(stage: Stage, duty: Duty) -> None:
    """Give papers back to whoever issued them, one list for each issuer."""
    groups: dict[str, list[str]] = {}
    for number in filter(stage.free, duty.subjects):
        groups.setdefault(stage.text_of(number).issuer, []).append(number)
    for issuer, numbers in groups.items():
        listed = {"list_no": f"退{stage.random.randint(1, 999)}号", "receiver": "收发员"}
        stage.do("cleared", carriers="、".join(numbers), to=issuer, **listed)


def destroy(stage: Stage, duty: Duty) -> None:
    """Shred papers of the unit's own that are in the room, before two."""
    numbers = list(filter(stage.free, duty.subjects))
    other = stage.pick([p for p in stage.staff(Level.绝密) if p.name != stage.officer])
    if numbers:
        stage.do(
            "destroyed",
            carriers="、".join(numbers),
            witnesses=f"{stage.officer}、{other.name}",
            method="粉碎",
            counted=len(numbers),
            scrap_mm2=1.5,
            approvals=APPROVED,
        )


def declassify(stage: Stage, duty: Duty) -> None:
    """Terms are looked at when they have ended, and not as soon as they are announced."""
    if duty.late(stage.on):
        for number in duty.subjects:
            stage.do("declassified", document=number, no_extension="是")
            for copy in sorted(stage.register.copies[number]):
                put_away(stage, copy)


def train(stage: Stage, duty: Duty) -> None:
    """Everybody with a category has eight hours; the core staff have sixteen."""
    hours = 16 if "应16课时" in duty.why else 8
    lesson = {"topics": "保密法规", "form": "集中培训"}
    stage.do("trained", attendees=joined(duty), hours=hours, **lesson)


def appraise(stage: Stage, duty: Duty) -> None:
    """Everybody has done his duty in the year."""
    for name in duty.subjects:
        stage.do("appraised", person=name, year=duty.due.year, result="称职")


def activity(stage: Stage, group: str) -> None:
    """The cooperation group meets, and the leader goes along."""
    (body,) = (b.number for b in stage.register.bodies.values() if b.name == group)
    asked = {"contacted_on": str(stage.on - timedelta(days=3)), "notice_no": "通知1号"}
    stage.do("activity_held", body=body, content="座谈交流", leaders=LEADER, **asked)


def elect(stage: Stage, duty: Duty) -> None:
    """The unit leads the group for another year."""
    until = str(date(duty.due.year + 1, 12, 31))
    stage.do("lead_elected", body="ZZ-03", unit=UNIT, until=until)


def tell(stage: Stage, case: str) -> None:
    """A loss is told to the bureau and to the superior."""
    for to in (BUREAU, SUPERIOR):
        stage.do("reported", case=case, to=to, stage="首次", paper_no="函1号")


def sign(stage: Stage, number: str) -> None:
    """Whoever something was handed to signs for it."""
    custody = stage.register.carriers[number].custody
    if isinstance(custody, Awaiting):
        stage.do("confirmed", carriers=number, signed_by=custody.receiver)


def ask_to_close(stage: Stage, case: str) -> None:
    """The bureau is asked to close a case, with all five papers."""
    papers = ("closing_form", "investigation_report", "statements", "handling_papers")
    five = dict.fromkeys((*papers, "unit_report"), "是")
    stage.do("closing_requested", case=case, to=BUREAU, **five)


def find(stage: Stage, case: str) -> None:
    """What a case is about turns up."""
    for number in stage.register.cases[case].subjects:
        stage.do("found", carrier=number, where="档案柜后")
