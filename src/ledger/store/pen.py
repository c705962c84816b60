"""Writing lines at the end of the book: on disk when it is said so, or taken back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger import trouble
from ledger.store.digest import Digest
from ledger.store.disk import Disk, File
from ledger.store.line import Signer, seal
from ledger.store.place import Place, Row
from ledger.store.torn import take_back
from ledger.trouble import Failure

__all__ = ["Pen", "Unsure", "Unwritten"]


class Unwritten(Failure):
    """A line could not be put on disk; the message says why, and whether the book is as it was."""


class Unsure(Unwritten):
    """The disk failed while a line was written and would not take it back: it may be there."""


class Pen:
    """A file of the book, kept open for the next line."""

    def __init__(self, disk: Disk, digest: Digest) -> None:
        self._disk = disk
        self._digest = digest
        self._file: File | None = None

    def close(self) -> None:
        """Let go of the file; writing opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(
        self,
        path: Path,
        before: Place,
        lines: Sequence[Mapping[str, Any]],
        *,
        new: bool = False,
        sign: Signer | None = None,
    ) -> list[Row]:
        """Put lines behind a place and sync, with the folder if the file is ``new``.

        Raises ``Unwritten`` when what was written could be taken back, else ``Unsure``.
        """
        rows = list[Row]()
        made = new and self._disk.stat(path) is None
        try:
            if self._file is None:
                self._file = self._disk.open(path, new=new)
            for row, raw in _sealed(before, lines, self._digest, sign):
                self._file.write(row.before.end, raw)
                rows.append(row)
            self._file.sync()
            if new:
                self._disk.sync_folder(path.parent)
        except OSError as error:
            raise self._failed(path, before.end, error, made=made) from error
        return rows

    def _failed(self, path: Path, end: int, error: OSError, *, made: bool) -> Unwritten:
        begun = self._file is not None
        self.close()
        if begun and not take_back(self._disk, path, end, made=made):
            return Unsure(
                f"写到一半磁盘出错，又撤不回来，这一笔可能已在账上：{trouble.of_file(error)}。"
                "请先查明磁盘，重新打开台账核对后再决定是否补记"
            )
        return Unwritten(f"没有写成，账本未变：{trouble.of_file(error)}")


def _sealed(
    place: Place, lines: Sequence[Mapping[str, Any]], digest: Digest, sign: Signer | None
) -> Iterator[tuple[Row, bytes]]:
    """The rows that lines become behind a place, each with its bytes."""
    for number, said in enumerate(lines, 1):
        tx = {"tx": [number, len(lines)]} if len(lines) > 1 else {}
        data = {"l": place.line + 1, **tx, **said}
        raw, head = seal(data, place.head, digest, sign if "n" in said else None)
        row = Row(place, place.end + len(raw), data, head)
        yield row, raw
        place = row.after
