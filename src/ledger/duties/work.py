"""What falls due about the year's work as a whole: plans, reports, praise."""

from collections.abc import Iterator

from ledger.duties.turns import in_the_year, once_a_year
from ledger.duty import Due, obligation
from ledger.event.organization import Planned, YearReported
from ledger.event.reward import Rewarded
from ledger.register.pages import NOBODY
from ledger.register.register import Register
from ledger.regulation.compendium import COMMITTEE, EDUCATION, INSPECTION, OFFICERS
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


@obligation(
    COMMITTEE["第三条"],
    "研究制定年度保密工作计划",
    "制定保密工作年度计划（年度计划）",
    on=Register,
    done_by=Planned,
)
def year_planned(register: Register, desk: Desk) -> Iterator[Due]:
    """The year's secrecy work has a plan."""
    month = desk.pack.plan_month
    yield from once_a_year(register, desk.on, "年度计划/保密工作", month, "单位", "保密工作计划")


@obligation(
    EDUCATION["第三条"],
    "制订保密宣传教育年度计划",
    "制订宣传教育年度计划（年度计划，类别写“宣传教育”）",
    on=Register,
    done_by=Planned,
)
def education_planned(register: Register, desk: Desk) -> Iterator[Due]:
    """The year's education has a plan."""
    month = desk.pack.plan_month
    yield from once_a_year(register, desk.on, "年度计划/宣传教育", month, "单位", "宣传教育计划")


@obligation(
    COMMITTEE["第九条"],
    "每年底总结并向保密行政管理部门书面报告",
    "写出年度报告并登记（年度报告）",
    on=Register,
    done_by=YearReported,
)
def year_reported(register: Register, desk: Desk) -> Iterator[Due]:
    """The year's work is reported to the bureau in writing."""
    month = desk.pack.report_month
    yield from once_a_year(register, desk.on, "年度报告/单位", month, "单位", "保密工作总结报告")


@obligation(
    OFFICERS["第五条"],
    "年底由保密员向上如实反映情况",
    "保密员年度报告（年度报告，类别写“保密员”）",
    on=Register,
    done_by=YearReported,
)
def officer_reported(register: Register, desk: Desk) -> Iterator[Due]:
    """The officer reports to the bureau every year, where the room has one."""
    if register.posts.get("保密员", NOBODY):
        month = desk.pack.report_month
        yield from once_a_year(register, desk.on, "年度报告/保密员", month, "保密员", "情况反映")


@obligation(
    INSPECTION["第十条"],
    "年底表扬奖励做得好的部门和个人",
    "评选表扬并登记（奖励）",
    on=Register,
    done_by=Rewarded,
)
def good_work_praised(register: Register, desk: Desk) -> Iterator[Due]:
    """Good work is praised at the end of the year."""
    yield from in_the_year(register, desk.on, "奖励", 1, "部门和个人", "年底表扬")


OBLIGATIONS = (year_planned, education_planned, year_reported, officer_reported, good_work_praised)
