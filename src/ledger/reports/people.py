"""知悉人员、离岗清单、持有清单: who learned what, who holds what, and what a leaver has to do."""

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from ledger.carrier import Carrier
from ledger.day import months_after
from ledger.event import (
    Amended,
    HandedOver,
    Left,
    Returned,
)
from ledger.event.staff import CertificateReturned, Pledged, Replaced, TravelEnded
from ledger.level import Level
from ledger.pack import Pack
from ledger.person import Person
from ledger.place import InTransit, WithPerson
from ledger.register.balance import whereabouts
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.register.standing import Standing
from ledger.regulation import CARRIERS, KEY_POSTS, Citation
from ledger.regulation.compendium import COMMUNICATIONS, OFFICERS
from ledger.reports.evidence import cell, name_of

__all__ = [
    "Holding",
    "Holdings",
    "Knower",
    "Knowers",
    "LeavingGate",
    "ToDo",
    "holdings",
    "knowers",
    "leaving_gate",
]


@frozen(kw_only=True)
class Knower:
    """One person's time with one copy."""

    person: str = cell("姓名")
    department: str = cell("部门")
    carrier: str = cell("载体编号")
    copy_no: str = cell("份号")
    out: date = cell("签领日期")
    back: date | None = cell("退回日期")


@frozen(kw_only=True)
class Knowers:
    """Who has had a document in hand, from the first reader to the last."""

    number: str = cell("文稿编号")
    title: str = cell("标题")
    doc_no: str = cell("发文字号")
    mark: str = cell("标志")
    required: bool = cell("须有知悉记录")
    rows: tuple[Knower, ...] = cell("知悉人员")


def knowers(register: Register, number: str, pack: Pack) -> Knowers:
    """The knowledge record of a document, named by its own number or that of a copy.

    Raises ``KeyError`` for a number that is neither.
    """
    document = register.document_of(number) or register.documents[number]
    keys = sorted(register.readers.get(document.number, NOBODY), key=_written)
    lines = [register.readings[key] for key in keys]
    level = document.mark.level if document.mark else None
    return Knowers(
        number=document.number,
        title=document.title or document.alias,
        doc_no=document.doc_no,
        mark=str(document.mark or ""),
        required=level is not None and level >= pack.knowledge_from,
        rows=tuple(
            Knower(
                person=name_of(register, line.person),
                department=getattr(register.person(line.person), "department", ""),
                carrier=line.carrier,
                copy_no=getattr(register.carriers[line.carrier].thing, "copy_no", ""),
                out=line.out,
                back=line.back,
            )
            for line in sorted(lines, key=lambda line: line.out)
        ),
    )


def _written(key: str) -> int:
    """The act that began a reading, which its key begins with."""
    return int(key.partition("/")[0])


@frozen(kw_only=True)
class Holding:
    """One carrier in somebody's charge."""

    number: str = cell("编号")
    name: str = cell("名称")
    level: str = cell("密级")
    holder: str = cell("持有人")
    state: str = cell("状态")
    since: date = cell("起始日期")
    due: date | None = cell("应还日期")


@frozen(kw_only=True)
class Holdings:
    """What a department or a person holds, with sums by level."""

    whose: str = cell("部门或人员")
    on: date = cell("日期")
    total: int = cell("合计")
    by_level: str = cell("各密级")
    rows: tuple[Holding, ...] = cell("清单")


def holdings(register: Register, whose: str, on: date) -> Holdings:
    """What is in the charge of a department's people, or of one person."""
    people = [register.people[n] for n in sorted(register.staff.get(whose, NOBODY))]
    if not people and (person := register.person(whose)) is not None:
        people = [person]
    rows = tuple(_holding(register, e) for p in people for e in _charge(register, p))
    levels = [row.level or "非密" for row in rows]
    order = (*map(str, reversed(Level)), "非密")
    sums = "、".join(f"{level}{levels.count(level)}" for level in order if level in levels)
    return Holdings(whose=whose, on=on, total=len(rows), by_level=sums or "无", rows=rows)


def _charge(register: Register, person: Person) -> Iterator[Entry[Carrier]]:
    """Whatever is booked to a person, and what he has taken out of the house."""
    for number in register.held_by(person.number):
        yield register.carriers[number]
    for entry in register.open_carriers():
        custody = entry.custody
        if isinstance(custody, InTransit) and person.number in custody.bearers:
            yield entry


def _holding(register: Register, entry: Entry[Carrier]) -> Holding:
    custody = entry.custody
    document = register.document_of(entry.number)
    name = document.title or document.alias if document else getattr(entry.thing, "name", "")
    return Holding(
        number=entry.number,
        name=name or getattr(entry.thing, "type", ""),
        level=str(register.level_of(entry) or ""),
        holder=name_of(register, str(custody)) if isinstance(custody, WithPerson) else str(custody),
        state=whereabouts(custody),
        since=entry.since,
        due=getattr(custody, "due", None),
    )


@frozen(kw_only=True)
class ToDo:
    """One thing a leaver has to do, whether it is done, and which act does it."""

    done: bool = cell("已办")
    what: str = cell("事项")
    cites: Citation = cell("依据")
    by: tuple[type, ...] = cell("办理")


@frozen(kw_only=True)
class LeavingGate:
    """What stands between a person and the door."""

    person: str = cell("姓名")
    department: str = cell("部门")
    category: str = cell("涉密类别")
    clear: bool = cell("可以离岗")
    cooling_until: date | None = cell("脱密期不早于")
    todo: tuple[ToDo, ...] = cell("应办")
    rows: tuple[Holding, ...] = cell("名下载体")


def leaving_gate(register: Register, ref: str, pack: Pack, on: date) -> LeavingGate:
    """What somebody holds and must do before he leaves; raises ``KeyError`` for a stranger."""
    person = register.person(ref)
    if person is None:
        raise KeyError(ref)
    rows = tuple(_holding(register, entry) for entry in _charge(register, person))
    category, now = person.category, pack.at(on)
    todo = tuple(_todo(register, person, rows))
    return LeavingGate(
        person=person.name,
        department=person.department,
        category=str(category or ""),
        clear=all(each.done for each in todo),
        cooling_until=months_after(on, now.months_of(category)) if category else None,
        todo=todo,
        rows=rows,
    )


def _todo(register: Register, person: Person, rows: tuple[Holding, ...]) -> Iterator[ToDo]:
    standing = register.standings.get(person.number) or Standing(person=person.number)
    secret = [row for row in rows if row.level]
    plain = [row for row in rows if not row.level]
    yield _do(not secret, f"退清名下涉密载体{len(secret)}件", CARRIERS["一（八）3"], Returned)
    yield _do(not plain, f"交还名下其他载体{len(plain)}件", CARRIERS["一（八）3"], HandedOver)
    abroad = standing.trip is not None
    yield _do(not abroad, "出境已回并销假", KEY_POSTS["第十六条"], TravelEnded)
    if person.category is not None:
        signed = bool({"离岗保密承诺书", "离岗保密协议书"} & set(standing.pledges))
        yield _do(signed, "签订离岗保密承诺书", KEY_POSTS["第十一条"], Pledged, Left)
    if "保密员" in person.roles:
        yield _do(done=False, what="更换保密员并交接保密室", cites=OFFICERS["第八条"], by=Replaced)
    if standing.certificate_held:
        yield _do(done=False, what="交回上岗证", cites=OFFICERS["第十四条"], by=CertificateReturned)
    kept = [
        box.name for box in register.in_order(register.mailboxes) if box.keeper == person.number
    ]
    if kept:
        what = f"移交邮箱{'、'.join(kept)}"
        yield _do(done=False, what=what, cites=COMMUNICATIONS["第十七条"], by=Amended)


def _do(done: bool, what: str, cites: Citation, by: type, *more: type) -> ToDo:  # noqa: FBT001 - read as a row
    return ToDo(done=done, what=what, cites=cites, by=(by, *more))
