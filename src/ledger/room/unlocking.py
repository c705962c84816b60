"""锁屏口令: who may take the screen up again, each with a password of his own.

It keeps the screen from passers-by and no more: whoever can read the folder needs no screen.
"""

import hashlib
import hmac
import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from ledger.room.room import Room
from ledger.store.settings import SETTINGS

__all__ = ["NAME", "WrongPassword", "has_password", "lock_minutes", "set_password", "unlocks"]

NAME: Final = "lock.json"
_LONGEST_MINUTES: Final = 5
_USUAL_MINUTES: Final = 3
_SHORTEST: Final = 6
_COST: Final = {"n": 2**14, "r": 8, "p": 1}


class WrongPassword(ValueError):
    """A password that cannot be set or a file that does not read; a Chinese sentence."""


def lock_minutes(room: Room) -> int:
    """After how many minutes without a key the screen is locked, from 1 to 5; 3 unless set.

    ``[screen] lock_minutes`` in room.toml sets it.
    """
    table = tomllib.loads((room.folder / SETTINGS).read_text("utf-8")).get("screen", {})
    said = table.get("lock_minutes", _USUAL_MINUTES) if isinstance(table, dict) else _USUAL_MINUTES
    whole = isinstance(said, int) and not isinstance(said, bool)
    return min(max(said, 1), _LONGEST_MINUTES) if whole else _USUAL_MINUTES


def _read(room: Room) -> dict[str, Mapping[str, Any]]:
    try:
        data = json.loads((room.folder / NAME).read_bytes())
        return {str(who): dict(each) for who, each in data.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError):
        raise WrongPassword(f"{NAME}读不通：请从备份里恢复，或删去它重新设置锁屏口令") from None


def _who(room: Room, by: str) -> str:
    person = room.register.person(by)
    return by if person is None else person.number


def has_password(room: Room, by: str) -> bool:
    """Whether somebody has set one; raises ``WrongPassword``."""
    return _who(room, by) in _read(room)


def unlocks(room: Room, by: str, password: str) -> bool:
    """Whether this is the password of somebody who has one; raises ``WrongPassword``."""
    kept = _read(room).get(_who(room, by))
    if kept is None:
        return False
    try:
        salt, digest = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["digest"])
    except (KeyError, ValueError, TypeError):
        raise WrongPassword(f"{NAME}读不通：请从备份里恢复，或删去它重新设置锁屏口令") from None
    return hmac.compare_digest(_digest(password, salt), digest)


def set_password(room: Room, by: str, password: str) -> None:
    """Give somebody a password; raises ``WrongPassword`` for one too short or not ASCII."""
    if not password.isascii() or not password.isprintable():
        raise WrongPassword("口令只能用英文字母、数字和符号，请切换到英文输入")
    if len(password) < _SHORTEST:
        raise WrongPassword(f"口令至少{_SHORTEST}位")
    salt = secrets.token_bytes(16)
    kept = {"salt": salt.hex(), "digest": _digest(password, salt).hex()}
    data = json.dumps({**_read(room), _who(room, by): kept}, ensure_ascii=False, indent=1)
    draft = room.folder / f"{NAME}.draft"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(room.folder / NAME)


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **_COST)
