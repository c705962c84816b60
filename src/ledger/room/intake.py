"""导入一个文件: what it looks like, and what taking it in would do; a screen's way to the import."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from ledger.approval import Approval
from ledger.event import Amended, Registered
from ledger.exchange.cell import Fault
from ledger.exchange.directions import Directions
from ledger.exchange.inspection import inspect
from ledger.exchange.source import Source
from ledger.notation.sentence import said
from ledger.notation.words import KIND_LABELS
from ledger.room.importing import APPROVERS, Import, Taken, take_in
from ledger.room.permitting import ask_to_import, permits, permitted
from ledger.room.room import Room

__all__ = [
    "ENDINGS",
    "KINDS",
    "MODES",
    "Directions",
    "Fault",
    "Line",
    "Taken",
    "approvers",
    "ask",
    "asked",
    "kind_words",
    "line_of",
    "looks_like",
    "on_screen",
    "take",
    "where",
]

ENDINGS: Final = (
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "xls",
    "et",
    "html",
    "htm",
    "xml",
    "json",
    "jsonl",
    "ods",
)
"""How the names of files that can be taken in usually end."""
KINDS: Final = tuple(KIND_LABELS.items())
"""What a file can be taken in as, by name and in Chinese."""
MODES: Final = {
    "create": "只登记新的",
    "upsert": "登记新的，也更新有变动的",
    "update": "只更新有变动的",
}


def looks_like(path: Path) -> str:
    """The kind of register a file looks most like, blank for none; raises ``Unreadable``."""
    found = inspect(Source.at(path), Directions())
    best = max(found.looks, key=lambda look: sum(map(bool, look.columns.values())), default=None)
    return best.kind if best is not None and any(best.columns.values()) else ""


def kind_words(kind: str) -> str:
    """What an officer calls a kind of register, named in English or Chinese."""
    return KIND_LABELS.get(kind, kind)


def take(
    room: Room,
    path: Path,
    directions: Directions,
    *,
    dry_run: bool,
    leave: Approval | str | None = None,
    rejects: Path | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Taken:
    """Take a file in, or with ``dry_run`` see what that would come to; raises as ``take_in``.

    With a file for the rows that are wrong the others are taken in; without one all or nothing.
    ``leave`` is who agreed to what a file may not do by itself, or the number of the request by
    which it was agreed to, and then raises as ``permitted``.
    """
    wanted = Import(
        source=Source.at(path),
        directions=directions.checked(),
        by=room.by,
        approvals=(leave,) if isinstance(leave, Approval) else (),
        skip=rejects is not None,
        rejects=rejects,
        dry_run=dry_run,
        tell=tell,
    )
    return take_in(room, permitted(room, wanted, leave) if isinstance(leave, str) else wanted)


def ask(
    room: Room,
    path: Path,
    directions: Directions,
    *,
    purpose: str = "",
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> str:
    """Ask for the approval of taking a file in; the number of the request. Raises as ``ask_to_import``."""
    source = Source.at(path)
    wanted = Import(source=source, directions=directions.checked(), by=room.by, tell=tell)
    return ask_to_import(room, wanted, purpose=purpose).number


def asked(room: Room, path: Path) -> Mapping[str, Directions]:
    """The approved requests for a file that are not used up, and how each says it is read.

    Raises ``Unreadable``.
    """
    found = permits(room, Source.at(path).digest)
    return {number: Directions.read(event.directions, number) for number, event in found.items()}


def approvers(room: Room) -> list[Approval]:
    """Who may approve what a file may not do by itself, whoever takes it in left out."""
    people = room.register.in_order(room.register.people)
    return [
        Approval(by=person.name, role=role)
        for person in people
        if room.by not in (person.name, person.number)
        for role in sorted(person.roles & APPROVERS)[:1]
    ]


def where(fault: Fault) -> str:
    """Where a fault stands in its file, as the officer sees the file."""
    column = f" {fault.column}列" if fault.column else ""
    return f"{fault.sheet}第{fault.row}行{column}"


@frozen
class Line:
    """One act an import would write: the rows it is for, what it does, about what, in one line."""

    rows: str
    what: str
    number: str
    words: str
    whole: tuple[tuple[str, str], ...]
    """Everything it says, labelled."""


def line_of(room: Room, taken: Taken, place: int) -> Line:
    """The act at a place of what was judged, as it would stand in the book."""
    act = taken.proposals[place].act
    match act.event:
        case Registered():
            what = "新登记"
        case Amended():
            what = "更新"
        case _:
            what = "注销"
    whole = tuple(said(act, room.register))
    beside = [f"{name} {value}" for name, value in whole if value and name not in _OWN_CELLS]
    return Line(
        rows=act.note,
        what=what,
        number=taken.proposals[place].number,
        words="，".join(beside),
        whole=whole,
    )


_OWN_CELLS: Final = ("事项", "日期", "经办人", "附注", "种类", "编号")
"""What a line of the list does not repeat."""


_ON_SCREEN: Final = (
    ("别的写法可以用 --map-value 项目:原文=改作 对应过来", "别的写法按回车换成认得的"),
    ("查不到的用 --keep-text 把原文放进备注", "查不到的按回车，把原文放进备注"),
    ("不是日期的内容可以用 --keep-text 放进备注", "不是日期的内容按回车放进备注"),
    (
        "月在前用 --date-order mdy，日在前用 dmy；民国纪年用 --calendar roc；两位年份用 --century 20",
        "按回车说明这些日期怎么读",
    ),
    ("经主管领导批准后加 --approved-by 主管领导:姓名", "经主管领导批准后按 F7 写明批准人"),
    (
        "用 baomi import 文件 --ask 提申请，批准后加 --request 申请编号",
        "按 F7 提申请，批准后凭申请导入",
    ),
    ("要新建，用 --mode upsert", "要新建，按 F6 换办法"),
    ("要按文件更新，加 --mode upsert", "要按文件更新，按 F6 换办法"),
    ("编号本来就不能区分的，用 --key 另选一项", "编号本来就不能区分的，按 F3 让它不导入"),
    ("，请用 --map 列名=项目 指明（import inspect 可以看有哪些列）", "，按 F3 指明表头行和各栏"),
    ("，请用 --sheet 指明，或 --all-sheets", "，按 F3 选一张"),
    ("，请加 --encoding big5", "，按 F3 换编码"),
    ("隐藏的工作表要加 --include-hidden", "隐藏的工作表按 F3 也能选"),
    ("或用 --encoding 指明", "或按 F3 指明"),
    ("（加 --encoding utf-16）", "（按 F3 换编码）"),
    ("，请用 --path 指明一组：", "，只能用命令导入，指明一组："),
    ("用 baomi do 办理", "在登记簿里按 F2 办理"),
)


def on_screen(text: str) -> str:
    """What is said of a file with the keys of the screen in the place of the command's options."""
    for option, key in _ON_SCREEN:
        text = text.replace(option, key)
    return text
