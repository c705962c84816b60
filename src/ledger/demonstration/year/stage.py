"""The stage a made-up unit's year is played on: its book, its days, and choices a seed decides."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeVar

from attrs import define, evolve, field, frozen

from ledger.act import Circumstances
from ledger.carrier import Document, Medium, Network
from ledger.event import Event, Opened
from ledger.exchange.script import read_act
from ledger.level import Level
from ledger.number import Numbering
from ledger.pack import Pack
from ledger.person import Person
from ledger.place import InCabinet, InRoom
from ledger.register.register import EMPTY, Register
from ledger.register.standing import Standing
from ledger.review import Proposal, Refused, propose

__all__ = ["APPROVED", "LEADER", "OFFICER", "UNIT", "Slip", "Stage", "Step"]

UNIT: Final = "示范局"
OFFICER: Final = "王敏"
LEADER: Final = "李国强"
APPROVED: Final = f"主管领导:{LEADER}"
"""The approval most acts need."""
OPENS: Final = time(8, 30)
_PAPERS: Final = {
    "绝密": ("G-01", "1"),
    "机密": ("G-02", "1"),
    "秘密": ("G-02", "2"),
    "": ("G-03", "1"),
}
_MEDIA: Final = {"绝密": ("G-01", "2"), "机密": ("G-04", "1"), "秘密": ("G-04", "2")}
"""In which cabinet and compartment papers and media of a level are locked away."""
_BEGUN: Final = ("meetings", "disclosures", "supplies", "inspections")
T = TypeVar("T")
Plan = Callable[["Stage"], object]


@frozen(kw_only=True)
class Slip:
    """A breach that was planted: the rule that has to find it, and the day by which it has."""

    rule: str
    on: date
    act: int
    """The act it lies in; 0 for something that was not done, which only a check can find."""
    subject: str = ""


@frozen(kw_only=True)
class Step:
    """One act of the year as it is recorded, with the slip it is, if it is one."""

    event: Event
    when: Circumstances
    proposal: Proposal
    slips: tuple[Slip, ...] = ()
    """What of it is a breach, and what was left undone about then."""


@define
class Stage:
    """The book of the made-up unit as its year goes by.

    ``do`` is refused nothing: whatever the unit does by itself keeps to the rules, and what does
    not is a slip and says so.
    """

    random: Random
    pack: Pack
    at: datetime
    register: Register = EMPTY
    stand_in: tuple[str, date] | None = None
    """Who keeps the room for the officer, and until when."""
    pace: int = 60
    """How many seconds an act takes at least, and at most three times as many."""
    steps: list[Step] = field(factory=list)
    undone: list[Slip] = field(factory=list)
    """What was left undone since the last step was taken."""
    plans: dict[date, list[Plan]] = field(factory=dict)
    forgotten: dict[tuple[str, str], date] = field(factory=dict)
    """Until when a duty is forgotten, by its name and subject; blank for all of its subjects."""

    @property
    def on(self) -> date:
        """The day it is."""
        return self.at.date()

    @property
    def officer(self) -> str:
        """Who keeps the room today."""
        if self.stand_in is not None and self.on < self.stand_in[1]:
            return self.stand_in[0]
        return OFFICER

    def begin(self, day: date) -> None:
        """Open the room for a day."""
        self.at, self.pace = datetime.combine(day, OPENS), 60

    def open(self, level: Level) -> None:
        """Open the book."""
        self._record(
            Opened(unit=UNIT, level=level, pack="jiangmen", numbering=Numbering()), {"by": "保密员"}
        )

    def do(self, act: str, **fields: Any) -> Proposal:
        """Do something the unit may do; raises ``Refused`` if it may not after all."""
        line = read_act({"act": act, **fields}, self.register)
        return self._record(line.event, line.circumstances).proposal

    def slip(self, rule: str, act: str, **fields: Any) -> Proposal:
        """Record something that was done although a rule forbids it."""
        line = read_act({"act": act, "happened": "检查时发现", **fields}, self.register)
        step = self._record(line.event, line.circumstances)
        proposal = step.proposal
        slip = Slip(rule=rule, on=self.on, act=proposal.act.n, subject=proposal.number)
        self.steps[-1] = evolve(step, slips=(slip,))
        return proposal

    def forget(self, rule: str, duty: str, until: date, subject: str = "") -> None:
        """Leave a duty undone until a day, so that a check before it finds the rule broken."""
        self.forgotten[duty, subject] = until
        self.undone.append(Slip(rule=rule, on=until, act=0, subject=subject))

    def forgets(self, duty: str, subject: str) -> bool:
        """Whether a duty is being forgotten today."""
        until = self.forgotten.get((duty, subject)) or self.forgotten.get((duty, ""))
        return until is not None and self.on < until

    def neglected(self, subject: str) -> bool:
        """Whether something about a subject is being forgotten today."""
        return any(key[1] == subject and self.on < until for key, until in self.forgotten.items())

    def _record(self, event: Event, circumstances: Mapping[str, Any]) -> Step:
        self.at += timedelta(seconds=self.random.randint(self.pace, 3 * self.pace))
        when = Circumstances(**{"at": self.at, "by": self.officer, **circumstances})
        proposal = propose(event, register=self.register, pack=self.pack, circumstances=when)
        if proposal.refused:
            raise Refused(proposal.findings)
        self.register = proposal.register
        step = Step(event=event, when=when, proposal=proposal)
        self.steps.append(step)
        return step

    def take(self) -> Iterator[Step]:
        """The steps since the last time."""
        if self.steps:
            last = self.steps[-1]
            self.steps[-1] = evolve(last, slips=(*last.slips, *self.undone))
            self.undone = []
        steps, self.steps = self.steps, []
        return iter(steps)

    def later(self, days: int, plan: Plan) -> None:
        """Do something so many days from now, or on the first working day after."""
        self.plans.setdefault(self.on + timedelta(days=days), []).append(plan)

    def due_plans(self) -> list[Plan]:
        """What was planned for today or for days since that were not worked."""
        days = sorted(day for day in self.plans if day <= self.on)
        return [plan for day in days for plan in self.plans.pop(day)]

    def chance(self, of: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random.random() < of

    def pick(self, among: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(among)

    def draw(self, weights: Mapping[T, int]) -> T:
        """One of them, each as often as its weight says."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def some(self, among: Sequence[T], most: int) -> list[T]:
        """A few of them, in an order of their own; fewer where there are not so many."""
        return self.random.sample(list(among), min(most, len(among)))

    def staff(self, level: Level) -> list[Person]:
        """Everybody at work whose category deals with a level, in the order of the register."""
        return [
            person
            for person in self.register.in_order(self.register.people)
            if person.category is not None
            and person.category.level >= level
            and person.left_on is None
            and not self.abroad(person)
        ]

    def abroad(self, person: Person) -> bool:
        """Whether somebody is on a journey."""
        trip = self.standing(person).trip
        return trip is not None and trip.leaves <= self.on

    def shelved(self, kind: type, level: Level | None) -> list[str]:
        """The numbers of the papers or media of a level in the cabinets."""
        return [
            number
            for number in self.register.in_keeping()
            if isinstance((entry := self.register.carriers[number]).thing, kind)
            and isinstance(entry.custody, InCabinet)
            and not entry.missing
            and self.register.level_of(entry) is level
        ]

    def media(self, level: Level | None) -> list[str]:
        """The media of a level the room keeps; without one, those for internal computers."""
        pages = (self.register.carriers[number] for number in self.register.in_keeping())
        return [
            entry.number
            for entry in pages
            if isinstance(entry.thing, Medium)
            and entry.thing.level is level
            and (level is not None or entry.thing.network is Network.INTERNAL)
        ]

    @staticmethod
    def paper_shelf(level: str) -> dict[str, str]:
        """Where papers of a level are locked away; blank for plain ones."""
        cabinet, compartment = _PAPERS[level]
        return {"cabinet": cabinet, "compartment": compartment}

    @staticmethod
    def media_shelf(level: str) -> dict[str, str]:
        """Where media of a level are locked away; nowhere in particular for plain ones."""
        if level not in _MEDIA:
            return {}
        cabinet, compartment = _MEDIA[level]
        return {"cabinet": cabinet, "compartment": compartment}

    def text_of(self, number: str) -> Document:
        """The text of a paper."""
        document = self.register.document_of(number)
        assert document is not None, number
        return document

    def readers(self, number: str) -> list[str]:
        """Who may be given a paper: those at work its circle admits and whose category suffices."""
        document = self.text_of(number)
        if document.level is None or document.circle is None:
            return []
        return [p.name for p in self.staff(document.level) if document.circle.admits(p)]

    def standing(self, person: Person) -> Standing:
        """How somebody stands."""
        return self.register.standings.get(person.number) or Standing(person=person.number)

    def holds(self, person: Person) -> bool:
        """Whether something is in somebody's hands."""
        return bool(self.register.held_by(person.name))

    def keeps(self, person: Person) -> bool:
        """Whether somebody answers for a carrier, a site or a mailbox."""
        register = self.register
        things = (entry.thing for entry in register.open_carriers())
        pages = (*things, *register.sites.values(), *register.mailboxes.values())
        return any(getattr(p, "keeper", "") in (person.number, person.name) for p in pages)

    def brought(self, proposal: Proposal) -> str:
        """The number of the page an act has begun: a meeting, a disclosure, a supply."""
        return next(c.key for c in proposal.changes if c.table in _BEGUN)

    def askers(self, number: str) -> list[str]:
        """Who may ask for a paper: its readers, but for the one whose leave is asked."""
        return [name for name in self.readers(number) if name != LEADER]

    def free(self, number: str) -> bool:
        """Whether the room has a carrier to give."""
        entry = self.register.carriers[number]
        return entry.open and not entry.missing and isinstance(entry.custody, (InRoom, InCabinet))
