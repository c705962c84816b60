"""label, scan: labels out, and what a scanned one means."""

from pathlib import Path

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, Exit, print_json, say
from ledger.exchange.script import kind_named
from ledger.notation.listing import rows
from ledger.notation.words import kind_name
from ledger.room import Room
from ledger.room.labelling import label as draw_labels
from ledger.room.labelling import scan

__all__ = ["label_", "scan_"]


@click.command("label", cls=ChineseCommand, short_help="打印标签（PNG或A4的PDF）")
@click.argument("numbers", nargs=-1, metavar="编号…")
@click.option("--all", "--全部", "kind", metavar="种类", help="这一种的全部在账登记")
@click.option(
    "-o",
    "--output",
    "--输出",
    "output",
    required=True,
    metavar="文件",
    help=".png 一个标签，.pdf 整张A4",
)
@json_option
@click.pass_obj
def label_(
    desk: Desk, numbers: tuple[str, ...], kind: str | None, output: str, *, as_json: bool
) -> None:
    """把标签画到PNG（一个）或A4幅面的PDF（多个）里。"""
    with desk.room() as room:
        wanted = [*numbers]
        if kind is not None:
            every = rows(room.register, kind_name(kind_named(kind)))
            wanted += [row["number"] for row in every if not _gone(room, row["number"])]
        sheets = draw_labels(room, wanted, Path(output))
    if as_json:
        print_json({"file": str(sheets.path), "labels": sheets.labels, "pages": sheets.pages})
        return
    click.echo(str(sheets.path))
    say(f"{sheets.labels}个标签，{sheets.pages}页。打印时选“实际大小”（100%），不要缩放")


def _gone(room: Room, number: str) -> bool:
    entry = room.register.carriers.get(number)
    return entry is not None and not entry.open


@click.command("scan", cls=ChineseCommand, short_help="查一个标签码是哪一件")
@click.argument("code", metavar="标签码")
@json_option
@click.pass_obj
def scan_(desk: Desk, code: str, *, as_json: bool) -> int:
    """查一个标签码对应哪一件，标签是否还有效。"""
    with desk.room() as room:
        found = scan(room, code)
    if as_json:
        print_json({"number": found.number, "trouble": found.trouble})
    elif found.trouble:
        say(found.trouble)
    else:
        click.echo(found.number)
    return Exit.REFUSED if found.trouble else Exit.DONE
