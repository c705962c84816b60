"""Texts that were typed by mistake and are blanked in the book, and lines that are still believed.

A line keeps the head it had when it was written, so the chain goes on over it; a later line says
which bytes were blanked and what the head of the blanked bytes is, so nothing else can have
changed. Bytes are blanked one by one, each to a star: a power cut in the middle does no harm,
because blanking again comes to the same.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from ledger.store.digest import Digest
from ledger.store.disk import Disk
from ledger.store.line import TAIL_LENGTH, unseal
from ledger.store.place import year_file
from ledger.store.torn import lines_of

__all__ = ["QUOTING", "Blank", "blanked", "explains", "in_line", "put", "spans_of"]

Spans = tuple[tuple[int, int], ...]
QUOTING: Final = ("fact", "facts", "subject", "subjects")
"""Fields in which the words of others are quoted."""


class Blank(NamedTuple):
    """A line that was blanked: its number, its new head, where it stands, and which bytes."""

    line: int
    head: str
    year: int
    start: int
    spans: Spans


def in_line(data: Mapping[str, Any]) -> Iterator[Blank]:
    """The lines a line says were blanked."""
    for line, head, year, start, spans in data.get("blanked", ()):
        yield Blank(line, head, year, start, tuple((at, length) for at, length in spans))


def spans_of(raw: bytes, start: int, end: int, field: str, text: str) -> Spans:
    """Where a piece of a line has a text in a field, or quotes it in what the rules said."""
    plain = re.escape(orjson.dumps(text)[1:-1])
    names = b"|".join(re.escape(name.encode()) for name in (field, *QUOTING))
    values = re.compile(rb'"(?:%b)":(?:"(?:[^"\\]|\\.)*"|\[[^]]*\])' % names)
    spans = [
        found.span()
        for value in values.finditer(raw, start, end)
        for found in re.compile(plain).finditer(
            raw, value.start() + 1 + value[0].index(b":"), value.end()
        )
    ]
    return tuple((first, last - first) for first, last in sorted(set(spans)))


def blanked(raw: bytes, spans: Spans) -> bytes:
    """The line with those bytes blanked and its checksum made right; its head stays."""
    line = bytearray(raw)
    for start, length in spans:
        line[start : start + length] = b"*" * length
    tail = len(line) - TAIL_LENGTH
    crc = tail + len(b',"crc":"')
    line[crc : crc + 8] = b"%08x" % zlib.crc32(line[:tail])
    return bytes(line)


def explains(blank: Blank, raw: bytes, head: str, digest: Digest) -> bytes | None:
    """The line as it is to be read, if all that is wrong with it is that it was blanked."""
    line = blanked(raw, blank.spans)
    sealed = unseal(line)
    return line if digest(head.encode() + sealed.bytes) == blank.head else None


def put(disk: Disk, folder: Path, blank: Blank) -> None:
    """Blank the bytes on disk, and come back when they are gone."""
    path = folder / year_file(blank.year)
    file = disk.open(path)
    try:
        line = next(lines_of(file, blank.start))
        file.write(blank.start, blanked(line, blank.spans))
        file.sync()
    finally:
        file.close()
