"""Registers as files: every column a record has, in an order an officer knows, nothing left out.

What is written here reads back through the import as the same records, for every form.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, Final

from attrs import fields

from ledger.books.content import Content
from ledger.carrier import Document, Paper
from ledger.exchange.delimited import guarded, kept
from ledger.exchange.importing import page_named
from ledger.exchange.known import Page, pages
from ledger.exchange.xlsx import Grid, xlsx
from ledger.level import Level, Sensitivity
from ledger.notation.fields import label
from ledger.notation.listing import TABLES, place_of, plain
from ledger.notation.words import KIND_LABELS, OPENED, kind_name
from ledger.number import PersonRef
from ledger.register.record import Case
from ledger.register.register import Register

__all__ = ["FORMATS", "register_content", "written"]

FORMATS: Final = ("xlsx", "csv", "jsonl")
_ENTRY: Final = (
    "cabinet",
    "compartment",
    "status",
    "whereabouts",
    "since",
    "on",
    "origin",
    "holds",
)
"""What the book knows of a carrier beyond its page."""
_SECRET: Final = frozenset(
    [
        "title",
        "doc_no",
        "issuer",
        "circle",
        "facts",
        "outcome",
        "mark",
        "content",
        "course",
        "harm",
        "about",
        "answer",
        "remedies",
        "corrections",
        "handling",
        "problems",
    ]
)
"""What tells of a secret's content; left out where titles are not to be shown."""


def register_content(register: Register, kind: str, *, titles: bool = True) -> Content:
    """Every record of one kind, closed and void ones included.

    Without ``titles``, texts go by their 代称 and nothing tells what they are about.
    """
    page = page_named(kind)
    name = kind_name(page)
    secret = page in (Paper, Document, *OPENED)
    keys = tuple(_keys(page, name))
    if not titles:
        keys = tuple(key for key in keys if key not in _SECRET)
    found = list(pages(register, name))
    rows = tuple(tuple(_value(register, each, key) for key in keys) for each in found)
    levels = [level for each in found if (level := _level(register, each)) is not None]
    level = max(levels, default=None) if secret and titles else None
    return Content(
        title=f"{KIND_LABELS[name]}登记",
        headers=tuple(_heading(key) for key in keys),
        keys=tuple("entered" if key == "on" else key for key in keys),
        rows=rows,
        level=level,
        sensitivity=None if level else Sensitivity.WORK_SECRET,
    )


def _heading(key: str) -> str:
    return "入账日期" if key == "on" else label(key)


def _keys(page: type, kind: str) -> Iterator[str]:
    own = [each.name for each in fields(page)]
    if kind == "paper":
        text = [each.name for each in fields(Document) if each.name != "number"]
        own = [*own[:2], *text, *own[2:]]
    yield from own
    if kind not in TABLES:
        yield from _ENTRY


def _value(register: Register, page: Page, key: str) -> Any:
    """A value as a script reads it: text, number, truth or a list; blank for what is not known."""
    if page.entry is not None and key in ("whereabouts", "since", "origin", "holds"):
        if key == "whereabouts":
            return place_of(register, page.entry)
        return plain(getattr(page.entry, key))
    value = page.value(key)
    if key == "keeper":
        return _person(register, value)
    if isinstance(value, (tuple, frozenset)):
        return sorted(str(plain(each)) for each in value)
    if value is None:
        return ""
    return value if isinstance(value, (bool, int, float)) else plain(value)


def _person(register: Register, ref: PersonRef) -> str:
    """A person's name where the name alone leads back to the same person."""
    person = register.people.get(ref)
    if person is None:
        return ref
    same = register.person(person.name)
    return person.name if same is not None and same.number == person.number else ref


def _level(register: Register, page: Page) -> Level | None:
    if isinstance(page.thing, Case):
        found = (register.carriers.get(number) for number in page.thing.subjects)
        levels = [level for entry in found if entry and (level := register.level_of(entry))]
        return max([*levels, *filter(None, [page.thing.level])], default=None)
    own = page.level
    return own if isinstance(own, Level) else None


def written(content: Content, form: str, *, for_programs: bool = False) -> bytes:
    """The bytes of a file of this form, the same for the same content.

    A CSV is made for Excel, with a byte-order mark and guarded against formulas, unless it is
    for programs. Raises ``TooLong`` for what a workbook cannot hold.
    """
    if form == "jsonl":
        return _jsonl(content)
    texts = tuple(tuple(map(_shown, row)) for row in content.rows)
    if form == "xlsx":
        grid = Grid(
            name=content.title,
            title=content.title,
            beside=content.beside.replace("|", "　　"),
            foot=content.sign,
            headers=content.headers,
            rows=texts,
        )
        return xlsx([grid])
    return _csv(content.headers, texts, for_programs=for_programs)


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "、".join(map(str, value))
        case Enum():
            return str(value)
        case _:
            return str(value)


def _jsonl(content: Content) -> bytes:
    lines = (
        json.dumps(dict(zip(content.keys, row, strict=True)), ensure_ascii=False)
        for row in content.rows
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _csv(headers: Sequence[str], rows: Iterable[Sequence[str]], *, for_programs: bool) -> bytes:
    out = io.StringIO(newline="")
    guard = kept if for_programs else guarded
    writer = csv.writer(out, lineterminator="\n" if for_programs else "\r\n")
    writer.writerow(headers)
    writer.writerows([guard(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8" if for_programs else "utf-8-sig")
