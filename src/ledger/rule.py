"""How a rule is written, and how the rules are asked.

A rule is an article's citation, its gist in our own words, its force, and a short pure function
that yields a breach for each fact the article does not allow. It never reads the clock, raises
or changes anything. What it is asked about is a planned or recorded event, the page of a
carrier, or the register as a whole; the function's ``on`` says which.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from attrs import field, frozen

from ledger.act import Act
from ledger.carrier import Carrier, Document, Notebook, Paper
from ledger.finding import Breach, Finding, Force
from ledger.mark import Level
from ledger.pack import Pack
from ledger.place import AtUnit, Awaiting, Custody, InTransit, WithPerson
from ledger.register.pages import NOBODY
from ledger.register.record import Change, Entry
from ledger.register.register import Register
from ledger.regulation import LOCAL, Citation

__all__ = ["ASKING", "DOOR", "Desk", "Look", "Rule", "ask", "by_subject", "rule"]


CarrierT = TypeVar("CarrierT", bound=Carrier)
ASKING: Final = -2
"""The session of a question: what would stand against an act, whoever were to write it."""
DOOR: Final = -1
"""The session in which sign-ins themselves are written."""
Pages = Iterator[Entry[CarrierT]]


@frozen(kw_only=True)
class Desk:
    """What lies before the officer: the register, the unit's pack, the day, and who he is."""

    register: Register
    pack: Pack
    on: date
    by: str = ""
    today: date | None = None
    """The day of writing, where it matters."""
    at: datetime | None = None
    """The moment of writing, likewise."""
    session: int = 0
    """The act by which whoever writes has signed in."""
    meanwhile: tuple[Act, ...] = ()
    """What was written since whoever decided last looked."""
    undoing: tuple[Change, ...] = ()
    """What the act that is to be voided has changed."""
    importing: str = ""
    """The request by which a file is being taken in, while it is."""

    @property
    def guarded(self) -> bool:
        """Whether the room has operators, and so takes nobody at his word."""
        return self.register.guarded

    def entry(self, number: str) -> Entry[Carrier] | None:
        """The page of a carrier, if it has one."""
        return self.register.carriers.get(number)

    def level(self, number: str) -> Level | None:
        """The level of a carrier; ``None`` if it is not secret or not in the book."""
        entry = self.entry(number)
        return None if entry is None else self.register.level_of(entry)

    def secret(self, page: Entry[Carrier]) -> Level | None:
        """The highest level a thing has or has ever held; ``None`` if it was never secret."""
        own = (self.register.level_of(page), page.holds)
        return max((level for level in own if level is not None), default=None)

    def entries(self, numbers: Iterable[str]) -> Iterator[Entry[Carrier]]:
        """The pages of those numbers that have one."""
        carriers = self.register.carriers
        return (carriers[number] for number in numbers if number in carriers)

    def pages(self, numbers: Iterable[str], kind: type[CarrierT]) -> "Pages[CarrierT]":
        """The pages of those numbers that are carriers of one kind."""
        for number in numbers:
            entry = self.entry(number)
            if entry is not None and isinstance(entry.thing, kind):
                yield cast("Entry[CarrierT]", entry)

    def papers(self, numbers: Iterable[str]) -> Iterator[tuple[str, Document]]:
        """The secret papers among those numbers, each with its text."""
        for entry in self.pages(numbers, Paper):
            document = self.register.documents[entry.thing.document]
            if document.level is not None:
                yield entry.number, document

    def on_paper(self, numbers: Iterable[str]) -> Iterator[tuple[str, Level]]:
        """The secret papers and notebooks among those numbers, each with its level."""
        for number in numbers:
            page = self.entry(number)
            if page is not None and isinstance(page.thing, (Paper, Notebook)):
                level = self.secret(page)
                if level is not None:
                    yield number, level

    def name(self, ref: str) -> str:
        """The name of a person or unit the book knows by this number; else what was written."""
        page = self.register.person(ref) or self.register.outside(ref)
        return ref if page is None else page.name

    def where(self, custody: Custody) -> str:
        """Where a carrier is, in words an officer would use."""
        match custody:
            case WithPerson(person, purpose):
                return f"{self.name(person)}手上（{purpose}）"
            case InTransit(bearers, to):
                return f"{'、'.join(map(self.name, bearers))}往{self.name(to)}途中"
            case AtUnit(unit, purpose):
                return f"{self.name(unit)}（{purpose}）"
            case Awaiting(receiver=receiver):
                return f"移交途中，待{self.name(receiver)}签收"
            case _:
                return str(custody)

    @property
    def officers(self) -> frozenset[str]:
        """Numbers and names of the registered 保密员; empty while the room has named none."""
        people = map(self.register.people.__getitem__, self.register.posts.get("保密员", NOBODY))
        return frozenset(name for p in people for name in (p.number, p.name))

    @property
    def by_officer(self) -> bool:
        """Whether the act is the officer's or his stand-in's.

        A room that has named no officer takes it for granted.
        """
        return self.by == "保密员" or not self.officers or self.keeps_the_room(self.by)

    def keeps_the_room(self, ref: str) -> bool:
        """Whether somebody is the officer, or keeps the room for him on this day."""
        if ref in self.officers:
            return True
        person = self.register.person(ref)
        standing = None if person is None else self.register.standings.get(person.number)
        until = None if standing is None else standing.stands_in_until
        return until is not None and self.on <= until


Look = Callable[[Any, Desk], Iterator[Breach]]


@frozen
class Rule:
    """One article, or one demand of it, as something that can be asked."""

    cites: Citation
    force: Force
    gist: str
    remedy: str
    on: tuple[type, ...]
    look: Look = field(repr=False)
    note: str = ""
    """Where the article and today's law differ, and what was decided."""
    local: bool = False
    """Whether it is an article of one unit's own, which holds only where its pack says so."""

    @property
    def name(self) -> str:
        """The fact the rule demands, as its function is called."""
        return self.look.__name__

    def holds_under(self, pack: Pack) -> bool:
        """Whether a unit's pack has chosen this article, or one of its own that says the same."""
        return self.cites.regulation in pack.regulations or self.name in pack.cites

    def finding(self, breach: Breach, pack: Pack) -> Finding:
        """What the rule says of one breach of it, by the unit's own article where its pack has one."""
        return Finding(
            self.force,
            breach.subject,
            breach.fact,
            pack.cites.get(self.name, self.cites),
            self.gist,
            self.remedy,
            self.name,
            self.note,
        )


def rule(
    cites: Citation,
    force: Force,
    gist: str,
    *,
    on: type | tuple[type, ...],
    remedy: str,
    note: str = "",
) -> Callable[[Look], Rule]:
    """Make a rule of the function below; nothing is registered by it."""
    subjects = on if isinstance(on, tuple) else (on,)
    local = cites.regulation in _LOCAL
    return lambda look: Rule(cites, force, gist, remedy, subjects, look, note, local)


_LOCAL: Final = frozenset(regulation.short for regulation in LOCAL)


def by_subject(rules: Iterable[Rule]) -> Mapping[type, tuple[Rule, ...]]:
    """The rules by the kind of subject they are asked about."""
    table: dict[type, tuple[Rule, ...]] = {}
    for each in rules:
        for subject in each.on:
            table[subject] = (*table.get(subject, ()), each)
    return table


def ask(subject: object, desk: Desk, rules: Mapping[type, tuple[Rule, ...]]) -> Iterator[Finding]:
    """What all rules about this kind of subject say, in their order.

    A carrier's page is a subject of the kind of its carrier.
    """
    kind = type(subject.thing) if isinstance(subject, Entry) else type(subject)
    for each in rules.get(kind, ()):
        if each.local and not each.holds_under(desk.pack):
            continue
        for breach in each.look(subject, desk):
            yield each.finding(breach, desk.pack)
