"""核验: whether the book is as it was written, and the registers agree with it."""

from typing import Any

from attrs import frozen

from ledger.act import Act
from ledger.event import Opened
from ledger.register.fold import replay
from ledger.register.record import Change
from ledger.register.register import EMPTY, Register
from ledger.room.room import Room, acts_of
from ledger.store.digest import digest
from ledger.store.journal import Journal, TamperedBook
from ledger.store.snapshot import Snapshot, changed, registers

__all__ = ["Verification", "verify"]


@frozen(kw_only=True)
class Verification:
    """How far the book was read, the head of its chain, and everything that is wrong."""

    lines: int
    acts: int
    head: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(room: Room) -> Verification:
    """Read the book again from its first line and work everything out anew."""
    journal = Journal.at(room.folder / "journal", digest(room.settings.hash))
    acts: list[Act] = []
    written: list[tuple[str, int, Any]] = []
    faults: list[str] = []
    lines = 0
    try:
        for line in journal.new_lines():
            lines += 1
            new = acts_of(line)
            acts += new
            if new:
                place = f"journal/{line.file} 第{line.number}行"
                written.append((place, new[-1].n, line.data["records"]))
    except TamperedBook as fault:
        faults.append(str(fault))
    if journal.torn:
        faults.append("账本最后一行没有写完（断电或被截断），下次记账时会另存并注明")
    register, differing = _refold(acts, written)
    faults += differing
    faults += _settings(room, acts)
    faults += _snapshot(room, register, journal.head)
    return Verification(lines=lines, acts=len(acts), head=journal.head, faults=tuple(faults))


def _refold(acts: list[Act], written: list[tuple[str, int, Any]]) -> tuple[Register, list[str]]:
    """The register the acts add up to, and the lines whose records say otherwise."""
    faults, since, lines, register = [], list[Change](), iter(written), EMPTY
    place, last, records = next(lines, ("", 0, []))
    for act, _, after, changes in replay(acts):
        register = after
        since += changes
        if act.n == last:
            if changed(since) != records:
                faults.append(f"账本 {place}所附的登记与流水推算的不一致")
            since = []
            place, last, records = next(lines, ("", 0, []))
    return register, faults


def _settings(room: Room, acts: list[Act]) -> list[str]:
    opened = acts[0].event if acts else None
    if not isinstance(opened, Opened):
        return ["账本的第一笔不是开账"]
    pairs = (
        ("单位", opened.unit, room.settings.unit),
        ("密级", opened.level, room.settings.level),
        ("编号格式", opened.numbering, room.settings.numbering),
    )
    return [f"room.toml的{name}与开账时不同" for name, was, now in pairs if was != now]


def _snapshot(room: Room, register: Register, head: str) -> list[str]:
    path = room.folder / "room.json"
    if not path.exists():
        return []
    try:
        snapshot = Snapshot(path)
        if snapshot.head() != head:
            return []
        stored = snapshot.db.storage.read() or {}
    except (ValueError, AttributeError, TypeError, KeyError):
        return ["room.json不是完整的登记文件，可以删去，下次记账时重新生成"]
    expected = registers(register)
    return [
        f"room.json的{name}与账本推算的不一致，可以删去，下次记账时重新生成"
        for name in sorted({*expected, *stored} - {"book"})
        if expected.get(name) != stored.get(name)
    ]
