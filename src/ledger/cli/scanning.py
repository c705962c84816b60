"""label blank, bind, key; scan: labels printed ahead, and codes looked up."""

from typing import Any

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.labels import label_, paper_of, paper_options, refused, tell, template_of
from ledger.cli.speech import ChineseCommand, Exit, Whole, print_json, say
from ledger.mark import Level
from ledger.printing.template import template_for
from ledger.review import Refused
from ledger.room.blanks import bind, new_key, print_blanks
from ledger.room.scanning import Answer, scan

__all__ = ["bind_", "blank", "key", "scan_"]


@label_.command("blank", cls=ChineseCommand, short_help="印一批空白标签，以后贴上再扫码绑定")
@click.argument("count", type=Whole(1, 1000), metavar="张数")
@click.option("--level", "--密级", "level", default="", metavar="密级", help="不写就是非涉密")
@click.option("--template", "--模板", "template", metavar="模板", help="不写就用介质的")
@paper_options
@json_option
@click.pass_obj
def blank(
    desk: Desk, /, count: int, level: str, template: str | None, *, as_json: bool, **given: Any
) -> int:
    """印空白标签：密级、编号和二维码先印好，责任人贴的时候手写。"""
    with desk.room() as room:
        paper = paper_of(room, given)
        of = template_of(room, template) or template_for("medium", room.folder)
        try:
            rank = Level.parse(level) if level else None
            done = print_blanks(room, count, rank, of, paper, by=desk.by)
        except Refused as refusal:
            return refused(refusal, as_json=as_json)
    return tell(done, paper, as_json=as_json)


@label_.command("bind", cls=ChineseCommand, short_help="扫一张空白标签，绑到一件载体上")
@click.argument("code", metavar="标签码")
@click.argument("number", metavar="编号")
@click.option("--reason", "--原因", "reason", default="", metavar="原因", help="换贴的原因")
@json_option
@click.pass_obj
def bind_(desk: Desk, code: str, number: str, reason: str, *, as_json: bool) -> int:
    """把贴好的空白标签绑到一件载体、柜或场所上：扫标签码，写编号。"""
    with desk.room() as room:
        try:
            done = bind(room, code, number, by=desk.by, reason=reason)
        except Refused as refusal:
            return refused(refusal, as_json=as_json)
    if as_json:
        print_json({"n": done.act.n, "number": number})
    else:
        say(f"这张标签现在是{number}的标签（第{done.act.n}笔）")
    return Exit.DONE


@label_.command("key", cls=ChineseCommand, short_help="更换标签密钥，旧标签照样有效")
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么更换")
@json_option
@click.pass_obj
def key(desk: Desk, reason: str, *, as_json: bool) -> None:
    """更换标签密钥：以后印的标签用新密钥校验，印过的照样有效，不用重印。"""
    with desk.room() as room:
        version = new_key(room, reason, by=desk.by)
    if as_json:
        print_json({"version": version})
    else:
        say(f"已换到第{version}版密钥。room.key 变了，请重新备份")


@click.command("scan", cls=ChineseCommand, short_help="查一个标签码是哪一件，是否还有效")
@click.argument("code", nargs=-1, required=True, metavar="标签码")
@json_option
@click.pass_obj
def scan_(desk: Desk, code: tuple[str, ...], *, as_json: bool) -> int:
    """查一个标签码：有效、过时、抄错或伪造、别的台账的，还是空白标签。"""
    with desk.room(reading=True) as room:
        found = scan(room, "".join(code))
    if as_json:
        answer = {"answer": found.answer.name.lower(), "number": found.number}
        print_json(answer | {"trouble": found.said})
    elif found.number and found.answer is not Answer.BLANK:
        click.echo(found.number)
    if not as_json and found.said:
        say(f"{found.answer}：{found.said}")
    return Exit.DONE if found.good else Exit.REFUSED
