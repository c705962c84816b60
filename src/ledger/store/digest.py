"""The digests a book may be chained with: SM3 (GB/T 32905-2016) or SHA-256."""

import hashlib
from collections.abc import Callable
from typing import Final, Protocol

from ledger.trouble import Failure

__all__ = ["ALGORITHMS", "Digest", "NoSuchDigest", "Running", "digest", "running"]

ALGORITHMS: Final = ("sm3", "sha256")
"""The names a book's first line may give; the first is the default."""

Digest = Callable[[bytes], str]
"""The hexadecimal digest of some bytes."""


class NoSuchDigest(Failure):
    """A digest that this machine or this program cannot compute; never another in silence."""


class Running(Protocol):
    """A digest that is fed piece by piece."""

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""

    def hexdigest(self) -> str:
        """The digest of all bytes so far."""


def running(name: str) -> Running:
    """A digest of this name that has seen nothing yet.

    Raises ``NoSuchDigest`` with a Chinese sentence.
    """
    if name not in ALGORITHMS:
        raise NoSuchDigest(f"账本写明的摘要算法“{name}”不认识，只支持{'、'.join(ALGORITHMS)}")
    try:
        return hashlib.new(name)
    except ValueError:
        return _sm3_by_cryptography()


def digest(name: str) -> Digest:
    """The function of this name; raises as ``running`` does."""
    start = running(name)
    copy = getattr(start, "copy", None)

    def of(data: bytes) -> str:
        state: Running = copy() if copy else running(name)
        state.update(data)
        return state.hexdigest()

    return of


class _Sm3:
    """SM3 from the library that ships its own OpenSSL."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._state = hashes.Hash(hashes.SM3())

    def update(self, data: bytes, /) -> None:
        self._state.update(data)

    def hexdigest(self) -> str:
        return self._state.copy().finalize().hex()


def _sm3_by_cryptography() -> Running:
    """SM3 where Python's own OpenSSL was built without it."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return _Sm3()
    except UnsupportedAlgorithm:
        raise NoSuchDigest("这台机器算不出SM3摘要，打不开用SM3记的账本") from None
