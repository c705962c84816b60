"""《国家秘密载体保密管理制度》一、纸介质（一）制作."""

from collections.abc import Iterator

from ledger.carrier import Computer, Network
from ledger.consent import lacking
from ledger.event import Produced
from ledger.finding import Breach, Force
from ledger.mark import Days, Months
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _name(event: Produced) -> str:
    return event.document.number or event.document.title


@rule(
    CARRIERS["一（一）1"],
    Force.REQUIRES,
    "制作密件须先由主管领导批准",
    on=Produced,
    remedy="报主管领导批准后再印制，并填写审批人。",
)
def made_with_approval(event: Produced, desk: Desk) -> Iterator[Breach]:
    """Whoever has a secret paper made has the leader's approval."""
    level = event.document.level
    if level and (fact := lacking(event.approvals, desk, "make", level)):
        yield Breach(_name(event), fact)


@rule(
    CARRIERS["一（一）1"],
    Force.REQUIRES,
    "密件须在本单位合格的地方做，或交给持复制许可证的定点单位印",
    on=Produced,
    remedy="改由定点印刷单位印制；确有许可证的，在外单位登记簿上写明定点事项“印制”。",
)
def printer_is_designated(event: Produced, desk: Desk) -> Iterator[Breach]:
    """An outside printer is one the bureau has designated, where the unit uses any."""
    if event.document.level and event.printer:
        unit = desk.register.outside(event.printer)
        if not desk.pack.outside_printing:
            yield Breach(_name(event), f"委托“{event.printer}”印制，本单位规定不得在外单位印")
        elif unit is None or "印制" not in unit.designated_for:
            yield Breach(_name(event), f"委托“{event.printer}”印制，它没有登记为定点印制单位")


@rule(
    CARRIERS["一（一）2"],
    Force.FORBIDS,
    "做密件的计算机不能接公共信息网络",
    on=Produced,
    remedy="改在相应密级的涉密计算机上制作。",
)
def made_off_the_public_network(event: Produced, desk: Desk) -> Iterator[Breach]:
    """The computer a secret paper is made on is not on a public network."""
    if event.document.level:
        for page in desk.pages((event.computer,), Computer):
            if page.thing.network is Network.INTERNET:
                yield Breach(page.number, f"用互联网计算机制作{event.document.level}级密件")


@rule(
    CARRIERS["一（一）3"],
    Force.REQUIRES,
    "制作密件须走定密程序并当即作出标志，密级、期限、知悉范围一并确定",
    on=Produced,
    remedy="补齐制发日期和知悉范围；期限超过该密级上限的，按上限改定。",
)
def classified_in_full(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """A new secret has a day of issue, a circle, and a term within its level's limit."""
    document = event.document
    if document.mark is None or document.level is None:
        return
    if document.issued_on is None and isinstance(document.mark.stated, (Months, Days)):
        yield Breach(_name(event), f"{document.mark}没有制发日期，期限无从起算")
    if not document.circle:
        yield Breach(_name(event), "没有确定知悉范围")
    if document.mark.over_cap(document.issued_on):
        most = document.level.years
        yield Breach(_name(event), f"{document.mark}超过{document.level}级最长{most}年")


@rule(
    CARRIERS["一（一）4"],
    Force.REQUIRES,
    "印制份数须与批准的份数相同，一份不能多做、私留",
    on=Produced,
    remedy="按批准份数印；确需增加的，先办批准。",
)
def exactly_the_approved_number(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """As many copies are made as were approved."""
    if event.document.level and event.copies != event.approved_copies:
        yield Breach(_name(event), f"批准{event.approved_copies}份，印{event.copies}份")


@rule(
    CARRIERS["一（一）4"],
    Force.REQUIRES,
    "清样、废页等中间材料要么严加保管，要么及时销毁",
    on=Produced,
    remedy="在“废页处理”一项写明去向，如“当场粉碎”或“无”。",
)
def waste_is_accounted_for(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """What became of drafts and spoiled sheets is written down."""
    if event.document.level and not event.waste:
        yield Breach(_name(event), "没有写明清样、废页的去向")


RULES = (
    made_with_approval,
    printer_is_designated,
    made_off_the_public_network,
    classified_in_full,
    exactly_the_approved_number,
    waste_is_accounted_for,
)
