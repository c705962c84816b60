"""The lock of a room: one writer at a time, on a descriptor that stays open.

Opening the file anew for each act would cost more than the act's own bookkeeping, and a lock
on a range (``lockf``) would vanish with any other descriptor of the file that is closed.
"""

import mmap
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ledger.trouble import Busy

__all__ = ["FREE", "Lock", "Locked"]

PATIENCE_SECONDS: Final = 5.0
_FIRST_PAUSE_SECONDS: Final = 0.00005
_LONGEST_PAUSE_SECONDS: Final = 0.001


class Locked(Busy):
    """Another terminal is writing; the message is a Chinese sentence that names it if it can."""


class Lock:
    """A room's lock; ``holder`` says who holds it, since when and on which terminal.

    Raises ``Locked`` on entering, after ``patience`` seconds. Held already, it is held on.
    """

    def __init__(
        self, path: Path, holder: Callable[[], str] = str, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.path = path
        self.holder = holder
        self.patience = patience
        self._descriptor: int | None = None
        self._turns: mmap.mmap | None = None
        self._depth = 0

    def __enter__(self) -> None:
        if not self._depth:
            self._take()
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            if self._turns is not None:
                self._turns[_NAME] = bytes(_LONGEST_NAME)
            _let_go(self._opened())

    @property
    def turn(self) -> bytes | None:
        """A number all terminals share, which changes with every act; ``None`` if none is shared."""
        if self._turns is None:
            try:
                self._opened(new=False)
            except OSError:
                return None
        return None if self._turns is None else self._turns[_TURN]

    def next_turn(self) -> None:
        """Let the others know that something was written, to be called while holding on."""
        if self._turns is not None:
            number = int.from_bytes(self._turns[_TURN], "little")
            self._turns[_TURN] = ((number + 1) % 2**64).to_bytes(8, "little")

    def _opened(self, *, new: bool = True) -> int:
        if self._descriptor is None:
            flags = os.O_RDWR | (os.O_CREAT if new else 0)
            self._descriptor = os.open(self.path, flags, 0o600)
        if self._turns is None:
            if new and os.fstat(self._descriptor).st_size < len(FREE):
                os.ftruncate(self._descriptor, len(FREE))
            if os.fstat(self._descriptor).st_size >= len(FREE):
                self._turns = mmap.mmap(self._descriptor, len(FREE))
        return self._descriptor

    def _take(self) -> None:
        descriptor = self._opened()
        deadline, pause = time.monotonic() + self.patience, _FIRST_PAUSE_SECONDS
        while not _try(descriptor):
            if time.monotonic() > deadline:
                raise Locked(f"另一个终端正在写这本账（{self._named() or '未署名'}），请稍后再试")
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        if self._turns is not None:
            name = self.holder().encode()[:_LONGEST_NAME]
            self._turns[_NAME] = name.ljust(_LONGEST_NAME, b" ")

    def _named(self) -> str:
        """Who wrote his name into the file last."""
        name = b"" if self._turns is None else self._turns[_NAME]
        return name.decode("utf-8", "replace").strip(" \0")

    def close(self) -> None:
        """Let go of the file."""
        if self._turns is not None:
            self._turns.close()
            self._turns = None
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


_LONGEST_NAME: Final = 200
_TURN: Final = slice(8, 16)
_NAME: Final = slice(16, 16 + _LONGEST_NAME)
"""Both stand behind the byte that is locked, which some systems keep others from reading."""
FREE: Final = bytes(256)
"""The lock file of a room nobody has written in."""

if sys.platform == "win32":  # pragma: no cover - needs a Windows machine
    import msvcrt

    def _try(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
