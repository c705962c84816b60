"""A room: a folder, the book in it, and the register its acts add up to."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ledger import packfile
from ledger.act import Circumstances
from ledger.event import Event, Opened, Voided
from ledger.finding import Finding
from ledger.mark import Level
from ledger.register.balance import Balance
from ledger.register.fold import fold
from ledger.register.register import Register
from ledger.review import Proposal, Refused, check, propose
from ledger.room.acts import Acts, said_of
from ledger.room.founding import founding, missing
from ledger.room.past import Past
from ledger.room.rebuilding import rebuild
from ledger.room.session import NOBODY, Session
from ledger.room.terminal import terminal
from ledger.sight import Sight, sight_of
from ledger.store import chain
from ledger.store.book import Book
from ledger.store.cipher import Codec, stored
from ledger.store.database import LedgerDB
from ledger.store.lock import Lock
from ledger.store.part import Part
from ledger.store.place import Owner
from ledger.store.privacy import Exposed, exposure
from ledger.store.reader import register_of
from ledger.store.registers import FIELDS, codec_of, opening_of, pages_of, placed
from ledger.store.settings import SETTINGS, Settings
from ledger.store.share import network_share, refuse_share
from ledger.text import legible

__all__ = ["Room"]

_ACTS_A_LINE: Final = 20
Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment, to the second."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the wall clock of the room


class Room:
    """An open room. Reading never changes a file; every act is on disk when ``record`` returns.

    ``acts`` are the lines of the book in order, ``register`` what they add up to, ``pack`` the
    unit's rules.
    """

    def __init__(
        self, folder: Path, settings: Settings, clock: Clock = now, *, afresh: bool = False
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.by = "保密员"
        self.session: Session | None = None
        """Who is signed in here; only ``ledger.room.signing_in`` sets it."""
        self.share = network_share(folder)
        self.pack = packfile.load(settings.pack, folder)
        owner = Owner(settings.room, settings.unit, settings.hash)
        self.looked_over = chain.look_over(folder / "journal", settings.hash)
        """Whether the book was checked from its first line when it was opened."""
        lock = Lock(folder / "room.lock", self._holder)
        self.book = Book(folder, fields=FIELDS, owner=owner, lock=lock, afresh=afresh)
        self.acts = Acts(self.book)
        self.past = Past(self.book, self.acts)
        self._terminal, self._written = terminal(), False
        self.follow()
        if self.register.guarded and (loose := exposure(folder)):
            raise Exposed(loose)

    @classmethod
    def create(
        cls,
        folder: str | Path,
        *,
        unit: str,
        level: Level = Level.机密,
        pack: str = "jiangmen",
        clock: Clock = now,
    ) -> Self:
        """Make a room in a new or empty folder, and open its book; raises ``NotARoom``."""
        settings = Settings(unit=unit, level=level, pack=pack, room=secrets.token_hex(8))
        opened = Opened(unit=unit, level=level, pack=pack, numbering=settings.numbering)
        with founding(Path(folder), settings) as path:
            room = cls(path, settings, clock)
            room.record(opened)
        return room

    @classmethod
    def open(cls, folder: str | Path, clock: Clock = now, *, afresh: bool = False) -> Self:
        """Open the room in a folder: its registers as they were last written, and the lines since.

        A small book is checked from its first line; of a large one the rest is left to ``Audit``.
        ``afresh`` takes the registers from the book whatever is written beside it. Raises ``NotARoom`` when there is none, ``TamperedBook`` when one of those lines does not
        follow from the one before, ``InvalidSettings`` or ``InvalidPack`` when those do not read.
        """
        path = Path(folder)
        if not (path / SETTINGS).is_file():
            raise missing(path)
        return cls(path, Settings.read(path / SETTINGS), clock, afresh=afresh)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Write the registers anew if enough was recorded, and let go of the files."""
        if self._written and self.book.due:
            with self.book.writing():
                self.book.compact()
        self.book.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What an officer should know about the folder that is no fault of the book."""
        shared = (f"台账在网络共享（{self.share}）上，只能看，不能记",) if self.share else ()
        return (*self.book.notices, *shared)

    @cached_property
    def tables(self) -> LedgerDB:
        """The registers as a TinyDB database, as they stand."""
        return LedgerDB(self.book)

    @property
    def head(self) -> str:
        """The digest at the end of the book."""
        return self.book.journal.place.head

    def _holder(self) -> str:
        return f"{self.by}，{self.clock()}起，{self._terminal}"

    def follow(self) -> None:
        """Let the register be what the book says, if others have written or nothing was read."""
        self.book.codec = codec_of(self.book.state, self.book.codec)
        if self.book.earlier:
            self.register: Register = fold(self.acts)
        else:
            self.register = register_of(self.book.state, self.book.last, self.book.codec)
        self._place = self.book.journal.place

    def read_as(self, codec: Codec) -> None:
        """Let content be stored and read so from now on."""
        if codec is not self.book.codec:
            self.book.codec = codec
            self.follow()

    def refresh(self) -> bool:
        """Take in what other terminals have written; whether there was anything."""
        self.book.refresh()
        if self.book.blanks:
            self.book.open()
        behind = self.book.journal.place != self._place
        if behind:
            self.follow()
        return behind

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the room's lock, with all that others have written in the register."""
        refuse_share(self.share)
        with self.book.lock:
            self._catch_up()
            yield

    def _catch_up(self) -> None:
        """Finish what was left unfinished, and take in what others have written."""
        self.book.catch_up()
        if self.book.blanks:
            self.book.finish_blanking()
        if self.book.earlier:
            rebuild(self.book, self.acts, self.clock().year)
        if self.book.journal.place != self._place:
            self.follow()

    def circumstances(self, **told: Any) -> Circumstances:
        """How an act is written now: where there are operators, by whoever is signed in."""
        if self.register.guarded:
            who, told["importing"] = self.session, ""
            told |= {"by": who.by if who else NOBODY, "session": who.n if who else 0}
        return Circumstances(at=self.clock(), **told)

    def propose(self, event: Event, **circumstances: Any) -> Proposal:
        """What the rules say of an event, and what it would change; nothing is written.

        Takes the fields of ``Circumstances`` as keywords; the moment is the room's own clock's.
        """
        return self.propose_all((event,), **circumstances)[0]

    def propose_all(self, events: Iterable[Event], **circumstances: Any) -> tuple[Proposal, ...]:
        """What the rules say of each event after those before it that were not refused."""
        register, judged = self.register, []
        when = self.circumstances(**circumstances)
        saw = len(self.acts) if when.saw is None else max(when.saw, 0)
        meanwhile = tuple(self.acts[saw:])
        for event in events:
            undoing = self.past.changes_of(event.voids) if isinstance(event, Voided) else ()
            proposal = propose(
                event,
                register=register,
                pack=self.pack,
                circumstances=when,
                undoing=undoing,
                meanwhile=meanwhile,
            )
            register = proposal.register
            judged.append(proposal)
        return tuple(judged)

    def record(self, event: Event, **circumstances: Any) -> Proposal:
        """Write one act, and come back when it is on disk.

        Takes what ``propose`` takes. Raises ``Refused`` with every finding, ``Locked`` when
        another terminal is writing, ``Unwritten`` when the disk would not take it.
        """
        return self.record_all((event,), **circumstances)[0]

    def record_all(self, events: Iterable[Event], **circumstances: Any) -> tuple[Proposal, ...]:
        """Write all the events together, or none of them; raises as ``record``."""
        return self.record_judged(
            lambda: self.propose_all(events, **circumstances), **circumstances
        )

    def record_judged(
        self, judge: Callable[[], tuple[Proposal, ...]], *, by: str = "", **_: Any
    ) -> tuple[Proposal, ...]:
        """Write what is judged while nobody else can write, or none of it; raises as ``record``."""
        self.by = self.session.by if self.session else legible(by or self.by)
        with self.writing():
            judged = judge()
            against = tuple(f for p in judged if p.refused for f in p.findings)
            if against:
                raise Refused(against)
            if judged:
                self.write(judged)
        return judged

    def write(self, judged: tuple[Proposal, ...], besides: Mapping[str, Any] | None = None) -> None:
        """Write acts that were judged on the register as it is, to be called while ``writing``.

        ``besides`` is what their first line says more.
        """
        register, state, codec = judged[-1].register, self.book.state, self.book.codec
        parts = []
        for first in range(0, len(judged), _ACTS_A_LINE):
            some = judged[first : first + _ACTS_A_LINE]
            pages = list(pages_of(change for proposal in some for change in proposal.changes))
            if isinstance(some[0].act.event, Opened):
                pages.append(opening_of(register))
            changes = [stored(each, codec) for each in placed(pages, register, state)]
            state = state.with_(changes)
            said = said_of(some, codec) | dict({} if first else besides or {})
            parts.append(Part.of(changes, said))
        self.book.commit(parts, judged[0].act.at.year, state)
        self.register, self._place = register, self.book.journal.place
        self._written = True

    @property
    def sight(self) -> Sight:
        """What whoever is signed in here may read, where there are operators."""
        name = self.session.by if self.session else ""
        return sight_of(self.register, name, self.clock().date())

    def refuse_outsiders(self, *, whole: bool = False) -> None:
        """Raise ``NotShown`` unless the officer is signed in, for the ``whole`` one who may see all."""
        if self.register.guarded:
            self.sight.refuse_outsiders(self.register.level if whole else None)

    def check(self, on: date | None = None) -> tuple[Finding, ...]:
        """What the rules say of the whole register on a day, today if none is given."""
        self.refuse_outsiders()
        return tuple(check(self.register, self.pack, on or self.clock().date()))

    def as_of(self, on: date) -> Register:
        """The register after the last act that was written on a day or before it."""
        return self.past.as_of(on)

    def balance(self, on: date | None = None) -> Balance:
        """The balance of custody from the first of January to a day, today if none is given."""
        return self.past.balance(on or self.clock().date())
