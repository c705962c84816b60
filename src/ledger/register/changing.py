"""What the book holds after a mark, a page or a machine's state has changed."""

from attrs import evolve

from ledger.act import Act
from ledger.carrier import Carrier, Computer, Document, Paper
from ledger.event import (
    Amended,
    BackedUp,
    CircleFixed,
    Declassified,
    Extended,
    Filed,
    Inspected,
    NumberVoided,
    PasswordSet,
    Plugged,
    Processed,
    Redacted,
    Regraded,
    Visited,
    Written,
)
from ledger.mark import Level, Sensitivity
from ledger.number import SERIES, PersonRef
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Custody, Site, WithPerson
from ledger.register.draft import Draft
from ledger.register.entering import home
from ledger.register.numbering import go_on_after, take
from ledger.register.record import Backup, Entry
from ledger.register.routine import done

__all__ = [
    "amended",
    "backed_up",
    "circle_fixed",
    "declassified",
    "extended",
    "filed",
    "inspected",
    "number_voided",
    "password_set",
    "plugged",
    "processed",
    "redacted",
    "regraded",
    "visited",
    "written",
]


def circle_fixed(event: CircleFixed, _act: Act, draft: Draft) -> None:
    """The document's circle is what the leader said."""
    document = draft.documents[event.document]
    draft.put("documents", event.document, evolve(document, circle=event.circle))


def regraded(event: Regraded, _act: Act, draft: Draft) -> None:
    """All copies of the document bear the new mark."""
    document = draft.documents[event.document]
    circle = document.circle if event.circle is None else event.circle
    draft.put("documents", event.document, evolve(document, mark=event.mark, circle=circle))


def declassified(event: Declassified, act: Act, draft: Draft) -> None:
    """The document is no state secret from this day on; its old mark stays on the page."""
    document = draft.documents[event.document]
    draft.put("documents", event.document, evolve(document, declassified_on=act.on))


def extended(event: Extended, act: Act, draft: Draft) -> None:
    """The papers may stay until the day agreed with their issuer."""
    for number in event.carriers:
        entry = draft.carriers[number]
        if isinstance(entry.thing, Paper):
            thing = evolve(entry.thing, keep_until=event.until)
            draft.put("carriers", number, evolve(entry, thing=thing, act=act.n))


def amended(event: Amended, act: Act, draft: Draft) -> None:
    """The page shows what is true now."""
    match event.thing:
        case Cabinet() as cabinet:
            draft.put("cabinets", cabinet.number, cabinet)
        case Site() as site:
            if site.key and _differs(draft.sites[site.number], site):
                done(draft, f"场所变动/{site.number}", act)
            draft.put("sites", site.number, site)
        case Body() as body:
            draft.put("bodies", body.number, body)
        case Phone() as phone:
            draft.put("phones", phone.number, phone)
        case Mailbox() as mailbox:
            draft.put("mailboxes", mailbox.number, mailbox)
        case Person() as person:
            draft.put("people", person.number, person)
        case Unit() as unit:
            draft.put("units", unit.number, unit)
        case Document() as document:
            draft.put("documents", document.number, document)
        case thing:
            _carrier_amended(thing, act, draft)


def _carrier_amended(thing: Carrier, act: Act, draft: Draft) -> None:
    if isinstance(thing, Paper):
        go_on_after(draft, thing)
    entry = draft.carriers[thing.number]
    custody = _follows(entry, thing)
    draft.put("carriers", thing.number, evolve(entry, thing=thing, custody=custody, act=act.n))


_REPORTED = ("department", "keeper", "place", "level", "key")
"""What may not change at a key place without the bureau's being told (要害部门制度 第八条)."""


def _differs(before: Site, after: Site) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in _REPORTED)


def _follows(entry: Entry[Carrier], thing: Carrier) -> Custody:
    """The custody after an amendment: a thing in use is in the charge of the keeper now named."""
    keeper = PersonRef(getattr(thing, "keeper", ""))
    before = getattr(entry.thing, "keeper", "")
    if keeper and keeper != before and entry.custody == home(entry.thing):
        return home(thing)
    match entry.custody:
        case WithPerson(person=person, purpose="使用") if keeper and person == before:
            return WithPerson(keeper, "使用")
        case unchanged:
            return unchanged


def number_voided(event: NumberVoided, _act: Act, draft: Draft) -> None:
    """The number is spoiled and stays in its place."""
    series = next((s for s in SERIES if draft.numbering.mask(s).read(event.number)), None)
    if series is not None:
        take(draft, series, event.number)
    draft.put("spoiled", event.number, event.reason)


def written(event: Written, act: Act, draft: Draft) -> None:
    """The medium holds that information from now on; what it held before still counts."""
    _hold(event.medium, event.level, event.sensitivity, act, draft)


def processed(event: Processed, act: Act, draft: Draft) -> None:
    """The computer has dealt with information of that level."""
    _hold(event.computer, event.level, event.sensitivity, act, draft)


def _hold(
    number: str,
    level: Level | None,
    sensitivity: Sensitivity | None,
    act: Act,
    draft: Draft,
) -> None:
    entry = draft.carriers[number]
    held = [each for each in (entry.holds, level) if each is not None]
    draft.put(
        "carriers",
        number,
        evolve(
            entry,
            holds=max(held, default=None),
            sensitive=sensitivity or entry.sensitive,
            act=act.n,
        ),
    )


def plugged(event: Plugged, act: Act, draft: Draft) -> None:
    """Both pages were touched; what the connection meant is for the rules."""
    for number in (event.item, event.computer):
        draft.put("carriers", number, evolve(draft.carriers[number], act=act.n))


def backed_up(event: BackedUp, act: Act, draft: Draft) -> None:
    """The backup is on record; no page changes."""
    backup = Backup(
        on=act.on, file=event.file, digest=event.digest, head=event.head, medium=event.medium
    )
    draft.put("backups", str(act.n), backup)


def redacted(_event: Redacted, _act: Act, _draft: Draft) -> None:
    """The acts that had the text have it no longer; nothing else changes."""


def visited(_event: Visited, _act: Act, _draft: Draft) -> None:
    """The visit stands in the book; no page changes."""


def filed(event: Filed, act: Act, draft: Draft) -> None:
    """The bureau's filing number stands on the page."""
    entry = draft.carriers[event.computer]
    if isinstance(entry.thing, Computer):
        thing = evolve(entry.thing, filed_no=event.filed_no)
        draft.put("carriers", event.computer, evolve(entry, thing=thing, act=act.n))


def password_set(event: PasswordSet, act: Act, draft: Draft) -> None:
    """The make-up of the password is known; the password is not."""
    entry = draft.carriers[event.computer]
    draft.put(
        "carriers", event.computer, evolve(entry, password=event, password_on=act.on, act=act.n)
    )


def inspected(event: Inspected, act: Act, draft: Draft) -> None:
    """The computers were checked on this day."""
    for number in event.computers:
        entry = draft.carriers[number]
        draft.put("carriers", number, evolve(entry, inspected_on=act.on, act=act.n))
