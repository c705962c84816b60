"""《计算机保密管理制度》三、内部计算机的管理；四、互联网计算机管理: what they are and process."""

from collections.abc import Iterator

from ledger.carrier import Computer, Isolation, Medium, Network
from ledger.event import Plugged, Processed, Produced, Written
from ledger.finding import Breach, Force
from ledger.register.record import Entry
from ledger.regulation import COMPUTERS
from ledger.rule import Desk, rule
from ledger.rules.computers.job import Job, job_of
from ledger.rules.computers.using import IMPORT_MEANS

__all__ = ["RULES"]


@rule(
    COMPUTERS["第二十四条"],
    Force.REQUIRES,
    "内部计算机应统一登记、贴标识、明确责任人",
    on=Computer,
    remedy="明确责任人并更正登记，打印标签。",
)
def internal_computer_has_a_keeper(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every internal computer has somebody who answers for it."""
    if entry.thing.network is Network.INTERNAL and not entry.thing.keeper:
        yield Breach(entry.number, "内部计算机没有责任人")


@rule(
    COMPUTERS["第二十五条"],
    Force.ADVISES,
    "同互联网怎样隔开，决定内部计算机能处理什么：物理隔离可到工作秘密，逻辑隔离只到一般信息；宜写明",
    on=Computer,
    remedy="核实隔离方式，更正登记；写明以前按逻辑隔离对待。",
)
def isolation_is_known(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """How an internal computer is kept from the internet is on its page."""
    if entry.thing.network is Network.INTERNAL and entry.thing.isolation is None:
        yield Breach(entry.number, "没有写明是物理隔离还是逻辑隔离")


@rule(
    COMPUTERS["第二十五条"],
    Force.FORBIDS,
    "内部计算机不得处理国家秘密；逻辑隔离的也不得处理工作秘密和内部资料",
    on=(Processed, Plugged, Produced, Written),
    remedy="国家秘密到涉密计算机上处理；工作秘密、内部资料到物理隔离的内部计算机上处理。",
)
def internal_computer_keeps_to_its_kind(
    event: Processed | Plugged | Produced | Written, desk: Desk
) -> Iterator[Breach]:
    """An internal computer sees no secret, nor work secrets unless physically isolated."""
    job = _plugged(event, desk) if isinstance(event, Plugged) else job_of(event)
    for page in desk.pages((job.computer,), Computer):
        if page.thing.network is not Network.INTERNAL:
            continue
        if job.level is not None:
            yield Breach(page.number, f"内部计算机要{job.doing}")
        elif job.sensitivity and page.thing.isolation is not Isolation.PHYSICAL:
            kind = page.thing.isolation or "隔离方式不明"
            yield Breach(page.number, f"{kind}的内部计算机要{job.doing}")


def _plugged(event: Plugged, desk: Desk) -> Job:
    """What a computer meets on a medium that holds work secrets; levels are 载体制度's to judge."""
    held = next((page.sensitive for page in desk.pages((event.item,), Medium)), None)
    return Job(event.computer, None, held, f"接入存有{held}的介质{event.item}")


@rule(
    COMPUTERS["第二十八条"],
    Force.REQUIRES,
    "外网数据要进内部计算机，应走光盘或专用导入盘这一道口",
    on=(Processed, Plugged),
    remedy="改走光盘或专用导入盘。",
)
def internet_data_reach_internal_by_the_gate(
    event: Processed | Plugged, desk: Desk
) -> Iterator[Breach]:
    """Data from the internet enter an internal computer by disc or import drive only."""
    for page in desk.pages((event.computer,), Computer):
        if page.thing.network is not Network.INTERNAL:
            continue
        if isinstance(event, Processed):
            if event.from_internet and event.means not in IMPORT_MEANS:
                by = f"用“{event.means}”" if event.means else "没有写明用什么"
                yield Breach(page.number, f"互联网数据{by}导入")
        else:
            for medium in desk.pages((event.item,), Medium):
                gate = medium.thing.import_only or medium.thing.type == "光盘"
                if medium.thing.network is Network.INTERNET and not gate:
                    yield Breach(medium.number, f"互联网用的介质要接入内部计算机{page.number}")


@rule(
    COMPUTERS["第三十条"],
    Force.REQUIRES,
    "互联网计算机应统一登记、贴标识、明确责任人",
    on=Computer,
    remedy="明确责任人并更正登记，打印标签。",
)
def internet_computer_has_a_keeper(entry: Entry[Computer], _desk: Desk) -> Iterator[Breach]:
    """Every internet computer has somebody who answers for it."""
    if entry.thing.network is Network.INTERNET and not entry.thing.keeper:
        yield Breach(entry.number, "互联网计算机没有责任人")


@rule(
    COMPUTERS["第三十二条"],
    Force.FORBIDS,
    "上互联网的计算机里严禁有国家秘密和工作秘密，处理、存放都不行",
    on=(Processed, Produced, Written),
    remedy="立即停止；已经处理的，断网、封存，按规定报告。",
)
def internet_computer_sees_nothing_closed(
    event: Processed | Produced | Written, desk: Desk
) -> Iterator[Breach]:
    """An internet computer processes, makes and gives out neither secrets nor work secrets."""
    job = job_of(event)
    secret = None if isinstance(event, Produced) else job.level  # papers have an article for it
    for page in desk.pages((job.computer,), Computer):
        if page.thing.network is Network.INTERNET and (secret or job.sensitivity):
            yield Breach(page.number, f"互联网计算机要{job.doing}")


RULES = (
    internal_computer_has_a_keeper,
    isolation_is_known,
    internal_computer_keeps_to_its_kind,
    internet_data_reach_internal_by_the_gate,
    internet_computer_has_a_keeper,
    internet_computer_sees_nothing_closed,
)
