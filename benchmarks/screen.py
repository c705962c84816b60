"""The screens on a big room beside a trivial program, the same on a small room, and a bare write.

``python benchmarks/screen.py`` makes a room of 100 000 carriers and 1 000 000 events (a quarter of
an hour) and one of 100, unless ``--folder`` has them from before, and measures in one run:

- start to first paint in a real terminal, against a Textual program that shows one line;
- PageDown and a keystroke in the search of a register, against the same on 100 rows;
- a scan to its page on the screen, and a read of a count to its line, against one append and
  ``fdatasync`` of a line.
"""

import argparse
import asyncio
import compileall
import os
import pty
import select
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import mkdtemp
from time import perf_counter

import room as rooms
from room import Clock

import ledger
import tui
from ledger import Cabinet, Level, Medium, Person, Registered
from ledger.room import Room
from ledger.room import counting as counts
from tui.app import Baomi
from tui.screens.counting import CountPage
from tui.screens.register import RegisterPage
from tui.table import Table

WORDS = (
    "移动硬盘",
    "加密",
    "备份",
    "会议",
    "资料",
    "规划",
    "测绘",
    "档案",
    "值班",
    "调度",
    "财务",
    "人事",
)
SURNAMES, NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "敏伟芳娜强磊军洋勇艳杰涛明超霞平刚桂文",
)
TRIVIAL = "from textual.app import App\nfrom textual.widgets import Static\n"
TRIVIAL += "class One(App):\n    def compose(self):\n        yield Static('保密室')\nOne().run()"


def furnished(folder: Path, carriers: int, clock: Clock) -> Room:
    """A room in which names, titles and keepers differ, so that a search has something to do."""
    made = Room.create(folder, unit="示范局", level=Level.绝密, clock=clock)
    for n in range(60):
        name = SURNAMES[n % 20] + NAMES[n // 3 % 19] + NAMES[n % 19]
        made.record(Registered(thing=Person(name=name)))
    made.record(Registered(thing=Cabinet(level=Level.绝密, supervised=True, secured=True)))
    things = (
        Registered(
            thing=Medium(
                level=list(Level)[n % 3],
                name="".join(WORDS[n * k % len(WORDS)] for k in (1, 5, 7)),
                serial=f"ZY16-{n:06}",
                keeper=f"RY-{1 + n % 60:03}",
            )
        )
        for n in range(1, carriers + 1)
    )
    while batch := list(islice(things, 1000)):
        made.record_all(batch)
    return made


def first_paint(command: list[str], folder: Path, sign: bytes) -> float:
    """Seconds until a program in a terminal of its own has shown a sign."""
    begun = perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        os.environ |= {
            "TERM": "xterm-256color",
            "BAOMI_WIDTH": "1",
            "COLUMNS": "120",
            "LINES": "40",
        }
        os.execvp(command[0], command)
    seen = b""
    while sign not in seen and select.select([terminal], [], [], 30)[0]:
        seen += os.read(terminal, 65536)
    spent = perf_counter() - begun
    os.close(terminal)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return spent


def starting(folder: Path, rounds: int) -> tuple[float, ...]:
    """Medians until the trivial program's line, our first line, and today's page are shown."""
    ours = [str(Path(sys.executable).parent / "baomi")]
    # An installed copy has its modules compiled; a checkout under this variable never would.
    for package in (ledger, tui):
        compileall.compile_dir(Path(str(package.__file__)).parent, quiet=2)
    spent = [
        (
            first_paint([sys.executable, "-c", TRIVIAL], folder, "保密室".encode()),
            first_paint(ours, folder, "正在打开".encode()),
            first_paint(ours, folder, "经办人".encode()),
        )
        for _ in range(rounds)
    ]
    return tuple(map(median, zip(*spent, strict=True)))


async def _settled(app: Baomi) -> None:
    if counting := [
        worker
        for worker in app.workers
        if worker.group in ("learn", "survey", "duties", "carriers")
    ]:
        await app.workers.wait_for_complete(counting)


async def timed(app: Baomi, act: Callable[[], None]) -> float:
    """Seconds from a key to the end of the drawing it caused."""
    begun = perf_counter()
    act()
    drawn = asyncio.Event()
    app.call_after_refresh(drawn.set)
    await drawn.wait()
    app.screen._compositor.render_strips()  # noqa: SLF001 - what the terminal would be sent
    return perf_counter() - begun


def working(folder: Path, rounds: int) -> dict[str, float]:
    """Medians of PageDown and of letters typed into the search of a register."""

    async def run() -> dict[str, float]:
        with Room.open(folder) as open_room:
            app = Baomi(open_room)
            async with app.run_test(size=(120, 40)) as pilot:
                app.do_media()
                await pilot.pause()
                page = app.screen
                assert isinstance(page, RegisterPage)
                await _settled(app)
                table = page.query_one(Table)
                down = []
                for _ in range(rounds):
                    table.do_first()
                    table._line.cache_clear()  # noqa: SLF001 - lines that were not seen before
                    await pilot.pause()
                    down.append(await timed(app, table.do_page_down))
                typed = [
                    await timed(
                        app, lambda text=text: setattr(page.query_one("#find"), "value", text)
                    )  # type: ignore[misc]
                    for _ in range(rounds)
                    for text in ("h", "hy", "hys", "")
                ]
                return {"PageDown": median(down), "keystroke": median(typed)}

    return asyncio.run(run())


def scanning(folder: Path, rounds: int) -> tuple[float, float]:
    """The slowest of a hundred: a bare durable append, and a scan until its page is drawn."""

    async def run() -> list[float]:
        with Room.open(folder) as open_room:
            app = Baomi(open_room)
            spent = []
            async with app.run_test(size=(120, 40)) as pilot:
                await asyncio.sleep(2)
                await _settled(app)
                for n in range(rounds):
                    number = f"JZ-{1 + n * 37 % len(open_room.register.carriers):04}"
                    app.idle.touch()  # as the keys of a scan do
                    spent.append(await timed(app, lambda number=number: app.page.scanned(number)))  # type: ignore[misc]
                    app.pop_screen()
                    await pilot.pause()
            return spent

    appended = appending(folder, rounds)
    return quantiles(appended, n=100)[98], quantiles(asyncio.run(run()), n=100)[98]


def counting(folder: Path, rounds: int) -> tuple[float, float]:
    """The slowest of a hundred: a bare durable append, and a read of a count until its line is drawn."""

    async def run() -> list[float]:
        with Room.open(folder) as open_room:
            app = Baomi(open_room)
            spent = []
            async with app.run_test(size=(120, 40)) as pilot:
                await asyncio.sleep(2)
                await _settled(app)
                count = counts.begin(open_room)
                page = CountPage(count)
                await app.push_screen(page)
                await pilot.pause(1)
                app.sweeping.keep()
                for n in range(rounds):
                    number = f"JZ-{1 + n * 37 % len(open_room.register.carriers):04}"
                    app.idle.touch()
                    spent.append(await timed(app, lambda number=number: page._hear(number)))  # type: ignore[misc]  # noqa: SLF001 - what a scan calls
                    await pilot.pause()
                count.abandon("试")
            return spent

    appended = appending(folder, rounds)
    return quantiles(appended, n=100)[98], quantiles(asyncio.run(run()), n=100)[98]


def appending(folder: Path, rounds: int) -> list[float]:
    """Seconds of bare durable appends."""
    appended = []
    with (folder / "append.bin").open("ab", buffering=0) as file:
        for _ in range(rounds):
            begun = perf_counter()
            file.write(b"x" * 400 + b"\n")
            os.fdatasync(file.fileno())
            appended.append(perf_counter() - begun)
    (folder / "append.bin").unlink()
    return appended


def main() -> None:
    """Make the rooms if need be, measure, and print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--carriers", type=int, default=100_000)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=11)
    told = asked.parse_args()
    folder = told.folder or Path(mkdtemp())
    rooms.furnished = furnished
    for name, carriers, events in (("big", told.carriers, told.events), ("small", 100, 1000)):
        if not (folder / name).is_dir():
            rooms.long_room(folder / name, carriers, events)
    trivial, first, whole = starting(folder / "big", told.rounds)
    print(f"{'first paint: trivial, ours':<46} {trivial:8.3f} {first:8.3f} {first / trivial:6.2f}x")
    print(
        f"{'the page of today: trivial, ours':<46} {trivial:8.3f} {whole:8.3f} {whole / trivial:6.2f}x"
    )
    small, big = working(folder / "small", told.rounds), working(folder / "big", told.rounds)
    for what, spent in small.items():
        print(
            f"{what + ': 100 rows, all':<46} {spent:8.4f} {big[what]:8.4f} {big[what] / spent:6.2f}x"
        )
    for what, measure in (("scan on the screen", scanning), ("read of a count", counting)):
        raw, scan = measure(folder / "big", 100)
        print(f"{'p99: a bare append, a ' + what:<46} {raw:8.4f} {scan:8.4f} {scan / raw:6.1f}x")


if __name__ == "__main__":
    main()
