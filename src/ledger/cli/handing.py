"""hand-in: the book packed for the bureau, with the sheet that goes with it to be signed."""

from pathlib import Path
from typing import cast

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, print_json, say, say_findings
from ledger.event import HandedIn
from ledger.level import Level
from ledger.mark import InvalidMark
from ledger.room.filling import Subject
from ledger.room.handing import hand_in
from ledger.room.outgoing import put
from ledger.room.paperwork import paper_of

__all__ = ["hand_in_"]


@click.command("hand-in", cls=ChineseCommand, short_help="把台账报送给保密行政管理部门")
@click.option(
    "-o", "--output", "--输出", "output", required=True, metavar="文件", help="存成哪个文件"
)
@click.option("--conceal", "--隐去", "conceal", is_flag=True, help="隐去题名、姓名和自由填写的文字")
@click.option(
    "--titles-below",
    "--保留题名低于",
    "below",
    default="",
    metavar="密级",
    help="与 --conceal 同用：从来低于这个密级的文件保留题名",
)
@click.option("--onto", "--存到", "medium", default="", metavar="编号", help="报送件存在哪个介质上")
@json_option
@click.pass_obj
def hand_in_(
    desk: Desk, output: str, below: str, medium: str, *, conceal: bool, as_json: bool
) -> None:
    """把整本账和链首装成一个文件报送，并在旁边印一张报送单（docx），双方签字各存一份。

    保密行政管理部门收到后核对全部摘要，并核对上次报送以前的内容没有改动。报送本身也记一笔。
    """
    target, sheet = Path(output), Path(f"{output}-报送单.docx")
    if below and not conceal:
        raise click.BadParameter("--titles-below 要与 --conceal 同用")
    try:
        level = Level.parse(below) if below else None
    except InvalidMark as error:
        raise click.BadParameter(f"--titles-below：{error}") from None
    if sheet.exists():
        raise click.BadParameter(f"“{sheet}”已经存在，请换一个文件名")
    with desk.room() as room:
        proposal, manifest = hand_in(
            room, target, conceal=conceal, titles_below=level, medium=medium, by=desk.by
        )
        put(sheet, paper_of(room, "hand_in", Subject(), {}).written("docx"))
    done = cast(HandedIn, proposal.act.event)
    if as_json:
        print_json(
            {
                "n": proposal.act.n,
                "file": str(target),
                "sheet": str(sheet),
                "lines": manifest.line,
                "acts": manifest.acts,
                "head": done.head,
                "concealed": manifest.concealed,
                "digest": done.digest,
            }
        )
        return
    click.echo(f"报送件 {target}：{manifest.acts}笔，账本链首 {done.head[:20]}")
    click.echo(f"报送单 {sheet}：打印后双方签字")
    say_findings(proposal.findings)
    say(f"已记为第{proposal.act.n}笔")
