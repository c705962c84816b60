"""What checks an operator's password: a file that only the password opens, named by its own digest.

The password is nowhere, not even as a digest: it is right when what it unlocks is whole. The book
names the file's digest, so an edited or exchanged file is no operator's. In it are the key that
signs his lines and, where the level asks for one, the secret of his one-time passwords.
"""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from attrs import field, frozen

from ledger.store.disk import DISK
from ledger.store.line import Signer
from ledger.trouble import Tampered

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["FOLDER", "AlteredCredential", "Secrets", "create", "drop", "opened", "stored"]

FOLDER: Final = "operators"
_COST: Final = {"n": 2**16, "r": 8, "p": 1}
"""64 MiB and about a fifth of a second for each guess."""
_MEMORY: Final = 1 << 28
"""The most a file may ask of this machine."""
_MARK: Final = "baomi-credential-1"


class AlteredCredential(Tampered):
    """A password file that is not the one the book names; a Chinese sentence."""


@frozen
class Secrets:
    """What a password unlocks. None of it shows when printed."""

    signing: bytes = field(repr=False)
    """The private half of an Ed25519 key."""
    one_time: str = field(default="", repr=False)
    """The secret of the one-time passwords, in base 32; blank without."""

    @classmethod
    def new(cls, one_time: str = "") -> Self:
        """Fresh ones."""
        return cls(secrets.token_bytes(32), one_time)

    @property
    def public(self) -> str:
        """The public half of the signing key, in hexadecimal."""
        return str(self._key().public_key().public_bytes_raw().hex())

    def signer(self) -> Signer:
        """What signs some bytes; the key is made ready once."""
        key = self._key()
        return lambda said: str(key.sign(said).hex())

    def _key(self) -> Any:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.signing)


def create(folder: Path, room: str, operator: str, password: str, kept: Secrets) -> str:
    """Write a password file, synced, and give back the digest it goes by.

    Until the book names that digest it is nobody's.
    """
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    plain = json.dumps({"signing": kept.signing.hex(), "one_time": kept.one_time}).encode()
    sealed = _cipher(password, salt, _COST).encrypt(nonce, plain, _about(room, operator))
    data = {
        "baomi": "credential",
        "operator": operator,
        "scrypt": {**_COST, "salt": salt.hex()},
        "nonce": nonce.hex(),
        "sealed": sealed.hex(),
    }
    raw = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
    digest = hashlib.sha256(raw).hexdigest()
    where = folder / FOLDER
    where.mkdir(mode=0o700, exist_ok=True)
    path = _path(folder, digest)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    DISK.sync_folder(where)
    return digest


def stored(folder: Path, digest: str) -> bytes:
    """The password file the book names; raises ``AlteredCredential``."""
    remedy = "请从备份恢复 operators 文件夹，或由安全保密管理员为此人更换口令，并报告分管领导"
    try:
        raw = _path(folder, digest).read_bytes()
    except OSError:
        raise AlteredCredential(f"操作员的口令文件不见了或读不出：{remedy}") from None
    if hashlib.sha256(raw).hexdigest() != digest:
        raise AlteredCredential(f"操作员的口令文件被改动过：{remedy}")
    return raw


def opened(raw: bytes, room: str, operator: str, password: str) -> Secrets | None:
    """What a password unlocks in a file; ``None`` for a wrong one.

    It takes as long whether there is a file or not: for a blank one the work is done in vain.
    """
    from cryptography.exceptions import InvalidTag

    if not raw:
        _key(password, b"\0" * 16, _COST)
        return None
    data = json.loads(raw)
    cost = {name: int(data["scrypt"][name]) for name in _COST}
    cipher = _cipher(password, bytes.fromhex(data["scrypt"]["salt"]), cost)
    nonce, sealed = bytes.fromhex(data["nonce"]), bytes.fromhex(data["sealed"])
    try:
        said = json.loads(cipher.decrypt(nonce, sealed, _about(room, operator)))
    except InvalidTag:
        return None
    return Secrets(bytes.fromhex(said["signing"]), said["one_time"])


def drop(folder: Path, digest: str) -> None:
    """Take a password file away that is good for nothing any more."""
    DISK.remove(_path(folder, digest))


def _path(folder: Path, digest: str) -> Path:
    return folder / FOLDER / f"{digest}.json"


def _about(room: str, operator: str) -> bytes:
    """What the file is bound to: it opens in no other room and for nobody else."""
    return f"{_MARK}\n{room}\n{operator}".encode()


def _key(password: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hashlib.scrypt(
        password.encode(),
        salt=salt,
        n=cost["n"],
        r=cost["r"],
        p=cost["p"],
        dklen=32,
        maxmem=_MEMORY,
    )


def _cipher(password: str, salt: bytes, cost: dict[str, int]) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_key(password, salt, cost))
