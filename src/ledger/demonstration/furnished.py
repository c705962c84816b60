"""A room with a year behind it: a made-up unit's whole book, its slips told one by one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from ledger.demonstration.year import Slip, Step, live
from ledger.level import Level
from ledger.packfile import load
from ledger.room import Room
from ledger.room.agenda import agenda
from ledger.room.room import now
from ledger.rules import ALL

__all__ = ["SEED", "furnish", "written"]

SEED: Final = 7
"""The seed a demonstration is made from, unless another is given."""
UNIT: Final = "示范局"
DAYS: Final = 365
Tell = Callable[[str], Any]


class _Hand:
    """The clock of a room that is being furnished: it stands where the year has come to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def furnish(
    folder: Path,
    tell: Tell,
    program: str = "baomi",
    *,
    seed: int = SEED,
    until: date | None = None,
    days: int = DAYS,
) -> None:
    """Make a room in an empty folder with the book of a year in it, and say what went wrong in it.

    The year, or other number of days, ends yesterday unless another last day is given. Raises ``NotARoom`` when the
    folder is in use.
    """
    last = until or now().date() - timedelta(days=1)
    steps = list(live(seed, load("jiangmen"), last - timedelta(days=days), last))
    tell(f"一、{UNIT}的一年：{steps[0].when.at.date()}至{last}，{len(steps)}笔，正在写入 {folder}")
    with written(folder, steps) as room:
        _describe(room, tell)
        _confess(steps, tell)
        _owe(room, tell)
    _close(folder, tell, program, last.year + 1)


def written(folder: Path, steps: list[Step]) -> Room:
    """A room in an empty folder with these steps in its book, still open, its clock at the last.

    Raises ``NotARoom`` when the folder is in use.
    """
    hand = _Hand(steps[0].when.at)
    room = Room.create(folder, unit=UNIT, level=Level.绝密, clock=hand)
    for group in _together(steps[1:]):
        hand.at = group[-1].when.at
        when = group[0].when
        room.record_all(
            [step.event for step in group], by=when.by, on=when.on, happened=when.happened
        )
    return room


def _together(steps: list[Step]) -> Iterator[list[Step]]:
    """The steps that can be written as one line: of one day, one hand and one kind."""

    def same(step: Step) -> tuple[Any, ...]:
        when = step.when
        return when.at.date(), when.by, when.on, when.happened

    return (list(group) for _, group in groupby(steps, same))


def _describe(room: Room, tell: Tell) -> None:
    register = room.register
    counts = {kind: len(numbers) for kind, numbers in register.kinds.items()}
    tell(
        f"二、现有：人员{len(register.people)}名，文稿{len(register.documents)}件，"
        f"介质{counts['medium']}个，计算机{counts['computer']}台，"
        f"会议{len(register.meetings)}次，检查{len(register.inspections)}次，"
        f"案件{len(register.cases)}件"
    )


def _confess(steps: list[Step], tell: Tell) -> None:
    rules = {rule.name: rule for rule in ALL}
    slips: list[tuple[Step, Slip]] = [(step, slip) for step in steps for slip in step.slips]
    tell(f"三、这一年有{len(slips)}处故意做错的，台账都指得出来：")
    for step, slip in slips:
        rule = rules[slip.rule]
        where = f"第{slip.act}笔" if slip.act else f"{slip.on}前核对"
        about = f"{slip.subject} " if slip.subject else ""
        tell(f"   {step.when.at.date()}  {where}  {about}{rule.force} {rule.gist}（{rule.cites}）")


def _owe(room: Room, tell: Tell) -> None:
    due = agenda(room, room.clock().date(), 30)
    tell(f"四、此刻应办：30天内{len(due)}项，最近的几项：")
    for duty in due[:5]:
        tell(f"   {duty.due}  {duty.task}（{duty.cites}）")


def _close(folder: Path, tell: Tell, program: str, year: int) -> None:
    tell("")
    tell("接下来可以：")
    for command, why in (
        ("today", "看今天要办的事"),
        (f"calendar {year}", "看全年到期事项"),
        ("report items", "看三十项自动填写的结果"),
        ("report check 业务一科", "看一个科的保密检查记录表"),
        ("report annual", "看年度报告数据"),
        ("check", "按规章核对整本台账"),
        ("manual 载体制度", "看台账怎样落实一个制度"),
    ):
        tell(f"  {why}：\n      {program} --room {folder} {command}")
