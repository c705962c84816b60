"""The thirty items, each with the function that answers it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from ledger.act import Act
from ledger.carrier import Computer, Medium
from ledger.event import CarriedOut, Counted, Produced, SentForRepair
from ledger.event.cooperation import ActivityHeld
from ledger.event.disclosure import Disclosed
from ledger.event.inspection import InspectionHeld
from ledger.event.organization import Convened
from ledger.event.training import Trained
from ledger.regulation import CARRIERS, COMPUTERS
from ledger.regulation.compendium import COMMUNICATIONS
from ledger.reports.items import Answer, Item, Scene, Verdict
from ledger.rules.committee import POLICIES

__all__ = ["THIRTY"]

Judge = Callable[[Scene], Answer]
Found = Sequence[tuple[Act, Any]]

_SECTIONS: Final = {
    1: "一、保密组织建设",
    5: "二、涉密载体管理",
    12: "三、涉密人员管理",
    16: "四、保密制度建设及落实情况",
    27: "五、信息公开保密审查",
    30: "六、办公设备安全防护和操作情况",
}


def _answer(verdict: Verdict, said: str, found: Iterable[tuple[Act, Any]] = ()) -> Answer:
    return Answer(verdict, said, tuple(act.n for act, _ in found))


def _body(kind: str) -> Judge:
    """Whether there is a body of a kind, with a head and its duties written down."""

    def judge(scene: Scene) -> Answer:
        bodies = [
            body for body in scene.register.in_order(scene.register.bodies) if body.type == kind
        ]
        if not bodies:
            return _answer(Verdict.NO, f"没有登记{kind}")
        body = bodies[0]
        blank = [n for n, v in (("负责人", body.head), ("职责文件", body.duties)) if not v]
        if blank:
            return _answer(Verdict.PARTLY, f"{body.name}没有登记{'、'.join(blank)}")
        return _answer(Verdict.YES, f"{body.name}，职责见{body.duties}")

    return judge


def _work_log(scene: Scene) -> Answer:
    held = scene.period.of(Convened)
    if held:
        return _answer(Verdict.YES, f"台账记有会议{len(held)}次", held)
    return _answer(Verdict.PARTLY, "台账逐笔记录保密工作，本期没有会议记录")


def _cooperation(scene: Scene) -> Answer:
    if not any(body.type == "协作组" for body in scene.register.in_order(scene.register.bodies)):
        return _answer(Verdict.NOTHING, "没有编入协作组")
    held = scene.period.of(ActivityHeld)
    came = [(act, event) for act, event in held if event.attended]
    verdict = Verdict.YES if came else Verdict.NO
    return _answer(verdict, f"本期活动{len(held)}次，参加{len(came)}次", held)


def _carriers(scene: Scene) -> Answer:
    wrong = scene.against(CARRIERS.short)
    cases = [c for c in scene.register.in_order(scene.register.cases) if c.closed is None]
    if not wrong and not cases:
        return _answer(Verdict.YES, "各环节登记齐全，没有未了的问题和案件")
    said = f"待改正{len(wrong)}项，未结案件{len(cases)}件"
    return Answer(Verdict.PARTLY, said, tuple(case.act for case in cases))


def _classified(scene: Scene) -> Answer:
    made = [(a, e) for a, e in scene.period.of(Produced) if e.document.level is not None]
    if not made:
        return _answer(Verdict.NOTHING, "本期没有定密")
    full = [e for _, e in made if e.document.drafted_by and e.document.classifier]
    based = [e for e in full if e.document.basis]
    verdict = Verdict.YES if len(based) == len(made) else Verdict.PARTLY
    return _answer(verdict, f"定密{len(made)}件，承办人、责任人、依据齐全{len(based)}件", made)


def _storage(scene: Scene) -> Answer:
    cabinets = tuple(scene.register.in_order(scene.register.cabinets))
    bad = [c.number for c in cabinets if c.supervised is not True or c.secured is not True]
    if not cabinets:
        return _answer(Verdict.NO, "没有登记保密柜")
    if bad:
        verdict = Verdict.NO if len(bad) == len(cabinets) else Verdict.PARTLY
        return _answer(verdict, f"监制、防盗监控没有登记合格：{'、'.join(bad)}")
    return _answer(Verdict.YES, f"保密柜{len(cabinets)}个，均为监制并有防盗监控")


def _ledgers(scene: Scene) -> Answer:
    kinds = scene.register.kinds
    computers, media = (len(kinds.get(kind, ())) for kind in ("computer", "medium"))
    if not computers + media:
        return _answer(Verdict.NO, "没有登记计算机和介质")
    rules = {"department_and_user_are_named", "medium_has_a_user", "computer_is_of_one_kind"}
    bad = [f for f in scene.findings if f.rule in rules]
    verdict = Verdict.PARTLY if bad else Verdict.YES
    return _answer(verdict, f"计算机{computers}台、介质{media}件，登记不全{len(bad)}处")


def _unregistered(scene: Scene) -> Answer:
    counted = scene.period.of(Counted)
    looked = [(a, e) for a, e in scene.period.of(InspectionHeld) if e.scope in ("介质", "自查")]
    if not counted and not looked:
        return _answer(Verdict.NO, "本期没有清点和清查")
    count = scene.register.counts.get("")
    extra = len(count.extra) if count else 0
    verdict = Verdict.PARTLY if extra else Verdict.YES
    said = f"清点{len(counted)}次、清查{len(looked)}次，账外{extra}件"
    return _answer(verdict, said, [*counted, *looked])


def _in_order(kind: type, words: str) -> Judge:
    """Whether every act of a kind was within the binding articles."""

    def judge(scene: Scene) -> Answer:
        found: Found = scene.period.of(kind)
        if not found:
            return _answer(Verdict.NOTHING, f"本期没有{words}")
        wrong = [(a, e) for a, e in found if any(f.force.binds for f in a.findings)]
        verdict = Verdict.PARTLY if wrong else Verdict.YES
        return _answer(verdict, f"{words}{len(found)}次，手续不全{len(wrong)}次", found)

    return judge


def _certified(scene: Scene) -> Answer:
    officers = [p for p in scene.register.in_order(scene.register.people) if "保密员" in p.roles]
    bad = {f.subject for f in scene.findings if f.rule == "the_officer_is_certified"}
    if not officers:
        return _answer(Verdict.NO, "没有登记保密员")
    without = [p.name for p in officers if p.number in bad]
    if without:
        return _answer(Verdict.NO, f"没有有效上岗证：{'、'.join(without)}")
    return _answer(Verdict.YES, f"保密员{len(officers)}人，均持证")


def _vetted(scene: Scene) -> Answer:
    register = scene.register
    staff = [p for p in register.in_order(register.people) if p.category and p.left_on is None]
    if not staff:
        return _answer(Verdict.NOTHING, "没有登记涉密人员")
    full = [
        p
        for p in staff
        if (s := register.standings.get(p.number)) is not None and s.vetted and s.pledges
    ]
    verdict = Verdict.YES if len(full) == len(staff) else Verdict.PARTLY if full else Verdict.NO
    return _answer(verdict, f"涉密人员{len(staff)}人，审查并签保密书{len(full)}人")


def _held(kind: type, words: str) -> Judge:
    """Whether something was done at all in the period."""

    def judge(scene: Scene) -> Answer:
        found: Found = scene.period.of(kind)
        verdict = Verdict.YES if found else Verdict.NO
        return _answer(verdict, f"本期{words}{len(found)}次", found)

    return judge


def _policy(scope: str, *kinds: type) -> Judge:
    """Whether the unit has rules on a subject, and what shows that they are applied."""

    def judge(scene: Scene) -> Answer:
        policy = scene.register.policies.get(scope)
        found: Found = scene.period.of(*kinds) if kinds else ()
        if policy is None:
            return _answer(Verdict.NO, f"没有登记“{scope}”制度", found)
        since = f"，{policy.effective}起施行" if policy.effective else ""
        done = f"，本期落实{len(found)}次" if kinds else ""
        verdict = Verdict.PARTLY if kinds and not found else Verdict.YES
        acts = (policy.act, *(act.n for act, _ in found))
        return Answer(verdict, f"{policy.title}{since}{done}", acts)

    return judge


def _disclosed(scene: Scene) -> Answer:
    out = scene.period.of(Disclosed)
    if not out:
        return _answer(Verdict.NOTHING, "本期没有公开信息")
    pages = [scene.register.disclosures[event.disclosure] for _, event in out]
    full = sum(bool(page.reviewed_on and page.approved_on) for page in pages)
    verdict = Verdict.YES if full == len(out) else Verdict.PARTLY
    return _answer(verdict, f"公开{len(out)}件，三步齐全{full}件", out)


def _special(scene: Scene) -> Answer:
    found = [(a, e) for a, e in scene.period.of(InspectionHeld) if e.scope == "公开专项"]
    return _answer(Verdict.YES if found else Verdict.NO, f"本期专项检查{len(found)}次", found)


def _protected(scene: Scene) -> Answer:
    wrong = scene.against(COMPUTERS.short, COMMUNICATIONS.short)
    media = [f for f in scene.against(CARRIERS.short) if f.cites.article.startswith("二")]
    machines = sum(isinstance(e.thing, (Computer, Medium)) for e in scene.register.open_carriers())
    if not machines:
        return _answer(Verdict.NOTHING, "没有登记计算机和介质")
    bad = [*wrong, *media]
    subjects = "、".join(dict.fromkeys(f.subject for f in bad[:10]))
    if bad:
        return _answer(Verdict.PARTLY, f"{machines}台（件），待改正{len(bad)}项：{subjects}")
    return _answer(Verdict.YES, f"{machines}台（件），防护和操作没有发现问题")


_EVIDENCE: Final[dict[str, type]] = {"保密宣传教育": Trained, "保密监督检查": InspectionHeld}
"""Subjects whose rules show by what was done; on the others there may be nothing to do."""


def _policy_item(scope: str) -> Judge:
    kind = _EVIDENCE.get(scope)
    return _policy(scope, kind) if kind else _policy(scope)


_ASKED: Final[tuple[tuple[str, Judge], ...]] = (
    ("保密委员会建立没有、职责清不清楚", _body("保密委员会")),
    ("信息公开机构建立没有、职责清不清楚", _body("信息公开机构")),
    ("有没有记录保密工作的本子", _work_log),
    ("办没办、参没参加协作组活动", _cooperation),
    ("载体从收发到销毁各环节是否规范", _carriers),
    ("定密走没走程序、依据准不准", _classified),
    ("保密室是否三铁一器", _storage),
    ("计算机和介质有没有台账", _ledgers),
    ("个人手中账外载体清理没有", _unregistered),
    ("携带外出有没有审批登记", _in_order(CarriedOut, "携带外出")),
    ("是不是定点维修", _in_order(SentForRepair, "送修")),
    ("保密干部持证上岗没有", _certified),
    ("涉密人员审查、签诺没有", _vetted),
    ("涉密人员教育开展没有", _held(Trained, "教育")),
    ("单位内部检查开展没有", _held(InspectionHeld, "检查")),
    *((f"{scope}制度及落实", _policy_item(scope)) for scope in POLICIES[:11]),
    (f"{POLICIES[11]}制度建立没有、职责清不清楚", _policy(POLICIES[11])),
    ("公开审查是否逐级登记审批", _disclosed),
    ("公开审查专项检查开展没有", _special),
    ("计算机、介质、通信和办公设备是否按汇编防护和操作", _protected),
)


def _section(number: int) -> str:
    return _SECTIONS[max(first for first in _SECTIONS if first <= number)]


THIRTY: Final = tuple(
    Item(number=n, section=_section(n), asks=asks, judge=judge)
    for n, (asks, judge) in enumerate(_ASKED, 1)
)
"""The thirty items in the order of the table."""
