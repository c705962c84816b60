"""What has to get a label: whatever has none, or one that says what is no longer so."""

from collections.abc import Iterator

from ledger.carrier import Carrier, Computer, Device, Medium, Network
from ledger.duty import Due, obligation
from ledger.event import LabelBound, Labelled
from ledger.register.labelling import lacking
from ledger.register.record import Entry
from ledger.regulation import CARRIERS, COMPUTERS
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


@obligation(
    CARRIERS["二（一）1"],
    "涉密介质贴统一的标识，变动后跟着换",
    "打印标签，给介质贴上",
    on=Medium,
    done_by=(Labelled, LabelBound),
)
def medium_gets_its_label(entry: Entry[Medium], desk: Desk) -> Iterator[Due]:
    """A classified medium gets a label the day it comes, and another when what it says changes."""
    if entry.thing.level is not None:
        yield from _label(entry, desk)


@obligation(
    COMPUTERS["第十五条"],
    "涉密计算机和连着它的设备贴统一的标识，变动后跟着换",
    "打印标签，给涉密设备贴上",
    on=(Computer, Device),
    done_by=(Labelled, LabelBound),
)
def classified_machine_gets_its_label(entry: Entry[Computer | Device], desk: Desk) -> Iterator[Due]:
    """A classified machine gets a label the day it comes, and another when what it says changes."""
    if entry.thing.level is not None or entry.thing.network is Network.CLASSIFIED:
        yield from _label(entry, desk)


@obligation(
    COMPUTERS["第二十四条"],
    "内部计算机张贴标识，变动后跟着换",
    "打印标签，给内部计算机贴上",
    on=Computer,
    done_by=(Labelled, LabelBound),
)
def internal_computer_gets_its_label(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """An internal computer gets a label the day it comes, and another when what it says changes."""
    if entry.thing.level is None and entry.thing.network is Network.INTERNAL:
        yield from _label(entry, desk)


@obligation(
    COMPUTERS["第三十条"],
    "互联网计算机张贴标识，变动后跟着换",
    "打印标签，给互联网计算机贴上",
    on=Computer,
    done_by=(Labelled, LabelBound),
)
def internet_computer_gets_its_label(entry: Entry[Computer], desk: Desk) -> Iterator[Due]:
    """A computer on the internet gets a label the day it comes, and another when it changes."""
    if entry.thing.level is None and entry.thing.network is Network.INTERNET:
        yield from _label(entry, desk)


def _label(entry: Entry[Carrier], desk: Desk) -> Iterator[Due]:
    said = lacking(desk.register, entry.number)
    if said:
        since = entry.entered if entry.number not in desk.register.labels else desk.on
        yield Due(entry.number, since, said)


OBLIGATIONS = (
    medium_gets_its_label,
    classified_machine_gets_its_label,
    internal_computer_gets_its_label,
    internet_computer_gets_its_label,
)
