"""A register in the making: what an act changes, record by record."""

from datetime import date, datetime
from typing import Any

from attrs import evolve

from ledger.carrier import Carrier, Document
from ledger.number import Numbering
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site
from ledger.register.access import Operator, Request
from ledger.register.index import INDEXES, Keys
from ledger.register.pages import NOBODY, Members, Working
from ledger.register.proceeding import (
    Activity,
    Disclosure,
    Inspection,
    Meeting,
    Query,
    Supply,
)
from ledger.register.record import Backup, Batch, Case, Change, Count, Entry, Label, Reading, Record
from ledger.register.register import Register
from ledger.register.sequence import Sequence
from ledger.register.standing import Policy, Round, Standing

__all__ = ["Draft"]


class Draft:
    """A register in the making: records are put one by one, then it is finished."""

    carriers: Working[Entry[Carrier]]
    documents: Working[Document]
    cabinets: Working[Cabinet]
    sites: Working[Site]
    people: Working[Person]
    units: Working[Unit]
    cases: Working[Case]
    readings: Working[Reading]
    counts: Working[Count]
    sequences: Working[Sequence]
    idents: Working[int]
    spoiled: Working[str]
    backups: Working[Backup]
    batches: Working[Batch]
    labels: Working[Label]
    holdings: Working[Members]
    shelves: Working[Members]
    kinds: Working[Members]
    copies: Working[Members]
    serials: Working[Members]
    named: Working[Members]
    posts: Working[Members]
    readers: Working[Members]
    unreturned: Working[Members]
    bearers: Working[Members]
    bodies: Working[Body]
    phones: Working[Phone]
    mailboxes: Working[Mailbox]
    standings: Working[Standing]
    rounds: Working[Round]
    policies: Working[Policy]
    meetings: Working[Meeting]
    disclosures: Working[Disclosure]
    supplies: Working[Supply]
    inspections: Working[Inspection]
    activities: Working[Activity]
    queries: Working[Query]
    operators: Working[Operator]
    requests: Working[Request]
    staff: Working[Members]
    wholes: Working[Members]
    lines: Working[Members]
    designated: Working[Members]

    def __init__(self, start: Register) -> None:
        self.start = start
        self.changes: list[Change] = []

    def __getattr__(self, name: str) -> Any:
        """A table, the first time it is asked for."""
        table = getattr(self.start, name).working()
        setattr(self, name, table)
        return table

    @property
    def numbering(self) -> Numbering:
        """The masks of the book."""
        return self.start.numbering

    def open(self, **opening: Any) -> None:
        """Set what the first act says about the book as a whole."""
        self.start = evolve(self.start, **opening)

    def put(self, table: str, key: str, after: Record | None) -> None:
        """Set one record, or take it out with ``None``; the indexes follow."""
        before = getattr(self, table).put(key, after)
        if table in INDEXES:
            names, find = INDEXES[table]
            nowhere: Keys = ((),) * len(names)
            left = nowhere if before is None else find(before)
            joined = nowhere if after is None else find(after)
            for name, old, new in zip(names, left, joined, strict=True):
                if old != new:
                    self._reindex(getattr(self, name), key, old, new)
        self.changes.append(Change(table, key, before, after))

    @staticmethod
    def _reindex(
        index: Working[Members], number: str, old: tuple[str, ...], new: tuple[str, ...]
    ) -> None:
        for key in old:
            if key not in new:
                index[key] = index[key].left_by(number)
        for key in new:
            if key not in old:
                index[key] = index.get(key, NOBODY).joined_by(number)

    def finish(self, acts: int, on: date | None, at: datetime | None) -> Register:
        """The register as it stands after this act."""
        tables: Any = {n: t.finish() for n, t in vars(self).items() if isinstance(t, Working)}
        return evolve(self.start, acts=acts, on=on, at=at, **tables)
