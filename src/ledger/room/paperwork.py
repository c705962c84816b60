"""Forms and books of a room: filled from its book, written in the form that is asked for."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from ledger.books import Book
from ledger.books.book import highest, span
from ledger.books.chronicle import Chronicle
from ledger.books.content import Content
from ledger.day import chinese
from ledger.exchange.export import register_content, written
from ledger.forms.docx import docx
from ledger.forms.form import Form, form_named
from ledger.forms.layout import Layout, laid_out, table_of
from ledger.forms.text import text
from ledger.forms.xlsx import xlsx
from ledger.level import Level, Sensitivity
from ledger.room.filling import FILLERS, Filled, Subject, Unfillable
from ledger.room.room import Room
from ledger.spreadsheet import TooLong
from ledger.store.settings import SETTINGS
from ledger.text import clean

__all__ = [
    "FORMATS",
    "Paper",
    "book_content",
    "form_values",
    "import_page",
    "paper_of",
    "register_of",
    "suffix",
    "table",
]

WRITERS: Final[Mapping[str, Callable[[Layout], bytes]]] = {
    "docx": docx,
    "xlsx": xlsx,
    "txt": lambda layout: text(layout).encode(),
}
MOST_CELLS: Final = 60_000
"""How many cells a book to be signed may have: some hundred pages, and as many megabytes to make."""
FORMATS: Final = ("xlsx", "csv", "jsonl", "docx", "txt")
"""What a book or register can be written as; a form as DOCX, XLSX or text."""


@frozen(kw_only=True)
class Paper:
    """A form with its values laid out, and how secret that makes it."""

    form: Form
    layout: Layout
    level: Level | None
    filled: bool
    """Whether anything in it is from the ledger."""

    @property
    def sensitivity(self) -> Sensitivity | None:
        """What it is where it holds no state secret: what the ledger tells stays in the unit."""
        return Sensitivity.WORK_SECRET if self.filled and self.level is None else None

    def written(self, form: str) -> bytes:
        """Its bytes as DOCX, XLSX or text; raises ``TooLong`` for one a word processor chokes on."""
        if form != "xlsx" and len(self.layout.boxes) > MOST_CELLS:
            rows = len(self.layout.heights_cm)
            raise TooLong(f"“{self.layout.title}”有{rows}行，签字的文件放不下，请存成XLSX再打印")
        return WRITERS[form](self.layout)


def _own(room: Room) -> dict[str, Any]:
    """What the unit has set for its forms, under ``[forms]`` in room.toml."""
    data = tomllib.loads((room.folder / SETTINGS).read_text("utf-8"))
    found = data.get("forms", {})
    return dict(found) if isinstance(found, dict) else {}


def paper_of(
    room: Room, word: str, subject: Subject, given: Mapping[str, Any], *, titles: bool = True
) -> Paper:
    """The form of a name, filled from the ledger and with what is given besides.

    Raises ``InvalidForm`` or ``Unfillable``.
    """
    room.refuse_outsiders(whole=True)
    form = form_named(word, room.folder)
    book = Chronicle(room.register, room.acts, subject.start, subject.end, titles=titles)
    filled = FILLERS[form.name](book, subject, room) if form.name in FILLERS else Filled({})
    common = {
        "unit": room.register.unit,
        "date": chinese(room.clock().date()),
        **{key: str(value) for key, value in _own(room).items()},
    }
    values = {**common, **filled.values, **form_values(form, given)}
    level = highest(filled.about, book) if titles else None
    return Paper(
        form=form,
        layout=laid_out(form, values),
        level=level,
        filled=bool(filled.values),
    )


def import_page(room: Room, values: Mapping[str, Any]) -> Paper:
    """The page for the file (导入情况报告) with what an import came to."""
    form = form_named("import_report", room.folder)
    common = {"unit": room.register.unit, "date": chinese(room.clock().date())}
    return Paper(form=form, layout=laid_out(form, {**common, **values}), level=None, filled=True)


def form_values(form: Form, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given by name or by the words printed before the blank; raises ``Unfillable``."""
    labels, names = form.labels(), form.names()
    values = {}
    for key, value in given.items():
        name = labels.get(key, key)
        if name not in names:
            known = "、".join(labels) or "、".join(names)
            raise Unfillable(f"“{form.title}”里没有“{key}”这一栏，有：{known}")
        values[name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    """A value with every line of its texts as the book itself would take it.

    Raises ``InvalidText``.
    """
    match value:
        case str():
            return "\n".join(map(clean, value.split("\n")))
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _beside(room: Room, subject: Subject, rows: int) -> str:
    days = span(subject.start, subject.end)
    parts = (f"单位：{room.register.unit}（盖章）", days, f"共{rows}行")
    return "　　".join(filter(None, parts)) + f"|{chinese(room.clock().date())}"


def book_content(room: Room, book: Book, subject: Subject, *, titles: bool = True) -> Content:
    """A statutory book as it stands, over a span of days if one is given."""
    room.refuse_outsiders(whole=True)
    chronicle = Chronicle(room.register, room.acts, subject.start, subject.end, titles=titles)
    content = book.content(chronicle)
    return evolve(content, beside=_beside(room, subject, len(content.rows)))


def register_of(room: Room, kind: str, *, titles: bool = True) -> Content:
    """A register with every column its records have."""
    room.refuse_outsiders(whole=True)
    content = register_content(room.register, kind, titles=titles)
    return evolve(content, beside=_beside(room, Subject(), len(content.rows)))


def table(content: Content, form: str, *, for_programs: bool = False) -> bytes:
    """The bytes of a book or register in one of ``FORMATS``; raises ``TooLong``."""
    if form in ("docx", "txt"):
        if len(content.rows) * len(content.headers) > MOST_CELLS:
            said = "请导出为XLSX、CSV；按日期记的登记簿可以用 --from、--until 分段"
            raise TooLong(f"“{content.title}”有{len(content.rows)}行，签字的文件放不下，{said}")
        return WRITERS[form](table_of(content))
    return written(content, form, for_programs=for_programs)


def suffix(path: Path) -> str:
    """The form a file's name asks for."""
    return path.suffix.lower().lstrip(".")
