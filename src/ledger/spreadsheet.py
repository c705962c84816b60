"""What every workbook that leaves the ledger has in common: only text, always the same bytes."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from ledger.trouble import Inadmissible

__all__ = ["TooLong", "made", "write_text"]

_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that equal contents are equal files
_FONT: Final = {"font_name": "宋体", "font_size": 11}
"""What widths of columns are counted in, as in workbooks made here; one every machine here has."""
_LONGEST: Final = 32_767
"""What a cell of a workbook holds at most, in characters."""


_CHAINED: Final = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
"""Two spelled-out characters that share an underscore, which the library spells wrongly."""
_INSIDE: Final = re.compile("(?<=_x[0-9A-Fa-f]{4})(?=_)")


class TooLong(Inadmissible, ValueError):
    """A text that no cell of a workbook can hold; a Chinese sentence."""


def made(fill: Callable[[Any], None]) -> bytes:
    """A workbook as bytes, after ``fill`` has put its sheets into it; raises what that raises.

    It is made in memory: nothing of a secret register may lie in a folder for temporary files.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with Workbook(
        out, {**plain, "in_memory": True, "default_format_properties": {**_FONT}}
    ) as book:
        book.set_properties({"created": _MADE, "author": "", "comments": ""})
        fill(book)
    return out.getvalue()


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Put a text into a cell as text, whatever it looks like; raises ``TooLong``."""
    if len(text) > _LONGEST:
        said = f"第{row + 1}行有一格超过{_LONGEST}字，XLSX放不下，请导出为CSV或JSONL"
        raise TooLong(said)
    if pieces := _pieces(text):
        runs = [part for piece in pieces for part in (style, piece)]
        sheet.write_rich_string(row, column, *runs, style)
    elif text:
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _pieces(text: str) -> list[str]:
    """The parts of a text that the library would take for markup or spell wrongly as a whole."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return [text[:1], text[1:]]
    return _INSIDE.split(text) if _CHAINED.search(text) else []
