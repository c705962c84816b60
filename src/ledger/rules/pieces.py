"""记账规则: which pieces an act is about, and how many of them; asked first, like all of ``entry``."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import NOTHING, fields

from ledger.event import EVENTS, Compiled, Copied, Produced, Received
from ledger.event.incident import LeakFound
from ledger.finding import Breach, Force
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]

_LISTS: Final = ("carriers", "parts", "computers")
"""Fields in which an act lists what it is about."""
_LISTING: Final = tuple(
    kind
    for kind in EVENTS
    if any(each.name in _LISTS and each.default is NOTHING for each in fields(kind))
)
"""Acts that are about nothing when their list is blank."""


@rule(
    BOOK_ORDER["第二条"],
    Force.FORBIDS,
    "一份一号：份数与载体编号对不上的不得记账",
    on=(Received, Produced, Copied, Compiled),
    remedy="核对份数；载体编号清单不填，由台账按份数编，或者逐份写全。",
)
def each_copy_has_its_number(
    event: Received | Produced | Copied | Compiled, _desk: Desk
) -> Iterator[Breach]:
    """As many pages come into the book as there are copies; no copies are no act."""
    name = "、".join(event.numbers) or "份数"
    if event.copies < 1 and not isinstance(event, Copied):
        yield Breach(name, f"份数是{event.copies}")
    elif len(event.numbers) != max(event.copies, 0):
        yield Breach(name, f"份数{event.copies}，载体编号{len(event.numbers)}个")


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "没有写明是哪几件的不得记账，同一件不得写两次",
    on=(*_LISTING, LeakFound),
    remedy="核对清单，补上漏写的，删去重复的。",
)
def every_piece_is_named_once(event: Any, _desk: Desk) -> Iterator[Breach]:
    """An act on several things names at least one of them, and none of them twice."""
    numbers = next(getattr(event, name) for name in _LISTS if hasattr(event, name))
    if not numbers and isinstance(event, _LISTING):
        yield Breach("清单", "没有写明是哪一件")
    for number in dict.fromkeys(numbers):
        if numbers.count(number) > 1:
            yield Breach(number, f"清单里写了{numbers.count(number)}次")


RULES: Final = (
    each_copy_has_its_number,
    every_piece_is_named_once,
)
