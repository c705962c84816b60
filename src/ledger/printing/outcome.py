"""What became of something sent to a printer, told plainly; "accepted" is not "printed"."""

import time
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Final

from attrs import frozen

__all__ = ["Outcome", "State", "Wait", "pauses"]

Wait = Callable[[float], None]
"""How time is let pass; a test hands in another."""
PAUSE: Final[Wait] = time.sleep


class State(Enum):
    """How it ended, or that it has not."""

    PRINTED = "已打印"
    WAITING = "还没有打印"
    NOTHING = "没有打印"
    """Nothing went to the printer, or it took nothing."""
    BROKEN = "没有打完"
    UNKNOWN = "结果不明"

    def __str__(self) -> str:
        return self.value


@frozen
class Outcome:
    """A state, what is behind it in a Chinese sentence, and the job's name with the printer."""

    state: State
    said: str
    job: str = ""

    def __str__(self) -> str:
        return f"{self.state}：{self.said}"


def pauses(patience: float) -> Iterator[float]:
    """Ever longer pauses, in seconds, that come to about the patience given."""
    spent, pause = 0.0, 0.2
    while spent < patience:
        yield pause
        spent += pause
        pause = min(pause * 1.6, 2.0)
