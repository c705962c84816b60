"""The rows that were not taken in, as a file that can be corrected and imported again.

It has the columns of the file it came from, in the same form, and one more that says what is wrong.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ledger.exchange.cell import Fault
from ledger.exchange.importing import Plan
from ledger.exchange.table import Row, Table
from ledger.exchange.xlsx import Grid, xlsx

__all__ = ["WHY", "rejected_rows", "rejects", "suffix_for"]

WHY: Final = "错误"
"""The heading of the column that says what is wrong."""
_SUFFIXES: Final = {"csv": ".csv", "tsv": ".tsv", "json": ".jsonl", "jsonl": ".jsonl"}


def suffix_for(plan: Plan) -> str:
    """How a rejects file of this file is named at its end: workbooks of any kind become XLSX."""
    return _SUFFIXES.get(plan.type, ".xlsx")


def rejected_rows(faults: Sequence[Fault]) -> dict[tuple[str, int], list[Fault]]:
    """The faults of each row that has some, by sheet and row."""
    found: dict[tuple[str, int], list[Fault]] = {}
    for fault in faults:
        found.setdefault((fault.sheet, fault.row), []).append(fault)
    return found


def rejects(plan: Plan, faults: Sequence[Fault], path: Path) -> bytes:
    """The contents of a rejects file; its form follows the name it is to have."""
    found = rejected_rows(faults)
    chosen = [
        (table, [row for row in table.rows if (table.sheet, row.number) in found])
        for table in plan.tables
    ]
    write = _WRITERS.get(path.suffix.lower(), _text)
    return write([(table, rows) for table, rows in chosen if rows], found)


Chosen = Sequence[tuple[Table, Sequence[Row]]]
Found = Mapping[tuple[str, int], Sequence[Fault]]


def _why(table: Table, row: Row, found: Found) -> str:
    return "；".join(
        f"{fault.header}：{fault.message}" if fault.header else fault.message
        for fault in found[table.sheet, row.number]
    )


def _cells(row: Row) -> tuple[str, ...]:
    """All that the line had, also what lay beyond its headings."""
    width = len(row.cells)
    return (*row.cells, *row.line.cells[width:])


def _separated(chosen: Chosen, found: Found, sign: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n")
    for table, rows in chosen:
        writer.writerow((WHY, *table.headers))
        writer.writerows((_why(table, row, found), *_cells(row)) for row in rows)
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


def _text(chosen: Chosen, found: Found) -> bytes:
    return _separated(chosen, found, ",")


def _tabbed(chosen: Chosen, found: Found) -> bytes:
    return _separated(chosen, found, "\t")


def _objects(chosen: Chosen, found: Found) -> bytes:
    lines = []
    for table, rows in chosen:
        for row in rows:
            told = {h: c for h, c in zip(table.headers, row.cells, strict=False) if c}
            lines.append(json.dumps({WHY: _why(table, row, found), **told}, ensure_ascii=True))
    return "".join(f"{line}\n" for line in lines).encode()


def _workbook(chosen: Chosen, found: Found) -> bytes:
    grids = [
        Grid(
            name=table.sheet or "未导入",
            headers=(WHY, *table.headers),
            rows=[(_why(table, row, found), *_cells(row)) for row in rows],
        )
        for table, rows in chosen
    ]
    return xlsx(grids)


_WRITERS: Final = {".tsv": _tabbed, ".jsonl": _objects, ".xlsx": _workbook}
