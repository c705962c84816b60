"""import FILE: other people's registers in, told before, during and after."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ledger import trouble
from ledger.cli.desk import Desk, approvals_of, json_option
from ledger.cli.directions import directions_of, taking_options
from ledger.cli.speech import WHOLE, ChineseCommand, Exit, Whole, finding_json, print_json, say
from ledger.cli.telling import progress, tell
from ledger.day import read_day
from ledger.exchange.directions import Directions
from ledger.exchange.importing import page_named
from ledger.exchange.source import Source
from ledger.room import Room
from ledger.room.approving import standing
from ledger.room.exporting import Outgoing, send_out
from ledger.room.importing import Import, Taken, take_in
from ledger.room.mappings import free, load, save
from ledger.room.outgoing import put
from ledger.room.paperwork import WRITERS, import_page, suffix
from ledger.room.permitting import ask_to_import, permitted
from ledger.room.report import grouped, page_values, report, unreadable
from ledger.room.withdrawing import batch_of
from ledger.store.journal import Unwritten
from ledger.text import quoted

__all__ = ["run_import", "source_of"]


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
@taking_options
@click.option("--mapping", "--办法", "saved", default="", metavar="名称", help="用存过的导入办法")
@click.option(
    "--save-mapping", "--存为办法", "save_as", default="", metavar="名称", help="把这次的办法存下来"
)
@click.option(
    "--resume", "--续导", "resume", type=WHOLE, metavar="批次", help="接着某一批，办法同前"
)
@click.option("--dry-run", "--试算", "dry_run", is_flag=True, help="只看结果，不写入")
@click.option(
    "--on-error",
    "--有误时",
    "on_error",
    default="abort",
    metavar="办法",
    help="abort一行也不写（不写就是它），skip导入没有错的行",
)
@click.option(
    "--rejects", "--未导入存到", "rejects", default="", metavar="文件", help="没有导入的行存到哪里"
)
@click.option(
    "--approved-by",
    "--批准人",
    "approved_by",
    default="",
    metavar="职责:姓名",
    help="降密级、注销等由谁批准",
)
@click.option("--ask", "--申请", "asking", is_flag=True, help="不导入，为这个文件提一份申请")
@click.option("--until", "--有效期至", "until", metavar="日期", help="与 --ask 同用：最晚哪天导入")
@click.option(
    "--purpose", "--事由", "purpose", default="", metavar="事由", help="与 --ask 同用：为什么导入"
)
@click.option(
    "--request", "--申请编号", "request", default="", metavar="编号", help="凭批准了的申请导入"
)
@click.option(
    "--max-errors",
    "--最多列出",
    "most",
    default=200,
    type=Whole(0, 1_000_000),
    metavar="个",
    help="错处最多列出几个",
)
@click.option("--report", "--报告", "report_to", default="", metavar="文件", help="JSON报告另存")
@click.option(
    "--page", "--情况报告", "page", default="", metavar="文件", help="导入情况报告，docx、xlsx或txt"
)
@click.option("--quiet", "--安静", "quiet", is_flag=True, help="只输出结果")
@click.option("--no-progress", "--不报进度", "no_progress", is_flag=True, help="不显示进度")
@json_option
@click.pass_obj
def run_import(desk: Desk, /, file: str, kind: str, **options: Any) -> int:
    """Take a file in."""
    chosen = {
        name: options.pop(name)
        for name in (
            *("saved", "save_as", "resume", "dry_run", "on_error", "rejects", "approved_by"),
            *("most", "report_to", "page", "quiet", "no_progress", "as_json"),
            *("asking", "until", "purpose", "request"),
        )
    }
    if chosen["on_error"] not in ("abort", "skip"):
        raise click.BadParameter(f"--on-error 只能是abort、skip，读到{quoted(chosen['on_error'])}")
    directions = directions_of(kind, options)
    with desk.room() as room:
        directions = _whole(room, directions, chosen)
        source = source_of(file)
        _unused(room, chosen)
        wanted = _wanted(desk, source, directions, chosen)
        if chosen["asking"]:
            return _asked(room, wanted, chosen)
        if chosen["request"]:
            wanted = permitted(room, wanted, chosen["request"])
        taken = take_in(room, wanted)
        if chosen["page"]:
            _page(room, taken, Path(chosen["page"]), desk.by)
        if chosen["save_as"] and (taken.written or not taken.faults):
            save(room, chosen["save_as"], directions)
    return _told(taken, chosen)


def _asked(room: Room, wanted: Import, chosen: Mapping[str, Any]) -> int:
    """Ask for the approval of the whole import instead."""
    until = read_day(chosen["until"]) if chosen["until"] else None
    done = ask_to_import(room, wanted, good_until=until, purpose=chosen["purpose"])
    found = standing(room, done.number)
    needed = [str(each) for each in found.needed]
    if chosen["as_json"]:
        print_json({"n": done.act.n, "number": done.number, "needed": needed})
        return Exit.DONE
    click.echo(done.number)
    say(
        f"已申请（第{done.act.n}笔），要由{'；'.join(needed)}批准；批准后加 --request {done.number}"
    )
    return Exit.DONE


def _page(room: Room, taken: Taken, path: Path, by: str) -> None:
    """Write the page for the file: an export like any other, once there is a batch it tells of."""
    paper = import_page(room, page_values(taken))
    content = paper.written(suffix(path))
    if taken.batch is None:
        put(path, content)
        return
    outgoing = Outgoing(
        what=paper.layout.title,
        content=content,
        rows=taken.plan.rows,
        level=paper.level,
        sensitivity=paper.sensitivity,
        path=path,
        by=by,
    )
    try:
        send_out(room, outgoing)
    except (OSError, Unwritten) as error:
        why = trouble.of_file(error) if isinstance(error, OSError) else str(error)
        again = f"用 baomi form 导入情况报告 {taken.batch} 再要"
        say(f"第{taken.batch}批已导入；情况报告没有存成：{why}。{again}")


def _unused(room: Room, chosen: Mapping[str, Any]) -> None:
    """Refuse files and names that are there already, before anything is written."""
    if chosen["save_as"]:
        free(room, chosen["save_as"])
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
    return Import(
        source=source,
        directions=directions,
        by=desk.by,
        approvals=approvals_of(chosen["approved_by"])[:1],
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
        try:
            put(Path(chosen["report_to"]), content.encode())
        except OSError as error:
            done = f"第{taken.batch}批已导入；" if taken.written else ""
            say(f"{done}JSON报告没有存成：{trouble.of_file(error)}")
    if chosen["as_json"]:
        print_json(made)
    else:
        tell(taken, made, most=chosen["most"], quiet=chosen["quiet"], dry_run=chosen["dry_run"])
    if not taken.faults:
        return Exit.DONE
    partly = chosen["on_error"] == "skip" and (taken.written or taken.plan.unchanged)
    if partly and not chosen["dry_run"]:
        return Exit.PARTLY
    return Exit.UNREADABLE if unreadable(taken.faults) else Exit.REFUSED
