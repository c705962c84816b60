"""《打字员保密管理制度》: where the file of a secret paper is kept.

What else is asked of typists holds for making papers altogether (载体制度 一（一）).
"""

from collections.abc import Iterator

from ledger.carrier import Medium
from ledger.event import Produced
from ledger.finding import Breach, Force
from ledger.regulation.compendium import TYPISTS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    TYPISTS["第六条"],
    Force.REQUIRES,
    "密件的电子稿应存在专用的涉密盘里，由专人保管",
    on=Produced,
    remedy="换用密级够高、有责任人的涉密介质。",
)
def secret_files_have_a_disk_of_their_own(event: Produced, desk: Desk) -> Iterator[Breach]:
    """The file of a secret paper is on a classified medium that somebody keeps."""
    level = event.document.level
    for page in desk.pages((event.medium,), Medium):
        own = page.thing.level
        if level is None:
            continue
        if own is None or own < level:
            kind = f"{own}级" if own else "非涉密"
            yield Breach(page.number, f"{level}级电子稿要存在{kind}介质里")
        if not page.thing.keeper:
            yield Breach(page.number, "存电子稿的介质没有责任人")


RULES = (secret_files_have_a_disk_of_their_own,)
