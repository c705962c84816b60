"""What a bureau's questions cost over many rooms, beside a plain loop in Python that answers them too.

Run ``python benchmarks/bureau.py``; ``--rooms``, ``--rounds`` and ``--spark`` change what is run. The loop
(``plain.py``) is what somebody would write with orjson; it comes to the same rows, which is looked at
before anything is measured. All figures of a line are from one run, each the best of its rounds. DuckDB works
on all processors and the loop on one, so what both spend of the processors is told beside the wall.
"""

import argparse
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter, process_time
from typing import NamedTuple

import orjson
import plain

from ledger.bureau.asking import ask, engine_named, make_copy
from ledger.bureau.engine import COPY, Engine
from ledger.bureau.filing import UNITS
from ledger.bureau.question import question
from ledger.demonstration.city import city

ON = date(2026, 11, 25)


class Spent(NamedTuple):
    """Seconds on the wall, and of all processors together."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Spent:
    """What one round of the work takes."""
    wall, cpu = perf_counter(), process_time()
    work()
    return Spent(perf_counter() - wall, process_time() - cpu)


def together(works: Sequence[Callable[[], object]], rounds: int) -> list[Spent]:
    """The best of each work, for others on the machine only ever add; they take turns."""
    times = [[timed(work) for work in works] for _ in range(rounds)]
    return [Spent(*map(min, zip(*each, strict=True))) for each in zip(*times, strict=True)]


def compared(folder: Path, engine: Engine, name: str) -> int:
    """How many rows a question has, after seeing that loop, lines and copy come to the same."""
    asked = question(name)
    lines = ask(folder, asked, {}, ON, engine).rows
    assert lines == ask(folder, asked, {}, ON, engine, fast=True).rows, name
    # The loop has the verdicts of the thirty items without the words beside them.
    rows = [(row[0], row[1], row[3]) for row in lines] if name == "thirty" else list(lines)
    assert rows == plain.answer(name, folder, ON), name
    return len(rows)


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
    print("| question | rows | loop | lines | ratio | of the processors | Parquet | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    found = {}
    for name in plain.QUESTIONS:
        rows = compared(folder, engine, name)
        loop, lines, fast = together(
            (
                lambda n=name: plain.answer(n, folder, ON),
                lambda n=name: ask(folder, question(n), {}, ON, engine),
                lambda n=name: ask(folder, question(n), {}, ON, engine, fast=True),
            ),
            rounds,
        )
        found[name] = lines.wall
        print(
            f"| `{name}` | {rows} | {loop.wall:.2f} | {lines.wall:.2f} |"
            f" {lines.wall / loop.wall:.2f} | {lines.cpu / loop.cpu:.2f} |"
            f" {fast.wall:.3f} | {fast.wall / loop.wall:.3f} |",
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
    for name, duck_took in duck.items():
        took = timed(lambda name=name: ask(folder, question(name), {}, ON, spark)).wall
        print(
            f"| `{name}` | {duck_took:.2f} | {took:.1f} | {took / duck_took:.0f} |",
            flush=True,
        )
    spark.close()


def main() -> None:
    """Make the cities, ask everything, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rooms", type=int, nargs="*", default=[20, 200])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--folder", type=Path, help="a bureau's room that is there already")
    chosen = parser.parse_args()
    if chosen.folder is not None:
        duck = measured(chosen.folder, chosen.rounds)
        if chosen.spark:
            on_spark(chosen.folder, duck)
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
