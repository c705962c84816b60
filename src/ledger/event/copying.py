"""Secrets that make new secrets: copied, excerpted, compiled."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.carrier import Document
from ledger.number import CarrierNo, PersonRef

__all__ = ["Compiled", "Copied", "Excerpted"]


@frozen(kw_only=True)
class Copied:
    """复印: each photocopy is a carrier of its own, bound like the original (载体制度 一（九）)."""

    original: CarrierNo
    copies: int
    numbers: tuple[CarrierNo, ...] = ()
    purpose: str = ""
    machine: CarrierNo = CarrierNo("")
    receiver: PersonRef = PersonRef("")
    clear_by: date | None = None
    approvals: tuple[Approval, ...] = ()
    waste: str = ""
    """What became of spoiled and surplus sheets."""


@frozen(kw_only=True)
class Excerpted:
    """摘录: part of a text was written out, into a notebook or on sheets of its own."""

    source: CarrierNo
    into: CarrierNo = CarrierNo("")
    """The notebook written in; blank when a new paper was made."""
    document: Document | None = None
    """The new text; all but its title is taken over from the source."""
    number: CarrierNo = CarrierNo("")
    pages: int | None = None
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Compiled:
    """汇编: several texts became one, under the highest level and longest term among them."""

    parts: tuple[CarrierNo, ...]
    document: Document
    """The new text; its mark and circle are worked out from the parts unless a person had to
    decide between terms that cannot be compared."""
    copies: int = 1
    numbers: tuple[CarrierNo, ...] = ()
    pages: int | None = None
    approvals: tuple[Approval, ...] = ()
