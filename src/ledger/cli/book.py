"""init, demo, check, balance: the book as a whole."""

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.operators import first
from ledger.cli.speech import (
    DESCRIPTOR,
    ChineseCommand,
    Exit,
    finding_json,
    print_json,
    print_table,
    say,
)
from ledger.day import read_day
from ledger.demonstration import show_round
from ledger.mark import Level
from ledger.notation.words import KIND_LABELS
from ledger.register.balance import Balance
from ledger.room import Room
from ledger.text import clean

__all__ = ["balance", "check", "demo", "init"]


@click.command("init", cls=ChineseCommand, short_help="新建一本台账")
@click.argument("folder", metavar="文件夹")
@click.option("--unit", "--单位", "unit", required=True, metavar="名称", help="单位名称")
@click.option(
    "--level", "--密级", "level", default="机密", metavar="密级", help="本室最高密级，不写就是机密"
)
@click.option(
    "--pack", "--规章包", "pack", default="jiangmen", metavar="规章包", help="采用哪一套规章"
)
@click.option(
    "--operator",
    "--操作员",
    "operator",
    metavar="姓名",
    help="第一位操作员：保密员兼安全保密管理员",
)
@click.option(
    "--new-password-fd",
    "--新口令描述符",
    "new_fd",
    type=DESCRIPTOR,
    metavar="描述符",
    help="他的口令从这个文件描述符读入，不写就在终端上输入",
)
@click.option("--seal", "--加密", "seal", is_flag=True, help="标题等内容加密存放，要有 --operator")
@json_option
def init(
    folder: str,
    unit: str,
    level: str,
    pack: str,
    *,
    as_json: bool,
    **officer: Any,
) -> None:
    """在一个空文件夹里新建一本台账。"""
    operator, seal = officer["operator"], officer["seal"]
    name = clean(unit)
    if not name:
        raise click.BadParameter("单位名称不能为空")
    if seal and not operator:
        raise click.BadParameter("--seal 要和 --operator 一起用：内容密钥由操作员的口令打开")
    with Room.create(folder, unit=name, level=Level.parse(level), pack=pack) as room:
        if operator:
            first(room, operator, officer["new_fd"], seal=seal)
        if as_json:
            print_json({"room": str(room.folder), "unit": name, "level": level})
        else:
            click.echo(str(room.folder))
            say(f"已为{name}开账，最高密级{level}，规章：{room.pack.title}")
            if not operator:
                say("还没有设操作员，谁都能以保密员的名义记账；用 baomi operator add 设第一位")
            if seal:
                say(
                    "内容加密已启用。马上用 baomi seal sheet 抄一份恢复页，口令都丢了只有它能读出标题"
                )
            say(f"下一步：cd {folder}，用 baomi add person 登记保密员，再登记柜、介质和计算机")


@click.command("demo", cls=ChineseCommand, short_help="做一个示范台账，走一遍主要的事")
@click.argument("folder", metavar="文件夹")
@click.option("--year", "--一年", "year", is_flag=True, help="做一个记了一年账的示范台账")
@json_option
def demo(folder: str, *, year: bool, as_json: bool) -> None:
    """在一个空文件夹里做一个示范台账：登记、导入、被条文拦下、打印标签。

    加 --year 的，做一个六十人的单位记了一年、约五千笔的台账，其中故意做错的几十处一一指出来。
    """
    program = "baomi" if shutil.which("baomi") else sys.argv[0]
    tell = say if as_json else click.echo
    if year:
        from ledger.demonstration.furnished import furnish

        furnish(Path(folder), tell, program)
        if as_json:
            print_json({"room": folder})
        return
    labels = show_round(Path(folder), tell, program)
    if as_json:
        print_json({"room": folder, "labels": str(labels)})


@click.command("check", cls=ChineseCommand, short_help="按规章核对整本台账")
@click.option("--on", "--日期", "on", metavar="日期", help="按哪一天核对，不写就是今天")
@json_option
@click.pass_obj
def check(desk: Desk, on: str | None, *, as_json: bool) -> None:
    """按规章核对整本台账，逐条列出事实、条文和改法。"""
    with desk.room(reading=True) as room:
        findings = room.check(read_day(on) if on else None)
        cases = [c for c in room.register.in_order(room.register.cases) if c.closed is None]
    if as_json:
        print_json([finding_json(finding) for finding in findings])
        return
    for finding in findings:
        click.echo(str(finding))
    for case in cases:
        click.echo(f"案 {case.number}  {case.nature}，{case.opened}起未结：{'；'.join(case.facts)}")
    binding = sum(finding.force.binds for finding in findings)
    say(f"须改正{binding}项，提示{len(findings) - binding}项，未结案件{len(cases)}件")


@click.command("balance", cls=ChineseCommand, short_help="平衡表：期初＋增加＝减少＋期末")
@click.option(
    "--on", "--日期", "on", metavar="日期", help="截至哪一天，不写就是今天；期初是当年1月1日"
)
@json_option
@click.pass_obj
def balance(desk: Desk, on: str | None, *, as_json: bool) -> int:
    """按种类和密级列出当年的期初、增加、减少、期末，以及期末都在哪里。"""
    with desk.room(reading=True) as room:
        found = room.balance(read_day(on) if on else None)
    if as_json:
        lines = [
            {
                "kind": line.kind,
                "level": line.level,
                "opening": line.opening,
                "in": line.came,
                "out": line.went,
                "closing": line.closing,
            }
            for line in found.lines
        ]
        print_json({"from": found.start, "to": found.end, "lines": lines, "at": found.custody})
    else:
        _tell_balance(found)
    return Exit.DONE if found.holds else Exit.TAMPERED


def _tell_balance(found: Balance) -> None:
    names = KIND_LABELS
    rows = [
        (
            names[line.kind],
            line.level,
            line.opening,
            sum(line.came.values()),
            sum(line.went.values()),
            line.closing,
            "；".join(f"{word}{n}" for word, n in (*line.came.items(), *line.went.items())),
        )
        for line in found.lines
    ]
    click.echo(f"{found.start}至{found.end}")
    print_table(("种类", "密级", "期初", "增加", "减少", "期末", "明细"), rows)
    click.echo("期末：" + ("、".join(f"{w}{n}" for w, n in sorted(found.custody.items())) or "无"))
    say("平衡：期初＋增加＝减少＋期末" if found.holds else "不平衡：账本有误，请核验（verify）")
