"""Slips of people and of business: posts, journeys, meetings, disclosure, supply, inspection."""

from datetime import timedelta

from ledger.day import months_after
from ledger.demonstration.year.affairs import BUREAU, rank_and_file
from ledger.demonstration.year.slips.slipping import slips_against
from ledger.demonstration.year.stage import APPROVED, LEADER, OFFICER, Stage
from ledger.level import Level


@slips_against("leave_commitment_is_signed")
def left_without_a_word(stage: Stage) -> bool:
    """Somebody leaves his post and has signed nothing."""
    found = [p for p in rank_and_file(stage) if not stage.holds(p) and not stage.keeps(p)]
    if found:
        person = stage.pick(found)
        assert person.category is not None
        until = months_after(stage.on, stage.pack.months_of(person.category))
        stage.slip(
            "leave_commitment_is_signed", "left", person=person.name, cooling_until=str(until)
        )
    return bool(found)


@slips_against("trained_before_taking_post")
def posted_untrained(stage: Stage) -> bool:
    """Somebody takes a secret post and has learned nothing for it."""
    stage.do("registered", kind="person", name="韦一鸣", department="规划科")
    stage.do("vetted", person="韦一鸣", category="一般", vetted_by="人事科", form_no="审100号")
    stage.do("pledged", person="韦一鸣", pledge="保密责任书")
    stage.do("registered", kind="phone", keeper="韦一鸣", phone="13900009999", domestic="是")
    stage.slip(
        "trained_before_taking_post",
        "posted",
        person="韦一鸣",
        post="科员",
        category="一般",
        approvals=APPROVED,
    )
    return True


@slips_against("private_journeys_are_approved")
def abroad_without_leave(stage: Stage) -> bool:
    """Somebody of the secrecy staff travels abroad and nobody was asked."""
    found = [p for p in rank_and_file(stage) if not stage.holds(p)]
    if found:
        stage.slip(
            "private_journeys_are_approved",
            "travel_approved",
            person=stage.pick(found).name,
            destination="某国",
            leaves=str(stage.on + timedelta(days=12)),
            returns=str(stage.on + timedelta(days=19)),
            private="是",
        )
    return bool(found)


@slips_against("nothing_is_disclosed_unapproved")
def disclosed_without_leave(stage: Stage) -> bool:
    """Something is published after the first of three steps."""
    answers = dict.fromkeys(("secret", "mark_changed", "separated", "unsuitable"), "否")
    drafted = stage.do(
        "disclosure_drafted",
        title="工作总结",
        handler=stage.pick(rank_and_file(stage)).name,
        opinion="可以公开",
        **answers,
    )
    number = stage.brought(drafted)
    stage.slip("nothing_is_disclosed_unapproved", "disclosed", disclosure=number, where="微信")
    return True


@slips_against("supplied_after_approval")
def supplied_without_leave(stage: Stage) -> bool:
    """Material is handed over while its approval is still being asked for."""
    drafted = stage.do(
        "supply_drafted",
        recipient="协作单位",
        content="技术参数",
        handler=stage.pick(rank_and_file(stage)).name,
        level="秘密",
        needed="是",
    )
    number = stage.brought(drafted)
    stage.slip("supplied_after_approval", "supplied", supply=number, undertaking="保密协议100号")
    return True


@slips_against("secrets_are_not_spoken_into_the_air")
def wireless_microphone(stage: Stage) -> bool:
    """A secret meeting is held with a wireless microphone."""
    planned = stage.do(
        "meeting_planned",
        title="部署会议",
        level="秘密",
        venue="二楼会议室",
        venue_fit="是",
        begins=str(stage.on),
        ends=str(stage.on),
        plan_no="方案100号",
        chair=LEADER,
        attendees=f"{LEADER}、{OFFICER}",
        paper_keeper=OFFICER,
        approvals=APPROVED,
    )
    number = stage.brought(planned)
    kept = dict.fromkeys(("discipline", "jammer", "phones_kept_out", "swept", "wireless"), "是")
    stage.slip(
        "secrets_are_not_spoken_into_the_air",
        "meeting_held",
        meeting=number,
        present=LEADER,
        **kept,
    )
    stage.do("meeting_ended", meeting=number, searched="是")
    return True


@slips_against("phones_are_admitted_by_leave_only")
def phone_in_the_room(stage: Stage) -> bool:
    """A phone is carried into the secrecy room."""
    person = stage.pick(stage.staff(Level.机密)).name
    stage.slip(
        "phones_are_admitted_by_leave_only",
        "phone_admitted",
        person=person,
        site="CS-01",
        reason="忘了存放",
    )
    return True


@slips_against("visitors_are_escorted")
def visitors_alone(stage: Stage) -> bool:
    """Strangers work in the machine room by themselves."""
    stage.slip("visitors_are_escorted", "visited", site="CS-04", visitors="施工人员3名")
    return True


@slips_against("problems_have_a_day_and_a_person")
def problems_without_a_day(stage: Stage) -> bool:
    """An inspection finds something, and nobody is told to put it right."""
    held = stage.slip(
        "problems_have_a_day_and_a_person",
        "inspection_held",
        scope="抽查",
        inspectors=f"{LEADER}、{OFFICER}",
        facilities="逐件核对",
        premises="正常",
        opinion="限期整改",
        problems="台账未签",
    )
    number = stage.brought(held)
    stage.later(3, lambda s: s.do("rectified", inspection=number, measures="已补签"))
    return True


@slips_against("closed_with_the_bureaus_consent", takes=120)
def closed_by_itself(stage: Stage) -> bool:
    """A leak is closed within the unit, before the bureau was asked."""
    found = stage.do(
        "leak_found",
        content="会议材料",
        circumstances="照片出现在网上",
        level="秘密",
        found_by=LEADER,
    )
    case = next(c.key for c in found.changes if c.table == "cases")
    for to in (BUREAU, "示范总局"):
        stage.do("reported", case=case, to=to, stage="首次", paper_no="函1号")
    stage.later(
        20,
        lambda s: s.slip(
            "closed_with_the_bureaus_consent", "case_closed", case=case, outcome="已批评教育"
        ),
    )
    return True
