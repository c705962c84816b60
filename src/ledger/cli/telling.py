"""What an import came to, told to a person: grouped by cause, each place as the officer sees it."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import click

from ledger.cli.speech import say
from ledger.exchange.cell import Fault
from ledger.notation.fields import label
from ledger.notation.words import KIND_LABELS
from ledger.room.importing import Taken
from ledger.room.report import causes, grouped

__all__ = ["progress", "tell", "where"]

_MANY: Final = 500
_STEP: Final = 200


def progress(*, quiet: bool) -> Callable[[int, int], None]:
    """A teller of progress on stderr, for files of many rows and a person who is watching."""
    if quiet or not sys.stderr.isatty():
        return lambda _done, _all: None

    def tell_progress(done: int, every: int) -> None:
        if every > _MANY and (done % _STEP == 0 or done == every):
            end = "\n" if done == every else ""
            click.echo(f"\r已核对{done}/{every}", nl=False, err=True)
            click.echo(end, nl=False, err=True)

    return tell_progress


def where(fault: Fault) -> str:
    """Where a fault is, as the officer sees it in the file."""
    sheet = f"“{fault.sheet}”" if fault.sheet else ""
    column = f" {fault.column}列“{fault.header}”" if fault.column else ""
    header = f" “{fault.header}”" if fault.header and not fault.column else ""
    return f"{sheet}第{fault.row}行{column}{header}"


def tell(taken: Taken, made: Mapping[str, Any], *, most: int, quiet: bool, dry_run: bool) -> None:
    """Tell what an import came to: the outcome on stdout, all that explains it on stderr."""
    if not quiet:
        _tell_reading(taken)
        _tell_findings(taken)
    _tell_faults(taken, most, quiet=quiet)
    _tell_changes(made)
    _tell_outcome(taken, made["counts"])
    if not quiet:
        _tell_next(taken, dry_run=dry_run)


def _tell_reading(taken: Taken) -> None:
    plan = taken.plan
    say("对应：" + "、".join(f"{head}→{label(name)}" for head, name in plan.mapping.items()))
    lines = (
        ("没有导入的列", plan.unmapped),
        ("台账自己推算、不导入的列", plan.computed),
        ("没有导入的工作表", plan.passed_over),
    )
    for what, names in lines:
        if names:
            say(f"{what}：{'、'.join(names)}")
    for (head, value), cells in plan.blanks.items():
        say(f"“{head}”一列有{cells}格写着“{value}”，不是真的编号或内容，按空白登记")
    for (head, note), cells in plan.notes.items():
        say(f"“{head}”一列有{cells}格：{note}")
    for table in plan.tables:
        if table.footers:
            say(f"第{'、'.join(map(str, table.footers))}行是合计、备注或落款，没有当作记录")
        if table.stated is not None and table.stated != len(table.rows):
            say(f"注意：文件写着共{table.stated}件，读到{len(table.rows)}行")
    if plan.unkeyed:
        say(f"{plan.unkeyed}行没有编号可以核对，逐项内容全同的才算已登记")


def _tell_findings(taken: Taken) -> None:
    for finding, count in grouped(taken.proposals):
        say(f"{finding.force} {count}件：{finding.fact}（如{finding.subject}）")
        say(f"   依据  {finding.cites}：{finding.gist}\n   改正  {finding.remedy}")


def _tell_faults(taken: Taken, most: int, *, quiet: bool) -> None:
    left = most
    for cause in causes(taken.faults):
        for fault in cause.faults[:left]:
            click.echo(f"{where(fault)}：{fault.message}")
        if len(cause.faults) > left:
            click.echo(f"同样的错还有{len(cause.faults) - left}处，没有列出（--max-errors）")
        left = max(left - len(cause.faults), 0)
        if cause.hint and not quiet:
            say(f"   以上{cause.rows}行：{cause.hint}")


def _tell_changes(made: Mapping[str, Any]) -> None:
    for each in made["changes"]:
        before = each["before"] if each["before"] not in ("", None) else "空白"
        click.echo(
            f"第{each['row']}行 {each['number']} {each['label']}：{before} → {each['after']}"
        )


def _tell_outcome(taken: Taken, counts: Mapping[str, int]) -> None:
    name = KIND_LABELS[taken.plan.kind]
    done = "已登记" if taken.written else "将登记"
    new = counts["created"] if taken.written else counts["new"]
    parts = [f"读到{counts['read']}行：{done}{name}{new}件"]
    if counts["changed"]:
        parts.append(f"{'已' if taken.written else '将'}更新{counts['changed']}行")
    parts.append(f"已有且相同{counts['unchanged']}行")
    if counts["rejected"]:
        parts.append(f"有误{counts['rejected']}行")
    if counts["needs_approval"]:
        parts.append(f"须另行批准或办理{counts['needs_approval']}行")
    click.echo("，".join(parts))


def _tell_next(taken: Taken, *, dry_run: bool) -> None:
    """What can be done next with what was taken in, or was not."""
    if taken.rejects is not None:
        say(f"没有导入的行在 {taken.rejects}，改正后可以再导入")
    if taken.batch is not None:
        say(f"这是第{taken.batch}批，用 baomi import undo {taken.batch} 可以整批撤销")
    elif taken.faults and not dry_run:
        say("有误的行改正以前，一行也不写入")
