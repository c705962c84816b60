"""What the ledger already has of what a file says: found by natural key, compared field by field.

A register has keys that tell its records apart for certain, and keys that do so only where they
happen to be unique. A row that has neither is compared by all it says, each record at most once,
so that identical rows stay several things and the same file twice still changes nothing.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from ledger.carrier import Carrier, Document, Paper
from ledger.notation.listing import TABLES, plain, status_of
from ledger.notation.words import OPENED
from ledger.place import Closed, Closing, InCabinet
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register

__all__ = ["KEYS", "Difference", "Key", "Known", "Page", "doc_no_key", "pages"]

Key = tuple[str, ...]

_OF_A_THING: Final[tuple[Key, ...]] = (("number",), ("asset_no",))
KEYS: Final[Mapping[str, tuple[Key, ...]]] = {
    "paper": (("number",), ("doc_no", "copy_no"), ("incoming_no", "copy_no")),
    "notebook": (("number",),),
    "medium": _OF_A_THING,
    "computer": _OF_A_THING,
    "device": _OF_A_THING,
    "cabinet": _OF_A_THING,
    "site": (("number",),),
    "person": (("number",),),
    "unit": (("number",),),
    "document": (("number",),),
    "body": (("number",),),
    "phone": (("number",),),
    "mailbox": (("number",),),
    **{name: (("number",),) for name, _ in OPENED.values()},
}
"""What tells the records of a register apart; a person is never known by the name alone."""

LOOSE: Final[Mapping[str, tuple[Key, ...]]] = {
    "paper": (("issuer", "doc_no"), ("incoming_no",)),
    "medium": (("serial",),),
    "computer": (("disk_serial",), ("serial",)),
    "device": (("serial",),),
    "cabinet": (("serial",),),
    "site": (("name",),),
    "unit": (("name",),),
    "body": (("name",),),
    "phone": (("phone",),),
    "mailbox": (("name",),),
    "document": (("issuer", "doc_no"),),
}
"""What tells records apart where it occurs once in the file and once in the register."""

_BRACKETS: Final = str.maketrans("[【{(（﹝［", "〔〔〔〔〔〔〔") | str.maketrans(
    "]】})）﹞］", "〕〕〕〕〕〕〕"
)


def doc_no_key(text: str) -> str:
    """A document number as it is compared: brackets, blanks and a needless 第 are no difference.

    >>> doc_no_key("粤保[2011]第3号") == doc_no_key("粤保〔2011〕 3号")
    True
    """
    plain_ = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    return plain_.replace("〕第", "〕")


@frozen
class Difference:
    """A field whose value in the file is not what the register has."""

    field: str
    before: Any
    after: Any


@frozen
class Page:
    """A record of the register as a file sees it: a carrier with its text, or a page of another kind."""

    number: str
    thing: Any
    text: Document | None = None
    entry: Entry[Carrier] | None = None

    def value(self, field: str) -> Any:
        """What the record has in a field, blank for what it has not."""
        if self.text is not None and field in ("level", "term"):
            mark = self.text.mark
            return (mark.level if field == "level" else str(mark.term)) if mark else None
        if self.entry is not None and field in _OF_AN_ENTRY:
            return _OF_AN_ENTRY[field](self.entry)
        if hasattr(self.thing, field):
            return getattr(self.thing, field)
        return getattr(self.text, field, "")

    @property
    def void(self) -> bool:
        """Whether the record was a mistake; nothing but its number is known by it any more."""
        return self.entry is not None and self.entry.custody == Closed(Closing.VOIDED)

    @property
    def level(self) -> Any:
        """The level of the thing itself, or of its text while it is secret."""
        return self.text.level if self.text else getattr(self.thing, "level", None)


_OF_AN_ENTRY: Final[Mapping[str, Callable[[Entry[Carrier]], Any]]] = {
    "status": status_of,
    "on": lambda entry: entry.entered,
    "cabinet": lambda e: e.custody.cabinet if isinstance(e.custody, InCabinet) else "",
    "compartment": lambda e: e.custody.compartment if isinstance(e.custody, InCabinet) else "",
}


def pages(register: Register, kind: str) -> Iterator[Page]:
    """The records of a register in the order in which they came, void ones among them."""
    if kind in TABLES:
        for number, thing in zip(
            register.numbers(getattr(register, TABLES[kind])),
            register.in_order(getattr(register, TABLES[kind])),
            strict=True,
        ):
            yield Page(number, thing)
        return
    for number in sorted(register.kinds.get(kind, NOBODY), key=register.idents.__getitem__):
        entry = register.carriers[number]
        thing = entry.thing
        text = register.documents[thing.document] if isinstance(thing, Paper) else None
        yield Page(number, thing, text, entry)


class Known:
    """The records of one register, found by what a file says of them."""

    def __init__(self, register: Register, kind: str, key: Key = ()) -> None:
        self.register = register
        self.strict = (key,) if key else KEYS[kind]
        self.loose = () if key else LOOSE.get(kind, ())
        self.pages = {page.number: page for page in pages(register, kind)}
        self.taken: set[str] = set()
        """Records that a row of the file has been found to be about."""
        self._by: dict[Key, dict[Key, list[str]]] = {}
        self._contents: dict[Key, dict[tuple[Any, ...], list[str]]] = {}
        self._texts: dict[str, set[str]] = {}

    def keys(self, values: Mapping[str, Any], which: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
        """The keys a row has all parts of, with what it has there."""
        for key in which:
            found = tuple(_compared(name, values.get(name)) for name in key)
            if all(found):
                yield key, found

    def certain(self, values: Mapping[str, Any]) -> tuple[Key, Key] | None:
        """The first certain key a row has, with what it has there; the others matter no more."""
        return next(self.keys(values, self.strict), None)

    def sure(self, values: Mapping[str, Any]) -> list[str]:
        """The records a row is about by its certain key; several if the register has it twice."""
        found = self.certain(values)
        return self._index(found[0]).get(found[1], []) if found else []

    def likely(self, values: Mapping[str, Any], often: Mapping[tuple[Key, Key], int]) -> str:
        """The record a row is about by a key that occurs once in the file and once here."""
        for key, own in self.keys(values, self.loose):
            found = self._index(key).get(own, [])
            if len(found) == 1 and often[key, own] == 1 and found[0] not in self.taken:
                return found[0]
        return ""

    def alike(self, values: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
        """A record that says in every field exactly what the row does, not found before.

        ``whole`` is the row with the value that a new record would have where the row is blank.
        """
        fields = tuple(sorted(whole))
        if fields not in self._contents:
            index: dict[tuple[Any, ...], list[str]] = {}
            for page in reversed(self.pages.values()):
                if page.void:
                    continue
                own = tuple(_compared(name, page.value(name)) for name in fields)
                index.setdefault(own, []).append(page.number)
            self._contents[fields] = index
        told = tuple(_compared(name, self.resolved(name, whole[name])) for name in fields)
        waiting = self._contents[fields].get(told, [])
        while waiting:
            number = waiting.pop()
            if number not in self.taken and not self.differences(number, values):
                return number
        return ""

    def differences(self, number: str, values: Mapping[str, Any]) -> list[Difference]:
        """The fields in which a row does not say what the record does."""
        page = self.pages[number]
        found = []
        for name, value in values.items():
            before, after = page.value(name), self.resolved(name, value)
            if isinstance(before, (tuple, frozenset)) and isinstance(after, str):
                after = tuple(_SEPARATORS.split(after))
            if _compared(name, before) != _compared(name, after):
                found.append(Difference(name, before, after))
        return found

    def resolved(self, name: str, value: Any) -> Any:
        """A value with the number of a person where the person was named."""
        if name in _PEOPLE and isinstance(value, str):
            person = self.register.person(value)
            return person.number if person else value
        return value

    def _index(self, key: Key) -> dict[Key, list[str]]:
        if key not in self._by:
            index: dict[Key, list[str]] = {}
            for page in self.pages.values():
                own = tuple(_compared(name, page.value(name)) for name in key)
                if all(own) and not (page.void and key != ("number",)):
                    index.setdefault(own, []).append(page.number)
            self._by[key] = index
        return self._by[key]

    def has(self, field: str, text: str) -> bool:
        """Whether some record says exactly this in a field."""
        if field not in self._texts:
            self._texts[field] = {str(page.value(field)) for page in self.pages.values()}
        return text in self._texts[field]


_PEOPLE: Final = ("keeper",)
_SEPARATORS: Final = re.compile(r"[、,，;；\n]")


def _compared(name: str, value: Any) -> str:
    """A value as text that is the same for values that mean the same."""
    if name == "doc_no" and isinstance(value, str):
        return doc_no_key(value)
    if isinstance(value, (tuple, frozenset)):
        parts = (part.strip() for each in value for part in _SEPARATORS.split(str(plain(each))))
        return "、".join(sorted(filter(None, parts)))
    said = plain(value)
    return ("是" if said else "否") if isinstance(said, bool) else str(said)


def count_keys(
    known: Known, rows: Sequence[Mapping[str, Any]], which: Sequence[Key]
) -> Counter[tuple[Key, Key]]:
    """How often each key occurs in a file."""
    return Counter(pair for values in rows for pair in known.keys(values, which))
