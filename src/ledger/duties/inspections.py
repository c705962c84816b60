"""What falls due about inspections: to be made, put right, criticized, bound, expected."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.day import chinese
from ledger.duties.turns import before_holidays, every, in_the_year
from ledger.duty import Due, obligation
from ledger.event.inspection import Criticized, FileBound, InspectionHeld, Rectified
from ledger.event.organization import ChangeReported
from ledger.event.premises import Sealed
from ledger.place import Site
from ledger.register.proceeding import Inspection
from ledger.register.register import Register
from ledger.regulation import KEY_POSTS
from ledger.regulation.compendium import COMMITTEE, INSPECTION, SERVICE
from ledger.regulation.local import FINANCE, ORGANISATION
from ledger.regulation.national import LAW_REGULATION
from ledger.rule import Desk

__all__ = ["OBLIGATIONS"]


@obligation(
    COMMITTEE["第八条"],
    "定期不定期组织保密检查",
    "单位内部保密检查（类别写“单位检查”）",
    on=Register,
    done_by=InspectionHeld,
)
def unit_inspected(register: Register, desk: Desk) -> Iterator[Due]:
    """The unit inspects itself at regular intervals."""
    months = desk.pack.unit_inspection_months
    yield from every(register, "检查/单位检查", months, "全单位", "内部保密检查")


@obligation(
    INSPECTION["第四条"],
    "各部门和涉密人员定期自查",
    "部门自查（类别写“自查”）",
    on=Register,
    done_by=InspectionHeld,
)
def departments_check_themselves(register: Register, desk: Desk) -> Iterator[Due]:
    """Every department looks at itself at regular intervals."""
    months = desk.pack.self_check_months
    yield from every(register, "检查/自查", months, "各部门", "自查")


@obligation(
    LAW_REGULATION["第五十八条"],
    "每年自查自评",
    "自查自评（类别写“自查自评”）",
    on=Register,
    done_by=InspectionHeld,
)
def unit_assessed_itself(register: Register, desk: Desk) -> Iterator[Due]:
    """The unit assesses itself every year."""
    wanted = desk.pack.self_assessments
    yield from in_the_year(register, desk.on, "检查/自查自评", wanted, "全单位", "自查自评")


@obligation(
    SERVICE["第29项"],
    "专门查一次信息公开的审查办得怎样",
    "信息公开专项检查（类别写“公开专项”）",
    on=Register,
    done_by=InspectionHeld,
)
def disclosure_inspected(register: Register, desk: Desk) -> Iterator[Due]:
    """How information is disclosed is inspected by itself."""
    if register.disclosures:
        months = desk.pack.disclosure_check_months
        yield from every(register, "检查/公开专项", months, "信息公开", "专项检查")


@obligation(
    KEY_POSTS["第七条"],
    "要害部位按密级检查：绝密每月，机密每三个月，秘密每六个月",
    "检查要害部位（类别写“要害部位”，写明场所）",
    on=Site,
    done_by=InspectionHeld,
)
def key_place_inspected(site: Site, desk: Desk) -> Iterator[Due]:
    """A key place is inspected as often as its level asks for."""
    if site.key and site.level is not None:
        months = desk.pack.key_inspection_months[site.level.value]
        name = f"场所检查/{site.number}"
        why = f"{site.name}（{site.level}级）"
        yield from every(desk.register, name, months, site.number, why, site.opened_on)


@obligation(
    KEY_POSTS["第八条"],
    "要害部位调整、换负责人、搬迁改建，及时报同级保密行政管理部门",
    "上报变动（变动上报，涉及事项写场所编号）",
    on=Site,
    done_by=ChangeReported,
)
def site_change_reported(site: Site, desk: Desk) -> Iterator[Due]:
    """A change of a key place is told to the bureau."""
    changed = desk.register.rounds.get(f"场所变动/{site.number}")
    told = desk.register.rounds.get(f"变动上报/{site.number}")
    if changed is not None and (told is None or told.act < changed.act):
        by = changed.on + timedelta(days=desk.pack.change_report_days)
        yield Due(site.number, by, f"{site.name}{chinese(changed.on)}有变动")


@obligation(
    FINANCE["第五十二条"],
    "五一、国庆、春节前各进行一次保密检查",
    "节前检查（类别写“节前”）：查丢失、泄密、措施落实",
    on=Register,
    done_by=InspectionHeld,
)
def checked_before_holidays(register: Register, desk: Desk) -> Iterator[Due]:
    """There is a check before each holiday the pack names."""
    names = desk.pack.holiday_checks
    yield from before_holidays(register, desk, "检查/节前", names, "检查")


@obligation(
    ORGANISATION["八（十一）"],
    "节假日封存文件、查封重点部门",
    "封存并登记",
    on=Register,
    done_by=Sealed,
)
def sealed_for_holidays(register: Register, desk: Desk) -> Iterator[Due]:
    """Cabinets and offices are sealed before each holiday the pack names."""
    names = desk.pack.holiday_seals
    yield from before_holidays(register, desk, "封存", names, "封存")


@obligation(
    INSPECTION["第七条"],
    "查出的问题限期整改",
    "督促整改并登记",
    on=Inspection,
    done_by=Rectified,
)
def problems_put_right(inspection: Inspection, desk: Desk) -> Iterator[Due]:
    """What an inspection found is put right by its day."""
    if inspection.outstanding:
        by = inspection.rectify_by or inspection.on + timedelta(days=desk.pack.rectify_days)
        left = len(inspection.outstanding)
        yield Due(inspection.number, by, f"{inspection.scope}查出的问题还有{left}项")


@obligation(
    INSPECTION["第七条"],
    "逾期不改的，通报批评",
    "通报批评并登记（已经改好的登记整改）",
    on=Inspection,
    done_by=(Criticized, Rectified),
)
def neglect_criticized(inspection: Inspection, desk: Desk) -> Iterator[Due]:
    """What was not put right in time is criticized."""
    by = inspection.rectify_by or inspection.on + timedelta(days=desk.pack.rectify_days)
    if inspection.outstanding and inspection.criticized_on is None and desk.on > by:
        yield Due(
            inspection.number, by + timedelta(days=desk.pack.change_report_days), "逾期没有整改"
        )


@obligation(
    INSPECTION["第九条"],
    "检查结束后及时整理材料、装订立卷",
    "检查立卷并登记案卷号",
    on=Inspection,
    done_by=FileBound,
)
def inspection_bound(inspection: Inspection, desk: Desk) -> Iterator[Due]:
    """The papers of an inspection are bound into its file."""
    if not inspection.archive_no:
        by = inspection.on + timedelta(days=desk.pack.bind_days)
        name = inspection.scope.removesuffix("检查")
        yield Due(inspection.number, by, f"{chinese(inspection.on)}的{name}检查")


@obligation(
    SERVICE["第二条"],
    "保密局提前一星期通知，受检单位做好准备",
    "备好材料迎检，检查后登记（类别写“上级检查”）",
    on=Register,
    done_by=InspectionHeld,
)
def visit_prepared(register: Register, _desk: Desk) -> Iterator[Due]:
    """The bureau's visit is prepared, and recorded when it is over."""
    expected = register.rounds.get("迎检")
    held = register.rounds.get("检查/上级检查")
    if expected is not None and (held is None or held.act < expected.act):
        yield Due("保密检查", expected.on, f"保密局{chinese(expected.on)}来检查")


OBLIGATIONS = (
    unit_inspected,
    departments_check_themselves,
    unit_assessed_itself,
    disclosure_inspected,
    key_place_inspected,
    site_change_reported,
    checked_before_holidays,
    sealed_for_holidays,
    problems_put_right,
    neglect_criticized,
    inspection_bound,
    visit_prepared,
)
