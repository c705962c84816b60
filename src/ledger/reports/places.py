"""要害部位管理档案: a key place's page, its people, and what happened there."""

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from ledger.act import Act
from ledger.event.inspection import InspectionHeld
from ledger.event.organization import ChangeReported
from ledger.event.premises import PhoneAdmitted, SiteAccepted, SiteOpened
from ledger.event.staff import Posted, Vetted
from ledger.event.training import Trained
from ledger.number import SiteNo
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.reports.evidence import Window, cell, name_of, names_of, window

__all__ = ["PlaceEntry", "PlaceFile", "place_file"]


@frozen(kw_only=True)
class PlaceEntry:
    """One line of a key place's file."""

    on: date = cell("日期")
    what: str = cell("事项")
    text: str = cell("内容")
    act: int = cell("流水")


@frozen(kw_only=True)
class PlaceFile:
    """要害部位管理档案."""

    number: str = cell("编号")
    name: str = cell("名称")
    level: str = cell("涉密程度")
    head: str = cell("责任人")
    file_keeper: str = cell("档案管理人")
    accepted_no: str = cell("验收文号")
    conditions: str = cell("场所条件")
    staff: str = cell("工作人员")
    carriers: int = cell("场所内载体")
    rows: tuple[PlaceEntry, ...] = cell("记录")


def place_file(
    acts: Sequence[Act], register: Register, number: str, start: date, end: date
) -> PlaceFile:
    """The management file of a key place over a period; raises ``KeyError``."""
    site = register.sites[SiteNo(number)]
    people = [register.people[n] for n in sorted(register.staff.get(site.department, NOBODY))]
    staff = {p.number: p.name for p in people if p.category and p.left_on is None}
    parts = (("独立封闭", site.enclosed), ("存放设施", site.storage), ("监控", site.surveillance))
    words = {True: "有", False: "无", None: "没有登记"}
    here = [
        entry
        for entry in register.open_carriers()
        if getattr(entry.thing, "place", "") in (site.name, site.place or site.name)
    ]
    period = window(acts, start, end)
    rows = [
        *_of_the_place(period, register, number),
        *_of_its_people(period, register, set(staff)),
    ]
    return PlaceFile(
        number=site.number,
        name=site.name,
        level=str(site.level or ""),
        head=name_of(register, site.keeper),
        file_keeper=name_of(register, site.file_keeper),
        accepted_no=site.accepted_no,
        conditions="、".join(f"{name}{words[has]}" for name, has in parts),
        staff="、".join(staff.values()),
        carriers=len(here),
        rows=tuple(sorted(rows, key=lambda row: (row.on, row.act))),
    )


def _of_the_place(period: Window, register: Register, number: str) -> Iterator[PlaceEntry]:
    """What happened at the place: accepted, opened, inspected, changed, entered with a phone."""
    for act, event in period.of(SiteAccepted, SiteOpened, InspectionHeld, ChangeReported):
        match event:
            case SiteAccepted(site=site, paper_no=said) if site == number:
                yield _line(act, "验收", said)
            case SiteOpened(site=site) if site == number:
                yield _line(act, "启用", "")
            case ChangeReported(about=site, details=said) if site == number:
                yield _line(act, "变动上报", said)
            case InspectionHeld(sites=sites) if number in sites:
                found = "；".join(event.problems) or event.opinion or event.facilities
                yield _line(act, "检查", found or "正常")
            case _:
                continue
    for act, admitted in period.of(PhoneAdmitted):
        if admitted.site == number:
            yield _line(act, "带入通信工具", name_of(register, admitted.person))


def _of_its_people(period: Window, register: Register, staff: set[str]) -> Iterator[PlaceEntry]:
    """What happened to its people: reviewed, posted, trained."""
    for act, vetted in period.of(Vetted):
        if vetted.person in staff:
            text = f"{name_of(register, vetted.person)} {vetted.category}"
            yield _line(act, "资格审查", text)
    for act, posted in period.of(Posted):
        if posted.person in staff:
            yield _line(act, "上岗", f"{name_of(register, posted.person)} {posted.post}")
    for act, trained in period.of(Trained):
        there = [person for person in trained.attendees if person in staff]
        if there:
            yield _line(act, "培训", f"{trained.hours:g}课时：{names_of(register, there)}")


def _line(act: Act, what: str, text: str) -> PlaceEntry:
    return PlaceEntry(on=act.on, what=what, text=text, act=act.n)
