"""Which keys are a scanner's and which a person's, told by what was typed and how fast.

A code is 24 digits, the first of them a version of the room's key. Digits are held back for a
moment, longer where they begin as a code of this room does; what turns out to be typed is given
on unharmed and in order.
"""

from collections.abc import Callable
from itertools import groupby, pairwise
from typing import Final, Generic, TypeVar

from attrs import frozen

from ledger.text import digits

__all__ = ["ENDS", "LENGTH", "Recogniser", "Step"]

LENGTH: Final = 24
ENDS: Final = ("enter", "return", "tab", "ctrl+j", "ctrl+m", "ctrl+i")
"""The keys a scanner may end a code with: CR, LF, both, or a tab."""

_FIRST_GAPS: Final = 4
_FIRST_SECONDS: Final = 0.150
"""The slowest scanners send a digit every 60 ms, and a busy machine reads it as much later."""
_STRANGE_SECONDS: Final = 0.040
"""What begins as no code of this room is only waited for as long as a quick scanner needs."""
_LATER_SECONDS: Final = 0.250
"""A busy machine reads the rest of a burst late."""
_SWALLOW_SECONDS: Final = 0.300
"""How long line ends behind a code still belong to it."""
_MACHINE_SECONDS: Final = 0.035
"""The mean gap below which nobody types."""
_LONGEST_RUN: Final = 10
"""As many equal digits in a row come from a key that is held down, and from no code."""
_LEAST_BROKEN: Final = 10
"""As many digits at a machine's speed are what is left of a code."""

KeyT = TypeVar("KeyT")


@frozen
class Step(Generic[KeyT]):
    """What came of a key or of waiting: keys to give on in order, a code, or a remnant of one.

    ``broken`` is how many digits were read of a code that did not come whole; they are dropped.
    """

    keys: tuple[KeyT, ...] = ()
    code: str = ""
    broken: int = 0


class Recogniser(Generic[KeyT]):
    """Keys in, with the moment each was read; keys and codes out.

    ``starts`` are the digits a code of this room can begin with. ``genuine`` is asked of a code
    that came no faster than a quick hand types. Times are seconds of any clock that does not go back.
    """

    def __init__(self, starts: Callable[[], str], genuine: Callable[[str], bool]) -> None:
        self._starts, self._genuine = starts, genuine
        self._held: list[tuple[KeyT, str, float]] = []
        self._swallow_until = float("-inf")

    @property
    def due(self) -> float | None:
        """When what is held has to be given on, if nothing comes; ``None`` while nothing is."""
        return self._held[-1][2] + self._patience if self._held else None

    @property
    def _patience(self) -> float:
        if _FIRST_GAPS < len(self._held) < LENGTH:
            return _LATER_SECONDS
        return _FIRST_SECONDS if self._held[0][1] in self._starts() else _STRANGE_SECONDS

    def feed(self, key: KeyT, name: str, char: str, at: float) -> Step[KeyT]:
        """Take in one key: its name, the character it stands for if any, and when it was read."""
        late = self.due is not None and at > (self.due or 0)
        before = self._end() if late else Step[KeyT]()
        after = self._feed(key, name, char, at)
        if not late:
            return after
        return Step(
            (*before.keys, *after.keys), before.code or after.code, before.broken or after.broken
        )

    def _feed(self, key: KeyT, name: str, char: str, at: float) -> Step[KeyT]:
        if name in ENDS:
            if self._held:
                return self._ended(key, at)
            return Step() if at <= self._swallow_until else Step((key,))
        digit = digits(char) if len(char) == 1 else ""
        if not (digit.isascii() and digit.isdecimal()):
            return Step((*self._let_go(), key))
        self._held.append((key, digit, at))
        if self._run() >= _LONGEST_RUN:
            return Step(self._let_go())
        return Step()

    def wait(self, now: float) -> Step[KeyT]:
        """Nothing more has come until now."""
        return self._end() if self.due is not None and now > self.due else Step()

    def _ended(self, key: KeyT, at: float) -> Step[KeyT]:
        """A line end behind what is held."""
        done = self._end()
        if done.code or done.broken:
            self._swallow_until = at + _SWALLOW_SECONDS
            return done
        return Step((*done.keys, key))

    def _end(self) -> Step[KeyT]:
        """What the digits that are held come to, now that no more belong to them."""
        text, fast = "".join(digit for _, digit, _ in self._held), self._fast()
        if len(text) == LENGTH and (fast or self._genuine(text)):
            self._swallow_until = self._held[-1][2] + _SWALLOW_SECONDS
            self._held.clear()
            return Step(code=text)
        if fast and len(text) >= _LEAST_BROKEN:
            self._swallow_until = self._held[-1][2] + _SWALLOW_SECONDS
            self._held.clear()
            return Step(broken=len(text))
        return Step(self._let_go())

    def _let_go(self) -> tuple[KeyT, ...]:
        keys = tuple(key for key, _, _ in self._held)
        self._held.clear()
        return keys

    def _fast(self) -> bool:
        """Whether most digits came faster than anybody types; a few may have been read late."""
        gaps = sorted(later[2] - sooner[2] for sooner, later in pairwise(self._held))
        return bool(gaps) and gaps[len(gaps) // 2] <= _MACHINE_SECONDS

    def _run(self) -> int:
        """How many of the last digits are the same."""
        last = [(digit, len(list(same))) for digit, same in groupby(d for _, d, _ in self._held)]
        return last[-1][1]
