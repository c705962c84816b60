"""标签队列: which labels are due, what stands on them, and a picture of each before printing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from ledger.notation.listing import row_of, rows
from ledger.notation.words import KIND_LABELS
from ledger.printing.keyring import keys
from ledger.printing.payload import KINDS, Subject, write
from ledger.printing.printer import Printer
from ledger.printing.proof import Proof, prove
from ledger.printing.template import Template, template_for
from ledger.register.labelling import BLANK, current, faults, outdated, shown, unlabelled
from ledger.register.numbering import next_issue
from ledger.register.record import Issue
from ledger.register.register import Register
from ledger.room.room import Room
from ledger.text import quoted
from ledger.trouble import Inadmissible

__all__ = [
    "NoLabel",
    "Queue",
    "Wanted",
    "about",
    "chosen",
    "preview",
    "queue",
    "values",
]

LABELLED: Final = tuple(kind for kind in KINDS if kind != BLANK)


class NoLabel(Inadmissible, ValueError):
    """A label that cannot be made; the message is a Chinese sentence that names the number."""


@frozen(kw_only=True)
class Wanted:
    """One label that is due or was asked for.

    ``causes`` says why it is due, in a few Chinese words each; nothing for one that only was
    asked for, which then needs a reason.
    """

    number: str
    kind: str
    template: Template
    issue: int
    """Which label of its page it will be."""
    causes: tuple[str, ...] = ()
    last: Issue | None = None
    """The label that is on it now."""

    @property
    def layout_changed(self) -> bool:
        """Whether its template looks different from when the last label was printed."""
        same = self.last is not None and self.last.template == self.template.id
        return same and self.last is not None and self.last.layout != self.template.layout


@frozen
class Queue:
    """The labels that are due: of what has none, and of what has one that is no longer true."""

    new: tuple[Wanted, ...]
    changed: tuple[Wanted, ...]


class _Shelf:
    """Templates by kind, each looked up once."""

    def __init__(self, room: Room, named: Template | None = None) -> None:
        self.room, self.named = room, named
        self.usual: dict[str, Template] = {}

    def of(self, kind: str) -> Template:
        """The template for a kind; raises ``NoLabel`` when the named one is for other things."""
        if self.named is not None:
            if kind not in self.named.for_:
                raise NoLabel(f"标签模板“{self.named.name}”不能用在{KIND_LABELS[kind]}上")
            return self.named
        if kind not in self.usual:
            self.usual[kind] = template_for(kind, self.room.folder)
        return self.usual[kind]


def queue(room: Room, template: Template | None = None) -> Queue:
    """What is due, in the order of the book."""
    room.refuse_outsiders(whole=True)
    shelf = _Shelf(room, template)
    changed = (number for number, _ in outdated(room.register))
    return Queue(
        tuple(_due(room, shelf, unlabelled(room.register))), tuple(_due(room, shelf, changed))
    )


def _due(room: Room, shelf: "_Shelf", numbers: Iterable[str]) -> Iterator[Wanted]:
    for number in numbers:
        if shelf.named is None or _kind(room.register, number) in shelf.named.for_:
            yield _wanted(room, shelf, number)


def chosen(
    room: Room,
    numbers: Iterable[str] = (),
    kind: str = "",
    where: Mapping[str, str] | None = None,
    template: Template | None = None,
) -> tuple[Wanted, ...]:
    """What was asked for: by number, or everything of a kind that a filter leaves.

    A filter says what a field of the row has to contain. Raises ``NoLabel``.
    """
    room.refuse_outsiders(whole=True)
    picked = [*numbers]
    if kind:
        if kind not in LABELLED:
            raise NoLabel(f"{KIND_LABELS[kind]}不贴标签")
        picked += [
            row["number"]
            for row in rows(room.register, kind)
            if not _gone(room, row["number"]) and _matches(row, where or {})
        ]
    shelf = _Shelf(room, template)
    return tuple(_wanted(room, shelf, number) for number in dict.fromkeys(picked))


def _matches(row: Mapping[str, Any], where: Mapping[str, str]) -> bool:
    for name, text in where.items():
        if name not in row:
            raise NoLabel(f"登记里没有{quoted(name)}这一项")
        if text not in str(row[name]):
            return False
    return True


def _gone(room: Room, number: str) -> bool:
    entry = room.register.carriers.get(number)
    return entry is not None and not entry.open


def _wanted(room: Room, shelf: "_Shelf", number: str) -> Wanted:
    """The label of a number, and why it is due if it is; raises ``NoLabel``."""
    register = room.register
    kind = _kind(register, number)
    last = current(register, number)
    return Wanted(
        number=number,
        kind=kind,
        template=shelf.of(kind),
        issue=next_issue(register, number),
        causes=("没有标签",) if last is None else faults(last, register, number),
        last=last,
    )


def _kind(register: Register, number: str) -> str:
    try:
        kind = str(row_of(register, number)["kind"])
    except KeyError:
        raise NoLabel(f"登记簿上没有{quoted(number)}") from None
    if kind not in LABELLED:
        raise NoLabel(f"{quoted(number)}是{KIND_LABELS[kind]}，不贴标签")
    return kind


def values(room: Room, want: Wanted) -> dict[str, str]:
    """What a template's fields say for one label, ``code`` being its 24 digits."""
    register, keyring = room.register, keys(room.folder)
    row, says = row_of(register, want.number), shown(register, want.number)
    if says is None:
        raise NoLabel(f"{quoted(want.number)}不贴标签")
    keeper = register.person(want.number if want.kind == "person" else says.keeper)
    version = max(keyring)
    subject = Subject(want.kind, register.idents[want.number], says.level, says.asset_no)
    titled = row["alias"] if want.kind == "paper" else row["name"] or row["model"]
    return {
        "unit": register.unit,
        "level": says.level,
        "number": want.number,
        "name": str(titled),
        "person": keeper.name if keeper else says.keeper,
        "department": says.department or str(row["department"]),
        "place": str(row["place"]),
        "code": write(subject, want.issue, keyring[version], version),
        "kind": KIND_LABELS[want.kind],
        "issue": str(want.issue),
        "model": str(row["model"]),
        "serial": str(row["serial"]),
        "asset_no": says.asset_no,
        "enabled": str(row.get("started_on", "")),
    }


def preview(room: Room, want: Wanted, printer: Printer) -> Proof:
    """The label as it would come out of a printer, nothing printed or written down.

    Raises ``Unfit`` or ``MissingGlyph``.
    """
    return prove(want.template, values(room, want), printer)


def about(register: Register, number: str) -> Iterator[str]:
    """What labels a page has had, a line each, for whoever looks the page up."""
    label = register.labels.get(number)
    for issue in label.issues if label else ():
        parts = [f"第{issue.n}张", str(issue.on), issue.template, issue.device, issue.reason]
        ends = [f"已作废：{issue.void}"] if issue.void else []
        from_blank = [f"原空白标签{issue.blank}"] if issue.blank else []
        yield "，".join(part for part in (*parts, *from_blank, *ends) if part)
