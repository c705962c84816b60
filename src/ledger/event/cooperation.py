"""The cooperation group a unit belongs to: activities, records, articles, elections."""

from datetime import date

from attrs import frozen

from ledger.number import ActivityNo, BodyNo, PersonRef

__all__ = ["ActivityHeld", "ActivityRecorded", "ArticleSent", "CooperationEvent", "LeadElected"]


@frozen(kw_only=True)
class ActivityHeld:
    """协作组活动: the group did something together, with us or without (协作组规则 第十条)."""

    body: BodyNo
    content: str
    number: ActivityNo = ActivityNo("")
    place: str = ""
    attended: bool = True
    """Whether this unit took part."""
    excuse: str = ""
    """Why it did not, told to the lead unit beforehand."""
    leaders: tuple[PersonRef, ...] = ()
    """The leaders of this unit who took part."""
    contacted_on: date | None = None
    """When the bureau was asked for its current tasks, where we lead the group."""
    notice_no: str = ""
    absent_units: str = ""
    suggestions: str = ""


@frozen(kw_only=True)
class ActivityRecorded:
    """报送活动记录: the record of an activity went to the bureau (协作组规则 第十二条（三）)."""

    activity: ActivityNo
    to: str
    signed_by: str = ""
    paper_no: str = ""


@frozen(kw_only=True)
class ArticleSent:
    """报送稿件: an article on secrecy work was sent in (协作组规则 第十三条)."""

    title: str
    to: str = "保密局"
    author: PersonRef = PersonRef("")


@frozen(kw_only=True)
class LeadElected:
    """推选组长单位: the group chose its lead unit for a term (协作组规则 第七条)."""

    body: BodyNo
    unit: str
    until: date | None = None


CooperationEvent = ActivityHeld | ActivityRecorded | ArticleSent | LeadElected
