"""Apache Spark: the engine of a province, on a cluster that is there already, or on this machine."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ledger.bureau.composing import BASES, Dialect, Statement, copying
from ledger.bureau.engine import COPY, Answer
from ledger.bureau.filing import UNIT, UNITS
from ledger.bureau.refusal import NoAnswer, NoEngine
from ledger.bureau.schema import ACTS, LINE, Fields, Many, Parts
from ledger.bureau.schema import UNIT as UNIT_FIELDS

__all__ = ["DIALECT", "Spark"]

_NAMES: Final = {
    "text": "STRING",
    "day": "DATE",
    "whole": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
}


def _type(kind: Any) -> str:
    match kind:
        case Many(of):
            return f"ARRAY<{_type(of)}>"
        case Parts(fields):
            return (
                f"STRUCT<{', '.join(f'`{name}`: {_type(each)}' for name, each in fields.items())}>"
            )
        case _:
            return _NAMES[kind]


def _columns(fields: Fields) -> str:
    return ", ".join(f"`{name}` {_type(kind)}" for name, kind in fields.items())


DIALECT: Final = Dialect(
    name="spark",
    from_json=lambda text, fields: f"FROM_JSON({text}, '{_columns(fields)}')",
    functions={
        "days_after": "DATE_ADD({0}, CAST({1} AS INT))",
        "months_after": "ADD_MONTHS({0}, CAST({1} AS INT))",
        "days_between": "CAST(DATEDIFF({1}, {0}) AS BIGINT)",
        "count_of": "CASE WHEN {0} IS NULL THEN 0 ELSE SIZE({0}) END",
        "first_of": "ELEMENT_AT({0}, 1)",
        "second_of": "ELEMENT_AT({0}, 2)",
    },
    materialized=False,
)
_SETTINGS: Final = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.ansi.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}


class Spark:
    """A session on a master: ``local[*]`` for this machine, or the address of a cluster."""

    dialect = DIALECT

    def __init__(self, master: str = "local[*]") -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise NoEngine("没有安装Spark，先安装：pip install 'baomi-ledger[spark]'") from error
        builder = SparkSession.builder.master(master).appName("baomi")
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        try:
            self._spark = builder.getOrCreate()
        except Exception as error:
            raise NoEngine(
                "Spark没有启动：检查Java（Debian装 default-jre-headless）和集群地址"
            ) from error

    def close(self) -> None:
        """Leave the cluster."""
        self._spark.stop()

    def run(self, statement: Statement, folder: Path, *, copied: bool) -> Answer:
        """Answer a statement over the books in a bureau's room, or over the copy of them."""
        from pyspark.errors import PySparkException

        try:
            self._open(folder, statement.bases, copied=copied)
            found = self._spark.sql(statement.sql)
            rows = tuple(tuple(row) for row in found.collect())
        except PySparkException as error:
            raise NoAnswer(f"Spark没有答出来：{str(error).splitlines()[0]}") from error
        return Answer(tuple(found.columns), rows)

    def _open(self, folder: Path, bases: Mapping[str, Fields], *, copied: bool) -> None:
        """Name what there is to be read, with the fields that are asked of it."""
        if copied:
            for name in bases:
                path = str(folder / COPY / name)
                self._spark.read.parquet(path).createOrReplaceTempView(f"copy_{name}")
            return
        self._read(folder / UNITS / "*" / UNIT, UNIT_FIELDS).createOrReplaceTempView("filed")
        acts = Parts(bases.get("written", ACTS))
        lines = self._read(folder / UNITS / "*" / "journal", {**LINE, "acts": Many(acts)})
        lines.createOrReplaceTempView("lines")
        room = "REGEXP_EXTRACT(INPUT_FILE_NAME(), '-([0-9a-f]{16})/journal', 1) AS room"
        self._view("journal", f"SELECT {room}, * FROM lines")
        self._view("journal_acts", "SELECT room, EXPLODE(acts) AS a FROM journal")
        self._view(
            "journal_records",
            "SELECT room, l, r[0] AS tab, r[1] AS id, COALESCE(r[2], '') AS doc FROM"
            " (SELECT room, COALESCE(l, n, 0) AS l, EXPLODE(records) AS r FROM journal)",
        )

    def _read(self, pattern: Path, fields: Fields) -> Any:
        reader = self._spark.read.schema(_columns(fields)).option("mode", "FAILFAST")
        return reader.option("pathGlobFilter", "*.jsonl").json(str(pattern))

    def _view(self, name: str, sql: str) -> None:
        self._spark.sql(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def copy(self, folder: Path, target: Path) -> None:
        """Make a Parquet copy of the relations of the books in a bureau's room, in a folder."""
        self._open(folder, BASES, copied=False)
        pages, relations = copying(self.dialect)
        kept = self._spark.sql(pages).cache()
        kept.createOrReplaceTempView("pages")
        for name, sql in relations.items():
            self._spark.sql(sql).write.mode("overwrite").parquet(str(target / name))
        kept.unpersist()
