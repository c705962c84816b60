"""Everything that can happen, one frozen class each.

What happens to carriers can be had from here; the rest by its subject, as in
``ledger.event.meeting``.

An event holds only its own particulars. The day, the person who records it and the reason for
recording it afterwards belong to the act that carries it (``ledger.act``).
"""

from ledger.event.access import AccessEvent
from ledger.event.archive import ArchiveEvent
from ledger.event.closing import (
    Archived,
    CaseClosed,
    Cleared,
    Destroyed,
    Disposed,
    Found,
    Left,
    Lost,
    Reported,
)
from ledger.event.cooperation import CooperationEvent
from ledger.event.copying import Compiled, Copied, Excerpted
from ledger.event.correction import (
    Amended,
    CircleFixed,
    Declassified,
    Extended,
    NumberVoided,
    Regraded,
    Voided,
)
from ledger.event.custodian import BackedUp, Redacted
from ledger.event.disclosure import DisclosureEvent
from ledger.event.exchange import Exported, Imported, Withdrawn
from ledger.event.handing import HandedIn, HandInRefused, HandInTaken
from ledger.event.incident import IncidentEvent
from ledger.event.inspection import InspectionEvent
from ledger.event.intake import Opened, Produced, Received, Registered, Thing
from ledger.event.labelling import (
    BlanksPrinted,
    KeyRotated,
    LabelBound,
    Labelled,
    LabelSpoiled,
)
from ledger.event.machine import (
    Filed,
    Inspected,
    PasswordSet,
    Plugged,
    Processed,
    Visited,
    Written,
)
from ledger.event.meeting import MeetingEvent
from ledger.event.movement import (
    BroughtBack,
    CarriedOut,
    Circulated,
    Confirmed,
    Counted,
    Dispatched,
    HandedOver,
    Lent,
    Moved,
    Repaired,
    Returned,
    SentForRepair,
    Stored,
)
from ledger.event.organization import WorkEvent
from ledger.event.premises import PremisesEvent
from ledger.event.reward import RewardEvent
from ledger.event.staff import StaffEvent
from ledger.event.supply import SupplyEvent
from ledger.event.training import TrainingEvent

__all__ = [
    "EVENTS",
    "Amended",
    "Archived",
    "BackedUp",
    "BlanksPrinted",
    "BroughtBack",
    "CarriedOut",
    "CaseClosed",
    "CircleFixed",
    "Circulated",
    "Cleared",
    "Compiled",
    "Confirmed",
    "Copied",
    "Counted",
    "Declassified",
    "Destroyed",
    "Dispatched",
    "Disposed",
    "Event",
    "Excerpted",
    "Exported",
    "Extended",
    "Filed",
    "Found",
    "HandInRefused",
    "HandInTaken",
    "HandedIn",
    "HandedOver",
    "Imported",
    "Inspected",
    "KeyRotated",
    "LabelBound",
    "LabelSpoiled",
    "Labelled",
    "Left",
    "Lent",
    "Lost",
    "Moved",
    "NumberVoided",
    "Opened",
    "PasswordSet",
    "Plugged",
    "Processed",
    "Produced",
    "Received",
    "Redacted",
    "Registered",
    "Regraded",
    "Repaired",
    "Reported",
    "Returned",
    "SentForRepair",
    "Stored",
    "Thing",
    "Visited",
    "Voided",
    "Withdrawn",
    "Written",
]

Event = (
    Opened
    | Registered
    | Received
    | Produced
    | Copied
    | Excerpted
    | Compiled
    | Circulated
    | Lent
    | Returned
    | Stored
    | Moved
    | Dispatched
    | HandedOver
    | Confirmed
    | CarriedOut
    | BroughtBack
    | SentForRepair
    | Repaired
    | Written
    | Processed
    | Plugged
    | Filed
    | PasswordSet
    | Inspected
    | Visited
    | Counted
    | CircleFixed
    | Regraded
    | Declassified
    | Extended
    | Amended
    | Cleared
    | Archived
    | Destroyed
    | Disposed
    | Lost
    | Found
    | Reported
    | CaseClosed
    | Left
    | NumberVoided
    | Voided
    | BackedUp
    | Redacted
    | Labelled
    | LabelSpoiled
    | BlanksPrinted
    | LabelBound
    | KeyRotated
    | Imported
    | Withdrawn
    | Exported
    | WorkEvent
    | TrainingEvent
    | StaffEvent
    | PremisesEvent
    | MeetingEvent
    | DisclosureEvent
    | SupplyEvent
    | InspectionEvent
    | IncidentEvent
    | CooperationEvent
    | RewardEvent
    | ArchiveEvent
    | HandedIn
    | HandInTaken
    | AccessEvent
    | HandInRefused
)

EVENTS: tuple[type[Event], ...] = Event.__args__
"""Every kind of event: a carrier's life in its order, the unit's secrecy work, then who may."""
