"""《计算机保密管理制度》, part by part."""

from ledger.rules.computers import classified, oversight, passwords, plain, using

__all__ = ["RULES"]

RULES = (*classified.RULES, *passwords.RULES, *using.RULES, *plain.RULES, *oversight.RULES)
