"""How long a year's duties take over a large book, beside one pass of the fold that made it.

Run ``python benchmarks/duties.py``; ``--events`` and ``--carriers`` take other sizes. Every figure is
the median of several rounds of one run. The cost of judging one act is taken in a small book and
in the large one, because a rule about an act may not cost what the register costs.
"""

import argparse
import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

from ledger import EMPTY, Act, Circumstances, Document, Level, Mark, Register, fold, propose
from ledger.carrier import Computer, Medium, Network
from ledger.duties import ALL, duties
from ledger.event import (
    Circulated,
    Event,
    Opened,
    Processed,
    Received,
    Registered,
    Returned,
    Stored,
)
from ledger.number import Numbering
from ledger.packfile import load
from ledger.person import Category, Circle, Person
from ledger.place import Cabinet, Compartment, Site
from ledger.register.survey import pages

FIRST = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - the room's wall clock
PACK = load("jiangmen")
PEOPLE = 200
CABINETS = 100
PARTS = tuple(Compartment(str(n)) for n in range(5))


def timed(work: Callable[[], object], rounds: int = 5) -> float:
    """The median seconds of some rounds of the work, after one that is not counted."""
    times = []
    for place in range(rounds + 1):
        gc.collect()
        start = perf_counter()
        work()
        if place:
            times.append(perf_counter() - start)
    return median(times)


def opening(carriers: int) -> Iterator[Event]:
    """A unit with three fifths of its carriers papers, and a fifth each media and computers."""
    yield Opened(unit="示范局", level=Level.绝密, pack="jiangmen", numbering=Numbering())
    for n in range(1, PEOPLE + 1):
        roles = frozenset({"保密员"}) if n == 1 else frozenset()
        person = Person(
            number=f"RY-{n:03}", name=f"某{n}", category=Category.IMPORTANT, roles=roles
        )
        yield Registered(thing=person)
    for n in range(CABINETS):
        yield Registered(thing=Cabinet(number=f"G-{n:02}", level=Level.绝密, compartments=PARTS))
    yield Registered(thing=Site(number="CS-01", name="保密室", level=Level.机密, key=True))
    circle = Circle.of(f"某{n}" for n in range(1, 6))
    for n in range(1, carriers * 3 // 5 + 1):
        document = Document(
            number=f"WG-2026-{n:06}",
            title=f"第{n}号",
            issuer="示范省厅" if n % 4 else "示范局",
            issued_on=FIRST,
            mark=Mark.parse(("机密★10年", "秘密★1年", "秘密★5年")[n % 3]),
            circle=circle,
        )
        yield Received(sender="示范省厅", numbers=(f"WJ-2026-{n:06}",), document=document)
    for n in range(1, carriers // 5 + 1):
        yield Registered(thing=Medium(number=f"JZ-{n:06}", level=Level.机密, keeper="RY-002"))
    networks = (Network.CLASSIFIED, Network.INTERNAL, Network.INTERNET)
    for n in range(1, carriers // 5 + 1):
        network = networks[n % 3]
        level = Level.机密 if network is Network.CLASSIFIED else None
        computer = Computer(
            number=f"JSJ-{n:06}", network=network, level=level, keeper="RY-003", filed_no="备1"
        )
        yield Registered(thing=computer)


def life(carriers: int) -> Iterator[Event]:
    """What goes on for ever: stored, circulated, returned; now and then a computer at work."""
    for n in count():
        number = f"WJ-2026-{n // 4 % (carriers * 3 // 5) + 1:06}"
        match n % 4:
            case 0:
                yield Circulated(carrier=number, reader=f"RY-{n % PEOPLE + 1:03}", place="办公室")
            case 1:
                yield Returned(carrier=number)
            case 2:
                cabinet, part = f"G-{n // 4 % CABINETS:02}", PARTS[n // 400 % 5].name
                yield Stored(carriers=(number,), cabinet=cabinet, compartment=part)
            case _:
                yield Processed(computer="JSJ-000003", level=Level.秘密)


def history(carriers: int, events: int) -> list[Act]:
    """So many acts of such a unit, a year of them."""
    acts: list[Act] = []
    for part in (opening(carriers), life(carriers)):
        for event in part:
            if len(acts) == events:
                return acts
            n = len(acts) + 1
            day = FIRST + timedelta(days=360 * n // events)
            acts.append(Act(n=n, on=day, at=AT, by="某1", event=event))
    return acts


def judged(register: Register) -> float:
    """Seconds to judge one act by every rule about it, its effect and the pages it leaves."""
    when = Circumstances(at=datetime(2026, 12, 31, 9, 0), by="某1")  # noqa: DTZ001
    acts: tuple[Any, ...] = (
        Circulated(carrier="WJ-2026-000002", reader="某2", place="办公室"),
        Stored(carriers=("WJ-2026-000003",), cabinet="G-01", compartment="1"),
        Processed(computer="JSJ-000003", level=Level.秘密),
    )

    def judge() -> None:
        for _ in range(100):
            for event in acts:
                propose(event, register=register, pack=PACK, circumstances=when)

    return timed(judge) / 300


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--carriers", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=1_000_000)
    sizes = parser.parse_args()
    acts = history(sizes.carriers, sizes.events)
    gc.freeze()
    folding = timed(lambda: fold(acts, EMPTY), 3)
    register = fold(acts, EMPTY)
    on = acts[-1].on
    found = duties(register, PACK, on, date(on.year + 1, 12, 31))
    year = timed(lambda: duties(register, PACK, on, date(on.year + 1, 12, 31)))
    today = timed(lambda: duties(register, PACK, on))
    walk = timed(lambda: sum(1 for _ in pages(register)))
    subjects = sum(len(duty.subjects) for duty in found)
    print(f"{sizes.carriers:,} carriers, {sizes.events:,} events, {len(ALL)} obligations")
    print(f"one pass of the fold            {folding:8.2f} s")
    print(f"a year's duties                 {year:8.2f} s   {year / folding:.3f} x the fold")
    print(f"today's duties                  {today:8.2f} s   {today / folding:.3f} x the fold")
    print(f"going through the pages alone   {walk:8.2f} s   {year / walk:.1f} x in a year's duties")
    print(f"lines {len(found):,}, subjects in them {subjects:,}")
    small = judged(fold(history(1_000, 5_000), EMPTY))
    large = judged(register)
    print(
        f"one act judged: {small * 1e6:,.0f} us among 1,000 carriers, "
        f"{large * 1e6:,.0f} us among {sizes.carriers:,}: {large / small:.2f} x"
    )


if __name__ == "__main__":
    main()
