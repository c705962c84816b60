"""What the book holds of people after they were reviewed, trained, posted, replaced or travelled."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from ledger.act import Act
from ledger.event.staff import (
    Appraised,
    CertificateIssued,
    CertificateReturned,
    CoolingEnded,
    MatterDeclared,
    Pledged,
    Posted,
    Replaced,
    StoodIn,
    TravelApproved,
    TravelEnded,
    Vetted,
)
from ledger.event.training import Trained
from ledger.number import PersonRef
from ledger.register.draft import Draft
from ledger.register.routine import done
from ledger.register.standing import Standing, Trip, credited

__all__ = ["CHANGES_OF_STAFF", "EFFECTS", "FOREIGN_TIES"]

CHANGES_OF_STAFF: Final = "人员变动"
"""The round that says when secrecy staff last changed."""
FOREIGN_TIES: Final = "配偶为境外或外籍人员"
"""The matter after which an officer has to leave his post (保密员制度 第十一条)."""
OFFICER: Final = "保密员"


def _stands(draft: Draft, person: PersonRef, **changed: Any) -> None:
    """Write something of somebody's standing; nobody registered has none."""
    if person in draft.people:
        before = draft.standings.get(person) or Standing(person=person)
        draft.put("standings", person, evolve(before, **changed))


def _standing(draft: Draft, person: PersonRef) -> Standing:
    return draft.standings.get(person) or Standing(person=person)


def trained(event: Trained, act: Act, draft: Draft) -> None:
    """Everyone present has his hours; a briefing counts for the journey it prepares."""
    for person in event.attendees:
        before = _standing(draft, person)
        if event.before_post:
            _stands(draft, person, hours_before_post=before.hours_before_post + event.hours)
        changed: dict[str, Any] = {"hours": credited(before.hours, act.on.year, event.hours)}
        if event.form == "行前教育" and before.trip is not None:
            changed["trip"] = evolve(before.trip, briefed_on=act.on)
        _stands(draft, person, **changed)
    done(draft, "培训", act)


def vetted(event: Vetted, act: Act, draft: Draft) -> None:
    """The review is on record, for the category it was about."""
    passed = event.category if event.passed else None
    _stands(draft, event.person, vetted_on=act.on, vetted=passed)


def pledged(event: Pledged, _act: Act, draft: Draft) -> None:
    """What was signed stands under its name."""
    before = _standing(draft, event.person).pledges
    if event.pledge not in before:
        _stands(draft, event.person, pledges=(*before, event.pledge))


def certified(event: CertificateIssued, _act: Act, draft: Draft) -> None:
    """The page shows the certificate, the standing until when it is good."""
    _stands(draft, event.person, certified_until=event.until, certificate_held=True)
    page = evolve(draft.people[event.person], certificate_no=event.certificate_no)
    draft.put("people", event.person, page)


def certificate_returned(event: CertificateReturned, _act: Act, draft: Draft) -> None:
    """The certificate is with its issuer."""
    _stands(draft, event.person, certificate_held=False)


def posted(event: Posted, act: Act, draft: Draft) -> None:
    """The page shows the post; the hours that prepared for it count from now on as training."""
    person = draft.people[event.person]
    page = evolve(
        person,
        post=event.post,
        category=event.category or person.category,
        department=event.department or person.department,
        roles=person.roles | event.roles,
        confirmed_on=act.on,
        left_on=None,
        cooling_until=None,
    )
    draft.put("people", event.person, page)
    _stands(draft, event.person, posted_on=act.on, cooling_ended=None)
    done(draft, CHANGES_OF_STAFF, act)


def replaced(event: Replaced, act: Act, draft: Draft) -> None:
    """The room has another officer."""
    old, new = draft.people[event.person], draft.people[event.successor]
    draft.put("people", event.person, evolve(old, roles=old.roles - {OFFICER}))
    _stands(draft, event.person, to_move=None)
    draft.put("people", event.successor, evolve(new, roles=new.roles | {OFFICER}))
    _stands(draft, event.successor, posted_on=act.on)
    done(draft, CHANGES_OF_STAFF, act)


def stood_in(event: StoodIn, _act: Act, draft: Draft) -> None:
    """Somebody else keeps the room until the day agreed."""
    _stands(draft, event.stand_in, stands_in_until=event.until)
    _stands(draft, event.person, away_until=event.until)


def declared(event: MatterDeclared, act: Act, draft: Draft) -> None:
    """The matter stands in the book; an officer with foreign ties has to be moved."""
    person = draft.people.get(event.person)
    if event.matter == FOREIGN_TIES and person is not None and OFFICER in person.roles:
        _stands(draft, event.person, to_move=act.on)
    done(draft, f"事项报告/{event.person}", act)


def travel_approved(event: TravelApproved, act: Act, draft: Draft) -> None:
    """A journey is ahead."""
    trip = Trip(
        destination=event.destination,
        leaves=event.leaves,
        returns=event.returns,
        private=event.private,
        approved=act.on,
    )
    _stands(draft, event.person, trip=trip)


def travel_ended(event: TravelEnded, _act: Act, draft: Draft) -> None:
    """The traveller is back."""
    _stands(draft, event.person, trip=None)


def cooling_ended(event: CoolingEnded, act: Act, draft: Draft) -> None:
    """The cooling-off was looked at and is over."""
    _stands(draft, event.person, cooling_ended=act.on)


def appraised(event: Appraised, act: Act, draft: Draft) -> None:
    """The year's appraisal has taken it in."""
    done(draft, f"考核/{event.person}/{event.year}", act)


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    Trained: trained,
    Vetted: vetted,
    Pledged: pledged,
    CertificateIssued: certified,
    CertificateReturned: certificate_returned,
    Posted: posted,
    Replaced: replaced,
    StoodIn: stood_in,
    MatterDeclared: declared,
    TravelApproved: travel_approved,
    TravelEnded: travel_ended,
    CoolingEnded: cooling_ended,
    Appraised: appraised,
}
