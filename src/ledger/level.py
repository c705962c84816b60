"""密级: the three levels of state secret, and what a unit keeps to itself beside them."""

import re
from enum import Enum
from typing import Final, Self

from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["InvalidMark", "Level", "Sensitivity"]


class InvalidMark(Misuse, ValueError):
    """A text that is no mark, level or term; its message is a Chinese sentence."""


class Level(Enum):
    """The three levels of state secret, in order (保守国家秘密法第十四条).

    The members are written in Chinese because English translations exchange "secret" and
    "confidential" from one to the next.

    >>> Level.秘密 < Level.机密 < Level.绝密
    True
    """

    秘密 = "秘密"
    机密 = "机密"
    绝密 = "绝密"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The level a text names, blanks between the characters forgiven.

        Raises ``InvalidMark``; English words and the unit's own markings are refused by name.
        """
        plain = re.sub(r"\s", "", text)
        if plain in cls.__members__:
            return cls[plain]
        if any(plain == other.value for other in Sensitivity):
            raise InvalidMark(f"{quoted(text)}不是国家秘密的密级，请填在“内部类别”一项")
        if re.search("[A-Za-z]", plain):
            raise InvalidMark(
                f"密级要写中文：英文的密级词在不同译本里互相颠倒，不能照译，读到{quoted(text)}"
            )
        raise InvalidMark(f"密级只有绝密、机密、秘密三级，读到{quoted(text)}")

    @property
    def years(self) -> int:
        """How many years a mark without a term runs, which is also the longest it may state."""
        return {"秘密": 10, "机密": 20, "绝密": 30}[self.value]

    def __lt__(self, other: object) -> bool:
        return _RANK[self] < _RANK[other] if isinstance(other, Level) else NotImplemented

    def __le__(self, other: object) -> bool:
        return _RANK[self] <= _RANK[other] if isinstance(other, Level) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return _RANK[self] > _RANK[other] if isinstance(other, Level) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return _RANK[self] >= _RANK[other] if isinstance(other, Level) else NotImplemented

    def __str__(self) -> str:
        return self.value


_RANK: Final = {level: rank for rank, level in enumerate(Level)}


class Sensitivity(Enum):
    """What a unit keeps to itself without its being a state secret: it never carries ★."""

    INTERNAL = "内部"
    WORK_SECRET = "工作秘密"  # noqa: S105 - a kind of information

    def __str__(self) -> str:
        return self.value
