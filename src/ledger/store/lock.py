"""The lock of a room: one writer at a time, on a descriptor that stays open."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["Locked", "locked"]

PATIENCE_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.02


class Locked(Exception):
    """Another terminal is writing; the message is a Chinese sentence that names it if it can."""


@contextmanager
def locked(path: Path, holder: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the room's lock for the block, waiting a little for whoever has it.

    Raises ``Locked`` after ``patience`` seconds. The file names its holder while it is held
    and is empty otherwise.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + patience
        while not _try(descriptor):
            if time.monotonic() > deadline:
                name = os.read(descriptor, 200).decode("utf-8", "replace").strip()
                raise Locked(f"另一个终端正在写这本账（{name or '未署名'}），请稍后再试")
            time.sleep(_PAUSE_SECONDS)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, b" " + holder.encode()[:200])
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


if sys.platform == "win32":  # pragma: no cover - needs a Windows machine
    import msvcrt

    def _try(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
