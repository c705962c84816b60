"""A made-up city: many units with a year behind them, what is wrong in some of them, and their bureau.

A few units live a year each; the others are given those years under their own names, chained anew.
Then something is done wrong in every unit but each second, and everything is handed in and taken.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import orjson
from attrs import evolve, frozen

from ledger.bureau.refusal import RefusedHandIn
from ledger.bureau.taking import take
from ledger.carrier import Medium, Paper
from ledger.demonstration.furnished import written
from ledger.demonstration.year import Step, live
from ledger.event import Counted
from ledger.event.inspection import InspectionHeld
from ledger.exchange.script import read_act
from ledger.level import Level
from ledger.packfile import load
from ledger.place import InCabinet
from ledger.room import Room
from ledger.room.handing import hand_in
from ledger.store.backup import MANIFEST
from ledger.store.digest import digest, running
from ledger.store.line import GENESIS, seal
from ledger.store.settings import SETTINGS, Settings

__all__ = ["BUREAU", "Planted", "city", "handed_in", "tampered"]

BUREAU: Final = "示范市保密局"
_DAYS: Final = 365
_UNCOUNTED: Final = 45
"""For so many days before the last a forgetful unit does not count."""
_UNCHECKED: Final = 120
"""For so many days before the last it neither clears nor checks itself."""
Tell = Callable[[str], Any]


@frozen(kw_only=True)
class Planted:
    """What was done wrong in a unit of the city, and which question has to find it."""

    unit: str
    question: str
    number: str = ""
    """The number of what it was done with, or of the case it opened; the duty; what became of a mark."""


def city(
    folder: Path, units: int, tell: Tell, *, on: date, days: int = _DAYS, lives: int = 4
) -> tuple[Planted, ...]:
    """Make the bureau's room in an empty folder with the books of so many units taken in.

    The day they are handed in is ``on``. Raises ``NotARoom`` when the folder is in use.
    """
    planted: list[Planted] = []
    moment = datetime.combine(on, time(9))
    with Room.create(folder, unit=BUREAU, level=Level.绝密, clock=lambda: moment) as bureau:
        for file, facts in handed_in(folder / ".city", units, on=on, days=days, lives=lives):
            planted += facts
            try:
                done = take(bureau, file, thorough=False)
                tell(f"{done.filed.unit}：{done.filed.lines}行，已接收")
            except RefusedHandIn as error:
                tell(f"{error}")
    shutil.rmtree(folder / ".city", ignore_errors=True)
    return tuple(planted)


def handed_in(
    folder: Path, units: int, *, on: date, days: int = _DAYS, lives: int = 4
) -> Iterator[tuple[Path, list[Planted]]]:
    """The hand-in of one unit after another, and what is wrong in it; the last is tampered with."""
    folder.mkdir(parents=True)
    lived = [_lived(folder / f"life-{n}", n, on, days) for n in range(min(lives, units))]
    forgetful = _lived(folder / "forgetful", lives, on, days, forgetful=True)
    for n in range(units):
        unit, room = f"示范{n + 1:03d}局", folder / f"room-{n}"
        wrong = _WRONG[n // 2 % len(_WRONG)] if n % 2 else None
        _renamed(forgetful if wrong is _forgot else lived[n % len(lived)], room, unit, n)
        at = datetime.combine(on, time(8))
        with Room.open(room, clock=lambda at=at: at) as opened:  # type: ignore[misc]
            facts = [] if wrong is None else wrong(opened, unit, on)
            file = folder / f"{unit}.baomi"
            hand_in(opened, file)
        shutil.rmtree(room)
        if n == units - 1:
            facts = [Planted(unit=unit, question="tampered", number=str(tampered(file)))]
        yield file, facts
        file.unlink()


def _lived(folder: Path, seed: int, on: date, days: int, *, forgetful: bool = False) -> Path:
    """A room in which a unit has lived lawfully until the day before, or has forgotten its duties."""
    last = on - timedelta(days=1)
    steps = live(seed, load("jiangmen"), last - timedelta(days=days), last, careless=False)
    written(folder, list(_remembered(steps, last) if forgetful else steps)).close()
    return folder


def _remembered(steps: Iterable[Step], last: date) -> Iterator[Step]:
    """What a forgetful unit does: no more counts or clearances, and its media looked at for itself."""
    for step in steps:
        ago = (last - step.when.at.date()).days
        match step.event:
            case Counted(clearance=clearance) if ago < (_UNCHECKED if clearance else _UNCOUNTED):
                continue
            case InspectionHeld(scope="自查") if ago < _UNCHECKED:
                yield evolve(step, event=evolve(step.event, scope="介质"))
            case _:
                yield step


def _renamed(life: Path, folder: Path, unit: str, n: int) -> None:
    """A room with the same year under another unit's name, chained anew."""
    (folder / "journal").mkdir(parents=True)
    settings = Settings.read(life / SETTINGS)
    room, of, head = f"{n + 1:016x}", digest(settings.hash), GENESIS
    for path in sorted((life / "journal").glob("*.jsonl")):
        lines = []
        for raw in path.read_bytes().splitlines():
            data = {k: v for k, v in orjson.loads(raw).items() if k not in ("crc", "h")}
            if "baomi" in data:
                data |= {"room": room, "unit": unit, "prev": head}
            for act in data.get("acts", ()):
                act.update({"unit": unit} if act["act"] == "opened" else {})
            for table, _, page in data.get("records", ()):
                page.update({"unit": unit} if table == "opening" else {})
            sealed, head = seal(data, head, of)
            lines.append(sealed)
        (folder / "journal" / path.name).write_bytes(b"".join(lines))
    text = (life / SETTINGS).read_text("utf-8")
    text = text.replace(f'"{settings.unit}"', f'"{unit}"').replace(settings.room, room)
    (folder / SETTINGS).write_text(text, "utf-8")
    shutil.copy(life / "room.key", folder / "room.key")


def _do(room: Room, on: date, **raw: Any) -> Any:
    event = read_act(raw, room.register).event
    return room.record(event, on=on, happened="检查前补记", by="王敏")


def _locked_away(room: Room, kind: type, level: Level) -> str:
    """The first carrier of a kind and level that lies in a cabinet."""
    register = room.register
    for number in register.in_keeping():
        entry = register.carriers[number]
        locked = isinstance(entry.thing, kind) and isinstance(entry.custody, InCabinet)
        if locked and register.level_of(entry) is level:
            return str(number)
    raise LookupError(kind, level)


def _forgot(_room: Room, unit: str, _on: date) -> list[Planted]:
    """The papers were not counted for weeks, not cleared and the departments not checked for months."""
    forgotten = ("清点", "核查清退", "部门自查")
    return [Planted(unit=unit, question="late", number=duty) for duty in forgotten]


def _kept(room: Room, unit: str, on: date) -> list[Planted]:
    """A 绝密 paper that was lent has not come back."""
    number = _locked_away(room, Paper, Level.绝密)
    document = room.register.document_of(number)
    reader = min(document.circle.members) if document and document.circle else "李国强"
    lent = {"to": reader, "due": str(on - timedelta(days=10)), "approvals": "主管领导:李国强"}
    _do(room, on - timedelta(days=20), act="lent", carrier=number, **lent)
    return [Planted(unit=unit, question="out", number=number)]


def _quiet(room: Room, unit: str, on: date) -> list[Planted]:
    """A paper was lost, and nobody has been told."""
    number = _locked_away(room, Paper, Level.机密)
    done = _do(room, on - timedelta(days=5), act="lost", carrier=number, circumstances="不见了")
    case = next(change.key for change in done.changes if change.table == "cases")
    return [Planted(unit=unit, question="incidents", number=case)]


def _overfilled(room: Room, unit: str, on: date) -> list[Planted]:
    """机密 was stored on a medium for 秘密."""
    number = _locked_away(room, Medium, Level.秘密)
    _do(room, on - timedelta(days=2), act="written", medium=number, level="机密")
    return [Planted(unit=unit, question="breaches", number=number)]


def _running_out(room: Room, unit: str, on: date) -> list[Planted]:
    """A mark runs out in a few days; of two others like it one was changed and one taken away."""
    number, changed, open_ = (_received(room, on, title) for title in ("通知", "函", "简报"))
    notice = {"issuer": "示范省厅", "notice_no": "示发1号"}
    later = f"秘密★{_day(on + timedelta(days=900))}"
    _do(room, on, act="regraded", document=changed, mark=later, **notice)
    _do(room, on, act="declassified", document=open_, **notice)
    facts = (("expiries", number), ("regrades", "变更"), ("regrades", "解密"))
    return [Planted(unit=unit, question=question, number=what) for question, what in facts]


def _received(room: Room, on: date, title: str) -> str:
    """The number of a document that came in with a mark that will soon run out."""
    done = _do(
        room,
        on - timedelta(days=1),
        act="received",
        sender="示范省厅",
        issuer="示范省厅",
        title=f"临时{title}",
        copies=1,
        channel="机要交通",
        issued_on=str(on - timedelta(days=20)),
        mark=f"秘密★{_day(on + timedelta(days=3))}",
    )
    return str(next(change.key for change in done.changes if change.table == "documents"))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_WRONG: Final = (_forgot, _kept, _quiet, _overfilled, _running_out)


def tampered(file: Path) -> int:
    """Change one figure in the middle of the book in a hand-in, and all digests of the file.

    The line of the year's file in which it is.
    """
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = orjson.loads(members.pop(MANIFEST))
    name = max(name for name in members if name.startswith("journal/"))
    lines = members[name].splitlines(keepends=True)
    at = next(n for n in range(len(lines) // 2, len(lines)) if b'"by":"' in lines[n])
    lines[at] = lines[at].replace(b'"on":"20', b'"on":"19', 1)
    members[name] = b"".join(lines)
    for each in manifest["files"]:
        state = running(manifest["hash"])
        state.update(members[each["name"]])
        each["digest"] = state.hexdigest()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, content in (members | {MANIFEST: orjson.dumps(manifest)}).items():
            packed.writestr(each, content)
    return at + 1
