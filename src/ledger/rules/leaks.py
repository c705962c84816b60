"""《泄密事件报告查处制度》: reported in a day, to both, and closed with the bureau's consent."""

from collections.abc import Iterator

from ledger.conflict import DISCOVERY, TWO_ADDRESSEES
from ledger.day import chinese
from ledger.deadline import report_until
from ledger.event import CaseClosed
from ledger.event.incident import ClosingRequested
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.register.pages import NOBODY
from ledger.register.record import Case
from ledger.regulation.compendium import LEAKS
from ledger.rule import Desk, rule

__all__ = ["RULES", "SUPERIOR", "concerns_secrets"]

SUPERIOR = "上级主管部门"
"""What an outside unit is marked as that leaks are reported to besides the bureau."""


def concerns_secrets(case: Case, desk: Desk) -> bool:
    """Whether what is lost or leaked is, or may be, a state secret."""
    levels: list[Level | None] = [case.level, *(desk.level(number) for number in case.subjects)]
    return case.nature == "泄密" or any(levels)


@rule(
    LEAKS["第五条"],
    Force.REQUIRES,
    "发现泄密或可能泄密，要在24小时内报当地保密行政管理部门",
    on=Case,
    remedy="口头或书面报告，填报告表，用“报告”登记（报告阶段=首次）。",
    note=DISCOVERY,
)
def leaks_are_reported_in_a_day(case: Case, desk: Desk) -> Iterator[Breach]:
    """A leak, or a secret that is missing, is reported within the hours of its discovery."""
    due = report_until(case, desk.pack)
    if due is None or desk.on <= due or not concerns_secrets(case, desk):
        return
    if case.reported_on is None:
        yield Breach(case.number, f"{chinese(case.opened)}发现{case.nature}，还没有报告记录")


@rule(
    LEAKS["第五条"],
    Force.REQUIRES,
    "单位有上级主管的，应两头都报",
    on=Case,
    remedy="补报上级主管部门并登记。",
    note=TWO_ADDRESSEES,
)
def both_are_told(case: Case, desk: Desk) -> Iterator[Breach]:
    """A unit that has a superior department reports to it as well as to the bureau."""
    due = report_until(case, desk.pack)
    if due is None or desk.on <= due or not case.reports or not concerns_secrets(case, desk):
        return
    told = {report.to for report in case.reports}
    for number in sorted(desk.register.designated.get(SUPERIOR, NOBODY)):
        unit = desk.register.units[number]
        if told.isdisjoint({unit.name, unit.number}):
            yield Breach(case.number, f"报了{'、'.join(sorted(told))}，没有报{unit.name}")


@rule(
    LEAKS["第十一条"],
    Force.REQUIRES,
    "申请结案应交齐五样材料：结案报告表、调查报告、当事人说明、处理材料、单位责任和整改",
    on=ClosingRequested,
    remedy="补齐材料再申请。",
)
def closing_has_its_five_papers(event: ClosingRequested, _desk: Desk) -> Iterator[Breach]:
    """All five sets of papers are there when the bureau is asked to close a case."""
    papers = (
        ("结案报告表", event.closing_form),
        ("调查报告", event.investigation_report),
        ("当事人说明", event.statements),
        ("处理材料", event.handling_papers),
        ("单位责任和整改", event.unit_report),
    )
    missing = [name for name, there in papers if not there]
    if missing:
        yield Breach(event.case, f"缺少：{'、'.join(missing)}")


@rule(
    LEAKS["第十二条"],
    Force.REQUIRES,
    "泄密案件须等有权批准的保密部门点头才算结案",
    on=CaseClosed,
    remedy="先申请结案，取得同意结案的文件，填写批准文件文号。",
)
def closed_with_the_bureaus_consent(event: CaseClosed, desk: Desk) -> Iterator[Breach]:
    """A leak's case is closed when the bureau with the power has agreed."""
    case = desk.register.cases[event.case]
    if case.nature == "泄密" and not event.consent_no:
        said = "还没有申请结案" if case.closing_asked_on is None else "没有同意结案的文件"
        yield Breach(event.case, said)


RULES = (
    leaks_are_reported_in_a_day,
    both_are_told,
    closing_has_its_five_papers,
    closed_with_the_bureaus_consent,
)
