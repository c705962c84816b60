"""记账规则: what any line must satisfy to be a line of this book at all.

These are asked first and hold for recording as well as for doing: a line about a number that
stands for nothing, or dated tomorrow, says nothing that could be true.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from ledger.carrier import Paper
from ledger.day import chinese
from ledger.event import (
    EVENTS,
    Amended,
    Left,
    NumberVoided,
    Opened,
    Voided,
    Withdrawn,
)
from ledger.event.inspection import Rectified
from ledger.event.staff import StaffEvent
from ledger.finding import Breach, Force
from ledger.number import (
    ActivityNo,
    BlankNo,
    BodyNo,
    CabinetNo,
    CarrierNo,
    CaseNo,
    DisclosureNo,
    DocumentNo,
    InspectionNo,
    MeetingNo,
    PageNo,
    QueryNo,
    RequestNo,
    SiteNo,
    SupplyNo,
)
from ledger.reference import brought, kinds_named, mentions, named, parts, references
from ledger.register.fold import intact
from ledger.register.register import Register
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _known(register: Register) -> Mapping[Any, tuple[str, tuple[Mapping[str, object], ...]]]:
    fixed = (register.cabinets, register.sites, register.people)
    labelled = (register.carriers, *fixed, register.labels)
    return {
        CarrierNo: ("载体", (register.carriers,)),
        DocumentNo: ("文件", (register.documents,)),
        CabinetNo: ("柜", (register.cabinets,)),
        CaseNo: ("案件", (register.cases,)),
        SiteNo: ("场所", (register.sites,)),
        BodyNo: ("组织", (register.bodies,)),
        MeetingNo: ("会议", (register.meetings,)),
        DisclosureNo: ("公开审查", (register.disclosures,)),
        SupplyNo: ("对外提供", (register.supplies,)),
        InspectionNo: ("检查", (register.inspections,)),
        ActivityNo: ("活动", (register.activities,)),
        QueryNo: ("请示", (register.queries,)),
        RequestNo: ("申请", (register.requests,)),
        PageNo: ("登记", labelled),
        BlankNo: ("空白标签", (register.labels,)),
    }


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "一号一物：没有登记的编号不得记账",
    on=EVENTS,
    remedy="核对编号；确实没有登记过的，先登记再记这一笔。",
)
def numbers_stand_for_something(event: Any, desk: Desk) -> Iterator[Breach]:
    """Every number an act names has a page in the register it belongs to."""
    named = kinds_named(event.__class__)
    for kind, (word, tables) in _known(desk.register).items():
        if kind not in named:
            continue
        for number in dict.fromkeys(references(event, kind)):
            if not any(number in pages for pages in tables):
                yield Breach(number, f"登记簿上没有这个{word}编号")
    for number in dict.fromkeys(parts(event)):
        if number not in desk.register.documents:
            yield Breach(number, "登记簿上没有这个文件编号")
    subject = getattr(event, "subject", "")
    if subject and subject not in desk.register.idents:
        yield Breach(subject, "登记簿上没有这个编号")
    if isinstance(event, Withdrawn) and str(event.batch) not in desk.register.batches:
        yield Breach(f"第{event.batch}批", "没有这批导入")
    if isinstance(event, Amended):
        yield from _amended_to_nothing(event, desk)


def _amended_to_nothing(event: Amended, desk: Desk) -> Iterator[Breach]:
    if event.thing.number not in desk.register.idents:
        yield Breach(event.thing.number, "登记簿上没有这个编号")
    if isinstance(event.thing, Paper) and not event.thing.document:
        yield Breach(event.thing.number, "没有写明是哪一份文稿")
    for kind, (word, tables) in _known(desk.register).items():
        for number in named(event.thing, kind):
            if not any(number in pages for pages in tables):
                yield Breach(number, f"登记簿上没有这个{word}编号")


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "人员登记簿上没有的人，不得办上岗、离岗等人员事项",
    on=(Left, *get_args(StaffEvent)),
    remedy="核对姓名或人员编号；有重名的写人员编号。",
)
def the_person_has_a_page(event: Any, desk: Desk) -> Iterator[Breach]:
    """Somebody whose post, pledge or journey is written down is somebody the register knows."""
    names = (getattr(event, name, "") for name in ("person", "successor", "stand_in"))
    for name in dict.fromkeys(filter(None, names)):
        if name not in desk.register.people:
            yield Breach(name, "人员登记簿上没有此人，或有重名")


@rule(
    BOOK_ORDER["第一条"],
    Force.FORBIDS,
    "检查没有查出的问题，不得登记整改",
    on=Rectified,
    remedy="核对检查编号和问题的序号。",
)
def only_known_problems_are_put_right(event: Rectified, desk: Desk) -> Iterator[Breach]:
    """A problem that is put right is one the inspection found."""
    inspection = desk.register.inspections.get(event.inspection)
    if inspection is not None:
        known = len(inspection.problems)
        for item in event.items or (() if known else (1,)):
            if not 1 <= item <= known:
                yield Breach(event.inspection, f"查出的问题{known}项，没有第{item}项")


@rule(
    BOOK_ORDER["第二条"],
    Force.FORBIDS,
    "编号只用一次，用过的、作废的都不得再用",
    on=tuple(kind for kind in EVENTS if kind is not NumberVoided),
    remedy="不填编号，由台账按顺序编；沿用旧编号的，核对是否写错。",
)
def numbers_are_used_once(event: Any, desk: Desk) -> Iterator[Breach]:
    """A number that was given or voided is not given again."""
    new = brought(event)
    for number in dict.fromkeys(new):
        if number in desk.register.spoiled:
            yield Breach(number, "这个编号已经作废")
        elif number in desk.register.idents:
            yield Breach(number, "这个编号已经用过")
        elif new.count(number) > 1:
            yield Breach(number, "同一笔里编号重复")


@rule(
    BOOK_ORDER["第十一条"],
    Force.FORBIDS,
    "只记已经到来的日子，不得记在将来",
    on=EVENTS,
    remedy="改为实际日期；将来的事等办了再记。",
)
def dated_no_later_than_today(_event: object, desk: Desk) -> Iterator[Breach]:
    """No act is dated after the day it is written."""
    if desk.today is not None and desk.on > desk.today:
        yield Breach(chinese(desk.on), f"晚于今天（{chinese(desk.today)}）")


@rule(
    BOOK_ORDER["第十条"],
    Force.FORBIDS,
    "只能冲销仍是最后一次变动的那一笔，不得越过后面的账冲前面的",
    on=Voided,
    remedy="先冲销后面与它有关的各笔，或另记一笔更正。",
)
def only_the_latest_is_voided(event: Voided, desk: Desk) -> Iterator[Breach]:
    """An act is voided only while everything it changed is as it left it."""
    name = f"第{event.voids}笔"
    if not 1 <= event.voids <= desk.register.acts:
        yield Breach(name, f"流水里没有这一笔，最后一笔是第{desk.register.acts}笔")
    elif event.voids == 1:
        yield Breach(name, "开账的一笔不能冲销")
    elif not intact(desk.register, desk.undoing):
        yield Breach(name, "它涉及的载体或登记此后已有变动")
    new = [c.key for c in desk.undoing if c.table == "cabinets" and c.before is None]
    for held in (desk.register.in_keeping(cabinet) for cabinet in new):
        if held:
            yield Breach(name, f"它登记的柜里已有{held[0]}等{len(held)}件")


@rule(
    BOOK_ORDER["第十二条"],
    Force.FORBIDS,
    "一本账只能开一次",
    on=Opened,
    remedy="新的单位另建台账文件夹。",
)
def opened_once(_event: Opened, desk: Desk) -> Iterator[Breach]:
    """A book is opened by its first act and never again."""
    if desk.register.acts:
        yield Breach("开账", "这本账已经开过了")


@rule(
    BOOK_ORDER["第十三条"],
    Force.FORBIDS,
    "不得凭已经过时的情况办理：看过以后别的终端又动过的，重新看过再办",
    on=EVENTS,
    remedy="重新查看这一件，情况仍然合适的再办一次。",
)
def nothing_happened_meanwhile(event: Any, desk: Desk) -> Iterator[Breach]:
    """What an act is about has not changed since whoever decided last looked."""
    about = {n for kind in (CarrierNo, DocumentNo, CaseNo) for n in references(event, kind)}
    for act in desk.meanwhile:
        for number in sorted(about & mentions(act.event)):
            yield Breach(number, f"第{act.n}笔（{act.by}，{act.at:%H:%M}）刚刚动过")


RULES: Final = (
    opened_once,
    numbers_stand_for_something,
    the_person_has_a_page,
    only_known_problems_are_put_right,
    numbers_are_used_once,
    dated_no_later_than_today,
    only_the_latest_is_voided,
    nothing_happened_meanwhile,
)
