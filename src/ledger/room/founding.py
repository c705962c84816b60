"""建账: the folder a room begins as."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from ledger.store.disk import DISK
from ledger.store.lock import FREE
from ledger.store.settings import SETTINGS, Settings
from ledger.store.share import network_share, refuse_share
from ledger.trouble import Misuse

__all__ = ["NotARoom", "founding", "missing"]


class NotARoom(Misuse):
    """A folder that is no room, or already is one; the message is a Chinese sentence."""


def missing(path: Path) -> NotARoom:
    """What to say of a folder in which there is no ``room.toml``."""
    if (path / "journal").is_dir():
        return NotARoom(f"“{path}”里有账本，却没有 room.toml，请从备份里恢复这个文件")
    return NotARoom(f"“{path}”不是台账文件夹（没有 room.toml），先用 baomi init 建账")


@contextmanager
def founding(path: Path, settings: Settings) -> Iterator[Path]:
    """A block in which a folder that is empty or does not exist becomes a room.

    What was made is taken away again when the block fails. Raises ``NotARoom`` when the folder is
    in use, ``OnAShare`` when it is another machine's.
    """
    refuse_share(network_share(path))
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NotARoom(f"“{path}”已经有内容，请换一个空文件夹建账")
    existed = path.exists()
    (path / "journal").mkdir(parents=True, mode=0o700)  # whoever makes it has the folder
    try:
        _furnish(path, settings)
        yield path
    except BaseException:
        for each in path.iterdir():
            rmtree(each) if each.is_dir() else each.unlink()
        if not existed:
            path.rmdir()
        raise


def _furnish(path: Path, settings: Settings) -> None:
    path.chmod(0o700)
    _write(path / "room.lock", FREE)
    _write(path / "room.key", secrets.token_hex(32).encode() + b"\n")
    _write(path / SETTINGS, settings.text().encode())
    DISK.sync_folder(path)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
