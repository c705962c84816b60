"""What falls due about meetings and the cooperation group."""

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.day import chinese
from ledger.duties.turns import in_the_year, once_a_year
from ledger.duty import Due, obligation
from ledger.event import Returned
from ledger.event.cooperation import ActivityHeld, ActivityRecorded, ArticleSent, LeadElected
from ledger.event.meeting import MeetingEnded
from ledger.event.organization import Convened, Planned, Subscribed
from ledger.office import Body
from ledger.place import WithPerson
from ledger.register.proceeding import Activity, Meeting
from ledger.register.register import Register
from ledger.regulation.compendium import COMMITTEE, COOPERATION, MEETINGS
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]

GROUP = "协作组"


@obligation(
    MEETINGS["第九条"],
    "会议结束，该收回的文件如数收回",
    "收回会议文件",
    on=Meeting,
    done_by=Returned,
)
def meeting_papers_back(meeting: Meeting, desk: Desk) -> Iterator[Due]:
    """The papers a meeting gave out are back when it ends."""
    by = meeting.ends or meeting.held_on
    for number, holder in meeting.issued:
        custody = desk.register.carriers[number].custody
        if by is not None and isinstance(custody, WithPerson) and custody.purpose == "会议":
            yield Due(number, by, f"{meeting.title}发给{desk.name(holder)}")


@obligation(
    MEETINGS["第十条"],
    "会议结束及时清场",
    "清场并登记会议结束",
    on=Meeting,
    done_by=MeetingEnded,
)
def meeting_closed(meeting: Meeting, _desk: Desk) -> Iterator[Due]:
    """A meeting that took place is over in the book as well."""
    by = meeting.ends or meeting.held_on
    if meeting.held_on is not None and meeting.ended_on is None and by is not None:
        yield Due(meeting.number, by, f"{meeting.title}{chinese(meeting.held_on)}召开")


@obligation(
    COMMITTEE["第三条"],
    "召开保密工作会议，研究部署工作",
    "召开保密组织会议并登记",
    on=Body,
    done_by=Convened,
)
def committee_met(body: Body, desk: Desk) -> Iterator[Due]:
    """The committee meets as often in a year as the pack asks for."""
    if body.type == "保密委员会":
        wanted, name = desk.pack.committee_meetings, f"工作会议/{body.number}"
        yield from in_the_year(desk.register, desk.on, name, wanted, body.name, "会议")


@obligation(
    COOPERATION["第十条"],
    "协作组每年活动不少于两次，一般上下半年各一次",
    "参加或组织协作组活动并登记",
    on=Body,
    done_by=ActivityHeld,
)
def group_active(body: Body, desk: Desk) -> Iterator[Due]:
    """The cooperation group has its activities of the year."""
    if body.type == GROUP:
        wanted, name = desk.pack.cooperation_activities, f"协作组活动/{body.number}"
        yield from in_the_year(desk.register, desk.on, name, wanted, body.name, "活动")


@obligation(
    COOPERATION["第十五条"],
    "分管领导每年至少参加一次协作组活动",
    "请分管领导参加活动",
    on=Body,
    done_by=ActivityHeld,
)
def a_leader_takes_part(body: Body, desk: Desk) -> Iterator[Due]:
    """A leader of the unit takes part in an activity every year."""
    if body.type == GROUP:
        wanted, name = desk.pack.cooperation_leaders, f"领导参加协作组活动/{body.number}"
        yield from in_the_year(desk.register, desk.on, name, wanted, body.name, "领导参加活动")


@obligation(
    COOPERATION["第十二条"],
    "活动后一周内把记录报保密局",
    "报送活动记录",
    on=Activity,
    done_by=ActivityRecorded,
)
def activity_record_sent(activity: Activity, desk: Desk) -> Iterator[Due]:
    """The lead unit sends the record of an activity within a week."""
    if activity.leading and activity.recorded_on is None:
        by = activity.on + timedelta(days=desk.pack.activity_record_days)
        yield Due(activity.number, by, f"{chinese(activity.on)}的活动由我单位组织")


@obligation(
    COOPERATION["第十三条"],
    "每个协作组每年报送信息稿件不少于三篇",
    "报送稿件并登记",
    on=Register,
    done_by=ArticleSent,
)
def articles_sent(register: Register, desk: Desk) -> Iterator[Due]:
    """The articles of the year are sent, where the unit belongs to a group."""
    if any(body.type == GROUP for body in register.bodies.values()):
        wanted = desk.pack.cooperation_articles
        yield from in_the_year(register, desk.on, "报送稿件", wanted, "信息稿件", "稿件")


@obligation(
    COOPERATION["第七条"],
    "组长单位每届一年，年末推选",
    "推选下届组长单位并登记",
    on=Body,
    done_by=LeadElected,
)
def lead_unit_elected(body: Body, _desk: Desk) -> Iterator[Due]:
    """The group has elected its next lead unit before the term of the present one ends."""
    if body.type == GROUP and body.lead_until is not None:
        until = body.lead_until
        yield Due(
            body.name, until, f"{body.lead_unit}任期到{chinese(until)}", date(until.year, 12, 1)
        )


@obligation(
    COOPERATION["第八条"],
    "组长单位制定协作组年度计划",
    "制定协作组年度计划（年度计划，类别写“协作组”）",
    on=Body,
    done_by=Planned,
)
def group_planned(body: Body, desk: Desk) -> Iterator[Due]:
    """Where we lead the group, its year has a plan."""
    if body.type == GROUP and body.lead_unit == desk.register.unit:
        month, name = desk.pack.plan_month, "年度计划/协作组"
        yield from once_a_year(desk.register, desk.on, name, month, body.name, "协作组计划")


@obligation(
    COOPERATION["第十四条"],
    "订好、学好、用好《保密工作》杂志",
    "订阅并登记",
    on=Register,
    done_by=Subscribed,
)
def journal_ordered(register: Register, desk: Desk) -> Iterator[Due]:
    """The year's journal is ordered, where the unit belongs to a group."""
    if any(body.type == GROUP for body in register.bodies.values()):
        yield from once_a_year(
            register, desk.on, "订阅", desk.pack.plan_month, "《保密工作》", "订刊"
        )


OBLIGATIONS = (
    meeting_papers_back,
    meeting_closed,
    committee_met,
    group_active,
    a_leader_takes_part,
    activity_record_sent,
    articles_sent,
    lead_unit_elected,
    group_planned,
    journal_ordered,
)
