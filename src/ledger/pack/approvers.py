"""Whose approval an act needs: roles joined by 与 and 或, with brackets."""

import re
from collections.abc import Iterable
from typing import Final, Self

from attrs import field, frozen

from ledger.text import quoted
from ledger.trouble import Illegible

__all__ = ["FORBIDDEN", "FREE", "Approvers", "InvalidPack"]

FORBIDDEN: Final = "一律不得"
"""Written for an act nobody may approve."""
FREE: Final = "登记即可"
"""Written for an act that needs nobody's approval, only its line in the register."""

_TOKEN: Final = re.compile(r"\s*([与或（）()]|[^\s与或（）()]+)")

Choices = frozenset[frozenset[str]]


class InvalidPack(Illegible, ValueError):
    """A rule pack that does not read; its message is a Chinese sentence."""


@frozen
class Approvers:
    """Whose approval an act needs.

    >>> rule = Approvers.parse("制发机关 与 (主管领导 或 办公室主任)")
    >>> rule.satisfied({"制发机关", "办公室主任"}), rule.satisfied({"主管领导"})
    (True, False)
    >>> Approvers.parse("一律不得").satisfied({"主管领导"}), Approvers.parse("登记即可").satisfied(())
    (False, True)
    """

    words: str
    _choices: Choices = field(eq=False, repr=False)

    @classmethod
    def parse(cls, words: str) -> Self:
        """The expression a text writes; raises ``InvalidPack`` when its brackets do not close."""
        if words == FORBIDDEN:
            return cls(words, frozenset())
        if words == FREE:
            return cls(words, frozenset({frozenset()}))
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

    @property
    def forbidden(self) -> bool:
        """Whether nobody may approve it."""
        return not self._choices

    @property
    def roles(self) -> frozenset[str]:
        """Every role that is named."""
        return frozenset(role for choice in self._choices for role in choice)

    @property
    def least(self) -> tuple[str, ...]:
        """Roles that are together enough, as few as possible."""
        return tuple(sorted(min(self._choices, key=lambda c: (len(c), sorted(c)), default=())))

    def __str__(self) -> str:
        return self.words


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
