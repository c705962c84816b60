"""A bureau asks: which engine, over the books or over the copy, and whether the copy still holds."""

import shutil
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import orjson

from ledger.bureau.composing import BASES, composed
from ledger.bureau.duck import Duck
from ledger.bureau.engine import COPY, Answer, Engine
from ledger.bureau.filing import filed
from ledger.bureau.question import Question
from ledger.bureau.refusal import NoAnswer, NoEngine
from ledger.bureau.spark import Spark

__all__ = ["ENGINES", "ask", "copied_as_of", "engine_named", "make_copy"]

ENGINES: Final = ("duckdb", "spark")
_STAMP: Final = "copy.json"
_FIELDS: Final = f"{zlib.crc32(repr(BASES).encode()):08x}"
"""What a copy has of each relation: an earlier program copied less."""


def engine_named(name: str, master: str = "local[*]") -> Engine:
    """An engine by its name; raises ``NoEngine`` where it is not installed or does not start."""
    if name not in ENGINES:
        raise NoEngine(f"没有“{name}”这个引擎，可用的：{'、'.join(ENGINES)}")
    return Duck() if name == "duckdb" else Spark(master)


def ask(
    folder: Path,
    question: Question,
    given: Mapping[str, str],
    today: date,
    engine: Engine,
    *,
    fast: bool = False,
) -> Answer:
    """Ask a question of every book that lies in a bureau's room.

    ``fast`` asks the Parquet copy, which is made anew where a book has come in since. Raises
    ``InvalidQuestion``, and ``NoAnswer`` where there is nothing to ask or the engine fails.
    """
    heads = _heads(folder)
    if not heads:
        raise NoAnswer("还没有接收过任何单位的账本，先用 baomi bureau take")
    statement = composed(question, question.values(given, today), engine.dialect, copied=fast)
    if fast and copied_as_of(folder) != heads:
        make_copy(folder, engine)
    return engine.run(statement, folder, copied=fast)


def make_copy(folder: Path, engine: Engine) -> None:
    """Let an engine make the Parquet copy, and note of which books it is."""
    heads, target = _heads(folder), Path(mkdtemp(prefix=".copying-", dir=folder))
    try:
        _copied(folder, target, heads, engine)
        shutil.rmtree(folder / COPY, ignore_errors=True)
        with suppress(OSError):  # another terminal's is as good
            target.rename(folder / COPY)
    finally:
        shutil.rmtree(target, ignore_errors=True)


def _copied(folder: Path, target: Path, heads: Mapping[str, str], engine: Engine) -> None:
    engine.copy(folder, target)
    (target / _STAMP).write_bytes(orjson.dumps({"fields": _FIELDS, "heads": heads}))
    for path in target.rglob("*"):  # engines write for everybody
        path.chmod(0o700 if path.is_dir() else 0o600)


def copied_as_of(folder: Path) -> Mapping[str, str]:
    """The head of every book in the copy; none where there is none, or one with other fields."""
    try:
        found = orjson.loads((folder / COPY / _STAMP).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return {}
    heads: Mapping[str, str] = found.get("heads", {}) if found.get("fields") == _FIELDS else {}
    return heads


def _heads(folder: Path) -> Mapping[str, str]:
    return {each.room: each.head for each in filed(folder)}
