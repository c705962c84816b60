"""An act: one event on one day, written into the book by one person."""

from datetime import date, datetime, time

from attrs import frozen

from ledger.event import Event
from ledger.finding import Finding, Force

__all__ = ["Act", "Circumstances", "Noted"]


@frozen
class Noted:
    """A finding as it is kept with the act it was about."""

    force: Force
    subject: str
    fact: str
    article: str
    rule: str

    @classmethod
    def of(cls, finding: Finding) -> "Noted":
        """The finding without its gist and remedy, which the rule itself knows."""
        return cls(finding.force, finding.subject, finding.fact, str(finding.cites), finding.rule)


@frozen(kw_only=True)
class Circumstances:
    """When an act is written, by whom, and what else is true of it whatever it is about."""

    at: datetime
    """The present moment."""
    on: date | None = None
    """The day of the fact; today if it is not given."""
    clock: time | None = None
    by: str = "保密员"
    note: str = ""
    happened: str = ""
    """Why something that had already taken place is recorded only now."""
    session: int = 0
    """The act by which whoever writes has signed in; 0 for nobody."""
    saw: int | None = None
    """The last act that whoever decided had seen; the latest if it is not given."""
    importing: str = ""
    """The request by which a file is being taken in; only the import itself says so."""


@frozen(kw_only=True)
class Act:
    """One line of the book: what happened, when, who wrote it down and when.

    ``on`` is the day of the fact and ``clock`` its hour where that matters; ``at`` is the
    moment of writing. ``happened`` is the reason given for recording something that had
    already taken place, and ``findings`` what the rules said about it then.
    """

    n: int
    on: date
    at: datetime
    by: str
    event: Event
    clock: time | None = None
    note: str = ""
    happened: str = ""
    findings: tuple[Noted, ...] = ()
