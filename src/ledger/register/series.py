"""The series a thing is numbered in, which is also the name of its kind."""

from typing import Final

from ledger.carrier import Computer, Device, Medium, Notebook, Paper
from ledger.event import Thing
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site

__all__ = ["series_of"]

_SERIES: Final[dict[type[Thing], str]] = {
    Paper: "paper",
    Notebook: "notebook",
    Medium: "medium",
    Computer: "computer",
    Device: "device",
    Cabinet: "cabinet",
    Site: "site",
    Person: "person",
    Unit: "unit",
    Body: "body",
    Phone: "phone",
    Mailbox: "mailbox",
}


def series_of(thing: Thing) -> str:
    """The series a thing is numbered in."""
    return _SERIES[type(thing)]
