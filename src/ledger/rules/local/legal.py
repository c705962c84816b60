"""《市人民政府法制办公室保密规章制度》: drafts kept, distribution printed, disks by level."""

from collections.abc import Iterator

from ledger.carrier import Medium
from ledger.event import Produced, Written
from ledger.finding import Breach, Force
from ledger.regulation.local import LEGAL
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    LEGAL["二（二）"],
    Force.REQUIRES,
    "印制前要准确标明密级和发放范围",
    on=Produced,
    remedy="写明发放范围再印。",
)
def printed_with_its_distribution(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """A secret paper says to whom it is issued before it is printed."""
    if event.document.level is not None and not event.document.distribution:
        yield Breach(event.document.number or event.document.title, "没有写明发放范围")


@rule(
    LEGAL["二（二）"],
    Force.REQUIRES,
    "定稿、重要修改稿和历次清样，要送档案室存档",
    on=Produced,
    remedy="送档案室（不需存档的销毁），写明底稿去向。",
)
def drafts_go_to_the_archive(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """Where the drafts of a secret paper went is written down."""
    if event.document.level is not None and not event.drafts:
        yield Breach(event.document.number or event.document.title, "没有写明底稿、清样的去向")


@rule(
    LEGAL["四（五）"],
    Force.REQUIRES,
    "磁盘要分绝密盘、机密盘、秘密盘，专盘专用",
    on=Written,
    remedy="换用与信息同一密级的盘。",
)
def disks_hold_their_own_level_only(event: Written, desk: Desk) -> Iterator[Breach]:
    """A disk holds information of its own level, neither higher nor lower."""
    for page in desk.pages((event.medium,), Medium):
        if page.thing.level and event.level and page.thing.level is not event.level:
            yield Breach(page.number, f"{page.thing.level}盘要存{event.level}级信息")


RULES = (
    printed_with_its_distribution,
    drafts_go_to_the_archive,
    disks_hold_their_own_level_only,
)
