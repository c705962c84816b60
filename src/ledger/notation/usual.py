"""The fields an act is usually told with, so that a form has few; all others stay, behind them."""

from collections.abc import Mapping
from typing import Final

from ledger import event as events
from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site

__all__ = ["usual"]

_ACTS: Final[Mapping[type, tuple[str, ...]]] = {
    events.Received: (
        "sender", "title", "doc_no", "mark", "issued_on", "copies", "copy_nos", "pages", "channel",
    ),
    events.Produced: (
        "title", "mark", "copies", "approved_copies", "pages", "approvals", "computer", "circle",
    ),
    events.Copied: ("original", "copies", "purpose", "receiver", "clear_by", "approvals", "machine"),
    events.Excerpted: ("source", "into", "title", "approvals"),
    events.Compiled: ("parts", "title", "copies", "approvals"),
    events.Dispatched: ("carriers", "to", "channel", "bearers"),
    events.CarriedOut: ("carriers", "bearers", "destination", "purpose", "due", "measures", "approvals"),
    events.Destroyed: ("carriers", "witnesses", "method", "place", "counted", "approvals"),
    events.SentForRepair: ("carrier", "to", "due", "storage_removed", "approvals"),
    events.Disposed: ("carrier", "way", "to", "treated", "filed_no", "approvals"),
    events.Cleared: ("carriers", "to", "receiver", "list_no"),
}  # fmt: skip
_PAGES: Final[Mapping[type, tuple[str, ...]]] = {
    Paper: ("title", "mark", "issuer", "doc_no", "issued_on", "copy_no", "pages", "cabinet", "compartment"),
    Notebook: ("level", "keeper", "department", "pages"),
    Medium: ("type", "level", "model", "serial", "keeper", "department", "approved", "cabinet", "compartment"),
    Computer: (
        "name", "network", "level", "model", "serial", "disk_serial", "keeper", "department", "place",
        "filed_no", "isolation",
    ),
    Device: ("type", "level", "network", "model", "serial", "keeper", "department", "place", "computer"),
    Cabinet: ("name", "level", "compartments", "place", "keeper", "supervised", "secured"),
    Site: ("name", "purpose", "level", "place", "keeper"),
    Person: ("name", "department", "post", "roles", "category", "confirmed_on"),
    Unit: ("name", "designated_for", "contact"),
    Document: ("title", "alias", "doc_no", "issuer", "issued_on"),
}  # fmt: skip


def usual(kind: type, page: type | None) -> tuple[str, ...]:
    """The fields a form begins with, in the order in which they stand on paper; none for most."""
    return _ACTS.get(kind, ()) if page is None else _PAGES.get(page, ())
