"""export, form: registers, books and forms out, each recorded with where it went."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger import trouble
from ledger.books import BOOKS, book_named
from ledger.cli.desk import Desk, approvals_of, json_option
from ledger.cli.speech import ChineseCommand, print_json, print_table, say, say_findings
from ledger.day import read_day
from ledger.exchange.importing import page_named
from ledger.exchange.objects import Twice, strict
from ledger.exchange.source import Unreadable
from ledger.forms.form import form_named, shipped
from ledger.notation.words import KIND_LABELS, kind_name
from ledger.review import Proposal
from ledger.room import Room
from ledger.room.exporting import Outgoing, send_out
from ledger.room.filling import Subject
from ledger.room.paperwork import (
    FORMATS,
    WRITERS,
    Paper,
    book_content,
    paper_of,
    register_of,
    suffix,
    table,
)
from ledger.text import clean, quoted

__all__ = ["export", "form"]

_TARGET = (
    click.option(
        "--to", "--存到", "target", default="", metavar="编号", help="存到哪个介质或计算机"
    ),
    click.option(
        "--source", "--来自", "source", default="", metavar="编号", help="从哪台计算机输出"
    ),
    click.option("--purpose", "--用途", "purpose", default="", metavar="用途", help="导出做什么用"),
    click.option(
        "--approved-by", "--批准人", "approved_by", default="", metavar="职责:姓名", help="由谁批准"
    ),
    click.option("--no-titles", "--不列标题", "no_titles", is_flag=True, help="文件只列代称和编号"),
    click.option("--from", "--自", "start", default="", metavar="日期", help="从哪一天起"),
    click.option("--until", "--至", "end", default="", metavar="日期", help="到哪一天止"),
)


def _options(command: Any) -> Any:
    for option in reversed(_TARGET):
        command = option(command)
    return command


def _day(text: str) -> date | None:
    return read_day(text) if text else None


def _form_of(path: str, wanted: str, known: tuple[str, ...]) -> str:
    form = wanted or (suffix(Path(path)) if path != "-" else "csv")
    if form not in known:
        raise click.BadParameter(
            f"文件名要以 {'、'.join(known)} 结尾，或用 --format 写明，现为“{path}”"
        )
    return form


def _send(room: Room, desk: Desk, content: bytes, told: dict[str, Any], chosen: Any) -> Any:
    """Write the file and the acts; to standard output for ``-``."""
    path = chosen["output"]
    if path == "-" and chosen["as_json"]:
        raise click.BadParameter("-o - 已经把文件写到标准输出，不能再加 --json")
    if path != "-" and Path(path).exists():
        raise click.BadParameter(f"“{path}”已经存在，请换一个文件名")
    outgoing = Outgoing(
        content=content,
        path=None if path == "-" else Path(path),
        by=desk.by,
        target=chosen["target"],
        source=chosen["source"],
        purpose=clean(chosen["purpose"]),
        approvals=approvals_of(chosen["approved_by"]),
        **told,
    )
    proposals = send_out(room, outgoing)
    if path == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    return proposals


@click.command(
    "export",
    cls=ChineseCommand,
    short_help="导出登记、登记簿、台账",
    help="把一种登记、登记簿或台账存成文件，每次导出都记一笔，附文件摘要和存放的载体。\n\n\b\n"
    f"登记：{'、'.join(f'{k}（{zh}）' for k, zh in KIND_LABELS.items())}\n"
    f"登记簿：{'、'.join(book.title for book in BOOKS)}\n"
    "格式：xlsx、csv、jsonl、docx（签字用）、txt，按文件名的结尾定；- 表示写到标准输出",
)
@click.argument("what", metavar="名称")
@click.option(
    "-o", "--output", "--输出", "output", required=True, metavar="文件|-", help="存成哪个文件"
)
@click.option("--format", "--格式", "format", default="", metavar="格式", help="不写就看文件名")
@click.option("--plain", "--供程序用", "plain", is_flag=True, help="CSV不加标记和保护，供程序读取")
@_options
@json_option
@click.pass_obj
def export(desk: Desk, /, what: str, *, plain: bool, **chosen: Any) -> None:
    """Write one register or book as a file."""
    written_as = _form_of(chosen["output"], chosen["format"], FORMATS)
    subject = Subject(start=_day(chosen["start"]), end=_day(chosen["end"]))
    titles = not chosen["no_titles"]
    with desk.room() as room:
        book = book_named(what)
        if book is not None:
            content = book_content(room, book, subject, titles=titles)
        else:
            content = register_of(room, kind_name(page_named(what)), titles=titles)
        told = {
            "what": content.title,
            "rows": len(content.rows),
            "level": content.level,
            "sensitivity": content.sensitivity,
        }
        raw = table(content, written_as, for_programs=plain)
        proposals = _send(room, desk, raw, told, chosen)
    _tell(proposals, chosen["output"], len(content.rows), as_json=chosen["as_json"])


def _tell(
    proposals: tuple[Proposal, ...], path: str, rows: int | None = None, *, as_json: bool
) -> None:
    event: Any = proposals[0].act.event
    level = str(event.level or event.sensitivity or "")
    if path == "-":
        return
    if as_json:
        facts = {"n": proposals[0].act.n, "file": path, "rows": event.rows, "level": level}
        print_json(facts | {"digest": event.digest, "target": event.target})
        return
    click.echo(path)
    count = "" if rows is None else f"{rows}行"
    told = "，".join(filter(None, (count, level, f"第{proposals[0].act.n}笔")))
    say(f"{told}；摘要 {event.digest}")
    for proposal in proposals:
        say_findings((*proposal.findings, *proposal.notes))


@click.command(
    "form",
    cls=ChineseCommand,
    short_help="填写、打印各种表格",
    help="从台账填写一种表格，存成DOCX（签字用）、XLSX或文本；不写文件就显示在屏幕上。\n\n\b\n"
    "baomi form                       列出全部表格\n"
    "baomi form 传阅单 WJ-2026-0001    看一看填好的样子\n"
    "baomi form 清点单 -o 清点单.docx   存成文件\n\n"
    "签名、盖章的地方留空，打印后手签。",
)
@click.argument("name", required=False, metavar="[表格]")
@click.argument("about", nargs=-1, metavar="[编号]…")
@click.option("-o", "--output", "--输出", "output", default="", metavar="文件", help="存成哪个文件")
@click.option("--format", "--格式", "format", default="", metavar="格式", help="不写就看文件名")
@click.option("--set", "--填", "sets", multiple=True, metavar="栏目=内容", help="填一栏")
@click.option("--data", "--数据", "data", default="", metavar="文件", help="JSON里的各栏内容")
@click.option("--fields", "--栏目", "show_fields", is_flag=True, help="列出可以填的栏目")
@_options
@json_option
@click.pass_obj
def form(desk: Desk, /, name: str | None, about: tuple[str, ...], **chosen: Any) -> None:
    """Fill a form and show it or write it as a file."""
    if name is None:
        _list_forms(as_json=chosen["as_json"])
        return
    subject = Subject(numbers=about, start=_day(chosen["start"]), end=_day(chosen["end"]))
    given = _given(chosen["sets"], chosen["data"])
    with desk.room() as room:
        if chosen["show_fields"]:
            _list_fields(form_named(name, room.folder).labels(), as_json=chosen["as_json"])
            return
        paper = paper_of(room, name, subject, given, titles=not chosen["no_titles"])
        if not chosen["output"]:
            _show(paper, as_json=chosen["as_json"])
            return
        raw = paper.written(_form_of(chosen["output"], chosen["format"], tuple(WRITERS)))
        told = {"what": paper.layout.title, "rows": 0, "level": paper.level}
        told["sensitivity"] = paper.sensitivity
        proposals = _send(room, desk, raw, told, chosen)
    _tell(proposals, chosen["output"], as_json=chosen["as_json"])


def _show(paper: Paper, *, as_json: bool) -> None:
    text = paper.written("txt").decode()
    if not as_json:
        click.echo(text, nl=False)
        return
    level = str(paper.level or paper.sensitivity or "")
    print_json({"form": paper.layout.title, "level": level, "text": text})


def _list_fields(labels: Mapping[str, str], *, as_json: bool) -> None:
    if as_json:
        print_json([{"name": name, "label": label} for label, name in labels.items()])
        return
    print_table(("栏目", "英文名"), list(labels.items()))


def _list_forms(*, as_json: bool) -> None:
    forms = [form_named(name) for name in shipped()]
    if as_json:
        print_json([{"name": f.name, "title": _title(f.title), "about": f.about} for f in forms])
        return
    rows = [(_title(f.title), f.name, f.about or "手填", f.source) for f in forms]
    print_table(("表格", "英文名", "填写依据", "出处"), rows)


def _title(title: str) -> str:
    return title.replace("{place}", "")


def _given(sets: tuple[str, ...], data: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if data:
        try:
            read = strict(Path(data).read_text("utf-8-sig"))
        except Twice as error:
            raise Unreadable(f"“{data}”里有一项{error}") from None
        except OSError as error:
            raise Unreadable(f"“{data}”打不开：{trouble.of_file(error)}") from None
        except (ValueError, RecursionError):
            raise Unreadable(f"“{data}”不是完整的JSON") from None
        if not isinstance(read, dict):
            raise Unreadable(f"“{data}”里应是一个对象，项目和内容一一对应")
        given |= read
    for text in sets:
        left, equals, right = text.partition("=")
        if not equals:
            raise click.BadParameter(f"--set 要写成 栏目=内容，读到{quoted(text)}")
        given[left] = right
    return given
