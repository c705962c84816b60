"""《对外提供资料审查报批制度》: reviewed, treated, approved by level, and bound by contract."""

from collections.abc import Iterator

from ledger.consent import lacking
from ledger.event.supply import Supplied, SupplyApproved
from ledger.finding import Breach, Force
from ledger.register.proceeding import Supply
from ledger.regulation.compendium import SUPPLY
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    SUPPLY["第二条（二）"],
    Force.REQUIRES,
    "应分析对方是不是真需要，超出交流合作需要的不提供",
    on=SupplyApproved,
    remedy="由承办部门审查，登记“确有需要”；不需要的从清单中去掉。",
)
def only_what_is_needed(event: SupplyApproved, desk: Desk) -> Iterator[Breach]:
    """What goes abroad is what the cooperation needs, and somebody looked at that."""
    supply = desk.register.supplies[event.supply]
    if supply.needed is not True:
        said = "审查认为不是合作必需" if supply.needed is False else "没有审查是否必需"
        yield Breach(event.supply, f"提供给{supply.recipient}，{said}")


@rule(
    SUPPLY["第二条（三）"],
    Force.REQUIRES,
    "须技术处理才能提供的，应先处理",
    on=SupplyApproved,
    remedy="按有关部门要求处理后再报批。",
)
def treated_before_approval(event: SupplyApproved, desk: Desk) -> Iterator[Breach]:
    """What needs technical treatment has had it."""
    supply = desk.register.supplies[event.supply]
    if supply.treatment_needed and not supply.treated:
        yield Breach(event.supply, "要技术处理，还没有处理")


@rule(
    SUPPLY["第二条（四）"],
    Force.REQUIRES,
    "内部资料、商业秘密应征求有关部门意见，再报主管领导审批",
    on=SupplyApproved,
    remedy="先征求意见，再请主管领导审批。",
)
def internal_material_is_approved_too(event: SupplyApproved, desk: Desk) -> Iterator[Breach]:
    """Internal material and trade secrets go out after consultation and the leader's approval."""
    supply = desk.register.supplies[event.supply]
    if supply.level is not None or not (supply.sensitivity or supply.trade_secret):
        return
    if not supply.consulted:
        yield Breach(event.supply, "没有征求有关部门意见")
    if fact := lacking(event.approvals, desk, "supply_internal", None):
        yield Breach(event.supply, fact)


@rule(
    SUPPLY["第二条（六）"],
    Force.REQUIRES,
    "国家秘密须按密级和范围由有权的主管部门批准：绝密原则上不提供，涉及全国、军事的另有权限",
    on=SupplyApproved,
    remedy="按审批权限逐级报批，写明批准机关和文号。",
)
def supplied_by_whoever_may_approve(event: SupplyApproved, desk: Desk) -> Iterator[Breach]:
    """A state secret goes abroad by the authority its level and reach demand."""
    supply = desk.register.supplies[event.supply]
    if supply.level is not None:
        if fact := lacking(event.approvals, desk, _act(supply), supply.level):
            yield Breach(event.supply, fact)


def _act(supply: Supply) -> str:
    if supply.military:
        return "supply_military"
    return "supply_nationwide" if supply.nationwide else "supply"


@rule(
    SUPPLY["第二条（五）"],
    Force.FORBIDS,
    "没有批准的资料不得对外提供",
    on=Supplied,
    remedy="先办审批，用“对外提供审批”登记。",
)
def supplied_after_approval(event: Supplied, desk: Desk) -> Iterator[Breach]:
    """Nothing is handed over before it is approved."""
    supply = desk.register.supplies[event.supply]
    closed = supply.level or supply.sensitivity or supply.trade_secret
    if closed and supply.approved_on is None:
        yield Breach(event.supply, f"要提供给{supply.recipient}，还没有批准")


@rule(
    SUPPLY["第二条（七）"],
    Force.REQUIRES,
    "提供国家秘密，应以合同、协议、备忘录等要求对方保密",
    on=Supplied,
    remedy="签订保密条款，写明文件名称和编号。",
)
def the_recipient_is_bound(event: Supplied, desk: Desk) -> Iterator[Breach]:
    """Whoever receives a state secret has undertaken to keep it."""
    supply = desk.register.supplies[event.supply]
    if supply.level is not None and not event.undertaking:
        yield Breach(event.supply, f"{supply.recipient}没有承担保密义务的文件")


@rule(
    SUPPLY["第四条"],
    Force.FORBIDS,
    "国家秘密严禁由个人、也严禁用个人名义向外提供",
    on=Supplied,
    remedy="停止；由单位按程序办理。",
)
def never_in_a_persons_own_name(event: Supplied, desk: Desk) -> Iterator[Breach]:
    """No individual supplies a state secret, nor anybody in his own name."""
    supply = desk.register.supplies[event.supply]
    if supply.level is not None and event.personal:
        yield Breach(event.supply, f"{supply.level}级资料要以个人名义提供")


RULES = (
    only_what_is_needed,
    treated_before_approval,
    internal_material_is_approved_too,
    supplied_by_whoever_may_approve,
    supplied_after_approval,
    the_recipient_is_bound,
    never_in_a_persons_own_name,
)
