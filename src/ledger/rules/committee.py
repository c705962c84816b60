"""《保密委员会（保密领导小组）工作职责》: the unit has rules of its own."""

from collections.abc import Iterator
from typing import Final

from ledger.finding import Breach, Force
from ledger.register.register import Register
from ledger.regulation.compendium import COMMITTEE
from ledger.rule import Desk, rule

__all__ = ["POLICIES", "RULES"]

POLICIES: Final = (
    "国家秘密载体管理",
    "计算机及移动存储介质管理",
    "办公自动化设备管理",
    "国家秘密定密管理",
    "保密宣传教育",
    "保密监督检查",
    "涉密设备维修报废更换",
    "要害部门部位管理",
    "单位电子邮箱管理",
    "出国（境）人员管理",
    "对外提供资料审查报批",
    "信息公开保密审查",
)
"""The subjects on which the inspection asks for the unit's own rules (items 16 to 27)."""


@rule(
    COMMITTEE["第二条"],
    Force.REQUIRES,
    "单位应按上级要求和本单位实际，自己订出各项保密制度",
    on=Register,
    remedy="订出所缺的制度，用“制定制度”登记名称、版本和施行日期。",
)
def the_unit_has_rules_of_its_own(register: Register, _desk: Desk) -> Iterator[Breach]:
    """On every subject an inspection asks about, the unit has written rules."""
    missing = [scope for scope in POLICIES if scope not in register.policies]
    if missing:
        yield Breach("保密制度", f"还没有登记{len(missing)}项：{'、'.join(missing)}")


RULES = (the_unit_has_rules_of_its_own,)
