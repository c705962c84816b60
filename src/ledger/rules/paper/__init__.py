"""《国家秘密载体保密管理制度》一、纸介质, section by section."""

from ledger.rules.paper import (
    copying,
    destroying,
    keeping,
    making,
    reading,
    receiving,
    returning,
    sending,
)

__all__ = ["RULES"]

RULES = (
    *making.RULES,
    *receiving.RULES,
    *sending.RULES,
    *reading.RULES,
    *keeping.RULES,
    *returning.RULES,
    *copying.RULES,
    *destroying.RULES,
)
