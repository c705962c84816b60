"""A plan put to the rules: every act after those before it, rows that fail left out if asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, cast

from attrs import evolve, frozen

from ledger.act import Circumstances
from ledger.approval import Approval
from ledger.event import Archived, Cleared, Destroyed, Disposed, Event, Registered
from ledger.exchange.cell import Fault
from ledger.exchange.importing import Plan
from ledger.exchange.rejects import rejected_rows
from ledger.exchange.sorting import Closure, Planned
from ledger.number import CarrierNo, DocumentNo
from ledger.pack import Pack
from ledger.register.register import EMPTY, Register
from ledger.review import Proposal, propose

__all__ = ["Judged", "Judgement", "judge"]

_UNKNOWN = "文件未写明"


@frozen
class Judged:
    """An act on its way into the book, and the rows it is for."""

    rows: tuple[tuple[str, int], ...]
    proposal: Proposal
    what: Literal["new", "updated", "closed"]


@frozen
class Judgement:
    """What a plan comes to: its acts, what keeps rows out, and the register it would leave."""

    acts: tuple[Judged, ...]
    faults: tuple[Fault, ...]
    register: Register


@frozen(kw_only=True)
class Bench:
    """What an import is judged with."""

    register: Register
    pack: Pack
    when: Circumstances
    approvals: tuple[Approval, ...] = ()
    skip: bool = False
    """Whether good rows are taken although others are wrong."""
    tell: Callable[[int, int], None]


def judge(plan: Plan, bench: Bench) -> Judgement:
    """What the rules say of every act; with ``skip``, of those whose whole rows may be taken.

    A row that brings several acts is taken with all of them or with none.
    """
    faults = [*plan.faults, *plan.held]
    out = set(rejected_rows(faults)) if bench.skip else set[tuple[str, int]]()
    while True:
        run = _Run(plan, bench, frozenset(out))
        acts = tuple(run.acts())
        against = [each for each in acts if each.proposal.refused]
        faults += [fault for each in against for fault in _told(each)]
        if not bench.skip or not against:
            return Judgement(acts, tuple(faults), run.register)
        out |= {row for each in against for row in each.rows}


def _told(refused: Judged) -> Iterator[Fault]:
    for sheet, row in refused.rows:
        for found in refused.proposal.findings:
            if found.force.binds:
                yield Fault(
                    row=row,
                    sheet=sheet,
                    message=found.fact,
                    code="rule",
                    hint=found.remedy,
                    rule=found.rule,
                )


class _Run:
    """One pass over a plan, with the rows of ``out`` left out."""

    def __init__(self, plan: Plan, bench: Bench, out: frozenset[tuple[str, int]]) -> None:
        self.plan, self.bench, self.out = plan, bench, out
        self.register = bench.register
        self.texts: dict[object, DocumentNo] = {}
        """The documents that papers of this file have brought, for the next copies of them."""
        self.numbers: dict[int, str] = {}
        """The number each new record was given, by its place in the plan."""

    def acts(self) -> Iterator[Judged]:
        """The acts in the order in which they are written."""
        every = len(self.plan.new) + len(self.plan.updated)
        for place, row in enumerate(self.plan.new):
            if (row.sheet, row.row) not in self.out:
                yield self._new(place, row)
            self.bench.tell(place + 1, every)
        for place, row in enumerate(self.plan.updated, len(self.plan.new)):
            if (row.sheet, row.row) not in self.out:
                yield self._judged((row,), row.event, "updated")
            self.bench.tell(place + 1, every)
        yield from self._closed()

    def _new(self, place: int, row: Planned) -> Judged:
        event = cast("Registered", row.event)
        shared = self.texts.get(row.text) if row.text is not None else None
        if shared is not None and event.document is not None:
            thing = evolve(cast("Any", event.thing), document=shared)
            event = evolve(event, thing=thing, document=None)
        judged = self._judged((row,), event, "new", on=row.on)
        if not judged.proposal.refused:
            done = cast("Any", judged.proposal.act.event).thing
            self.numbers[place] = done.number
            if row.text is not None:
                self.texts[row.text] = done.document
        return judged

    def _judged(
        self,
        rows: Sequence[Planned | Closure],
        event: Event,
        what: Literal["new", "updated", "closed"],
        *,
        on: date | None = None,
        happened: str = "",
    ) -> Judged:
        where = tuple((row.sheet, row.row) for row in rows)
        note = "、".join(f"{sheet}第{number}行" for sheet, number in where[:_MOST_NAMED])
        proposal = propose(
            event,
            register=self.register,
            pack=self.bench.pack,
            circumstances=evolve(self.bench.when, on=on, note=note, happened=happened),
        )
        self.register = proposal.register
        # A register for each of a hundred thousand acts would fill the memory; the last is enough.
        return Judged(where, evolve(proposal, register=EMPTY), what)

    def _closed(self) -> Iterator[Judged]:
        """The acts that close what the file says is gone, one for all rows that say the same."""
        groups: dict[Any, list[Closure]] = {}
        for row in self.plan.closures:
            if (row.sheet, row.row) not in self.out:
                key = (row.act, tuple(sorted(row.details.items())))
                groups.setdefault(key, []).append(row)
        for (act, details), rows in groups.items():
            found = (row.number or self.numbers.get(row.planned, "") for row in rows)
            numbers = tuple(CarrierNo(number) for number in found if number)
            for event in _closing(act, dict(details), numbers, self.bench.approvals):
                why = f"{self.plan.source.name}记载"
                yield self._judged(rows, event, "closed", happened=why)


_MOST_NAMED = 10
"""How many rows the note of an act names."""


def _closing(
    act: str,
    told: Mapping[str, Any],
    numbers: tuple[CarrierNo, ...],
    approvals: tuple[Approval, ...],
) -> Iterator[Event]:
    if not numbers:
        return
    if act == "destroyed":
        yield Destroyed(
            carriers=numbers,
            witnesses=told.get("witnesses", ()),
            method=told.get("method", _UNKNOWN),
            counted=len(numbers),
            approvals=approvals,
        )
    elif act == "cleared":
        to, receiver = told.get("to", _UNKNOWN), told.get("receiver", _UNKNOWN)
        yield Cleared(carriers=numbers, to=to, receiver=receiver, list_no=told.get("list_no", ""))
    elif act == "archived":
        yield Archived(carriers=numbers, archive_no=told.get("archive_no", _UNKNOWN))
    else:
        for number in numbers:
            yield Disposed(carrier=number, way=told.get("way", "报废"), approvals=approvals)
