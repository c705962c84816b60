"""A pack: approvers for each act and level, and every number a unit's rules leave open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Self

from attrs import NOTHING, evolve, field, fields, frozen

from ledger.mark import Level
from ledger.pack.approvers import Approvers
from ledger.pack.reading import known, merged, read_approvals, read_limit, revisions
from ledger.person import Category
from ledger.regulation import Citation

__all__ = ["LIMITS", "Limit", "Pack"]

_LEVELS: Final = frozenset(level.value for level in Level)
_CATEGORIES: Final = frozenset(category.value for category in Category)


@frozen
class Limit:
    """What one number of a pack means, for people: its Chinese name and its unit."""

    label: str
    unit: str = ""
    keys: frozenset[str] = frozenset()
    """For a table, the keys it has to have."""


def _limit(default: Any, label: str, unit: str = "", keys: Iterable[str] = ()) -> Any:
    return field(default=default, metadata={"limit": Limit(label, unit, frozenset(keys))})


@frozen(kw_only=True)
class Pack:
    """The rules a unit has chosen, as they stand on one day.

    ``approvals`` is keyed by act, then by level; the key ``""`` holds for every other level. A
    number that is 0 says that nothing recurs or is limited. ``cites`` says under which article
    of the unit's own regulation a rule is broken, where that is not the rule's own.
    """

    name: str
    title: str
    approvals: Mapping[str, Mapping[str, Approvers]] = field(factory=dict)
    regulations: frozenset[str] = frozenset()
    """The rule sets of single units whose own articles hold, by their short names."""
    effective: date | None = None
    later: tuple[tuple[date, "Pack"], ...] = field(default=(), repr=False)
    """What the pack becomes, and from which day on."""
    cites: Mapping[str, Citation] = field(factory=dict, eq=False, repr=False)
    witnesses: int = _limit(2, "监销人不少于", "人")
    escorts_top_secret: int = _limit(2, "绝密件护送、携带不少于", "人")
    circulation_days: int = _limit(30, "传阅在一人手上最多", "天")
    circulation_days_top_secret: int = _limit(0, "绝密件、密码电报传阅最多（0为当天退还）", "天")
    scrap_mm2: float = _limit(2.0, "碎纸不大于", "平方毫米")
    password_length: Mapping[str, int] = _limit(
        {"秘密": 8, "机密": 10}, "口令至少", "位", ("秘密", "机密")
    )
    password_classes: int = _limit(2, "口令至少含", "类字符")
    password_days: Mapping[str, int] = _limit({}, "口令最多用", "天")
    lock_minutes: int = _limit(5, "屏保等待不超过", "分钟")
    tries_allowed: int = _limit(3, "输错口令几次锁定", "次")
    count_months: int = _limit(1, "清点一次，每", "月")
    clearance_months: int = _limit(3, "核查清退一次，每", "月")
    clear_by_month: int = _limit(3, "上年密件退清，次年不晚于", "月底")
    destroy_month: int = _limit(12, "上年无保存价值的密件销毁，次年不晚于", "月底")
    computer_check_months: int = _limit(3, "检查计算机一次，每", "月")
    media_check_months: int = _limit(3, "清查介质一次，每", "月")
    backup_months: int = _limit(3, "备份一次，每", "月")
    update_months: int = _limit(1, "升级防护软件一次，每", "月")
    internet_clear_months: int = _limit(6, "清理互联网计算机文档一次，每", "月")
    file_review_months: int = _limit(0, "核对本机文件一次，每", "月")
    mailbox_check_months: int = _limit(6, "检查单位邮箱一次，每", "月")
    mailbox_password_months: int = _limit(3, "更换邮箱密码一次，每", "月")
    mailbox_password_length: int = _limit(8, "邮箱密码至少", "位")
    phone_check_months: int = _limit(6, "检查手机使用一次，每", "月")
    key_inspection_months: Mapping[str, int] = _limit(
        {"绝密": 1, "机密": 3, "秘密": 6}, "检查要害部位一次，每", "月", _LEVELS
    )
    self_check_months: int = _limit(3, "部门自查一次，每", "月")
    unit_inspection_months: int = _limit(6, "单位内部保密检查一次，每", "月")
    disclosure_check_months: int = _limit(12, "信息公开专项检查一次，每", "月")
    risk_assessment_months: Mapping[str, int] = _limit(
        {"绝密": 12, "机密": 24, "秘密": 24}, "涉密系统风险评估一次，每", "月", _LEVELS
    )
    holiday_checks: tuple[str, ...] = _limit((), "节前检查")
    holiday_seals: tuple[str, ...] = _limit((), "节日封存")
    training_hours: Mapping[str, float] = _limit(
        {"核心": 16, "重要": 8, "一般": 8}, "在岗每年培训至少", "课时", _CATEGORIES
    )
    training_before_post: float = _limit(16.0, "上岗前培训至少", "课时")
    education_sessions: int = _limit(1, "集中教育每年至少", "次")
    committee_meetings: int = _limit(1, "保密组织会议每年至少", "次")
    plan_month: int = _limit(3, "年度计划不晚于", "月底")
    report_month: int = _limit(12, "年度书面报告不晚于", "月底")
    secrets_review_month: int = _limit(12, "定密清理不晚于", "月底")
    self_assessments: int = _limit(1, "自查自评每年至少", "次")
    officer_months: int = _limit(24, "保密员在岗一般不少于", "月")
    cooling_months: Mapping[str, int] = _limit(
        {"核心": 24, "重要": 12, "一般": 6}, "脱密期至少", "月", _CATEGORIES
    )
    change_report_days: int = _limit(7, "要害部位和人员变动上报，不晚于其后", "天")
    meeting_papers_days: int = _limit(3, "带回的文件登记，不晚于其后", "天")
    collect_days: int = _limit(3, "印制好的密件签领，不晚于其后", "天")
    delivery_days: int = _limit(7, "发文签收回执，不晚于其后", "天")
    notebook_months: int = _limit(0, "会议记录本保管满后移交，最长", "月")
    declassify_notice_days: int = _limit(90, "保密期满提前提示", "天")
    report_hours: int = _limit(24, "泄密或可能泄密后报告，不晚于发现后", "小时")
    progress_days: int = _limit(7, "报告后续报进展，不晚于其后", "天")
    result_months: int = _limit(3, "书面报告查处结果，不晚于发现后", "月")
    missing_days: Mapping[str, int] = _limit(
        {"绝密": 10, "机密": 60, "秘密": 60}, "下落不明即按泄密查处，满", "天", _LEVELS
    )
    rectify_days: int = _limit(30, "问题整改，没有另定期限的不晚于其后", "天")
    bind_days: int = _limit(30, "检查立卷，不晚于其后", "天")
    disclosure_workdays: int = _limit(15, "保密部门答复公开请示，不晚于其后", "个工作日")
    classification_workdays: int = _limit(10, "不明确事项报请确定，不晚于其后", "个工作日")
    cooperation_activities: int = _limit(2, "协作组活动每年至少", "次")
    cooperation_articles: int = _limit(3, "协作组报送稿件每年至少", "篇")
    cooperation_leaders: int = _limit(1, "领导参加协作组活动每年至少", "次")
    cooperation_absences: int = _limit(2, "连续不参加协作组活动即通报批评", "次")
    activity_record_days: int = _limit(7, "报送活动记录，不晚于其后", "天")
    knowledge_from: Level = _limit(Level.机密, "记录知悉人员，自哪一级起")
    authority: Level | None = _limit(None, "本单位定密权限最高")
    term_of_compilation: str = _limit("latest", "汇编件期限")
    """``latest`` for the latest end among the parts, ``years`` for the most years."""
    destroy_at: str = _limit("", "销毁地点限于")
    """``designated`` where papers may be destroyed by a designated unit only."""
    outside_printing: bool = _limit(default=True, label="可以委托定点单位印制")
    signing_for_another: bool = _limit(default=True, label="可以由他人代签收")
    readers_pledged: bool = _limit(default=False, label="提示阅文人没有签保密书")
    readers_trained: bool = _limit(default=False, label="提示阅文人培训不足")
    days_off: tuple[date, ...] = _limit((), "本年放假的工作日")
    days_on: tuple[date, ...] = _limit((), "本年上班的周末")

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The pack a TOML table describes.

        Raises ``InvalidPack`` naming the first key that is unknown, missing or of a wrong kind.
        """
        plain = {key: value for key, value in data.items() if key != "revised"}
        pack, later = cls._as(plain), []
        for on, change in revisions(data.get("revised", ())):
            plain = merged(plain, change)
            later.append((on, cls._as(plain)))
        return evolve(pack, later=tuple(later))

    @classmethod
    def _as(cls, data: Mapping[str, Any]) -> Self:
        known(data, {*_REQUIRED, *_PLAIN, *LIMITS}, _REQUIRED)
        limits = {
            name: read_limit(name, data[name], _DEFAULTS[name], LIMITS[name].keys)
            for name in LIMITS
            if name in data
        }
        rest = {name: data[name] for name in (*_REQUIRED, "effective") if name in data}
        return cls(
            regulations=frozenset(data.get("regulations", ())),
            approvals=read_approvals(data.get("approvals", {})),
            **rest,
            **limits,
        )

    def at(self, day: date) -> "Pack":
        """The pack as it stands on a day."""
        found = self
        for on, pack in self.later:
            if on <= day:
                found = evolve(pack, cites=self.cites)
        return found

    def approvers(self, act: str, level: Level | None, kind: str = "") -> Approvers | None:
        """Whose approval the act needs at a level, or ``None`` when the pack says nothing.

        ``kind`` is 会议记录 or 密码电报 where that decides, and goes before the level.
        """
        by_level = self.approvals.get(act, {})
        return (
            (by_level.get(kind) if kind else None) or by_level.get(str(level)) or by_level.get("")
        )

    def months_of(self, category: Category) -> int:
        """How many months somebody of this category cools off at least."""
        return self.cooling_months[category.value]


LIMITS: Final[Mapping[str, Limit]] = {
    each.name: each.metadata["limit"] for each in fields(Pack) if "limit" in each.metadata
}
"""What each number of a pack means."""

_DEFAULTS: Final = {each.name: each.default for each in fields(Pack) if each.name in LIMITS}
_REQUIRED: Final = frozenset(each.name for each in fields(Pack) if each.default is NOTHING)
_PLAIN: Final = frozenset({"approvals", "regulations", "effective"})
