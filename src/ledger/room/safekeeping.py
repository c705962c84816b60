"""备份与恢复: the room packed away, taken out again, and tried out."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

from attrs import frozen

from ledger.event import BackedUp
from ledger.number import CarrierNo
from ledger.register.record import Backup
from ledger.review import Proposal, Refused
from ledger.room.room import Room
from ledger.room.verification import Verification, verify
from ledger.store.backup import BadBackup, Manifest, NoPlace, digest_of, pack, unpack

__all__ = ["Restored", "back_up", "drill", "latest", "restore"]


@frozen
class Restored:
    """A room that was taken out of a backup, and what a look through its whole book says."""

    manifest: Manifest
    verification: Verification


def back_up(room: Room, target: Path, *, medium: str = "", by: str = "保密员") -> Proposal:
    """Pack the room into a file, and record that.

    Raises ``BadBackup``, and ``Refused`` before anything is packed.
    """
    event = BackedUp(file=str(target.resolve()), digest="", head="", medium=CarrierNo(medium))
    if (proposal := room.propose(event, by=by)).refused:
        raise Refused(proposal.findings)
    made = room.clock().isoformat()
    manifest = pack(room.book, target, made=made, by=by)
    done = BackedUp(
        file=str(target.resolve()),
        digest=digest_of(target, room.book.owner.hash),
        head=manifest.head,
        medium=CarrierNo(medium),
    )
    return room.record(done, by=by)


def restore(file: Path, folder: Path) -> Restored:
    """Take a room out of a backup into an empty folder, and look through its whole book.

    Raises ``BadBackup``, also when the book does not hold or ends elsewhere than the backup says;
    then the folder is as it was.
    """
    existed = folder.exists()
    manifest = unpack(file, folder)
    try:
        return Restored(manifest, _looked_through(folder, manifest))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            folder.mkdir(mode=0o700)
        raise


def _looked_through(folder: Path, manifest: Manifest) -> Verification:
    """What a look through a restored book says; raises ``BadBackup`` if it does not hold."""
    with Room.open(folder) as room:
        found = verify(room)
    if not found.holds:
        raise BadBackup(f"恢复出来的账本不符，没有恢复：{found.faults[0]}")
    if found.head != manifest.head:
        raise BadBackup("恢复出来的账本与备份清单所记的链首不同，没有恢复")
    return found


def latest(room: Room) -> Backup | None:
    """The last backup on record."""
    numbers = sorted(map(int, room.register.backups))
    return room.register.backups[str(numbers[-1])] if numbers else None


def drill(room: Room, file: Path | None = None) -> Restored:
    """Restore the last backup, or a file, to a temporary folder, and throw that away again.

    Raises ``BadBackup``, also when the file is not the one that was recorded.
    """
    if file is None:
        last = latest(room)
        if last is None:
            raise NoPlace("还没有备份过，先用 baomi backup 备份")
        file = Path(last.file)
        if not file.is_file():
            raise BadBackup(f"最近一次备份“{file}”不在原处，请插上存放它的介质，或写明文件")
        if digest_of(file, room.book.owner.hash) != last.digest:
            raise BadBackup(f"“{file}”与备份时记下的摘要不同，已被改动或损坏")
    folder = Path(mkdtemp(prefix="baomi-drill-"))
    try:
        return restore(file, folder / "room")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
