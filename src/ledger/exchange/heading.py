"""Headings that real registers use, and which field each of them fills."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from ledger.exchange.directions import Directions
from ledger.exchange.script import Slot
from ledger.exchange.table import Table, columns
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["BadMapping", "Column", "Headings", "plain_heading"]

ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("载体编号", "统一编号", "保密编号", "设备编号", "介质编号", "人员编号"),
    "doc_no": (
        "文号",
        "来文字号",
        "公文字号",
        "来文号",
        "文件编号",
        "发文号",
        "文件字号",
        "文件号",
    ),
    "title": ("文件标题", "文件名称", "题名", "文件题名", "事由", "主旨", "公文标题", "资料名称"),
    "level": ("秘级", "秘密等级", "密级程度", "涉密等级", "涉密级别"),
    "mark": ("国家秘密标志", "密级标志", "密级和保密期限", "密级及保密期限", "密级★期限"),
    "copy_no": ("份号", "份数编号"),
    "issuer": (
        "发文机关",
        "发文单位",
        "来文机关",
        "来文单位",
        "起草单位",
        "制发单位",
        "制作发文单位",
    ),
    "issued_on": ("制发日", "成文日期", "印发日期", "公文日期", "发文日期", "文件日期"),
    "serial": ("出厂编号", "SN", "S/N", "设备序列号", "唯一序列号", "出厂序列号", "唯一标识序列号"),
    "disk_serial": ("硬盘号", "硬盘编号"),
    "asset_no": ("固定资产编号", "资产号", "资产编码", "资产标签号"),
    "name": ("设备名称", "介质名称", "姓名", "单位名称", "品名"),
    "keeper": ("负责人", "保管人", "管理人"),
    "place": ("存放地点", "放置地点", "存放位置", "位置", "存放场所", "存放处"),
    "model": ("规格型号", "品牌型号", "标准型号", "型号规格", "品牌及型号"),
    "started_on": ("启用时间", "开始使用日期", "配发日期", "启用年月"),
    "department": ("使用部门", "所属部门", "责任部门", "管理部门", "所在部门", "科室", "处室"),
    "type": ("介质类型", "介质类别", "设备类型", "设备类别", "载体类别", "类别"),
    "system": ("操作系统及版本",),
    "system_installed_on": ("操作系统安装日期", "操作系统安装时间"),
    "mac": ("MAC", "物理地址"),
    "ip": ("IP",),
    "filed_no": ("备案号", "保密备案编号"),
    "category": ("涉密等级", "涉密级别", "涉密人员类别", "涉密人员等级", "人员类别"),
    "post": ("职务", "涉密岗位"),
    "phone": ("联系电话", "联系方式", "办公电话"),
    "confirmed_on": ("确定时间", "审查日期", "上岗日期"),
    "clear_by": ("应清退日期",),
    "pages": ("页码数", "每份页数"),
    "incoming_no": ("收文号",),
    "contact": ("联系人员",),
    "remark": ("说明", "摘要", "备考"),
    "status": ("使用状态", "资产状态", "现状"),
    "on": ("收文日期", "收到日期", "收文时间", "登记日期", "登记时间", "入账日期", "entered"),
    "keep_until": ("留用至",),
    "circle": ("发放范围", "知悉人员范围"),
}
"""Headings that real registers use for a field, besides its own label."""

_TRADITIONAL: Final = str.maketrans(
    "號類別發單狀態編備註級稱數廠責購啟機關標題製檔資產碼處圍區間辦務電話絡網腦設體點"
    "陸異動領庫總頁開啓內聯歸還檢驗齊損壞舊採價額項簽銷毀應規",
    "号类别发单状态编备注级称数厂责购启机关标题制档资产码处围区间办务电话络网脑设体点"
    "陆异动领库总页开启内联归还检验齐损坏旧采价额项签销毁应规",
)
_ASIDE: Final = re.compile(r"[（(][^（）()]*[）)]$|[*＊※：:]")
_ADDRESS: Final = re.compile(r"(?:列|第)(\d{1,4})列?|([A-Za-z]{1,3})列")


class BadMapping(Misuse, ValueError):
    """A mapping that fits neither the file nor the register; a Chinese sentence."""


class Column(NamedTuple):
    """A column that is taken in: where it stands, and the field it fills."""

    place: int
    letter: str
    header: str
    field: str


def plain_heading(text: str) -> str:
    """A heading as it is compared: in simplified characters, without blanks, signs and asides.

    >>> plain_heading("* 文　號（必填）")
    '文号'
    """
    plain = re.sub(r"[\s\u3000\u200b]", "", unicodedata.normalize("NFKC", text))
    bare = _ASIDE.sub("", plain.replace("*", "")) or plain
    return bare.translate(_TRADITIONAL).upper()


class Headings:
    """The names by which the fields of one register are known, and the columns they come to."""

    def __init__(self, known: Mapping[str, Slot], directions: Directions) -> None:
        self.known, self.directions = known, directions
        self.names = {plain_heading(slot.name): slot.name for slot in known.values()}
        for name, heads in ALIASES.items():
            if name in known:
                self.names |= {plain_heading(head): name for head in heads}
        self.names |= {plain_heading(slot.label): slot.name for slot in known.values()}
        self.wanted = {head: self.field(name) for head, name in directions.mapping.items()}
        self.always = {self.field(name): value for name, value in directions.fixed.items()}

    def field(self, name: str) -> str:
        """The field of this name or label; raises ``BadMapping`` with those there are."""
        for slot in self.known.values():
            if name in (slot.name, slot.label):
                return slot.name
        if name in _SIGNATURES:
            raise BadMapping("审批和签字不能从文件导入，要由本人在台账里办")
        close = get_close_matches(name, [*self.known, *(s.label for s in self.known.values())], 1)
        hint = f"，是不是{quoted(close[0])}？" if close else ""
        labels = "、".join(f"{slot.name}（{slot.label}）" for slot in self.known.values())
        raise BadMapping(f"没有{quoted(name)}这一项{hint}，可以是：{labels}")

    def count(self, cells: Sequence[str]) -> int:
        """How many cells of a line are names of columns."""
        asked = {plain_heading(head) for head in self.wanted}
        plain = {plain_heading(cell) for cell in cells if cell}
        return sum(name in self.names or name in asked for name in plain)

    def columns(self, table: Table) -> list[Column]:
        """The columns that are taken in: those asked for first, then the first of each name.

        Raises ``BadMapping`` when a column that was asked for is not there.
        """
        letters = list(columns(len(table.headers)))
        asked = {self._place(head, table): name for head, name in self.wanted.items()}
        ignored = {self._place(head, table) for head in self.directions.ignored}
        taken = {*asked.values(), *self.always}
        for place, head in enumerate(table.headers):
            name = self.names.get(plain_heading(head))
            if name and place not in asked and place not in ignored and name not in taken:
                asked[place] = name
                if table.header_row:  # objects may call one field by either of its names
                    taken.add(name)
        found = sorted(asked.items())
        return [Column(at, letters[at], table.headers[at], name) for at, name in found]

    def unmapped(self, table: Table, used: Iterable[Column]) -> tuple[str, ...]:
        """The headings that fill no field, those left out on purpose not among them."""
        places = {column.place for column in used}
        places |= {self._place(head, table) for head in self.directions.ignored}
        return tuple(head for at, head in enumerate(table.headers) if at not in places)

    def place(self, head: str, table: Table) -> int:
        """Where a column stands that is named by heading, number or letter."""
        return self._place(head, table)

    def _place(self, head: str, table: Table) -> int:
        if head in table.headers:
            return table.headers.index(head)
        same = [at for at, h in enumerate(table.headers) if plain_heading(h) == plain_heading(head)]
        if same:
            return same[0]
        if found := _ADDRESS.fullmatch(head.strip("（）()")):
            letters = list(columns(len(table.headers)))
            at = (
                int(found[1]) - 1
                if found[1]
                else (letters.index(found[2].upper()) if found[2].upper() in letters else -1)
            )
            if 0 <= at < len(table.headers):
                return at
        shown = "、".join(table.headers)
        raise BadMapping(f"文件里没有{quoted(head)}这一列，有：{shown}")


_SIGNATURES: Final = frozenset(
    {"approvals", "审批", "signed_by", "签收人", "批准人", "supervisor", "监交人"}
)
