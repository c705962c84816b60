"""可否: may this go into that? Answered by asking the rules, and nothing is written."""

from typing import Final

from attrs import frozen

from ledger.carrier import Computer, Device, Medium, Notebook
from ledger.event import Circulated, Event, Plugged, Processed, Stored, Written
from ledger.finding import Finding
from ledger.mark import Level, Sensitivity
from ledger.number import CabinetNo, CarrierNo, PersonRef
from ledger.regulation import Citation
from ledger.room.room import Room
from ledger.rules import ALL
from ledger.text import quoted
from ledger.trouble import Misuse

__all__ = ["Answer", "NoQuestion", "may"]

PLAIN: Final = ("一般", "非密", "一般信息")
"""Words for information that is neither a state secret nor a work secret."""


class NoQuestion(Misuse, ValueError):
    """Two things of which one cannot go into the other at all; a Chinese sentence."""


@frozen
class Answer:
    """Whether it may, why not, and which articles were asked."""

    findings: tuple[Finding, ...]
    asked: tuple[Citation, ...]

    @property
    def allowed(self) -> bool:
        """Whether no article stands against it."""
        return not any(finding.force.binds for finding in self.findings)


def may(room: Room, what: str, into: str) -> Answer:
    """Whether one thing may go into another.

    ``what`` is a level (机密), 工作秘密, 内部 or 一般 for information, or the number of a carrier;
    ``into`` the number of a medium, computer, notebook or cabinet (``G-01/2`` for a
    compartment), or a person who would read it. Raises ``NoQuestion``.
    """
    room.refuse_outsiders()
    event = _event(room, what, into)
    proposal = room.propose(event)
    asked = (r.cites for r in ALL if type(event) in r.on and r.cites.regulation != "记账规则")
    return Answer(proposal.findings, tuple(dict.fromkeys(asked)))


def _event(room: Room, what: str, into: str) -> Event:
    register = room.register
    cabinet, _, compartment = into.partition("/")
    if cabinet in register.cabinets:
        return Stored(
            carriers=(_carrier(room, what),),
            cabinet=CabinetNo(cabinet),
            compartment=compartment,
        )
    target = register.carriers.get(into)
    if target is None and register.person(into) is not None:
        return Circulated(carrier=_carrier(room, what), reader=PersonRef(into), place="保密室")
    if target is None:
        raise NoQuestion(f"登记簿上没有{quoted(into)}：要写介质、计算机、保密本、柜或人员的编号")
    if what in register.carriers:
        plugs = isinstance(register.carriers[what].thing, (Medium, Computer, Device))
        if isinstance(target.thing, Computer) and plugs:
            return Plugged(item=_carrier(room, what), computer=target.number)
        return _information(target.number, target.thing, *_grade_of(room, what))
    return _information(target.number, target.thing, *_grade(what))


def _carrier(room: Room, number: str) -> CarrierNo:
    if number not in room.register.carriers:
        raise NoQuestion(f"登记簿上没有载体{quoted(number)}")
    return CarrierNo(number)


def _grade(word: str) -> tuple[Level | None, Sensitivity | None]:
    if word in Level.__members__:
        return Level[word], None
    for sensitivity in Sensitivity:
        if word == sensitivity.value:
            return None, sensitivity
    if word in PLAIN:
        return None, None
    raise NoQuestion(f"不认识{quoted(word)}：写载体编号，或绝密、机密、秘密、工作秘密、内部、一般")


def _grade_of(room: Room, number: str) -> tuple[Level | None, Sensitivity | None]:
    entry = room.register.carriers[number]
    return room.register.level_of(entry), entry.sensitive


def _information(
    number: CarrierNo,
    target: object,
    level: Level | None,
    sensitivity: Sensitivity | None,
) -> Event:
    if isinstance(target, Computer):
        return Processed(computer=number, level=level, sensitivity=sensitivity)
    if isinstance(target, (Medium, Notebook)):
        return Written(medium=number, level=level, sensitivity=sensitivity)
    raise NoQuestion(f"“{number}”不是能存放信息的介质、计算机或保密本")
