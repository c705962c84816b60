"""《计算机保密管理制度》二、涉密计算机的管理: what may be done on it."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Computer, Medium, Network
from ledger.consent import lacking
from ledger.event import Plugged, Processed, Produced, Written
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule
from ledger.rules.computers.job import Job, job_of

__all__ = ["IMPORT_MEANS", "RULES"]

IMPORT_MEANS: Final = ("光盘", "刻录光盘", "导入U盘", "特定导入U盘")
"""How data from the internet may enter a closed computer (第二十条、第二十八条)."""


def _classified(entry: Entry[Computer]) -> bool:
    return entry.thing.network is Network.CLASSIFIED


@rule(
    COMPUTERS["第七条"],
    Force.FORBIDS,
    "没有备案的计算机禁止处理国家秘密",
    on=(Processed, Produced, Written),
    remedy="先到保密局备案并登记；在此之前改用已经备案的涉密计算机。",
)
def only_filed_computers_process_secrets(
    event: Processed | Produced | Written, desk: Desk
) -> Iterator[Breach]:
    """A computer the bureau has not on file, or that nobody has classed, works on no secrets."""
    job = job_of(event)
    for page in desk.pages((job.computer,), Computer):
        world = page.thing.network in (Network.CLASSIFIED, None)
        if world and job.level is not None and not page.thing.filed_no:
            yield Breach(page.number, f"没有备案，要{job.doing}")


@rule(
    COMPUTERS["第十二条"],
    Force.FORBIDS,
    "严禁让国家秘密从涉密计算机流到非密的机器和介质上",
    on=Written,
    remedy="改用密级相符的涉密介质。",
)
def no_secret_leaves_for_a_plain_medium(event: Written, desk: Desk) -> Iterator[Breach]:
    """No secret is taken from a classified computer onto a medium without a level."""
    for source in desk.pages((event.source,), Computer):
        for page in desk.pages((event.medium,), Medium):
            if _classified(source) and event.level is not None and page.thing.level is None:
                yield Breach(page.number, f"要从{source.number}输出{event.level}级信息到非涉密介质")


@rule(
    COMPUTERS["第十三条"],
    Force.FORBIDS,
    "信息的密级高于机器的，不得在这台机器上处理",
    on=(Processed, Plugged, Produced, Written),
    remedy="改在密级够高的涉密计算机上处理。",
)
def computer_is_high_enough(
    event: Processed | Plugged | Produced | Written, desk: Desk
) -> Iterator[Breach]:
    """No computer deals with anything above its own level."""
    job = _plugged(event, desk) if isinstance(event, Plugged) else job_of(event)
    for page in desk.pages((job.computer,), Computer):
        own, level = page.thing.level, job.level
        if _classified(page) and level is not None and (own is None or level > own):
            has = f"{own}级" if own else "没有定级的"
            yield Breach(page.number, f"{has}涉密计算机要{job.doing}")


def _plugged(event: Plugged, desk: Desk) -> Job:
    """What a computer meets when a medium is connected to it."""
    media = desk.pages((event.item,), Medium)
    level = next((desk.secret(page) for page in media), None)
    return Job(event.computer, level, None, f"接入{level}级介质{event.item}")


@rule(
    COMPUTERS["第十八条"],
    Force.REQUIRES,
    "绝密级信息要存进专用涉密介质，不留在机器里",
    on=Processed,
    remedy="转存到绝密级专用介质，清除机内的信息。",
)
def top_secret_is_kept_on_its_medium(event: Processed, desk: Desk) -> Iterator[Breach]:
    """绝密 information stays on a medium of its own, not on a computer's disk."""
    if event.level is Level.绝密 and event.kept:
        for page in desk.pages((event.computer,), Computer):
            yield Breach(page.number, "绝密级信息要留存在计算机里")


@rule(
    COMPUTERS["第十九条"],
    Force.REQUIRES,
    "涉密信息输出应当履行审批，密级和知悉范围照旧",
    on=Written,
    remedy="办理输出审批，填写审批人。",
)
def output_is_approved(event: Written, desk: Desk) -> Iterator[Breach]:
    """Secrets leave a classified computer with approval."""
    if event.level is not None:
        for page in desk.pages((event.source,), Computer):
            fact = lacking(event.approvals, desk, "output", event.level)
            if _classified(page) and fact:
                yield Breach(page.number, fact)


@rule(
    COMPUTERS["第二十条"],
    Force.REQUIRES,
    "外网数据要进涉密计算机，须部门领导批准，只走光盘或专用导入盘这一道口",
    on=(Processed, Plugged),
    remedy="报部门领导批准，改走光盘或专用导入盘。",
)
def internet_data_come_in_by_the_gate(event: Processed | Plugged, desk: Desk) -> Iterator[Breach]:
    """Data from outside enter a classified computer with approval and by disc or import drive."""
    for page in desk.pages((event.computer,), Computer):
        if not _classified(page) or not _from_outside(event, desk):
            continue
        if fact := lacking(event.approvals, desk, "internet_import", None):
            yield Breach(page.number, fact)
        if isinstance(event, Processed) and event.means not in IMPORT_MEANS:
            by = f"用“{event.means}”" if event.means else "没有写明用什么"
            yield Breach(page.number, f"互联网数据{by}导入")


def _from_outside(event: Processed | Plugged, desk: Desk) -> bool:
    """Whether the event brings plain data in; other plain media are refused altogether."""
    if isinstance(event, Processed):
        return event.from_internet
    media = (page.thing for page in desk.pages((event.item,), Medium))
    return any(m.level is None and (m.import_only or m.type == "光盘") for m in media)


RULES = (
    only_filed_computers_process_secrets,
    no_secret_leaves_for_a_plain_medium,
    computer_is_high_enough,
    top_secret_is_kept_on_its_medium,
    output_is_approved,
    internet_data_come_in_by_the_gate,
)
