"""记账规则: what kind of thing an act can be about; asked first, as a line about another says nothing."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ledger.carrier import Computer, Device, Medium, Notebook, Paper
from ledger.event import (
    Circulated,
    Compiled,
    Copied,
    Disposed,
    Excerpted,
    Filed,
    Inspected,
    PasswordSet,
    Plugged,
    Processed,
    Produced,
    SentForRepair,
    Written,
)
from ledger.event.premises import Networked
from ledger.finding import Breach, Force
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]

_MACHINES: Final = (Medium, Computer, Device)
_FITS: Final[Mapping[type, Mapping[str, tuple[type, ...]]]] = {
    Circulated: {"carrier": (Paper, Notebook, Medium)},
    Copied: {"original": (Paper,)},
    Excerpted: {"source": (Paper,), "into": (Notebook,)},
    Compiled: {"parts": (Paper,)},
    Produced: {"computer": (Computer,), "medium": (Medium,)},
    Written: {"medium": (Medium, Notebook)},
    Processed: {"computer": (Computer,)},
    Plugged: {"item": _MACHINES, "computer": (Computer,)},
    PasswordSet: {"computer": (Computer,)},
    Filed: {"computer": (Computer,)},
    Inspected: {"computers": (Computer,)},
    Networked: {"computer": (Computer,)},
    SentForRepair: {"carrier": _MACHINES},
    Disposed: {"carrier": _MACHINES},
}
"""What an act can be about, where it is not any carrier whatever."""
_CALLED: Final = {
    Paper: "文件",
    Notebook: "保密本",
    Medium: "介质",
    Computer: "计算机",
    Device: "设备",
}


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "一号一物：编号指的东西办不了的事，不得记账",
    on=tuple(_FITS),
    remedy="核对编号，换成要办的那一件；出自介质、保密本的文件照“印制”登记；文件、保密本不再用的办销毁、清退或归档。",
)
def the_thing_fits_the_act(event: Any, desk: Desk) -> Iterator[Breach]:
    """Nobody photocopies a disk, or writes into a computer as if it were one."""
    for name, kinds in _FITS[type(event)].items():
        told = getattr(event, name)
        for number in (told,) if isinstance(told, str) else told:
            entry = desk.entry(number)
            if entry is not None and not isinstance(entry.thing, kinds):
                wanted = "、".join(map(_CALLED.__getitem__, kinds))
                yield Breach(number, f"这个编号是{_CALLED[type(entry.thing)]}，这里要写{wanted}")


RULES: Final = (the_thing_fits_the_act,)
