"""需知: what one operator may read of a register, and the register as he sees it.

A page he may not read keeps its number, kind and level; titles, holders and circles are gone. What
is judged and written is the whole register, never this one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar, cast

from attrs import evolve, fields_dict, frozen

from ledger.access import OperatorRole
from ledger.carrier import Carrier, Document, Paper
from ledger.mark import Level
from ledger.number import PersonRef
from ledger.person import Person
from ledger.place import Awaiting, Custody, InCabinet, InRoom, InTransit, WithPerson
from ledger.register.pages import Pages
from ledger.register.record import Entry, Reading
from ledger.register.register import Register
from ledger.text import Ciphertext
from ledger.trouble import Forbidden

__all__ = [
    "HIDDEN",
    "UNOPENED",
    "NotShown",
    "Sight",
    "reads_page",
    "seen_by",
    "sight_of",
    "top_secret",
]

HIDDEN: Final = "（不在知悉范围）"
"""What stands in place of a title somebody has no business with."""
UNOPENED: Final = "（绝密件，打开才显示）"
"""What stands in place of a title he may read and has not opened yet."""
_READING: Final = frozenset(
    {OperatorRole.OFFICER, OperatorRole.APPROVER, OperatorRole.STAFF, OperatorRole.SECRECY}
)
_KEPT: Final = frozenset({"number", "mark", "level", "document", "copy_no", "type"})
"""Fields of a hidden page that are still shown."""
_PROCEEDINGS: Final = ("cases", "meetings", "supplies")
"""Tables of pages that say their level themselves."""
V = TypeVar("V")


class NotShown(Forbidden):
    """Something that whoever is here has no business with; a Chinese sentence."""


@frozen
class Sight:
    """Whose eyes a register is read with: the highest level, who he is, whether he keeps the room."""

    level: Level | None = None
    """``None`` for nothing that is secret."""
    person: Person | None = None
    keeps: bool = False
    opened: Collection[str] | None = None
    """The 绝密 documents he has opened, the only ones that are shown by name; ``None`` for all."""

    def refuse_outsiders(self, level: Level | None = None) -> None:
        """Raise ``NotShown`` for everybody but an officer whose category reaches a level.

        It is where the whole register is asked about, with titles and all.
        """
        if not self.keeps:
            raise NotShown("这里会列出各件的去向和责任人，请由保密员登录后查看")
        if not self.covers(level):
            raise NotShown("这里会列出各件的题名，请由涉密类别够得上本室密级的保密员登录后办理")

    @property
    def whole(self) -> bool:
        """Whether nothing of a register is hidden from him."""
        return self.keeps and self.opened is None and self.covers(max(Level))

    def covers(self, level: Level | None) -> bool:
        """Whether his category reaches a level."""
        return level is None or (self.level is not None and level <= self.level)

    def reads(self, document: Document) -> bool:
        """Whether he may read a document: category adequate, and officer or in the circle."""
        if document.level is None:
            return True
        if document.level is Level.绝密 and self.opened is not None:
            if document.number not in self.opened:
                return False
        in_circle = document.circle is not None and self.person is not None
        return self.covers(document.level) and (
            self.keeps or (in_circle and _admits(document, self.person))
        )


def _admits(document: Document, person: Person | None) -> bool:
    return person is not None and document.circle is not None and document.circle.admits(person)


def sight_of(register: Register, name: str, on: date) -> Sight:
    """What an operator may read on a day.

    The system administrator, the auditor, programs and nobody read nothing that is secret.
    """
    operator = register.operator(name)
    if operator is None or operator.removed:
        return Sight()
    person = register.people.get(operator.name)
    kept_from = OperatorRole.SYSTEM in operator.roles or operator.roles.isdisjoint(_READING)
    if kept_from or person is None or _left(person, on):
        return Sight()
    level = person.category.level if person.category else None
    return Sight(level, person, OperatorRole.OFFICER in operator.roles)


def _left(person: Person, on: date) -> bool:
    return person.left_on is not None and person.left_on <= on


def seen_by(register: Register, sight: Sight) -> Register:
    """A register as somebody sees it."""
    if sight.whole:
        return register

    def paper(entry: Entry[Carrier]) -> Any:
        return entry if _reads(entry, register, sight) else _carrier(entry)

    def reading(line: Reading) -> Reading:
        readable = sight.reads(register.documents[line.document])
        return line if readable else evolve(line, person=PersonRef(HIDDEN))

    tables: Any = {
        "documents": _Seen(register.documents, lambda page: _document(page, sight)),
        "carriers": _Seen(register.carriers, paper),
        "readings": _Seen(register.readings, reading),
    }
    for name in _PROCEEDINGS:
        tables[name] = _Seen(getattr(register, name), lambda page: _proceeding(page, sight))
    return evolve(register, **_on_top(tables))


def reads_page(register: Register, sight: Sight, number: str) -> bool:
    """Whether somebody may read all that stands on the page of a number."""
    entry = register.carriers.get(number)
    if entry is not None:
        return _reads(entry, register, sight)
    document = register.documents.get(number)
    if document is not None:
        return sight.reads(document)
    pages = (getattr(register, name).get(number) for name in _PROCEEDINGS)
    return all(sight.covers(page.level) for page in pages if page is not None)


def _on_top(tables: Mapping[str, Mapping[str, Any]]) -> Any:
    return {name: Pages(seen) for name, seen in tables.items()}


def _document(document: Document, sight: Sight) -> Document:
    if sight.reads(document):
        return document
    if isinstance(document.title, Ciphertext):
        return cast("Document", _bare(document, title=document.title))
    word = UNOPENED if evolve(sight, opened=None).reads(document) else HIDDEN
    return cast("Document", _bare(document, title=word))


def _reads(entry: Entry[Carrier], register: Register, sight: Sight) -> bool:
    if isinstance(entry.thing, Paper):
        return sight.reads(register.documents[entry.thing.document])
    return sight.covers(register.level_of(entry))


def _carrier(entry: Entry[Carrier]) -> Any:
    return evolve(entry, thing=_bare(entry.thing), custody=_nowhere(entry.custody))


def _nowhere(custody: Custody) -> Custody:
    """A custody without a name in it: locked away is in the room, with somebody is with somebody."""
    match custody:
        case InCabinet():
            return InRoom()
        case WithPerson(purpose=purpose):
            return WithPerson(PersonRef(HIDDEN), purpose)
        case InTransit(purpose=purpose):
            return InTransit((PersonRef(HIDDEN),), HIDDEN, purpose)
        case Awaiting():
            return Awaiting(HIDDEN, PersonRef(HIDDEN))
        case _:
            return custody


def _proceeding(page: Any, sight: Sight) -> Any:
    return page if sight.covers(page.level) else _bare(page)


def _bare(page: Any, **shown: Any) -> Any:
    """A page with every text gone but those that say what it is; ``shown`` stands in their place."""
    plain = (str, tuple, frozenset)
    emptied: dict[str, Any] = {}
    for name in fields_dict(type(page)):
        value = getattr(page, name)
        if name not in _KEPT and value and isinstance(value, plain):
            emptied[name] = "" if isinstance(value, str) else type(value)()
    if "circle" in fields_dict(type(page)):
        emptied["circle"] = None
    return evolve(page, **{**emptied, **shown})


class _Seen(Mapping[str, V]):
    """A table whose pages are looked at through somebody's eyes, when they are looked at."""

    def __init__(self, table: Mapping[str, V], see: Callable[[V], V]) -> None:
        self.table, self.see = table, see

    def __getitem__(self, key: str) -> V:
        return self.see(self.table[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.table)

    def __len__(self) -> int:
        return len(self.table)


def top_secret(register: Register, sight: Sight, numbers: Collection[str]) -> tuple[str, ...]:
    """The 绝密 documents among these numbers, papers for their documents, that he reads by name."""
    found = dict.fromkeys(
        document.number
        for number in numbers
        if (document := register.documents.get(number) or register.document_of(number)) is not None
        and document.level is Level.绝密
        and sight.reads(document)
    )
    return tuple(found)
