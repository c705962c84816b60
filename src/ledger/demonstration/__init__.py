"""A made-up unit's room, made on the spot, in which the main jobs are done before your eyes."""

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from ledger.exchange.importing import plan
from ledger.exchange.script import read_act
from ledger.mark import Level
from ledger.printing.printer import for_file
from ledger.review import Proposal
from ledger.room import Room
from ledger.room.issuing import Paper, issue
from ledger.room.labelling import queue
from ledger.room.question import may
from ledger.room.verification import verify

__all__ = ["show_round"]

Tell = Callable[[str], Any]

_PEOPLE: Final = (
    {"name": "王敏", "department": "办公室", "roles": "保密员", "category": "核心"},
    {"name": "李国强", "department": "局领导", "roles": "主管领导、单位领导", "category": "核心"},
    {"name": "陈刚", "department": "业务科", "roles": "部门领导", "category": "重要"},
    {"name": "张华", "department": "办公室", "roles": "通信员", "category": "一般"},
)
_THINGS: Final = (
    {
        "kind": "cabinet",
        "name": "保密室一号柜",
        "level": "绝密",
        "compartments": "1、2、3:绝密",
        "place": "2楼保密室",
        "keeper": "王敏",
        "supervised": "是",
        "secured": "是",
    },
    {
        "kind": "medium",
        "level": "机密",
        "model": "专用U盘 16G",
        "serial": "ZY16-0042",
        "department": "业务科",
        "keeper": "陈刚",
        "approved": "是",
    },
    {
        "kind": "medium",
        "level": "绝密",
        "model": "专用U盘 8G",
        "serial": "ZY08-0007",
        "department": "办公室",
        "keeper": "王敏",
        "cabinet": "G-01",
        "compartment": "3",
    },
    {
        "kind": "computer",
        "network": "涉密",
        "level": "机密",
        "name": "涉密单机",
        "model": "安泰 S200",
        "serial": "AT200-11",
        "department": "业务科",
        "keeper": "陈刚",
        "place": "3楼保密间",
        "filed_no": "示保备2026-3",
        "protected": "是",
        "place_compliant": "是",
        "wireless_removed": "是",
    },
)


def show_round(folder: Path, tell: Tell, program: str = "baomi") -> Path:
    """Make the room in an empty folder, tell each step in Chinese, and say where its labels are.

    ``program`` is what the person types to call the program. Raises ``NotARoom`` when the folder is in use.
    """
    with Room.create(folder, unit="示范局", level=Level.绝密) as room:
        tell(f"一、开账：示范局，台账文件夹 {folder}")
        _register(room, tell)
        _receive(room, tell)
        _import(room, tell)
        _refuse(room, tell)
        labels = _print(room, tell)
    _close(folder, tell, program)
    return labels


def _do(room: Room, by: str = "王敏", **raw: Any) -> Proposal:
    return room.record(read_act(raw, room.register).event, by=by)


def _try(room: Room, tell: Tell, words: str, **raw: Any) -> None:
    proposal = room.propose(read_act(raw, room.register).event, by="王敏")
    tell(f"   要{words}——{'可以' if not proposal.refused else '不能办理：'}")
    for finding in proposal.findings:
        tell("   " + str(finding).replace("\n", "\n   "))


def _register(room: Room, tell: Tell) -> None:
    for person in _PEOPLE:
        _do(room, act="registered", kind="person", **person)
    numbers = [_do(room, act="registered", **thing).number for thing in _THINGS]
    tell(f"二、登记：人员{len(_PEOPLE)}名；柜、介质、计算机 {'、'.join(numbers)}")


def _receive(room: Room, tell: Tell) -> None:
    received = _do(
        room,
        act="received",
        sender="示范省厅",
        issuer="示范省厅",
        title="关于做好年度工作的通知",
        doc_no="示厅发〔2026〕7号",
        mark="机密★10年",
        issued_on="2026-03-02",
        copy_nos="000123、000124",
        copies=2,
        pages=6,
        channel="机要交通",
    )
    first, second = received.numbers[:2]
    leader = "主管领导:李国强"
    _do(room, act="circle_fixed", document=first, circle="李国强、陈刚", approvals=leader)
    _do(room, act="stored", carriers=second, cabinet="G-01", compartment="1")
    _do(room, act="circulated", carrier=first, reader="李国强", place="保密室")
    tell(f"三、收文：机密★10年，两份 {first}、{second}；一份入柜，一份送李国强传阅")


def _import(room: Room, tell: Tell) -> None:
    with as_file(files("ledger.demonstration") / "devices.csv") as path:
        found = plan(
            path,
            "computer",
            room.register,
            mapping={"设备名称": "name"},
            fixed={"network": "内部", "isolation": "物理隔离"},
        )
    done = room.record_all([row.event for row in found.new], by="王敏")
    strangers = {f.fact for p in done for f in p.notes if f.rule == "keeper_is_registered"}
    tell(f"四、导入：办公设备登记表{len(found.table.rows)}行，登记内部计算机{len(done)}台")
    for fact in sorted(strangers):
        tell(f"   提示：{fact}")
    for (head, value), cells in found.blanks.items():
        tell(f"   提示：“{head}”有{cells}格写着“{value}”，按空白登记")


def _refuse(room: Room, tell: Tell) -> None:
    tell("五、被条文拦下的几件事：")
    _try(
        room, tell, "把绝密U盘插到机密计算机上", act="plugged", item="JZ-0002", computer="JSJ-0001"
    )
    _try(
        room,
        tell,
        "把正在李国强手上的文件直接转给张华",
        act="circulated",
        carrier=room.register.held_by("李国强")[0],
        reader="张华",
        place="办公室",
    )
    answer = may(room, "秘密", "JZ-0001")
    tell(f"   秘密级信息存进机密U盘 JZ-0001——{'可以' if answer.allowed else '不可以'}")


def _print(room: Room, tell: Tell) -> Path:
    path = room.folder / "labels.pdf"
    done = issue(room, queue(room).new, Paper(printer=for_file(path), path=path), by="王敏")
    tell(f"六、标签：还没有标签的{done.labels}件，印成{done.pages}页，在 {path}")
    _do(room, act="amended", kind="medium", number="JZ-0001", keeper="张华")
    for want in queue(room).changed:
        tell(f"   {want.number}换了责任人，原来的标签随即过时：{'，'.join(want.causes)}")
    return path


def _close(folder: Path, tell: Tell, program: str) -> None:
    with Room.open(folder) as room:
        found, balance = verify(room), room.balance()
        open_ = sum(line.closing for line in balance.lines)
    tell(
        f"七、核验：{found.acts}笔，{'账本完整' if found.holds else '账本不符'}；"
        f"在账{open_}件，{'平衡' if balance.holds else '不平衡'}"
    )
    tell("")
    tell("接下来可以：")
    for command, why in (
        ("check", "按规章核对整本台账"),
        ("list computer", "查看计算机登记"),
        ("log WJ-2026-0001", "查看一份文件的流水"),
        ("label list", "哪些要印标签"),
        ("label show JSJ-0001", "在屏幕上看一张标签"),
        ("may 机密 into JZ-0002", "问一问能不能，附条文"),
        ("form 传阅单 WJ-2026-0001", "从台账填好一张传阅单"),
        ("--help", "查看全部命令"),
    ):
        tell(f"  {why}：\n      {program} --room {folder} {command}")
    tell(f"打开 {folder}/labels.pdf，按“实际大小”打印，用扫码枪扫一扫")
