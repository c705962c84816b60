"""One line of the book: a JSON object whose last field chains it to the line before.

``{"l":17,…,"crc":"…","h":"…"}``: ``l`` counts the lines of the whole book; ``crc`` is the CRC-32 of
the bytes before it, which tells damage from rewriting; ``h`` is the digest of the last line's
``h`` and of this line's bytes up to ``,"h":``.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from ledger.store.digest import Digest

__all__ = [
    "GENESIS",
    "HEAD_LENGTH",
    "TAIL_LENGTH",
    "Altered",
    "Sealed",
    "Signer",
    "TornLine",
    "seal",
    "signed",
    "unseal",
]

Signer = Callable[[bytes], str]
"""What signs some bytes, in hexadecimal."""
GENESIS: Final = "0" * 64
"""What the very first line is chained to."""

_TAIL: Final = re.compile(rb',"crc":"([0-9a-f]{8})","h":"([0-9a-f]{64})"\}\n')
TAIL_LENGTH: Final = len(b',"crc":"00000000","h":""}\n') + 64
"""Bytes of a line behind what its checksum is of."""
HEAD_LENGTH: Final = len(b',"h":""}\n') + 64
"""Bytes of a line behind what its head is of."""


class TornLine(ValueError):
    """A line that was never written to its end: its tail is missing, or a hole is in it."""


class Altered(ValueError):
    """A whole line whose own checksum fails."""


class Sealed(NamedTuple):
    """A whole line: the head it states, and the bytes that head is of."""

    head: str
    bytes: bytes

    def follows(self, head: str, digest: Digest) -> bool:
        """Whether the head it states is that of its bytes after another head."""
        return digest(head.encode() + self.bytes) == self.head


def seal(
    data: Mapping[str, Any], head: str, digest: Digest, sign: Signer | None = None
) -> tuple[bytes, str]:
    """The bytes of a line that follows ``head``, and the new head.

    A signature is of the head before and of all the line says in front of it.
    """
    body = orjson.dumps(data)[:-1]
    if sign is not None:
        body = b'%b,"sig":"%b"' % (body, sign(head.encode() + body).encode())
    sealed = b'%b,"crc":"%08x"' % (body, zlib.crc32(body))
    new = digest(head.encode() + sealed)
    return b'%b,"h":"%b"}\n' % (sealed, new.encode()), new


def unseal(raw: bytes) -> Sealed:
    """A line taken apart.

    Raises ``TornLine`` when it was cut short or has a hole, as after a power cut, and
    ``Altered`` when its bytes are not what they were.
    """
    found = _TAIL.fullmatch(raw, max(len(raw) - TAIL_LENGTH, 0))
    if found is None or b"\0" in raw:
        raise TornLine
    if int(found[1], 16) != zlib.crc32(raw[:-TAIL_LENGTH]):
        raise Altered
    return Sealed(found[2].decode(), raw[:-HEAD_LENGTH])


_SIGNATURE: Final = re.compile(rb',"sig":"([0-9a-f]{128})"')
_SIGNED: Final = len(b',"sig":""') + 128
"""Bytes of a line between what its signature is of and its checksum."""


def signed(raw: bytes, head: str) -> tuple[bytes, str]:
    """The bytes a line's signature is of, given the head before, and the signature; blank for none."""
    body = raw[:-TAIL_LENGTH]
    found = _SIGNATURE.fullmatch(body, max(len(body) - _SIGNED, 0))
    return (head.encode() + body[:-_SIGNED], found[1].decode()) if found else (b"", "")
