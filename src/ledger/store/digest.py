"""The digests a book may be chained with: SM3 (GB/T 32905-2016) or SHA-256."""

import hashlib
from collections.abc import Callable
from typing import Final

__all__ = ["ALGORITHMS", "NoSuchDigest", "digest"]

ALGORITHMS: Final = ("sm3", "sha256")
"""The names a book's first line may give; the first is the default."""


class NoSuchDigest(Exception):
    """A digest that this machine or this program cannot compute; never another in silence."""


def digest(name: str) -> Callable[[bytes], str]:
    """The function that gives the hexadecimal digest of some bytes.

    Raises ``NoSuchDigest`` with a Chinese sentence.
    """
    if name not in ALGORITHMS:
        raise NoSuchDigest(f"账本写明的摘要算法“{name}”不认识，只支持{'、'.join(ALGORITHMS)}")
    try:
        hashlib.new(name)
    except ValueError:
        return _sm3_by_cryptography()
    return lambda data: hashlib.new(name, data).hexdigest()


def _sm3_by_cryptography() -> Callable[[bytes], str]:
    """SM3 from the library that ships its own OpenSSL, where Python's was built without it."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes

    def sm3(data: bytes) -> str:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize().hex()

    try:
        sm3(b"")
    except UnsupportedAlgorithm:
        raise NoSuchDigest("这台机器算不出SM3摘要，打不开用SM3记的账本") from None
    return sm3
