"""记账规则: which pieces an act is about, and how many of them; asked first, like all of ``entry``."""

from collections.abc import Iterator
from typing import Any, Final

from attrs import NOTHING, fields

from ledger.carrier import Notebook, Paper
from ledger.event import EVENTS, Compiled, Copied, Excerpted, Produced, Received
from ledger.event.incident import LeakFound
from ledger.finding import Breach, Force
from ledger.number import CarrierNo
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


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "复印、摘录、汇编只能出自登记过的文件；不是保密本的，不得摘录进去",
    on=(Copied, Excerpted, Compiled),
    remedy="出自介质、保密本的，新的一份照“印制”登记，写明标志；摘录本写保密本的编号。",
)
def texts_come_from_papers(event: Copied | Excerpted | Compiled, desk: Desk) -> Iterator[Breach]:
    """What a copy, an excerpt or a compilation takes its mark from has one: it is a paper."""
    match event:
        case Compiled(parts=sources):
            into = CarrierNo("")
        case Copied(original=source):
            sources, into = (source,), CarrierNo("")
        case Excerpted(source=source, into=into):
            sources = (source,)
    for entry in desk.entries(sources):
        if not isinstance(entry.thing, Paper):
            yield Breach(entry.number, "登记的不是文件")
    for entry in desk.entries((into,)):
        if not isinstance(entry.thing, Notebook):
            yield Breach(entry.number, "登记的不是保密本")


RULES: Final = (
    each_copy_has_its_number,
    every_piece_is_named_once,
    texts_come_from_papers,
)
