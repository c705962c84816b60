"""seal: titles and all other content kept sealed, and who has the key."""

from typing import Final

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.signing import ask_hidden, refuse_pipes, shown_once
from ledger.cli.speech import (
    DESCRIPTOR,
    ChineseCommand,
    ChineseGroup,
    Exit,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.room import Room, sealing

__all__ = ["seal_"]

_OLD: Final = "在此之前记的内容仍是明文，账本不能改写；都要加密的，用 baomi init --seal 另建一本，把旧账导出再导入"


@click.group(
    "seal",
    cls=ChineseGroup,
    short_help="内容加密：启用、授予密钥、恢复页",
    help="内容加密：标题、文号、事由等存成密文，登录以后才读得出来。",
)
def seal_() -> None:
    """The group every command about sealing belongs to."""


_sheet_fd = click.option(
    "--sheet-fd",
    "--恢复页描述符",
    "sheet_fd",
    type=DESCRIPTOR,
    metavar="描述符",
    help="恢复页上的密钥从这个文件描述符读入，不写就在终端上输入",
)


@seal_.command("on", cls=ChineseCommand, short_help="启用内容加密")
@json_option
@click.pass_obj
def on(desk: Desk, *, as_json: bool) -> None:
    """从现在起，标题、文号、事由等内容存成密文；启用以后不能停用。

    内容密钥授给现有的保密员、审批人、经手人、安全保密管理员和程序，各人用自己的口令打开。
    """
    with desk.room() as room:
        earlier = len(room.acts)
        done = sealing.seal(room)
        having = [each.name for each in sealing.holders(room) if each.has]
    if as_json:
        print_json({"n": done[0].act.n, "holders": having, "plain_acts": earlier})
        return
    click.echo(f"第{done[0].act.n}笔起内容加密，掌握密钥：{'、'.join(having)}")
    say(_OLD)
    say("马上用 baomi seal sheet 抄一份恢复页：口令都丢了，只有它能读出标题")
    say_findings(done[0].findings)


@seal_.command("give", cls=ChineseCommand, short_help="把内容密钥授给一位操作员")
@click.argument("name", metavar="姓名")
@json_option
@click.pass_obj
def give(desk: Desk, name: str, *, as_json: bool) -> None:
    """把内容密钥授给一位操作员，他下次登录时生效。由掌握密钥的保密员或安全保密管理员办理。"""
    with desk.room() as room:
        done = sealing.give(room, name)
    if as_json:
        print_json({"n": done.act.n})
        return
    click.echo(f"第{done.act.n}笔")
    say(f"已把内容密钥授给{name}，下次登录时生效")
    say_findings(done.findings)


@seal_.command("list", cls=ChineseCommand, short_help="列出谁掌握内容密钥")
@json_option
@click.pass_obj
def list_(desk: Desk, *, as_json: bool) -> None:
    """列出职责要看内容的操作员，和他有没有内容密钥。"""
    with desk.room(reading=True) as room:
        sealed, found = bool(room.register.content_key), sealing.holders(room)
    if as_json:
        print_json({"sealed": sealed, "holders": {each.name: each.has for each in found}})
    elif not sealed:
        say("内容没有加密。启用：baomi seal on")
    else:
        rows = [(each.name, "有" if each.has else "没有") for each in found]
        print_table(("操作员", "内容密钥"), rows)


@seal_.command("sheet", cls=ChineseCommand, short_help="把内容密钥抄成恢复页")
@click.argument("keeper", metavar="保管人")
@json_option
@click.pass_obj
def sheet(desk: Desk, keeper: str, *, as_json: bool) -> int:
    """在终端上显示内容密钥一次，供抄在纸上，核对后清屏。

    所有人的口令都丢了，只有恢复页能读出内容。按本室最高密级保管，密封后交保管人锁在别处。
    """
    refuse_pipes()
    with desk.room() as room:
        letters, done = sealing.write_down(room, keeper)
        lines = _page(room, letters, done.act.n)
    answer = shown_once(letters, "抄好后，输入第14组核对", lines)
    right = answer.strip().upper() == letters[-4:]
    if as_json:
        print_json({"n": done.act.n, "copied": right})
    if not right:
        say("第14组没有抄对。作废这一页，再用 baomi seal sheet 重抄")
        return Exit.PARTLY
    say(f"已核对（第{done.act.n}笔）。恢复页密封后交{keeper}保管，不要与台账放在一起")
    return Exit.DONE


def _page(room: Room, letters: str, n: int) -> list[str]:
    """What is to be copied, as it is to stand on paper."""
    groups = letters.split()
    rows = [
        "    " + "   ".join(f"{k + 1:>2} {groups[k]}" for k in range(first, min(first + 5, 14)))
        for first in range(0, 14, 5)
    ]
    return [f"{room.register.unit} 台账{room.book.owner.room} 内容密钥恢复页（第{n}笔）", *rows]


@seal_.command("recover", cls=ChineseCommand, short_help="用恢复页重新得到内容密钥")
@_sheet_fd
@json_option
@click.pass_obj
def recover(desk: Desk, sheet_fd: int | None, *, as_json: bool) -> None:
    """登录以后输入恢复页上的密钥，把它授给自己。由保密员或安全保密管理员办理。"""
    with desk.room() as room:
        done = sealing.recover(room, ask_hidden("恢复页上的密钥", sheet_fd))
    if as_json:
        print_json({"n": done.act.n})
        return
    click.echo(f"第{done.act.n}笔")
    say("已重新得到内容密钥；别人的用 baomi seal give 授予")
    say_findings(done.findings)


@seal_.command("read", cls=ChineseCommand, short_help="没有人能登录时，用恢复页读出标题")
@_sheet_fd
@json_option
@click.pass_obj
def read(desk: Desk, sheet_fd: int | None, *, as_json: bool) -> None:
    """不登录，用恢复页上的密钥列出全部文稿的编号、密级、文号、标题；账上不留记录，请另行登记。"""
    with desk.room(reading=True) as room:
        found = sealing.titles(room, ask_hidden("恢复页上的密钥", sheet_fd))
    if as_json:
        names = ("number", "mark", "doc_no", "title")
        print_json([{name: getattr(each, name) for name in names} for each in found])
        return
    rows = [(each.number, each.mark, each.doc_no, each.title) for each in found]
    print_table(("编号", "密级", "文号", "标题"), rows)
