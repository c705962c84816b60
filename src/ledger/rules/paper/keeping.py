"""《国家秘密载体保密管理制度》一、纸介质（六）保存、（七）携带."""

from collections.abc import Iterator

from ledger.carrier import Computer, Medium, Notebook, Paper
from ledger.consent import lacking
from ledger.day import chinese
from ledger.event import CarriedOut, Stored
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.pack import kind_of
from ledger.place import InCabinet, InRoom
from ledger.register.index import shelf
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    CARRIERS["一（六）1"],
    Force.REQUIRES,
    "密件必须放在监制的保密文件柜里，放柜的地方要有防盗门窗和视频监控",
    on=Stored,
    remedy="改放合格的柜；柜或场所已经合格的，更正柜的登记。",
)
def cabinet_is_proper(event: Stored, desk: Desk) -> Iterator[Breach]:
    """Secret papers are kept in a supervised cabinet in a secured place."""
    cabinet = desk.register.cabinets.get(event.cabinet)
    if cabinet is not None and any(True for _ in desk.on_paper(event.carriers)):
        if cabinet.supervised is False:
            yield Breach(event.cabinet, "不是保密行政管理部门监制的柜")
        if cabinet.secured is False:
            yield Breach(event.cabinet, "放柜的地方缺少防盗门窗或视频监控")


@rule(
    CARRIERS["一（六）2"],
    Force.REQUIRES,
    "密件与平件要分开放，绝密级要单独放",
    on=Stored,
    remedy="换一个只放绝密级（或只放密件）的格。",
)
def kept_apart(event: Stored, desk: Desk) -> Iterator[Breach]:
    """绝密 has a compartment to itself, and no secret lies with plain papers."""
    here = shelf(event.cabinet, event.compartment)
    inside = sorted(desk.register.shelves.get(here, NOBODY))
    one_of = {desk.level(number): number for number in (*event.carriers, *inside)[::-1]}
    for number in event.carriers:
        clashes = ((other, _clash(desk.level(number), level)) for level, other in one_of.items())
        other, clash = next((pair for pair in clashes if pair[1]), ("", ""))
        if clash:
            yield Breach(number, f"要与{other}同放一格：{clash}")


def _clash(one: Level | None, other: Level | None) -> str:
    if (one is Level.绝密) != (other is Level.绝密):
        return "绝密级没有单独存放"
    return "密件与平件混放" if (one is None) != (other is None) else ""


@rule(
    CARRIERS["一（六）2"],
    Force.REQUIRES,
    "绝密级要有自己的格，升为绝密级的也要移出来单独放",
    on=(Paper, Notebook, Medium),
    remedy="移到只放绝密级的格，办理入柜。",
)
def top_secret_lies_by_itself(
    entry: Entry[Paper | Notebook | Medium], desk: Desk
) -> Iterator[Breach]:
    """Nothing below 绝密 lies in a compartment with it, however either came to be there."""
    place = entry.custody
    if not isinstance(place, InCabinet) or desk.level(entry.number) is not Level.绝密:
        return
    inside = sorted(desk.register.shelves.get(shelf(place.cabinet, place.compartment), NOBODY))
    other = next((n for n in inside if desk.level(n) is not Level.绝密), "")
    if other:
        yield Breach(entry.number, f"在{place}，与{other}同放一格：绝密级没有单独存放")


@rule(
    CARRIERS["一（六）4"],
    Force.REQUIRES,
    "下班或离开办公室时，密件应锁进保密文件柜",
    on=(Paper, Notebook),
    remedy="入柜并登记。",
)
def locked_away_by_night(entry: Entry[Paper | Notebook], desk: Desk) -> Iterator[Breach]:
    """No secret paper stays out of the cabinets overnight."""
    if isinstance(entry.custody, InRoom) and entry.since < desk.on and not entry.missing:
        if desk.level(entry.number):
            yield Breach(entry.number, f"{chinese(entry.since)}起在保密室，没有入柜")


@rule(
    CARRIERS["一（七）1"],
    Force.FORBIDS,
    "不得擅自把密件带出去；确需携带的，经领导批准、登记并有保护措施",
    on=CarriedOut,
    remedy="报领导批准，写明审批人和保护措施。",
)
def papers_are_taken_out_with_approval(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No secret paper leaves the premises without approval and protection."""
    for number, level in desk.on_paper(event.carriers):
        document = desk.register.document_of(number)
        kind = kind_of(document) if document else ""
        if fact := lacking(event.approvals, desk, "carry_out", level, kind=kind):
            yield Breach(number, fact)
        if not event.measures:
            yield Breach(number, "没有写明保护措施")


@rule(
    CARRIERS["一（七）2"],
    Force.REQUIRES,
    "带绝密件外出须有两人以上同行",
    on=CarriedOut,
    remedy="增派同行人并登记姓名。",
)
def two_go_with_top_secret(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """Nobody carries 绝密 alone."""
    together = len(set(event.bearers))
    for number, level in desk.on_paper(event.carriers):
        if level is Level.绝密 and together < desk.pack.escorts_top_secret:
            yield Breach(number, f"携带绝密件只有{together}人同行")


@rule(
    CARRIERS["一（七）3"],
    Force.FORBIDS,
    "严禁带着密件到同工作不相干的地方去",
    on=CarriedOut,
    remedy="取消行程中与工作无关的地点，或把密件留在保密室。",
)
def only_where_work_is(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """Secret papers go only where work takes them."""
    if not event.related_to_work:
        for number, _ in desk.on_paper(event.carriers):
            yield Breach(number, f"要带到“{event.destination}”，与工作无关")


@rule(
    CARRIERS["一（七）4"],
    Force.FORBIDS,
    "存着国家秘密的笔记本电脑，不准自作主张带出去",
    on=CarriedOut,
    remedy="报单位领导批准，写明审批人和保护措施。",
)
def laptops_are_taken_out_with_approval(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No computer that holds secrets leaves the premises without approval and protection."""
    for page in desk.pages(event.carriers, Computer):
        level = desk.secret(page)
        if level is None:
            continue
        if fact := lacking(event.approvals, desk, "carry_out", level):
            yield Breach(page.number, fact)
        if not event.measures:
            yield Breach(page.number, "没有写明保护措施")


RULES = (
    cabinet_is_proper,
    kept_apart,
    top_secret_lies_by_itself,
    locked_away_by_night,
    papers_are_taken_out_with_approval,
    two_go_with_top_secret,
    only_where_work_is,
    laptops_are_taken_out_with_approval,
)
