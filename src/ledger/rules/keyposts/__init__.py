"""《保密要害部门部位管理制度》: its places and its people."""

from ledger.rules.keyposts import people, places, readers

__all__ = ["RULES"]

RULES = (*places.RULES, *people.RULES, *readers.RULES)
