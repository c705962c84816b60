"""Operators and requests as the register holds them."""

from datetime import date, datetime

from attrs import frozen

from ledger.access import OperatorRole
from ledger.approval import Approval
from ledger.event.access import Wanted
from ledger.number import PersonRef, RequestNo

__all__ = ["Operator", "Request"]


@frozen(kw_only=True)
class Operator:
    """Somebody who may sign in, and how he last did."""

    name: PersonRef
    roles: frozenset[OperatorRole]
    credential: str
    public: str = ""
    since: date
    password_on: date
    failed: int = 0
    """How many sign-ins in a row went wrong."""
    session: int = 0
    """The act that signed him in last; his acts are good while it is this one."""
    terminal: str = ""
    at: datetime | None = None
    """When that was."""
    step: int = 0
    """The half minute of the last one-time password; none up to it is good again."""
    removed: str = ""
    """Why he may not sign in any more; blank while he may."""
    content_key: str = ""
    """The digits of the content key he was once given."""
    wrapped: str = ""
    """That key as only his own unwraps it; blank while he has none."""


@frozen(kw_only=True)
class Request:
    """An approval that was asked for, and what has become of it."""

    number: RequestNo
    applicant: PersonRef
    on: date
    act: int
    wanted: Wanted
    good_until: date | None = None
    purpose: str = ""
    approvals: tuple[Approval, ...] = ()
    attested: tuple[PersonRef, ...] = ()
    """The witnesses who are there, each by his own sign-in."""
    attested_on: date | None = None
    ended: str = ""
    """Why nothing will come of it: refused or withdrawn, by whom and why."""
    used: int | None = None
    """The act that was done by it; no other will be."""

    @property
    def name(self) -> str:
        """What lists call it."""
        return self.purpose

    @property
    def open(self) -> bool:
        """Whether it can still be decided and used."""
        return not self.ended and self.used is None
