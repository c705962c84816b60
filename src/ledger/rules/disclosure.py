"""《信息公开保密审查制度》: nothing becomes public without three opinions."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event.disclosure import (
    Disclosed,
    DisclosureApproved,
    DisclosureDrafted,
    DisclosureReviewed,
)
from ledger.finding import Breach, Force
from ledger.regulation.compendium import DISCLOSURE
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    DISCLOSURE["第三条"],
    Force.FORBIDS,
    "没有经过保密审查、没有批准的信息不得公开",
    on=Disclosed,
    remedy="先办初审、审核、审批；批了不公开的不得发布。",
)
def nothing_is_disclosed_unapproved(event: Disclosed, desk: Desk) -> Iterator[Breach]:
    """What is published was approved for publication."""
    found = desk.register.disclosures[event.disclosure]
    if found.approved_on is None:
        step = "只到审核一步" if found.reviewed_on else "只到初审一步"
        yield Breach(event.disclosure, f"“{found.title}”没有批准，{step}")
    elif not found.agreed:
        yield Breach(event.disclosure, f"“{found.title}”的审批意见是不公开")


@rule(
    DISCLOSURE["第八条"],
    Force.REQUIRES,
    "审查时应逐项看清：是否涉密、事项是否变更、是否区分处理、有无其他不宜公开",
    on=DisclosureDrafted,
    remedy="四项都答“是”或“否”，再写拟办意见。",
)
def every_question_is_answered(event: DisclosureDrafted, _desk: Desk) -> Iterator[Breach]:
    """The handler answers all four questions of the form and gives his opinion."""
    questions = (
        ("是否涉密", event.secret),
        ("涉密事项是否变更", event.mark_changed),
        ("是否区分处理", event.separated),
        ("有无其他不宜公开", event.unsuitable),
    )
    blank = [name for name, answer in questions if answer is None]
    if not event.opinion:
        blank.append("拟办意见")
    if blank:
        yield Breach(event.number or event.title, f"没有填：{'、'.join(blank)}")


@rule(
    DISCLOSURE["第九条"],
    Force.FORBIDS,
    "涉密的、未定密的、是否涉密还不清楚的、公开后有危害的，不得公开或暂缓公开",
    on=DisclosureApproved,
    remedy="批为不公开；要公开的，先解密、区分处理，或等保密行政管理部门答复。",
)
def secrets_are_not_approved_for_disclosure(
    event: DisclosureApproved, desk: Desk
) -> Iterator[Breach]:
    """Nothing secret, unclear or harmful is approved for publication."""
    found = desk.register.disclosures[event.disclosure]
    if not event.agreed:
        return
    document = desk.register.documents.get(found.document)
    level = None if document is None else document.level
    if level is not None and not found.separated:
        yield Breach(event.disclosure, f"“{found.title}”现为{level}级，没有区分处理")
    elif found.secret and not found.separated:
        yield Breach(event.disclosure, f"“{found.title}”涉密，没有区分处理")
    if found.unsuitable:
        yield Breach(event.disclosure, f"“{found.title}”另有不宜公开的内容")
    if found.open_query:
        yield Breach(event.disclosure, f"请示{found.open_query}还没有答复")


@rule(
    DISCLOSURE["第十条"],
    Force.REQUIRES,
    "审查应由经办人初审、部门领导审核、分管领导审批，三步三个人",
    on=(DisclosureReviewed, DisclosureApproved),
    remedy="按初审、审核、审批的先后，由不同的人分别办理。",
)
def three_steps_by_three_people(
    event: DisclosureReviewed | DisclosureApproved, desk: Desk
) -> Iterator[Breach]:
    """Handler, head of department and leader in charge decide one after the other."""
    found = desk.register.disclosures[event.disclosure]
    if isinstance(event, DisclosureReviewed):
        if event.reviewer == found.handler:
            yield Breach(event.disclosure, "审核人就是初审人")
        return
    if found.reviewed_on is None:
        yield Breach(event.disclosure, "部门领导还没有审核")
    elif not found.review_agreed and event.agreed:
        yield Breach(event.disclosure, "部门领导审核不同意")
    if fact := lacking(event.approvals, desk, "disclose", None):
        yield Breach(event.disclosure, fact)
    for approval in event.approvals:
        person = desk.register.person(approval.by)
        if person is not None and person.number in (found.handler, found.reviewer):
            yield Breach(event.disclosure, f"审批人{person.name}同时是经办人或审核人")


RULES = (
    nothing_is_disclosed_unapproved,
    every_question_is_answered,
    secrets_are_not_approved_for_disclosure,
    three_steps_by_three_people,
)
