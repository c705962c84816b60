"""The acts that need somebody's approval, by the names a pack uses."""

from typing import Final

from ledger.carrier import Document
from ledger.mark import Level

__all__ = ["ACTS", "CIPHER", "GRADES", "MINUTES", "kind_of"]

ACTS: Final = {
    "make": "印制",
    "print_outside": "外出印刷",
    "circle": "确定知悉范围",
    "widen": "扩大知悉范围",
    "lend": "借阅",
    "consult": "查阅",
    "archive_out": "档案带出",
    "copy": "复印",
    "excerpt": "摘录",
    "compile": "汇编",
    "carry_out": "携带外出",
    "take_media_out": "介质带出",
    "foreign_event": "带往涉外活动",
    "abroad": "携带出境",
    "output": "输出",
    "internet_import": "互联网数据导入",
    "repair": "维修",
    "destroy": "销毁",
    "reuse": "介质改作他用",
    "regrade_own": "本单位定密变更",
    "meeting_plan": "涉密会议",
    "press": "新闻稿",
    "mailbox": "开通邮箱",
    "phone_in": "带入通信工具",
    "visit": "进入机房",
    "private_travel": "因私出境",
    "officer_travel": "保密员因私出境",
    "officer_change": "更换保密员",
    "stand_in": "临时接替保密员",
    "keep": "延长使用或归档",
    "disclose": "信息公开",
    "supply_internal": "对外提供内部资料",
    "supply": "对外提供国家秘密",
    "supply_nationwide": "对外提供涉及全国的国家秘密",
    "supply_military": "对外提供军事国家秘密",
    "seal": "用印",
    "take_in": "降级、注销等登记",
}
"""What each act is called."""

MINUTES: Final = "会议记录"
CIPHER: Final = "密码电报"
GRADES: Final = (*(level.value for level in Level), MINUTES, CIPHER, "其他")
"""What an approval may depend on: the level, or that it is minutes or a cipher telegram."""


def kind_of(document: Document) -> str:
    """Under which grade besides its level a document is approved; blank for most."""
    return MINUTES if document.minutes else CIPHER if document.cipher else ""
