"""One line of the book: a JSON object whose last field chains it to the line before.

``{"n":…,"acts":[…],"records":[…],"crc":"…","h":"…"}``: ``crc`` is the CRC-32 of the bytes before
it, which tells damage from rewriting; ``h`` is the digest of the last line's ``h`` and of this
line's bytes up to ``,"h":``.
"""

import json
import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import frozen

__all__ = ["GENESIS", "BrokenLine", "Line", "TornLine", "read", "write"]

GENESIS: Final = "0" * 64
"""What the very first line is chained to."""

_TAIL: Final = re.compile(rb',"crc":"([0-9a-f]{8})","h":"([0-9a-f]{64})"\}\n')
_TAIL_LENGTH: Final = len(b',"crc":"00000000","h":""}\n') + 64


class TornLine(ValueError):
    """A line that was never written to its end: its tail is missing, or a hole is in it."""


class BrokenLine(ValueError):
    """A whole line that is not as it was written; the message is a Chinese phrase."""


@frozen
class Line:
    """What a line says and the head of the chain after it."""

    data: Mapping[str, Any]
    head: str


def write(data: Mapping[str, Any], head: str, digest: Callable[[bytes], str]) -> tuple[bytes, str]:
    """The bytes of a line that follows ``head``, and the new head."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    sealed = body + b',"crc":"%08x"' % zlib.crc32(body)
    new = digest(head.encode() + sealed)
    return sealed + b',"h":"' + new.encode() + b'"}\n', new


def read(raw: bytes, head: str, digest: Callable[[bytes], str]) -> Line:
    """The line these bytes are, if it follows ``head``.

    Raises ``TornLine`` when it was cut short or has a hole, as after a power cut, and
    ``BrokenLine`` when its bytes or its place in the chain are not what they were.
    """
    found = _TAIL.fullmatch(raw[-_TAIL_LENGTH:])
    if found is None or b"\0" in raw:
        raise TornLine
    body = raw[:-_TAIL_LENGTH]
    if int(found[1], 16) != zlib.crc32(body):
        raise BrokenLine("内容被改动或损坏，校验和不符")
    stated = found[2].decode()
    sealed = raw[: -len(b',"h":""}\n') - len(stated)]
    if digest(head.encode() + sealed) != stated:
        raise BrokenLine("与上一行接不上：这一行或前面的行被改动、删去或调换")
    return Line(json.loads(raw), stated)
