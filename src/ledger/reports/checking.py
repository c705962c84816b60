"""保密检查记录表: rows one to nineteen for a department, a place or the whole unit.

The period runs from the end of the last inspection to the day of this one (附件注2).
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from attrs import frozen

from ledger.act import Act
from ledger.carrier import Carrier
from ledger.event import Left
from ledger.event.inspection import InspectionHeld
from ledger.event.staff import MatterDeclared, Posted, Replaced, TravelApproved
from ledger.event.training import Trained
from ledger.level import Level
from ledger.pack import Pack
from ledger.place import WithPerson
from ledger.register.pages import NOBODY
from ledger.register.record import Case, Entry
from ledger.register.register import Register
from ledger.register.survey import begun
from ledger.reports.carrier_rows import CarrierRow, TopSecretRow, carrier_row, top_secret_rows
from ledger.reports.evidence import NOTHING_SAID, Fact, Window, cell, name_of, names_of, window
from ledger.review import check

__all__ = ["InspectionRecord", "inspection_record"]


@frozen(kw_only=True)
class InspectionRecord:
    """The whole form, every row of it filled from the book."""

    unit: str = cell("单位")
    on: date = cell("填表日期")
    since: date = cell("时限自")
    department: str = cell("部门（部位）")
    head: str = cell("部门负责人")
    level: str = cell("涉密程度")
    staff_changes: Fact = cell("人员变动情况")
    journeys: Fact = cell("人员出境情况")
    training: Fact = cell("保密教育培训情况")
    conduct: Fact = cell("履行保密责任情况")
    carriers: tuple[CarrierRow, ...] = cell("涉密载体管理")
    top_secret: tuple[TopSecretRow, ...] = cell("绝密件管理情况")
    facilities: Fact = cell("保密设备、设施检查情况")
    premises: Fact = cell("办公场所防范情况")
    other: Fact = cell("其他情况")
    risks: Fact = cell("有无发现泄密隐患")
    demands: Fact = cell("保密整改措施及保密要求")
    inspectors: str = cell("检查人")


def inspection_record(
    acts: Sequence[Act],
    register: Register,
    pack: Pack,
    on: date,
    department: str = "",
    since: date | None = None,
) -> InspectionRecord:
    """The record of an inspection on a day, of one department or, for blank, the whole unit.

    ``since`` is the day after the last inspection unless another is given.
    """
    start = since or _last_inspection(register, on)
    period = window(acts, start, on)
    ours = _of(register, department)
    open_ = [entry for entry in register.open_carriers() if _held_in(register, entry, ours)]
    held = period.of(InspectionHeld)
    return InspectionRecord(
        unit=register.unit,
        on=on,
        since=start,
        department=department or "全单位",
        head=_head(register, department),
        level=str(max((x for e in open_ if (x := register.level_of(e))), default="")),
        staff_changes=_staff_changes(register, period, ours),
        journeys=_journeys(register, period, ours),
        training=_training(period, ours),
        conduct=_conduct(register, period, ours),
        carriers=tuple(carrier_row(register, period, open_, level) for level in reversed(Level)),
        top_secret=tuple(top_secret_rows(register, open_)),
        facilities=_said(held, lambda event: event.facilities),
        premises=_said(held, lambda event: event.premises),
        other=NOTHING_SAID,
        risks=_risks(register, pack, on, {entry.number for entry in open_}),
        demands=_demands(register, held),
        inspectors=names_of(register, _inspectors(held)),
    )


def _last_inspection(register: Register, on: date) -> date:
    """The day after the last unit-wide inspection before a day."""
    rounds = (register.rounds.get(f"检查/{scope}") for scope in ("单位检查", "上级检查", "自查"))
    days = [last.on + timedelta(days=1) for last in rounds if last is not None and last.on < on]
    return max(days, default=begun(register) or on)


def _risks(register: Register, pack: Pack, on: date, numbers: set[str]) -> Fact:
    found = [f for f in check(register, pack, on) if f.force.binds and f.subject in numbers]
    return Fact("；".join(f"{f.subject}{f.fact}" for f in found) or "无")


Belongs = Callable[[str], bool]


def _of(register: Register, department: str) -> Belongs:
    """Whether a person, by number or name, is of the department; everybody is for blank."""
    if not department:
        return lambda _: True
    people = [register.people[n] for n in sorted(register.staff.get(department, NOBODY))]
    names = {name for p in people for name in (p.number, p.name)}
    return names.__contains__


def _held_in(register: Register, entry: Entry[Carrier], ours: Belongs) -> bool:
    if register.level_of(entry) is None:
        return False
    match entry.custody:
        case WithPerson(person=person):
            return ours(person)
        case _:
            return ours("") or ours(getattr(entry.thing, "keeper", ""))


def _head(register: Register, department: str) -> str:
    people = (register.people[n] for n in sorted(register.staff.get(department, NOBODY)))
    return "、".join(p.name for p in people if "部门领导" in p.roles)


def _staff_changes(register: Register, period: Window, ours: Belongs) -> Fact:
    came = [(a, e) for a, e in period.of(Posted) if ours(e.person)]
    left = [(a, e) for a, e in period.of(Left) if ours(e.person)]
    swapped = [(a, e) for a, e in period.of(Replaced) if ours(e.person)]
    if not (came or left or swapped):
        return NOTHING_SAID
    signed = sum(e.commitment for _, e in left)
    parts = []
    if came:
        parts.append(f"上岗{len(came)}人（{names_of(register, (e.person for _, e in came))}）")
    if left:
        who = names_of(register, (e.person for _, e in left))
        parts.append(f"离岗{len(left)}人（{who}），签订离岗承诺书{signed}人")
    parts += [
        f"保密员由{name_of(register, e.person)}换为{name_of(register, e.successor)}"
        for _, e in swapped
    ]
    return period.fact("；".join(parts), [*came, *left, *swapped])


def _journeys(register: Register, period: Window, ours: Belongs) -> Fact:
    trips = [(a, e) for a, e in period.of(TravelApproved) if ours(e.person)]
    if not trips:
        return NOTHING_SAID
    private = sum(e.private for _, e in trips)
    told = "、".join(f"{name_of(register, e.person)}（{e.destination}）" for _, e in trips)
    approved = sum(bool(e.approvals) for _, e in trips)
    text = f"因公{len(trips) - private}人，因私{private}人，经批准{approved}人：{told}"
    return period.fact(text, trips)


def _training(period: Window, ours: Belongs) -> Fact:
    held = [(a, e) for a, e in period.of(Trained) if any(map(ours, (*e.attendees, *e.absent)))]
    if not held:
        return NOTHING_SAID
    parts = []
    for act, event in held:
        present, missed = sum(map(ours, event.attendees)), sum(map(ours, event.absent))
        what = "、".join(event.topics) or event.content or event.form
        parts.append(f"{act.on}，{event.hours:g}课时，参加{present}人，缺席{missed}人，{what}")
    return period.fact("；".join(parts), held)


def _conduct(register: Register, period: Window, ours: Belongs) -> Fact:
    declared = [(a, e) for a, e in period.of(MatterDeclared) if ours(e.person)]
    cases = [c for c in register.in_order(register.cases) if period.start <= c.opened <= period.end]
    mine = [c for c in cases if _concerns(register, c, ours)]
    parts = [f"案件{c.number}（{c.nature}）：{'；'.join(c.facts)}" for c in mine]
    parts += [f"{name_of(register, e.person)}报告{e.matter}" for _, e in declared]
    acts = (*(c.act for c in mine), *(a.n for a, _ in declared))
    return Fact("；".join(parts), acts) if parts else Fact("没有违规记录，没有需要报告的事项")


def _concerns(register: Register, case: Case, ours: Belongs) -> bool:
    if ours(""):
        return True
    entries = (register.carriers.get(number) for number in case.subjects)
    return any(ours(p) for p in case.persons) or any(
        entry is not None and _held_in(register, entry, ours) for entry in entries
    )


Held = tuple[tuple[Act, InspectionHeld], ...]


def _said(held: Held, what: Callable[[InspectionHeld], str]) -> Fact:
    mine = [(act, what(event)) for act, event in held if what(event)]
    text = "；".join(dict.fromkeys(said for _, said in mine))
    return Fact(text, tuple(act.n for act, _ in mine)) if mine else NOTHING_SAID


def _demands(register: Register, held: Held) -> Fact:
    open_ = [i for i in register.in_order(register.inspections) if i.outstanding]
    parts = [
        f"{i.number}第{n}项“{i.problems[n - 1]}”，{i.rectify_by or '未定期限'}前整改"
        for i in open_
        for n in i.outstanding
    ]
    parts += dict.fromkeys(event.opinion for _, event in held if event.opinion)
    return Fact("；".join(parts), tuple(i.act for i in open_)) if parts else NOTHING_SAID


def _inspectors(held: Held) -> Sequence[str]:
    return tuple(dict.fromkeys(name for _, event in held for name in event.inspectors))
