"""DuckDB: the engine of one laptop, in the same process, reading the books as they lie."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ledger.bureau.composing import BASES, Dialect, Statement, copying
from ledger.bureau.engine import COPY, SPILL, Answer
from ledger.bureau.filing import UNIT, UNITS
from ledger.bureau.refusal import NoAnswer, NoEngine
from ledger.bureau.schema import ACTS, LINE, Fields, Many, Parts
from ledger.bureau.schema import UNIT as UNIT_FIELDS

__all__ = ["DIALECT", "Duck"]

_NAMES: Final = {
    "text": "VARCHAR",
    "day": "DATE",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
}
_LONGEST: Final = 64 << 20
"""Bytes of the longest line that is read."""


def _type(kind: Any) -> str:
    match kind:
        case Many(of):
            return f"{_type(of)}[]"
        case Parts(fields):
            inner = ", ".join(f'"{name}" {_type(each)}' for name, each in fields.items())
            return f"STRUCT({inner})"
        case _:
            return _NAMES[kind]


def _shape(kind: Any) -> Any:
    match kind:
        case Many(of):
            return [_shape(of)]
        case Parts(fields):
            return {name: _shape(each) for name, each in fields.items()}
        case _:
            return _NAMES[kind]


def _from_json(text: str, fields: Fields) -> str:
    return f"FROM_JSON({text}, '{json.dumps(_shape(Parts(fields)))}')"


DIALECT: Final = Dialect(
    name="duckdb",
    from_json=_from_json,
    functions={
        "days_after": "CAST({0} + TO_DAYS(CAST({1} AS INT)) AS DATE)",
        "months_after": "CAST({0} + TO_MONTHS(CAST({1} AS INT)) AS DATE)",
        "days_between": "CAST(DATE_DIFF('day', {0}, {1}) AS BIGINT)",
        "count_of": "COALESCE(LEN({0}), 0)",
        "first_of": "{0}[1]",
        "second_of": "{0}[2]",
    },
    materialized=True,
)


def _said(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _read(pattern: Path, fields: Fields) -> str:
    """The reader of files of JSON Lines with fields of these types, each row with its file.

    There are never fewer than two fields: with one the reader is forty times slower (DuckDB 2.0).
    """
    columns = ", ".join(f"'{name}': '{_type(kind)}'" for name, kind in fields.items())
    return (
        f"read_json({_said(pattern)}, format='newline_delimited', filename=true,"
        f" maximum_object_size={_LONGEST}, columns={{{columns}}})"
    )


class Duck:
    """DuckDB in this process, with nothing on disk but what is asked for."""

    dialect = DIALECT

    def __init__(self) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise NoEngine("没有安装DuckDB，先安装：pip install 'baomi-ledger[bureau]'") from error
        self._db = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "custom_user_agent": "baomi"}
        )

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    def run(self, statement: Statement, folder: Path, *, copied: bool) -> Answer:
        """Answer a statement over the books in a bureau's room, or over the copy of them."""
        import duckdb

        try:
            self._open(folder, statement.bases, copied=copied)
            found = self._db.execute(statement.sql)
        except duckdb.Error as error:
            raise NoAnswer(f"DuckDB没有答出来：{str(error).splitlines()[0]}") from error
        headings = tuple(column[0] for column in found.description or ())
        return Answer(headings, tuple(found.fetchall()))

    def _open(self, folder: Path, bases: Mapping[str, Fields], *, copied: bool) -> None:
        """Name what there is to be read, with the fields that are asked of it."""
        # What does not fit into memory stays within the room.
        self._db.execute(f"SET temp_directory = {_said(folder / SPILL)}")
        if copied:
            for name in bases:
                source = f"read_parquet({_said(folder / COPY / name / '*.parquet')})"
                self._view(f"copy_{name}", f"SELECT * FROM {source}")
            return
        # Small files, as many as units: the engine would take longer to open each than to read it.
        paths = sorted((folder / UNITS).glob(f"*-*/{UNIT}"))
        units = ",".join(path.read_text("utf-8") for path in paths)
        typed = f"FROM_JSON($1, '{json.dumps([_shape(Parts(UNIT_FIELDS))])}')"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE filed AS SELECT UNNEST({typed}, max_depth := 2)",
            [f"[{units}]"],
        )
        acts = Parts(bases.get("written", ACTS))
        lines = _read(folder / UNITS / "*" / "journal" / "*.jsonl", {**LINE, "acts": Many(acts)})
        # On Windows a path has the other stroke.
        room = "REGEXP_EXTRACT(filename, '-([0-9a-f]{16})[/\\\\]journal', 1) AS room"
        self._view("journal", f"SELECT {room}, * EXCLUDE (filename) FROM {lines}")
        self._view(
            "journal_acts", "SELECT room, a FROM (SELECT room, UNNEST(acts) AS a FROM journal)"
        )
        self._view(
            "journal_records",
            "SELECT room, l, r[1] AS tab, r[2] AS id, COALESCE(r[3], '') AS doc FROM"
            " (SELECT room, COALESCE(l, n, 0) AS l, UNNEST(records) AS r FROM journal)",
        )

    def _view(self, name: str, sql: str) -> None:
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def copy(self, folder: Path, target: Path) -> None:
        """Make a Parquet copy of the relations of the books in a bureau's room, in a folder."""
        self._open(folder, BASES, copied=False)
        pages, relations = copying(self.dialect)
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE pages AS {pages}")
        for name, sql in relations.items():
            (target / name).mkdir()
            options = "(FORMAT parquet, COMPRESSION zstd)"
            self._db.execute(f"COPY ({sql}) TO {_said(target / name / '0.parquet')} {options}")
        self._db.execute("DROP TABLE pages")
