"""What a bureau's questions cost over many rooms, beside the least that a plain loop has to do.

Run ``python benchmarks/bureau.py``; ``--rooms``, ``--rounds`` and ``--spark`` change what is run. The loop
is Python with orjson: it reads every line, keeps the last document of the tables a question needs, and
looks at every act where the question asks about acts. It joins and counts nothing, so that what a whole
answer costs in it is more. All figures of a line are from one run, each the median of its rounds.
"""

import argparse
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter

import orjson

from ledger.bureau.asking import ask, engine_named, make_copy
from ledger.bureau.composing import composed
from ledger.bureau.duck import DIALECT
from ledger.bureau.engine import COPY
from ledger.bureau.filing import UNITS
from ledger.bureau.question import Question, questions
from ledger.bureau.schema import TABLES
from ledger.demonstration.city import city

ON = date(2026, 11, 25)


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median seconds of some rounds of the work."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def together(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each work; they take turns, so that others on the machine hit all alike."""
    times = [[timed(work, 1) for work in works] for _ in range(rounds)]
    return [median(each) for each in zip(*times, strict=True)]


def loop(folder: Path, tables: frozenset[str], *, acts: bool) -> int:
    """The least a plain loop has to do for a question; how much it has looked at."""
    seen, latest = 0, {}
    for path in sorted(folder.glob(f"{UNITS}/*/journal/*.jsonl")):
        room = path.parent.parent.name
        with path.open("rb") as file:
            for raw in file:
                line = orjson.loads(raw)
                if acts:
                    for act in line.get("acts", ()):
                        seen += act["act"] == "counted"
                if tables:
                    for table, number, page in line.get("records", ()):
                        if table in tables:
                            latest[room, table, number] = page
    return seen + len(latest)


def needs(question: Question) -> tuple[frozenset[str], bool]:
    """The tables a question needs, and whether it asks about acts."""
    statement = composed(question, question.values({}, ON), DIALECT, copied=False)
    tables = frozenset(table for name in statement.bases for table in TABLES.get(name, ()))
    return tables, "written" in statement.bases


def size(folder: Path, pattern: str) -> float:
    """Megabytes of the files of a pattern."""
    return sum(path.stat().st_size for path in folder.glob(pattern)) / 1e6


def measured(folder: Path, rounds: int) -> dict[str, float]:
    """Each question over the books, over the copy, and the loop; printed and given back."""
    engine = engine_named("duckdb")
    start = perf_counter()
    make_copy(folder, engine)
    copying = perf_counter() - start
    books, copy = size(folder, f"{UNITS}/*/journal/*.jsonl"), size(folder, f"{COPY}/*/*.parquet")
    acts = loop_of_all(folder)
    print(f"{acts} acts, {books:.0f} MB of lines, {copy:.1f} MB of Parquet made in {copying:.1f} s")
    print("| question | loop | DuckDB, lines | ratio | DuckDB, Parquet | ratio |")
    print("|---|---|---|---|---|---|")
    found = {}
    for each in questions():
        tables, of_acts = needs(each)
        if not tables and not of_acts:
            continue
        plain, lines, fast = together(
            (
                lambda t=tables, a=of_acts: loop(folder, t, acts=a),
                lambda q=each: ask(folder, q, {}, ON, engine),
                lambda q=each: ask(folder, q, {}, ON, engine, fast=True),
            ),
            rounds,
        )
        found[each.name] = lines
        print(
            f"| `{each.name}` | {plain:.2f} | {lines:.2f} | {lines / plain:.2f} |"
            f" {fast:.3f} | {fast / plain:.3f} |",
            flush=True,
        )
    engine.close()
    return found


def loop_of_all(folder: Path) -> int:
    """How many acts the books have."""
    paths = folder.glob(f"{UNITS}/*/journal/*.jsonl")
    return sum(len(orjson.loads(raw).get("acts", ())) for p in paths for raw in p.open("rb"))


def on_spark(folder: Path, duck: dict[str, float]) -> None:
    """Every question once on Spark on this machine, beside DuckDB."""
    start = perf_counter()
    spark = engine_named("spark", "local[*]")
    print(f"\nSpark, started in {perf_counter() - start:.1f} s")
    print("| question | DuckDB, lines | Spark, lines | Spark / DuckDB |")
    print("|---|---|---|---|")
    for each in questions():
        if each.name in duck:
            took = timed(lambda each=each: ask(folder, each, {}, ON, spark), 1)
            duck_took = duck[each.name]
            print(
                f"| `{each.name}` | {duck_took:.2f} | {took:.1f} | {took / duck_took:.0f} |",
                flush=True,
            )
    spark.close()


def main() -> None:
    """Make the cities, ask everything, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rooms", type=int, nargs="*", default=[20, 200])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--folder", type=Path, help="a bureau's room that is there already")
    chosen = parser.parse_args()
    if chosen.folder is not None:
        measured(chosen.folder, chosen.rounds)
        return
    place = Path(mkdtemp(prefix="baomi-bureau-"))
    try:
        for rooms in chosen.rooms:
            start = perf_counter()
            folder = place / str(rooms)
            city(folder, rooms, lambda _: None, on=ON)
            print(f"\n{rooms} rooms made, handed in and taken in {perf_counter() - start:.0f} s")
            duck = measured(folder, chosen.rounds)
        if chosen.spark:
            on_spark(folder, duck)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
