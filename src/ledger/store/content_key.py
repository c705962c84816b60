"""内容密钥: the one key a sealed room's texts are sealed with, wrapped for each who may read them.

It is on disk only wrapped for an operator's own key (HPKE, RFC 9180), which his password opens; and
on paper where somebody wrote it down, in letters that name themselves wrong when misread.
"""

import hashlib
import secrets
from base64 import b32decode, b32encode
from typing import Any, Final, Self

from attrs import field, frozen

from ledger.trouble import Misuse

__all__ = ["BadSheet", "ContentKey"]

_SIZE: Final = 32
_CHECK: Final = 3
"""Bytes that tell a misread sheet: 56 letters in all, none left over."""
_GROUP: Final = 4
_MARK: Final = "baomi-content-key-1"
_PRIME: Final = 2**255 - 19
_MISREAD: Final = str.maketrans("018", "OIB", " -－—\t\n\r　")
"""Digits that are no letters of Base32 and what they are taken for; blanks are passed over."""


class BadSheet(Misuse, ValueError):
    """Letters that are no content key, or another room's; a Chinese sentence."""


@frozen
class ContentKey:
    """A room's content key. It does not show when printed."""

    raw: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A fresh one."""
        return cls(secrets.token_bytes(_SIZE))

    @property
    def digits(self) -> str:
        """Sixteen hexadecimal digits that tell it from every other and give nothing of it away."""
        return hashlib.sha256(_MARK.encode() + b"\n" + self.raw).hexdigest()[:16]

    def wrapped(self, public: str, room: str, operator: str) -> str:
        """The key as only the operator with this public signing key can unwrap it, hexadecimal."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

        recipient = X25519PublicKey.from_public_bytes(_montgomery(bytes.fromhex(public)))
        return str(_suite().encrypt(self.raw, recipient, _about(room, operator)).hex())

    @classmethod
    def unwrapped(cls, wrapped: str, signing: bytes, room: str, operator: str) -> Self | None:
        """The key that was wrapped for whoever has this signing key; ``None`` if it was not."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        own = X25519PrivateKey.from_private_bytes(hashlib.sha512(signing).digest()[:_SIZE])
        try:
            return cls(_suite().decrypt(bytes.fromhex(wrapped), own, _about(room, operator)))
        except (InvalidTag, ValueError):
            return None

    @property
    def sheet(self) -> str:
        """The key in letters for paper, in fourteen groups of four."""
        text = b32encode(self.raw + _check(self.raw)).decode()
        return " ".join(text[n : n + _GROUP] for n in range(0, len(text), _GROUP))

    @classmethod
    def read(cls, letters: str) -> Self:
        """The key somebody reads off paper; raises ``BadSheet``."""
        plain = letters.upper().translate(_MISREAD)
        try:
            said = b32decode(plain)
        except ValueError:
            said = b""
        raw, check = said[:_SIZE], said[_SIZE:]
        if len(said) != _SIZE + _CHECK or check != _check(raw):
            raise BadSheet("恢复页上的密钥没有抄对：共14组，每组4个字母或数字（2至7），请逐组核对")
        return cls(raw)


def _check(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()[:_CHECK]


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _about(room: str, operator: str) -> bytes:
    """What a wrapped key is bound to: it unwraps in no other room and for nobody else."""
    return f"{_MARK}\n{room}\n{operator}".encode()


def _montgomery(public: bytes) -> bytes:
    """The X25519 half of an Ed25519 public key: u = (1 + y) / (1 - y) (RFC 7748, 4.1)."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    u = (1 + y) * pow(1 - y, -1, _PRIME) % _PRIME
    return u.to_bytes(_SIZE, "little")
