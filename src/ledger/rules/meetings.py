"""《涉密会议（活动）的保密管理制度》: venue, people, papers, and the silence around them."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event.meeting import (
    MeetingEnded,
    MeetingHeld,
    MeetingIssued,
    MeetingPlanned,
    PressReviewed,
)
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.place import WithPerson
from ledger.regulation.compendium import MEETINGS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    MEETINGS["第一条"],
    Force.REQUIRES,
    "涉密会议要选有保密条件的会场",
    on=MeetingPlanned,
    remedy="换一个合格的会场并写明地点。",
)
def the_venue_is_fit(event: MeetingPlanned, _desk: Desk) -> Iterator[Breach]:
    """A secret meeting has a place that is fit for it."""
    if event.level is not None:
        if not event.venue:
            yield Breach(event.number or event.title, "没有写明会场")
        elif not event.venue_fit:
            yield Breach(event.number or event.title, f"会场“{event.venue}”不具备保密条件")


@rule(
    MEETINGS["第七条"],
    Force.REQUIRES,
    "涉密会议应派专人管文件、材料和设备",
    on=MeetingPlanned,
    remedy="指定文件管理人。",
)
def the_papers_have_a_keeper(event: MeetingPlanned, _desk: Desk) -> Iterator[Breach]:
    """Somebody looks after the papers of a secret meeting."""
    if event.level is not None and not event.paper_keeper:
        yield Breach(event.number or event.title, "没有指定文件管理人")


@rule(
    MEETINGS["第二条"],
    Force.FORBIDS,
    "参加涉密会议的人要严格掌握，无关的人不得进会场",
    on=MeetingHeld,
    remedy="请无关的人离场；应当参加而没有列名的，先补定参加人。",
)
def only_those_listed_attend(event: MeetingHeld, desk: Desk) -> Iterator[Breach]:
    """Whoever was there was on the list."""
    meeting = desk.register.meetings[event.meeting]
    if meeting.level is None:
        return
    strangers = [
        desk.name(n) for n in event.present if n not in (*meeting.attendees, meeting.chair)
    ]
    if event.outsiders:
        strangers.append(event.outsiders)
    if strangers:
        yield Breach(event.meeting, f"名单以外的人进了会场：{'、'.join(strangers)}")


@rule(
    MEETINGS["第三条"],
    Force.REQUIRES,
    "会上要讲明保密纪律",
    on=MeetingHeld,
    remedy="宣布纪律，不准记录、录音的事先说明。",
)
def the_discipline_is_stated(event: MeetingHeld, desk: Desk) -> Iterator[Breach]:
    """Those present are told what they may not do with what they hear."""
    if desk.register.meetings[event.meeting].level is not None and not event.discipline:
        yield Breach(event.meeting, "没有宣布保密纪律")


@rule(
    MEETINGS["第三条"],
    Force.FORBIDS,
    "绝密文件只能在会场里用，会后当即收回",
    on=MeetingIssued,
    remedy="不准带回；需要传达的，由机要渠道另发。",
)
def top_secret_papers_stay_at_the_meeting(event: MeetingIssued, desk: Desk) -> Iterator[Breach]:
    """No 绝密 paper is given out to be taken home."""
    if event.keep and desk.level(event.carrier) is Level.绝密:
        yield Breach(event.carrier, f"绝密文件要由{desk.name(event.to)}带回")


@rule(
    MEETINGS["第四条"],
    Force.REQUIRES,
    "涉密会场应开信号屏蔽机",
    on=MeetingHeld,
    remedy="开启屏蔽机；没有的，换会场或先配备。",
)
def the_venue_is_shielded(event: MeetingHeld, desk: Desk) -> Iterator[Breach]:
    """A jammer is on while secrets are spoken."""
    if desk.register.meetings[event.meeting].level is not None and not event.jammer:
        yield Breach(event.meeting, "没有使用信号屏蔽机")


@rule(
    MEETINGS["第五条"],
    Force.REQUIRES,
    "会场要严格控制手机：应提前取出电池，必要时收缴保管",
    on=MeetingHeld,
    remedy="取出电池或统一保管，再开会。",
)
def phones_are_kept_out(event: MeetingHeld, desk: Desk) -> Iterator[Breach]:
    """No working phone is at a secret meeting."""
    if desk.register.meetings[event.meeting].level is not None and not event.phones_kept_out:
        yield Breach(event.meeting, "没有控制手机")


@rule(
    MEETINGS["第六条"],
    Force.REQUIRES,
    "要见报的稿件必须经主办单位审核",
    on=PressReviewed,
    remedy="送主办单位秘书部门或主管领导审核，填写审批。",
)
def press_copy_is_reviewed(event: PressReviewed, desk: Desk) -> Iterator[Breach]:
    """What is printed about a meeting was approved."""
    if fact := lacking(event.approvals, desk, "press", None):
        yield Breach(event.meeting or event.title, fact)


@rule(
    MEETINGS["第九条"],
    Force.REQUIRES,
    "准带回传达的文件，应明确传达范围",
    on=MeetingIssued,
    remedy="写明传达范围，提醒带回后交本单位保密员。",
)
def what_is_taken_home_has_a_range(event: MeetingIssued, desk: Desk) -> Iterator[Breach]:
    """A paper that may be taken home says to whom it may be conveyed."""
    if event.keep and desk.level(event.carrier) is not None and not event.range:
        yield Breach(event.carrier, f"准{desk.name(event.to)}带回，没有写明传达范围")


@rule(
    MEETINGS["第九条"],
    Force.REQUIRES,
    "该收回的文件要在散会时如数收回",
    on=MeetingEnded,
    remedy="逐份收回并登记归还，再登记会议结束。",
)
def the_papers_are_collected(event: MeetingEnded, desk: Desk) -> Iterator[Breach]:
    """Every paper that has to come back is back when the meeting ends."""
    meeting = desk.register.meetings[event.meeting]
    for number, holder in meeting.issued:
        custody = desk.register.carriers[number].custody
        if isinstance(custody, WithPerson) and custody.purpose == "会议":
            yield Breach(number, f"会议文件还在{desk.name(holder)}手上")


@rule(
    MEETINGS["第十条"],
    Force.REQUIRES,
    "散会后要清场，查有没有遗漏的文件和设备",
    on=MeetingEnded,
    remedy="清查会场和住房后再登记会议结束。",
)
def the_venue_is_searched(event: MeetingEnded, desk: Desk) -> Iterator[Breach]:
    """The venue is searched when a secret meeting is over."""
    if desk.register.meetings[event.meeting].level is not None and not event.searched:
        yield Breach(event.meeting, "没有清场")


RULES = (
    the_venue_is_fit,
    only_those_listed_attend,
    the_discipline_is_stated,
    top_secret_papers_stay_at_the_meeting,
    the_venue_is_shielded,
    phones_are_kept_out,
    press_copy_is_reviewed,
    the_papers_have_a_keeper,
    what_is_taken_home_has_a_range,
    the_papers_are_collected,
    the_venue_is_searched,
)
