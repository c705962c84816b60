"""Where in a file of lines something is said: a sorted array beside the file, read in place.

Derived: it may be deleted at any time and is made again from the file. A word is kept as a
hash of 32 bits beside its row, so a row that is found has still to be looked at.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Self
from zlib import crc32

import orjson

from ledger.store.disk import View

__all__ = ["NoPostings", "Postings", "posting"]

_MAGIC: Final = b"baomi-index-1 "
_ROW: Final = 0xFFFFFFFF


class NoPostings(ValueError):
    """Bytes that are no index, or not one of this file."""


def posting(word: str, row: int) -> int:
    """A word in a row, as the array keeps it."""
    return crc32(word.encode()) << 32 | row


class Postings:
    """The index of a file: what it was made from, where each row starts, which words it has."""

    def __init__(
        self, about: Mapping[str, Any], starts: Sequence[int], words: Sequence[int]
    ) -> None:
        self.about = about
        self.starts = starts
        self.words = words

    @classmethod
    def of(cls, about: Mapping[str, Any], starts: Iterable[int], words: Iterable[int]) -> Self:
        """The index of rows that start at these places and say these words."""
        return cls(about, array("Q", starts), array("Q", sorted(words)))

    @classmethod
    def read(cls, raw: View) -> Self:
        """The index some bytes are, used where they lie; raises ``NoPostings``."""
        if raw[: len(_MAGIC)] != _MAGIC:
            raise NoPostings
        line = raw.find(b"\n") + 1
        try:
            about = orjson.loads(raw[len(_MAGIC) : line])
            rows, words, order = about["rows"], about["words"], about["order"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise NoPostings from None
        if len(raw) != line + 8 * (rows + words) or order != sys.byteorder:
            raise NoPostings
        numbers = memoryview(raw)[line:].cast("Q")
        return cls(about, numbers[:rows], numbers[rows:])

    def bytes(self) -> Iterator[bytes]:
        """The bytes ``read`` reads, in pieces."""
        sizes = {"rows": len(self.starts), "words": len(self.words), "order": sys.byteorder}
        about = {**self.about, **sizes}
        line = _MAGIC + orjson.dumps(about)
        yield line + b" " * (-(len(line) + 1) % 8) + b"\n"
        for numbers in (self.starts, self.words):
            yield memoryview(numbers).tobytes()  # type: ignore[arg-type]

    def rows(self, word: str) -> list[int]:
        """The rows that may say a word, in order."""
        first = posting(word, 0)
        last, place, found = first | _ROW, bisect_left(self.words, first), []
        while place < len(self.words) and (number := self.words[place]) <= last:
            found.append(number & _ROW)
            place += 1
        return found
