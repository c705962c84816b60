"""《国家秘密载体保密管理制度》一、纸介质（八）清退."""

from collections.abc import Iterator
from datetime import date

from ledger.carrier import Paper
from ledger.day import chinese
from ledger.deadline import clears_by, count_falls_due, foreign
from ledger.event import Archived, Cleared, Extended, Left
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    CARRIERS["一（八）1"],
    Force.ADVISES,
    "密件原则上退回原制发机关，特殊的问保密行政管理部门",
    on=Cleared,
    remedy="核对接收单位；确实不能退原机关的，先咨询保密局并在备注写明。",
)
def cleared_to_the_issuer(event: Cleared, desk: Desk) -> Iterator[Breach]:
    """Papers go back to the organ that issued them."""
    unit = desk.register.outside(event.to)
    names = {event.to} | ({unit.name, unit.number} if unit else set())
    for number, document in desk.papers(event.carriers):
        if foreign(document, desk.register) and document.issuer not in names and not event.remark:
            yield Breach(number, f"制发机关是{document.issuer}，要退给{event.to}")


@rule(
    CARRIERS["一（八）2"],
    Force.REQUIRES,
    "制发机关定了清退时间的，须按时退",
    on=Paper,
    remedy="立即清退；要延长使用的，向制发机关说明并登记。",
)
def cleared_by_the_issuers_day(entry: Entry[Paper], desk: Desk) -> Iterator[Breach]:
    """A paper is back with its issuer by the day the issuer set."""
    due = desk.register.documents[entry.thing.document].clear_by
    if due is not None and desk.on > due and not _extended(entry, desk.on):
        yield Breach(entry.number, f"制发机关要求最迟{chinese(due)}清退")


def _extended(entry: Entry[Paper], on: date) -> bool:
    return entry.thing.keep_until is not None and entry.thing.keep_until >= on


@rule(
    CARRIERS["一（八）2"],
    Force.REQUIRES,
    "上一年收进的密件，必须在下一年三月底前退清；要归档、要延长的先同发文机关办好手续",
    on=Paper,
    remedy="清退；要留用的，向发文机关说明并登记，或办理归档。",
)
def cleared_by_next_march(entry: Entry[Paper], desk: Desk) -> Iterator[Breach]:
    """Last year's papers have gone back by the end of March."""
    due = clears_by(entry, desk.register, desk.pack)
    if due is not None and desk.on > due:
        yield Breach(entry.number, f"{entry.entered.year}年收进，最迟{chinese(due)}退清")


@rule(
    CARRIERS["一（八）2"],
    Force.REQUIRES,
    "保密员每月要清点一次经管的密件",
    on=Register,
    remedy="清点全部在室密件并登记。",
)
def counted_every_month(register: Register, desk: Desk) -> Iterator[Breach]:
    """The papers in the officer's charge were counted within the last month."""
    yield from _due(register, desk, clearance=False)


@rule(
    CARRIERS["一（八）2"],
    Force.REQUIRES,
    "密件每季度要核查、清退一次",
    on=Register,
    remedy="核查并清退到期密件，清点登记时注明“核查清退”。",
)
def checked_every_quarter(register: Register, desk: Desk) -> Iterator[Breach]:
    """The papers in the officer's charge were checked and cleared within the last quarter."""
    yield from _due(register, desk, clearance=True)


def _due(register: Register, desk: Desk, *, clearance: bool) -> Iterator[Breach]:
    months = desk.pack.clearance_months if clearance else desk.pack.count_months
    found = count_falls_due(register, months, clearance=clearance)
    if found is None:
        return
    due, last, papers = found
    word = "核查清退" if clearance else "清点"
    if desk.on > due:
        said = f"上次{word}是{chinese(last)}" if last else f"一直没有{word}过"
        yield Breach(word, f"在室密件{papers}件，{said}，最迟应在{chinese(due)}")


@rule(
    CARRIERS["一（八）2"],
    Force.REQUIRES,
    "归档或延长使用，应向发文机关说明并办手续",
    on=(Archived, Extended),
    remedy="征得发文机关同意，写明同意的单位和文号。",
)
def kept_with_the_issuers_consent(event: Archived | Extended, desk: Desk) -> Iterator[Breach]:
    """Whatever is kept or archived, its issuer was told."""
    needed = desk.pack.approvers("keep", None)
    given = {"制发机关"} if event.agreed_by else set()
    if needed is not None and not needed.satisfied(given):
        for number, document in desk.papers(event.carriers):
            if foreign(document, desk.register):
                yield Breach(number, f"没有{document.issuer}同意的记录")


@rule(
    CARRIERS["一（八）3"],
    Force.REQUIRES,
    "涉密人员离岗前，应把手里的密件退清并移交",
    on=Left,
    remedy="先收回或移交名下的载体，再登记离岗。",
)
def leaves_with_nothing_in_hand(event: Left, desk: Desk) -> Iterator[Breach]:
    """Nobody leaves a secret post with a secret paper or notebook in his charge."""
    held = [number for number, _ in desk.on_paper(desk.register.held_by(event.person))]
    if held:
        yield Breach(event.person, f"名下还有密件{len(held)}件：{'、'.join(held[:5])}")


@rule(
    CARRIERS["一（八）4"],
    Force.REQUIRES,
    "归档须按档案法律的规定办",
    on=Archived,
    remedy="写明归入的案卷号。",
)
def archived_under_a_number(event: Archived, desk: Desk) -> Iterator[Breach]:
    """An archived paper can be found again by its file number."""
    if not event.archive_no:
        for number, _ in desk.on_paper(event.carriers):
            yield Breach(number, "没有案卷号")


RULES = (
    cleared_to_the_issuer,
    cleared_by_the_issuers_day,
    cleared_by_next_march,
    counted_every_month,
    checked_every_quarter,
    kept_with_the_issuers_consent,
    leaves_with_nothing_in_hand,
    archived_under_a_number,
)
