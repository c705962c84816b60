"""The text the book takes, and how it is quoted back to the person who typed it.

Everything in the book is read again on a terminal, on paper and by other programs.
Characters that steer a terminal, reverse the reading order or hide are therefore refused at
the door, and so is text that looks like a screen library's closing tag.
"""

import re
from typing import Final, Self

from ledger.trouble import Misuse

__all__ = [
    "LONGEST",
    "SEALED",
    "Ciphertext",
    "InvalidText",
    "clean",
    "digits",
    "legible",
    "numeral",
    "quoted",
    "shown",
]

SEALED: Final = "（已加密）"
"""What stands for a text that is there and that whoever is here has no key to."""
LONGEST: Final = 500
"""The longest text of one field, in characters; a title seldom passes 100."""

_STEERING: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1: ESC, line ends, tabs
    "\u00ad\u061c\u180e"  # soft hyphen and invisible marks
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # zero-width, bidi, separators
    "\ud800-\udfff"  # halves of a pair that never met
    "\U000e0000-\U000e007f"  # tags
    "]"
)
_CLOSING_TAG: Final = re.compile(r"\[/[^\[\]]*\]")
_BLANKS: Final = " \u00a0\u3000"
_NUMERALS: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_FULL_WIDTH: Final = {0xFF10 + n: str(n) for n in range(10)}


class InvalidText(Misuse, ValueError):
    """A text that the book does not take; its message is a Chinese sentence."""


class Ciphertext(str):
    """密文: a text that is there and cannot be read here; it shows as ``SEALED``.

    It is equal to itself alone, whatever it shows, and goes back to where it was as it came.
    """

    __slots__ = ("place", "token")

    token: str
    """The text as it is stored."""
    place: str
    """Where it stands, which it is bound to."""

    def __new__(cls, token: str, place: str) -> Self:
        """What stands for a text, given as it is stored, at a place."""
        text = super().__new__(cls, SEALED)
        text.token, text.place = token, place
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ciphertext) and self.token == other.token

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.token)

    def __str__(self) -> str:
        return self


def clean(text: str) -> str:
    """The text without blanks at its ends.

    Raises ``InvalidText`` when it holds a character that cannot be seen, looks like a screen
    command, or is longer than ``LONGEST``.

    >>> clean("　U盘 ")
    'U盘'
    """
    if len(text) > LONGEST:
        raise InvalidText(f"内容过长：共{len(text)}字，最多{LONGEST}字，开头是{quoted(text)}")
    return legible(text.strip(_BLANKS))


def legible(text: str) -> str:
    """The text as it is; raises ``InvalidText`` when it steers a screen or hides something."""
    if _STEERING.search(text):
        raise InvalidText(f"含有看不见的控制字符：{quoted(text)}")
    if _CLOSING_TAG.search(text):
        raise InvalidText(f"像是屏幕排版指令，不是登记内容：{quoted(text)}")
    return text


def quoted(value: object, longest: int = 40) -> str:
    r"""The value in quotation marks, cut short, with hidden characters spelled out.

    >>> quoted("机密\x1b[2J")
    '“机密<U+001B>[2J”'
    """
    text = value if isinstance(value, str) else str(value)
    cut = text if len(text) <= longest else text[:longest] + "…"
    return f"“{shown(cut)}”"


def shown(text: str) -> str:
    r"""The text with hidden characters spelled out, as it may stand on a screen.

    >>> shown("甲\x1b[2J")
    '甲<U+001B>[2J'
    """
    return _STEERING.sub(lambda hit: f"<U+{ord(hit[0]):04X}>", text)


def digits(text: str) -> str:
    """The text with full-width digits made plain; nothing else is changed.

    >>> digits("★１０年")
    '★10年'
    """
    return text.translate(_FULL_WIDTH)


def numeral(number: int) -> str:
    """The number from 1 to 99 in Chinese, as articles are counted.

    >>> numeral(12), numeral(40), numeral(48)
    ('十二', '四十', '四十八')
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + _NUMERALS[ones]
