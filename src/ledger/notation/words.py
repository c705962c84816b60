"""The Chinese name of every act and register, as forms and screens show it."""

from collections.abc import Mapping
from typing import Final

from ledger import event as events
from ledger.carrier import Computer, Device, Document, Medium, Notebook, Paper
from ledger.event import (
    Event,
    access,
    archive,
    cooperation,
    disclosure,
    incident,
    inspection,
    meeting,
    organization,
    premises,
    reward,
    staff,
    supply,
    training,
)
from ledger.office import Body, Mailbox, Phone
from ledger.person import Person, Unit
from ledger.place import Cabinet, Site
from ledger.register.access import Request
from ledger.register.proceeding import (
    Activity,
    Disclosure,
    Inspection,
    Meeting,
    Query,
    Supply,
)
from ledger.register.record import Case

__all__ = ["ACTS", "KINDS", "KIND_LABELS", "OPENED", "act_name", "kind_name"]

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
    events.HandedIn: "报送",
    events.HandInTaken: "接收报送",
    organization.Convened: "工作会议",
    organization.Planned: "年度计划",
    organization.PolicyIssued: "制定制度",
    organization.YearReported: "年度报告",
    organization.ChangeReported: "变动上报",
    organization.Declined: "拒绝执行",
    organization.Subscribed: "订阅刊物",
    training.Trained: "培训",
    staff.Vetted: "资格审查",
    staff.Pledged: "签订保密书",
    staff.CertificateIssued: "颁发上岗证",
    staff.CertificateReturned: "交回上岗证",
    staff.Posted: "上岗",
    staff.Replaced: "更换保密员",
    staff.StoodIn: "临时接替",
    staff.MatterDeclared: "事项报告",
    staff.TravelApproved: "出境审批",
    staff.TravelEnded: "回国销假",
    staff.CoolingEnded: "脱密期满",
    staff.Appraised: "考核",
    premises.SiteAccepted: "场所验收",
    premises.SiteOpened: "启用场所",
    premises.PhoneAdmitted: "手机带入",
    premises.PhonePlugged: "手机接入",
    premises.Sealed: "封存",
    premises.Networked: "接入网络",
    premises.DataBackedUp: "备份数据",
    premises.Updated: "升级防护",
    meeting.MeetingPlanned: "筹备会议",
    meeting.MeetingHeld: "召开会议",
    meeting.MeetingIssued: "会议发文",
    meeting.MeetingEnded: "会议结束",
    meeting.PressReviewed: "新闻稿审核",
    disclosure.DisclosureDrafted: "公开初审",
    disclosure.DisclosureReviewed: "公开审核",
    disclosure.DisclosureApproved: "公开审批",
    disclosure.Disclosed: "公开发布",
    disclosure.Queried: "请示",
    disclosure.Answered: "答复",
    disclosure.SecretsReviewed: "定密清理",
    supply.SupplyDrafted: "拟对外提供",
    supply.SupplyApproved: "对外提供审批",
    supply.Supplied: "对外提供",
    supply.SupplyFiled: "批件备案",
    inspection.InspectionNotified: "检查通知",
    inspection.InspectionHeld: "保密检查",
    inspection.Rectified: "整改",
    inspection.Criticized: "通报批评",
    inspection.FileBound: "检查立卷",
    incident.LeakFound: "泄密",
    incident.Investigated: "调查",
    incident.Remedied: "补救",
    incident.Corrected: "整改措施",
    incident.ClosingRequested: "申请结案",
    cooperation.ActivityHeld: "协作组活动",
    cooperation.ActivityRecorded: "报送活动记录",
    cooperation.ArticleSent: "报送稿件",
    cooperation.LeadElected: "推选组长单位",
    reward.Rewarded: "奖励",
    reward.Punished: "处分",
    archive.Consulted: "查阅",
    archive.SealUsed: "用印",
    access.OperatorAdded: "设操作员",
    access.RolesGranted: "授予职责",
    access.OperatorRemoved: "停用操作员",
    access.OperatorUnlocked: "解锁操作员",
    access.CredentialSet: "更换登录口令",
    access.SignedIn: "登录",
    access.SignInFailed: "登录失败",
    access.Requested: "申请",
    access.Granted: "批准",
    access.Denied: "不批准",
    access.RequestWithdrawn: "撤回申请",
    access.Attested: "到场签名",
    access.Viewed: "查看",
    events.HandInRefused: "退回报送",
    access.ContentKeyGiven: "授予内容密钥",
    access.ContentKeyWritten: "抄写内容密钥",
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
    Body: ("body", "组织"),
    Phone: ("phone", "手机"),
    Mailbox: ("mailbox", "邮箱"),
}

OPENED: Final[Mapping[type, tuple[str, str]]] = {
    Case: ("case", "案件"),
    Meeting: ("meeting", "会议"),
    Disclosure: ("disclosure", "公开审查"),
    Supply: ("supply", "对外提供"),
    Inspection: ("inspection", "检查"),
    Activity: ("activity", "活动"),
    Query: ("query", "请示"),
    Request: ("request", "申请"),
}
"""Records that acts of their own open; nobody registers them."""

KIND_LABELS: Final[Mapping[str, str]] = {**dict(KINDS.values()), **dict(OPENED.values())}
"""The Chinese name of everything that can be listed, by its name in JSON."""


def act_name(kind: type[Event]) -> str:
    """The name an act goes by in JSON: its class's in small letters.

    >>> act_name(events.HandedOver)
    'handed_over'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in kind.__name__).lstrip("_")


def kind_name(kind: type) -> str:
    """The name a register goes by in JSON and on the command line."""
    return (KINDS.get(kind) or OPENED[kind])[0]
