"""How wide words are on paper, and which of them no line should break."""

import re
import unicodedata
from typing import Final

__all__ = ["across", "unbroken"]


def across(words: str) -> int:
    """How many columns of a terminal some words fill, or halves of a character on paper.

    >>> across("机密10年")
    8
    """
    return sum(map(_wide, words))


def _wide(sign: str) -> int:
    kind = unicodedata.east_asian_width(sign)
    return 2 if kind in "WF" else 0 if unicodedata.combining(sign) else 1


def unbroken(text: str) -> list[str]:
    """The parts of a text that are not to be broken: short ones whole, long ones by words.

    >>> unbroken("2026-03-02"), unbroken("WJ-2026-0001、WJ-2026-0002")
    (['2026-03-02'], ['WJ-2026-0001、', 'WJ-2026-0002'])
    """
    return [text] if across(text) <= _SHORT else _WORDS.findall(text)


_WORDS: Final = re.compile(r"[!-~]+[、，；]?|[^!-~]")
_SHORT: Final = 18
