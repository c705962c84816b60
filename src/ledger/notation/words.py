"""The Chinese name of every act and register, as forms and screens show it."""

from collections.abc import Mapping
from typing import Final

from ledger import event as events
from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.event import Event
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site

__all__ = ["ACTS", "KINDS", "KIND_LABELS", "act_name", "kind_name"]

ACTS: Final[Mapping[type[Event], str]] = {
    events.Opened: "开账",
    events.Registered: "登记",
    events.Received: "收文",
    events.Produced: "印制",
    events.Copied: "复印",
    events.Excerpted: "摘录",
    events.Compiled: "汇编",
    events.Circulated: "传阅",
    events.Lent: "借阅",
    events.Returned: "归还",
    events.Stored: "入柜",
    events.Moved: "移位",
    events.Dispatched: "发文",
    events.HandedOver: "移交",
    events.Confirmed: "签收",
    events.CarriedOut: "携带外出",
    events.BroughtBack: "带回",
    events.SentForRepair: "送修",
    events.Repaired: "修复取回",
    events.Written: "写入",
    events.Processed: "处理",
    events.Plugged: "接入",
    events.Filed: "备案",
    events.PasswordSet: "设置口令",
    events.Inspected: "检查",
    events.Visited: "来访",
    events.Counted: "清点",
    events.CircleFixed: "确定知悉范围",
    events.Regraded: "变更",
    events.Declassified: "解密",
    events.Extended: "延长使用",
    events.Amended: "更正登记",
    events.Cleared: "清退",
    events.Archived: "归档",
    events.Destroyed: "销毁",
    events.Disposed: "处置",
    events.Lost: "丢失",
    events.Found: "找回",
    events.Reported: "报告",
    events.CaseClosed: "结案",
    events.Left: "离岗",
    events.NumberVoided: "作废编号",
    events.Voided: "冲销",
    events.BackedUp: "备份",
    events.Redacted: "涂销",
    events.Labelled: "打印标签",
    events.LabelSpoiled: "作废标签",
    events.BlanksPrinted: "印空白标签",
    events.LabelBound: "贴空白标签",
    events.KeyRotated: "更换标签密钥",
    events.Imported: "导入",
    events.Withdrawn: "撤销导入",
    events.Exported: "导出",
}

KINDS: Final[Mapping[type, tuple[str, str]]] = {
    Paper: ("paper", "文件"),
    Notebook: ("notebook", "保密本"),
    Medium: ("medium", "介质"),
    Computer: ("computer", "计算机"),
    Device: ("device", "设备"),
    Cabinet: ("cabinet", "柜"),
    Site: ("site", "场所"),
    Person: ("person", "人员"),
    Unit: ("unit", "外单位"),
    Document: ("document", "文稿"),
}

KIND_LABELS: Final[Mapping[str, str]] = {**dict(KINDS.values()), "case": "案件"}
"""The Chinese name of everything that can be listed, by its name in JSON."""


def act_name(kind: type[Event]) -> str:
    """The name an act goes by in JSON: its class's in small letters.

    >>> act_name(events.HandedOver)
    'handed_over'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")


def kind_name(kind: type) -> str:
    """The name a register goes by in JSON and on the command line."""
    return KINDS[kind][0]
