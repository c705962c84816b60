"""What can be picked for a field of a form: the words it takes, or the pages it can name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from attrs import frozen

from ledger.approval import Approval
from ledger.day import chinese
from ledger.mark import Level
from ledger.notation.listing import row_of
from ledger.number import CabinetNo, CarrierNo, CaseNo, DocumentNo, PersonRef, UnitRef
from ledger.person import Person
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.room.directory import Directory
from ledger.room.drafting import Field
from ledger.room.room import Room
from ledger.room.viewing import listed
from ledger.rules.paper.sending import SAFE_CHANNELS

__all__ = ["Choice", "choices"]

_MOST: Final = 200
"""How many pages are offered at once; whoever wants another types more of it."""
_LEADING: Final = ("领导", "局长", "主任", "机关", "负责人", "处长", "科长", "主管")


_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": SAFE_CHANNELS,
    "mark": ("秘密★10年", "机密★20年", "绝密★30年", "秘密★", "机密★", "绝密★"),
    "way": ("报废", "租借", "赠送", "转让"),
    "roles": ("保密员", "主管领导", "单位领导", "部门领导", "办公室主任", "通信员", "打字员"),
    "designated_for": ("维修", "印制", "销毁", "数据恢复"),
}
"""Words the rules know in fields that take any text; others can be typed."""


@frozen
class Choice:
    """One thing to pick: what goes into the field, and how it is shown."""

    value: str
    words: str


def choices(
    room: Room,
    field: Field,
    typed: str,
    *,
    spell: Callable[[str], Iterable[str]],
    carriers: Directory | None = None,
    filled: dict[str, str] | None = None,
) -> list[Choice]:
    """What fits a field that begins with what was typed, by its words or their initials.

    ``filled`` are the other fields, for a compartment goes with its cabinet; ``carriers`` is
    where carriers are looked for by more than their number.
    """
    word = typed.strip().lower()
    if field.of is CarrierNo:
        return list(_carriers(listed(room), word, carriers))
    every = _every(room, field, filled or {})
    if not word:
        return every[:_MOST]
    found = (c for c in every if word in c.words.lower() or any(word in w for w in spell(c.words)))
    return list(found)[:_MOST]


def _every(room: Room, field: Field, filled: dict[str, str]) -> list[Choice]:
    register, of = listed(room), field.of
    if field.name == "level" or of is Level:
        return [Choice(level.value, level.value) for level in Level]
    if of is bool:
        return [Choice("是", "是"), Choice("否", "否")]
    if isinstance(of, type) and issubclass(of, Enum):
        return [Choice(str(member.value), str(member.value)) for member in of]
    if of is date:
        return list(_days(room.clock().date()))
    if field.name == "compartment":
        return list(_compartments(register, filled.get("cabinet", "")))
    if field.name in _WORDS:
        return [Choice(word, word) for word in _WORDS[field.name]]
    if field.name in ("circle", "department"):
        return list(_circle(register, people=field.name == "circle"))
    return list(_pages(register, of))


def _circle(register: Register, *, people: bool) -> Iterator[Choice]:
    """The departments there are, and for a circle the people."""
    every = list(register.in_order(register.people))
    for name in dict.fromkeys(person.department for person in every if person.department):
        yield Choice(name, f"{name}（部门）")
    if people:
        yield from _people(register)


def _pages(register: Register, of: Any) -> Iterator[Choice]:
    """The pages a field of this type can name, in the order of the book."""
    offers = _OFFERS.get(of)
    return offers(register) if offers else iter(())


def _people(register: Register) -> Iterator[Choice]:
    for person in register.in_order(register.people):
        yield Choice(_ref(register, person), _told(person))


def _units(register: Register) -> Iterator[Choice]:
    for unit in register.in_order(register.units):
        yield Choice(unit.name, f"{unit.name} {unit.number} {'、'.join(unit.designated_for)}")


def _cabinets(register: Register) -> Iterator[Choice]:
    for cabinet in register.in_order(register.cabinets):
        level = f"最高{cabinet.level}" if cabinet.level else ""
        yield Choice(cabinet.number, f"{cabinet.number} {cabinet.name} {level}")


def _cases(register: Register) -> Iterator[Choice]:
    for case in register.in_order(register.cases):
        if case.closed is None:
            yield Choice(case.number, f"{case.number} {case.nature} {'；'.join(case.facts)}")


def _documents(register: Register) -> Iterator[Choice]:
    for document in register.in_order(register.documents):
        title = document.title or document.alias
        yield Choice(document.number, f"{document.number} {title} {document.mark or ''}")


def _ref(register: Register, person: Person) -> str:
    """The name where only one has it, else the number."""
    return person.name if register.person(person.name) == person else person.number


def _told(person: Person) -> str:
    words = (person.name, person.number, person.department, "、".join(sorted(person.roles)))
    return " ".join(filter(None, words))


def _approvals(register: Register) -> Iterator[Choice]:
    """Who may be named as approver: people in a leading post, each in each of his posts."""
    for person in register.in_order(register.people):
        for role in sorted(person.roles):
            if any(word in role for word in _LEADING):
                yield Choice(f"{role}:{_ref(register, person)}", f"{role} {_told(person)}")


def _compartments(register: Register, cabinet: str) -> Iterator[Choice]:
    page = register.cabinets.get(cabinet)
    for part in page.compartments if page else ():
        held = len(register.shelves.get(f"{cabinet}/{part.name}", NOBODY))
        yield Choice(part.name, f"{part.name}格 {part.level or ''} 现有{held}件")


def _days(today: date) -> Iterator[Choice]:
    ahead = {"今天": 0, "明天": 1, "一周后": 7, "两周后": 14, "一个月后": 30}
    for words, days in ahead.items():
        day = today + timedelta(days=days)
        yield Choice(day.isoformat(), f"{words} {chinese(day)}")


def _carriers(register: Register, word: str, directory: Directory | None) -> Iterator[Choice]:
    if directory is None:
        return
    places = directory.find(word) if word else range(len(directory) - 1, -1, -1)
    for _, place in zip(range(_MOST), places, strict=False):
        row = row_of(register, directory.number(place))
        told = (row["number"], row["level"], row["name"] or row["serial"], row["status"])
        yield Choice(row["number"], " ".join(map(str, filter(None, told))))


_OFFERS: Final[Mapping[Any, Callable[[Register], Iterator[Choice]]]] = {
    PersonRef: _people,
    Approval: _approvals,
    UnitRef: _units,
    CabinetNo: _cabinets,
    CaseNo: _cases,
    DocumentNo: _documents,
}
