"""What the book holds after recurring work was done: when last, and how often in the year."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from ledger.act import Act
from ledger.event.archive import SealUsed
from ledger.event.cooperation import ArticleSent
from ledger.event.disclosure import SecretsReviewed
from ledger.event.meeting import PressReviewed
from ledger.event.organization import (
    ChangeReported,
    Convened,
    Declined,
    Planned,
    PolicyIssued,
    Subscribed,
    YearReported,
)
from ledger.event.premises import (
    DataBackedUp,
    Networked,
    PhoneAdmitted,
    PhonePlugged,
    Sealed,
    SiteAccepted,
    SiteOpened,
    Updated,
)
from ledger.event.reward import Punished, Rewarded
from ledger.register.draft import Draft
from ledger.register.standing import Policy, Round

__all__ = ["EFFECTS", "done"]


def done(draft: Draft, name: str, act: Act) -> None:
    """Say that something recurring was done once more."""
    before = draft.rounds.get(name)
    after = Round(on=act.on, act=act.n) if before is None else before.again(act.on, act.n)
    draft.put("rounds", name, after)


def convened(event: Convened, act: Act, draft: Draft) -> None:
    """The body has met once more."""
    done(draft, f"工作会议/{event.body}", act)


def planned(event: Planned, act: Act, draft: Draft) -> None:
    """The year has its plan."""
    done(draft, f"年度计划/{event.scope}/{event.year}", act)


def policy_issued(event: PolicyIssued, act: Act, draft: Draft) -> None:
    """The subject has rules of the unit's own, in their latest version."""
    before = draft.policies.get(event.scope)
    policy = Policy(
        scope=event.scope,
        title=event.title or event.scope,
        version=event.version,
        effective=event.effective or act.on,
        act=act.n,
        issued=1 if before is None else before.issued + 1,
    )
    draft.put("policies", event.scope, policy)


def year_reported(event: YearReported, act: Act, draft: Draft) -> None:
    """The year is reported on."""
    done(draft, f"年度报告/{event.scope}/{event.year}", act)


def change_reported(event: ChangeReported, act: Act, draft: Draft) -> None:
    """The bureau knows of the change."""
    done(draft, f"变动上报/{event.about}", act)


def subscribed(event: Subscribed, act: Act, draft: Draft) -> None:
    """The year's journal is ordered."""
    done(draft, f"订阅/{event.year}", act)


def sealed(_event: Sealed, act: Act, draft: Draft) -> None:
    """Sealed once more."""
    done(draft, "封存", act)


def rewarded(_event: Rewarded, act: Act, draft: Draft) -> None:
    """Somebody was praised this year."""
    done(draft, "奖励", act)


def article_sent(_event: ArticleSent, act: Act, draft: Draft) -> None:
    """One more article this year."""
    done(draft, "报送稿件", act)


def secrets_reviewed(event: SecretsReviewed, act: Act, draft: Draft) -> None:
    """The year's secrets were looked through."""
    done(draft, f"定密清理/{event.year}", act)


def site_accepted(event: SiteAccepted, _act: Act, draft: Draft) -> None:
    """The page shows the bureau's paper."""
    site = draft.sites[event.site]
    draft.put("sites", event.site, evolve(site, accepted_no=event.paper_no))


def site_opened(event: SiteOpened, act: Act, draft: Draft) -> None:
    """The place is in use."""
    draft.put("sites", event.site, evolve(draft.sites[event.site], opened_on=act.on))


def data_backed_up(event: DataBackedUp, act: Act, draft: Draft) -> None:
    """Each computer's page shows the day."""
    for number in event.computers:
        entry = draft.carriers[number]
        draft.put("carriers", number, evolve(entry, backed_up_on=act.on, act=act.n))


def updated(event: Updated, act: Act, draft: Draft) -> None:
    """Each computer's page shows the day."""
    for number in event.computers:
        entry = draft.carriers[number]
        draft.put("carriers", number, evolve(entry, updated_on=act.on, act=act.n))


def touched(event: Networked | PhonePlugged, act: Act, draft: Draft) -> None:
    """The computer's page was touched; what the connection meant is for the rules."""
    entry = draft.carriers[event.computer]
    draft.put("carriers", event.computer, evolve(entry, act=act.n))


def punished(event: Punished, _act: Act, draft: Draft) -> None:
    """The case shows how whoever answers for it was dealt with."""
    if event.case:
        case = draft.cases[event.case]
        person = draft.people.get(event.person)
        name = event.person if person is None else person.name
        handling = (*case.handling, f"{name}：{event.penalty}")
        draft.put("cases", event.case, evolve(case, handling=handling))


def noted(_event: object, _act: Act, _draft: Draft) -> None:
    """It stands in the book; no page changes."""


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    Convened: convened,
    Planned: planned,
    PolicyIssued: policy_issued,
    YearReported: year_reported,
    ChangeReported: change_reported,
    Declined: noted,
    Subscribed: subscribed,
    SiteAccepted: site_accepted,
    SiteOpened: site_opened,
    PhoneAdmitted: noted,
    PhonePlugged: touched,
    Sealed: sealed,
    Networked: touched,
    DataBackedUp: data_backed_up,
    Updated: updated,
    PressReviewed: noted,
    SecretsReviewed: secrets_reviewed,
    ArticleSent: article_sent,
    Rewarded: rewarded,
    Punished: punished,
    SealUsed: noted,
}
"""What each of these events leaves behind."""
