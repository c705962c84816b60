"""import: the group around taking files in, with its batches, templates and a first look."""

from pathlib import Path
from typing import Any

import click
from attrs import asdict

from ledger.cli.desk import Desk, json_option
from ledger.cli.directions import directions_of, reading_options
from ledger.cli.intake import run_import, source_of
from ledger.cli.speech import (
    WHOLE,
    ChineseCommand,
    ChineseGroup,
    Exit,
    finding_json,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.exchange.inspection import inspect
from ledger.exchange.script import kind_named
from ledger.exchange.template import template
from ledger.notation.codec import write_act
from ledger.notation.fields import label
from ledger.notation.words import KIND_LABELS, kind_name
from ledger.register.record import Batch
from ledger.review import Refused
from ledger.room.importing import batches
from ledger.room.mappings import saved
from ledger.room.outgoing import put
from ledger.room.withdrawing import batch_of, withdraw
from ledger.text import quoted

__all__ = ["import_"]


class _ImportGroup(ChineseGroup):
    """A group whose first word may also be a file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take ``baomi import FILE …`` for the command that takes a file in."""
        if args and args[0] not in (*self.commands, "--help"):
            args = ["文件", *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options of taking a file in, which is what the group is for."""
        own = self.commands["文件"]
        own.format_options(click.Context(own, parent=ctx), formatter)
        self.format_commands(ctx, formatter)


@click.group(
    "import",
    cls=_ImportGroup,
    short_help="导入别处的登记表",
    subcommand_metavar="文件|-|命令 [选项]",
    options_metavar="",
    help="把一张登记表导入台账：baomi import 文件 --as 种类。要么全部登记，要么一行也不写，"
    "所有错处一次说清。\n\nCSV、TSV、XLSX、XLS、ET、网页表格、JSON、JSONL都可以，"
    "- 表示从标准输入读取。",
)
def import_() -> None:
    """The group of everything about taking files in."""


@click.command("inspect", cls=ChineseCommand, short_help="看看一个文件里有什么")
@click.argument("file", metavar="文件|-")
@click.option("--as", "--登记为", "kind", default="", metavar="种类", help="按哪一种来看")
@reading_options
@json_option
def inspect_(file: str, kind: str, *, as_json: bool, **options: Any) -> None:
    """看看一个文件是什么格式、什么编码，表头在哪一行，各列像是什么。什么也不写入。"""
    name = kind_name(kind_named(kind)) if kind else ""
    found = inspect(source_of(file), directions_of(name, options))
    if as_json:
        source = {"source": found.source.name, "digest": found.source.digest}
        sheets = [asdict(look) for look in found.looks]
        print_json(source | {"type": found.type, "encoding": found.encoding, "sheets": sheets})
        return
    click.echo(f"{found.source.name} {found.type} {found.encoding} {found.source.digest}")
    for look in found.looks:
        hidden = "（隐藏）" if look.hidden else ""
        click.echo(f"{look.sheet or '（一张表）'}{hidden}：{look.lines}行有内容")
        if not look.kind:
            say("   没有找到认识的表头；表头在这几行里的，用 --map 列名=项目 指明")
            for line, cells in look.start.items():
                click.echo(f"   第{line}行：{'、'.join(map(quoted, filter(str.strip, cells)))}")
            continue
        stated = f"，文件写着共{look.stated}件" if look.stated is not None else ""
        row = f"表头在第{look.header_row}行，" if look.header_row else ""
        click.echo(f"   像是{KIND_LABELS[look.kind]}登记：{row}{look.records}行记录{stated}")
        for head, field in look.columns.items():
            click.echo(f"   {head} → {label(field) if field else '（不导入）'}")


@click.command("batches", cls=ChineseCommand, short_help="列出导入过的各批")
@json_option
@click.pass_obj
def batches_(desk: Desk, *, as_json: bool) -> None:
    """列出导入过的各批，先导入的在前；也列出存过的导入办法。"""
    with desk.room(reading=True) as room:
        found, names = batches(room.register), saved(room)
    if as_json:
        print_json([_batch_json(batch) for batch in found])
        return
    rows = [
        (
            batch.act,
            batch.on,
            batch.by,
            KIND_LABELS[batch.kind],
            batch.created,
            batch.updated,
            batch.unchanged,
            batch.rejected,
            f"第{batch.withdrawn}笔撤销" if batch.withdrawn else "",
            batch.file,
        )
        for batch in found
    ]
    heads = ("批次", "日期", "经办人", "种类", "新登记", "更新", "未变", "未导入", "撤销", "文件")
    print_table(heads, rows)
    say(f"共{len(found)}批" + (f"；存过的导入办法：{'、'.join(names)}" if names else ""))


def _batch_json(batch: Batch) -> dict[str, Any]:
    return {"batch": batch.act, **{k: v for k, v in asdict(batch).items() if k != "act"}}


@click.command("show", cls=ChineseCommand, short_help="查看一批导入了什么")
@click.argument("batch", metavar="批次", type=WHOLE)
@json_option
@click.pass_obj
def show_(desk: Desk, batch: int, *, as_json: bool) -> None:
    """查看一批的文件、办法，以及每一行登记成了什么。"""
    with desk.room(reading=True) as room:
        found = batch_of(room, batch)
        acts = [act for act in room.acts if found.first <= act.n < found.act]
    lines = [{"note": act.note, **write_act(act)} for act in acts]
    if as_json:
        print_json(_batch_json(found) | {"acts": lines})
        return
    for name, value in asdict(found).items():
        if value not in (None, "", 0) and name not in ("act", "directions"):
            click.echo(f"{label(name)}：{value}")
    print_table(
        ("笔", "来自", "编号", "名称"),
        [
            (a["n"], a["note"], a.get("number", ""), a.get("name", a.get("title", "")))
            for a in lines
        ],
    )
    if found.directions:
        say(f"导入办法：\n{found.directions}")


@click.command("undo", cls=ChineseCommand, short_help="整批撤销")
@click.argument("batch", metavar="批次", type=WHOLE)
@click.option("--reason", "--原因", "reason", required=True, metavar="原因", help="为什么撤销")
@json_option
@click.pass_obj
def undo(desk: Desk, batch: int, reason: str, *, as_json: bool) -> int:
    """把一批导入的全部登记整批撤销；导入以后又有变动的，不能撤销，一笔也不动。"""
    with desk.room() as room:
        try:
            done = withdraw(room, batch, by=desk.by, reason=reason)
        except Refused as refusal:
            return _not_undone(refusal, batch, as_json=as_json)
        found = batch_of(room, batch)
    if as_json:
        print_json({"n": done.act.n, "batch": batch, "voided": found.act - found.first})
    else:
        click.echo(f"第{done.act.n}笔 撤销导入：第{batch}批的{found.act - found.first}笔全部冲销")
    return Exit.DONE


def _not_undone(refusal: Refused, batch: int, *, as_json: bool) -> int:
    if as_json:
        print_json({"refused": [finding_json(finding) for finding in refusal.findings]})
    else:
        say_findings(refusal.findings)
        say(
            f"第{batch}批没有撤销，一笔也没有动；导入以后又有变动，不能整批撤销的，先冲销后来的各笔"
        )
    return Exit.REFUSED


@click.command("template", cls=ChineseCommand, short_help="要一张空白登记表来填")
@click.argument("kind", metavar="种类")
@click.option(
    "-o", "--output", "--输出", "output", required=True, metavar="文件.xlsx", help="存成哪个文件"
)
@json_option
def template_(kind: str, output: str, *, as_json: bool) -> None:
    """存一张空白的登记表，有下拉选择、示例和填写说明，填好后用 baomi import 导入。"""
    path = Path(output)
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"文件名要以 .xlsx 结尾，现为“{output}”")
    content = template(kind)
    try:
        put(path, content)
    except FileExistsError:
        raise click.BadParameter(f"“{output}”已经存在，请换一个文件名") from None
    if as_json:
        print_json({"file": output, "kind": kind_name(kind_named(kind))})
    else:
        click.echo(output)


for _command in (run_import, inspect_, template_, batches_, show_, undo):
    import_.add_command(_command)
