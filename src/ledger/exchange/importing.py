"""Registers that others kept, turned into a plan of acts: nothing dropped, guessed or doubled."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from ledger.event import Event, Registered
from ledger.exchange.field import read_value
from ledger.exchange.script import InvalidAct, Slot, kind_named, read_act, slots
from ledger.exchange.table import Row, Table, columns, read_table
from ledger.notation.fields import label
from ledger.notation.listing import plain
from ledger.notation.listing import rows as listed
from ledger.notation.words import kind_name
from ledger.register.register import Register
from ledger.text import quoted

__all__ = ["BadMapping", "Fault", "Plan", "Planned", "plan"]

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "doc_no": ("文号", "来文字号", "公文字号", "来文号", "文件编号"),
    "title": ("文件标题", "文件名称", "题名", "文件题名", "事由"),
    "level": ("秘级", "秘密等级", "密级程度"),
    "copy_no": ("份号",),
    "issuer": ("发文机关", "发文单位", "来文机关"),
    "serial": ("出厂编号", "SN", "S/N", "设备序列号", "唯一序列号"),
    "asset_no": ("固定资产编号", "资产号"),
    "keeper": ("负责人", "保管人", "管理人"),
    "place": ("存放地点", "放置地点", "存放位置", "位置"),
    "model": ("规格型号", "品牌型号", "标准型号", "型号规格"),
    "started_on": ("启用时间", "开始使用日期", "配发日期"),
    "department": ("使用部门", "所属部门", "责任部门"),
    "remark": ("说明", "摘要"),
}
"""Headings that real registers use for a field, besides its own label."""

BLANK: Final = frozenset({"/", "—", "-", "无", "n/a", "N/A", "NA", "暂无"})
"""What registers write where they have nothing to write."""
NO_NUMBER: Final = BLANK | {"0", "0.0"}
_NUMBERS: Final = ("serial", "disk_serial", "asset_no")


class BadMapping(ValueError):
    """A mapping that fits neither the file nor the register; a Chinese sentence."""


@frozen(kw_only=True)
class Fault:
    """One row that cannot be taken in, where it stands, and why."""

    row: int
    column: str = ""
    header: str = ""
    value: str = ""
    message: str


class Column(NamedTuple):
    """A column that is taken in: where it stands, and the field it fills."""

    place: int
    letter: str
    header: str
    field: str


@frozen
class Planned:
    """One row and the act it would become."""

    row: int
    event: Event


@frozen(kw_only=True)
class Plan:
    """What taking in a file would do, before anything is done."""

    table: Table
    kind: str
    mapping: Mapping[str, str]
    """Headings and the fields they go to."""
    unmapped: tuple[str, ...]
    new: tuple[Planned, ...] = field(repr=False)
    unchanged: tuple[int, ...]
    """Rows that are in the register already, just so."""
    faults: tuple[Fault, ...]
    blanks: Mapping[tuple[str, str], int]
    """Cells taken as empty, such as 无 or a serial number of 0: heading and text, how often."""


def plan(
    path: Path,
    kind: str,
    register: Register,
    *,
    mapping: Mapping[str, str],
    fixed: Mapping[str, str],
) -> Plan:
    """The plan for a file.

    ``mapping`` gives headings their fields beyond what the aliases know; ``fixed`` gives every
    row the same value. Raises ``Unreadable``, ``BadMapping`` or ``InvalidAct``.
    """
    page = kind_named(kind)
    known = {slot.name: slot for slot in slots(Registered, page)}
    wanted = {head: _field(name, known) for head, name in mapping.items()}
    always = {_field(name, known): value for name, value in fixed.items()}
    table, used = _headed(path, _aliases(known) | wanted, wanted, always)
    reader = _Reader(kind_name(page), known, _placed(table, used), always, register)
    for row in table.rows:
        reader.take(row)
    return Plan(
        table=table,
        kind=kind_name(page),
        mapping=used,
        unmapped=tuple(head for head in table.headers if head not in used),
        new=tuple(reader.new),
        unchanged=tuple(reader.unchanged),
        faults=tuple(reader.faults),
        blanks=dict(reader.blanks),
    )


def _headed(
    path: Path, names: Mapping[str, str], wanted: Mapping[str, str], always: Iterable[str]
) -> tuple[Table, dict[str, str]]:
    """The table in the file, and which of its headings fills which field."""
    table = read_table(path, lambda cells: sum(cell in names for cell in cells))
    if missing := [head for head in wanted if head not in table.headers]:
        raise BadMapping(f"文件里没有“{missing[0]}”这一列，有：{'、'.join(table.headers)}")
    return table, _choose(table.headers, names, wanted, always)


def _placed(table: Table, used: Mapping[str, str]) -> list[Column]:
    letters = zip(columns(len(table.headers)), table.headers, strict=True)
    return [
        Column(place, letter, head, used[head])
        for place, (letter, head) in enumerate(letters)
        if head in used
    ]


def _field(name: str, known: Mapping[str, Slot]) -> str:
    for slot in known.values():
        if name in (slot.name, slot.label):
            return slot.name
    labels = "、".join(f"{slot.name}（{slot.label}）" for slot in known.values())
    raise BadMapping(f"没有{quoted(name)}这一项，可以是：{labels}")


def _aliases(known: Mapping[str, Slot]) -> dict[str, str]:
    names = {slot.label: slot.name for slot in known.values()}
    names |= {slot.name: slot.name for slot in known.values()}
    for name, heads in ALIASES.items():
        if name in known:
            names |= dict.fromkeys(heads, name)
    return names


def _choose(
    headers: Sequence[str],
    names: Mapping[str, str],
    wanted: Mapping[str, str],
    always: Iterable[str],
) -> dict[str, str]:
    """Which heading fills which field: those asked for first, then the first alias."""
    used = {head: wanted[head] for head in headers if head in wanted}
    taken = {*used.values(), *always}
    for head in headers:
        name = names.get(head)
        if name and head not in used and name not in taken:
            used[head] = name
            taken.add(name)
    return used


class _Reader:
    """Rows taken one by one, sorted into new, unchanged and faulty."""

    def __init__(
        self,
        kind: str,
        known: Mapping[str, Slot],
        columns_: Sequence[Column],
        always: Mapping[str, str],
        register: Register,
    ) -> None:
        self.kind, self.known, self.columns = kind, known, columns_
        self.always, self.register = always, register
        self.pages = _by_key(listed(register, kind))
        self.rows_by_key: dict[str, int] = {}
        self.new: list[Planned] = []
        self.unchanged: list[int] = []
        self.faults: list[Fault] = []
        self.blanks: Counter[tuple[str, str]] = Counter()

    def take(self, row: Row) -> None:
        """Sort one row: every cell by itself first, so that all its faults are told at once."""
        given: dict[str, str] = dict(self.always)
        faults = []
        for column in self.columns:
            value = row.cells[column.place]
            if value in (NO_NUMBER if column.field in _NUMBERS else BLANK):
                self.blanks[column.header, value] += 1
            elif value:
                given[column.field] = value
                faults += self._cell(row, column, value)
        if faults:
            self.faults += faults
        else:
            self._row(row, given)

    def _cell(self, row: Row, column: Column, value: str) -> list[Fault]:
        try:
            read_value(self.known[column.field].kind, value)
        except ValueError as error:
            where = {"column": column.letter, "header": column.header}
            return [Fault(row=row.number, value=quoted(value), message=str(error), **where)]
        return []

    def _row(self, row: Row, given: Mapping[str, str]) -> None:
        key = given.get("number") or given.get("asset_no") or ""
        if key in self.rows_by_key:
            said = f"{quoted(key)}与第{self.rows_by_key[key]}行相同"
            self.faults.append(Fault(row=row.number, message=said))
            return
        if key:
            self.rows_by_key[key] = row.number
        if key in self.pages:
            self._compare(row, given, self.pages[key])
            return
        raw = {"act": "registered", "kind": self.kind, **given}
        try:
            self.new.append(Planned(row.number, read_act(raw, self.register).event))
        except InvalidAct as error:
            self.faults.append(Fault(row=row.number, message=str(error)))

    def _compare(self, row: Row, given: Mapping[str, str], page: Mapping[str, Any]) -> None:
        different = [
            label(name)
            for name, value in given.items()
            if name in page
            and plain(read_value(self.known[name].kind, value)) != page[name]
            and self._person(value) != page[name]
        ]
        if different:
            said = f"已登记为{page['number']}，{'、'.join(different)}不同；要改请用更正登记"
            self.faults.append(Fault(row=row.number, message=said))
        else:
            self.unchanged.append(row.number)

    def _person(self, ref: str) -> str:
        person = self.register.person(ref)
        return person.name if person else ref


def _by_key(rows: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    pages: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        for key in (row["number"], row["asset_no"]):
            if key:
                pages.setdefault(str(key), row)
    return pages
