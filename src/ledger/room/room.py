"""A room: a folder, the book in it, and the register its acts add up to."""

import os
import secrets
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ledger import trouble
from ledger.act import Act, Circumstances
from ledger.event import Event, Opened, Voided
from ledger.finding import Finding
from ledger.mark import Level
from ledger.notation.codec import read_act, write_act
from ledger.pack import InvalidPack, Pack
from ledger.register.balance import Balance, balance
from ledger.register.fold import changes_of, fold
from ledger.register.register import EMPTY, Register
from ledger.review import Proposal, Refused, check, propose
from ledger.store.digest import digest
from ledger.store.journal import Journal, Transaction, sync_folder
from ledger.store.lock import locked
from ledger.store.settings import Settings
from ledger.store.snapshot import Snapshot, changed

__all__ = ["NotARoom", "Room", "UnreadableBook"]

SETTINGS: Final = "room.toml"
Clock = Callable[[], datetime]


class NotARoom(Exception):
    """A folder that is no room, or already is one; the message is a Chinese sentence."""


class UnreadableBook(Exception):
    """A whole and true line that this program does not understand; a Chinese sentence."""


def now() -> datetime:
    """The present moment, to the second."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the wall clock of the room


class Room:
    """An open room. Reading never changes a file; every act is on disk when ``record`` returns.

    ``acts`` are the lines of the book in order, ``register`` what they add up to, ``pack`` the
    unit's rules.
    """

    def __init__(self, folder: Path, settings: Settings, clock: Clock = now) -> None:
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.pack = load_pack(settings.pack, folder)
        self.journal = Journal.at(folder / "journal", digest(settings.hash))
        self.acts: list[Act] = []
        self.register: Register = EMPTY
        self._stale = False
        self._catch_up()

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
        """Make a room in a folder that is empty or does not exist, and open its book.

        Raises ``NotARoom`` when the folder is in use.
        """
        path = Path(folder)
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise NotARoom(f"“{path}”已经有内容，请换一个空文件夹建账")
        settings = Settings(unit=unit, level=level, pack=pack)
        (path / "journal").mkdir(parents=True, mode=0o700)
        path.chmod(0o700)
        _write(path / "room.lock", b"")
        _write(path / "room.key", secrets.token_hex(32).encode() + b"\n")
        _write(path / SETTINGS, settings.text().encode())
        sync_folder(path)
        room = cls(path, settings, clock)
        opened = Opened(unit=unit, level=level, pack=pack, numbering=settings.numbering)
        room.record(opened)
        return room

    @classmethod
    def open(cls, folder: str | Path, clock: Clock = now) -> Self:
        """Open the room in a folder, its whole book checked line by line.

        Raises ``NotARoom`` when there is none, ``TamperedBook`` when a line does not follow
        from the one before, ``InvalidSettings`` or ``InvalidPack`` when those do not read.
        """
        path = Path(folder)
        if not (path / SETTINGS).is_file():
            raise NotARoom(f"“{path}”不是台账文件夹（没有 room.toml），先用 baomi init 建账")
        return cls(path, Settings.read(path / SETTINGS), clock)

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
        """Write the registers as they now stand, if anything was recorded."""
        if self._stale:
            with self._writing():
                Snapshot(self.folder / "room.json").save(self.register, self.journal.head)
            self._stale = False

    def propose(self, event: Event, **circumstances: Any) -> Proposal:
        """What the rules say of an event, and what it would change; nothing is written.

        Takes the fields of ``Circumstances`` as keywords; the moment is the room's own clock's.
        """
        when = Circumstances(at=self.clock(), **circumstances)
        return self._judged(event, self.register, when)

    def _judged(self, event: Event, register: Register, when: Circumstances) -> Proposal:
        undoing = changes_of(self.acts, event.voids) if isinstance(event, Voided) else ()
        return propose(
            event, register=register, pack=self.pack, circumstances=when, undoing=undoing
        )

    def propose_all(self, events: Iterable[Event], **circumstances: Any) -> tuple[Proposal, ...]:
        """What the rules say of each event after those before it that were not refused."""
        register, judged = self.register, []
        when = Circumstances(at=self.clock(), **circumstances)
        for event in events:
            proposal = self._judged(event, register, when)
            register = proposal.register
            judged.append(proposal)
        return tuple(judged)

    def record(self, event: Event, **circumstances: Any) -> Proposal:
        """Write one act, and come back when it is on disk.

        Takes what ``propose`` takes. Raises ``Refused`` with every finding, ``Locked`` when
        another terminal is writing, ``Unwritten`` when the disk would not take it.
        """
        with self._writing():
            proposal = self.propose(event, **circumstances)
            if proposal.refused:
                raise Refused(proposal.findings)
            self._commit((proposal,))
        return proposal

    def record_all(self, events: Iterable[Event], **circumstances: Any) -> tuple[Proposal, ...]:
        """Write all the events as one line of the book, or none of them; raises as ``record``."""
        return self.record_judged(lambda: self.propose_all(events, **circumstances))

    def record_judged(self, judge: Callable[[], tuple[Proposal, ...]]) -> tuple[Proposal, ...]:
        """Write what is judged while nobody else can write, as one line or not; as ``record``."""
        with self._writing():
            judged = judge()
            against = tuple(f for p in judged if p.refused for f in p.findings)
            if against:
                raise Refused(against)
            if judged:
                self._commit(judged)
        return judged

    def _commit(self, proposals: tuple[Proposal, ...]) -> None:
        acts = [proposal.act for proposal in proposals]
        changes = [change for proposal in proposals for change in proposal.changes]
        data = {
            "n": acts[0].n,
            "acts": [write_act(act) for act in acts],
            "records": changed(changes),
        }
        aside = self.journal.set_torn_aside()
        if aside is not None:
            data["torn"] = aside.name
        opening = {"hash": self.settings.hash, "unit": self.settings.unit}
        self.journal.append(acts[0].at.year, data, opening)
        self.acts += acts
        self.register = proposals[-1].register
        self._stale = True

    @contextmanager
    def _writing(self) -> Iterator[None]:
        holder = f"进程{os.getpid()}，{self.clock():%Y-%m-%d %H:%M:%S}起"
        with locked(self.folder / "room.lock", holder):
            self._catch_up()
            yield

    def _catch_up(self) -> None:
        new = [act for line in self.journal.new_lines() for act in acts_of(line)]
        self.acts += new
        if any(isinstance(act.event, Voided) for act in new):
            self.register = fold(self.acts)
        elif new:
            self.register = fold(new, self.register)

    def check(self, on: date | None = None) -> tuple[Finding, ...]:
        """What the rules say of the whole register on a day, today if none is given."""
        return tuple(check(self.register, self.pack, on or self.clock().date()))

    def balance(self, on: date | None = None) -> Balance:
        """The balance of custody from the first of January to a day, today if none is given."""
        end = on or self.clock().date()
        return balance(self.acts, date(end.year, 1, 1), end)

    def as_of(self, on: date) -> Register:
        """The register as the book had it at the end of a day."""
        return fold(act for act in self.acts if act.at.date() <= on)


def acts_of(line: Transaction) -> list[Act]:
    """The acts a line of the book holds.

    Raises ``UnreadableBook`` for what a later version of the program must have written.
    """
    try:
        return [read_act(act) for act in line.data.get("acts", ())]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableBook(
            f"账本 journal/{line.file} 第{line.number}行有本程序不认识的内容，"
            "可能是新版程序记的，请换用新版打开"
        ) from error


def load_pack(name: str, folder: Path) -> Pack:
    """The rule pack of a name: the room's own if it has one, else the one that is shipped.

    Raises ``InvalidPack``.
    """
    own = folder / "packs" / f"{name}.toml"
    shipped = files("ledger") / "packs" / f"{name}.toml"
    if not own.is_file() and not shipped.is_file():
        raise InvalidPack(f"没有名为“{name}”的规章包")
    text = own.read_text("utf-8") if own.is_file() else shipped.read_text("utf-8")
    try:
        return Pack.of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidPack(f"规章包“{name}”读不通：{trouble.of_toml(error)}") from None


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
