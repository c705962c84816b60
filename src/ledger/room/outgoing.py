"""Files that leave a room: synced before the book says so, never over another file."""

import os
from pathlib import Path

__all__ = ["put", "take_back"]


def put(path: Path, content: bytes) -> Path:
    """Write a new file and come back when it is on disk.

    Raises ``FileExistsError`` where there is one already, and any other ``OSError`` after taking
    away what was half written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        take_back(path)
        raise
    return path


def take_back(path: Path | None) -> None:
    """Remove a file that was written for something that then did not come about."""
    if path is not None:
        path.unlink(missing_ok=True)
