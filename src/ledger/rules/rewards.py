"""《奖励与处罚制度》: for what somebody is rewarded, and which act he is dealt with for."""

from collections.abc import Iterator
from typing import Final

from ledger.conflict import OFFENCES as NOTE
from ledger.event.reward import Punished, Rewarded
from ledger.finding import Breach, Force
from ledger.regulation.compendium import REWARDS
from ledger.rule import Desk, rule

__all__ = ["GROUNDS", "KINDS", "OFFENCES", "RULES"]

GROUNDS: Final = (
    "危急时保护国家秘密",
    "检举泄露、窃取秘密",
    "发现泄密及时补救",
    "涉密专项活动中守密有功",
    "一贯守密或长期从事保密工作",
)
"""What somebody may be rewarded for (第三条)."""
KINDS: Final = (
    "表扬",
    "奖状",
    "奖品",
    "奖金",
    "记功",
    "记大功",
    "升级",
    "升职",
    "荣誉称号",
    "通令嘉奖",
)
"""How somebody is rewarded (第四条); plain praise is what 监督检查制度 第十条 speaks of."""
OFFENCES: Final = (
    "非法取得、持有涉密载体",
    "买卖、转送、私自销毁涉密载体",
    "用普通邮政、快递等传递涉密载体",
    "寄运涉密载体出境，或未经批准携带、传递出境",
    "非法复制、记录、存储国家秘密",
    "在私人交往和通信中涉及国家秘密",
    "没有保密措施就在公共网络或有线、无线通信中传递国家秘密",
    "没有保密措施就把涉密系统、设备接入公共网络",
    "没有防护就在涉密系统与公共网络之间交换信息",
    "用非涉密系统、设备存储、处理国家秘密",
    "擅自卸载、修改涉密系统的安全程序",
    "未经安全处理就把退出使用的涉密设备赠送、出售、丢弃、改作他用",
    "其他违反保密法的行为",
    "应定密的不定，或不应定密的定密，后果严重",
)
"""The acts of 保密法 第五十七条 by number, then wrong classification (第六条)."""


@rule(
    REWARDS["第三条"],
    Force.REQUIRES,
    "奖励应有规定的事由，用规定的形式",
    on=Rewarded,
    remedy="事由和形式按制度所列填写（baomi rules 奖惩）。",
)
def a_reward_has_its_ground(event: Rewarded, _desk: Desk) -> Iterator[Breach]:
    """Whoever is rewarded is rewarded for one of the five merits, in one of the known ways."""
    whom = "、".join(event.whom)
    if event.ground not in GROUNDS:
        yield Breach(whom, f"事由“{event.ground}”不在五种之内：{'；'.join(GROUNDS)}")
    if event.reward not in KINDS:
        yield Breach(whom, f"没有“{event.reward}”这种奖励，可以是：{'、'.join(KINDS)}")


@rule(
    REWARDS["第五条"],
    Force.REQUIRES,
    "处分应写明是法律所列的哪一项行为",
    on=Punished,
    remedy="填写1至14的序号（baomi rules 奖惩 查看各项）。",
    note=NOTE,
)
def offence_is_one_of_the_law(event: Punished, desk: Desk) -> Iterator[Breach]:
    """Whoever is dealt with is dealt with for an act the law lists."""
    if not 1 <= event.offence <= len(OFFENCES):
        yield Breach(desk.name(event.person), f"没有第{event.offence}项，共{len(OFFENCES)}项")


RULES = (a_reward_has_its_ground, offence_is_one_of_the_law)
