"""涉密会议文件收发清单、协作组活动情况记录表: who came, and which papers came back."""

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from ledger.act import Act
from ledger.event.cooperation import ActivityHeld
from ledger.number import ActivityNo, MeetingNo
from ledger.place import WithPerson
from ledger.register.register import Register
from ledger.reports.evidence import cell, name_of, names_of, window

__all__ = ["ActivitySheet", "MeetingPaper", "MeetingSheet", "activity_sheet", "meeting_sheet"]


@frozen(kw_only=True)
class MeetingPaper:
    """One paper a meeting gave out."""

    number: str = cell("载体编号")
    title: str = cell("标题")
    to: str = cell("领取人")
    keep: bool = cell("准予带回")
    back: bool = cell("已收回")


@frozen(kw_only=True)
class MeetingSheet:
    """涉密会议文件收发清单."""

    number: str = cell("会议编号")
    title: str = cell("会议名称")
    level: str = cell("密级")
    venue: str = cell("地点")
    begins: date | None = cell("开始日期")
    ends: date | None = cell("结束日期")
    plan_no: str = cell("保密方案")
    chair: str = cell("主持人")
    attendees: str = cell("参加人")
    paper_keeper: str = cell("文件管理人")
    owing: int = cell("应收未收")
    rows: tuple[MeetingPaper, ...] = cell("会议文件")


def meeting_sheet(register: Register, number: str) -> MeetingSheet:
    """A meeting with its papers, and which of them are back; raises ``KeyError``."""
    found = register.meetings[MeetingNo(number)]
    rows = [_paper(register, paper, to, keep=False) for paper, to in found.issued]
    rows += [_paper(register, paper, "", keep=True) for paper in found.kept]
    return MeetingSheet(
        number=found.number,
        title=found.title,
        level=str(found.level or ""),
        venue=found.venue,
        begins=found.begins,
        ends=found.ends,
        plan_no=found.plan_no,
        chair=name_of(register, found.chair),
        attendees=names_of(register, found.attendees),
        paper_keeper=name_of(register, found.paper_keeper),
        owing=sum(not row.back for row in rows if not row.keep),
        rows=tuple(rows),
    )


def _paper(register: Register, number: str, to: str, *, keep: bool) -> MeetingPaper:
    custody, document = register.carriers[number].custody, register.document_of(number)
    out = isinstance(custody, WithPerson) and custody.purpose == "会议"
    return MeetingPaper(
        number=number,
        title=document.title or document.alias if document else "",
        to=name_of(register, to or str(custody)),
        keep=keep,
        back=not out,
    )


@frozen(kw_only=True)
class ActivitySheet:
    """协作组活动情况记录表."""

    group: str = cell("组别")
    on: date = cell("活动日期")
    lead_unit: str = cell("组长单位")
    place: str = cell("活动地点")
    leaders: str = cell("参加活动的领导")
    content: str = cell("活动内容")
    suggestions: str = cell("意见及建议")
    excused: str = cell("请假的单位及理由")
    absent: str = cell("缺席的单位及理由")
    recorded_on: date | None = cell("报送日期")


def activity_sheet(acts: Sequence[Act], register: Register, number: str) -> ActivitySheet:
    """The record of one activity of the group; raises ``KeyError``."""
    found = register.activities[ActivityNo(number)]
    body = register.bodies[found.body]
    held = window(acts, found.on, found.on).of(ActivityHeld)
    event = next(event for _, event in held if event.number == number)
    ours = "" if found.attended else f"{register.unit}：{found.excuse or '没有说明'}"
    return ActivitySheet(
        group=body.name,
        on=found.on,
        lead_unit=body.lead_unit,
        place=event.place,
        leaders=names_of(register, event.leaders),
        content=found.content,
        suggestions=event.suggestions,
        excused=ours,
        absent=event.absent_units,
        recorded_on=found.recorded_on,
    )
