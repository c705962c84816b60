"""Media and machines at their daily work, and on their way to the repairer or out of use."""

from datetime import timedelta
from typing import Final, cast

from ledger.carrier import Computer, Medium, Network, Paper
from ledger.demonstration.year.stage import APPROVED, LEADER, Stage
from ledger.level import Level
from ledger.place import AtUnit, InCabinet, InTransit
from ledger.register.record import Entry

__all__ = ["fetch", "fit_for", "machines", "put_away", "work"]

REPAIRER: Final = "定点维修站"
MIDDLE: Final = 15
"""Machines are bought in the first half of a month."""
BUREAU: Final = "市保密局"


def machines(stage: Stage, network: Network) -> list[Entry[Computer]]:
    """The computers of one world that are in the house, in order."""
    numbers = sorted(stage.register.kinds["computer"])
    found = (cast(Entry[Computer], stage.register.carriers[number]) for number in numbers)
    here = (entry for entry in found if entry.open and not isinstance(entry.custody, AtUnit))
    return [entry for entry in here if entry.thing.network is network]


def fit_for(stage: Stage, level: Level) -> list[str]:
    """The classified computers for a level, those for 绝密 left to themselves."""
    return [
        entry.number
        for entry in machines(stage, Network.CLASSIFIED)
        if entry.thing.level is not None and level <= entry.thing.level < Level.绝密
        if entry.thing.filed_no and not stage.neglected(entry.number)
    ]


def work(stage: Stage) -> None:
    """A day at the machines."""
    for task, often in (
        (_process, 0.9),
        (_write, 0.6),
        (_plug, 0.5),
        (_lend, 0.12),
        (_carry, 0.04),
        (_repair, 0.02),
        (_hand_over, 0.06),
        (_buy, 0.012),
        (_scrap, 0.008),
        (_destroy, 0.012),
    ):
        if stage.chance(often):
            task(stage)


def _process(stage: Stage) -> None:
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    stage.do("processed", computer=stage.pick(fit_for(stage, level)), level=str(level))


def _write(stage: Stage) -> None:
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    media = stage.shelved(Medium, level)
    if media:
        stage.do("written", medium=stage.pick(media), level=str(level), approvals=APPROVED)


def _plug(stage: Stage) -> None:
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    media, computers = stage.shelved(Medium, level), fit_for(stage, level)
    if media:
        stage.do("plugged", item=stage.pick(media), computer=stage.pick(computers))


def _lend(stage: Stage) -> None:
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    media = stage.shelved(Medium, level)
    if media:
        number, days = stage.pick(media), stage.random.randint(1, 7)
        stage.do(
            "lent",
            carrier=number,
            to=stage.pick(_users(stage, level)),
            due=str(stage.on + timedelta(days=days + 9)),
            approvals=APPROVED,
        )
        stage.later(days, lambda s: _back(s, number))


def _users(stage: Stage, level: Level) -> list[str]:
    """Who may ask for a medium: not the leader whose leave is asked."""
    return [person.name for person in stage.staff(level) if person.name != LEADER]


def _back(stage: Stage, number: str) -> None:
    if not stage.free(number) and not stage.forgets("loan_back", number):
        stage.do("returned", carrier=number)
        put_away(stage, number)


def put_away(stage: Stage, number: str) -> None:
    """Lock a paper or a classified medium into its cabinet, unless that is being forgotten."""
    entry = stage.register.carriers[number]
    level = stage.register.level_of(entry)
    find = stage.paper_shelf if isinstance(entry.thing, Paper) else stage.media_shelf
    shelf = find(str(level or ""))
    if shelf and stage.free(number) and not stage.forgets("locked_away", number):
        stage.do("stored", carriers=number, **shelf)


def fetch(stage: Stage, number: str) -> None:
    """Have back what was taken out or is with the repairer, unless that is being forgotten."""
    custody = stage.register.carriers[number].custody
    if stage.forgets("errand_back", number):
        return
    if isinstance(custody, AtUnit) and custody.purpose == "维修":
        stage.do("repaired", carrier=number, old_part_returned="是")
    elif isinstance(custody, InTransit):
        stage.do("brought_back", carriers=number)
        put_away(stage, number)


def _carry(stage: Stage) -> None:
    level = stage.draw({Level.机密: 1, Level.秘密: 1})
    media = stage.shelved(Medium, level)
    if media:
        number = stage.pick(media)
        stage.do(
            "carried_out",
            carriers=number,
            bearers=stage.pick(_users(stage, level)),
            destination="示范省厅",
            due=str(stage.on + timedelta(days=9)),
            measures="密码箱",
            approvals=APPROVED,
        )
        stage.later(stage.random.randint(1, 3), lambda s: fetch(s, number))


def _repair(stage: Stage) -> None:
    number = stage.pick(fit_for(stage, Level.秘密))
    stage.do(
        "sent_for_repair",
        carrier=number,
        to=REPAIRER,
        storage_removed="是",
        due=str(stage.on + timedelta(days=20)),
        approvals=APPROVED,
    )
    days = stage.random.randint(2, 8)
    stage.later(days, lambda s: fetch(s, number))


def _hand_over(stage: Stage) -> None:
    """A medium passes to somebody for good, who brings it back when he needs it no more."""
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    media = stage.shelved(Medium, level)
    if media:
        number = stage.pick(media)
        stage.do("handed_over", carriers=number, to=stage.pick(_users(stage, level)))
        stage.later(stage.random.randint(20, 90), lambda s: _back(s, number))


def _buy(stage: Stage) -> None:
    """A new classified computer comes in, and is put on file with the bureau after a few days."""
    if stage.on.day > MIDDLE:
        return
    user = stage.pick(stage.staff(Level.机密))
    fitted = ("protected", "place_compliant", "wireless_removed", "domestic", "antivirus")
    number = stage.do(
        "registered",
        kind="computer",
        network="涉密",
        level="机密",
        name="新购涉密计算机",
        serial=f"NEW{stage.random.randint(10000, 99999)}",
        keeper=user.name,
        department=user.department,
        lock_minutes=5,
        tries_allowed=3,
        **dict.fromkeys(fitted, "是"),
    ).number
    stage.do("password_set", computer=number, length=12, classes=3)


def _scrap(stage: Stage) -> None:
    spare = [number for number in fit_for(stage, Level.秘密) if not stage.neglected(number)]
    stage.do(
        "disposed",
        carrier=stage.pick(spare),
        way="报废",
        filed_no=f"销备{stage.random.randint(1, 99)}",
        disk_to=BUREAU,
        treated="是",
        approvals=APPROVED,
    )


def _destroy(stage: Stage) -> None:
    media = [
        number
        for number in stage.shelved(Medium, Level.秘密)
        if isinstance(stage.register.carriers[number].custody, InCabinet)
    ]
    if media:
        witnesses = f"{stage.officer}、{stage.pick(stage.staff(Level.绝密)[1:]).name}"
        stage.do(
            "destroyed",
            carriers=stage.pick(media),
            witnesses=witnesses,
            method="送销毁",
            place=BUREAU,
            counted=1,
            cleared_up="是",
            approvals=APPROVED,
        )
