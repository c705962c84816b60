"""The made-up unit: sixty people in nine departments, its cabinets, places, bodies and rules."""

from datetime import date, timedelta
from itertools import product
from typing import Any, Final

from ledger.demonstration.year import things
from ledger.demonstration.year.stage import LEADER, OFFICER, UNIT, Stage
from ledger.level import Level
from ledger.rules.committee import POLICIES
from ledger.rules.keyposts.places import FIVE_RULES

__all__ = ["AGENCIES", "ISSUERS", "OTHERS", "found"]

PEOPLE: Final = 60
DEPARTMENTS: Final = (
    "办公室",
    "规划科",
    "业务一科",
    "业务二科",
    "业务三科",
    "财务科",
    "人事科",
    "法规科",
)
SURNAMES: Final = "赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕"
GIVEN: Final = ("建国", "晓红", "志强", "丽娟", "文军", "海燕", "国平", "秀英", "伟", "静")
LIKE: Final = ("重要", "一般", "一般", "", "核心", "重要", "一般", "一般", "", "一般")
"""Of which category ten of the staff are; blank for those who see no secrets."""
ISSUERS: Final = ("示范省厅", "示范市委办", "示范市府办", "示范省委办")
OTHERS: Final = ("城区分局", "开发区分局")
AGENCIES: Final = {
    "市保密局": "销毁",
    "定点印刷厂": "印制",
    "定点维修站": "维修、数据恢复",
    "示范总局": "上级主管部门",
}
"""What the bureau has designated whom for."""
SHELVES: Final = (
    ("保密室一号柜", "绝密", "1:绝密、2:绝密"),
    ("保密室二号柜", "机密", "1、2、3"),
    ("保密室三号柜", "机密", "1、2"),
    ("保密室四号柜", "机密", "1、2"),
    ("业务一科密码柜", "秘密", ""),
)
KEY_PLACES: Final = (("保密室", "绝密"), ("档案室", "机密"), ("文印室", "秘密"))


def found(stage: Stage) -> None:
    """Open the book and register everything the unit has on its first day."""
    stage.open(Level.绝密)
    stage.pace = 5
    for person in _roster(stage):
        stage.do("registered", kind="person", **person)
    for name, designated in (AGENCIES | dict.fromkeys((*ISSUERS, *OTHERS), "")).items():
        stage.do("registered", kind="unit", name=name, designated_for=designated)
    until = str(stage.on + timedelta(days=200))
    stage.do("certificate_issued", person=OFFICER, certificate_no="粤保证101号", until=until)
    for each in stage.staff(Level.秘密):
        passed = {"category": str(each.category), "vetted_by": "人事科", "form_no": "审1号"}
        stage.do("vetted", person=each.name, **passed)
        stage.do("pledged", person=each.name, pledge="保密责任书")
    _places(stage)
    for scope in (*POLICIES, *FIVE_RULES):
        stage.do("policy_issued", scope=scope, title=f"{UNIT}{scope}制度")
    _bodies(stage)
    things.found(stage)


def _roster(stage: Stage) -> list[dict[str, Any]]:
    names = iter(stage.some([s + g for s, g in product(SURNAMES, GIVEN)], PEOPLE))
    top = {"department": "局领导", "category": "核心"}
    roster: list[dict[str, Any]] = [
        {"name": OFFICER, "department": "办公室", "roles": "保密员", "category": "核心"},
        {"name": LEADER, "roles": "主管领导、单位领导", **top},
        *({"name": next(names), "roles": "分管领导", **top} for _ in range(3)),
    ]
    for department in DEPARTMENTS:
        head = {"roles": "部门领导", "category": "重要"}
        roster.append({"name": next(names), "department": department, **head})
    for n in range(PEOPLE - len(roster)):
        person = {"name": next(names), "department": DEPARTMENTS[n % len(DEPARTMENTS)]}
        category = LIKE[n % len(LIKE)]
        person |= {"category": category} if category else {}
        roster.append(person | ({"roles": "通信员"} if n == 0 else {}))
    return roster


def _places(stage: Stage) -> None:
    safe = {"supervised": "是", "secured": "是"}
    for name, level, compartments in SHELVES:
        parts = {"compartments": compartments} if compartments else {}
        where = {"place": "2楼保密室", "keeper": OFFICER}
        stage.do("registered", kind="cabinet", name=name, level=level, **parts, **where, **safe)
    owner = {"department": "办公室", "keeper": OFFICER, "phone_sign": "是"}
    good = dict.fromkeys(("secured", "enclosed", "storage", "surveillance"), "是")
    for name, level in KEY_PLACES:
        key = {"purpose": "要害部位", "key": "是", "file_keeper": OFFICER}
        stage.do("registered", kind="site", name=name, level=level, **key, **owner, **good)
    fitted = dict.fromkeys(("climate", "zoned", "interference"), "是")
    stage.do("registered", kind="site", name="中心机房", level="机密", **fitted, **owner, **good)


def _bodies(stage: Stage) -> None:
    body = {"kind": "body", "head": LEADER, "office": "办公室", "duties": "见示局发1号文"}
    members = f"{LEADER}、{OFFICER}"
    stage.do("registered", name="保密委员会", type="保密委员会", members=members, **body)
    stage.do("registered", name="信息公开办公室", type="信息公开机构", **body)
    led = {"lead_unit": UNIT, "lead_until": str(date(stage.on.year, 12, 31))}
    stage.do("registered", name="第三协作组", type="协作组", **led, **body)
    stage.do("registered", name="经济片协作组", type="协作组", lead_unit="市财政局", **body)
