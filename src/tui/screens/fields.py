"""The fields of a form: a label, a line to type in, and what is to be typed there."""

import re
from datetime import date
from typing import Final

from textual.app import ComposeResult
from textual.containers import Horizontal

from ledger.approval import Approval
from ledger.number import CabinetNo, CarrierNo, CaseNo, DocumentNo, PersonRef, UnitRef
from ledger.room.drafting import Field
from tui.entry import Entry
from tui.screens.page import Line

__all__ = ["Row", "parts"]


class Row(Horizontal):
    """One field: its label, and the line to type in."""

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(classes="row")
        self.field, self._value = field, value

    def compose(self) -> ComposeResult:
        """The label with a mark where something must be there."""
        yield Line(f"{self.field.label}{'*' if self.field.required else ''}", classes="label")
        yield Entry(self._value, _hint(self.field), id=f"f-{self.field.name}")

    @property
    def entry(self) -> Entry:
        """The line to type in."""
        return self.query_one(Entry)


def _hint(field: Field) -> str:
    left = f"，不填就是{field.blank}" if field.blank else ""
    several = "，可多个" if field.several else ""
    return f"{_TAKES.get(field.of, field.takes)}{several if field.of in _TAKES else ''}{left}"


_TAKES: Final = {
    PersonRef: "姓名、人员编号或拼音首字母",
    UnitRef: "单位名称或拼音首字母",
    CarrierNo: "编号，或扫标签",
    CabinetNo: "柜号，或扫标签",
    DocumentNo: "文稿或文件的编号",
    CaseNo: "案件编号",
    Approval: "职责:姓名，或姓名的拼音首字母",
    date: "日期：0101、+7、今天都可以",
}
"""What to type where the type of a field alone would not say it."""


def parts(typed: str) -> tuple[str, str]:
    """What stands before the last 、 of a field that takes several, and the word behind it."""
    before, _, last = re.sub("[,，;；]", "、", typed).rpartition("、")
    return before, last
