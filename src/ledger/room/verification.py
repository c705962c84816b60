"""核验: whether the book is as it was written, and the registers agree with it."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final

import orjson
from attrs import frozen

from ledger.register.fold import Folding
from ledger.register.record import Change
from ledger.register.register import Register
from ledger.room.acts import about_of, acts_of
from ledger.room.rebuilding import differing, voided_in
from ledger.room.room import Room
from ledger.room.signatures import Signer, Signers, fault_of, files_altered
from ledger.store.blanking import in_line
from ledger.store.book import SNAPSHOT, Book, closing_file
from ledger.store.chain import Chain, check
from ledger.store.cipher import CLOSED
from ledger.store.digest import running
from ledger.store.disk import DISK
from ledger.store.part import changes_in, made_now
from ledger.store.past import rows
from ledger.store.place import BEGINNING, Row, TamperedBook, year_file
from ledger.store.registers import OPENING, key_of, pages_of
from ledger.store.settings import SETTINGS, Settings
from ledger.store.snapshot import NoSnapshot, Snapshot
from ledger.store.state import State
from ledger.text import digits, quoted
from ledger.trouble import Misuse

__all__ = ["NoHead", "Verification", "verify", "verify_folder"]

SHORTEST_HEAD: Final = 16
"""The fewest digits of a printed head that tell one head from another."""
_UNREAD: Final = (
    "内容是加密的：这次没有用内容密钥，密文原样核验，没有解开逐项核对（登录后核验才解开）"
)
Told = Callable[[int], None]


class NoHead(Misuse, ValueError):
    """Letters that are no head of a chain; the message is a Chinese sentence."""


@frozen(kw_only=True)
class Verification:
    """How far the book was read, the head of its chain, and everything that is wrong."""

    lines: int
    acts: int | None
    """The number of the last act; ``None`` for a book so altered that it does not open."""
    head: str
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What is out of the ordinary and yet in order, such as texts that were blanked."""
    signers: tuple[Signer, ...] = ()
    """Which key of which operator signed which lines."""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(
    room: Room, head: str = "", told: Told = lambda _: None, *, handed_in: bool = False
) -> Verification:
    """Read the book again from its first line and work everything out anew.

    ``head`` is one that was printed on paper, or its first digits; ``told`` is called now and
    then with the number of the act that was reached. A book that was ``handed_in`` came without
    its operators' password files. Raises ``NoHead`` for letters that are none.
    """
    book, head = room.book, _plain(head)
    chain = check(book.journal.folder, book.owner.hash)
    faults = [chain.fault] if chain.fault else []
    if chain.torn:
        faults.append("账本最后一行没有写完（断电或被截断），下次记账时会另存并注明")
    notes = [_blanked(line) for line in chain.blanked]
    acts, signers = len(room.acts), Signers()
    if not chain.fault:
        kept = [] if book.earlier else _kept(book)
        work = _Work(book, told, {table.line for table in kept}, _lines_blanked(chain))
        work.through()
        signers = work.signers
        faults += [*work.faults, *work.signed, *work.unread]
        notes += (*work.notes, *signers.changed)
        if book.codec is CLOSED:
            notes.append(_UNREAD)
        faults += _settings(room, work.register)
        faults += files_altered(room.folder, {} if handed_in else work.register.operators)
        faults += [fault for table in kept if (fault := table.fault(book, chain, work.then))]
    if head:
        (notes if (said := _printed(book, head))[0] else faults).append(said[1])
    return Verification(
        lines=chain.lines,
        acts=acts,
        head=chain.head,
        faults=tuple(faults),
        notes=tuple(notes),
        signers=signers.all,
    )


def verify_folder(
    folder: Path,
    head: str = "",
    told: Told = lambda _: None,
    enter: Callable[[Room], None] = lambda _: None,
) -> Verification:
    """Verify the room in a folder, whether or not its book is still one that opens.

    ``enter`` may sign somebody in first, whose key reads what is sealed. Raises ``NoHead``.
    """
    head = _plain(head)
    try:
        with Room.open(folder) as room:
            enter(room)
            return verify(room, head, told)
    except TamperedBook as fault:
        chain = check(folder / "journal", Settings.read(folder / SETTINGS).hash)
        return Verification(lines=chain.lines, acts=None, head=chain.head, faults=(str(fault),))


def _blanked(line: Mapping[str, Any]) -> str:
    act = line["acts"][0]
    lines = "、".join(str(blank.line) for blank in in_line(line))
    return (
        f"第{act['n']}笔（{act['on']}，{act['by']}）涂销了账本第{lines}行里的文字：{act['reason']}"
    )


def _lines_blanked(chain: Chain) -> frozenset[int]:
    return frozenset(blank.line for line in chain.blanked for blank in in_line(line))


class _Work:
    """The whole book gone through again: acts folded, and compared with what their lines say."""

    def __init__(
        self, book: Book, told: Told, wanted: Collection[int], blanked: Collection[int]
    ) -> None:
        self.book, self.told, self.wanted, self.blanked = book, told, wanted, blanked
        self.then: dict[int, State] = {}
        """The tables as they stood after the lines that were asked for."""
        self.faults: list[str] = []
        self.signed: list[str] = []
        """Lines that are not signed by who is said to have written them."""
        self.signers = Signers()
        self.notes: list[str] = []
        self.unread: dict[str, None] = {}
        """Sealed texts that do not open, each told once."""
        self.codec = book.codec.telling(lambda said: self.unread.update({said: None}))
        self.state = State(fields=book.fields)
        self.made_now = True
        self.folding = Folding(voided_in(book))

    def through(self) -> None:
        """Go through every line, and compare the registers at the end."""
        for row in rows(self.book, BEGINNING):
            self._line(row)
        self.register: Register = self.folding.done()
        if not self.book.earlier:
            wrong = list(differing(self.register, self.state, self.codec))
            self.faults += [
                f"登记簿的{c.table}第{c.number}号与流水推算的不一致" for c in wrong[:20]
            ]

    def _line(self, row: Row) -> None:
        changes: list[Change] = []
        about: list[list[str]] = []
        codec = self.codec
        acts = acts_of(row.data, row, codec)
        if acts and row.before.line + 1 not in self.blanked:
            fault = fault_of(self.book, row, self.folding.draft)
            self.signed += filter(None, (fault,))
            if not fault:
                self.signers.add(row, self.folding.draft)
        for act in acts:
            made = self.folding.take(act)
            changes += made
            about.append(sorted(about_of(act, made)))
        recorded = changes_in(row.data)
        self.made_now = made_now(row.data, self.made_now)
        if "rebuilt" in row.data:
            self.notes += self.faults
            self.notes.append(
                f"{row}：登记簿曾按流水重建，改正{row.data['rebuilt']['documents']}件"
            )
            self.faults = []
        elif recorded is not None and acts and self.made_now:
            said = {
                (c.table, self._key(c.table, c.number, c.document)): codec.opened(
                    c.table, c.number or 0, c.document
                )
                for c in recorded
            }
            said.pop((OPENING, "1"), None)
            worked_out = {(page.table, page.key): page.document for page in pages_of(changes)}
            if not codec.alike(said, worked_out):
                self.faults.append(f"{row}所附的登记与流水推算的不一致")
            if row.data.get("about", about) != about:
                self.faults.append(f"{row}所附的编号与流水推算的不一致")
        self.state = self.state.with_(recorded or ())
        if row.after.line in self.wanted:
            self.then[row.after.line] = self.state
        if acts:
            self.told(acts[-1].n)

    def _key(self, table: str, number: int | None, document: Mapping[str, Any] | None) -> str:
        if document is None:
            document = orjson.loads(self.state.get(table, number or 0) or b'{"number":""}')
        return key_of(document)


def _settings(room: Room, register: Register) -> list[str]:
    pairs = (
        ("单位", register.unit, room.settings.unit),
        ("密级", register.level, room.settings.level),
        ("编号格式", register.numbering, room.settings.numbering),
        ("摘要算法", room.book.owner.hash, room.settings.hash),
        ("识别号", room.book.owner.room, room.settings.room),
    )
    return [f"room.toml的{name}与开账时不同" for name, was, now in pairs if was != now]


@frozen
class _Kept:
    """A file of tables, and the line of the book it stands at."""

    path: Path
    snapshot: Snapshot | None

    @property
    def line(self) -> int:
        return 0 if self.snapshot is None else self.snapshot.place.line

    def fault(self, book: Book, chain: Chain, then: Mapping[int, State]) -> str:
        """What is wrong with it; blank for nothing."""
        remedy = "可以用 baomi rebuild 重新生成"
        if self.snapshot is None:
            return f"{self.path.name}不是完整的登记文件，{remedy}"
        named = {line["l"]: line["snapshot"] for line in chain.snapshots}.get(self.line + 1)
        if named is None:
            return f"{self.path.name}不是账本记下的那一份，{remedy}"
        where = _differing(self.snapshot, then[self.line])
        if where or self.snapshot.digest(running(book.owner.hash)) != named["digest"]:
            return f"{self.path.name}被改动过{where}，{remedy}"
        return ""


def _kept(book: Book) -> list[_Kept]:
    """The files of tables there are."""
    closed = (closing_file(book.journal.folder, year) for year in book.journal.years())
    found = []
    for path in (book.folder / SNAPSHOT, *closed):
        if DISK.stat(path) is not None:
            try:
                found.append(_Kept(path, Snapshot.read(DISK, path, book.fields)))
            except NoSnapshot:
                found.append(_Kept(path, None))
    return found


def _differing(snapshot: Snapshot, state: State) -> str:
    """Where the first document stands that is not what the book says, in words."""
    for table in sorted({*snapshot.tables(), *state.tables()}):
        there, here = dict(snapshot.rows(table)), dict(state.rows(table))
        for number in sorted({*there, *here}):
            if there.get(number) != here.get(number):
                return f"：{table}里的第{number}号与账本推算的不一致"
    return ""


def _plain(head: str) -> str:
    """A head as the book writes it, however it was copied; blank if none was given."""
    plain = "".join(digits(head).lower().split())
    if head and (len(plain) < SHORTEST_HEAD or not set(plain) <= set("0123456789abcdef")):
        raise NoHead(f"链首至少要{SHORTEST_HEAD}位（0-9、a-f），读到{quoted(head)}")
    return plain


def _printed(book: Book, plain: str) -> tuple[bool, str]:
    """Whether the book has a head that was printed, and where."""
    for year in book.journal.years():
        view = DISK.view(book.journal.folder / year_file(year))
        place = view.find(b'"h":"' + plain.encode())
        if place >= 0:
            row = view[:place].count(b"\n") + 1
            return (
                True,
                f"打印的链首是账本 journal/{year_file(year)} 第{row}行的，到那里为止没有变过",
            )
    return False, f"账本里没有打印的链首{plain[:20]}：末尾被截去，或整本被重写过"
