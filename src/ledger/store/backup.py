"""A room packed into one file, and taken out of it again: a backup, or what a bureau may see.

The file is a ZIP archive whose last member, ``manifest.json``, names every other with its size and
digest. What can be made from the book is left out, but for the registers.
"""

import json
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from attrs import evolve, frozen

from ledger import trouble
from ledger.store.book import Book
from ledger.store.digest import ALGORITHMS, running
from ledger.store.disk import DISK
from ledger.trouble import Failure, Illegible, Misuse

__all__ = ["BACKUP", "BadBackup", "Kind", "Manifest", "digest_of", "pack", "packed", "unpack"]

MANIFEST: Final = "manifest.json"
_LONGEST_MANIFEST: Final = 16 << 20
_BLOCK: Final = 1 << 20
_PART: Final = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,200}")
_DERIVED: Final = (".idx", ".draft", ".lock", ".parquet")
_SWOLLEN: Final = 200
"""How many times its packed size a large file may be; the lines of a book pack to a tenth."""
_LARGE: Final = 64 << 20


class Kind(NamedTuple):
    """What a packed room is for: its word in the manifest, its name, and what failed with it."""

    word: str
    name: str
    failed: str


BACKUP: Final = Kind("backup", "备份文件", "没有恢复")


class BadBackup(Illegible):
    """A file that is no packed room, or not a whole one; the message is a Chinese sentence."""


class NoPlace(Misuse, BadBackup):
    """A place that a packed room cannot go to, or be taken out into; a Chinese sentence."""


class NotPacked(Failure, BadBackup):
    """A disk that did not take what was packed; the message is a Chinese sentence."""


class Member(NamedTuple):
    """A file of the room: its name in it, its size and its digest."""

    name: str
    size: int
    digest: str


@frozen(kw_only=True)
class Manifest:
    """What a packed room says of itself."""

    unit: str
    room: str
    hash: str
    made: str
    by: str
    line: int
    acts: int
    head: str
    concealed: bool = False
    files: tuple[Member, ...] = ()
    kind: Kind = BACKUP

    @property
    def text(self) -> str:
        """The manifest as it stands in the file."""
        said = {name: getattr(self, name) for name in _SAID}
        files = [dict(zip(Member._fields, each, strict=True)) for each in self.files]
        said |= {"concealed": True} if self.concealed else {}
        said |= {"baomi": self.kind.word, "schema": 1, "files": files}
        return json.dumps(said, ensure_ascii=False, indent=1)


_SAID: Final = ("unit", "room", "hash", "made", "by", "line", "acts", "head")


def pack(book: Book, target: Path, *, made: str, by: str) -> Manifest:
    """Pack a room as it stands into a file, synced before it takes its name.

    The book is held only while its files are opened: what is appended later is not packed.
    Raises ``BadBackup`` when the file is there already or cannot be written.
    """
    if target.exists():
        raise NoPlace(f"“{target}”已经存在，请换一个文件名")
    if book.folder.resolve() in target.resolve().parents:
        raise NoPlace("备份不能放在台账文件夹里面")
    with book.writing():
        if book.due:
            book.compact()
        place, acts = book.journal.place, int(book.last.get("n", 0))
        opened = [(name, path.open("rb"), path.stat().st_size) for name, path in _files(book)]
    owner = book.owner
    manifest = Manifest(
        unit=owner.unit,
        room=owner.room,
        hash=owner.hash,
        made=made,
        by=by,
        line=place.line,
        acts=acts,
        head=place.head,
    )
    try:
        return packed(manifest, opened, target)
    finally:
        for _, file, _ in opened:
            file.close()


def packed(
    manifest: Manifest, opened: Sequence[tuple[str, IO[bytes], int]], target: Path
) -> Manifest:
    """Pack open files under their names, the manifest last; synced before the file has its name.

    Raises ``BadBackup``; then there is no file.
    """
    draft = target.with_name(target.name + ".draft")
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as archive:
            members = tuple(_add(archive, *each, manifest.hash) for each in opened)
            manifest = evolve(manifest, files=members)
            archive.writestr(MANIFEST, manifest.text)
        draft.chmod(0o600)
        _sync(draft)
        draft.replace(target)
        DISK.sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise NotPacked(f"{manifest.kind.name}没有写成：{trouble.of_file(error)}") from error
    return manifest


def _files(book: Book) -> Iterator[tuple[str, Path]]:
    """The files of a room that are packed, each with its name in it."""
    for path in sorted(book.folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix not in _DERIVED:
            yield path.relative_to(book.folder).as_posix(), path


def _add(packed: zipfile.ZipFile, name: str, file: IO[bytes], size: int, hash_: str) -> Member:
    state, left = running(hash_), size
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    with packed.open(info, "w", force_zip64=True) as member:
        while left and (block := file.read(min(left, _BLOCK))):
            member.write(block)
            state.update(block)
            left -= len(block)
    return Member(name, size, state.hexdigest())


def _sync(path: Path) -> None:
    file = DISK.open(path)
    try:
        file.sync()
    finally:
        file.close()


def digest_of(path: Path, hash_: str) -> str:
    """The digest of a whole file."""
    state = running(hash_)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            state.update(block)
    return state.hexdigest()


def unpack(file: Path, folder: Path, kind: Kind = BACKUP) -> Manifest:
    """Take a room out of a packed file into a folder that is empty or does not exist.

    Every name is checked before anything is written, every byte against its digest. Raises
    ``BadBackup``; then the folder is as it was.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NoPlace(f"“{folder}”已经有内容，只能放进空文件夹")
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _manifest(packed, file.name, kind)
            _check_names(packed, manifest, file.name)
            return _written(packed, manifest, folder)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise BadBackup(f"“{file.name}”不是完整的{kind.name}") from error
    except OSError as error:
        raise BadBackup(f"“{file.name}”{kind.failed}：{trouble.of_file(error)}") from error


def _manifest(packed: zipfile.ZipFile, name: str, kind: Kind) -> Manifest:
    try:
        info = packed.getinfo(MANIFEST)
        if info.file_size > _LONGEST_MANIFEST:
            raise BadBackup(f"“{name}”的清单异常庞大，{kind.failed}")
        data: Mapping[str, Any] = json.loads(packed.read(info))
        if data["baomi"] != kind.word or data["hash"] not in ALGORITHMS:
            raise BadBackup(f"“{name}”不是本程序的{kind.name}，或来自更新的版本")
        files = tuple(Member(each["name"], each["size"], each["digest"]) for each in data["files"])
        said = {key: data[key] for key in _SAID} | {"concealed": data.get("concealed", False)}
        return Manifest(files=files, kind=kind, **said)
    except (KeyError, TypeError, ValueError, RuntimeError) as error:
        raise BadBackup(f"“{name}”里没有读得通的清单，不是{kind.name}或已经损坏") from error


def _check_names(packed: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
    """Refuse whatever would land outside the folder, is a link, or is not as it was listed."""
    listed = {member.name: member for member in manifest.files}
    infos = [info for info in packed.infolist() if info.filename != MANIFEST]
    if len(listed) != len(manifest.files) or sorted(listed) != sorted(i.filename for i in infos):
        raise BadBackup(f"“{name}”里的文件与清单不一致")
    for info in infos:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or not _inside(info.filename):
            raise BadBackup(
                f"“{name}”里有不该有的文件“{_shown(info.filename)}”，{manifest.kind.failed}"
            )
        if info.file_size > max(_LARGE, info.compress_size * _SWOLLEN):
            raise BadBackup(f"“{name}”里“{info.filename}”解开后异常庞大，{manifest.kind.failed}")
        if info.file_size != listed[info.filename].size:
            raise BadBackup(f"“{name}”里“{info.filename}”的大小与清单不一致")


def _inside(name: str) -> bool:
    """Whether a name stays within the folder on every system."""
    parts = name.split("/")
    return all(_PART.fullmatch(part) and set(part) != {"."} for part in parts)


def _shown(name: str) -> str:
    return re.sub(r"[^\w./-]", "?", name)[:60]


def _written(packed: zipfile.ZipFile, manifest: Manifest, folder: Path) -> Manifest:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    made: list[Path] = []
    try:
        for member in manifest.files:
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            made.append(path)
            _extract(packed, member, path, manifest)
    except BaseException:
        _clear(folder, made)
        raise
    return manifest


def _extract(packed: zipfile.ZipFile, member: Member, path: Path, manifest: Manifest) -> None:
    state, left = running(manifest.hash), member.size
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, packed.open(member.name) as source:
        while left > 0 and (block := source.read(min(left, _BLOCK))):
            file.write(block)
            state.update(block)
            left -= len(block)
        file.flush()
        os.fsync(file.fileno())
    if state.hexdigest() != member.digest:
        raise BadBackup(
            f"“{member.name}”的内容与清单的摘要不符，{manifest.kind.name}已损坏，{manifest.kind.failed}"
        )


def _clear(folder: Path, made: list[Path]) -> None:
    """Leave the folder as empty as it was."""
    for path in made:
        path.unlink(missing_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        with suppress(OSError):
            path.rmdir()
