"""count: a count begun, read into, checked, decided and closed, from a terminal or a script."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import (
    ChineseCommand,
    ChineseGroup,
    Exit,
    OneOf,
    print_json,
    print_table,
    say,
)
from ledger.room.counting import (
    Choice,
    Heard,
    NoCount,
    Row,
    Session,
    Spot,
    begin,
    counts,
    resume,
)
from ledger.room.countsheet import totals

__all__ = ["count"]


@click.group(
    "count",
    cls=ChineseGroup,
    short_help="清点：按清单逐件扫码，差异逐项决定后记账",
    help="清点：start 开始，read 逐件读，second 换人复点，check 核对差异，decide 逐项决定，"
    "close 记入账本。每读一件都已存盘，断电后接着点。结果用 baomi form 盘点结果 打印签字。",
)
def count() -> None:
    """The group every command about counts belongs to."""


def _id_option(command: Any) -> Any:
    return click.option(
        "--id", "--清点", "id_", default="", metavar="清点", help="不写就是最近没有结束的一次"
    )(command)


@count.command("start", cls=ChineseCommand, short_help="开始一次清点，清单就此固定")
@click.option("--cabinet", "--柜", "cabinet", default="", metavar="柜号", help="只清点一个柜")
@json_option
@click.pass_obj
def start(desk: Desk, cabinet: str, *, as_json: bool) -> None:
    """按账上现在的样子固定一份有编号的清单，开始清点。"""
    with desk.room() as room, begin(room, cabinet, by=desk.by) as counting:
        session = counting.session
    if as_json:
        print_json(_facts(session))
        return
    click.echo(session.id)
    say(f"{session.listed.place}，应在{session.listed.expected}件，清单摘要 {session.digest[:16]}")
    say("逐件读入：baomi count read 地点 编号…，或 baomi count read - 用扫码枪")


@count.command("read", cls=ChineseCommand, short_help="读入地点、编号或标签码；- 从键盘或扫码枪读")
@click.argument("texts", nargs=-1, required=True, metavar="地点|编号|标签码…")
@_id_option
@json_option
@click.pass_obj
def read(desk: Desk, texts: tuple[str, ...], id_: str, *, as_json: bool) -> int:
    """先读地点（柜号、G-01/2、保密室），再读放在那里的每一件。"""
    wrong = 0
    with desk.room() as room, resume(room, id_) as counting:
        for text in _texts(texts):
            try:
                heard = counting.hear(text)
            except NoCount as error:
                wrong += 1
                say(f"{error}")
                continue
            if as_json:
                print_json(_heard(text, heard))
            else:
                click.echo(heard.said)
    return Exit.PARTLY if wrong else Exit.DONE


def _texts(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        if text == "-":
            yield from filter(None, map(str.strip, sys.stdin))
        else:
            yield text


def _heard(text: str, heard: Heard) -> dict[str, Any]:
    row = heard.row
    return {
        "text": text,
        "number": heard.read.number if heard.read else "",
        "place": str(heard.spot) if heard.spot else "",
        "standing": row.standing.name.lower() if row else "",
        "again": heard.again,
        "said": heard.said,
    }


@count.command("second", cls=ChineseCommand, short_help="换另一个人从头复点，看不到初点结果")
@click.argument("by", metavar="姓名")
@_id_option
@json_option
@click.pass_obj
def second(desk: Desk, by: str, id_: str, *, as_json: bool) -> None:
    """由另一个人从头再点一遍；点完以前看不到应有什么、初点见到什么。"""
    with desk.room() as room, resume(room, id_) as counting:
        counting.second(by)
        session = counting.session
    if as_json:
        print_json(_facts(session))
    else:
        say(f"{by}开始复点")


@count.command("check", cls=ChineseCommand, short_help="点完了：列出差异和可以怎样处理")
@click.option("--all", "--全部", "every", is_flag=True, help="没有差异的也列出")
@_id_option
@json_option
@click.pass_obj
def check(desk: Desk, id_: str, *, every: bool, as_json: bool) -> int:
    """列出每一处差异。此后再读的算核对，两次不符的以核对为准。"""
    with desk.room() as room, resume(room, id_) as counting:
        rows = counting.check() if counting.session.open else counting.tally()
    shown = [row for row in rows if every or row.choices]
    if as_json:
        print_json({"rows": [_row(row) for row in shown], "waiting": sum(r.waits for r in rows)})
    else:
        _show(shown)
        say(totals(rows))
    return Exit.PARTLY if any(row.waits for row in rows) else Exit.DONE


def _show(rows: Iterable[Row]) -> None:
    table = [
        (row.n or "", row.subject, row.standing, row.expected, row.seen, _decided(row))
        for row in rows
    ]
    if table:
        print_table(("序号", "编号", "结果", "应在", "见到", "处理"), table)


def _decided(row: Row) -> str:
    if row.decided is not None and not row.waits:
        return f"{row.decided.choice} {row.decided.note}".strip()
    return f"待定：{'、'.join(map(str, row.choices))}" if row.choices else ""


def _row(row: Row) -> dict[str, Any]:
    return {
        "n": row.n,
        "subject": row.subject,
        "standing": row.standing.name.lower(),
        "expected": row.expected,
        "seen": row.seen,
        "choices": [str(choice) for choice in row.choices],
        "decided": str(row.decided.choice) if row.decided else "",
        "note": row.decided.note if row.decided else "",
    }


@count.command("decide", cls=ChineseCommand, short_help="决定一处差异怎样处理，账本还不变")
@click.argument("subject", metavar="编号")
@click.argument("choice", type=OneOf(map(str, Choice)), metavar="处理")
@click.option("--note", "--情况", "note", default="", metavar="情况", help="由谁看过、交给了谁")
@click.option("--to", "--到", "to", default="", metavar="柜号/格", help="登记到哪一格")
@_id_option
@json_option
@click.pass_obj
def decide(
    desk: Desk, /, subject: str, choice: str, id_: str, *, as_json: bool, **given: str
) -> None:
    """处理有：放回原处、登记到现处、登记归还、仍属借出、立案查找、复核见到、登记找回、封存待查、送还原主。"""
    cabinet, _, part = given["to"].partition("/")
    to = Spot(cabinet, part) if cabinet else None
    with desk.room() as room, resume(room, id_) as counting:
        row = counting.settle(subject, Choice(choice), note=given["note"], to=to, by=desk.by)
    if as_json:
        print_json(_row(row))
    else:
        say(f"{row.subject}（{row.standing}）：{choice}")


@count.command("close", cls=ChineseCommand, short_help="差异都有了决定：一次记入账本")
@click.option("--clearance", "--核查清退", "clearance", is_flag=True, help="这也是每季的核查清退")
@_id_option
@json_option
@click.pass_obj
def close(desk: Desk, id_: str, *, clearance: bool, as_json: bool) -> None:
    """把清点和各项决定一次记入账本；应在未见的立案，时限从今天起算。"""
    with desk.room() as room, resume(room, id_) as counting:
        done = counting.close(clearance=clearance, by=desk.by)
        cases = [c.number for c in room.register.cases.values() if c.act == done[-1].act.n]
        session = counting.session
    if as_json:
        print_json({"n": done[-1].act.n, "acts": len(done), "cases": cases, "id": session.id})
        return
    say(f"清点已记入账本第{done[-1].act.n}笔")
    if cases:
        say(f"立案：{'、'.join(cases)}，24小时内报告，见 baomi list case")
    say(f"打印签字：baomi form 盘点结果 {session.id} -o 盘点结果.docx")


@count.command("list", cls=ChineseCommand, short_help="有过哪些清点，到了哪一步")
@json_option
@click.pass_obj
def list_(desk: Desk, *, as_json: bool) -> None:
    """列出每次清点：范围、清点人、读了几件、结果。"""
    with desk.room() as room:
        known = counts(room)
    if as_json:
        print_json([_facts(session) for session in known])
        return
    rows = [
        (s.id, s.listed.place, "、".join(s.counters), s.listed.expected, s.reads, _state(s))
        for s in known
    ]
    print_table(("清点", "范围", "清点人", "应在", "已读", "状态"), rows)


def _state(session: Session) -> str:
    if session.act is not None:
        return f"第{session.act}笔"
    return f"作罢：{session.abandoned}" if session.abandoned else f"{session.round}中"


def _facts(session: Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "cabinet": session.listed.scope,
        "acts": session.listed.acts,
        "expected": session.listed.expected,
        "digest": session.digest,
        "counters": session.counters,
        "round": session.round.name.lower(),
        "reads": session.reads,
        "act": session.act,
        "abandoned": session.abandoned,
    }


@count.command("abandon", cls=ChineseCommand, short_help="作罢，读过的留在记录里")
@click.argument("reason", metavar="原因")
@_id_option
@json_option
@click.pass_obj
def abandon(desk: Desk, reason: str, id_: str, *, as_json: bool) -> None:
    """作罢这次清点；账本不变，读过的仍留在清点记录里。"""
    with desk.room() as room, resume(room, id_) as counting:
        counting.abandon(reason)
        session = counting.session
    if as_json:
        print_json(_facts(session))
    else:
        say(f"清点{session.id}已作罢")
