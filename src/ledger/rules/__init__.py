"""The rules, one module a 制度, in the order of the 制度.

Nothing is discovered: a rule holds because it stands in the list of its module, and a module's
list because it stands here.
"""

from typing import Final

from ledger.rule import Rule
from ledger.rules import (
    abroad,
    access,
    amending,
    committee,
    communications,
    computers,
    cooperation,
    couriers,
    custody,
    disclosure,
    education,
    entry,
    inspection,
    keyposts,
    labelling,
    law,
    leaders,
    leaks,
    local,
    media,
    meetings,
    movement,
    officers,
    order,
    paper,
    pieces,
    rewards,
    service,
    staff,
    subjects,
    supply,
    typists,
)

__all__ = ["ALL", "ENTRY"]

ENTRY: Final[tuple[Rule, ...]] = (
    *entry.RULES,
    *pieces.RULES,
    *subjects.RULES,
    *labelling.ENTRY,
    *access.ENTRY,
)
"""What holds for recording as well as for doing; asked first."""

ALL: Final[tuple[Rule, ...]] = (
    *ENTRY,
    *order.RULES,
    *amending.RULES,
    *movement.RULES,
    *custody.RULES,
    *law.RULES,
    *committee.RULES,
    *leaders.RULES,
    *staff.RULES,
    *education.RULES,
    *abroad.RULES,
    *officers.RULES,
    *typists.RULES,
    *couriers.RULES,
    *keyposts.RULES,
    *paper.RULES,
    *media.RULES,
    *computers.RULES,
    *labelling.RULES,
    *communications.RULES,
    *disclosure.RULES,
    *supply.RULES,
    *meetings.RULES,
    *service.RULES,
    *inspection.RULES,
    *cooperation.RULES,
    *leaks.RULES,
    *rewards.RULES,
    *local.RULES,
    *access.RULES,
)
"""Every rule the ledger asks."""
