"""标签: what stands on a page's label, the sheet it is printed on, and what a scan means."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ledger.notation.listing import row_of
from ledger.notation.words import KIND_LABELS
from ledger.printing.payload import KINDS as LABELLED
from ledger.printing.payload import Subject, genuine, read, write
from ledger.printing.picture import Unfit, draw
from ledger.printing.sheet import pages, save_pdf
from ledger.printing.template import Template, template_for
from ledger.room.room import Room

__all__ = ["NoLabel", "Scan", "Sheets", "label", "scan"]

DPI: Final = 300
FIRST_ISSUE: Final = 1


class NoLabel(ValueError):
    """A label that cannot be made; the message is a Chinese sentence that names the number."""


@frozen
class Sheets:
    """What was written: the file, how many labels and how many pages."""

    path: Path
    labels: int
    pages: int


@frozen
class Scan:
    """What a scanned code means here: the number it names, or why it names none."""

    number: str
    trouble: str = ""


def _key(room: Room) -> bytes:
    return bytes.fromhex((room.folder / "room.key").read_text("ascii"))


def _subject(room: Room, row: dict[str, Any]) -> Subject:
    ident = room.register.idents[row["number"]]
    return Subject(row["kind"], ident, row["level"], str(row["asset_no"]))


def _values(room: Room, row: dict[str, Any]) -> dict[str, str]:
    level = row["level"] or row.get("network") or row.get("sensitivity") or "非涉密"
    keeper = room.register.person(row["keeper"])
    return {
        "unit": room.register.unit,
        "level": str(level),
        "number": row["number"],
        "name": str(row["name"] or row["model"]),
        "person": keeper.name if keeper else row["keeper"],
        "department": row["department"],
        "place": row["place"],
        "kind": KIND_LABELS[row["kind"]],
        "code": write(_subject(room, row), FIRST_ISSUE, _key(room)),
    }


def label(room: Room, numbers: Iterable[str], path: Path) -> Sheets:
    """Draw the labels of some numbers into a PNG (one label) or a PDF of A4 sheets.

    Raises ``NoLabel`` for an unknown number or a kind that carries no label, and whatever keeps
    a label from being drawn; then no file is written.
    """
    rows = [_labelled(room, number) for number in dict.fromkeys(numbers)]
    if not rows:
        raise NoLabel("没有要打印的标签")
    if path.suffix == ".png":
        if len(rows) > 1:
            raise NoLabel(f"一张PNG只放一个标签，现有{len(rows)}个，请改用 .pdf")
        template, row = rows[0]
        _drawn(room, template, row).save(path, "PNG", dpi=(DPI, DPI))
        return Sheets(path, 1, 1)
    if path.suffix != ".pdf":
        raise NoLabel(f"输出文件要以 .png 或 .pdf 结尾，现为“{path.name}”")
    by_template: dict[Template, list[dict[str, Any]]] = {}
    for template, row in rows:
        by_template.setdefault(template, []).append(row)
    sheets = (
        sheet
        for template, its in by_template.items()
        for sheet in pages(
            (_drawn(room, template, row) for row in its),
            template.width_mm,
            template.height_mm,
            DPI,
        )
    )
    return Sheets(path, len(rows), save_pdf(sheets, path, DPI))


def _labelled(room: Room, number: str) -> tuple[Template, dict[str, Any]]:
    try:
        row = row_of(room.register, number)
    except KeyError:
        raise NoLabel(f"登记簿上没有“{number}”") from None
    if row["kind"] not in LABELLED:
        raise NoLabel(f"“{number}”是{KIND_LABELS[row['kind']]}，不贴标签")
    return template_for(row["kind"], room.folder), row


def _drawn(room: Room, template: Template, row: dict[str, Any]) -> Any:
    try:
        return draw(template, _values(room, row), DPI)
    except Unfit as error:
        raise NoLabel(f"{row['number']}的标签排不下：{error}") from None


def scan(room: Room, text: str) -> Scan:
    """What a code read from a label means in this room; raises ``InvalidCode``."""
    code = read(text)
    named = [n for n, ident in room.register.idents.items() if ident == code.ident]
    rows = [row for row in (_row(room, number) for number in named) if row["kind"] == code.kind]
    if not rows:
        return Scan("", "账上没有这个标签对应的登记：可能是别的台账的标签，或抄错了数字")
    row = rows[0]
    if not genuine(code, _subject(room, row), _key(room)):
        return Scan(
            row["number"],
            f"标签与{row['number']}现在的登记对不上：密级或资产编号变过（请换新标签），或标签不是本室印的",
        )
    return Scan(row["number"])


def _row(room: Room, number: str) -> dict[str, Any]:
    try:
        return row_of(room.register, number)
    except KeyError:
        return {"kind": ""}
