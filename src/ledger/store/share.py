"""Whether a folder lies on a network share, where locks and syncs promise less than they say."""

import os
import sys
from pathlib import Path
from typing import Final

from ledger.trouble import Forbidden

__all__ = ["OnAShare", "network_share", "refuse_share", "share_in"]

SHARES: Final = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.glusterfs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb2",
        "smb3",
        "smbfs",
    }
)
"""Kinds of file system that are another machine's."""
_MOUNTS: Final = Path("/proc/self/mountinfo")
_REMOTE: Final = 4
"""What Windows calls a drive that is another machine's."""


class OnAShare(Forbidden):
    """A room whose folder is another machine's, where nothing is written; a Chinese sentence."""


def refuse_share(kind: str) -> None:
    """Raise ``OnAShare`` for a kind of network share; nothing for a disk of this machine."""
    if kind:
        raise OnAShare(
            f"台账文件夹在网络共享（{kind}）上：那里锁不住、也不能保证写到盘上，请放到本机磁盘"
        )


def network_share(folder: Path) -> str:
    """The kind of network share a folder lies on; blank for a disk of this machine."""
    path = folder.resolve()
    if sys.platform == "win32":  # pragma: no cover - needs a Windows machine
        import ctypes

        root = path.anchor
        remote = root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOTE
        return "smb" if remote else ""
    try:
        return share_in(_MOUNTS.read_text("utf-8", "replace"), os.fspath(path))
    except OSError:
        return ""


def share_in(mounts: str, path: str) -> str:
    """The kind of share a path lies on by a list of mounts in the form of Linux.

    >>> share_in("36 25 0:32 / /mnt/share rw - nfs4 server:/x rw", "/mnt/share/room")
    'nfs4'
    """
    found = ("", "")
    for line in mounts.splitlines():
        place, _, kind = line.partition(" - ")
        fields = place.split()
        if len(fields) > _POINT and kind:
            point = fields[_POINT].replace("\\040", " ")
            inside = path == point or path.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(found[0]):
                found = (point, kind.split()[0])
    return found[1] if found[1] in SHARES else ""


_POINT: Final = 4
"""Where in a line the mount point stands."""
