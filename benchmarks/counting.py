"""A count at the screen: how long the screen does not answer while a great one is begun, opened, closed.

``python benchmarks/counting.py`` makes a room of 100 000 drives in a cabinet and one of 100, unless
``--folder`` has them, counts both at the screen, and sets the longest time between two beats of
the screen in the great one beside that in the small one, step by step.
"""

import argparse
import asyncio
import shutil
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

import orjson
from room import Clock
from screen import furnished

from ledger import Stored
from ledger.room import Room
from tui.app import Baomi
from tui.jobs import Working

BEAT = 0.005
"""Seconds between two beats of a screen that answers at once."""
STEPS = ("begin", "open again", "compare", "decide", "close")


def stocked(folder: Path, pieces: int) -> None:
    """A room whose drives all lie in one cabinet."""
    with furnished(folder, pieces, Clock()) as room:
        numbers = list(room.register.carriers)
        for at in range(0, len(numbers), 1000):
            some = tuple(numbers[at : at + 1000])
            room.record(Stored(carriers=some, cabinet="G-01"), happened="搬入")


class Beats:
    """The longest time that nothing else could be done."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def go_on(self) -> None:
        """Beat until cancelled."""
        last = perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = perf_counter()
            self.longest, last = max(self.longest, now - last), now


async def _quiet(app: Baomi) -> None:
    """Until nothing goes on beside the screen."""
    for _ in range(10_000):
        await asyncio.sleep(0.05)
        working = any(worker.name == "follow" for worker in app.workers)
        if not (app.jobs or working or isinstance(app.screen, Working)):
            return


def counted(folder: Path) -> dict[str, tuple[float, float]]:
    """By step: the seconds it took, and the longest in which the screen did not answer."""

    async def run() -> dict[str, tuple[float, float]]:
        beats, found = Beats(), {}
        with Room.open(folder, Clock()) as room:
            app = Baomi(room)
            async with app.run_test(size=(100, 30)) as pilot:
                beating = asyncio.create_task(beats.go_on())
                await asyncio.sleep(3)

                async def step(name: str, *keys: str) -> None:
                    beats.longest, begun = 0.0, perf_counter()
                    await pilot.press(*keys)
                    await asyncio.sleep(0.3)
                    await _quiet(app)
                    found[name] = (perf_counter() - begun, beats.longest)

                await step("list", "8")
                await step("begin", "f3", "enter")
                path, wanted = _read_all_but_one(app)
                await step("leave", "escape")
                with path.open("ab") as file:
                    file.write(wanted)
                await step("read", "f5")
                await step("open again", "enter")
                await step("compare", "f8", "2")
                await step("decide", "enter", "enter")
                await step("close", "f8", "2")
                beating.cancel()
        return {name: found[name] for name in STEPS}

    return asyncio.run(run())


def _read_all_but_one(app: Baomi) -> tuple[Path, bytes]:
    """The file of the count that is on, and lines as if all but one piece had been scanned."""
    counting = app.screen.counting  # type: ignore[attr-defined]
    numbers = [line.number for line in counting.session.listed.lines]
    said = {"by": "保密员", "at": "2016-01-04T10:00:00"}
    lines = [{"place": ["G-01", ""]}, *({"read": n, "text": n} | said for n in numbers[:-1])]
    return counting._file.path, b"".join(orjson.dumps(line) + b"\n" for line in lines)  # noqa: SLF001


def main() -> None:
    """Make the rooms if need be, count, and print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--pieces", type=int, default=100_000)
    told = asked.parse_args()
    folder = told.folder or Path(mkdtemp())
    found = []
    for name, pieces in (("few", 100), ("many", told.pieces)):
        if not (folder / name).is_dir():
            stocked(folder / name, pieces)
        copy = folder / f"{name}-counted"
        shutil.copytree(folder / name, copy)
        found.append(counted(copy))
        shutil.rmtree(copy)
    few, many = found
    print(f"{'step':<12} {'seconds':>8} {'longest stop: 100':>18} {told.pieces:>9}")
    for step in STEPS:
        seconds, stop = many[step]
        less = few[step][1]
        print(f"{step:<12} {seconds:8.1f} {less:18.3f} {stop:9.3f} {stop / less:6.1f}x")


if __name__ == "__main__":
    main()
