"""Pinyin initials: how an officer finds 王建国 by typing ``wjg`` without an input method."""

import unicodedata
from functools import cache
from itertools import islice, product
from typing import Final

__all__ = ["initials", "spellings"]

_MOST: Final = 8
"""How many spellings of one text are tried at most."""


def _letter(reading: str) -> str:
    return unicodedata.normalize("NFD", reading)[:1].lower()


@cache
def _readings() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


@cache
def _letters(char: str) -> tuple[str, ...]:
    """The letters a character may be found by, the usual one first; the character if it has none."""
    found = _readings().get(ord(char), "")
    letters = dict.fromkeys(_letter(reading) for reading in found.split(",") if reading)
    return tuple(letters) or (char.lower(),)


class _Table(dict[int, str]):
    """What ``str.translate`` asks, filled in as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = _letters(chr(code))[0]
        return letter


_TABLE: Final = _Table()


def initials(text: str) -> str:
    """The initials of a text; letters and digits stand for themselves.

    >>> initials("王建国"), initials("借阅U盘")
    ('wjg', 'jyup')
    """
    return text.translate(_TABLE)


def spellings(text: str) -> tuple[str, ...]:
    """The initials of a text in every reading of its characters, as far as that is sensible.

    >>> "qm" in spellings("仇明")
    True
    """
    ways = product(*map(_letters, text))
    return tuple(dict.fromkeys("".join(way) for way in islice(ways, _MOST)))
