"""存成文件: a register, a book or a form out of the room, under one name each, recorded and judged."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from attrs import frozen

from ledger.books import BOOKS, book_named
from ledger.forms.form import form_named, shipped
from ledger.level import Level, Sensitivity
from ledger.notation.words import KIND_LABELS
from ledger.review import Proposal
from ledger.room.exporting import NoTarget, Outgoing, send_out
from ledger.room.filling import Subject
from ledger.room.outgoing import put
from ledger.room.paperwork import (
    FORMATS,
    WRITERS,
    book_content,
    paper_of,
    register_of,
    suffix,
    table,
)
from ledger.room.room import Room

__all__ = ["Kind", "Saved", "formats", "kinds", "save"]


@frozen(kw_only=True)
class Kind:
    """One thing that can be written as a file."""

    name: str
    title: str
    sort: str
    """登记, 登记簿 or 表格."""
    about: str = ""
    """What a form is filled from; blank for one that is written by hand, and for lists."""


@frozen(kw_only=True)
class Saved:
    """A file that was written, and the acts that say so; none for a form without content."""

    path: Path
    proposals: tuple[Proposal, ...] = ()


def kinds(room: Room) -> Iterator[Kind]:
    """Everything that can be written, in the order in which an officer meets it."""
    for name in shipped():
        form = form_named(name, room.folder)
        yield Kind(
            name=name, title=form.title.replace("{place}", ""), sort="表格", about=form.about
        )
    for book in BOOKS:
        yield Kind(name=book.name, title=book.title, sort="登记簿")
    for name, title in KIND_LABELS.items():
        yield Kind(name=name, title=f"{title}登记", sort="登记")


def formats(kind: Kind) -> tuple[str, ...]:
    """The endings a file of a kind can have."""
    return tuple(WRITERS) if kind.sort == "表格" else FORMATS


def save(
    room: Room,
    kind: Kind,
    path: Path,
    *,
    subject: Subject | None = None,
    target: str = "",
    purpose: str = "",
    titles: bool = True,
) -> Saved:
    """Write one thing to a file and the acts that say where it went.

    Raises ``Unfillable``, ``InvalidForm``, ``NoTarget``, ``Refused`` where the target may not hold
    it, ``TooLong``, and what writing raises; then there is no file.
    """
    form, about = suffix(path), subject or Subject()
    if form not in formats(kind):
        raise NoTarget(f"文件名要以 {'、'.join(formats(kind))} 结尾，现为“{path.name}”")
    if path.exists():
        raise NoTarget(f"“{path}”已经存在，请换一个文件名")
    if kind.sort == "表格":
        paper = paper_of(room, kind.name, about, {}, titles=titles)
        if not paper.filled:
            return Saved(path=put(path, paper.written(form)))
        ready = _Ready(kind.title, paper.written(form), 0, paper.level, None)
    else:
        ready = _listed(room, kind, form, about, titles=titles)
    outgoing = Outgoing(
        what=ready.what,
        content=ready.content,
        rows=ready.rows,
        level=ready.level,
        sensitivity=ready.sensitivity,
        path=path,
        by=room.by,
        target=target,
        purpose=purpose,
    )
    return Saved(path=path, proposals=send_out(room, outgoing))


class _Ready(NamedTuple):
    """What is about to be written, and how secret that makes it."""

    what: str
    content: bytes
    rows: int
    level: Level | None
    sensitivity: Sensitivity | None


def _listed(room: Room, kind: Kind, form: str, about: Subject, *, titles: bool) -> _Ready:
    """A statutory book or a plain register."""
    book = book_named(kind.title) if kind.sort == "登记簿" else None
    content = (
        book_content(room, book, about, titles=titles)
        if book is not None
        else register_of(room, kind.name, titles=titles)
    )
    raw = table(content, form)
    return _Ready(content.title, raw, len(content.rows), content.level, content.sensitivity)
