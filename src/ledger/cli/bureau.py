"""bureau: the books of many rooms taken in and asked all at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click

from ledger.books.content import Content
from ledger.bureau.refusal import NoEngine, RefusedHandIn
from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import (
    ChineseCommand,
    ChineseGroup,
    Exit,
    Whole,
    print_json,
    print_table,
    say,
)
from ledger.level import Sensitivity
from ledger.room import Room
from ledger.room.exporting import Outgoing, send_out
from ledger.room.paperwork import FORMATS, suffix, table
from ledger.text import quoted

__all__ = ["bureau"]

_ENGINE = (
    click.option(
        "--engine", "--引擎", "engine", default="duckdb", metavar="duckdb|spark", help="用哪个引擎"
    ),
    click.option(
        "--master", "--集群", "master", default="local[*]", metavar="地址", help="Spark集群的地址"
    ),
    click.option(
        "--fast", "--快", "fast", is_flag=True, help="查Parquet副本；有新报送的先重做副本"
    ),
    click.option("--on", "--日期", "on", default="", metavar="日期", help="看哪一天，不写就是今天"),
)


def _with_engine(command: Any) -> Any:
    for option in reversed(_ENGINE):
        command = option(command)
    return command


@click.group("bureau", cls=ChineseGroup, short_help="保密行政管理部门：接收各单位台账，一起查")
def bureau() -> None:
    """保密行政管理部门用：接收各单位报送的台账，逐本核对后归档，对所有单位一起提问。

    在本部门自己的台账文件夹里用；各单位的账放在其中的 units/。不用服务器，不上网。
    """


@bureau.command("take", cls=ChineseCommand, short_help="接收报送件，逐行核对后归档")
@click.argument("files", nargs=-1, required=True, metavar="文件…")
@click.option("--renamed", "--更名", "renamed", is_flag=True, help="同一单位更了名，接着收")
@click.option("--quick", "--只核摘要", "quick", is_flag=True, help="不逐笔重算登记，快得多")
@click.option("--another", "--另有一室", "another", is_flag=True, help="单位另有一个保密室")
@json_option
@click.pass_obj
def take_(
    desk: Desk, files: tuple[str, ...], *, renamed: bool, another: bool, quick: bool, as_json: bool
) -> int:
    """核对每份报送件：摘要链逐行相符，登记与流水重算的一致，上次报送以前没有改动；收下的记一笔。

    不符的不收，说明是哪一行；其余的照收。
    """
    from ledger.bureau.taking import take

    told: list[dict[str, Any]] = []
    with desk.room() as room:
        for file in files:
            try:
                done = take(
                    room,
                    Path(file),
                    by=desk.by,
                    renamed=renamed,
                    another=another,
                    thorough=not quick,
                )
            except RefusedHandIn as error:
                told.append({"file": file, "refused": str(error), "n": error.act})
                say(f"{error}。")
                continue
            now, before = done.filed, done.before
            since = f"，比上次多{now.lines - before.lines}行" if before else "，首次报送"
            n = done.proposal.act.n if done.proposal else None
            told.append({"file": file, "unit": now.unit, "room": now.room, "n": n})
            said = since if n else "，已经接收过"
            say(f"{now.unit}：{now.lines}行核对无误{said}，账本链首 {done.book_head[:20]}。")
    if as_json:
        print_json(told)
    refused = sum("refused" in each for each in told)
    say(f"收下{len(told) - refused}份，没有接收{refused}份")
    return Exit.DONE if not refused else Exit.REFUSED if refused == len(told) else Exit.PARTLY


@bureau.command("demo", cls=ChineseCommand, short_help="造一个示范市，试一试")
@click.argument("folder", metavar="文件夹")
@click.option(
    "--units",
    "--单位数",
    "units",
    default=6,
    type=Whole(1, 2000),
    metavar="个数",
    help="几个单位，不写就是6个",
)
@json_option
def demo(folder: str, units: int, *, as_json: bool) -> None:
    """在空文件夹里造一个示范市的保密局，收下若干单位一年的账，其中几个单位有问题，一本被改动过。"""
    from ledger.demonstration.city import city
    from ledger.room.room import now

    planted = city(Path(folder), units, say, on=now().date())
    if as_json:
        found = [{"unit": p.unit, "question": p.question, "number": p.number} for p in planted]
        print_json({"room": folder, "planted": found})
        return
    click.echo("故意做错的：")
    for each in planted:
        click.echo(f"  {each.unit}　{_FOUND_BY[each.question]} {each.number}".rstrip())
    click.echo(f"接下来：baomi --room {folder} bureau ask units")


_FOUND_BY: Final = {
    "late": "过期没有办（问 late）：",
    "out": "绝密件借出不还（问 out）",
    "incidents": "丢失没有报告（问 incidents）",
    "breaches": "机密存进秘密介质（问 breaches）",
    "expiries": "保密期限将满（问 expiries）",
    "regrades": "密级有变动（问 regrades）：",
    "tampered": "账本被改动，没有收下，第几行：",
}


@bureau.command("questions", cls=ChineseCommand, short_help="可以问的问题")
@json_option
@click.pass_obj
def questions_(desk: Desk, *, as_json: bool) -> None:
    """列出可以问的问题、依据的条文和参数；自己的问题（.sql）放在台账文件夹的 questions/ 里。"""
    from ledger.bureau.question import OWN, questions

    found = list(questions(desk.folder / OWN))
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "title": each.title,
                    "articles": each.articles,
                    "about": each.about,
                    "parameters": [each_._asdict() for each_ in each.parameters],
                }
                for each in found
            ]
        )
        return
    for each in found:
        click.echo(f"{each.name}　{each.title}（{'；'.join(each.articles)}）")
        click.echo(f"    {each.about}")
        for one in each.parameters:
            click.echo(f"    --set {one.name}={one.given}　{one.about}（{one.kind}）")


@bureau.command("ask", cls=ChineseCommand, short_help="对所有单位提一个问题")
@click.argument("name", metavar="问题")
@click.option("--set", "--设", "given", multiple=True, metavar="参数=值", help="问题的参数")
@click.option("-o", "--output", "--输出", "output", default="", metavar="文件", help="存成文件")
@_with_engine
@json_option
@click.pass_obj
def ask_(
    desk: Desk, /, name: str, given: tuple[str, ...], output: str, *, as_json: bool, **how: Any
) -> None:
    """对所有单位的账提一个问题，答案列成表；-o 存成 xlsx、csv、jsonl、docx 或 txt，存了就记一笔。"""
    asking = _asking()
    from ledger.bureau.question import OWN, question

    if output and suffix(Path(output)) not in FORMATS:
        raise click.BadParameter(f"文件名要以 {'、'.join(FORMATS)} 结尾，现为“{output}”")
    with desk.room(reading=not output) as room:
        room.refuse_outsiders()
        asked = question(name, desk.folder / OWN)
        with _engine(how) as engine:
            today, values = _day(room, how["on"]), _values(given)
            if how["on"] and any(each.name == "on" for each in asked.parameters):
                values.setdefault("on", str(today))
            answer = asking.ask(desk.folder, asked, values, today, engine, fast=how["fast"])
        if output:
            content = Content(
                title=asked.title,
                headers=answer.headings,
                keys=answer.headings,
                rows=tuple(tuple(map(_cell, row)) for row in answer.rows),
                beside=f"{room.register.unit}|{today}",
            )
            _send(room, desk, asked.title, table(content, suffix(Path(output))), output)
    if as_json:
        print_json(answer.records)
    elif not output:
        click.echo(asked.title)
        print_table(answer.headings, [list(map(_cell, row)) for row in answer.rows])
    say(f"{asked.title}：{len(answer.rows)}行（{'；'.join(asked.articles)}）")


@bureau.command("report", cls=ChineseCommand, short_help="一份可以打印的总览报告（HTML）")
@click.option(
    "-o", "--output", "--输出", "output", required=True, metavar="文件", help="存成哪个文件"
)
@click.option("--unit", "--单位", "unit", default="", metavar="单位", help="只看这个单位")
@_with_engine
@json_option
@click.pass_obj
def report_(desk: Desk, /, output: str, unit: str, *, as_json: bool, **how: Any) -> None:
    """把各单位的情况做成一个网页文件：总览、图、逾期、超期、案件、违规；断网能看，A4能印。"""
    if suffix(Path(output)) != "html":
        raise click.BadParameter(f"文件名要以 html 结尾，现为“{output}”")
    _asking()
    from ledger.bureau.report import report

    with desk.room() as room, _engine(how) as engine:
        today = _day(room, how["on"])
        page = report(desk.folder, room.register.unit, unit, today, engine, fast=how["fast"])
        _send(room, desk, "监督情况报告", page, output)
    if as_json:
        print_json({"file": output, "on": today, "unit": unit})
    else:
        say(f"监督情况报告：{output}")


def _asking() -> Any:
    """What asks, which needs libraries that not every room has."""
    try:
        from ledger.bureau import asking
    except ModuleNotFoundError as error:
        raise NoEngine("没有安装查询引擎，先安装：pip install 'baomi-ledger[bureau]'") from error
    return asking


@contextmanager
def _engine(how: Mapping[str, Any]) -> Iterator[Any]:
    engine = _asking().engine_named(how["engine"], how["master"])
    try:
        yield engine
    finally:
        engine.close()


def _day(room: Room, text: str) -> Any:
    from ledger.day import read_day

    return read_day(text) if text else room.clock().date()


def _values(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if bad := [name for name, equals, _ in pairs if not equals]:
        raise click.BadParameter(f"--set 要写成 参数=值，读到{quoted(bad[0])}")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _cell(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _send(room: Room, desk: Desk, what: str, content: bytes, output: str) -> None:
    """Write a file of answers, which is a work secret and leaves as an export."""
    if Path(output).exists():
        raise click.BadParameter(f"“{output}”已经存在，请换一个文件名")
    send_out(
        room,
        Outgoing(
            what=what,
            content=content,
            rows=0,
            level=None,
            sensitivity=Sensitivity.WORK_SECRET,
            path=Path(output),
            by=desk.by,
        ),
    )
