"""空白标签: printed ahead, stuck on whatever comes in, and bound to it by a scan."""

from ledger.event import BlanksPrinted, Event, KeyRotated, LabelBound, LabelSpoiled
from ledger.mark import Level
from ledger.number import BlankNo, PageNo
from ledger.printing.keyring import keys, next_version, rotate
from ledger.printing.payload import Subject, write
from ledger.printing.template import FIELDS, Template
from ledger.register.labelling import BLANK
from ledger.register.register import Register
from ledger.review import Proposal, Refused
from ledger.room.issuing import Drawn, Issued, Paper, put_out
from ledger.room.labelling import NoLabel
from ledger.room.room import Room
from ledger.room.scanning import Answer, scan

__all__ = ["bind", "new_key", "print_blanks"]


def print_blanks(
    room: Room,
    count: int,
    level: Level | None,
    template: Template,
    paper: Paper,
    *,
    by: str = "保密员",
) -> Issued:
    """Print blank labels of a level; who and which department is written on by hand.

    Raises as ``issue`` does.
    """
    version = max(keys(room.folder))
    event = BlanksPrinted(
        level=level,
        copies=count,
        key=version,
        template=template.id,
        layout=template.layout,
        device=paper.called,
    )
    proposal = room.propose(event, by=by)
    if proposal.refused:
        raise Refused(proposal.findings)
    numbers = proposal.numbers
    drawn = tuple(
        Drawn(number, template, _says(room, proposal.register, number)) for number in numbers
    )
    spoil = [LabelSpoiled(page=PageNo(number), issue=1, reason="") for number in numbers]
    events: list[Event] = [proposal.act.event]
    return put_out(room, drawn, paper, events, spoil, by=by)


def _says(room: Room, register: Register, number: str) -> dict[str, str]:
    label = register.labels[number]
    (printed,) = label.issues
    subject = Subject(BLANK, int(label.ident), printed.shown.level, "")
    code = write(subject, 1, keys(room.folder)[printed.key], printed.key)
    known = {"unit": register.unit, "level": printed.shown.level, "number": number, "code": code}
    return {**dict.fromkeys(FIELDS, ""), "issue": "1", **known}


def bind(room: Room, code: str, number: str, *, by: str = "保密员", reason: str = "") -> Proposal:
    """Make a scanned blank label the label of a page; raises ``NoLabel`` for any other code.

    Raises ``Refused`` when it is of another level, or the page has a good label already.
    """
    found = scan(room, code)
    if found.answer is not Answer.BLANK:
        raise NoLabel(found.said or f"这是{found.number}的标签，不是空白标签")
    event = LabelBound(page=PageNo(number), blank=BlankNo(found.number), reason=reason)
    return room.record(event, by=by)


def new_key(room: Room, reason: str, *, by: str = "保密员") -> int:
    """Check labels with a new key from now on; those already printed stay good.

    Raises ``KeyLost``, and ``Refused`` before there is a new key. The new version of the key.
    """
    rotated = KeyRotated(key=next_version(room.folder), reason=reason)
    if (proposal := room.propose(rotated, by=by)).refused:
        raise Refused(proposal.findings)
    rotate(room.folder)
    room.record(rotated, by=by)
    return rotated.key
