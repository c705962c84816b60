"""How fast the pure core is: marks read, events folded, rules asked.

Run ``python benchmarks/core.py``; ``--events`` and ``--carriers`` take other sizes. Every figure is
the median of several rounds of one run and stands beside a peer measured in the same run, because
absolute times of a shared machine mean little.
"""

import argparse
import gc
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.metadata import version as installed
from importlib.resources import files
from statistics import median
from time import perf_counter
from tomllib import loads

from packaging.version import Version

from ledger import EMPTY, Act, Level, Mark, Medium, Numbering, Pack, Register, Registered, fold
from ledger.event import Circulated, Event, Opened, Returned, Stored
from ledger.notation.codec import read_act, write_act
from ledger.place import Cabinet
from ledger.review import check
from ledger.rule import Desk, ask, by_subject
from ledger.rules import ALL

ON = date(2026, 6, 15)
AT = datetime(2026, 6, 15, 9, 0)  # noqa: DTZ001 - the room's wall clock
TEXTS = ("机密★10年", "秘密★６个月", "绝密☆2030年12月31日", "机密＊启封前", "绝 密★长期", "秘密★")
VERSIONS = ("1.10.2", "2.0rc1", "3!4.5.post6", "7.8.dev9", "0.1", "2026.6.15+local.1")


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median seconds of some rounds of the work, after one that is not counted."""
    times = []
    for place in range(rounds + 1):
        gc.collect()
        start = perf_counter()
        work()
        if place:
            times.append(perf_counter() - start)
    return median(times)


def tell(what: str, count: int, seconds: float, peer: str, peer_seconds: float) -> None:
    """One line: how many a second, and the ratio to the peer."""
    print(
        f"{what:<44} {count / seconds:>12,.0f} /s   "
        f"{seconds / peer_seconds:6.2f} x {peer} ({count / peer_seconds:,.0f} /s)"
    )


def marks(count: int) -> None:
    """Marks read in their various spellings, beside version numbers read by packaging."""
    texts = [TEXTS[n % len(TEXTS)] for n in range(count)]
    versions = [VERSIONS[n % len(VERSIONS)] for n in range(count)]
    ours = timed(lambda: [Mark.parse(text) for text in texts], 5)
    theirs = timed(lambda: [Version(text) for text in versions], 5)
    tell(
        f"marks parsed ({count:,})",
        count,
        ours,
        f"packaging {installed('packaging')} Version",
        theirs,
    )


def history(carriers: int, events: int) -> Iterator[Act]:
    """A room's history: everything registered and stored, then circulated and returned for ever."""
    happened: list[Event] = [
        Opened(unit="示范局", level=Level.机密, pack="jiangmen", numbering=Numbering()),
        Registered(thing=Cabinet(number="G-01", level=Level.绝密)),
    ]
    numbers = [f"JZ-{n:04}" for n in range(1, carriers + 1)]
    happened += [
        Registered(thing=Medium(number=number, level=Level.机密, serial=f"S{number}"))
        for number in numbers
    ]
    happened += [Stored(carriers=(number,), cabinet="G-01") for number in numbers[: carriers // 2]]
    for n in range(events - len(happened)):
        number = numbers[(n // 2) % carriers]
        move = Returned(carrier=number) if n % 2 else Circulated(carrier=number, reader="RY-001")
        happened.append(move)
    for n, event in enumerate(happened[:events], 1):
        yield Act(n=n, on=ON, at=AT, by="保密员", event=event)


def folding(carriers: int, events: int) -> Register:
    """The fold, beside a bare loop that only remembers who has what, and beside reading the JSON."""
    acts = list(history(carriers, events))
    gc.freeze()

    def bare() -> dict[str, str]:
        where: dict[str, str] = {}
        for act in acts:
            event = act.event
            if isinstance(event, Registered):
                where[event.thing.number] = "室"
            elif isinstance(event, Circulated):
                where[event.carrier] = event.reader
            elif isinstance(event, Returned):
                where[event.carrier] = "室"
        return where

    ours, floor = timed(lambda: fold(acts), 3), timed(bare, 3)
    tell(
        f"events folded ({events:,}, {carriers:,} carriers)",
        events,
        ours,
        "a bare dict loop",
        floor,
    )
    some = acts[: events // 10]
    lines = [json.dumps(write_act(act), ensure_ascii=False) for act in some]
    reading = timed(lambda: [read_act(json.loads(line)) for line in lines], 3)
    parsing = timed(lambda: [json.loads(line) for line in lines], 3)
    tell(f"acts read from JSON ({len(lines):,})", len(lines), reading, "json.loads alone", parsing)
    gc.unfreeze()
    return fold(acts, EMPTY)


def ruling(register: Register, carriers: int) -> None:
    """The standing rules over every page, beside calling as many generators that say nothing."""
    pack = Pack.of(loads((files("ledger") / "packs" / "jiangmen.toml").read_text("utf-8")))
    table = by_subject(ALL)
    per_page = len(table[Medium])
    desk = Desk(register=register, pack=pack, on=ON)
    pages = list(register.open_carriers())

    def silent(_subject: object, _desk: Desk) -> Iterator[None]:
        return
        yield

    def floor() -> None:
        for page in pages:
            for _ in range(per_page):
                for _ in silent(page, desk):
                    pass

    def ours() -> int:
        return sum(1 for page in pages for _ in ask(page, desk, table))

    asked = carriers * per_page
    seconds, least = timed(ours, 3), timed(floor, 3)
    tell(
        f"rules asked ({per_page} of each of {carriers:,} pages)",
        asked,
        seconds,
        "empty generators",
        least,
    )
    whole = timed(lambda: sum(1 for _ in check(register, pack, ON)), 3)
    tell("pages checked, the whole register", carriers, whole, "the rules alone", seconds)


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--carriers", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--marks", type=int, default=100_000)
    sizes = parser.parse_args()
    marks(sizes.marks)
    register = folding(sizes.carriers, sizes.events)
    ruling(register, sizes.carriers)


if __name__ == "__main__":
    main()
