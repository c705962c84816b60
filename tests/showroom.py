"""A room in which everything that a book or form tells of has happened once, on known days."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ledger import Level
from ledger.exchange.script import read_act
from ledger.review import Proposal
from ledger.room import Room
from ledger.room.counting import Choice, begin

START = datetime(2026, 3, 2, 9, 0)
LEADER = "主管领导:李国强"

ACTS: tuple[dict[str, Any], ...] = (
    {"act": "登记", "kind": "人员", "name": "王敏", "department": "办公室", "post": "机要员",
     "roles": "保密员", "category": "核心", "confirmed_on": "2024-01-02", "phone": "0750-1234"},
    {"act": "登记", "kind": "人员", "name": "李国强", "department": "局领导", "post": "副局长",
     "roles": "主管领导", "category": "核心"},
    {"act": "登记", "kind": "人员", "name": "陈刚", "department": "业务科", "post": "科长",
     "roles": "部门领导", "category": "核心"},
    {"act": "登记", "kind": "人员", "name": "张华", "department": "业务科", "category": "一般"},
    {"act": "登记", "kind": "外单位", "name": "示范省厅"},
    {"act": "登记", "kind": "外单位", "name": "示范销毁中心", "designated_for": "销毁"},
    {"act": "登记", "kind": "柜", "level": "绝密", "compartments": "1、2、3:绝密", "keeper": "王敏"},
    {"act": "登记", "kind": "介质", "level": "机密", "model": "专用U盘16G", "serial": "ZY16-0042",
     "keeper": "陈刚", "department": "业务科", "started_on": "2025-05-06", "approved": "是"},
    {"act": "登记", "kind": "介质", "level": "绝密", "model": "专用U盘8G", "serial": "ZY08-0007",
     "keeper": "王敏", "approved": "是"},
    {"act": "登记", "kind": "计算机", "network": "涉密", "level": "绝密", "name": "涉密单机",
     "model": "安泰S200", "serial": "AT200-11", "disk_serial": "WD-1", "keeper": "王敏",
     "department": "办公室", "place": "保密室", "filed_no": "示保备2026-3"},
    {"act": "收文", "sender": "示范省厅", "issuer": "示范省厅", "title": "关于做好年度工作的通知",
     "doc_no": "示厅发〔2026〕7号", "mark": "机密★10年", "issued_on": "2026-02-20", "alias": "一号件",
     "copies": 2, "copy_nos": "000123、000124", "pages": 6, "channel": "机要交通"},
    {"act": "收文", "sender": "示范省厅", "issuer": "示范省厅", "title": "关于某项核心事项的意见",
     "doc_no": "示厅绝〔2026〕1号", "mark": "绝密★30年", "issued_on": "2026-02-25", "copies": 1,
     "copy_nos": "000007", "pages": 3, "channel": "机要交通"},
    {"act": "收文", "sender": "示范省厅", "issuer": "示范省厅", "title": "会议材料汇总",
     "doc_no": "示厅函〔2026〕9号", "mark": "秘密★1年", "issued_on": "2026-02-26", "copies": 5,
     "pages": 12, "channel": "机要交通", "copy_nos": "01、02、03、04、05"},
    {"act": "确定知悉范围", "document": "WJ-2026-0001", "circle": "李国强、陈刚", "approvals": LEADER},
    {"act": "确定知悉范围", "document": "WJ-2026-0003", "circle": "李国强", "approvals": LEADER},
    {"act": "确定知悉范围", "document": "WJ-2026-0004", "circle": "业务科、办公室", "approvals": LEADER},
    {"act": "入柜", "carriers": "WJ-2026-0003", "cabinet": "G-01", "compartment": "3"},
    {"act": "入柜", "carriers": "WJ-2026-0002、WJ-2026-0004", "cabinet": "G-01", "compartment": "1"},
    {"act": "传阅", "carrier": "WJ-2026-0001", "reader": "李国强", "place": "保密室", "time": "9:30"},
    {"act": "归还", "carrier": "WJ-2026-0001", "time": "10:15"},
    {"act": "传阅", "carrier": "WJ-2026-0001", "reader": "陈刚", "place": "业务科", "time": "14:00"},
    {"act": "借阅", "carrier": "WJ-2026-0005", "to": "陈刚", "due": "2026-04-01", "purpose": "起草方案",
     "approvals": LEADER},
    {"act": "归还", "carrier": "WJ-2026-0005"},
    {"act": "借阅", "carrier": "WJ-2026-0006", "to": "张华", "due": "2026-05-01", "purpose": "核对数据",
     "approvals": LEADER},
    {"act": "复印", "original": "WJ-2026-0004", "copies": 2, "purpose": "业务科使用",
     "receiver": "陈刚", "clear_by": "2026-06-30", "approvals": LEADER},
    {"act": "携带外出", "carriers": "JZ-0001", "bearers": "陈刚、王敏", "destination": "示范省厅",
     "purpose": "汇报", "due": "2026-04-10", "measures": "专用密码箱", "approvals": LEADER},
    {"act": "带回", "carriers": "JZ-0001"},
    {"act": "移交", "carriers": "WJ-2026-0007", "to": "陈刚", "reason": "岗位调整", "supervisor": "李国强"},
    {"act": "签收", "carriers": "WJ-2026-0007", "signed_by": "陈刚"},
    {"act": "发文", "carriers": "WJ-2026-0008", "to": "示范省厅", "channel": "机要交通",
     "bearers": "王敏"},
    {"act": "签收", "carriers": "WJ-2026-0008", "signed_by": "示范省厅"},
    {"act": "清退", "carriers": "WJ-2026-0005", "to": "示范省厅", "receiver": "省厅机要室",
     "list_no": "QT-2026-1"},
    {"act": "销毁", "carriers": "WJ-2026-0009", "witnesses": "王敏、陈刚", "method": "化浆",
     "place": "示范销毁中心", "counted": 1, "approvals": LEADER},
    {"act": "丢失", "carrier": "WJ-2026-0010", "circumstances": "清点时未见", "found_missing_by": "王敏"},
    {"act": "报告", "case": "", "to": "示范市保密局", "paper_no": "示保报〔2026〕1号"},
    {"act": "离岗", "person": "张华", "cooling_until": "2027-01-01", "commitment": "是"},
    {"act": "清点", "seen": "WJ-2026-0002、WJ-2026-0003、WJ-2026-0004", "cabinet": "G-01",
     "counters": "王敏、陈刚"},
)  # fmt: skip
"""What happened, one act every day, in the order of the book."""


class Showroom:
    """The room, and the clock that moves it on by a day an act."""

    def __init__(self, folder: Path) -> None:
        self.now = START
        self.room = Room.create(folder, unit="示范局", level=Level.绝密, clock=lambda: self.now)
        for act in ACTS:
            self.do(**act)
        self.count()

    def count(self) -> None:
        """A count of the cabinet that two have made and that is not closed yet."""
        with begin(self.room, "G-01", by="王敏") as counting:
            counting.hear("WJ-2026-0002")
            counting.hear("WJ-2026-0003")
            counting.second("陈刚")
            counting.hear("WJ-2026-0003")
            counting.check()
            counting.settle("WJ-2026-0004", Choice.CASE)

    def do(self, **raw: Any) -> Proposal:
        """Record one act, whatever the rules say, a day later than the one before."""
        self.now += timedelta(days=1)
        if raw["act"] == "报告":
            raw["case"] = max(self.room.register.cases)
        line = read_act(raw, self.room.register)
        return self.room.record(
            line.event, **{"by": "王敏", "happened": "前情", **line.circumstances}
        )
