"""标签的纸、打印机、样子: what a screen needs to know of printing, by name."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from ledger.printing.picture import at
from ledger.printing.preview import blocks, size_in_words
from ledger.printing.printer import Printer, for_file, printers
from ledger.printing.sheet import Place, Sheet, sheets
from ledger.printing.template import Template, templates
from ledger.printing.usage import place_on
from ledger.room.batching import issue_in_batches
from ledger.room.issuing import Issued, Paper
from ledger.room.labelling import Queue, Wanted, chosen, preview, queue, values
from ledger.room.room import Room

__all__ = [
    "Choice",
    "Picture",
    "due",
    "paper",
    "picture",
    "print_labels",
    "printers_of",
    "sheets_of",
    "templates_of",
    "used",
    "wanted",
]

_SCREEN_DPI = 203


@frozen(kw_only=True)
class Choice:
    """Where labels are to go, by name: a printer or a file, and which sheet from which cell on."""

    printer: str = ""
    path: Path | None = None
    sheet: str = ""
    start: int | None = None

    @property
    def words(self) -> str:
        """What it comes to, in a few words."""
        where = (
            f"文件 {self.path.name}"
            if self.path
            else f"打印机 {self.printer}"
            if self.printer
            else "还没有选"
        )
        sheet = f"，标签纸 {self.sheet}" if self.sheet else ""
        return where + sheet + (f"，从第{self.start}格起" if self.start else "")


@frozen(kw_only=True)
class Picture:
    """A label as it would come out: lines of half blocks, its size in words, what stands on it."""

    lines: tuple[str, ...]
    size: str
    says: tuple[tuple[str, str], ...]


def printers_of(room: Room) -> dict[str, Printer]:
    """The printers by name, those that only write files left out; raises ``InvalidDefinition``."""
    return {name: each for name, each in printers(room.folder).items() if each.target}


def sheets_of(room: Room) -> dict[str, Sheet]:
    """The label sheets by name; raises ``InvalidDefinition``."""
    return sheets(room.folder)


def templates_of(room: Room) -> dict[str, Template]:
    """The label templates by name; raises ``InvalidDefinition``."""
    return templates(room.folder)


def used(room: Room, sheet: str) -> Place:
    """Where the next label goes on a sheet, as it was left."""
    return place_on(sheets(room.folder)[sheet], room.folder)


def due(room: Room, template: str = "") -> Queue:
    """The labels that are due, for one template only if it is named."""
    return queue(room, templates(room.folder)[template] if template else None)


def wanted(room: Room, number: str, template: str = "") -> Wanted:
    """A label that is asked for by number; raises ``NoLabel``."""
    named = templates(room.folder)[template] if template else None
    (one,) = chosen(room, [number], template=named)
    return one


def picture(room: Room, want: Wanted, columns: int) -> Picture:
    """A label before it is printed; raises ``Unfit`` or ``MissingGlyph``."""
    printer = at(_SCREEN_DPI)
    proof = preview(room, want, printer)
    says = {name: text for name, text in values(room, want).items() if text and name != "code"}
    return Picture(
        lines=tuple(blocks(proof.picture, columns)),
        size=size_in_words(want.template, proof, printer),
        says=tuple(
            (name, says[name])
            for name in ("number", "level", "name", "person", "department")
            if name in says
        ),
    )


def paper(room: Room, choice: Choice) -> Paper:
    """What the labels are printed on; raises ``InvalidDefinition`` for a file of an unknown ending."""
    known = printers(room.folder).get(choice.printer)
    printer = for_file(choice.path, room.folder, known) if choice.path else known
    if printer is None:
        raise ValueError(choice.printer)
    sheet = sheets(room.folder)[choice.sheet] if choice.sheet else None
    return Paper(printer=printer, path=choice.path, sheet=sheet, start=choice.start)


def print_labels(
    room: Room,
    numbers: tuple[str, ...],
    choice: Choice,
    *,
    template: str = "",
    reason: str = "",
    go_on: Callable[[int, int], bool] = lambda _done, _all: True,
) -> Issued:
    """Print labels and record that, sheet by sheet for as long as ``go_on`` says so.

    ``go_on`` is asked before every sheet, with how many labels are out and how many there are.
    Raises as ``issue`` does.
    """
    named = templates(room.folder)[template] if template else None
    wants = chosen(room, numbers, template=named)
    return issue_in_batches(room, wants, paper(room, choice), reason=reason, go_on=go_on)
