"""How a slip is entered: the rule it breaks, how long its traces take to show, and what it does."""

from collections.abc import Callable
from typing import Final

from attrs import frozen

from ledger.demonstration.year.stage import Stage

__all__ = ["MONTH", "SLIPS", "Slipping", "slips_against"]

MONTH: Final = 35
"""Within so many days there is a check at the end of a month."""


@frozen
class Slipping:
    """Something that goes wrong, and after how many days every trace of it has shown."""

    rule: str
    takes: int
    happen: Callable[[Stage], bool]
    """Does it, and says whether there was anything to do it with."""


SLIPS: Final[dict[str, Slipping]] = {}
"""Everything that goes wrong, by the rule that has to find it."""


def slips_against(
    rule: str, takes: int = MONTH
) -> Callable[[Callable[[Stage], bool]], Callable[[Stage], bool]]:
    """Enter the function below under the rule it breaks."""

    def enter(happen: Callable[[Stage], bool]) -> Callable[[Stage], bool]:
        SLIPS[rule] = Slipping(rule, takes, happen)
        return happen

    return enter
