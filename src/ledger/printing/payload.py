"""What a label's code says: 24 digits that name a page of this book and nothing else.

``V K IIIIIIII NN MMMMMMMMMMMM``: version of the key, kind of thing, running number, which of the
page's labels it is, and twelve digits of an HMAC over those and over level and asset number. The
level is inside the check and not in the text, so that a phone reads nothing and a label from
before a change of level shows itself as out of date. Digits only: a keyboard scanner passes them
through a Chinese input method unharmed.

The running number is shifted by an amount that only the key knows. It tells nobody how many
carriers there are, and two rooms seldom use the same numbers, so that another room's label is
known for what it is.
"""

import hmac
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ledger.text import digits, quoted
from ledger.trouble import Misuse

__all__ = [
    "KINDS",
    "LENGTH",
    "Code",
    "InvalidCode",
    "Subject",
    "genuine",
    "grouped",
    "ident",
    "read",
    "slips",
    "write",
]

LENGTH: Final = 24
KINDS: Final = (
    "medium",
    "computer",
    "cabinet",
    "paper",
    "notebook",
    "device",
    "site",
    "blank",
    "person",
)
"""Things that can carry a label, in the order of their digit from 1; what is new comes last."""

_PURPOSE: Final = b"baomi-label-1"
_CHECK_DIGITS: Final = 12
_IDENTS: Final = 10**8

Keys = Mapping[int, bytes]
"""The room's keys by their version, from 1."""


class InvalidCode(Misuse, ValueError):
    """A text that is no code of a label; the message is a Chinese sentence."""


class Subject(NamedTuple):
    """What a label is stuck on, as far as its check depends on it."""

    kind: str
    ident: int
    level: str
    asset_no: str


class Code(NamedTuple):
    """A code taken apart; whether it is genuine only the room's key can tell.

    ``shifted`` is the running number as it stands in the code.
    """

    version: int
    kind: str
    shifted: int
    issue: int
    check: str

    def __str__(self) -> str:
        return _open(self.version, self.kind, self.shifted, self.issue) + self.check


def _open(version: int, kind: str, shifted: int, issue: int) -> str:
    return f"{version}{KINDS.index(kind) + 1}{shifted:08}{issue:02}"


def _shift(key: bytes) -> int:
    return int.from_bytes(hmac.digest(key, _PURPOSE + b"-shift", "sha256")) % _IDENTS


def write(subject: Subject, issue: int, key: bytes, version: int = 1) -> str:
    """The 24 digits of a label's issue, from 1 to 99, for its subject."""
    shifted = (subject.ident + _shift(key)) % _IDENTS
    open_part = _open(version, subject.kind, shifted, issue)
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
        raise InvalidCode(f"标签码应是{LENGTH}位数字，读到{quoted(text)}（{len(plain)}位）")
    version, kind = int(plain[0]), int(plain[1])
    if version < 1 or not 1 <= kind <= len(KINDS):
        raise InvalidCode(f"不是本系统的标签码：{quoted(text)}")
    return Code(version, KINDS[kind - 1], int(plain[2:10]), int(plain[10:12]), plain[12:])


def ident(code: Code, key: bytes) -> int:
    """The running number behind a code that was made with this key."""
    return (code.shifted - _shift(key)) % _IDENTS


def genuine(code: Code, subject: Subject, key: bytes) -> bool:
    """Whether the code was made with this key for this subject as it is described."""
    made = write(subject, code.issue, key, code.version)
    return hmac.compare_digest(made, str(code))


def slips(code: Code) -> Iterator[tuple[int, Code]]:
    """Every code that one wrong digit or two exchanged neighbours could have become this one.

    With the place of the digit, counted from 1.
    """
    text = str(code)
    wrong = ((n, text[:n] + d + text[n + 1 :]) for n in range(LENGTH) for d in "0123456789")
    turned = ((n, text[:n] + text[n + 1] + text[n] + text[n + 2 :]) for n in range(LENGTH - 1))
    for place, meant in (*wrong, *turned):
        if meant != text:
            try:
                yield place + 1, read(meant)
            except InvalidCode:
                continue


def grouped(code: str) -> str:
    """The code as it is printed for people, six digits a group.

    >>> grouped("1" * 24)
    '111111 111111 111111 111111'
    """
    return " ".join(code[place : place + 6] for place in range(0, len(code), 6))
