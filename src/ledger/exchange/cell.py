"""A cell as the value of its field: what counts as empty, what is a day, and what does not read."""

import re
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Final, get_args

from attrs import frozen

from ledger.exchange import days
from ledger.exchange.directions import Directions
from ledger.exchange.field import read_value
from ledger.exchange.script import Slot
from ledger.level import InvalidMark, Level
from ledger.mark import Mark, parse_term
from ledger.text import InvalidText, quoted

__all__ = ["Fault", "Misread", "Reading", "Shown", "is_blank", "read_cell"]

BLANK: Final = frozenset({"/", "—", "-", "无", "n/a", "N/A", "NA", "暂无", "\\", "——", "空"})
"""What registers write where they have nothing to write."""
NO_NUMBER: Final = BLANK | {"0", "0.0"}
NO_LEVEL: Final = BLANK | {"非密", "非涉密", "不涉密", "公开", "普通"}
"""What registers write for a thing that is no secret."""
_NUMBERS: Final = ("serial", "disk_serial", "asset_no")
_LOST: Final = re.compile(r"\d\.\d{2,}[Ee]\+(1[1-9]|[2-9]\d)")
"""A long number that a spreadsheet turned into an exponent before the file was saved as text."""


@frozen(kw_only=True)
class Fault:
    """One row that cannot be taken in, where it stands, why, and what to do about it."""

    row: int
    column: str = ""
    header: str = ""
    value: str = ""
    message: str
    sheet: str = ""
    field: str = ""
    code: str = "row.invalid"
    hint: str = ""
    rule: str = ""
    """The rule that refuses it, where one does."""


class Shown(str):
    """The type of a field that is only compared, as the text it is shown as."""

    __slots__ = ()


class Misread(ValueError):
    """A cell that does not read; a Chinese sentence, with a code and what to do about it."""

    def __init__(self, message: str, code: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


@frozen
class Reading:
    """The value of a cell, and what had to be said about how it was read."""

    value: Any
    note: str = ""


def is_blank(text: str, field: str) -> bool:
    """Whether a text stands for nothing in this field, such as 无, or 0 for a serial number."""
    return text in (NO_NUMBER if field in _NUMBERS else NO_LEVEL if field == "level" else BLANK)


def read_cell(slot: Slot, text: str, wanted: Directions) -> Reading:
    """The value of a cell that is not empty; raises ``Misread``."""
    kind = _bare(slot.kind)
    if kind is Shown:
        return Reading(text)
    if kind is date:
        return _day(text, wanted)
    if kind is str and _LOST.fullmatch(text):
        said = f"{quoted(text)}是科学记数，末几位已经丢失"
        raise Misread(said, "number.damaged", "把这一列设为文本格式，重新填写")
    try:
        if slot.name == "term":
            return Reading(str(parse_term(text)))
        return Reading(read_value(slot.kind, text))
    except InvalidText as error:
        raise Misread(str(error), "text.invalid", "删去看不见的字符，缩短过长的内容") from None
    except InvalidMark as error:
        raise Misread(str(error), _CODES.get(kind, "mark.invalid"), _SUBSTITUTE) from None
    except ValueError as error:
        hint = _SUBSTITUTE if isinstance(kind, type) and issubclass(kind, Enum) else ""
        raise Misread(str(error), _CODES.get(kind, "value.invalid"), hint) from None


_SUBSTITUTE: Final = "别的写法可以用 --map-value 项目:原文=改作 对应过来"
_CODES: Final[dict[Any, str]] = {
    Level: "level.invalid",
    Mark: "mark.invalid",
    int: "number.invalid",
}


@cache
def _bare(kind: Any) -> Any:
    """A field's type without ``None``."""
    return next((part for part in get_args(kind) if part is not NoneType), kind)


def _day(text: str, wanted: Directions) -> Reading:
    try:
        day = days.read(text, wanted)
    except days.NoDay as error:
        raise Misread(str(error), error.code, error.hint) from None
    if day.precision != "day":
        only = "月" if day.precision == "month" else "年"
        said = f"只写到{only}，登记要写明哪一天：{quoted(text)}"
        hint = "查明日期补上；查不到的用 --keep-text 把原文放进备注"
        raise Misread(said, "date.imprecise", hint)
    return Reading(day.value, day.note)
