"""Text with separators: commas, tabs, semicolons or bars."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

from ledger.exchange.sheet import Line, Sheet
from ledger.exchange.source import MOST_COLUMNS, MOST_ROWS, Unreadable

__all__ = ["delimited", "guarded", "kept", "separator", "unguarded"]

_SEPARATORS: Final = (",", "\t", ";", "|")
_LOOK_AT: Final = 30
_QUOTED: Final = re.compile(r'"[^"]*"')


def separator(text: str) -> str:
    r"""What separates the cells: the sign that occurs most often in the first lines.

    >>> separator("编号\t名称，型号\n1\t甲, 乙")
    '\t'
    """
    start = "\n".join(text[:100_000].splitlines()[:_LOOK_AT])
    plain = _QUOTED.sub("", start)
    return max(_SEPARATORS, key=lambda sign: (plain.count(sign), -_SEPARATORS.index(sign)))


def delimited(text: str, name: str, sign: str = "") -> Sheet:
    """The lines of a text, each numbered by where it starts in the file.

    Raises ``Unreadable`` where quotes do not pair.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=sign or separator(text), strict=True
    )
    lines, blank = [], 0
    for start, cells in _numbered(reader, name):
        if any(cell.strip() for cell in cells):
            lines.append(Line(start, tuple(map(unguarded, cells))))
        else:
            blank += 1
        if len(lines) > MOST_ROWS:
            raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请分成几个文件")
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(f"“{name}”第{start}行超过{MOST_COLUMNS}列")
    return Sheet(lines=tuple(lines), blank=blank, strict=True)


def guarded(text: str) -> str:
    """A cell as it is written for Excel: what it would take for a formula gets an apostrophe.

    >>> guarded("=1+1"), guarded("'=1"), guarded("1=1")
    ("'=1+1", "''=1", '1=1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def kept(text: str) -> str:
    """A cell as it is written for programs: only what reading would take away is added.

    >>> kept("=1+1"), kept("'=1")
    ('=1+1', "''=1")
    """
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """A cell without the apostrophe that keeps Excel from taking it for a formula.

    >>> [unguarded(written(text)) for written in (guarded, kept) for text in ("=1", "''-")]
    ['=1', "''-", '=1', "''-"]
    """
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


_FORMULA: Final = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def _numbered(reader: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        said = "有一格内容过长" if "larger than field limit" in str(error) else "引号没有成对"
        raise Unreadable(f"“{name}”第{start}行{said}") from None
