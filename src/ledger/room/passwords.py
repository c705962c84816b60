"""口令: long and mixed enough for the room's level, and one-time passwords where it is 绝密."""

import hmac
from datetime import datetime
from typing import Final

from ledger.access import OperatorRole
from ledger.mark import Level
from ledger.room.room import Room
from ledger.trouble import Misuse

__all__ = [
    "WeakPassword",
    "needs_one_time",
    "new_one_time",
    "one_time_link",
    "refuse_weak",
    "step_of",
]

_PROGRAM: Final = 32
"""How long a program's password is, which no person has to type."""


class WeakPassword(Misuse, ValueError):
    """A password the regulation does not allow; a Chinese sentence with the article."""


def refuse_weak(room: Room, password: str, roles: frozenset[OperatorRole]) -> None:
    """Raise ``WeakPassword`` for one that 计算机制度 备注 does not allow at the room's level."""
    pack, level = room.pack.at(room.clock().date()), room.register.level
    lengths = pack.password_length
    least = lengths.get(str(level), max(lengths.values(), default=0))
    if OperatorRole.PROGRAM in roles:
        least = max(least, _PROGRAM)
    if not password.isascii() or not password.isprintable():
        raise WeakPassword("口令只能用英文字母、数字和符号，请切换到英文输入")
    if len(password) < least:
        raise WeakPassword(f"口令{len(password)}位，本室至少{least}位（计算机制度 备注）")
    kinds = (str.isalpha, str.isdigit, lambda c: not c.isalnum())
    classes = sum(any(map(kind, password)) for kind in kinds)
    if classes < pack.password_classes:
        raise WeakPassword(
            f"口令要混用字母、数字、符号中的{pack.password_classes}类以上（计算机制度 备注）"
        )


def needs_one_time(room: Room, roles: frozenset[OperatorRole]) -> bool:
    """Whether these roles sign in with a one-time password besides; a program has no telephone."""
    return room.register.level is Level.绝密 and OperatorRole.PROGRAM not in roles


def new_one_time() -> str:
    """A fresh secret for one-time passwords, in base 32."""
    from pyotp import random_base32

    return random_base32()


def one_time_link(secret: str, room: Room, name: str) -> str:
    """What an authenticator reads from a QR code."""
    from pyotp import TOTP

    return str(TOTP(secret).provisioning_uri(name=name, issuer_name=room.register.unit))


def step_of(secret: str, code: str, at: datetime, last: int) -> int:
    """The half minute a one-time password is good for, later than the last one used; 0 for none.

    One before and one after pass as well, for clocks that differ.
    """
    from pyotp import TOTP

    generator = TOTP(secret)
    now = generator.timecode(at)
    for step in (now - 1, now, now + 1):
        if (
            hmac.compare_digest(generator.generate_otp(step).encode(), code.encode())
            and step > last
        ):
            return step
    return 0
