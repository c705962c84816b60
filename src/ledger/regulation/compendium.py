"""《江门市机关单位保密管理制度汇编》: the twenty-one 制度, in the order of the book.

The thirty items of the inspection service are counted as the twenty-first; they stand behind the
articles of the 制度 they belong to.
"""

from typing import Final

from ledger.regulation.article import Regulation, items
from ledger.text import numeral

__all__ = [
    "ABROAD",
    "CARRIERS",
    "COMMITTEE",
    "COMMUNICATIONS",
    "COMPENDIUM",
    "COMPUTERS",
    "COOPERATION",
    "COURIERS",
    "DISCLOSURE",
    "EDUCATION",
    "INSPECTION",
    "KEY_POSTS",
    "LEADERS",
    "LEAKS",
    "MEETINGS",
    "OFFICERS",
    "REWARDS",
    "SERVICE",
    "STAFF",
    "SUPPLY",
    "TYPISTS",
]

_SOURCE: Final = "江门市机关单位保密管理制度汇编"


def _regulation(title: str, short: str, count: int, *extra: str) -> Regulation:
    return Regulation.numbered(title, short, _SOURCE, count, *extra)


def _paper() -> tuple[str, ...]:
    counts = (4, 3, 7, 5, 3, 5, 4, 5, 5, 2, 4)
    return tuple(
        f"一（{numeral(part)}）{item}"
        for part, count in enumerate(counts, 1)
        for item in range(1, count + 1)
    )


def _media() -> tuple[str, ...]:
    counted = ((1, 3), (2, 7), (3, 3))
    numbered = (f"二（{numeral(p)}）{n}" for p, count in counted for n in range(1, count + 1))
    return ("二", *numbered, "二（四）", "二（五）")


COMMITTEE: Final = _regulation("保密委员会（保密领导小组）工作职责", "委员会职责", 9)
LEADERS: Final = _regulation("领导干部保密工作责任制", "领导责任制", 9, *items("第九条", 12))
STAFF: Final = _regulation("机关单位工作人员保密守则", "工作人员守则", 18)
EDUCATION: Final = _regulation("保密法制宣传教育制度", "宣传教育制度", 7, *items("第七条", 2))
ABROAD: Final = _regulation("出国（境）人员保密守则", "出国守则", 9)
OFFICERS: Final = _regulation("保密员保密管理制度", "保密员制度", 17)
TYPISTS: Final = _regulation("打字员保密管理制度", "打字员制度", 15)
COURIERS: Final = _regulation("通信员保密管理制度", "通信员制度", 14)
KEY_POSTS: Final = _regulation("保密要害部门部位管理制度", "要害部门制度", 20)
CARRIERS: Final = Regulation("国家秘密载体保密管理制度", "载体制度", _SOURCE, _paper() + _media())
COMPUTERS: Final = _regulation(
    "计算机保密管理制度", "计算机制度", 48, "备注①", "备注②", "备注③", "备注"
)
COMMUNICATIONS: Final = _regulation("现代通信、办公自动化设备保密管理制度", "通信办公制度", 42)
DISCLOSURE: Final = _regulation("信息公开保密审查制度", "信息公开制度", 17, "附件")
SUPPLY: Final = _regulation("对外提供资料审查报批制度", "对外提供制度", 5, *items("第二条", 7))
MEETINGS: Final = _regulation("涉密会议（活动）的保密管理制度", "涉密会议制度", 10)
SERVICE: Final = _regulation(
    "江门市国家保密局保密检查服务常态化工作制度",
    "检查服务制度",
    5,
    *(f"第{n}项" for n in range(1, 31)),
    "整体情况",
)
INSPECTION: Final = _regulation("保密监督检查制度", "监督检查制度", 10, "附件", "附件注1")
COOPERATION: Final = _regulation("江门市市直保密工作协作组工作规则", "协作组规则", 19, "附件")
LEAKS: Final = _regulation("泄密事件报告查处制度", "泄密查处制度", 12, "附件1", "附件2")
REWARDS: Final = _regulation("奖励与处罚制度", "奖惩制度", 7)

COMPENDIUM: Final = (
    COMMITTEE,
    LEADERS,
    STAFF,
    EDUCATION,
    ABROAD,
    OFFICERS,
    TYPISTS,
    COURIERS,
    KEY_POSTS,
    CARRIERS,
    COMPUTERS,
    COMMUNICATIONS,
    DISCLOSURE,
    SUPPLY,
    MEETINGS,
    SERVICE,
    INSPECTION,
    COOPERATION,
    LEAKS,
    REWARDS,
)
"""Every 制度 of the book, in its order."""
