"""《现代通信、办公自动化设备保密管理制度》: phones, mailboxes, and the machines of an office."""

from ledger.rules.communications import machines, mailboxes, phones

__all__ = ["RULES"]

RULES = (*phones.RULES, *mailboxes.RULES, *machines.RULES)
