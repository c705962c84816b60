"""room.key: the keys the labels are checked with, one a line, the newest last.

The n-th line is version n, which is the first digit of every code made with it. Lines are only
ever added: a label printed with an older key goes on being checked with that one.
"""

import os
import secrets
from pathlib import Path
from typing import Final

from ledger.printing.payload import Keys
from ledger.trouble import Failure

__all__ = ["NAME", "KeyLost", "keys", "rotate"]

NAME: Final = "room.key"
MOST: Final = 9
"""The version is one digit."""
_BYTES: Final = 32


class KeyLost(Failure):
    """The key file is missing, damaged or full; the message is a Chinese sentence."""


def keys(folder: Path) -> Keys:
    """The keys of the room in a folder by version; raises ``KeyLost``."""
    try:
        lines = (folder / NAME).read_text("ascii").split()
        found = {n: bytes.fromhex(line) for n, line in enumerate(lines, 1)}
    except FileNotFoundError:
        raise KeyLost(f"{NAME}不在了，标签无法印制和核对；请从备份里恢复这个文件") from None
    except ValueError:
        found = {}
    if not found or any(len(key) != _BYTES for key in found.values()) or len(found) > MOST:
        raise KeyLost(f"{NAME}已损坏，标签无法印制和核对；请从备份里恢复这个文件")
    return found


def next_version(folder: Path) -> int:
    """The version that a new key would have; raises ``KeyLost``."""
    version = len(keys(folder)) + 1
    if version > MOST:
        raise KeyLost(f"密钥已换过{MOST - 1}次，版本号用完了")
    return version


def rotate(folder: Path) -> int:
    """Add a new key to the file, on disk when this returns; its version. Raises ``KeyLost``.

    A disk that does not take it is an ``OSError``, and the file is as it was.
    """
    version = next_version(folder)
    path = folder / NAME
    size = path.stat().st_size
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND), "wb") as file:
            file.write(secrets.token_hex(_BYTES).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        os.truncate(path, size)  # half a key would make every other unreadable
        raise
    return version
