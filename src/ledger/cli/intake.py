"""import FILE: other people's registers in, told before, during and after."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from ledger.approval import Approval
from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, Exit, finding_json, print_json
from ledger.cli.telling import progress, tell
from ledger.exchange.directions import Directions
from ledger.exchange.field import read_value
from ledger.exchange.importing import page_named
from ledger.exchange.reading import FORMATS
from ledger.exchange.source import Source
from ledger.room import Room
from ledger.room.importing import Import, Taken, take_in
from ledger.room.mappings import load, save
from ledger.room.outgoing import put
from ledger.room.paperwork import WRITERS, import_page, suffix
from ledger.room.report import grouped, page_values, report
from ledger.room.withdrawing import batch_of
from ledger.text import quoted

__all__ = ["directions_of", "reading_options", "run_import", "source_of"]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        left, equals, right = text.rpartition("=")
        if not equals or not left:
            raise click.BadParameter(f"{option} 要写成 甲=乙，读到“{text}”")
        pairs[left] = right
    return pairs


def _values(texts: tuple[str, ...]) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for text in texts:
        name, colon, pair = text.replace("：", ":").partition(":")
        before, equals, after = pair.partition("=")
        if not colon or not equals:
            raise click.BadParameter(f"--map-value 要写成 项目:原文=改作，读到{quoted(text)}")
        values.setdefault(name, {})[before] = after
    return values


_READING = (
    click.option("--format", "--格式", "format", default="", metavar="格式", help="不写就看内容"),
    click.option("--encoding", "--编码", "encoding", default="", metavar="编码", help="文字编码"),
    click.option("--delimiter", "--分隔符", "delimiter", default="", metavar="符号"),
    click.option("--path", "--路径", "path", default="", metavar="路径", help="记录在JSON里的位置"),
    click.option("--sheet", "--工作表", "sheet", default="", metavar="名称|序号"),
    click.option("--all-sheets", "--全部工作表", "all_sheets", is_flag=True),
    click.option("--include-hidden", "--含隐藏表", "include_hidden", is_flag=True),
    click.option("--header-row", "--表头行", "header_row", default=0, metavar="行", type=int),
)
_TAKING = (
    click.option(
        "--map",
        "--对应",
        "mapping",
        multiple=True,
        metavar="列=项目",
        help="表头的一列对应哪个项目",
    ),
    click.option(
        "--set", "--填", "fixed", multiple=True, metavar="项目=值", help="每一行都填同样的值"
    ),
    click.option(
        "--map-value",
        "--改值",
        "values",
        multiple=True,
        metavar="项目:原文=改作",
        help="原文换成什么",
    ),
    click.option("--ignore", "--不导入", "ignored", multiple=True, metavar="列"),
    click.option("--key", "--区分", "key", default="", metavar="项目,…", help="用哪几项区分各条"),
    click.option(
        "--mode",
        "--方式",
        "mode",
        default="",
        metavar="方式",
        help="create只新建（不写就是它），update只更新，upsert都可以",
    ),
    click.option(
        "--blank",
        "--空白",
        "blank",
        default="",
        metavar="办法",
        help="空白格：keep保留原值，clear清空",
    ),
    click.option(
        "--date-order",
        "--日期次序",
        "date_order",
        default="",
        metavar="次序",
        help="mdy月日年，dmy日月年",
    ),
    click.option("--calendar", "--纪年", "calendar", default="", metavar="纪年", help="roc民国"),
    click.option(
        "--century", "--世纪", "century", default=0, type=int, metavar="20", help="两位年份前加什么"
    ),
    click.option(
        "--fill-down", "--向下填", "fill_down", multiple=True, metavar="列", help="空白格同上一格"
    ),
    click.option(
        "--keep-text",
        "--存备注",
        "keep_text",
        multiple=True,
        metavar="项目",
        help="读不通的放进备注",
    ),
)


def reading_options(command: CommandT) -> CommandT:
    """Give a command the options that say how a file is read."""
    for option in reversed(_READING):
        command = option(command)
    return command


def _taking_options(command: CommandT) -> CommandT:
    for option in reversed(_TAKING):
        command = option(command)
    return reading_options(command)


def directions_of(kind: str, options: Mapping[str, Any]) -> Directions:
    """The directions that options come to; raises ``InvalidDirections``."""
    if options.get("format") and options["format"] not in FORMATS:
        known = "、".join(FORMATS)
        raise click.BadParameter(f"--format 可以是{known}，读到{quoted(options['format'])}")
    told: dict[str, Any] = {"kind": kind}
    for name, value in options.items():
        match name:
            case "mapping" | "fixed":
                told[name] = _pairs(value, "--map" if name == "mapping" else "--set")
            case "values":
                told[name] = _values(value)
            case "key":
                told[name] = tuple(part for part in value.split(",") if part)
            case "delimiter":
                told[name] = {"\\t": "\t", "tab": "\t"}.get(value, value)
            case _:
                told |= {name: value} if value else {}
    if len(told.get("delimiter", "")) > 1:
        raise click.BadParameter("--delimiter 只能是一个字符")
    return Directions.of(told)


def source_of(file: str) -> Source:
    """The file of a name, or what comes on standard input for ``-``; raises ``Unreadable``."""
    return Source.of("标准输入", sys.stdin.buffer) if file == "-" else Source.at(Path(file))


@click.command(
    "文件",
    cls=ChineseCommand,
    short_help="导入一张登记表",
    help="把一张登记表导入台账：要么全部登记，要么一行也不写。\n\n"
    "CSV、TSV、XLSX、XLS、ET、网页表格、JSON、JSONL都可以，- 表示从标准输入读取。",
)
@click.argument("file", metavar="文件|-")
@click.option(
    "--as", "--登记为", "kind", default="", metavar="种类", help="登记成哪一种，如 computer"
)
@_taking_options
@click.option("--mapping", "--办法", "saved", default="", metavar="名称", help="用存过的导入办法")
@click.option("--save-mapping", "--存为办法", "save_as", default="", metavar="名称")
@click.option("--resume", "--续导", "resume", type=int, metavar="批次", help="接着某一批，办法同前")
@click.option("--dry-run", "--试算", "dry_run", is_flag=True, help="只看结果，不写入")
@click.option(
    "--on-error",
    "--有误时",
    "on_error",
    default="abort",
    metavar="办法",
    help="abort一行也不写（不写就是它），skip导入没有错的行",
)
@click.option("--rejects", "--未导入存到", "rejects", default="", metavar="文件")
@click.option("--approved-by", "--批准人", "approved_by", default="", metavar="职责:姓名")
@click.option("--max-errors", "--最多列出", "most", default=200, type=int, metavar="个")
@click.option("--report", "--报告", "report_to", default="", metavar="文件", help="JSON报告另存")
@click.option(
    "--page", "--情况报告", "page", default="", metavar="文件", help="导入情况报告，docx、xlsx或txt"
)
@click.option("--quiet", "--安静", "quiet", is_flag=True, help="只输出结果")
@click.option("--no-progress", "--不报进度", "no_progress", is_flag=True)
@json_option
@click.pass_obj
def run_import(desk: Desk, /, file: str, kind: str, **options: Any) -> int:
    """Take a file in."""
    chosen = {
        name: options.pop(name)
        for name in (
            *("saved", "save_as", "resume", "dry_run", "on_error", "rejects", "approved_by"),
            *("most", "report_to", "page", "quiet", "no_progress", "as_json"),
        )
    }
    if chosen["on_error"] not in ("abort", "skip"):
        raise click.BadParameter(f"--on-error 只能是abort、skip，读到{quoted(chosen['on_error'])}")
    directions = directions_of(kind, options)
    with desk.room() as room:
        directions = _whole(room, directions, chosen)
        source = source_of(file)
        _unused(chosen)
        taken = take_in(room, _wanted(desk, source, directions, chosen))
        if chosen["page"]:
            path = Path(chosen["page"])
            put(path, import_page(room, page_values(taken)).written(suffix(path)))
        if chosen["save_as"]:
            save(room, chosen["save_as"], directions)
    return _told(taken, chosen)


def _unused(chosen: Mapping[str, Any]) -> None:
    """Refuse files that are there already, before anything is written."""
    for option in ("rejects", "report_to", "page"):
        if chosen[option] and Path(chosen[option]).exists():
            raise click.BadParameter(f"“{chosen[option]}”已经存在，请换一个文件名")
    if chosen["page"] and suffix(Path(chosen["page"])) not in WRITERS:
        raise click.BadParameter(f"情况报告的文件名要以 {'、'.join(WRITERS)} 结尾")


def _whole(room: Room, directions: Directions, chosen: Mapping[str, Any]) -> Directions:
    """The directions with what was saved by a name or used for an earlier batch."""
    if chosen["resume"] is not None:
        earlier = batch_of(room, chosen["resume"]).directions
        directions = directions.over(Directions.read(earlier, f"第{chosen['resume']}批"))
    if chosen["saved"]:
        directions = directions.over(load(room, chosen["saved"]))
    if not directions.kind:
        raise click.BadParameter("缺少“--as”：写明登记成哪一种，如 --as computer")
    page_named(directions.kind)
    return directions.checked()


def _wanted(
    desk: Desk, source: Source, directions: Directions, chosen: Mapping[str, Any]
) -> Import:
    skip = chosen["on_error"] == "skip"
    rejects = Path(chosen["rejects"]) if chosen["rejects"] else None
    if skip and rejects is None and not chosen["dry_run"]:
        raise click.BadParameter("--on-error skip 要同时用 --rejects 写明未导入的行存到哪里")
    approvals = read_value(tuple[Approval, ...], chosen["approved_by"])
    return Import(
        source=source,
        directions=directions,
        by=desk.by,
        approval=approvals[0] if approvals else None,
        skip=skip,
        rejects=rejects,
        continues=chosen["resume"],
        dry_run=chosen["dry_run"],
        tell=progress(quiet=chosen["quiet"] or chosen["no_progress"] or chosen["as_json"]),
    )


def _told(taken: Taken, chosen: Mapping[str, Any]) -> int:
    findings = [
        {**finding_json(finding), "count": count} for finding, count in grouped(taken.proposals)
    ]
    made = report(taken, findings, dry_run=chosen["dry_run"])
    if chosen["report_to"]:
        import json

        content = json.dumps(made, ensure_ascii=False, indent=1, default=list)
        put(Path(chosen["report_to"]), content.encode())
    if chosen["as_json"]:
        print_json(made)
    else:
        tell(taken, made, most=chosen["most"], quiet=chosen["quiet"], dry_run=chosen["dry_run"])
    if not taken.faults:
        return Exit.DONE
    partly = chosen["on_error"] == "skip" and (taken.written or taken.plan.unchanged)
    return Exit.PARTLY if partly and not chosen["dry_run"] else Exit.REFUSED
