"""规章包: what differs between units, as data: who approves, how often, how long."""

from ledger.pack.acts import ACTS, kind_of
from ledger.pack.approvers import FORBIDDEN, FREE, Approvers, InvalidPack
from ledger.pack.pack import LIMITS, Limit, Pack
from ledger.pack.watched import Watched

__all__ = [
    "ACTS",
    "FORBIDDEN",
    "FREE",
    "LIMITS",
    "Approvers",
    "InvalidPack",
    "Limit",
    "Pack",
    "Watched",
    "kind_of",
]
