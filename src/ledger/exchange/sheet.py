"""What lies in a file before anybody asks what it means: lines of cells, and what ails them."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from attrs import field, frozen

__all__ = ["Blemish", "Contents", "Line", "Sheet", "trimmed"]


class Blemish(Enum):
    """What is wrong with a cell before its text is read, as a sentence and what to do about it."""

    ERROR = ("cell.error", "单元格里是公式的错误值", "改好公式，或改填实际内容")
    UNCACHED = ("cell.uncached", "公式没有算出的结果", "用Excel或WPS打开，保存一次再导入")
    DAMAGED = (
        "number.damaged",
        "超过15位的数字存成了数值，末几位已经丢失",
        "把这一列设为文本格式，重新填写",
    )
    NESTED = ("value.nested", "这一项里又套着一组内容", "改写成一段文字，多个内容用、隔开")
    DATE = ("date.invalid", "单元格按日期显示，数值却不是日期", "改填实际日期")

    @property
    def code(self) -> str:
        """The name of the trouble, for scripts."""
        return self.value[0]

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.value[1]

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self.value[2]


class Line(NamedTuple):
    """One line that has something in it: its number as the officer sees it, and its cells."""

    number: int
    cells: tuple[str, ...]
    blemishes: Mapping[int, Blemish] = {}
    """By column, counted from 0."""
    notes: Mapping[int, str] = {}
    """What was made good on reading a cell, by column."""
    torn: str = ""
    """Why the line as a whole does not read, if it does not."""


def trimmed(
    number: int, texts: list[str], blemishes: Mapping[int, Blemish], notes: Mapping[int, str]
) -> Line | None:
    """The line of these cells without the empty ones at its end; ``None`` for a blank line."""
    if not blemishes and not any(text.strip() for text in texts):
        return None
    last = max((at for at, text in enumerate(texts) if text or at in blemishes), default=-1)
    return Line(number, tuple(texts[: last + 1]), blemishes, notes)


@frozen(kw_only=True)
class Sheet:
    """One sheet of a workbook, or all there is in a file of another kind."""

    name: str = ""
    lines: tuple[Line, ...] = field(repr=False)
    hidden: bool = False
    blank: int = 0
    """Lines with nothing in them."""
    keyed: bool = False
    """Whether the first line holds the names of fields for certain, as in JSON."""
    strict: bool = False
    """Whether a line that goes on beyond its heading is a fault, as in text with separators."""


@frozen(kw_only=True)
class Contents:
    """Everything in a file that could be a table."""

    type: str
    encoding: str = ""
    sheets: tuple[Sheet, ...]
