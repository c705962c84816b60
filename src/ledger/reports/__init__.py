"""报表: what the ledger can say of a period, a person, a place or a case, as plain values.

Each report is a frozen value whose fields carry their Chinese names; how it is laid out on paper
or on a screen is decided elsewhere. Whatever a report says points to the acts behind it.
"""

from typing import Final

__all__ = ["REPORTS"]

REPORTS: Final = {
    "check": "保密检查记录表",
    "items": "三十项检查服务项目表",
    "annual": "年度报告数据",
    "learned": "知悉人员名单",
    "leaving": "离岗清单",
    "holdings": "部门、个人持有清单",
    "place": "要害部位管理档案",
    "disclosure": "信息公开审查流程表",
    "supply": "对外提供资料审批表",
    "meeting": "涉密会议文件收发清单",
    "activity": "协作组活动情况记录表",
    "leak": "泄密事件报告表",
    "closing": "泄密案件结案报告表",
}
"""Every report by its short name."""
