"""How fast a register is taken in: end to end, beside programs that check nothing.

Run ``python benchmarks/exchange.py``; ``--rows`` and ``--many`` take other sizes. Every program is
started afresh, reads the same CSV and leaves its file on disk; a figure is the median of several
rounds of one run. The peers validate nothing, compare nothing and cannot take anything back.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

HEAD = ("资产编号", "名称", "型号", "序列号", "使用部门", "责任人", "存放地点", "启用日期", "备注")

BAOMI = "from ledger.cli import main; main()"
TINYDB = """
import csv, sys
from tinydb import TinyDB
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    TinyDB(sys.argv[2], ensure_ascii=False).insert_multiple(list(csv.DictReader(file)))
"""
MEASURED = """
import os, resource, runpy, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
spent = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(done.returncode, spent, peak)
"""
"""Starts a program and says how it ended, how long it took and how much memory it had."""


class Run(NamedTuple):
    """How a program ended, after how many seconds, with how many megabytes at the most."""

    code: int
    seconds: float
    megabytes: float


def register(path: Path, rows: int) -> Path:
    """A register of devices with as many rows, each different from the others."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for n in range(rows):
            writer.writerow(
                (
                    f"GD-{n:07}",
                    f"台式计算机{n % 50}",
                    "安泰 S200",
                    f"AT{n:08}",
                    f"业务{n % 20}科",
                    "王敏",
                    f"{n % 9 + 1}楼",
                    f"202{n % 6}-{n % 12 + 1:02}-{n % 28 + 1:02}",
                    "",
                )
            )
    return path


def run(*command: str) -> Run:
    """One start of a program."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=True
    )
    code, seconds, megabytes = told.stdout.split()
    if code != "0":
        raise SystemExit(f"{command[:3]} ended with {code}: {told.stderr[-500:]}")
    return Run(int(code), float(seconds), float(megabytes))


def baomi(*args: str) -> tuple[str, ...]:
    """The command line of a baomi of this installation."""
    return (sys.executable, "-c", BAOMI, *args)


def middle(runs: list[Run]) -> Run:
    """The run of the median time."""
    seconds = median(each.seconds for each in runs)
    return min(runs, key=lambda each: abs(each.seconds - seconds))


def ours(folder: Path, table: Path, rounds: int) -> tuple[Run, Run, Run]:
    """Taking a file in, taking the same in again, and a dry run of it."""
    first, again, dry = [], [], []
    for n in range(rounds):
        room = folder / f"room-{table.stem}-{n}"
        run(*baomi("init", str(room), "--unit", "示范局"))
        run(*baomi("--room", str(room), "add", "person", "--name", "王敏"))
        take = ("--room", str(room), "import", str(table), "--as", "computer")
        said = ("--set", "network=内部", "--quiet")
        dry.append(run(*baomi(*take, *said, "--dry-run")))
        first.append(run(*baomi(*take, *said)))
        again.append(run(*baomi(*take, *said)))
    return middle(first), middle(again), middle(dry)


def theirs(folder: Path, table: Path, rounds: int) -> tuple[Run, Run]:
    """The same rows put into a stock TinyDB, and by sqlite-utils into SQLite."""
    tiny, lite = [], []
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    for n in range(rounds):
        tiny.append(
            run(sys.executable, "-c", TINYDB, str(table), str(folder / f"t{table.stem}{n}.json"))
        )
        database = str(folder / f"s{table.stem}{n}.db")
        lite.append(run(program, "insert", database, "devices", str(table), "--csv"))
    return middle(tiny), middle(lite)


def tell(what: str, rows: int, found: Run, peers: dict[str, Run]) -> None:
    """One line: seconds, rows a second, peak memory, and the ratios to the peers."""
    ratios = "  ".join(
        f"{found.seconds / peer.seconds:5.1f} x {name}" for name, peer in peers.items()
    )
    print(
        f"{what:<34} {found.seconds:7.2f} s {rows / found.seconds:>10,.0f} /s "
        f"{found.megabytes:7.0f} MB   {ratios}"
    )


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    sizes = parser.parse_args()
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count()}))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for rows, rounds in ((sizes.rows, sizes.rounds), (sizes.many, 1)):
            table = register(folder / f"{rows}.csv", rows)
            tiny, lite = theirs(folder, table, rounds)
            first, again, dry = ours(folder, table, rounds)
            peers = {"TinyDB": tiny, "sqlite-utils": lite}
            tell(f"TinyDB insert_multiple ({rows:,})", rows, tiny, {})
            tell(f"sqlite-utils insert ({rows:,})", rows, lite, {})
            tell(f"baomi import ({rows:,})", rows, first, peers)
            tell(f"baomi import --dry-run ({rows:,})", rows, dry, peers)
            tell(f"the same file again ({rows:,})", rows, again, peers)


if __name__ == "__main__":
    main()
