"""What people do: they travel, come, go and meet; information is disclosed and material supplied."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from ledger.carrier import Paper
from ledger.day import months_after
from ledger.demonstration.year.papers import take_back
from ledger.demonstration.year.stage import APPROVED, LEADER, OFFICER, Stage
from ledger.level import Level
from ledger.person import Person

__all__ = ["BUREAU", "go_on", "rank_and_file"]

BUREAU: Final = "市保密局"
NEWCOMERS: Final = ("冯小雨", "沈一帆", "韩雪", "许可", "何田田", "吕青")


def go_on(stage: Stage) -> None:
    """What a day may bring besides papers and machines."""
    for affair, often in (
        (_meet, 0.05),
        (_disclose, 0.09),
        (_ask, 0.02),
        (_supply, 0.025),
        (_travel, 0.03),
        (_leave, 0.03),
        (_join, 0.03),
        (_stand_in, 0.012),
        (_notify, 0.012),
        (_visit, 0.05),
        (_press, 0.03),
        (_rearrange, 0.008),
    ):
        if stage.chance(often):
            affair(stage)


def rank_and_file(stage: Stage, level: Level = Level.秘密) -> list[Person]:
    """Who has a category and no office, and is on no journey."""
    idle = (p for p in stage.staff(level) if not p.roles and not stage.standing(p).trip)
    return [person for person in idle if not stage.neglected(person.number)]


def _meet(stage: Stage) -> None:
    day = stage.on + timedelta(days=2)
    papers = [n for n in stage.shelved(Paper, Level.机密) if len(stage.readers(n)) > 1]
    if not papers:
        return
    number = stage.pick(papers)
    names = stage.readers(number)
    planned = stage.do(
        "meeting_planned",
        title="专题会议",
        level="机密",
        venue="二楼会议室",
        venue_fit="是",
        begins=str(day),
        ends=str(day + timedelta(days=1)),
        plan_no=f"方案{stage.random.randint(1, 99)}号",
        chair=LEADER,
        attendees="、".join({LEADER: 0, OFFICER: 0} | dict.fromkeys(names)),
        paper_keeper=OFFICER,
        approvals=APPROVED,
    )
    meeting = stage.brought(planned)
    stage.later(2, lambda s: _hold(s, meeting, number, names))


def _hold(stage: Stage, meeting: str, number: str, invited: Sequence[str]) -> None:
    kept = dict.fromkeys(("discipline", "jammer", "phones_kept_out", "swept"), "是")
    readers = [each for each in stage.readers(number) if each in invited]
    present = "、".join({LEADER: 0} | dict.fromkeys(readers))
    stage.do("meeting_held", meeting=meeting, present=present, **kept)
    if readers and stage.free(number):
        stage.do("meeting_issued", meeting=meeting, carrier=number, to=readers[0])
        take_back(stage, number)
    stage.do("meeting_ended", meeting=meeting, searched="是")


def _disclose(stage: Stage) -> None:
    handler, reviewer, leader = _three(stage)
    answers = dict.fromkeys(("secret", "mark_changed", "separated", "unsuitable"), "否")
    drafted = stage.do(
        "disclosure_drafted",
        title=f"政务信息第{stage.random.randint(1, 999)}号",
        handler=handler,
        opinion="可以公开",
        **answers,
    )
    number = stage.brought(drafted)
    stage.do("disclosure_reviewed", disclosure=number, reviewer=reviewer, agreed="是")
    stage.do("disclosure_approved", disclosure=number, agreed="是", approvals=f"分管领导:{leader}")
    stage.later(1, lambda s: s.do("disclosed", disclosure=number, where="门户网站"))


def _three(stage: Stage) -> tuple[str, str, str]:
    """A handler, the head of a department, and the leader in charge."""
    people = list(stage.register.in_order(stage.register.people))
    heads = [p.name for p in people if "部门领导" in p.roles]
    leaders = [p.name for p in people if "分管领导" in p.roles]
    return stage.pick(rank_and_file(stage)).name, stage.pick(heads), stage.pick(leaders)


def _ask(stage: Stage) -> None:
    kind = stage.pick(("信息公开", "定密"))
    stage.do("queried", about="附表是否涉密", to=BUREAU, kind_of_query=kind)


def _supply(stage: Stage) -> None:
    military = stage.chance(0.3)
    kind = {"military": "是"} if military else {}
    drafted = stage.do(
        "supply_drafted",
        recipient="协作单位",
        content="技术参数",
        handler=stage.pick(rank_and_file(stage)).name,
        level="秘密",
        needed="是",
        **kind,
    )
    number = stage.brought(drafted)
    above = "军事主管部门:某部" if military else "地市级业务主管部门:市工信局"
    stage.do("supply_approved", supply=number, approvals=f"{APPROVED}、{above}")
    agreement = f"保密协议{stage.random.randint(1, 99)}号"
    stage.later(2, lambda s: s.do("supplied", supply=number, undertaking=agreement))


def _travel(stage: Stage) -> None:
    traveller = stage.pick([p for p in rank_and_file(stage) if not stage.holds(p)])
    stage.do(
        "travel_approved",
        person=traveller.name,
        destination=stage.pick(("某国", "港澳")),
        leaves=str(stage.on + timedelta(days=20)),
        returns=str(stage.on + timedelta(days=28)),
        private="是",
        approvals=APPROVED,
    )


def _leave(stage: Stage) -> None:
    """Somebody whose hands are empty leaves his post, and what he kept passes to his head."""
    leaving = [p for p in rank_and_file(stage) if not stage.holds(p) and not stage.keeps(p)]
    if not leaving:
        return
    person = stage.pick(leaving)
    assert person.category is not None
    until = months_after(stage.on, stage.pack.months_of(person.category) + 6)
    signed = dict.fromkeys(("commitment", "educated"), "是")
    stage.do("left", person=person.name, cooling_until=str(until), **signed)


def _join(stage: Stage) -> None:
    known = stage.register.named
    names = [name for name in NEWCOMERS if name not in known]
    if not names:
        return
    name = names[0]
    stage.do("registered", kind="person", name=name, department="规划科")
    stage.do("trained", attendees=name, hours=16, before_post="是", topics="保密法规", form="专题")
    passed = {"vetted_by": "人事科", "form_no": f"审{stage.random.randint(1, 99)}号"}
    stage.do("vetted", person=name, category="一般", **passed)
    stage.do("pledged", person=name, pledge="保密责任书")
    stage.do("registered", kind="phone", keeper=name, phone="13912345678", domestic="是")
    stage.do("posted", person=name, post="科员", category="一般", approvals=APPROVED)


def _stand_in(stage: Stage) -> None:
    """The officer is away for a week, and somebody the leader names keeps the room."""
    able = [p.name for p in stage.staff(Level.绝密) if not p.roles and p.name != OFFICER]
    if not able or stage.officer != OFFICER:
        return
    name, until = stage.pick(able), stage.on + timedelta(days=9)
    stage.do(
        "stood_in",
        person=OFFICER,
        stand_in=name,
        until=str(until),
        handed_over="是",
        approvals=APPROVED,
    )
    stage.stand_in = name, until


def _notify(stage: Stage) -> None:
    day = str(stage.on + timedelta(days=7))
    stage.do("inspection_notified", scheduled=day, inspected_by=BUREAU)


def _visit(stage: Stage) -> None:
    stage.do(
        "visited",
        site="CS-04",
        visitors="维修人员2名",
        purpose="检修空调",
        escort=OFFICER,
        area="外间",
        approvals=APPROVED,
    )


def _press(stage: Stage) -> None:
    stage.do("press_reviewed", title="工作动态", approvals=APPROVED)


def _rearrange(stage: Stage) -> None:
    """A key place gets another head."""
    head = stage.pick(stage.staff(Level.绝密)).name
    stage.do("amended", kind="site", number=stage.pick(("CS-01", "CS-02")), keeper=head)
