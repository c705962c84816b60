"""What an import came to, as an object whose shape is kept, and grouped by cause for a person."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import asdict, frozen

from ledger.exchange.cell import Fault
from ledger.exchange.rejects import rejected_rows
from ledger.exchange.sheet import Blemish
from ledger.finding import Finding
from ledger.notation.fields import label
from ledger.notation.listing import plain
from ledger.notation.words import KIND_LABELS
from ledger.review import Proposal
from ledger.room.importing import Taken

__all__ = ["SCHEMA", "Cause", "causes", "grouped", "page_values", "report", "unreadable"]

SCHEMA: Final = 1

_LOST: Final = frozenset(
    {Blemish.ERROR.code, Blemish.UNCACHED.code, Blemish.DAMAGED.code, "row.torn"}
)
"""Codes of what the file itself no longer has, whatever it is taken for."""


@frozen
class Cause:
    """One thing that is wrong with some rows, and every place it was found in."""

    code: str
    header: str
    hint: str
    faults: tuple[Fault, ...]

    @property
    def rows(self) -> int:
        """How many rows it is wrong with."""
        return len({(fault.sheet, fault.row) for fault in self.faults})


def causes(faults: Iterable[Fault]) -> list[Cause]:
    """The faults grouped by cause and column, in the order in which the causes first appear."""
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.code, fault.header), []).append(fault)
    return [
        Cause(code, header, found[0].hint, tuple(found)) for (code, header), found in groups.items()
    ]


def unreadable(faults: Iterable[Fault]) -> bool:
    """Whether some cell does not hold what was once written there, so no officer can read it."""
    return any(fault.code in _LOST for fault in faults)


def grouped(judged: Iterable[Proposal]) -> list[tuple[Finding, int]]:
    """One finding for each rule and fact, and how many acts it was said of."""
    first: dict[tuple[str, str], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for proposal in judged:
        for finding in (*proposal.findings, *proposal.notes):
            key = (finding.rule, finding.fact)
            first.setdefault(key, finding)
            counts[key] += 1
    return [(first[key], count) for key, count in counts.most_common()]


def report(
    taken: Taken, findings: Sequence[Mapping[str, Any]], *, dry_run: bool, most: int | None = None
) -> dict[str, Any]:
    """The report a script reads; its shape is kept under ``schema``.

    ``most`` limits how many errors are listed; they are counted in any case.
    """
    plan = taken.plan
    held = [fault for fault in taken.faults if fault.code.startswith("approval.")]
    wrong = [fault for fault in taken.faults if not fault.code.startswith("approval.")]
    return {
        "schema": SCHEMA,
        "batch": taken.batch,
        "dry_run": dry_run,
        "source": _source(taken),
        "kind": plan.kind,
        "mapping": dict(plan.mapping),
        "unmapped_columns": plan.unmapped,
        "computed_columns": plan.computed,
        "passed_over_sheets": plan.passed_over,
        "counts": _counts(taken, wrong, held),
        "stated": next((t.stated for t in plan.tables if t.stated is not None), None),
        "taken_as_blank": [
            {"header": head, "value": value, "cells": cells}
            for (head, value), cells in plan.blanks.items()
        ],
        "notes": [
            {"header": head, "note": note, "cells": cells}
            for (head, note), cells in plan.notes.items()
        ],
        "errors": [asdict(fault) for fault in wrong[:most]],
        "needs_approval": [asdict(fault) for fault in held[:most]],
        "changes": list(_changes(taken)),
        "findings": list(findings),
        "numbers": list(taken.numbers),
        "rejects": str(taken.rejects or ""),
    }


def page_values(taken: Taken) -> dict[str, Any]:
    """What the page for the file (导入情况报告) says of an import."""
    plan, counts = taken.plan, _counts(taken, taken.faults, ())
    stated = next((t.stated for t in plan.tables if t.stated is not None), None)
    blanks = (f"{head}：{value}（{cells}格）" for (head, value), cells in plan.blanks.items())
    footers = [str(row) for table in plan.tables for row in table.footers]
    return {
        "file": plan.source.name,
        "digest": plan.source.digest,
        "kind": KIND_LABELS[plan.kind],
        "batch": taken.batch or "没有写入",
        "form": " ".join(filter(None, (plan.type, plan.encoding))),
        "where": f"{'、'.join(t.sheet for t in plan.tables)} 第{plan.table.header_row}行",
        "read": counts["read"],
        "stated": "" if stated is None else f"共{stated}件",
        "created": counts["created"],
        "updated": counts["updated"],
        "unchanged": counts["unchanged"],
        "rejected": len(rejected_rows(taken.faults)),
        "mapping": "；".join(f"{head}→{label(name)}" for head, name in plan.mapping.items()),
        "unmapped": "、".join(plan.unmapped),
        "blanks": "；".join(blanks),
        "footers": f"第{'、'.join(footers)}行" if footers else "",
        "faults": [
            {"where": _where(fault), "why": fault.message} for fault in taken.faults[:_MOST_LINES]
        ],
        "findings": [
            {"count": f"{finding.force} {count}件", "fact": f"{finding.fact}（{finding.cites}）"}
            for finding, count in grouped(taken.proposals)[:_MOST_LINES]
        ],
    }


_MOST_LINES: Final = 200
"""How many faults and findings the page lists; the report for scripts has them all."""


def _where(fault: Fault) -> str:
    column = f" {fault.column}列“{fault.header}”" if fault.column else ""
    return f"{fault.sheet}第{fault.row}行{column}"


def _source(taken: Taken) -> dict[str, Any]:
    plan, table = taken.plan, taken.plan.table
    return {
        "source": plan.source.name,
        "digest": plan.source.digest,
        "type": plan.type,
        "encoding": plan.encoding,
        "sheet": "、".join(t.sheet for t in plan.tables),
        "header_row": table.header_row,
    }


def _counts(taken: Taken, wrong: Sequence[Fault], held: Sequence[Fault]) -> dict[str, int]:
    plan = taken.plan
    return {
        "read": plan.rows,
        "created": len(taken.numbers),
        "new": len(plan.new),
        "updated": len({(row.sheet, row.row) for row in plan.updated}) if taken.written else 0,
        "changed": len({(row.sheet, row.row) for row in plan.updated}),
        "unchanged": len(plan.unchanged),
        "rejected": len(rejected_rows(wrong)),
        "needs_approval": len(rejected_rows(held)),
        "skipped_blank": sum(table.blank_rows for table in plan.tables),
        "skipped_footer": sum(len(table.footers) for table in plan.tables),
        "skipped_heading": sum(len(table.repeats) for table in plan.tables),
        "unkeyed": plan.unkeyed,
    }


def _changes(taken: Taken) -> Iterator[dict[str, Any]]:
    for row in taken.plan.updated:
        for each in row.changes:
            yield {
                "row": row.row,
                "sheet": row.sheet,
                "number": row.number,
                "field": each.field,
                "label": label(each.field),
                "before": plain(each.before),
                "after": plain(each.after),
            }
