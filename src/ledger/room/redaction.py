"""涂销: a text typed by mistake is blanked everywhere in the book, and the book says so."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from ledger.event import Redacted
from ledger.notation.fields import label
from ledger.register.lineage import made_of
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.review import Proposal, Refused
from ledger.room.room import Room
from ledger.store.blanking import QUOTING, Blank, blanked, spans_of
from ledger.store.book import Book
from ledger.store.cipher import ACTS, NAME, Codec, found_in
from ledger.store.disk import DISK
from ledger.store.line import GENESIS, HEAD_LENGTH
from ledger.store.place import year_file
from ledger.store.registers import key_of
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["NoRedaction", "redact"]

OF_PAGES: Final = (
    "title",
    "alias",
    "attachments",
    "name",
    "remark",
    "doc_no",
    "issuer",
    "model",
    "purpose",
    "department",
    "place",
    "post",
    "phone",
    "address",
    "contact",
)
"""The fields of pages that may be blanked: what a person wrote and no rule depends on."""
OF_ACTS: Final = (
    "note",
    "happened",
    "reason",
    "remark",
    "purpose",
    "queried",
    "waste",
    "measures",
    "fault",
    "destination",
    "circumstances",
    "where",
    "outcome",
    "result",
    "violations",
    "visitors",
)
"""The fields of acts that may be blanked."""
_SHORTEST: Final = 2
_SEALED: Final = f'{{"{NAME}":"'.encode()
"""What every sealed text begins with."""
_TABLES: Final = ("people", "units", "cabinets", "sites")


class NoRedaction(Misuse, ValueError):
    """Nothing that can be blanked; the message is a Chinese sentence."""


def redact(room: Room, subject: str | int, field: str, *, reason: str, by: str) -> Proposal:
    """Blank the text of a field, in every line that ever said it, and record that.

    ``subject`` is the number of a page, or of an act. Raises ``NoRedaction``, and what
    ``Room.record`` raises.
    """
    with room.writing():
        if isinstance(subject, int):
            field = _field(field, OF_ACTS)
            names, text = _of_act(room, subject, field)
            event = Redacted(subject="", act_no=subject, field=field, reason=reason)
        else:
            field = _field(field, OF_PAGES)
            names, text = _of_page(room.register, subject, field)
            event = Redacted(subject=subject, field=field, reason=reason)
        if len(text) < _SHORTEST:
            raise NoRedaction(f"“{label(field)}”没有{_SHORTEST}个字以上的内容可以涂销")
        proposal = room.propose(event, by=by)
        if proposal.refused:
            raise Refused(proposal.findings)
        blanks = list(_blanks(room.book, names, field, text))
        _torn(room.book, text)
        room.write((proposal,), {"blanked": [list(blank) for blank in blanks]})
        room.book.blanks += blanks
        room.book.finish_blanking()
        room.follow()
    return proposal


def _field(name: str, known: tuple[str, ...]) -> str:
    for field in known:
        if name in (field, label(field)):
            return field
    raise NoRedaction(f"{quoted(name)}不能涂销，可以涂销的有：{'、'.join(map(label, known))}")


def _of_act(room: Room, n: int, field: str) -> tuple[set[str], str]:
    """The numbers whose pages may say what an act says, and the text."""
    try:
        line = room.acts.line(n)
    except IndexError:
        raise NoRedaction(f"流水里没有第{n}笔") from None
    place = n - int(line["n"])
    act = room.book.codec.opened(ACTS, n, line["acts"][place])
    text = str(act.get(field, ""))
    about = line["about"][place] if "about" in line else ()
    return {f"#{n}", *about}, text


def _of_page(register: Register, subject: str, field: str) -> tuple[set[str], str]:
    """The numbers whose pages may say the text, and the text."""
    document = register.documents.get(subject) or register.document_of(subject)
    entry = register.carriers.get(subject)
    pages: list[Any] = [document, entry and entry.thing]
    pages += [getattr(register, name).get(subject) for name in _TABLES]
    for page in filter(None, pages):
        if text := str(getattr(page, field, "") or ""):
            names = {subject, page.number}
            if page is document and document is not None:
                names |= set(register.copies.get(document.number, NOBODY))
                names |= {whole.number for whole in made_of(register, document.number)}
            return names, text
    return set(), ""


def _blanks(book: Book, names: set[str], field: str, text: str) -> Iterator[Blank]:
    """Every line that says the text of one of these pages, as it is to be blanked."""
    plain = orjson.dumps(text)[1:-1]
    line, head = 0, GENESIS.encode()
    for year in book.journal.years():
        view = DISK.view(book.journal.folder / year_file(year))
        start = 0
        while start < len(view):
            end = view.find(b"\n", start) + 1 or len(view)
            raw = view[start:end]
            line += 1
            known = plain in raw or (book.codec.sealing and _SEALED in raw)
            if known and (spans := _spans(raw, names, field, text, book.codec)):
                new = book.journal.digest(head + blanked(raw, spans)[:-HEAD_LENGTH])
                yield Blank(line, new, year, start, spans)
            start, head = end, raw[-len(GENESIS) - 3 : -3]


class _Piece(NamedTuple):
    """An act or document of a line, and where it stands, to which what is sealed in it is bound."""

    table: str
    number: int
    said: Mapping[str, Any]


def _spans(
    raw: bytes, names: set[str], field: str, text: str, codec: Codec
) -> tuple[tuple[int, int], ...]:
    """Where a line says the text, in the acts and documents of these pages only."""
    data = orjson.loads(raw)
    acts = (_Piece(ACTS, act["n"], act) for act in data.get("acts", ()))
    pieces = [act for act in acts if not names.isdisjoint((*_texts(act.said), f"#{act.number}"))]
    documents = (_Piece(*each) for each in data.get("records", ()) if each[2])
    pieces += [document for document in documents if key_of(document.said) in names]
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        plain = orjson.dumps(piece.said)
        start = raw.find(plain)
        while start >= 0:
            spans += spans_of(raw, start, start + len(plain), field, text)
            start = raw.find(plain, start + len(plain))
        spans += _sealed_spans(raw, piece, (field, *QUOTING), text, codec)
    return tuple(sorted(set(spans)))


def _sealed_spans(
    raw: bytes, piece: _Piece, fields: tuple[str, ...], text: str, codec: Codec
) -> Iterator[tuple[int, int]]:
    """Where a sealed text stands that says it; all of it goes, as no part of it can."""
    opened = codec.opened(piece.table, piece.number, piece.said)
    for found in found_in(piece.said, opened):
        if found.name in fields and text in found.text:
            yield raw.index(found.token.encode()), len(found.token)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _torn(book: Book, text: str) -> None:
    """Blank the text in half-written ends that were set aside."""
    plain = orjson.dumps(text)[1:-1]
    for path in sorted(Path(book.journal.folder).glob("*.torn-*")):
        raw = path.read_bytes()
        if plain in raw:
            file = DISK.open(path)
            file.write(0, raw.replace(plain, b"*" * len(plain)))
            file.sync()
            file.close()
