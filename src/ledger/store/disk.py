"""What the store asks of a file system, and nothing else: one seam, which a test can take away.

Every method says when its effect survives a power cut: a file's bytes after ``sync``, a name
(new, replaced, removed) after ``sync_folder``.
"""

import mmap
import os
import sys
from pathlib import Path
from typing import Final, NamedTuple, Protocol

__all__ = ["DISK", "Disk", "File", "Stat", "View"]

View = bytes | mmap.mmap
"""A file's bytes as they were when it was looked at; slices of it are bytes."""


class Stat(NamedTuple):
    """Which file a name stands for, and how long it is."""

    identity: tuple[int, int]
    size: int


class File(Protocol):
    """An open file."""

    def stat(self) -> Stat:
        """Which file this is, and how long."""

    def read(self, start: int, end: int) -> bytes:
        """The bytes from one place to another, fewer where the file ends before."""

    def write(self, start: int, raw: bytes) -> None:
        """Put all the bytes at a place; raises ``OSError`` where the disk takes only some."""

    def truncate(self, size: int) -> None:
        """Cut the file off."""

    def sync(self) -> None:
        """Come back when everything written so far survives a power cut."""

    def close(self) -> None:
        """Let go of it."""


class Disk(Protocol):
    """The folders and files of a room."""

    def open(self, path: Path, *, new: bool = False, write: bool = True) -> File:
        """A file, made if it is ``new``; readable and, with ``write``, writable."""

    def stat(self, path: Path) -> Stat | None:
        """Which file a name stands for; ``None`` for none."""

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, in order; none if there is no such folder."""

    def view(self, path: Path) -> View:
        """A file's bytes, without reading those nobody looks at."""

    def replace(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of whatever had it."""

    def remove(self, path: Path) -> None:
        """Take a name away."""

    def sync_folder(self, folder: Path) -> None:
        """Come back when the folder's names survive a power cut."""


class _File:
    """A descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def stat(self) -> Stat:
        found = os.fstat(self._descriptor)
        return Stat((found.st_dev, found.st_ino), found.st_size)

    def read(self, start: int, end: int) -> bytes:
        os.lseek(self._descriptor, start, os.SEEK_SET)
        pieces = []
        while start < end and (piece := os.read(self._descriptor, end - start)):
            pieces.append(piece)
            start += len(piece)
        return b"".join(pieces)

    def write(self, start: int, raw: bytes) -> None:
        os.lseek(self._descriptor, start, os.SEEK_SET)
        done = os.write(self._descriptor, raw)
        while done < len(raw):
            done += os.write(self._descriptor, memoryview(raw)[done:])

    def truncate(self, size: int) -> None:
        os.ftruncate(self._descriptor, size)

    def sync(self) -> None:
        _SYNC(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


def _synced(descriptor: int) -> None:  # pragma: no cover - depends on the system
    """``fdatasync`` where there is one; macOS needs a stronger word than ``fsync``."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


_SYNC: Final = getattr(os, "fdatasync", _synced)
_BINARY: Final = getattr(os, "O_BINARY", 0)


class _RealDisk:
    """The file system of this machine; files are the owner's alone."""

    def open(self, path: Path, *, new: bool = False, write: bool = True) -> File:
        flags = (os.O_RDWR if write else os.O_RDONLY) | (os.O_CREAT if new else 0)
        return _File(os.open(path, flags | _BINARY, 0o600))

    def stat(self, path: Path) -> Stat | None:
        try:
            found = os.stat(path)  # noqa: PTH116 - asked before every act
        except FileNotFoundError:
            return None
        return Stat((found.st_dev, found.st_ino), found.st_size)

    def names(self, folder: Path) -> list[str]:
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths
        except FileNotFoundError:
            return []

    def view(self, path: Path) -> View:
        with path.open("rb") as file:
            if sys.platform == "win32":  # pragma: no cover - a mapped file cannot be replaced there
                return file.read()
            size = os.fstat(file.fileno()).st_size
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def replace(self, old: Path, new: Path) -> None:
        old.replace(new)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        if sys.platform == "win32":  # pragma: no cover - neither possible nor needed there
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


DISK: Final[Disk] = _RealDisk()
