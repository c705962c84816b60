"""Rows 8 to 14 of the inspection record: carriers by level, and every 绝密 document."""

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from ledger.act import Act
from ledger.carrier import Carrier, Computer, Device, Document, Medium, Notebook, Paper
from ledger.event import Copied, Lent
from ledger.level import Level
from ledger.register.balance import whereabouts
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.reports.evidence import Fact, Window, cell, names_of

__all__ = ["CarrierRow", "TopSecretRow", "carrier_row", "top_secret_rows"]


@frozen(kw_only=True)
class CarrierRow:
    """One of the rows for a level: how many, of what kinds, in what state, with which papers."""

    level: Level = cell("密级")
    count: int = cell("数量")
    kinds: str = cell("种类")
    complete: bool = cell("齐全")
    lent: int = cell("外借")
    copied: int = cell("复印")
    lent_in_order: bool | None = cell("外借手续")
    copied_in_order: bool | None = cell("复印手续")
    problems: Fact = cell("存在问题")


@frozen(kw_only=True)
class TopSecretRow:
    """One 绝密 document of the unit, as the form's own table asks for it."""

    doc_no: str = cell("文号")
    range: str = cell("发放范围")
    copies: int = cell("发放份数")
    route: str = cell("传递途径")
    keeping: str = cell("保管情况")
    known_by: str = cell("接触、知悉人员记录")


KINDS = {Paper: "文件", Notebook: "保密本", Medium: "介质", Computer: "计算机", Device: "设备"}


def carrier_row(
    register: Register, period: Window, open_: Sequence[Entry[Carrier]], level: Level
) -> CarrierRow:
    """The row of one level, over the carriers that are looked at."""
    mine = [entry for entry in open_ if register.level_of(entry) is level]
    numbers = {entry.number for entry in mine}
    kinds = Counter(
        entry.thing.type if isinstance(entry.thing, Medium) else KINDS[type(entry.thing)]
        for entry in mine
    )
    lent = [(a, e) for a, e in period.of(Lent) if e.carrier in numbers]
    copied = [(a, e) for a, e in period.of(Copied) if numbers & {e.original, *e.numbers}]
    out = sum(whereabouts(entry.custody) == "借出" for entry in mine)
    missing = [entry.number for entry in mine if entry.missing]
    wrong = [(a, e) for a, e in (*lent, *copied) if any(f.force.binds for f in a.findings)]
    problems = [f"下落不明：{'、'.join(missing)}"] if missing else []
    problems += [f"第{a.n}笔{a.findings[0].fact}" for a, _ in wrong]
    return CarrierRow(
        level=level,
        count=len(mine),
        kinds="、".join(f"{kind}{count}" for kind, count in kinds.items()) or "无",
        complete=not missing,
        lent=out,
        copied=sum(e.copies for _, e in copied),
        lent_in_order=_in_order(lent),
        copied_in_order=_in_order(copied),
        problems=period.fact("；".join(problems) or "无", wrong),
    )


def _in_order(acts: Sequence[tuple[Act, object]]) -> bool | None:
    """Whether none of the acts was against a binding article; ``None`` where there was none."""
    if not acts:
        return None
    return not any(finding.force.binds for act, _ in acts for finding in act.findings)


def top_secret_rows(register: Register, open_: Sequence[Entry[Carrier]]) -> Iterator[TopSecretRow]:
    """A row for each 绝密 document of which a copy is here."""
    found: dict[str, list[Entry[Carrier]]] = {}
    for entry in open_:
        if isinstance(entry.thing, Paper) and register.level_of(entry) is Level.绝密:
            found.setdefault(entry.thing.document, []).append(entry)
    for number, copies in found.items():
        document = register.documents[number]
        yield TopSecretRow(
            doc_no=document.doc_no or document.alias or number,
            range=document.distribution or names_of(register, _circle(document)),
            copies=len(copies),
            route="、".join(dict.fromkeys(entry.origin for entry in copies)),
            keeping="、".join(str(entry.custody) for entry in copies),
            known_by=_readers(register, number),
        )


def _circle(document: Document) -> Sequence[str]:
    return sorted(document.circle.members) if document.circle else ()


def _readers(register: Register, number: str) -> str:
    lines = [register.readings[key] for key in register.readers.get(number, NOBODY)]
    people = dict.fromkeys(line.person for line in sorted(lines, key=lambda line: line.out))
    return f"{len(people)}人：{names_of(register, people)}" if people else "无"
