"""What the acts of a book tell of a carrier: what happened to it, and when it came back."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from ledger.act import Act
from ledger.carrier import Document, Paper
from ledger.event import Event, Voided
from ledger.number import CarrierNo
from ledger.place import AtUnit, Closed
from ledger.reference import references
from ledger.register.register import Register

__all__ = ["Chronicle"]

EventT = TypeVar("EventT", bound=Event)


class Chronicle:
    """The acts of a book that still hold, and what its register has of the things they name."""

    def __init__(
        self,
        register: Register,
        acts: Iterable[Act],
        start: date | None = None,
        end: date | None = None,
        *,
        titles: bool = True,
    ) -> None:
        known = list(acts)
        voided = {act.event.voids for act in known if isinstance(act.event, Voided)}
        self.register = register
        self.acts = [act for act in known if act.n not in voided]
        self.start, self.end = start or date.min, end or date.max
        self.titles = titles
        self._about: dict[str, list[Act]] | None = None

    def of(self, *kinds: type[EventT]) -> Iterator[tuple[Act, EventT]]:
        """The acts of some kinds within the span, in the order of their days."""
        found = [
            act
            for act in self.acts
            if isinstance(act.event, kinds) and self.start <= act.on <= self.end
        ]
        for act in sorted(found, key=lambda act: (act.on, act.n)):
            event: Any = act.event
            yield act, event

    def next(self, number: str, after: Act, *kinds: type[Event]) -> Act | None:
        """The first act of some kinds about a carrier after another act."""
        later = (act for act in self._acts_about(number) if act.n > after.n)
        return next((act for act in later if isinstance(act.event, kinds)), None)

    def _acts_about(self, number: str) -> list[Act]:
        if self._about is None:
            self._about = {}
            for act in self.acts:
                for named in references(act.event, CarrierNo):
                    self._about.setdefault(named, []).append(act)
        return self._about.get(number, [])

    def text(self, number: str) -> Document:
        """The text a carrier is a copy of; an empty one for a carrier that is no paper."""
        return self.register.document_of(number) or Document()

    def title(self, number: str) -> str:
        """What a carrier is called in a list: its title, or its 代称 where titles are not shown."""
        entry = self.register.carriers.get(number)
        if entry is None:
            return ""
        if isinstance(entry.thing, Paper):
            return self.text_title(self.text(number))
        return str(getattr(entry.thing, "name", "") or getattr(entry.thing, "model", ""))

    def text_title(self, text: Document) -> str:
        """What a text is called in a list."""
        return text.title or text.alias if self.titles else text.alias

    def doc_no(self, text: Document) -> str:
        """The issuer's number of a text, where such numbers are shown."""
        return text.doc_no if self.titles else ""

    def mark(self, number: str) -> str:
        """The mark of a paper or the level of another carrier."""
        text = self.register.document_of(number)
        if text is not None:
            return str(text.mark or "")
        entry = self.register.carriers.get(number)
        return str((entry and self.register.level_of(entry)) or "")

    def level(self, number: str) -> str:
        """The level of a carrier, in a word."""
        entry = self.register.carriers.get(number)
        return str((entry and self.register.level_of(entry)) or "")

    def copy_no(self, number: str) -> str:
        """The issuer's number of a copy."""
        return self._of_paper(number, "copy_no")

    def incoming_no(self, number: str) -> str:
        """The number under which a paper came in."""
        return self._of_paper(number, "incoming_no")

    def pages(self, number: str) -> str:
        """How many pages a paper has."""
        return self._of_paper(number, "pages")

    def _of_paper(self, number: str, name: str) -> str:
        entry = self.register.carriers.get(number)
        value = getattr(entry.thing, name, "") if entry is not None else ""
        return "" if value is None else str(value)

    def name(self, ref: str) -> str:
        """The name of a person or an outside unit."""
        page = self.register.person(ref) or self.register.outside(ref)
        return page.name if page else ref

    def names(self, refs: Iterable[str]) -> str:
        """The names of several people or units."""
        return "、".join(map(self.name, refs))

    def gone(self, number: str) -> tuple[str, str]:
        """How a carrier left the book and on which day; blank while it is there."""
        entry = self.register.carriers.get(number)
        if entry is None or not isinstance(entry.custody, (Closed, AtUnit)):
            return "", ""
        where = entry.custody
        word = str(where) if isinstance(where, Closed) else f"在{self.name(where.unit)}"
        return word, str(entry.since)
