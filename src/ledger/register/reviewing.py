"""What the book holds of reviews: disclosures in three steps, supplies abroad, open questions."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve, fields

from ledger.act import Act
from ledger.event.disclosure import (
    Answered,
    Disclosed,
    DisclosureApproved,
    DisclosureDrafted,
    DisclosureReviewed,
    Queried,
)
from ledger.event.supply import Supplied, SupplyApproved, SupplyDrafted, SupplyFiled
from ledger.number import QueryNo
from ledger.register.draft import Draft
from ledger.register.numbering import take
from ledger.register.proceeding import Disclosure, Query, Supply

__all__ = ["EFFECTS"]


def _shared(event: Any, kind: Any) -> dict[str, Any]:
    """What an event says in fields that the record it opens has too."""
    names = {each.name for each in fields(kind)}
    return {
        each.name: getattr(event, each.name) for each in fields(type(event)) if each.name in names
    }


def disclosure_drafted(event: DisclosureDrafted, act: Act, draft: Draft) -> None:
    """The review has a page with the handler's answers."""
    take(draft, "disclosure", event.number)
    opened = Disclosure(drafted_on=act.on, act=act.n, **_shared(event, Disclosure))
    draft.put("disclosures", event.number, opened)


def _step(draft: Draft, number: str, **changed: Any) -> None:
    draft.put("disclosures", number, evolve(draft.disclosures[number], **changed))


def disclosure_reviewed(event: DisclosureReviewed, act: Act, draft: Draft) -> None:
    """The department has given its opinion."""
    _step(
        draft,
        event.disclosure,
        reviewer=event.reviewer,
        reviewed_on=act.on,
        review_agreed=event.agreed,
        review_opinion=event.opinion,
        consulted=event.consulted,
    )


def disclosure_approved(event: DisclosureApproved, act: Act, draft: Draft) -> None:
    """The leader has decided."""
    _step(
        draft,
        event.disclosure,
        approver="、".join(approval.by for approval in event.approvals),
        approved_on=act.on,
        agreed=event.agreed,
        approval_opinion=event.opinion,
    )


def disclosed(event: Disclosed, act: Act, draft: Draft) -> None:
    """It is public."""
    _step(draft, event.disclosure, disclosed_on=act.on)


def queried(event: Queried, act: Act, draft: Draft) -> None:
    """A question is open; a disclosure it is about waits for the answer."""
    take(draft, "query", event.number)
    opened = Query(asked_on=act.on, act=act.n, **_shared(event, Query))
    draft.put("queries", event.number, opened)
    if event.disclosure:
        _step(draft, event.disclosure, open_query=event.number)


def answered(event: Answered, act: Act, draft: Draft) -> None:
    """The question has its answer, and what waited for it goes on."""
    query = draft.queries[event.query]
    draft.put("queries", event.query, evolve(query, answered_on=act.on, answer=event.answer))
    if query.disclosure:
        _step(draft, query.disclosure, open_query=QueryNo(""))


def supply_drafted(event: SupplyDrafted, act: Act, draft: Draft) -> None:
    """What is to be supplied has a page."""
    take(draft, "supply", event.number)
    opened = Supply(drafted_on=act.on, act=act.n, **_shared(event, Supply))
    draft.put("supplies", event.number, opened)


def supply_approved(event: SupplyApproved, act: Act, draft: Draft) -> None:
    """Those with the power have approved."""
    names = tuple(str(approval) for approval in event.approvals)
    _supply(draft, event.supply, approved_on=act.on, approved_by=names)


def supplied(event: Supplied, act: Act, draft: Draft) -> None:
    """It was handed over under a contract."""
    _supply(draft, event.supply, supplied_on=act.on, undertaking=event.undertaking)


def supply_filed(event: SupplyFiled, act: Act, draft: Draft) -> None:
    """The bureau has the approval on file."""
    _supply(draft, event.supply, filed_on=act.on)


def _supply(draft: Draft, number: str, **changed: Any) -> None:
    draft.put("supplies", number, evolve(draft.supplies[number], **changed))


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    DisclosureDrafted: disclosure_drafted,
    DisclosureReviewed: disclosure_reviewed,
    DisclosureApproved: disclosure_approved,
    Disclosed: disclosed,
    Queried: queried,
    Answered: answered,
    SupplyDrafted: supply_drafted,
    SupplyApproved: supply_approved,
    Supplied: supplied,
    SupplyFiled: supply_filed,
}
