"""记账规则: what 更正登记 may write anew, and what only an act of its own may change.

An amendment corrects a page. Whatever protects a secret (its mark, the level of what holds it, the
time a person is bound) would otherwise be amended away without a notice, an approval or a case.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from ledger.carrier import Device, Document, Notebook, Paper
from ledger.consent import lacking
from ledger.event import Amended
from ledger.finding import Breach, Force
from ledger.person import Person
from ledger.place import Cabinet, InCabinet
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    BOOK_ORDER["第二条"],
    Force.FORBIDS,
    "更正登记不得改变种类，也不得改变凭通知才能变的密级、期限、知悉范围",
    on=Amended,
    remedy="密级等变动凭变更、解密通知办理；编号登记错的，冲销后重新登记。",
)
def page_stays_the_same_thing(event: Amended, desk: Desk) -> Iterator[Breach]:
    """An amended page is about the same kind of thing, with the same mark and circle."""
    new = event.thing
    entry = desk.entry(new.number)
    if entry is not None and type(entry.thing) is not type(new):
        yield Breach(new.number, "更正后的种类与原登记不同")
    if isinstance(new, Paper) and entry is not None and isinstance(entry.thing, Paper):
        if new.document != entry.thing.document:
            yield Breach(new.number, "一份文件不能改挂到别的文稿上，标志会跟着变")
    if isinstance(new, Document):
        old = desk.register.documents[new.number]
        for name, label in (("mark", "密级、保密期限"), ("circle", "知悉范围")):
            if getattr(old, name) is not None and getattr(old, name) != getattr(new, name):
                yield Breach(new.number, f"{label}不能用更正登记来改")


_OWN_ACTS: Final[Mapping[type, Mapping[str, tuple[str, str]]]] = {
    Document: {"declassified_on": ("解密日期", "解密")},
    Paper: {"keep_until": ("延长使用的日期", "延长使用")},
    Person: {"left_on": ("离岗日期", "上岗"), "cooling_until": ("脱密期", "上岗")},
}
"""What has an act of its own: the field, what it is called, and the act."""


@rule(
    BOOK_ORDER["第二条"],
    Force.FORBIDS,
    "解密、延长使用、脱密期满各有各的手续，不得用更正登记代替",
    on=Amended,
    remedy="照所写的事项办理；原来就记错了的，冲销那一笔，或按“已经发生”记录并写明原因。",
)
def what_has_an_act_of_its_own_is_not_amended(event: Amended, desk: Desk) -> Iterator[Breach]:
    """No amendment declassifies, lets a paper stay longer, or ends a cooling-off."""
    new = event.thing
    old = _page(new, desk)
    for name, (label, act) in _OWN_ACTS.get(type(new), {}).items():
        before, after = getattr(old, name, None), getattr(new, name)
        if before != after and not (isinstance(new, Person) and _binds_longer(before, after)):
            yield Breach(new.number, f"要改{label}，应办“{act}”")


def _page(thing: Any, desk: Desk) -> Any:
    entry = desk.entry(thing.number)
    if entry is not None:
        return entry.thing
    register = desk.register
    return register.documents.get(thing.number) or register.people.get(thing.number)


def _binds_longer(before: date | None, after: date | None) -> bool:
    """Whether a day that was blank is filled in, or moved to a later one."""
    return before is None or (after is not None and after >= before)


@rule(
    BOOK_ORDER["第八条"],
    Force.FORBIDS,
    "未经批准，涉密的设备、保密本不得降低密级、改作他用",
    on=Amended,
    remedy="保持原密级；存储部件换过、确要改的，经批准并写明批准人，不再用的按处置、销毁办理。",
)
def what_held_secrets_stays_secret(event: Amended, desk: Desk) -> Iterator[Breach]:
    """A device or notebook keeps the highest level it was given or has dealt with, unless approved.

    Who approves is whoever approves a file that lowers a level. Media and computers have articles of their own.
    """
    new = event.thing
    if not isinstance(new, (Device, Notebook)):
        return
    for page in desk.entries((new.number,)):
        own = desk.register.level_of(page)
        old = max((level for level in (own, page.holds) if level), default=None)
        if old is None or new.level is own or (new.level is not None and new.level >= old):
            continue
        if not event.approvals or lacking(event.approvals, desk, "take_in", old):
            yield Breach(page.number, f"由{old}级改为{f'{new.level}级' if new.level else '非密'}")


@rule(
    BOOK_ORDER["第八条"],
    Force.FORBIDS,
    "柜里还有载体，不得把它的许可密级改到这些载体以下，不得去掉放着载体的格",
    on=Amended,
    remedy="先把这些载体移到别的柜、格，再更正柜的登记。",
)
def cabinet_still_holds_what_is_in_it(event: Amended, desk: Desk) -> Iterator[Breach]:
    """An amended cabinet has a place, high enough, for each thing that lies in it."""
    new = event.thing
    if not isinstance(new, Cabinet):
        return
    parts = {part.name: part.level or new.level for part in new.compartments}
    for entry in desk.entries(desk.register.in_keeping(new.number)):
        place, level = entry.custody, desk.register.level_of(entry)
        name = place.compartment if isinstance(place, InCabinet) else ""
        if new.compartments and name not in parts:
            yield Breach(entry.number, f"放在{new.number}柜{name}，更正后没有这一格")
            continue
        most = parts.get(name, new.level)
        if level is not None and (most is None or most < level):
            limit = f"只许可到{most}级" if most else "没有许可密级"
            yield Breach(entry.number, f"{level}级，放在{new.number}柜{name}，更正后{limit}")


RULES = (
    page_stays_the_same_thing,
    what_has_an_act_of_its_own_is_not_amended,
    what_held_secrets_stays_secret,
    cabinet_still_holds_what_is_in_it,
)
