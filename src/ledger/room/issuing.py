"""打印: labels drawn, read back, written into the book, and only then given to a file or printer.

A label's place in its page's row is taken in the book before anything leaves; what then turns
out not to have been printed is written down as spoiled. So no label is out that the book does
not know of.
"""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from attrs import evolve, frozen
from PIL import Image

from ledger import trouble
from ledger.event import Event, Labelled, LabelSpoiled
from ledger.number import PageNo
from ledger.printing.delivery import deliver
from ledger.printing.font import MissingGlyph
from ledger.printing.keyring import keys
from ledger.printing.outcome import PAUSE, Outcome, State, Wait
from ledger.printing.pdf import Placed, write_pdf
from ledger.printing.picture import Unfit
from ledger.printing.printer import Printer
from ledger.printing.proof import prove
from ledger.printing.roll import LANGUAGES
from ledger.printing.sheet import FRESH, Cell, Place, Sheet, cells, centred, places, sheet_for
from ledger.printing.template import Template
from ledger.printing.usage import place_on, remember
from ledger.review import Refused
from ledger.room.labelling import NoLabel, Wanted, values
from ledger.room.room import Room

__all__ = ["Drawn", "Issued", "Paper", "issue", "put_out"]

_TOLD: int = 10
"""How many labels that cannot be made are told of at once."""


@frozen(kw_only=True)
class Paper:
    """Where labels go: a printer, or a file in that printer's language; and on which sheet.

    Without a sheet each size of label goes on plain paper of its own. Without a start
    labels go on where the sheet was left.
    """

    printer: Printer
    path: Path | None = None
    sheet: Sheet | None = None
    start: int | None = None
    skip: tuple[int, ...] = ()
    patience: float = 60
    """How many seconds a printer is followed before what it says then is taken."""
    wait: Wait = PAUSE

    @property
    def called(self) -> str:
        """What the book calls it."""
        return f"文件 {self.path.name}" if self.path else self.printer.name


@frozen
class Drawn:
    """One label to be drawn: whose it is, its template, and what stands on it."""

    number: str
    template: Template
    values: dict[str, str]


@frozen
class Issued:
    """What came of it: the labels' numbers, pages of a PDF, and how the printing ended."""

    numbers: tuple[str, ...]
    pages: int
    outcome: Outcome
    place: Place = FRESH
    """Where the next label goes on the sheet."""

    @property
    def labels(self) -> int:
        """How many labels there were."""
        return len(self.numbers)


def issue(
    room: Room,
    wants: Iterable[Wanted],
    paper: Paper,
    *,
    by: str = "保密员",
    reason: str = "",
) -> Issued:
    """Print labels, and write down that they were.

    Raises ``NoLabel`` with everything that cannot be made, and ``Refused`` for a label that needs
    a reason; then nothing is printed or written.
    """
    chosen = tuple(wants)
    if not chosen:
        raise NoLabel("没有要打印的标签")
    version = max(keys(room.folder))
    events: list[Event] = [
        Labelled(
            page=PageNo(want.number),
            issue=want.issue,
            key=version,
            template=want.template.id,
            layout=want.template.layout,
            device=paper.called,
            reason=reason or _changed(want),
        )
        for want in chosen
    ]
    _allowed(room, events, by)
    drawn = tuple(Drawn(want.number, want.template, values(room, want)) for want in chosen)
    spoil = [LabelSpoiled(page=PageNo(want.number), issue=want.issue, reason="") for want in chosen]
    return put_out(room, drawn, paper, events, spoil, by=by)


def _changed(want: Wanted) -> str:
    """Which facts have changed, without quoting them: a text in the book is blanked where it stands."""
    names = [cause.partition("由")[0] for cause in want.causes] if want.last else []
    return f"{'、'.join(names)}有变动" if names else ""


def _allowed(room: Room, events: list[Event], by: str) -> None:
    against = tuple(f for p in room.propose_all(events, by=by) if p.refused for f in p.findings)
    if against:
        raise Refused(against)


def put_out(
    room: Room,
    drawn: tuple[Drawn, ...],
    paper: Paper,
    events: list[Event],
    spoil: list[LabelSpoiled],
    *,
    by: str,
) -> Issued:
    """Draw labels, record the events, send them, and record those as spoiled that never came out."""
    job = _Job(room, drawn, paper)
    if paper.path is not None:
        outcome = _to_file(room, job, paper.path, events, by)
    else:
        job.prove()
        first, *_ = room.record_all(events, by=by)
        outcome = job.to_printer(f"L-{first.act.n:06}", paper)
    if outcome.state is State.NOTHING:
        # What the book already has as printed never was.
        why = [evolve(each, reason=f"没有印出来：{outcome.said}") for each in spoil]
        room.record_all(why, by=by)
        return Issued(tuple(each.number for each in drawn), 0, outcome, job.before)
    if job.sheet is not None:
        remember(job.sheet, job.after, room.folder)
    return Issued(tuple(each.number for each in drawn), job.pages, outcome, job.after)


def _to_file(room: Room, job: "_Job", path: Path, events: list[Event], by: str) -> Outcome:
    """Write a file beside its name, record, and let it take its name."""
    draft = path.with_name(f"{path.name}.draft")
    try:
        # What stands on labels concerns nobody else on this machine.
        with open(draft, "wb", opener=partial(os.open, mode=0o600)) as file:
            job.write(file)
        room.record_all(events, by=by)
        try:
            draft.replace(path)
        except OSError as error:
            return Outcome(State.NOTHING, f"写不进“{path}”：{trouble.of_file(error)}")
    finally:
        draft.unlink(missing_ok=True)
    return Outcome(State.PRINTED, f"已写入 {path}")


class _Job:
    """Labels laid out for one printer or file, drawn as often as they are asked for."""

    def __init__(self, room: Room, drawn: tuple[Drawn, ...], paper: Paper) -> None:
        self.drawn, self.printer = drawn, paper.printer
        self.pages = 0
        self.cells: list[tuple[Sheet, Cell]] = []
        self.sheet: Sheet | None = None
        self.before = self.after = FRESH
        self.page = "A4"
        if self.printer.language == "pdf":
            self.cells = self._laid_out(room, paper)
        else:
            self._one_size(paper)

    def _laid_out(self, room: Room, paper: Paper) -> list[tuple[Sheet, Cell]]:
        """A cell for each label; labels of one size stand together."""
        sizes = list(dict.fromkeys(each.template.id for each in self.drawn))
        self.drawn = tuple(sorted(self.drawn, key=lambda each: sizes.index(each.template.id)))
        laid: list[tuple[Sheet, Cell]] = []
        free: dict[str, tuple[Sheet, Iterator[Cell]]] = {}
        for each in self.drawn:
            key = "" if paper.sheet else each.template.id
            if key not in free:
                self.sheet = paper.sheet or sheet_for(each.template, room.folder)
                self.before = _place(self.sheet, paper, room)
                free[key] = (self.sheet, cells(self.sheet, self.before))
            sheet, waiting = free[key]
            laid.append((sheet, centred(next(waiting), sheet, each.template)))
        if len({sheet.page for sheet, _ in free.values()}) > 1:
            raise NoLabel("这些标签用的纸大小不同，请分开打印")
        if self.sheet is not None:
            self.after = places((cell for _, cell in laid), self.sheet, self.before)
            self.page = self.sheet.page
        return laid

    def _one_size(self, paper: Paper) -> None:
        sizes = {(each.template.width_mm, each.template.height_mm) for each in self.drawn}
        if self.printer.language == "png" and len(self.drawn) > 1:
            raise NoLabel(f"一张PNG只放一个标签，现有{len(self.drawn)}个，请改用 .pdf")
        if len(sizes) > 1:
            names = "、".join(f"{wide:g}×{high:g}" for wide, high in sorted(sizes))
            raise NoLabel(
                f"标签机一次只印一种大小，现有{names}毫米，请用 --template 选一种或分开印"
            )
        if paper.sheet is not None:
            raise NoLabel("标签纸（--sheet）只用于PDF")

    def _pictures(self) -> Iterator[Image.Image]:
        """Every label, drawn and read back; raises ``NoLabel`` with all that cannot be made."""
        faults = []
        for each in self.drawn:
            try:
                yield prove(each.template, each.values, self.printer).picture
            except (Unfit, MissingGlyph) as error:
                faults.append(f"{each.number}的标签印不成：{error}")
        if faults:
            more = [f"……共{len(faults)}个"] if len(faults) > _TOLD else []
            raise NoLabel("\n".join((*faults[:_TOLD], *more)))

    def prove(self) -> None:
        """Draw every label once and keep none."""
        for _ in self._pictures():
            pass

    def write(self, file: BinaryIO) -> None:
        """Write every label in the printer's language; raises ``NoLabel``."""
        if self.printer.language == "pdf":
            placed = (
                Placed(sheet, cell, picture)
                for (sheet, cell), picture in zip(self.cells, self._pictures(), strict=False)
            )
            _, self.pages = write_pdf(file, placed, self.printer)
        else:
            file.writelines(self._pieces())

    def _pieces(self) -> Iterator[bytes]:
        encode = LANGUAGES[self.printer.language]
        return (encode(picture, self.printer) for picture in self._pictures())

    def to_printer(self, title: str, paper: Paper) -> Outcome:
        """Send the labels; a PDF is held in memory, so that no file is left anywhere."""
        if self.printer.language == "pdf":
            held = BytesIO()
            self.write(held)
            pieces: Iterable[bytes] = (held.getvalue(),)
        else:
            pieces = self._pieces()
        return deliver(self.printer, pieces, title, self.page, paper.patience, paper.wait)


def _place(sheet: Sheet, paper: Paper, room: Room) -> Place:
    """Where labels start on a sheet: where was said, else where it was left."""
    left = place_on(sheet, room.folder)
    if paper.start is None:
        return Place(left.start, (*left.skip, *paper.skip))
    return Place(paper.start, paper.skip)
