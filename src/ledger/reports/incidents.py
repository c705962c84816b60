"""泄密事件报告表、结案报告表: what the bureau is told, at once and in the end."""

from collections.abc import Sequence

from attrs import frozen

from ledger.act import Act
from ledger.event.incident import Investigated
from ledger.number import CaseNo
from ledger.pack import Pack
from ledger.register.register import Register
from ledger.reports.evidence import NOTHING_SAID, Fact, cell, names_of, window

__all__ = ["ClosingSheet", "LeakSheet", "closing_sheet", "leak_sheet"]


@frozen(kw_only=True)
class LeakSheet:
    """泄密事件报告表."""

    unit: str = cell("发生泄密事件单位")
    content: str = cell("泄密内容及密级")
    persons: str = cell("责任人基本情况")
    discovery: Fact = cell("泄密事件发现经过")
    course: Fact = cell("泄密事件发生经过")
    remedies: str = cell("补救措施")
    due: str = cell("应报时限")
    told: str = cell("已报告")


def leak_sheet(register: Register, number: str, pack: Pack) -> LeakSheet:
    """What the bureau is told within a day of a leak's or loss's discovery; raises ``KeyError``."""
    case = register.cases[CaseNo(number)]
    hour = f"{case.opened_at:%H:%M}" if case.opened_at else ""
    when = f"，发生于{case.happened_on}" if case.happened_on else ""
    return LeakSheet(
        unit=register.unit,
        content=_content(register, number),
        persons=_persons(register, case.persons),
        discovery=Fact(f"{case.opened} {hour}发现：{'；'.join(case.facts)}".strip(), (case.act,)),
        course=Fact((case.course or "正在调查") + when, (case.act,)),
        remedies="；".join(case.remedies),
        due=f"{case.opened} {hour}起{pack.report_hours}小时内",
        told="；".join(map(str, case.reports)),
    )


def _content(register: Register, number: str) -> str:
    """What leaked: as stated, else the carriers of the case, each with its level."""
    case = register.cases[CaseNo(number)]
    parts = (
        [f"{case.content}（{case.level}）" if case.level else case.content] if case.content else []
    )
    for each in case.subjects:
        entry = register.carriers.get(each)
        if entry is not None:
            level = register.level_of(entry)
            parts.append(f"{each}（{level}）" if level else each)
    return "；".join(parts)


def _persons(register: Register, refs: Sequence[str]) -> str:
    people = [register.person(ref) for ref in refs]
    return "；".join(
        "，".join(filter(None, (p.name, p.department, p.post, str(p.category or ""))))
        for p in people
        if p is not None
    )


@frozen(kw_only=True)
class ClosingSheet:
    """泄密案件查处结案报告表."""

    unit: str = cell("发生泄密事件单位")
    content: str = cell("泄密内容及密级")
    persons: str = cell("责任人基本情况")
    investigation: Fact = cell("泄密事件调查情况")
    handling: str = cell("责任人处理情况")
    corrections: str = cell("单位整改情况")
    enclosures: str = cell("应附材料")
    outcome: str = cell("处理结果")


def closing_sheet(acts: Sequence[Act], register: Register, number: str) -> ClosingSheet:
    """What the bureau is told when a case is to be closed; raises ``KeyError``."""
    case = register.cases[CaseNo(number)]
    last = max((act.on for act in acts[-1:]), default=case.opened)
    looked = [
        (act, event)
        for act, event in window(acts, case.opened, max(last, case.opened)).of(Investigated)
        if event.case == number
    ]
    harm = f"；后果：{case.harm}" if case.harm else ""
    group = f"；调查人员：{names_of(register, case.group)}" if case.group else ""
    told = Fact(f"{case.course}{harm}{group}", tuple(act.n for act, _ in looked))
    return ClosingSheet(
        unit=register.unit,
        content=_content(register, number),
        persons=_persons(register, case.persons),
        investigation=told if looked else NOTHING_SAID,
        handling="；".join(case.handling),
        corrections="；".join(case.corrections),
        enclosures="结案报告表、调查报告、当事人说明和检讨、处理材料、单位责任和整改措施",
        outcome=case.outcome,
    )
