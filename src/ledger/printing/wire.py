"""Label printers on a wire: a network port or a device file, no print system and no spool.

The printer itself is asked how it is, before and after; one that does not answer has the labels,
and what became of them is unknown.
"""

import os
import select
import socket
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple, Protocol
from urllib.parse import urlsplit

from ledger import trouble
from ledger.printing.outcome import PAUSE, Outcome, State, Wait, pauses
from ledger.printing.printer import Printer

__all__ = ["Condition", "condition", "hello", "send"]

_SECONDS: Final = 5.0
_STALLED: Final = 20.0
"""How long a printer may take nothing before it is taken to have stopped."""
_LISTEN: Final = 1.5
_ETX: Final = b"\x03"
_LOOK: Final = "请到打印机旁看一看"


class _Stalled(Exception):
    """The printer stopped taking data."""


class _Line(Protocol):
    def send(self, data: bytes) -> None: ...

    def ask(self, question: bytes, enough: Callable[[bytes], bool]) -> bytes: ...


class _Descriptor:
    """A file descriptor that is written and read with patience."""

    def __init__(self, number: int) -> None:
        self.number = number
        os.set_blocking(number, False)

    def send(self, data: bytes) -> None:
        """Write everything; raises ``_Stalled`` when the printer takes no more."""
        rest = memoryview(data)
        while rest:
            _, ready, _ = select.select([], [self.number], [], _STALLED)
            if not ready:
                raise _Stalled
            rest = rest[os.write(self.number, rest[:65536]) :]

    def ask(self, question: bytes, enough: Callable[[bytes], bool]) -> bytes:
        """The answer to a question; what came of it before the printer fell silent."""
        self.send(question)
        heard = b""
        while not enough(heard):
            ready, _, _ = select.select([self.number], [], [], _LISTEN)
            piece = os.read(self.number, 4096) if ready else b""
            if not piece:
                break
            heard += piece
        return heard


@contextmanager
def _open(printer: Printer) -> Iterator[_Line]:
    if printer.road == "socket":
        parts = urlsplit(printer.target)
        address = (parts.hostname, parts.port or 9100)
        with socket.create_connection(address, timeout=_SECONDS) as line:
            yield _Descriptor(line.fileno())
            line.shutdown(socket.SHUT_WR)
        return
    path = printer.target.partition(":")[2]
    if not stat.S_ISCHR(os.stat(path).st_mode):  # noqa: PTH116 - a device, not a file
        raise NotADirectoryError(0, "", path)
    number = os.open(path, os.O_RDWR | os.O_NOCTTY)
    try:
        yield _Descriptor(number)
    finally:
        os.close(number)


class Condition(NamedTuple):
    """How a label printer says it is: whether it said anything, what is wrong, whether it works."""

    known: bool
    wrong: tuple[str, ...] = ()
    busy: bool = False


def condition(line: _Line, language: str) -> Condition:
    """Ask a label printer how it is."""
    return _zpl(line) if language == "zpl" else _tspl(line)


_TSPL: Final = (
    (0x01, "机盖没有关"),
    (0x02, "卡纸"),
    (0x04, "缺纸"),
    (0x08, "缺碳带"),
    (0x10, "被暂停"),
)
_PRINTING: Final = 0x20


def _tspl(line: _Line) -> Condition:
    heard = line.ask(b"\x1b!?", bool)
    if not heard:
        return Condition(known=False)
    wrong = tuple(words for bit, words in _TSPL if heard[-1] & bit)
    if heard[-1] & 0x80:
        wrong = (*wrong, "有别的故障")
    return Condition(known=True, wrong=wrong, busy=bool(heard[-1] & _PRINTING))


def _zpl(line: _Line) -> Condition:
    """The answer to ~HS: three lines of figures between STX and ETX."""
    heard = line.ask(b"~HS\n", lambda text: text.count(_ETX) >= 3)  # noqa: PLR2004 - three lines
    lines = [each.rpartition(b"\x02")[2].split(b",") for each in heard.split(_ETX)[:2]]
    try:
        first, second = lines
        figures = [
            int(each) for each in (first[1], first[2], first[4], second[2], second[3], second[8])
        ]
    except (ValueError, IndexError):
        return Condition(known=False)
    out, paused, formats, head, ribbon, left = figures
    flags = ((out, "缺纸"), (paused, "被暂停"), (head, "机盖没有关"), (ribbon, "缺碳带"))
    wrong = tuple(words for flag, words in flags if flag)
    return Condition(known=True, wrong=wrong, busy=bool(formats or left))


def send(
    printer: Printer, pieces: Iterable[bytes], patience: float = 60, wait: Wait = PAUSE
) -> Outcome:
    """Send labels straight to a label printer and ask it until it has printed them.

    Nothing is sent while it says that it cannot print.
    """
    begun = False
    try:
        with _open(printer) as line:
            if printer.answers and (wrong := condition(line, printer.language).wrong):
                return Outcome(State.NOTHING, f"打印机{'、'.join(wrong)}，处理好再印")
            for piece in pieces:
                begun = True
                line.send(piece)
            if not printer.answers:
                return Outcome(State.UNKNOWN, f"标签已送到打印机，这台打印机不回报结果，{_LOOK}")
            return _followed(line, printer, patience, wait)
    except (_Stalled, OSError) as error:
        return _broken(error, printer, begun=begun)


def hello(printer: Printer) -> tuple[bool, str]:
    """Whether a label printer can print now, and what it says; nothing is sent to be printed."""
    try:
        with _open(printer) as line:
            if not printer.answers:
                return True, "接得上，这台打印机不回报状态"
            now = condition(line, printer.language)
    except (_Stalled, OSError) as error:
        return False, _broken(error, printer, begun=False).said
    if not now.known:
        return (
            False,
            "接得上，但不回报状态：可能缺纸、开盖；本来就不会回报的，把 answers 改成 false",
        )
    return not now.wrong, "、".join(now.wrong) or "可用"


def _followed(line: _Line, printer: Printer, patience: float, wait: Wait) -> Outcome:
    idle = 0
    now = Condition(known=False)
    for pause in pauses(patience):
        wait(pause)
        now = condition(line, printer.language)
        if not now.known:
            said = f"标签已送到打印机，但它不回报：可能缺纸、开盖，也可能不会回报，{_LOOK}"
            return Outcome(State.UNKNOWN, said)
        idle = 0 if now.wrong or now.busy else idle + 1
        if idle > 1:
            return Outcome(State.PRINTED, "打印机报告全部打完")
    why = "、".join(now.wrong) or "还在打印"
    return Outcome(State.WAITING, f"标签已送到打印机，打印机{why}；处理好会接着打")


def _broken(error: Exception, printer: Printer, *, begun: bool) -> Outcome:
    if begun:
        return Outcome(State.BROKEN, f"送到一半打印机不收了（可能缺纸、开盖或断线），{_LOOK}")
    if isinstance(error, PermissionError):
        return Outcome(State.NOTHING, f"没有权限用“{printer.target}”，请把本用户加入 lp 组")
    if isinstance(error, NotADirectoryError):
        return Outcome(State.NOTHING, f"“{printer.target}”不是打印机设备")
    if isinstance(error, (ConnectionError, TimeoutError, FileNotFoundError, socket.gaierror)):
        return Outcome(State.NOTHING, "打印机没有开机、没有接好，或地址不对")
    why = trouble.of_file(error) if isinstance(error, OSError) else "打印机不收数据"
    return Outcome(State.NOTHING, f"打印机打不开：{why}")
