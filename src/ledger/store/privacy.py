"""Whether a room's files are their owner's alone, and are files."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Final

from ledger.trouble import Forbidden

__all__ = ["Exposed", "exposure"]

_OTHERS: Final = 0o077


class Exposed(Forbidden):
    """A room that others on this machine can read or redirect; a Chinese sentence with the remedy."""


def exposure(folder: Path) -> str:
    """Who else could read or redirect a room, with the command that mends it; blank for nobody."""
    if os.name != "posix":  # pragma: no cover - access lists are the administrator's there
        return ""
    loose = ""
    for path in (folder, *_within(folder)):
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) and path != folder:
            name = path.relative_to(folder)
            return (
                f"台账里的“{name}”是符号链接，内容可能在别处：查明是谁放的，"
                f"用 rm {quote(str(path))} 去掉，再从备份恢复这个文件"
            )
        if found.st_mode & _OTHERS and not loose and not stat.S_ISLNK(found.st_mode):
            loose = "." if path == folder else str(path.relative_to(folder))
    if loose:
        mend = f"chmod -R go-rwx {quote(str(folder))}"
        return f"台账文件夹里的“{loose}”本机其他人也能读写：用 {mend} 改正，再打开"
    return ""


def _within(folder: Path) -> Iterator[Path]:
    """Everything in a folder and below; what a link leads to is not looked into."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from _within(Path(entry.path))
