"""Inspections with what they found, until it is put right and bound into a file."""

from datetime import date
from typing import Final

from attrs import frozen

from ledger.number import InspectionNo, PersonRef, SiteNo

__all__ = [
    "SCOPES",
    "Criticized",
    "FileBound",
    "InspectionEvent",
    "InspectionHeld",
    "InspectionNotified",
    "Rectified",
]


SCOPES: Final = (
    "单位检查",
    "自查",
    "抽查",
    "自查自评",
    "上级检查",
    "要害部位",
    "节前",
    "公开专项",
    "介质",
    "互联网清理",
    "文件自查",
    "风险评估",
    "邮箱",
    "手机",
)
"""The kinds of inspection a duty may be waiting for, besides spot checks (抽查)."""


@frozen(kw_only=True)
class InspectionNotified:
    """检查通知: the bureau will come on a day (检查服务制度 第二条)."""

    scheduled: date
    inspected_by: str = "保密局"
    subjects: tuple[str, ...] = ()


@frozen(kw_only=True)
class InspectionHeld:
    """保密检查: departments, places or machines were inspected and the record filled in."""

    scope: str
    """One of ``SCOPES``, where a duty is to be fulfilled by it."""
    number: InspectionNo = InspectionNo("")
    sites: tuple[SiteNo, ...] = ()
    departments: tuple[str, ...] = ()
    inspectors: tuple[PersonRef, ...] = ()
    facilities: str = ""
    """What was looked at of equipment, how, and with what result."""
    premises: str = ""
    problems: tuple[str, ...] = ()
    rectify_by: date | None = None
    responsible: PersonRef = PersonRef("")
    opinion: str = ""


@frozen(kw_only=True)
class Rectified:
    """整改: problems an inspection found were put right."""

    inspection: InspectionNo
    measures: str
    items: tuple[int, ...] = ()
    """Which problems, counted from 1; all of them if none is named."""


@frozen(kw_only=True)
class Criticized:
    """通报批评: problems were not put right in time (监督检查制度 第七条)."""

    inspection: InspectionNo
    whom: str


@frozen(kw_only=True)
class FileBound:
    """检查立卷: the papers of an inspection are bound into its file (监督检查制度 第九条)."""

    inspection: InspectionNo
    archive_no: str


InspectionEvent = InspectionNotified | InspectionHeld | Rectified | Criticized | FileBound
