"""A file as it came: its bytes, its digest, and what it is, told by its content alone."""

import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, Final, Self

from attrs import field, frozen

from ledger import trouble
from ledger.text import quoted, shown
from ledger.trouble import Illegible

__all__ = ["MOST_BYTES", "MOST_COLUMNS", "MOST_ROWS", "Source", "Unreadable", "sniff"]

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 100 * MEGABYTE
MOST_UNPACKED: Final = 200 * MEGABYTE
MOST_BESIDE: Final = 32 * MEGABYTE
"""How much of a workbook may be anything but its sheets and texts: styles cost most to read."""
MOST_RATIO: Final = 100
"""A workbook that unpacks to more than this many times its size is taken for a zip bomb."""
_LONGEST: Final = 255
"""How much of a name is shown, in characters."""
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 1_000

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEETS: Final = re.compile(r"xl/(worksheets/|sharedStrings)", re.IGNORECASE)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Unreadable(Illegible):
    """A file that cannot be read as a table; the message is a Chinese sentence."""


@frozen
class Source:
    """The bytes of a file and the name an officer knows it by."""

    name: str
    raw: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes, as any machine can work it out."""
        return f"sha256:{hashlib.sha256(self.raw).hexdigest()}"

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file at a path; raises ``Unreadable``."""
        try:
            with path.open("rb") as file:
                return cls.of(path.name, file)
        except (OSError, ValueError) as error:
            reason = trouble.of_file(error) if isinstance(error, OSError) else "文件名不能用"
            raise Unreadable(f"打不开{quoted(str(path), _LONGEST)}：{reason}") from None

    @classmethod
    def of(cls, name: str, stream: BinaryIO) -> Self:
        """All that a stream has to give; raises ``Unreadable`` when it is too much."""
        name = shown(name)[:_LONGEST]
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise Unreadable(f"“{name}”超过{MOST_BYTES // MEGABYTE}MB，请分成几个文件")
        return cls(name, raw)


def sniff(source: Source) -> str:
    """What a file is: ``xlsx``, ``xls``, ``markup``, ``json`` or ``text``.

    Raises ``Unreadable`` for what is certainly no table.
    """
    raw = source.raw
    if raw.startswith(b"PK\x03\x04"):
        return _packed(source)
    if raw.startswith(_OLE[:4]):
        return _compound(source)
    start = _without_mark(raw[:4096]).replace(b"\x00", b"").lstrip()
    if start.startswith(b"<"):
        return "markup"
    return "json" if start.startswith((b"{", b"[")) else "text"


def _without_mark(raw: bytes) -> bytes:
    return next((raw[len(mark) :] for mark in _MARKS if raw.startswith(mark)), raw)


def _packed(source: Source) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(source.raw)) as packed:
            sizes = {info.filename: info.file_size for info in packed.infolist()}
            encrypted = any(info.flag_bits & 1 for info in packed.infolist())
    except Exception:  # noqa: BLE001 - zipfile raises whatever the bytes lead it to
        raise Unreadable(f"“{source.name}”不是完整的XLSX表格，可能已损坏") from None
    if encrypted:
        raise Unreadable(_LOCKED.format(source.name))
    _refuse_bombs(source, sizes)
    if "xl/workbook.xml" in sizes or any(name.startswith("xl/worksheets/") for name in sizes):
        return "xlsx"
    for part, what in _OTHERS.items():
        if part in sizes:
            raise Unreadable(f"“{source.name}”是{what}，请另存为XLSX或CSV")
    raise Unreadable(f"“{source.name}”不是完整的XLSX表格，可能已损坏")


_LOCKED: Final = "“{}”加了密码，请在原来的软件里去掉密码，另存一份再导入"
_OTHERS: Final = {
    "xl/workbook.bin": "XLSB表格",
    "content.xml": "ODS表格",
    "word/document.xml": "文字文档，不是表格",
    "ppt/presentation.xml": "演示文稿，不是表格",
}


def _refuse_bombs(source: Source, sizes: dict[str, int]) -> None:
    beside = sum(size for name, size in sizes.items() if not _SHEETS.match(name))
    size = sum(sizes.values())
    if (
        size > MOST_UNPACKED
        or size > MOST_RATIO * max(len(source.raw), 64 * 1024)
        or beside > max(MOST_BESIDE, 4 * len(source.raw))
    ):
        raise Unreadable(f"“{source.name}”解开后异常庞大，拒绝读取")


def _compound(source: Source) -> str:
    """What an old binary file is, by the names of the streams in it."""
    streams = ("EncryptedPackage", "Workbook", "Book", "WordDocument")
    found = [name for name in streams if name.encode("utf-16-le") in source.raw]
    if "EncryptedPackage" in found:
        raise Unreadable(_LOCKED.format(source.name))
    if "Workbook" in found or "Book" in found:
        return "xls"
    if "WordDocument" in found:
        raise Unreadable(f"“{source.name}”是文字文档，不是表格，请另存为XLSX或CSV")
    raise Unreadable(f"“{source.name}”像是旧格式的表格，但不完整，可能已损坏")
