"""import: other people's files in."""

from collections import Counter
from pathlib import Path
from typing import Any

import click
from attrs import asdict

from ledger.cli.desk import Desk, json_option
from ledger.cli.speech import ChineseCommand, Exit, finding_json, print_json, say
from ledger.exchange.importing import Fault, Plan, plan
from ledger.finding import Finding
from ledger.notation.fields import label
from ledger.notation.words import KIND_LABELS
from ledger.review import Proposal
from ledger.room import Room

__all__ = ["import_"]

_FEW = 5


def _pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        left, equals, right = text.rpartition("=")
        if not equals or not left:
            raise click.BadParameter(f"{option} 要写成 甲=乙，读到“{text}”")
        pairs[left] = right
    return pairs


@click.command("import", cls=ChineseCommand, short_help="导入别处的登记表（CSV、XLSX）")
@click.argument("file", metavar="文件")
@click.option(
    "--as", "--登记为", "kind", required=True, metavar="种类", help="登记成哪一种，如 computer"
)
@click.option(
    "--map", "--对应", "maps", multiple=True, metavar="列=项目", help="表头的一列对应哪个项目"
)
@click.option("--set", "--填", "sets", multiple=True, metavar="项目=值", help="每一行都填同样的值")
@click.option("--dry-run", "--试算", "dry_run", is_flag=True, help="只看结果，不写入")
@json_option
@click.pass_obj
def import_(
    desk: Desk,
    file: str,
    kind: str,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """把一张登记表导入台账：要么全部登记，要么一行也不写。"""
    with desk.room() as room:
        planned = plan(
            Path(file),
            kind,
            room.register,
            mapping=_pairs(maps, "--map"),
            fixed=_pairs(sets, "--set"),
        )
        judged = _judged(room, desk.by, planned, write=not dry_run)
    against = [(row.row, p) for row, p in zip(planned.new, judged, strict=True) if p.refused]
    faults = [
        *planned.faults,
        *(Fault(row=row, message=f.fact) for row, p in against for f in p.findings),
    ]
    report = _report(planned, judged, faults, dry_run=dry_run)
    if as_json:
        print_json(report)
    else:
        _tell(planned, report, judged, faults, dry_run=dry_run)
    return Exit.REFUSED if faults else Exit.DONE


def _judged(room: Room, by: str, planned: Plan, *, write: bool) -> tuple[Proposal, ...]:
    events = [row.event for row in planned.new]
    judged = room.propose_all(events, by=by)
    if write and not planned.faults and not any(p.refused for p in judged):
        return room.record_all(events, by=by)
    return judged


def _report(
    planned: Plan, judged: tuple[Proposal, ...], faults: list[Fault], *, dry_run: bool
) -> dict[str, Any]:
    """The report a script reads; its shape is kept under ``schema``."""
    table = planned.table
    written = not dry_run and not faults
    counts = {
        "read": len(table.rows),
        "created": len(judged) if written else 0,
        "new": len(planned.new),
        "unchanged": len(planned.unchanged),
        "rejected": len({fault.row for fault in faults}),
        "skipped_blank": table.blank_rows,
    }
    where = ("source", "type", "encoding", "sheet", "header_row")
    return {
        "schema": 1,
        "dry_run": dry_run,
        "source": {name: getattr(table, name) for name in where},
        "kind": planned.kind,
        "mapping": planned.mapping,
        "unmapped_columns": planned.unmapped,
        "counts": counts,
        "taken_as_blank": [
            {"header": head, "value": value, "cells": cells}
            for (head, value), cells in planned.blanks.items()
        ],
        "errors": [asdict(fault) for fault in faults],
        "findings": [
            {**finding_json(finding), "count": count} for finding, count in _grouped(judged)
        ],
        "numbers": [p.number for p in judged] if written else [],
    }


def _grouped(judged: tuple[Proposal, ...]) -> list[tuple[Finding, int]]:
    """One finding for each rule and fact, and how many rows it was said of."""
    first: dict[tuple[str, str], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for proposal in judged:
        for finding in (*proposal.findings, *proposal.notes):
            key = (finding.rule, finding.fact)
            first.setdefault(key, finding)
            counts[key] += 1
    return [(first[key], count) for key, count in counts.most_common()]


def _tell(
    planned: Plan,
    report: dict[str, Any],
    judged: tuple[Proposal, ...],
    faults: list[Fault],
    *,
    dry_run: bool,
) -> None:
    counts = report["counts"]
    name = KIND_LABELS[planned.kind]
    say("对应：" + "、".join(f"{h}→{label(f)}" for h, f in planned.mapping.items()))
    if planned.unmapped:
        say(f"没有导入的列：{'、'.join(planned.unmapped)}")
    for (head, value), cells in planned.blanks.items():
        say(f"“{head}”一列有{cells}格写着“{value}”，不是真的编号，按空白登记")
    for finding, count in _grouped(judged):
        say(f"{finding.force} {count}行：{finding.fact}（如{finding.subject}）")
        say(f"   依据  {finding.cites}：{finding.gist}\n   改正  {finding.remedy}")
    for fault in faults:
        where = f"第{fault.row}行" + (f" {fault.column}列“{fault.header}”" if fault.column else "")
        click.echo(f"{where}：{fault.message}")
    rejected = f"，有误{counts['rejected']}行" if faults else ""
    done = "将登记" if dry_run or faults else "已登记"
    click.echo(
        f"读到{counts['read']}行：{done}{name}{counts['new']}件，"
        f"已有且相同{counts['unchanged']}行{rejected}"
    )
    if faults:
        say("有误的行改正以前，一行也不写入")
