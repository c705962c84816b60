"""规章包: what differs between units, as data: who approves, how often, how long."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, Self

from attrs import NOTHING, field, fields, frozen

from ledger.mark import Level
from ledger.person import Category
from ledger.text import quoted

__all__ = ["Approvers", "InvalidPack", "Pack"]


class InvalidPack(ValueError):
    """A rule pack that does not read; its message is a Chinese sentence."""


_TOKEN: Final = re.compile(r"\s*([与或（）()]|[^\s与或（）()]+)")


@frozen
class Approvers:
    """Whose approval an act needs: roles joined by 与 and 或, with brackets.

    >>> rule = Approvers.parse("制发机关 与 (主管领导 或 办公室主任)")
    >>> rule.satisfied({"制发机关", "办公室主任"}), rule.satisfied({"主管领导"})
    (True, False)
    """

    words: str
    _choices: frozenset[frozenset[str]] = field(eq=False, repr=False)

    @classmethod
    def parse(cls, words: str) -> Self:
        """The expression a text writes; raises ``InvalidPack`` when its brackets do not close."""
        tokens = [
            found[1] for found in _TOKEN.finditer(words.replace("(", "（").replace(")", "）"))
        ]
        choices, rest = _either(tokens, words)
        if rest:
            raise InvalidPack(f"审批人写法读不通：{quoted(words)}")
        return cls(words, choices)

    def satisfied(self, roles: Iterable[str]) -> bool:
        """Whether people in these roles are together enough."""
        present = frozenset(roles)
        return any(choice <= present for choice in self._choices)

    def __str__(self) -> str:
        return self.words


Choices = frozenset[frozenset[str]]


def _either(tokens: list[str], words: str) -> tuple[Choices, list[str]]:
    choices, rest = _both(tokens, words)
    while rest and rest[0] == "或":
        more, rest = _both(rest[1:], words)
        choices |= more
    return choices, rest


def _both(tokens: list[str], words: str) -> tuple[Choices, list[str]]:
    choices, rest = _one(tokens, words)
    while rest and rest[0] == "与":
        more, rest = _one(rest[1:], words)
        choices = frozenset(a | b for a in choices for b in more)
    return choices, rest


def _one(tokens: list[str], words: str) -> tuple[Choices, list[str]]:
    if tokens and tokens[0] == "（":
        choices, rest = _either(tokens[1:], words)
        if rest and rest[0] == "）":
            return choices, rest[1:]
    elif tokens and tokens[0] not in "与或）":
        return frozenset({frozenset({tokens[0]})}), tokens[1:]
    raise InvalidPack(f"审批人写法读不通：{quoted(words)}")


ACTS: Final = {
    "make": "印制",
    "circle": "确定知悉范围",
    "lend": "借阅",
    "copy": "复印",
    "excerpt": "摘录",
    "compile": "汇编",
    "carry_out": "携带外出",
    "output": "输出",
    "internet_import": "互联网数据导入",
    "repair": "维修",
    "destroy": "销毁",
}
"""The acts that need somebody's approval, by the names a pack uses."""


@frozen(kw_only=True)
class Pack:
    """The rules a unit has chosen: approvers for each act and level, and its numbers.

    ``approvals`` is keyed by act, then by level; the key ``""`` holds for every other level.
    """

    name: str
    title: str
    approvals: Mapping[str, Mapping[str, Approvers]]
    witnesses: int = 2
    escorts_top_secret: int = 2
    circulation_days: int = 30
    circulation_days_top_secret: int = 0
    scrap_mm2: float = 2.0
    password_length: Mapping[str, int]
    password_classes: int = 2
    lock_minutes: int = 5
    tries_allowed: int = 3
    count_months: int = 1
    clearance_months: int = 3
    computer_check_months: int = 3
    report_hours: int = 24
    cooling_months: Mapping[str, int]
    knowledge_from: Level = Level.机密
    term_of_compilation: str = "latest"
    """``latest`` for the latest end among the parts, ``years`` for the most years."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The pack a TOML table describes.

        Raises ``InvalidPack`` naming the first key that is unknown, missing or of a wrong kind.
        """
        known = {each.name for each in fields(cls)}
        for key in data:
            if key not in known:
                raise InvalidPack(f"规章包里不认识的项目{quoted(key)}{_nearest(key, known)}")
        for each in fields(cls):
            if each.default is NOTHING and each.name not in {*data, "approvals"}:
                raise InvalidPack(f"规章包缺少项目{quoted(each.name)}")
        values = dict(data)
        values["approvals"] = _approvals(values.get("approvals", {}))
        if "knowledge_from" in values:
            values["knowledge_from"] = Level.parse(values["knowledge_from"])
        for name, keys in (("password_length", Level), ("cooling_months", Category)):
            _check_table(values, name, {each.value for each in keys})
        return cls(**values)

    def approvers(self, act: str, level: Level | None) -> Approvers | None:
        """Whose approval the act needs at a level, or ``None`` when it needs nobody's."""
        by_level = self.approvals.get(act, {})
        return by_level.get(str(level)) or by_level.get("")

    def months_of(self, category: Category) -> int:
        """How many months somebody of this category cools off at least."""
        return self.cooling_months[category.value]


def _approvals(data: Mapping[str, Any]) -> dict[str, dict[str, Approvers]]:
    table: dict[str, dict[str, Approvers]] = {}
    for act, who in data.items():
        if act not in ACTS:
            raise InvalidPack(f"审批表里不认识的事项{quoted(act)}{_nearest(act, ACTS)}")
        levels = {"": who} if isinstance(who, str) else who
        table[act] = {
            "" if level == "其他" else level: Approvers.parse(text)
            for level, text in levels.items()
        }
    return table


def _check_table(values: Mapping[str, Any], name: str, keys: set[str]) -> None:
    missing = keys - set(values.get(name, {}))
    if missing and not (name == "password_length" and missing == {"绝密"}):
        raise InvalidPack(f"规章包的{name}缺少：{'、'.join(sorted(missing))}")


def _nearest(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, sorted(known), 1, 0.5)
    return f"，是不是想写{quoted(close[0])}？" if close else ""
