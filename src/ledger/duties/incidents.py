"""The clocks of a loss or a leak, from discovery to the closed file."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.day import chinese, months_after
from ledger.deadline import LOSSES, missing_until, report_until
from ledger.duty import Due, obligation
from ledger.event import CaseClosed, Found, Reported
from ledger.event.incident import ClosingRequested, Corrected, Investigated, LeakFound
from ledger.register.record import Case
from ledger.regulation.compendium import INSPECTION, LEAKS
from ledger.regulation.national import CASE_RULES, REPORT_RULES
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]

POLICE = ("公安", "海关")
"""Who is asked to help with what was lost, stolen or may leave the country."""


def _secret(case: Case, desk: Desk) -> bool:
    levels = (desk.level(number) for number in case.subjects)
    return case.closed is None and case.nature in LOSSES and (case.nature == "泄密" or any(levels))


@obligation(
    LEAKS["第五条"],
    "发现泄密或可能泄密，24小时内报告",
    "报保密行政管理部门（有上级主管部门的同时报），填报告表",
    on=Case,
    done_by=Reported,
)
def leak_reported(case: Case, desk: Desk) -> Iterator[Due]:
    """A leak, or a secret that is missing, is reported within the hours of its discovery."""
    by = report_until(case, desk.pack)
    if by is not None and case.reported_on is None and _secret(case, desk):
        yield Due(case.number, by, f"{chinese(case.opened)}发现{case.nature}", hour=case.opened_at)


@obligation(
    LEAKS["第六条"],
    "丢失、被盗、可能出境的，报请公安或海关协助追查",
    "报公安机关（可能出境的报海关）并登记",
    on=Case,
    done_by=(Reported, Found),
)
def police_asked(case: Case, desk: Desk) -> Iterator[Due]:
    """The police or the customs are asked to help find a secret that is missing."""
    asked = any(word in report.to for report in case.reports for word in POLICE)
    missing = any(
        (entry := desk.entry(number)) is not None and entry.missing == case.number
        for number in case.subjects
    )
    if case.nature == "丢失" and missing and not asked and _secret(case, desk):
        yield Due(case.number, case.opened + timedelta(days=1), f"{chinese(case.opened)}发现丢失")


@obligation(
    LEAKS["第三条"],
    "接到报告迅速成立调查小组，查明基本情况",
    "成立调查小组并登记调查情况",
    on=Case,
    done_by=Investigated,
)
def leak_investigated(case: Case, desk: Desk) -> Iterator[Due]:
    """Somebody investigates, and what he found is in the book."""
    if not case.group and _secret(case, desk):
        by = case.opened + timedelta(days=desk.pack.progress_days)
        yield Due(case.number, by, f"{chinese(case.opened)}立案，没有调查记录")


@obligation(
    LEAKS["第七条"],
    "上报后一周内继续报告查处情况",
    "续报进展（报告阶段=进展）",
    on=Case,
    done_by=Reported,
)
def progress_reported(case: Case, desk: Desk) -> Iterator[Due]:
    """How the case goes is reported again within a week of the first report."""
    first = case.reported_on
    again = any(report.stage in ("进展", "查清", "结果") for report in case.reports)
    if first is not None and not again and _secret(case, desk):
        by = first + timedelta(days=desk.pack.progress_days)
        yield Due(case.number, by, f"{chinese(first)}首次报告")


@obligation(
    LEAKS["第九条"],
    "针对事件提出整改措施，完善制度",
    "登记整改措施",
    on=Case,
    done_by=Corrected,
)
def corrected_after_a_leak(case: Case, desk: Desk) -> Iterator[Due]:
    """When everything is found out it is said what will be done better."""
    if case.established_on is not None and not case.corrections and _secret(case, desk):
        by = case.established_on + timedelta(days=desk.pack.rectify_days)
        yield Due(case.number, by, f"{chinese(case.established_on)}查清，还没有整改措施")


@obligation(
    REPORT_RULES["第五条"],
    "查处结果三个月内书面报告",
    "查清并报告结果、申请结案",
    on=Case,
    done_by=(Reported, ClosingRequested),
)
def result_reported(case: Case, desk: Desk) -> Iterator[Due]:
    """The outcome of a leak is reported in writing within three months."""
    told = case.closing_asked_on is not None or any(r.stage == "结果" for r in case.reports)
    if not told and _secret(case, desk):
        by = months_after(case.opened, desk.pack.result_months)
        yield Due(case.number, by, f"{chinese(case.opened)}发现{case.nature}")


@obligation(
    CASE_RULES["第五条"],
    "下落不明的，绝密满10日、机密秘密满60日按泄密查处",
    "找回登记，找不到的按泄密立案",
    on=Case,
    done_by=(Found, LeakFound, CaseClosed),
)
def missing_taken_for_leaked(case: Case, desk: Desk) -> Iterator[Due]:
    """What stays missing long enough is taken for leaked."""
    by = missing_until(case, desk.register, desk.pack)
    if by is not None:
        yield Due(case.number, by, f"{chinese(case.opened)}发现，下落不明")


@obligation(
    LEAKS["第十二条"],
    "有权批准的保密部门同意了才结案",
    "取得同意后登记结案",
    on=Case,
    done_by=CaseClosed,
)
def closing_followed_up(case: Case, desk: Desk) -> Iterator[Due]:
    """A case whose closing was asked for is closed when the bureau agrees."""
    asked = case.closing_asked_on
    if asked is not None and case.closed is None:
        by = asked + timedelta(days=desk.pack.rectify_days)
        yield Due(case.number, by, f"{chinese(asked)}申请结案")


@obligation(
    INSPECTION["第七条"],
    "违规的，限期整改，改好结案",
    "整改并登记结案",
    on=Case,
    done_by=CaseClosed,
)
def breach_put_right(case: Case, desk: Desk) -> Iterator[Due]:
    """A breach that was recorded is put right and its case closed."""
    if case.nature == "违规" and case.closed is None:
        by = case.opened + timedelta(days=desk.pack.rectify_days)
        yield Due(case.number, by, case.facts[0])


OBLIGATIONS = (
    leak_reported,
    police_asked,
    leak_investigated,
    progress_reported,
    corrected_after_a_leak,
    result_reported,
    missing_taken_for_leaked,
    closing_followed_up,
    breach_put_right,
)
