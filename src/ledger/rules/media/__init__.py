"""《国家秘密载体保密管理制度》二、移动存储介质, section by section."""

from ledger.rules.media import keeping, using

__all__ = ["RULES"]

RULES = (*using.RULES, *keeping.RULES)
