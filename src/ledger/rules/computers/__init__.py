"""《计算机保密管理制度》, part by part."""

from ledger.rules.computers import (
    classified,
    joining,
    oversight,
    parting,
    passwords,
    plain,
    using,
)

__all__ = ["RULES"]

RULES = (
    *classified.RULES,
    *passwords.RULES,
    *using.RULES,
    *joining.RULES,
    *plain.RULES,
    *parting.RULES,
    *oversight.RULES,
)
