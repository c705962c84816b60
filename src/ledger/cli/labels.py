"""label: labels printed, listed and shown."""

from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import (
    ChineseCommand,
    ChineseGroup,
    Exit,
    Whole,
    finding_json,
    print_json,
    print_table,
    say,
    say_findings,
)
from ledger.exchange.script import kind_named
from ledger.notation.fields import FIELDS
from ledger.notation.words import KIND_LABELS, kind_name
from ledger.printing.definition import named
from ledger.printing.outcome import State
from ledger.printing.picture import at
from ledger.printing.preview import blocks, size_in_words
from ledger.printing.printer import for_file, printers
from ledger.printing.sheet import numbers as cell_numbers
from ledger.printing.sheet import sheets
from ledger.printing.template import Template, templates
from ledger.review import Refused
from ledger.room import Room
from ledger.room.issuing import Issued, Paper, issue
from ledger.room.labelling import Wanted, chosen, preview, queue

__all__ = ["label_", "paper_of", "paper_options", "refused", "tell", "template_of"]

_EXITS = {State.PRINTED: Exit.DONE, State.NOTHING: Exit.FAULT}


class _LabelGroup(ChineseGroup):
    """A group in which whatever names no command is what to print."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``print`` before arguments that name no command."""
        if args and args[0] not in (*self.commands, "--help"):
            args = ["print", *args]
        return super().parse_args(ctx, args)


@click.group(
    "label",
    cls=_LabelGroup,
    short_help="打印、预览、核对标签",
    help="打印标签：baomi label 编号… -o 文件，或 --printer 打印机。"
    "打印一次记一笔，同一件再印要写原因。",
)
def label_() -> None:
    """The group every command about labels belongs to."""


def paper_options(command: Any) -> Any:
    """Give a command the options that say where labels go."""
    options = (
        click.option(
            "-o", "--output", "--输出", "output", metavar="文件",
            help=".pdf 整张A4，.png 一个标签，.zpl、.tspl 标签机文件",
        ),
        click.option("--printer", "--打印机", "printer", metavar="打印机", help="印到这台打印机"),
        click.option("--sheet", "--标签纸", "sheet", metavar="标签纸", help="PDF用哪种标签纸"),
        click.option("--start", "--从第几格", "start", type=Whole(1, 2000), metavar="格", help="从标签纸的第几格印起"),
        click.option("--skip", "--跳过", "skip", default="", metavar="格", help="跳过损坏的格，如 3,7-9"),
        click.option("--wait", "--等", "patience", type=Whole(0, 3600), default=60, metavar="秒", help="等打印结果最多几秒，不写就是60"),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def paper_of(room: Room, given: dict[str, Any]) -> Paper:
    """Where labels go, from what was typed; raises ``BadParameter`` or ``InvalidDefinition``."""
    known = printers(room.folder)
    printer = named(known, given["printer"], "打印机") if given["printer"] else None
    path = Path(given["output"]) if given["output"] else None
    if path is not None:
        printer = for_file(path, room.folder, printer)
        if path.exists():
            raise click.BadParameter(f"“{path}”已经存在，请换一个文件名")
    if printer is None:
        raise click.BadParameter("要写 -o 文件，或 --printer 打印机")
    sheet = named(sheets(room.folder), given["sheet"], "标签纸") if given["sheet"] else None
    try:
        skip = cell_numbers(given["skip"]) if given["skip"] else ()
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return Paper(
        printer=printer,
        path=path,
        sheet=sheet,
        start=given["start"],
        skip=skip,
        patience=given["patience"],
    )


def template_of(room: Room, word: str | None) -> Template | None:
    """The template a word names, if one was typed; raises ``InvalidDefinition``."""
    return named(templates(room.folder), word, "标签模板") if word else None


@label_.command("print", cls=ChineseCommand, short_help="打印（print 可以不写）")
@click.argument("numbers", nargs=-1, metavar="编号…")
@click.option("--all", "--全部", "kind", metavar="种类", help="这一种的全部在账登记")
@click.option(
    "--where", "--其中", "where", multiple=True, metavar="项目=值", help="只要这一项含有这个值的"
)
@click.option("--new", "--没有的", "new", is_flag=True, help="还没有标签的")
@click.option("--changed", "--过时的", "changed", is_flag=True, help="标签已经过时的")
@click.option("--template", "--模板", "template", metavar="模板", help="用哪种标签模板")
@click.option("--reason", "--原因", "reason", default="", metavar="原因", help="补印的原因")
@paper_options
@json_option
@click.pass_obj
def print_(
    desk: Desk,
    /,
    numbers: tuple[str, ...],
    kind: str | None,
    *,
    as_json: bool,
    **given: Any,
) -> int:
    """打印标签：给出编号，或 --all 种类，或 --new、--changed。"""
    with desk.room() as room:
        paper = paper_of(room, given)
        wants = _wants(room, numbers, kind, given)
        _warn(wants)
        try:
            done = issue(room, wants, paper, by=desk.by, reason=given["reason"])
        except Refused as refusal:
            return refused(refusal, as_json=as_json)
    return tell(done, paper, as_json=as_json)


def _wants(
    room: Room, numbers: tuple[str, ...], kind: str | None, given: dict[str, Any]
) -> tuple[Wanted, ...]:
    template = template_of(room, given["template"])
    name = kind_name(kind_named(kind)) if kind else ""
    where = dict(_pair(text) for text in given["where"])
    if where and not kind:
        raise click.BadParameter("--where 要与 --all 种类 一起用")
    wants = chosen(room, numbers, name, where, template)
    if not given["new"] and not given["changed"]:
        return wants
    due = queue(room, template)
    waiting = (due.new if given["new"] else ()) + (due.changed if given["changed"] else ())
    if not kind:
        return tuple({want.number: want for want in (*wants, *waiting)}.values())
    among = {want.number for want in wants} - {*numbers}
    return tuple(w for w in wants if w.number in numbers) + tuple(
        want for want in waiting if want.number in among
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"--where 要写成 项目=值，读到“{text}”")
    by_label = {label: field for field, label in FIELDS.items()}
    return by_label.get(name, name), value


def _warn(wants: tuple[Wanted, ...]) -> None:
    changed = [want.number for want in wants if want.layout_changed]
    if changed:
        say(f"标签版式改过，与原来的样子不同：{'、'.join(changed[:5])}")


def refused(refusal: Refused, *, as_json: bool) -> Exit:
    """Tell why nothing was printed, in the words of this command."""
    if as_json:
        print_json({"refused": [finding_json(finding) for finding in refusal.findings]})
    say_findings(refusal.findings)
    say("没有印，账本未变。只印没有标签的加 --new，过时的加 --changed，补印的加 --reason 原因")
    return Exit.REFUSED


def tell(done: Issued, paper: Paper, *, as_json: bool) -> Exit:
    """Tell what came of printing, and the exit code it comes to."""
    outcome = done.outcome
    code = _EXITS.get(outcome.state, Exit.PARTLY)
    if as_json:
        print_json(
            {
                "file": str(paper.path) if paper.path else None,
                "printer": paper.printer.id,
                "labels": done.labels,
                "pages": done.pages,
                "numbers": done.numbers,
                "state": outcome.state.name.lower(),
                "said": outcome.said,
                "job": outcome.job,
                "next_cell": done.place.start,
            }
        )
        return code
    if outcome.state is State.NOTHING:
        say(f"{outcome}。这{done.labels}张标签已记为作废，处理好以后重新打印")
        return code
    if paper.path:
        click.echo(str(paper.path))
    pages = f"，{done.pages}页" if done.pages else ""
    say(f"{done.labels}个标签{pages}，{outcome.said if paper.path else outcome}")
    if paper.path and done.pages:
        say("打印时选“实际大小”（100%），不要缩放")
    if paper.sheet and not paper.sheet.cut and done.place.start > 1:
        say(f"这张标签纸用到第{done.place.start - 1}格，下次接着印；换了新纸加 --start 1")
    return code


@label_.command("list", cls=ChineseCommand, short_help="哪些要印标签：没有的、过时的")
@click.option("--template", "--模板", "template", metavar="模板", help="只看这种模板能用的")
@json_option
@click.pass_obj
def list_(desk: Desk, template: str | None, *, as_json: bool) -> None:
    """列出没有标签的和标签已经过时的，以及为什么。"""
    with desk.room(reading=True) as room:
        due = queue(room, template_of(room, template))
    if as_json:
        print_json({"new": [_json(w) for w in due.new], "changed": [_json(w) for w in due.changed]})
        return
    rows = [
        (w.number, KIND_LABELS[w.kind], "，".join(w.causes), w.template.name, _last(w))
        for w in (*due.new, *due.changed)
    ]
    print_table(("编号", "种类", "原因", "模板", "现有标签"), rows)
    say(f"没有标签的{len(due.new)}件，标签过时的{len(due.changed)}件")


def _json(want: Wanted) -> dict[str, Any]:
    return {
        "number": want.number,
        "kind": want.kind,
        "template": want.template.id,
        "issue": want.issue,
        "causes": want.causes,
        "layout_changed": want.layout_changed,
    }


def _last(want: Wanted) -> str:
    return f"第{want.last.n}张 {want.last.on}" if want.last else ""


@label_.command("show", cls=ChineseCommand, short_help="在屏幕上看一张标签，不打印")
@click.argument("number", metavar="编号")
@click.option("--template", "--模板", "template", metavar="模板", help="用哪种标签模板")
@click.option("--printer", "--打印机", "printer", metavar="打印机", help="按这台打印机的点数")
@json_option
@click.pass_obj
def show(
    desk: Desk, number: str, template: str | None, printer: str | None, *, as_json: bool
) -> None:
    """在屏幕上看一张标签的样子和实际大小，不打印、不记账。"""
    with desk.room(reading=True) as room:
        (want,) = chosen(room, [number], template=template_of(room, template))
        device = named(printers(room.folder), printer, "打印机") if printer else at(203)
        proof = preview(room, want, device)
    if as_json:
        wide, high = proof.picture.size
        print_json(_json(want) | {"dpi": device.dpi, "width_dots": wide, "height_dots": high})
        return
    for line in blocks(proof.picture, get_terminal_size().columns):
        click.echo(line)
    say(size_in_words(want.template, proof, device))
