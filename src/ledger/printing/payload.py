"""What a label's code says: 24 digits that name a page of this book and nothing else.

``V K IIIIIIII NN MMMMMMMMMMMM``: version, kind of thing, the page's running number, the label's
issue number, and twelve digits of an HMAC over those and over level and asset number. The level
is inside the check and not in the text, so that a phone reads nothing and a label from before a
change of level shows itself as out of date. Digits only: a keyboard scanner passes them through
a Chinese input method unharmed.
"""

import hmac
import re
from typing import Final, NamedTuple

from ledger.text import digits, quoted

__all__ = ["KINDS", "LENGTH", "Code", "InvalidCode", "Subject", "genuine", "read", "write"]

LENGTH: Final = 24
VERSION: Final = 1
KINDS: Final = ("medium", "computer", "cabinet", "paper", "notebook", "device", "site")
"""Things that can carry a label, in the order of their digit from 1."""

_PURPOSE: Final = b"baomi-label-1"
_CHECK_DIGITS: Final = 12


class InvalidCode(ValueError):
    """A text that is no code of a label; the message is a Chinese sentence."""


class Subject(NamedTuple):
    """What a label is stuck on, as far as its check depends on it."""

    kind: str
    ident: int
    level: str
    asset_no: str


class Code(NamedTuple):
    """A code taken apart; whether it is genuine only the room's key can tell."""

    kind: str
    ident: int
    issue: int
    check: str


def write(subject: Subject, issue: int, key: bytes) -> str:
    """The 24 digits of a label's issue, from 1 to 99, for its subject."""
    kind = KINDS.index(subject.kind) + 1
    open_part = f"{VERSION}{kind}{subject.ident:08}{issue:02}"
    return open_part + _check(open_part, subject, key)


def _check(open_part: str, subject: Subject, key: bytes) -> str:
    said = f"{open_part}|{subject.level}|{subject.asset_no}".encode()
    mac = hmac.digest(key, _PURPOSE + said, "sha256")
    return f"{int.from_bytes(mac) % 10**_CHECK_DIGITS:0{_CHECK_DIGITS}}"


def read(text: str) -> Code:
    """The parts of a code as a scanner or a person typed it; raises ``InvalidCode``.

    Full-width digits, blanks and line ends are forgiven.
    """
    plain = re.sub(r"\s", "", digits(text))
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", plain):
        raise InvalidCode(f"标签码应是{LENGTH}位数字，读到{quoted(text)}")
    kind = int(plain[1])
    if int(plain[0]) != VERSION or not 1 <= kind <= len(KINDS):
        raise InvalidCode(f"不是本系统的标签码：{quoted(text)}")
    return Code(KINDS[kind - 1], int(plain[2:10]), int(plain[10:12]), plain[12:])


def genuine(code: Code, subject: Subject, key: bytes) -> bool:
    """Whether the code was made with this key for this subject as it is now."""
    return hmac.compare_digest(write(subject, code.issue, key)[-_CHECK_DIGITS:], code.check)
