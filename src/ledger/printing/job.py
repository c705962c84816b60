"""A print job sent by IPP or through the print system, and followed to its end."""

from collections.abc import Iterable, Mapping
from typing import Final

from ledger.printing.ipp import Attributes, NoAnswer, Operation, Reply, Server
from ledger.printing.outcome import PAUSE, Outcome, State, Wait, pauses

__all__ = ["MEDIA", "follow", "reasons", "send"]

MEDIA: Final[Mapping[str, str]] = {"A4": "iso_a4_210x297mm", "A5": "iso_a5_148x210mm"}
"""What IPP calls the pages."""
_PDF: Final = "application/pdf"
_BUSY: Final = 0x0507
_GONE: Final = 0x0406
_COMPLETED: Final = 9
_ENDED: Final[Mapping[int, str]] = {7: "任务被取消", 8: "打印机中止了任务"}
_REFUSED: Final[Mapping[int, str]] = {
    0x0401: "打印机不许本机使用",
    0x0402: "打印机要求登录",
    0x0403: "打印机不许本机使用",
    0x0406: "那里没有这台打印机，请核对地址",
    0x0408: "任务太大，打印机收不下",
    0x040A: "打印机不收PDF，请改经打印系统（lp:）",
    0x0502: "打印机暂停服务",
    0x0504: "打印机有故障",
    0x0506: "打印机现在不接收任务",
}
_WORDS: Final[Mapping[str, str]] = {
    "media-empty": "缺纸",
    "media-needed": "缺纸",
    "media-jam": "卡纸",
    "media-low": "纸快用完",
    "cover-open": "机盖没有关",
    "door-open": "机门没有关",
    "interlock-open": "机盖没有关",
    "input-tray-missing": "没有装纸盒",
    "output-area-full": "出纸盘满了",
    "toner-empty": "没有碳粉了",
    "marker-supply-empty": "没有墨或碳粉了",
    "developer-empty": "没有显影剂了",
    "offline": "打印机没有开机或连不上",
    "connecting-to-device": "打印机没有开机或连不上",
    "timed-out": "打印机没有开机或连不上",
    "shutdown": "打印机关机了",
    "paused": "打印机被暂停",
    "moving-to-paused": "打印机正在暂停",
    "stopped-partly": "打印机部分停用",
    "stopping": "打印机正在停下",
    "spool-area-full": "打印系统的磁盘满了",
    "printer-stopped": "打印队列被停用",
    "job-hold-until-specified": "任务被挂起",
    "cups-missing-filter": "打印系统缺少驱动程序",
    "cups-insecure-filter": "打印系统的驱动程序权限不对",
    "account-info-needed": "打印机要求登记账号",
}
_ENDINGS: Final = ("-error", "-warning", "-report")
_OFF: Final = ("unavailable", "unreachable", "may not exist", "offline", "connect")
"""What the message of a print system says of a printer that is off, whatever its language."""


def reasons(reply: Reply) -> tuple[str, ...]:
    """What a printer or job says is wrong, each once, in Chinese."""
    found: list[str] = []
    for name in ("printer-state-reasons", "job-printer-state-reasons", "job-state-reasons"):
        for word in map(str, reply.attributes.get(name, ())):
            stem = next((word.removesuffix(e) for e in _ENDINGS if word.endswith(e)), word)
            if stem in _WORDS:
                found.append(_WORDS[stem])
    for name in ("printer-state-message", "job-printer-state-message"):
        said = str(reply.first(name)).lower()
        if any(word in said for word in _OFF):
            found.append(_WORDS["offline"])
    return tuple(dict.fromkeys(found))


def send(
    uri: str,
    document: Iterable[bytes],
    title: str,
    page: str = "A4",
    patience: float = 60,
    wait: Wait = PAUSE,
) -> Outcome:
    """Print a PDF on an IPP printer at its true size and follow it to its end.

    ``title`` is the job's name, which printers keep and show: it says nothing.
    """
    server, pieces = Server.of(uri), tuple(document)
    try:
        if (against := _unfit(server.ask(Operation.GET_PRINTER, uri), page)) is not None:
            return Outcome(State.NOTHING, against)
        reply = _printed(server, uri, pieces, title, page, patience, wait)
    except NoAnswer as error:
        return Outcome(State.NOTHING, str(error))
    if not reply.good:
        busy = "打印机一直忙，没有接收" if reply.status == _BUSY else "打印机不接收这个任务"
        return Outcome(State.NOTHING, _REFUSED.get(reply.status, busy))
    number = int(reply.first("job-id", 0))
    return follow(server, uri, number, patience, wait)


def _unfit(reply: Reply, page: str) -> str | None:
    """Why a printer cannot take the sheet, if it says so."""
    if not reply.good:
        return _REFUSED.get(reply.status, "打印机不肯说明自己的情况")
    formats = reply.attributes.get("document-format-supported", (_PDF,))
    media = reply.attributes.get("media-supported", (MEDIA[page],))
    if _PDF not in formats:
        return _REFUSED[0x040A]
    if MEDIA[page] not in media:
        return f"打印机不能用{page}纸"
    return None


def _printed(
    server: Server,
    uri: str,
    pieces: tuple[bytes, ...],
    title: str,
    page: str,
    patience: float,
    wait: Wait,
) -> Reply:
    """The answer to Print-Job, asked again as long as the printer is busy with another."""
    about: Attributes = {"job-name": title, "document-format": _PDF}
    wishes: Attributes = {
        "media": MEDIA[page],
        "print-scaling": "none",
        "sides": "one-sided",
        "copies": 1,
    }
    reply = server.ask(Operation.PRINT_JOB, uri, about, wishes, pieces)
    for pause in pauses(patience):
        if reply.status != _BUSY:
            break
        wait(pause)
        reply = server.ask(Operation.PRINT_JOB, uri, about, wishes, pieces)
    return reply


def follow(server: Server, uri: str, number: int, patience: float, wait: Wait = PAUSE) -> Outcome:
    """What becomes of a job a printer has accepted, after as many seconds as one has patience."""
    job, last = str(number), Reply(0, {})
    for pause in (0.0, *pauses(patience)):
        wait(pause)
        try:
            last = server.ask(Operation.GET_JOB, uri, {"job-id": number})
        except NoAnswer:
            said = "任务已交给打印机，之后联系不上了，请到打印机旁看一看"
            return Outcome(State.UNKNOWN, said, job)
        state = int(last.first("job-state", 0))
        if last.status == _GONE:
            said = "打印机收下了任务，但没有留下记录，请到打印机旁看一看"
            return Outcome(State.UNKNOWN, said, job)
        if state == _COMPLETED:
            return Outcome(State.PRINTED, "打印机报告任务完成", job)
        if state in _ENDED:
            why = "、".join(reasons(last))
            return Outcome(State.BROKEN, _ENDED[state] + (f"（{why}）" if why else ""), job)
    return Outcome(State.WAITING, _why(server, uri, last), job)


def _why(server: Server, uri: str, last: Reply) -> str:
    try:
        found = (*reasons(last), *reasons(server.ask(Operation.GET_PRINTER, uri)))
    except NoAnswer:
        found = reasons(last)
    why = "、".join(dict.fromkeys(found)) or "打印机还没有说打完"
    return f"任务还在排队，{why}；处理好打印机，任务会接着打"
