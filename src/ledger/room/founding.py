"""建账: the folder a room begins as."""

import os
import secrets
from pathlib import Path

from ledger.store.disk import DISK
from ledger.store.lock import FREE
from ledger.store.settings import SETTINGS, Settings
from ledger.store.share import network_share, refuse_share
from ledger.trouble import Misuse

__all__ = ["NotARoom", "found"]


class NotARoom(Misuse):
    """A folder that is no room, or already is one; the message is a Chinese sentence."""


def found(path: Path, settings: Settings) -> Path:
    """Make the files of a room in a folder that is empty or does not exist.

    Raises ``NotARoom`` when the folder is in use, ``OnAShare`` when it is another machine's.
    """
    refuse_share(network_share(path))
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NotARoom(f"“{path}”已经有内容，请换一个空文件夹建账")
    (path / "journal").mkdir(parents=True, mode=0o700)
    path.chmod(0o700)
    _write(path / "room.lock", FREE)
    _write(path / "room.key", secrets.token_hex(32).encode() + b"\n")
    _write(path / SETTINGS, settings.text().encode())
    DISK.sync_folder(path)
    return path


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
