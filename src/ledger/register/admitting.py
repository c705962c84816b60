"""What sign-ins and approvals leave in the register."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from ledger.access import holds_key
from ledger.act import Act
from ledger.approval import Approval
from ledger.event import Imported
from ledger.event.access import (
    Attested,
    ContentKeyGiven,
    ContentKeyWritten,
    CredentialSet,
    Denied,
    Granted,
    OperatorAdded,
    OperatorRemoved,
    OperatorUnlocked,
    Requested,
    RequestWithdrawn,
    RolesGranted,
    SignedIn,
    SignInFailed,
    Viewed,
)
from ledger.number import PersonRef
from ledger.register.access import Operator, Request
from ledger.register.draft import Draft
from ledger.register.numbering import take
from ledger.register.pages import NOBODY

__all__ = ["EFFECTS", "use"]


def added(event: OperatorAdded, act: Act, draft: Draft) -> None:
    """Somebody may sign in; a room that was sealed stays so, whoever comes back to it."""
    before = draft.operators.get(event.operator)
    operator = Operator(
        name=event.operator,
        roles=event.roles,
        credential=event.credential,
        public=event.public,
        since=act.on,
        password_on=act.on,
        content_key=before.content_key if before else "",
    )
    draft.put("operators", event.operator, operator)


def _who(act: Act, draft: Draft) -> PersonRef:
    """The number of the person who wrote an act, whether it goes by number or name."""
    known = [n for n in draft.named.get(act.by, NOBODY) if n in draft.people]
    return PersonRef(known[0] if act.by not in draft.people and len(known) == 1 else act.by)


def _changed(draft: Draft, name: str, **changed: Any) -> None:
    draft.put("operators", name, evolve(draft.operators[name], **changed))


def roles_granted(event: RolesGranted, _act: Act, draft: Draft) -> None:
    """The operator has these roles, and no content key that they do not need."""
    kept = {} if holds_key(event.roles) else {"wrapped": ""}
    _changed(draft, event.operator, roles=event.roles, **kept)


def removed(event: OperatorRemoved, _act: Act, draft: Draft) -> None:
    """The operator's page stays, for what he wrote; no session of his is good any more."""
    _changed(draft, event.operator, removed=event.reason, session=0, wrapped="")


def unlocked(event: OperatorUnlocked, _act: Act, draft: Draft) -> None:
    """He may try again."""
    _changed(draft, event.operator, failed=0)


def credential_set(event: CredentialSet, act: Act, draft: Draft) -> None:
    """The old password is good for nothing; nor is a session it began, but his who changes it.

    Another key of his own unwraps no content key he was given before.
    """
    own = _who(act, draft) == event.operator
    before = draft.operators[event.operator]
    _changed(
        draft,
        event.operator,
        credential=event.credential,
        public=event.public,
        password_on=act.on,
        failed=0,
        step=0,
        session=before.session if own else 0,
        wrapped=before.wrapped if before.public == event.public else "",
    )


def signed_in(event: SignedIn, act: Act, draft: Draft) -> None:
    """The session before is over, wherever it was."""
    _changed(
        draft,
        event.operator,
        failed=0,
        session=act.n,
        terminal=event.terminal,
        at=act.at,
        step=event.step or draft.operators[event.operator].step,
    )


def failed(event: SignInFailed, _act: Act, draft: Draft) -> None:
    """It counts against whose name it was."""
    if event.operator in draft.operators:
        _changed(draft, event.operator, failed=draft.operators[event.operator].failed + 1)


def requested(event: Requested, act: Act, draft: Draft) -> None:
    """The request has a page."""
    take(draft, "request", event.number)
    request = Request(
        number=event.number,
        applicant=_who(act, draft),
        on=act.on,
        act=act.n,
        wanted=event.wanted,
        good_until=event.good_until,
        purpose=event.purpose,
    )
    draft.put("requests", event.number, request)


def _decided(draft: Draft, number: str, **changed: Any) -> None:
    draft.put("requests", number, evolve(draft.requests[number], **changed))


def granted(event: Granted, act: Act, draft: Draft) -> None:
    """One approval more stands with the request."""
    given = Approval(
        by=event.approver or _who(act, draft),
        role=event.role,
        paper_no=event.paper_no,
        on=event.paper_on or act.on,
    )
    _decided(draft, event.request, approvals=(*draft.requests[event.request].approvals, given))


def denied(event: Denied, _act: Act, draft: Draft) -> None:
    """Nothing will come of it."""
    _decided(draft, event.request, ended=f"不批准：{event.reason}")


def withdrawn(event: RequestWithdrawn, _act: Act, draft: Draft) -> None:
    """Nothing will come of it either."""
    _decided(draft, event.request, ended=f"撤回：{event.reason}".rstrip("："))


def attested(event: Attested, act: Act, draft: Draft) -> None:
    """Those who are there are there on one day; a day later all sign anew."""
    request = draft.requests[event.request]
    before = request.attested if request.attested_on == act.on else ()
    who = (*before, _who(act, draft))
    _decided(draft, event.request, attested=who, attested_on=act.on)


def viewed(_event: Viewed, _act: Act, _draft: Draft) -> None:
    """The line itself is the record."""


def key_given(event: ContentKeyGiven, _act: Act, draft: Draft) -> None:
    """The operator has the key his page tells."""
    _changed(draft, event.operator, content_key=event.content_key, wrapped=event.wrapped)


def key_written(_event: ContentKeyWritten, _act: Act, _draft: Draft) -> None:
    """The line itself is the record."""


def use(act: Act, draft: Draft) -> None:
    """The requests an act leans on are used up by it; one for an import by the act that closes it."""
    for number in dict.fromkeys(each.paper_no for each in getattr(act.event, "approvals", ())):
        request = draft.requests.get(number) if number else None
        if request is None:
            continue
        whole = isinstance(request.wanted.event, Imported)
        if not whole or isinstance(act.event, Imported):
            _decided(draft, number, used=act.n)


EFFECTS: Final[Mapping[Any, Callable[[Any, Act, Draft], None]]] = {
    OperatorAdded: added,
    RolesGranted: roles_granted,
    OperatorRemoved: removed,
    OperatorUnlocked: unlocked,
    CredentialSet: credential_set,
    SignedIn: signed_in,
    SignInFailed: failed,
    Requested: requested,
    Granted: granted,
    Denied: denied,
    RequestWithdrawn: withdrawn,
    Attested: attested,
    Viewed: viewed,
    ContentKeyGiven: key_given,
    ContentKeyWritten: key_written,
}
