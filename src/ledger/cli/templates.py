"""label check, files, calibrate; doctor: what labels are made from, and whether it works."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from ledger.cli.desk import Desk, json_option
from ledger.cli.labels import label_, paper_of, paper_options
from ledger.cli.speech import ChineseCommand, Exit, Whole, print_json, print_table, say
from ledger.printing.calibration import tells
from ledger.printing.definition import Unsuitable, copied, named, sources
from ledger.printing.outcome import State
from ledger.printing.printer import read_printer
from ledger.printing.proof import DPIS
from ledger.printing.sheet import read_sheet
from ledger.printing.template import read_template, template_for, templates
from ledger.room.calibrating import calibrate as calibrate_
from ledger.room.doctor import examine
from ledger.room.proofing import check_templates
from ledger.text import quoted

__all__ = ["calibrate", "check", "doctor", "files"]

_FOLDERS: tuple[tuple[str, str, Any], ...] = (
    ("标签模板", "", read_template),
    ("标签纸", "sheets", read_sheet),
    ("打印机", "printers", read_printer),
)


@label_.command("check", cls=ChineseCommand, short_help="用最长的登记试每种模板，看扫不扫得出")
@click.argument("names", nargs=-1, metavar="[模板…]")
@click.option(
    "--dpi",
    "--点数",
    "dpi",
    type=Whole(150, 1200),
    multiple=True,
    metavar="点",
    help="只试这种点数",
)
@json_option
@click.pass_obj
def check(desk: Desk, names: tuple[str, ...], dpi: tuple[int, ...], *, as_json: bool) -> int:
    """每种模板按203、300、600点画出本台账里最长的登记，再读回来：放不下、扫不出的逐条说明。"""
    with desk.room(reading=True) as room:
        known = templates(room.folder)
        only = [named(known, name, "标签模板") for name in names]
        found = list(check_templates(room, only, dpi or DPIS))
    wrong = sum(len(each.faults) for each in found)
    if as_json:
        print_json(
            [
                {
                    "template": each.template.id,
                    "tried": each.tried,
                    "faults": [
                        {"dpi": f.dpi, "number": f.number, "said": f.said} for f in each.faults
                    ],
                }
                for each in found
            ]
        )
        return Exit.REFUSED if wrong else Exit.DONE
    for each in found:
        word = f"{len(each.faults)}处不行" if each.faults else "都扫得出"
        click.echo(
            f"{each.template.name}（{each.template.id}）：试了{'、'.join(each.tried)}，{word}"
        )
        for fault in each.faults:
            click.echo(f"   每英寸{fault.dpi}点 {fault.number}：{fault.said}")
    return Exit.REFUSED if wrong else Exit.DONE


@label_.command("files", cls=ChineseCommand, short_help="有哪些模板、标签纸、打印机；复制一份来改")
@click.option("--copy", "--复制", "word", metavar="名称", help="把自带的一种复制到台账文件夹")
@json_option
@click.pass_obj
def files(desk: Desk, word: str | None, *, as_json: bool) -> None:
    """列出模板、标签纸和打印机；自带的不能改，--copy 复制一份到台账文件夹的 labels/ 里改。"""
    with desk.room(reading=True) as room:
        listed = [
            (what, folder, source, one)
            for what, folder, read in _FOLDERS
            for source, one in sources(room.folder, folder, read)
        ]
        if word is None:
            rows = [(w, one.id, one.name, "本台账" if s.own else "自带") for w, _, s, one in listed]
            if as_json:
                keys = ("what", "id", "name", "from")
                print_json([dict(zip(keys, row, strict=True)) for row in rows])
            else:
                print_table(("种类", "名称", "说明", "来自"), rows)
            return
        for _, folder, source, one in listed:
            if word in (one.id, one.name):
                target = copied(room.folder, folder, source)
                click.echo(str(target))
                say("改这个文件就行，本台账从此用它；改完用 baomi label check 试一试")
                return
    raise Unsuitable(f"没有{quoted(word)}这种模板、标签纸或打印机")


@label_.command("calibrate", cls=ChineseCommand, short_help="印一张校准页，量一量打印机偏多少")
@click.option("--template", "--模板", "template", metavar="模板", help="标签机用多大的标签")
@paper_options
@json_option
@click.pass_obj
def calibrate(desk: Desk, /, template: str | None, *, as_json: bool, **given: Any) -> int:
    """印一张校准页：量尺子、扫二维码，把偏差写进打印机文件。不记账。"""
    with desk.room(reading=True) as room:
        paper = paper_of(room, given)
        known = templates(room.folder)
        of = named(known, template, "标签模板") if template else template_for("medium", room.folder)
        outcome = calibrate_(paper, of)
    if as_json:
        file = str(paper.path) if paper.path else None
        answer = {"file": file, "printer": paper.printer.id, "said": outcome.said}
        print_json(answer | {"state": outcome.state.name.lower()})
    else:
        say(outcome.said if paper.path else str(outcome))
    if outcome.state is State.NOTHING:
        return Exit.FAULT
    for line in () if as_json else tells(paper.printer):
        say(line)
    return Exit.DONE if outcome.state is State.PRINTED else Exit.PARTLY


@click.command("doctor", cls=ChineseCommand, short_help="体检：字体、打印机、留底、终端")
@json_option
@click.pass_obj
def doctor(desk: Desk, *, as_json: bool) -> int:
    """看看这台机器能不能印标签：字体、打印系统、打印机、留不留底、语言环境、终端。"""
    room = desk.folder if (desk.folder / "room.toml").is_file() else None
    terminal = _terminal() if not as_json else None
    try:
        notes = list(examine(room, terminal))
    finally:
        if terminal is not None:
            os.close(terminal)
    if as_json:
        print_json([{"about": n.about, "good": n.good, "said": n.said} for n in notes])
    else:
        for note in notes:
            click.echo(f"{'好' if note.good else '改'}  {note.about}：{note.said}")
    return Exit.DONE if all(note.good for note in notes) else Exit.PARTLY


def _terminal() -> int | None:
    """The terminal the command runs in, opened to be asked; ``None`` without one."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.open(Path("/dev/tty"), os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
