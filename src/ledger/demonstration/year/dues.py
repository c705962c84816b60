"""What falls due is done: for every duty the ledger names, the act that fulfils it."""

from datetime import date, timedelta
from typing import Final

from ledger.demonstration.year import doing
from ledger.demonstration.year.affairs import BUREAU
from ledger.demonstration.year.doing import Doing, act, each, inspection, with_each
from ledger.demonstration.year.machines import fetch, put_away
from ledger.demonstration.year.papers import hand_on, take_back
from ledger.demonstration.year.stage import LEADER, OFFICER, Stage
from ledger.duties import duties
from ledger.duty import Duty
from ledger.level import Level

__all__ = ["DONE", "see_to_some_early", "see_to_what_is_due"]

AHEAD: Final = 4
"""How many days before it is due something is done at the latest, beyond the next free days."""
EARLY: Final = 0.12
"""How often such work is done in a given week."""
IN_GOOD_TIME: Final = frozenset(
    (
        "articles_sent",
        "committee_met",
        "education_held",
        "education_planned",
        "group_planned",
        "journal_ordered",
        "unit_assessed_itself",
        "year_planned",
        "yearly_training",
    )
)
"""What is not left to its last days."""


def see_to_what_is_due(stage: Stage, next_day: date) -> None:
    """Do what falls due before the next working day or soon after, and is not being forgotten."""
    until = next_day + timedelta(days=AHEAD)
    for duty in duties(stage.register, stage.pack, stage.on, until):
        left = [subject for subject in duty.subjects if not stage.forgets(duty.name, subject)]
        if left and duty.open(stage.on):
            DONE[duty.name](stage, duty.only(left))


def see_to_some_early(stage: Stage) -> None:
    """Do some of what a year leaves time for long before it is due."""
    until = stage.on + timedelta(days=300)
    for duty in duties(stage.register, stage.pack, stage.on, until):
        if duty.name in IN_GOOD_TIME and duty.open(stage.on) and stage.chance(EARLY):
            DONE[duty.name](stage, duty)


def _year(_stage: Stage, duty: Duty) -> int:
    """The year a plan or report is of, which its reason begins with."""
    return int(duty.why[:4])


def _today(stage: Stage, _duty: Duty) -> str:
    return str(stage.on)


def _in_two_years(stage: Stage, _duty: Duty) -> str:
    return str(stage.on + timedelta(days=730))


_BOTH: Final = f"{LEADER}、{OFFICER}"
DONE: Final[dict[str, Doing]] = {
    "circulated_back": with_each(take_back),
    "loan_back": with_each(take_back),
    "errand_back": with_each(fetch),
    "locked_away": with_each(put_away),
    "cleared_by_the_issuers_day": doing.clear,
    "handed_to_its_addressee": with_each(hand_on),
    "handover_confirmed": with_each(doing.sign),
    **{
        f"{what}_gets_its_label": each(
            "labelled", "page", template=template, device="标签机", reason="变动后换贴"
        )
        for what, template in (
            ("medium", "medium-40x12"),
            ("classified_machine", "computer-60x40"),
            ("internal_computer", "computer-60x40"),
            ("internet_computer", "computer-60x40"),
        )
    },
    "computer_filed": each("filed", "computer", filed_no="示保备增1"),
    "site_change_reported": each("change_reported", "about", details="责任人变动", to=BUREAU),
    "meeting_papers_back": with_each(take_back),
    "meeting_closed": each("meeting_ended", "meeting", searched="是"),
    "prints_collected": with_each(put_away),
    "papers_counted": doing.count(clearance=False),
    "papers_checked_and_cleared": doing.count(clearance=True),
    "last_years_papers_cleared": doing.clear,
    "worthless_papers_destroyed": doing.destroy,
    "expired_secret_looked_at": doing.declassify,
    "dispatch_confirmed": act("confirmed", "carriers", signed_by="对方保密员"),
    "computer_checked": act("inspected", "computers", result="正常"),
    "classified_backed_up": doing.back_up(Level.机密),
    "internal_backed_up": doing.back_up(None),
    "protection_updated": act("updated", "computers"),
    "mailbox_password_changed": each("amended", "number", kind="mailbox", password_on=_today),
    "media_checked": inspection("介质"),
    "internet_computers_cleared": inspection("互联网清理"),
    "risk_assessed": inspection("风险评估"),
    "mailboxes_checked": inspection("邮箱"),
    "phones_checked": inspection("手机"),
    "unit_inspected": inspection("单位检查"),
    "departments_check_themselves": inspection("自查"),
    "unit_assessed_itself": inspection("自查自评"),
    "disclosure_inspected": inspection("公开专项"),
    "key_place_inspected": inspection("要害部位"),
    "visit_prepared": inspection("上级检查"),
    "problems_put_right": each("rectified", "inspection", measures="已锁好、已补签"),
    "neglect_criticized": each("criticized", "inspection", whom="办公室"),
    "inspection_bound": each("file_bound", "inspection", archive_no="卷1"),
    "yearly_training": doing.train,
    "education_held": act("trained", attendees=LEADER, hours=2, form="报告会", topics="形势"),
    "certificate_renewed": each(
        "certificate_issued", "person", certificate_no="粤保证202号", until=_in_two_years
    ),
    "briefed_before_departure": act(
        "trained", "attendees", hours=1, form="行前教育", topics="出境保密"
    ),
    "back_from_abroad": each("travel_ended", "person"),
    "cooling_off_over": each("cooling_ended", "person"),
    "staff_changes_reported": act("change_reported", "about", details="涉密人员变动", to=BUREAU),
    "appraised_in_the_year": doing.appraise,
    "committee_met": act(
        "convened", body="ZZ-01", topics="全年工作", attendees=_BOTH, decisions="按计划办"
    ),
    "group_active": with_each(doing.activity),
    "a_leader_takes_part": with_each(doing.activity),
    "activity_record_sent": each("activity_recorded", "activity", to=BUREAU, signed_by=LEADER),
    "articles_sent": act("article_sent", title="工作信息", to=BUREAU),
    "lead_unit_elected": doing.elect,
    "group_planned": act("planned", year=_year, scope="协作组"),
    "journal_ordered": act("subscribed", title="保密工作", year=_year),
    "disclosure_question_answered": each("answered", "query", answer="可以公开"),
    "unclear_matter_answered": each("answered", "query", answer="不属于国家秘密"),
    "own_secrets_reviewed": act("secrets_reviewed", "documents", year=_year, opinion="继续保密"),
    "approval_filed": each("supply_filed", "supply", to=BUREAU),
    "year_planned": act("planned", year=_year),
    "education_planned": act("planned", year=_year, scope="宣传教育"),
    "year_reported": act("year_reported", year=_year, to=BUREAU),
    "officer_reported": act("year_reported", year=_year, to=BUREAU, scope="保密员"),
    "good_work_praised": act(
        "rewarded", whom=OFFICER, ground="一贯守密或长期从事保密工作", reward="表扬"
    ),
    "breach_put_right": each("case_closed", "case", outcome="已批评教育并整改"),
    "leak_reported": with_each(doing.tell),
    "police_asked": each("reported", "case", to="公安机关", paper_no="函2号"),
    "leak_investigated": each(
        "investigated", "case", group=_BOTH, course="已查清经过", established="是"
    ),
    "progress_reported": each("reported", "case", to=BUREAU, stage="进展", paper_no="函3号"),
    "corrected_after_a_leak": each("corrected", "case", measures="完善登记签收"),
    "result_reported": with_each(doing.ask_to_close),
    "missing_taken_for_leaked": with_each(doing.find),
    "closing_followed_up": each("case_closed", "case", outcome="已处理", consent_no="同意1号"),
}
"""How each duty of the year is done."""
