"""《国家秘密载体保密管理制度》一、纸介质, section by section."""

from ledger.rules.paper import (
    copying,
    destroying,
    keeping,
    making,
    reading,
    receiving,
    returning,
)

__all__ = ["HELD", "PEOPLE", "RULES"]

RULES = (
    *making.RULES,
    *receiving.RULES,
    *reading.RULES,
    *keeping.RULES,
    *returning.RULES,
    *copying.RULES,
    *destroying.RULES,
)

HELD = {
    "一（四）5": "文件登记“不准记录”，查看和送阅时显示",
    "一（五）2": "借阅一笔即一次登记、签收，写入流水",
    "一（九）5": "复印时自动生成戳记（单位、份数、日期、编号），复印件各有编号，按原件管理",
}
"""Articles that the book holds by its fields and computed texts, with no rule to break."""

PEOPLE = {
    "一（三）2": "交通工具和路线是否安全，由递送人判断",
    "一（三）3": "密件不离身、途中不办他事，由保密员遵守",
    "一（三）6": "电子传输另有规定，本制度未列可核对的条件",
    "一（六）3": "是否私自摘录，只有人能看见",
    "一（六）5": "会议带回的密件一到手就登记收文；是否及时交来由本人负责",
    "一（八）5": "单位撤并时的移交，用“移交”“发文”逐件登记；何时撤并由人决定",
    "一（十一）1": "有无保存价值由人判断，台账只在次年一季度提示清退",
    "一（十一）4": "是否卖给废品收购者，只有人能看见；处置去向都要登记",
}
"""Articles left to people, and why."""
