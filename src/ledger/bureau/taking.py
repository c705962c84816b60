"""接收报送: a unit's book is checked to its last line and filed, or refused in one sentence."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from attrs import frozen

from ledger.bureau.filing import UNITS, Filed, file_away, filed
from ledger.bureau.parcel import Parcel, claimed, line_of, opened
from ledger.bureau.refusal import RefusedHandIn
from ledger.event import HandInRefused, HandInTaken
from ledger.pack import InvalidPack
from ledger.register.exchanging import TAKEN
from ledger.review import Proposal
from ledger.room.room import Room
from ledger.store.backup import digest_of
from ledger.text import shown

__all__ = ["Receipt", "latest", "take"]

_MOST: Final = 200
"""Characters of what a refused file says that are kept."""


@frozen(kw_only=True)
class Receipt:
    """What became of a hand-in."""

    filed: Filed
    before: HandInTaken | None
    """What the room handed in last before this, if it did."""
    book_head: str
    """The head of the unit's own book, which its sheet has too."""
    proposal: Proposal | None
    """The act; ``None`` where this very hand-in had been taken already."""


def latest(room: Room, of: str) -> HandInTaken | None:
    """What a unit's room handed in last; ``None`` if it never did."""
    taken = room.register.rounds.get(f"{TAKEN}/{of}")
    event = None if taken is None else room.acts[taken.act - 1].event
    return event if isinstance(event, HandInTaken) else None


def take(
    room: Room,
    file: Path,
    *,
    by: str = "保密员",
    renamed: bool = False,
    another: bool = False,
    thorough: bool = True,
) -> Receipt:
    """Check a hand-in, record its receipt in the bureau's own room, and file it under the unit.

    ``renamed`` says that a room under another unit's name is the same one; ``another`` that the
    unit has one more room. ``thorough`` works the registers of a whole book out anew from its acts,
    since the questions read them. Raises ``RefusedHandIn``; then nothing has changed but that the
    bureau's own book has what was refused and why.
    """
    units = room.folder / UNITS
    units.mkdir(mode=0o700, exist_ok=True)
    staging = Path(mkdtemp(prefix=".taking-", dir=units))
    try:
        with _told(room, file, by):
            parcel = opened(file, staging / "in", room.clock, thorough=thorough)
            before = latest(room, parcel.room)
            _against_others(room, parcel, before, renamed=renamed, another=another)
            again = before is not None and _goes_on(parcel, before)
            event = _event(room, parcel, file, renamed=renamed and before is not None)
            now = _filed(room, parcel, event)
        proposal = None if again else room.record(event, by=by)
        kept = next((each for each in filed(room.folder) if each.room == parcel.room), None)
        if not again or kept is None or kept.head != now.head:
            file_away(room.folder, now, parcel.folder)
        return Receipt(filed=now, before=before, book_head=parcel.book_head, proposal=proposal)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _told(room: Room, file: Path, by: str) -> Iterator[None]:
    """Write into the bureau's book what is refused in the block, if there is a file at all."""
    try:
        yield
    except RefusedHandIn as refusal:
        if file.is_file():
            event = HandInRefused(
                file=_plain(file.name),
                digest=digest_of(file, room.book.owner.hash),
                reason=_plain(str(refusal)),
                unit=_plain(claimed(file)),
            )
            refusal.act = room.record(event, by=by).act.n
        raise


def _plain(text: str) -> str:
    """What a stranger wrote, as the book takes it."""
    return shown(text).replace("[/", "［/")[:_MOST].strip()


def _filed(room: Room, parcel: Parcel, event: HandInTaken) -> Filed:
    try:
        made = parcel.manifest.made
        return Filed.of(event, parcel.folder, on=room.clock().date(), made=made)
    except InvalidPack as error:
        raise RefusedHandIn(f"{event.unit}的规章包读不通，没有接收：{error}") from error


def _against_others(
    room: Room, parcel: Parcel, before: HandInTaken | None, *, renamed: bool, another: bool
) -> None:
    """Refuse another unit's room, and a unit that comes with a room of which nothing is known."""
    unit = parcel.manifest.unit
    if before is not None and before.unit != unit and not renamed:
        raise RefusedHandIn(
            f"这个台账上次是{before.unit}报送的，这次写的是{unit}，没有接收；"
            "确是同一单位更名的，加 --renamed"
        )
    if before is None and not another:
        for key in room.register.rounds:
            kind, _, other = str(key).partition("/")
            known = latest(room, other) if kind == TAKEN else None
            if known is not None and known.unit == unit:
                raise RefusedHandIn(
                    f"{unit}已报送过另一个台账（识别号{known.room}），这次的识别号是{parcel.room}，"
                    "没有接收；单位确有几个保密室的，加 --another；重新建账的，先查明原因"
                )


def _goes_on(parcel: Parcel, before: HandInTaken) -> bool:
    """Whether it is the very hand-in that was taken last; raises if it does not go on from that."""
    unit, lines = parcel.manifest.unit, parcel.manifest.line
    if lines < before.lines:
        raise RefusedHandIn(
            f"{unit}这份是旧的：只到第{lines}行，上次已收到第{before.lines}行，没有接收"
        )
    then = line_of(parcel.folder / "journal", before.lines)
    if str(then.get("of", then["h"])) != before.book_head:
        raise RefusedHandIn(
            f"{unit}的账本在上次报送之前的内容被改动过：第{before.lines}行与{before.file}不同，没有接收"
        )
    return lines == before.lines and parcel.manifest.head == before.head


def _event(room: Room, parcel: Parcel, file: Path, *, renamed: bool) -> HandInTaken:
    manifest = parcel.manifest
    return HandInTaken(
        unit=manifest.unit,
        room=parcel.room,
        file=_plain(file.name),
        digest=digest_of(file, room.book.owner.hash),
        lines=manifest.line,
        head=manifest.head,
        book_head=parcel.book_head,
        concealed=manifest.concealed,
        renamed=renamed,
    )
