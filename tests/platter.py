"""A disk that forgets: what was not synced may be lost, kept, torn at any byte, or out of order.

``Platter`` is a file system in memory that writes down everything the store asks of it;
``images`` are the disks a power cut at any moment could have left behind.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ledger.store.disk import Stat

SECTOR = 512
MOST_SECTORS = 5
"""Writes of no more sectors are tried with every subset of them; longer ones with some."""


class Op(NamedTuple):
    """Something that was asked of the disk."""

    kind: str
    what: object
    detail: tuple


class Inode:
    """A file's bytes, whatever it is called."""

    def __init__(self, number, raw=b""):
        self.number = number
        self.raw = bytearray(raw)


class Handle:
    """An open file."""

    def __init__(self, platter, inode):
        self.platter, self.inode = platter, inode

    def stat(self):
        return Stat((0, self.inode.number), len(self.inode.raw))

    def read(self, start, end):
        return bytes(self.inode.raw[start:end])

    def write(self, start, raw):
        self.platter.asked("write", self.inode.number, start, bytes(raw))
        put(self.inode.raw, start, raw)

    def truncate(self, size):
        if size != len(self.inode.raw):
            self.platter.asked("truncate", self.inode.number, size)
            cut(self.inode.raw, size)

    def sync(self):
        self.platter.asked("sync", self.inode.number)

    def close(self):
        pass


def put(raw, start, new):
    """Write some bytes into a file, as a file system does."""
    if start > len(raw):
        raw.extend(bytes(start - len(raw)))
    raw[start : start + len(new)] = new


def cut(raw, size):
    """Make a file so long."""
    if size < len(raw):
        del raw[size:]
    else:
        raw.extend(bytes(size - len(raw)))


class Platter:
    """A file system in memory."""

    def __init__(self, files=None):
        self.inodes = {}
        self._names = {}
        self.log = []
        self.before = None
        """Called with each operation before it is done; may raise ``OSError``."""
        for path, raw in (files or {}).items():
            self._made(path, raw)

    def _made(self, path, raw=b""):
        inode = Inode(len(self.inodes) + 1, raw)
        self.inodes[inode.number] = inode
        self._names[path] = inode.number
        return inode

    def asked(self, kind, what, *detail):
        op = Op(kind, what, detail)
        if self.before is not None:
            self.before(op)
        self.log.append(op)

    def open(self, path, *, new=False, write=True):
        if path not in self._names:
            if not new:
                raise FileNotFoundError(path)
            self.asked("create", path, len(self.inodes) + 1)
            return Handle(self, self._made(path))
        return Handle(self, self.inodes[self._names[path]])

    def stat(self, path):
        if path not in self._names:
            return None
        return Handle(self, self.inodes[self._names[path]]).stat()

    def names(self, folder):
        return sorted(path.name for path in self._names if path.parent == folder)

    def view(self, path):
        if path not in self._names:
            raise FileNotFoundError(path)
        return bytes(self.inodes[self._names[path]].raw)

    def replace(self, old, new):
        self.asked("replace", old, new)
        self._names[new] = self._names.pop(old)

    def remove(self, path):
        if path in self._names:
            self.asked("remove", path)
            del self._names[path]

    def sync_folder(self, folder):
        self.asked("sync_folder", folder)

    def files(self):
        """The bytes under every name."""
        return {path: bytes(self.inodes[number].raw) for path, number in self._names.items()}


class _Pending:
    """What has been asked of one file since it was last synced."""

    def __init__(self, durable):
        self.durable = durable
        self.ops = []

    def after(self, ops):
        raw = bytearray(self.durable)
        for op in ops:
            if op.kind == "write":
                put(raw, *op.detail)
            else:
                cut(raw, *op.detail)
        return bytes(raw)

    @property
    def kept(self):
        """The file with everything kept."""
        return self.after(self.ops)

    def torn(self, step):
        """The file with the last write cut short at every ``step``-th byte."""
        *before, last = self.ops
        if last.kind == "write":
            start, new = last.detail
            for size in range(1, len(new), step):
                yield self.after([*before, last._replace(detail=(start, new[:size]))])

    def out_of_order(self):
        """The file with only some of its changed sectors written, in any combination."""
        whole = self.kept
        old = self.durable.ljust(len(whole), b"\0")
        changed = [
            at
            for at in range(0, len(whole), SECTOR)
            if whole[at : at + SECTOR] != old[at : at + SECTOR]
        ]
        for some in _subsets(changed):
            raw = bytearray(old[: len(whole)])
            for at in some:
                raw[at : at + SECTOR] = whole[at : at + SECTOR]
            yield bytes(raw)


def _subsets(sectors):
    if len(sectors) <= MOST_SECTORS:
        for size in range(len(sectors)):
            yield from combinations(sectors, size)
        return
    for one in sectors:
        yield (one,)
        yield tuple(each for each in sectors if each != one)
    yield from (sectors[:size] for size in range(len(sectors)))


class _Disk:
    """A disk whose power may go at any moment."""

    def __init__(self, files):
        self.names = {}
        self.pending_names = []
        self.inodes = {}
        for number, (path, raw) in enumerate(files.items(), 1):
            self.names[path] = number
            self.inodes[number] = _Pending(raw)

    def does(self, op):
        if op.kind in ("write", "truncate"):
            self.inodes[op.what].ops.append(op)
        elif op.kind == "sync":
            inode = self.inodes[op.what]
            inode.durable, inode.ops = inode.kept, []
        elif op.kind == "sync_folder":
            here = [each for each in self.pending_names if _folder(each) == op.what]
            self.names = _named(self.names, here)
            self.pending_names = [each for each in self.pending_names if each not in here]
        else:
            if op.kind == "create":
                self.inodes[op.detail[0]] = _Pending(b"")
            self.pending_names.append(op)

    def images(self, op, step):
        """The disks a power cut right after an operation could leave."""
        touched = [number for number, inode in self.inodes.items() if inode.ops]
        if op.kind in ("write", "truncate"):
            touched = [op.what]
        for named in range(len(self.pending_names) + 1):
            names = _named(self.names, self.pending_names[:named])
            for keep in (True, False):
                others = {n: i.kept if keep else i.durable for n, i in self.inodes.items()}
                yield {path: others[number] for path, number in names.items()}
                for one in touched:
                    inode = self.inodes[one]
                    for raw in (*inode.torn(step), *inode.out_of_order()):
                        mixed = others | {one: raw}
                        yield {path: mixed[number] for path, number in names.items()}


def _folder(op):
    return op.detail[0].parent if op.kind == "replace" else op.what.parent


def _named(names, ops):
    names = dict(names)
    for op in ops:
        if op.kind == "create":
            names[op.what] = op.detail[0]
        elif op.kind == "remove":
            names.pop(op.what, None)
        elif op.what in names:
            names[op.detail[0]] = names.pop(op.what)
    return names


def images(files, log, step=1) -> Iterator[tuple[int, dict]]:
    """Every disk a power cut could leave behind, each once, with the operation it came after.

    ``files`` is what was on the disk before, ``log`` what was asked of it since; writes are torn
    at every ``step``-th byte.
    """
    disk, seen = _Disk(files), set()
    for place, op in enumerate(log):
        disk.does(op)
        for image in disk.images(op, step):
            key = hash(tuple(sorted(image.items())))
            if (place, key) not in seen:
                seen.add((place, key))
                yield place, image
