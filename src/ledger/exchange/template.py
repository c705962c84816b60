"""An empty register to fill in: headings, lists to choose from, an example row, and notes."""

from enum import Enum
from types import NoneType
from typing import Any, Final, get_args

from ledger.exchange.importing import page_named
from ledger.exchange.rows import CLOSING, COMPUTED, slots_of
from ledger.exchange.script import Slot
from ledger.exchange.table import EXAMPLE
from ledger.exchange.xlsx import Choice, Grid, xlsx
from ledger.level import Level
from ledger.notation.words import KIND_LABELS, kind_name

__all__ = ["template"]

_BLANK_ROWS: Final = 200
_EXAMPLES: Final = {
    "number": f"{EXAMPLE}行，导入时跳过）",
    "name": "示范单机",
    "type": "U盘",
    "level": "机密",
    "term": "10年",
    "mark": "机密★10年",
    "network": "涉密",
    "isolation": "物理隔离",
    "model": "安泰 S200",
    "serial": "AT200-11",
    "asset_no": "GD-2026-0001",
    "disk_serial": "WD-0001",
    "department": "业务科",
    "keeper": "陈刚",
    "place": "3楼保密间",
    "cabinet": "G-01",
    "compartment": "1",
    "title": "关于做好年度工作的通知",
    "doc_no": "示厅发〔2026〕7号",
    "issuer": "示范省厅",
    "copy_no": "000123",
    "copies": "1",
    "pages": "6",
    "category": "重要",
    "roles": "保密员",
    "post": "科员",
    "circle": "办公室、李国强",
    "compartments": "1、2、3:绝密",
}
_DAY: Final = "2026-03-02"
_NOT_ASKED: Final = frozenset({*COMPUTED, *CLOSING, "status", "document", "made_from", "stamp"})
"""What a row may say but nobody fills in by hand."""


def template(kind: str) -> bytes:
    """The workbook for one kind of register; raises ``InvalidAct`` for a word that is none."""
    page = page_named(kind)
    slots = [slot for slot in slots_of(page).values() if slot.name not in _NOT_ASKED]
    slots.sort(key=lambda slot: (slot.name != "number", not slot.required))
    name = KIND_LABELS[kind_name(page)]
    headers = tuple(f"{slot.label}（必填）" if slot.required else slot.label for slot in slots)
    fill = Grid(
        name=name,
        headers=headers,
        rows=[tuple(map(_example, slots))],
        choices=tuple(
            Choice(place, words) for place, slot in enumerate(slots) if (words := _words(slot))
        ),
        blank_rows=_BLANK_ROWS,
    )
    notes = Grid(
        name="填写说明",
        headers=("这一栏", "填什么", "要不要填", "举例"),
        rows=[
            (f"“{slot.label}”", slot.takes, "必填" if slot.required else "可以空着", _example(slot))
            for slot in slots
        ],
        title=f"{name}登记表填写说明",
        beside="空着的格表示不知道，不要写“无”；一格里有几项的用、隔开；编号空着由台账按顺序编",
    )
    return xlsx([fill, notes])


def _bare(kind: Any) -> Any:
    return next((part for part in get_args(kind) if part is not NoneType), kind)


def _words(slot: Slot) -> tuple[str, ...]:
    kind = _bare(slot.kind)
    if kind is bool:
        return ("是", "否")
    if kind is Level:
        return tuple(level.value for level in reversed(Level))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return ()


def _example(slot: Slot) -> str:
    if slot.name in _EXAMPLES:
        return _EXAMPLES[slot.name]
    if words := _words(slot):
        return words[0]
    return _DAY if "日期" in slot.takes else ""
