"""清点: a count begun, gone on with after a crash, checked by a second person, and closed.

Every read is on disk when the answer is shown; the book hears of a count only when each
difference has a decision, and then of all of it at once.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from types import TracebackType
from typing import Any, Final, Self

from attrs import frozen

from ledger.counting.listing import list_of
from ledger.counting.session import Choice, Decided, Read, Round, Session, Spot
from ledger.counting.settling import acts_of, trouble
from ledger.counting.tally import Row, Standing, row_of, rows
from ledger.review import Proposal
from ledger.room.countfile import (
    BadCount,
    CountFile,
    Tell,
    UnknownCount,
    paths,
    silent,
    telling,
)
from ledger.room.countfolder import count_file, counts, known, latest
from ledger.room.hearing import meaning
from ledger.room.room import Room
from ledger.store.lock import Lock, Locked
from ledger.text import clean, quoted
from ledger.trouble import Inadmissible

__all__ = [
    "BadCount",
    "Choice",
    "Counting",
    "Heard",
    "NoCount",
    "Round",
    "Row",
    "Session",
    "Spot",
    "Standing",
    "begin",
    "counts",
    "latest",
    "resume",
]

_TOLD: Final = 3
"""How many differences are named when there are more."""


class NoCount(Inadmissible, ValueError):
    """A step that a count cannot take now; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Heard:
    """What became of one scan or one typed number: a place, a read, or neither."""

    said: str
    """What to show, in a few Chinese words."""
    spot: Spot | None = None
    """Where the counter is now, if it was a place."""
    row: Row | None = None
    """How the number stands now; ``None`` for a place, and while the count is blind."""
    read: Read | None = None
    again: bool = False
    """Whether this round had it already."""


def begin(room: Room, scope: str = "", *, by: str = "", tell: Tell = silent) -> "Counting":
    """Freeze the list and begin to count the whole room or one cabinet.

    Raises ``NoCount`` for a cabinet there is not, or while that place is being counted.
    """
    going = [each for each in latest(room) if each.open and each.listed.scope == scope]
    if going:
        said = f"{going[-1].listed.place}正在清点（{going[-1].id}），先继续它，或作罢"
        raise NoCount(said)
    if scope and scope not in room.register.cabinets:
        raise NoCount(f"没有登记{quoted(scope)}这个柜")
    listed = list_of(room.register, room.clock(), scope, tell)
    if not listed.lines:
        raise NoCount(f"{listed.place}账上没有东西，不用清点")
    day = listed.moment.date().isoformat()
    taken = {path.stem for path in paths(room.folder)}
    id_ = next(f"{day}-{n}" for n in range(1, 1000) if f"{day}-{n}" not in taken)
    file = count_file(room, id_)
    return Counting(room, file, file.begin(id_, listed, by or room.by))


def resume(room: Room, id_: str = "", *, tell: Tell = silent) -> "Counting":
    """Go on with a count, the last open one if none is named; raises ``BadCount`` or ``Locked``."""
    if not id_:
        going = [each.id for each in counts(room) if each.open]
        if not going:
            raise UnknownCount("没有正在进行的清点，用 baomi count start 开始")
        id_ = going[-1]
    if not all(part.isdecimal() for part in id_.split("-")):
        raise UnknownCount(f"没有{quoted(id_)}这次清点")
    file = count_file(room, id_)
    return Counting(room, file, known(room, file, tell))


class Counting:
    """A count that is gone on with at this terminal and at no other.

    ``session`` is how far it has come. Every method that changes it raises ``NoCount`` for a step
    that cannot be taken, and ``OSError`` when the disk would not take it; then nothing is changed.
    """

    def __init__(self, room: Room, file: CountFile, session: Session) -> None:
        self.room, self.session, self._file = room, session, file
        holder = f"{room.by}，{room.clock()}起"
        self._lock = Lock(file.path.with_suffix(".lock"), lambda: holder, patience=0)
        try:
            self._lock.__enter__()
        except Locked:
            said = "正在另一个终端上进行，请到那里继续或退出"
            raise Locked(f"清点{session.id}{said}") from None
        if file.grown:
            self.session = file.session()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Let another terminal go on with it."""
        self._lock.__exit__()
        self._lock.close()

    def within(self, room: Room) -> Self:
        """The same count, kept by the same lock, in another opening of the room."""
        other = copy(self)
        other.room = room
        return other

    def _step(self, said: Mapping[str, Any]) -> None:
        if not self.session.open:
            raise NoCount(f"清点{self.session.id}已经结束")
        self._file.add(said)
        self.session = self._file.follow(self.session, said)

    def hear(self, text: str, *, by: str = "") -> Heard:
        """Take in a scanned code, a number or a place, typed or scanned."""
        meant = meaning(self.room, text)
        if meant.spot is not None:
            return self.go(meant.spot)
        if meant.aside:
            return Heard(said=meant.aside)
        return self._took(meant.number, meant.text, meant.said, by or self.session.counter)

    def _took(self, number: str, text: str, said: str, by: str) -> Heard:
        subject = number or text
        again = bool(self.session.of_round(subject, self.session.round))
        at = self.room.clock().isoformat()
        line = {"read": number, "text": subject, "by": by, "at": at}
        self._step(line | ({"said": said} if said else {}))
        row = row_of(self.session, self.room.register, subject)
        word = (
            "重复，这一遍已读过" if again else "已读" if self.session.blind else str(row.standing)
        )
        told = "；".join(filter(None, (f"{subject} {word}", said)))
        shown = None if self.session.blind else row
        return Heard(said=told, row=shown, read=row.reads[-1], again=again)

    def go(self, spot: Spot) -> Heard:
        """Count at another place from now on."""
        scope, cabinet = self.session.listed.scope, self.room.register.cabinets.get(spot.cabinet)
        if scope and spot.cabinet != scope:
            raise NoCount(f"这次只清点{scope}柜，{spot}不在其中")
        if spot.cabinet and cabinet is None:
            raise NoCount(f"没有登记{quoted(spot.cabinet)}这个柜")
        names = [part.name for part in cabinet.compartments] if cabinet else []
        if spot.compartment and spot.compartment not in names:
            had = f"有：{'、'.join(names)}" if names else "没有分格"
            raise NoCount(f"{spot.cabinet}柜没有“{spot.compartment}”格，{had}")
        self._step({"place": [spot.cabinet, spot.compartment]})
        return Heard(said=f"现在清点：{spot}", spot=spot)

    def second(self, by: str) -> None:
        """Begin the second count, by another person who sees nothing of the first."""
        if self.session.round is not Round.FIRST:
            raise NoCount("复点已经开始过")
        if not by.strip():
            raise NoCount("要写明复点人")
        if self._who(by) == self._who(self.session.counters[0]):
            raise NoCount("复点要由另一个人做")
        self._step({"round": int(Round.SECOND), "by": clean(by)})

    def _who(self, name: str) -> str:
        person = self.room.register.person(name)
        return name.strip() if person is None else person.number

    def stop(self) -> None:
        """End the counting; what is read from now on settles disputes."""
        if self.session.round is not Round.CHECK:
            self._step({"round": int(Round.CHECK), "by": self.session.counter})

    def check(self) -> tuple[Row, ...]:
        """End the counting and look at the differences."""
        self.stop()
        return self.tally()

    def row(self, subject: str) -> Row:
        """How one number stands now."""
        return row_of(self.session, self.room.register, subject)

    def rows(self) -> Iterator[Row]:
        """The rows of the tally one after the other; raises ``NoCount`` while the count is blind."""
        if self.session.blind:
            raise NoCount("复点没有结束，还不能看结果")
        return rows(self.session, self.room.register)

    def tally(self) -> tuple[Row, ...]:
        """How every number stands; raises ``NoCount`` while the count is blind."""
        return tuple(self.rows())

    def settle(
        self, subject: str, choice: Choice, *, note: str = "", to: Spot | None = None, by: str = ""
    ) -> Row:
        """Decide about one difference; nothing in the book changes yet."""
        if self.session.round is not Round.CHECK:
            raise NoCount("先点完，核对差异时再决定")
        row = row_of(self.session, self.room.register, subject)
        if not row.n and not row.reads:
            raise NoCount(f"这次清点里没有{quoted(subject)}")
        decided = Decided(
            subject=subject,
            choice=choice,
            note=clean(note),
            spot=to,
            by=by or self.room.by,
            at=self.room.clock(),
        )
        if why := trouble(row, decided, self.room.register):
            raise NoCount(why)
        self._step(
            {"settle": subject, "choice": str(choice), "by": decided.by}
            | {"at": decided.at.isoformat()}
            | ({"note": decided.note} if decided.note else {})
            | ({"to": [to.cabinet, to.compartment]} if to else {})
        )
        return row_of(self.session, self.room.register, subject)

    def close(
        self, *, clearance: bool = False, by: str = "", tell: Tell = silent
    ) -> tuple[Proposal, ...]:
        """Write the count and what was decided into the book, all at once.

        Raises ``NoCount`` while a difference has no decision, and what ``Room.record`` raises.
        """
        if self.session.round is not Round.CHECK:
            raise NoCount("先核对差异，再结束清点")

        def judged() -> tuple[Proposal, ...]:
            every = telling(self.rows(), len(self.session.lines), tell)
            found = tuple(every)
            waiting = [row for row in found if row.waits]
            if waiting:
                first = "、".join(f"{row.subject}（{row.standing}）" for row in waiting[:_TOLD])
                raise NoCount(
                    f"还有{len(waiting)}处差异没有决定：{first}{'等' * (len(waiting) > _TOLD)}"
                )
            # On disk before the book has it: afterwards the register no longer says how it was.
            self._step({"result": [[r.subject, str(r.standing), r.expected] for r in found]})
            events = tuple(acts_of(self.session, found, clearance=clearance))
            why = {"happened": f"清点时发现（{self.session.id}）"} if len(events) > 1 else {}
            return self.room.propose_all(events, by=by or self.room.by, **why)

        done = self.room.record_judged(judged, by=by or self.room.by)
        self._step({"closed": done[-1].act.n})
        return done

    def abandon(self, reason: str) -> None:
        """Give the count up; what was read stays in its file."""
        if not reason.strip():
            raise NoCount("要写明为什么作罢")
        self._step({"abandoned": clean(reason)})
