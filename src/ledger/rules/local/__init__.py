"""Articles that only single units have; each holds where a pack says so, and nowhere else."""

from ledger.rules.local import (
    bureau,
    district,
    drafting,
    finance,
    legal,
    organisation,
    posts,
    staffing,
)

__all__ = ["RULES"]

RULES = (
    *finance.RULES,
    *legal.RULES,
    *district.RULES,
    *organisation.RULES,
    *drafting.RULES,
    *staffing.RULES,
    *bureau.RULES,
    *posts.RULES,
)
