"""A year in the life of a made-up unit, acted out by a seed: what it does lawfully, and its slips.

The same seed gives the same acts. The unit does what its duties ask, so that a year without slips
has nothing for the rules to find.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from ledger.demonstration.year import affairs, machines, papers, slips
from ledger.demonstration.year.dues import see_to_some_early, see_to_what_is_due
from ledger.demonstration.year.slips import SLIPS
from ledger.demonstration.year.stage import OPENS, Slip, Stage, Step
from ledger.demonstration.year.unit import found
from ledger.holiday import works
from ledger.pack import Pack
from ledger.place import InRoom
from ledger.register.labelling import outdated

__all__ = ["SLIPS", "Slip", "Step", "live"]


def live(seed: int, pack: Pack, start: date, end: date, *, careless: bool = True) -> Iterator[Step]:
    """Every act of the unit from its first day to the last, day by day.

    ``careless`` plants slips; each stands in the step it lies in, and those of omission in the
    step before the check that finds them.
    """
    days = [day for day in _days(start, end) if works(day)]
    stage = Stage(random=Random(seed), pack=pack, at=datetime.combine(days[0], OPENS))  # noqa: S311
    found(stage)
    planted = slips.scattered(stage, days) if careless else {}
    for day, following in zip(days, [*days[1:], end + timedelta(days=1)], strict=True):
        if day != stage.on:
            stage.begin(day)
        for plan in stage.due_plans():
            plan(stage)
        see_to_what_is_due(stage, following)
        if day.weekday() == 0:
            see_to_some_early(stage)
        papers.arrive(stage)
        papers.use(stage)
        machines.work(stage)
        affairs.go_on(stage)
        for slipping in planted.get(day, ()):
            slips.happen(stage, slipping)
        _lock_up(stage)
        yield from stage.take()


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def _lock_up(stage: Stage) -> None:
    for number in stage.register.in_keeping():
        entry = stage.register.carriers[number]
        if isinstance(entry.custody, InRoom):
            machines.put_away(stage, number)
    for number, _ in list(outdated(stage.register)):
        stage.do("labelled", page=number, template="medium-40x12", device="标签机")
