"""《国家秘密载体保密管理制度》二、移动存储介质, section by section."""

from ledger.rules.media import keeping, using

__all__ = ["HELD", "PEOPLE", "RULES"]

RULES = (*using.RULES, *keeping.RULES)

HELD = {
    "二（三）3": "归档归档时登记案卷号，与纸介质一样",
}
"""Articles that the book holds by its fields, with no rule to break."""

PEOPLE = {
    "二（一）3": "各部门指定谁负责，由部门决定；每件介质的使用人在登记簿上",
}
"""Articles left to people, and why."""
