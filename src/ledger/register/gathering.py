"""What the book holds of meetings and of the cooperation group's activities."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from ledger.act import Act
from ledger.event.cooperation import ActivityHeld, ActivityRecorded, LeadElected
from ledger.event.meeting import MeetingEnded, MeetingHeld, MeetingIssued, MeetingPlanned
from ledger.place import WithPerson
from ledger.register.draft import Draft
from ledger.register.moving import move, read
from ledger.register.numbering import take
from ledger.register.proceeding import Activity, Meeting
from ledger.register.routine import done

__all__ = ["EFFECTS"]


def meeting_planned(event: MeetingPlanned, act: Act, draft: Draft) -> None:
    """The meeting has a page."""
    take(draft, "meeting", event.number)
    meeting = Meeting(
        number=event.number,
        title=event.title,
        level=event.level,
        venue=event.venue,
        begins=event.begins,
        ends=event.ends or event.begins,
        plan_no=event.plan_no,
        chair=event.chair,
        attendees=event.attendees,
        paper_keeper=event.paper_keeper,
        act=act.n,
    )
    draft.put("meetings", event.number, meeting)


def meeting_held(event: MeetingHeld, act: Act, draft: Draft) -> None:
    """The meeting took place."""
    draft.put("meetings", event.meeting, evolve(draft.meetings[event.meeting], held_on=act.on))


def meeting_issued(event: MeetingIssued, act: Act, draft: Draft) -> None:
    """Whoever attends has the paper, and the meeting knows whether it comes back."""
    meeting = draft.meetings[event.meeting]
    if event.keep:
        meeting = evolve(meeting, kept=(*meeting.kept, event.carrier))
    else:
        meeting = evolve(meeting, issued=(*meeting.issued, (event.carrier, event.to)))
    draft.put("meetings", event.meeting, meeting)
    move(draft, event.carrier, WithPerson(event.to, "会议", meeting.ends), act)
    read(event.carrier, event.to, act, draft)


def meeting_ended(event: MeetingEnded, act: Act, draft: Draft) -> None:
    """The meeting is over."""
    draft.put("meetings", event.meeting, evolve(draft.meetings[event.meeting], ended_on=act.on))


def activity_held(event: ActivityHeld, act: Act, draft: Draft) -> None:
    """The group has done something once more; whether we and a leader of ours were there."""
    take(draft, "activity", event.number)
    body = draft.bodies[event.body]
    activity = Activity(
        number=event.number,
        body=event.body,
        on=act.on,
        act=act.n,
        content=event.content,
        attended=event.attended,
        excuse=event.excuse,
        leading=body.lead_unit == draft.start.unit,
    )
    draft.put("activities", event.number, activity)
    done(draft, f"协作组活动/{event.body}", act)
    if event.attended and event.leaders:
        done(draft, f"领导参加协作组活动/{event.body}", act)


def activity_recorded(event: ActivityRecorded, act: Act, draft: Draft) -> None:
    """The record is with the bureau."""
    activity = draft.activities[event.activity]
    draft.put("activities", event.activity, evolve(activity, recorded_on=act.on))


def lead_elected(event: LeadElected, act: Act, draft: Draft) -> None:
    """The group has its lead unit for a term."""
    body = draft.bodies[event.body]
    until = event.until or act.on.replace(month=12, day=31)
    draft.put("bodies", event.body, evolve(body, lead_unit=event.unit, lead_until=until))


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    MeetingPlanned: meeting_planned,
    MeetingHeld: meeting_held,
    MeetingIssued: meeting_issued,
    MeetingEnded: meeting_ended,
    ActivityHeld: activity_held,
    ActivityRecorded: activity_recorded,
    LeadElected: lead_elected,
}
