"""A head of the book signed by the unit (Ed25519), for those who keep it outside the room."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger import trouble
from ledger.trouble import Misuse

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["NoKey", "genuine", "genuine_bytes", "new_key", "sign"]

PUBLIC: Final = ".pub"


class NoKey(Misuse):
    """A key that is not there, does not read or may not be overwritten; a Chinese sentence."""


def new_key(path: Path) -> str:
    """Make a key pair: the private half in a file of its owner's alone, the public beside it.

    The public half in hexadecimal is given back. Raises ``NoKey``.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes_raw().hex()
    try:
        _write(path, private, 0o600)
        try:
            _write(path.with_name(path.name + PUBLIC), public.encode() + b"\n", 0o644)
        except OSError:
            path.unlink()
            raise
    except FileExistsError as error:
        raise NoKey(f"密钥“{path}”没有写成：{trouble.of_file(error)}") from error
    return public


def _write(path: Path, raw: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink()
        raise


def _private(path: Path) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise NoKey(f"密钥“{path}”打不开：{trouble.of_file(error)}") from error
    except (ValueError, TypeError) as error:
        raise NoKey(f"“{path}”不是读得通的密钥") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"“{path}”不是签名用的密钥（Ed25519）")
    return key


def sign(said: str, path: Path) -> tuple[str, str]:
    """The signature of a text with the key in a file, and the public half; raises ``NoKey``."""
    key = _private(path)
    return key.sign(said.encode()).hex(), key.public_key().public_bytes_raw().hex()


def genuine(said: str, signature: str, public: str) -> bool:
    """Whether a signature is that of a text by the key with this public half."""
    return genuine_bytes(said.encode(), signature, public)


def genuine_bytes(said: bytes, signature: str, public: str) -> bool:
    """Whether a signature is that of some bytes by the key with this public half."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True
