"""How a book is written: its name, its columns, and a short function that yields its lines."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from ledger.books.chronicle import Chronicle
from ledger.books.content import Content
from ledger.day import chinese
from ledger.level import Level, Sensitivity

__all__ = ["Book", "Line", "approvers", "moment", "span", "together"]


@frozen
class Line:
    """One line of a book, and the carriers it tells of, which say how secret it is."""

    cells: tuple[Any, ...]
    about: tuple[str, ...] = ()


@frozen(kw_only=True)
class Book:
    """A statutory book or ledger."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    """The name of each column for scripts, and its heading."""
    lines: Callable[[Chronicle], Iterator[Line]] = field(repr=False)
    other: tuple[str, ...] = ()
    """What else officers call it."""
    secret: bool = True
    """Whether a line tells what a secret is about, or only that there is one."""
    sign: str = ""
    """Who signs below it."""

    def content(self, chronicle: Chronicle, beside: str = "") -> Content:
        """The book as it stands."""
        lines = list(self.lines(chronicle))
        numbers = {number for line in lines for number in line.about}
        level = highest(numbers, chronicle) if self.secret and chronicle.titles else None
        return Content(
            title=self.title,
            headers=tuple(heading for _, heading in self.columns),
            keys=tuple(name for name, _ in self.columns),
            rows=tuple(line.cells for line in lines),
            level=level,
            sensitivity=None if level else Sensitivity.WORK_SECRET,
            beside=beside,
            sign=self.sign,
        )


def highest(numbers: Iterable[str], chronicle: Chronicle) -> Level | None:
    """The highest level among some carriers."""
    pages = chronicle.register.carriers
    entries = (pages[number] for number in numbers if number in pages)
    levels = [level for entry in entries if (level := chronicle.register.level_of(entry))]
    return max(levels, default=None)


def approvers(event: Any) -> str:
    """Who approved an act, in a line."""
    return "、".join(str(approval) for approval in event.approvals)


def moment(act: Any) -> str:
    """The day of an act, with its hour where that was written."""
    if act is None:
        return ""
    return f"{act.on} {act.clock:%H:%M}" if act.clock else str(act.on)


def span(start: date | None, end: date | None) -> str:
    """The days a book is about, in words; blank where it is about all."""
    if start is None and end is None:
        return ""
    return f"{chinese(start) if start else '开账'}至{chinese(end) if end else '今日'}"


def together(parts: Iterable[str]) -> str:
    """Some texts as one, each once, blank ones left out."""
    return "、".join(dict.fromkeys(filter(None, parts)))
