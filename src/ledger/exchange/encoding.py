"""Bytes to text by a fixed ladder: byte-order mark, strict UTF-8, strict GB18030, or ask.

Detectors of encodings guess, and guess wrong on short Chinese tables; nothing here guesses.
"""

import codecs
from typing import Final

from ledger.exchange.source import Source, Unreadable
from ledger.text import quoted

__all__ = ["decode"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_SUPERSETS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "utf8": "utf-8"}
"""Names that files give, and the encoding that reads all that such files really hold."""


def decode(source: Source, wanted: str = "") -> tuple[str, str]:
    """The text and the encoding it was read by.

    ``wanted`` reads by that encoding and no other. Raises ``Unreadable``.
    """
    text, encoding = _asked(source, wanted) if wanted else _by_ladder(source)
    if "\x00" in text:
        raise Unreadable(
            f"“{source.name}”不是文本文件，或是没有标记的UTF-16（加 --encoding utf-16）"
        )
    return text.removeprefix("\ufeff"), encoding


def _asked(source: Source, wanted: str) -> tuple[str, str]:
    name = _SUPERSETS.get(wanted.lower(), wanted.lower())
    try:
        return source.raw.decode(name), name
    except LookupError:
        raise Unreadable(f"没有{quoted(wanted)}这种编码") from None
    except (UnicodeError, ValueError):
        raise Unreadable(f"“{source.name}”不是{wanted}编码") from None


def _by_ladder(source: Source) -> tuple[str, str]:
    marked = [(codec, name) for mark, codec, name in _MARKS if source.raw.startswith(mark)]
    for codec, name in marked[:1] or [("utf-8", "utf-8"), ("gb18030", "gb18030")]:
        try:
            return source.raw.decode(codec), name
        except UnicodeDecodeError:
            continue
    said = "的文字编码认不出，请另存为UTF-8或GB18030，或用 --encoding 指明"
    raise Unreadable(f"“{source.name}”{said}")
