"""Marks, circles and pages that change, and mistakes that are put right without erasing."""

from datetime import date

from attrs import frozen

from ledger.approval import Approval
from ledger.carrier import Document
from ledger.event.intake import Thing
from ledger.mark import Mark
from ledger.number import CarrierNo, DocumentNo
from ledger.person import Circle

__all__ = [
    "Amended",
    "CircleFixed",
    "Declassified",
    "Extended",
    "NumberVoided",
    "Regraded",
    "Voided",
]


@frozen(kw_only=True)
class CircleFixed:
    """确定知悉范围: the leader in charge said who may know (载体制度 一（四）1)."""

    document: DocumentNo
    circle: Circle
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Regraded:
    """变更: the originator's notice changed level, term or circle (保守国家秘密法第二十三条)."""

    document: DocumentNo
    mark: Mark
    notice_no: str
    issuer: str
    notice_on: date | None = None
    circle: Circle | None = None
    approvals: tuple[Approval, ...] = ()
    """Who decided, where the unit changes a mark of its own."""


@frozen(kw_only=True)
class Declassified:
    """解密: by the originator's notice, or because the term ended and nobody extended it."""

    document: DocumentNo
    notice_no: str = ""
    issuer: str = ""
    no_extension: bool = False
    """Whether the officer confirmed that no notice of extension was received."""
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class Extended:
    """延长使用: the issuer agreed that papers may be kept longer (载体制度 一（八）2)."""

    carriers: tuple[CarrierNo, ...]
    until: date
    agreed_by: str


@frozen(kw_only=True)
class Amended:
    """更正登记: a page is written anew where a fact about the thing has changed."""

    thing: Thing | Document
    approvals: tuple[Approval, ...] = ()


@frozen(kw_only=True)
class NumberVoided:
    """作废编号: a number was spoiled; it stays in its place and is never given again."""

    number: str
    reason: str


@frozen(kw_only=True)
class Voided:
    """冲销: an act was written by mistake; its effect is undone and both lines stay."""

    voids: int
    reason: str
