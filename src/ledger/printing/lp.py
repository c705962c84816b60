"""The print system of this machine (CUPS), through its own ``lp``.

The sheet goes in by standard input, so that no file is left; paper and scaling are always said,
because the system's own defaults print A4 on Letter at nine tenths. Paper is named as IPP names it:
a queue that has lost touch with its printer passes the name on as it is.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from typing import Final

from ledger.printing.ipp import Server
from ledger.printing.job import MEDIA, follow
from ledger.printing.outcome import PAUSE, Outcome, State, Wait

__all__ = ["NO_PROGRAM", "queues", "send", "server"]

_SOCKET: Final = "/run/cups/cups.sock"
_REQUEST: Final = re.compile(r"request id is (\S+)-(\d+)")
NO_PROGRAM: Final = "这台机器没有安装打印系统（没有 lp 命令）"
_REFUSALS: Final[Mapping[str, str]] = {
    "does not exist": "没有这个打印队列，用 baomi doctor 查看有哪些",
    "not accepting": "打印队列现在不接收任务",
    "forbidden": "打印系统不许本用户打印",
    "not allowed": "打印系统不许本用户打印",
    "too large": "任务太大，打印系统收不下",
}
_SECONDS: Final = 60


def server() -> Server:
    """Where the print system answers: where CUPS_SERVER says, its socket file, or port 631."""
    said = os.environ.get("CUPS_SERVER", "").partition("/version")[0]
    if said.startswith("/"):
        return Server(said)
    if said:
        host, _, port = said.partition(":")
        return Server(host, int(port) if port.isdecimal() else 631)
    return Server(_SOCKET) if os.path.exists(_SOCKET) else Server("localhost")  # noqa: PTH110 - a socket


def _run(words: list[str], document: bytes = b"") -> tuple[int, str, str]:
    """A print program's exit code, output and complaints, in English whatever the locale is."""
    done = subprocess.run(
        words,
        input=document,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    return (
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        done.stderr.decode("utf-8", "replace"),
    )


def send(
    queue: str,
    document: Iterable[bytes],
    title: str,
    *,
    page: str = "",
    patience: float = 60,
    wait: Wait = PAUSE,
) -> Outcome:
    """Give a document to a queue and follow it; a ``page`` for a PDF, none for a printer's language."""
    if shutil.which("lp") is None:
        return Outcome(State.NOTHING, NO_PROGRAM)
    wishes = [f"media={MEDIA[page]}", "print-scaling=none", "sides=one-sided"] if page else ["raw"]
    options = [word for wish in wishes for word in ("-o", wish)]
    try:
        words = ["lp", "-d", queue, "-t", title, *options, "-"]
        code, said, complaint = _run(words, b"".join(document))
    except subprocess.TimeoutExpired:
        return Outcome(State.UNKNOWN, "打印系统一直没有回答，请到打印机旁看一看")
    given = _REQUEST.search(said)
    if code or given is None:
        return Outcome(State.NOTHING, _why(complaint))
    uri = f"ipp://localhost/printers/{queue}"
    return follow(server(), uri, int(given[2]), patience, wait)


def _why(complaint: str) -> str:
    """Why nothing was taken; ``lp`` misses the queue where in truth nobody answers."""
    if queues() is None:
        return "打印系统没有启动"
    low = complaint.lower()
    why = next((chinese for word, chinese in _REFUSALS.items() if word in low), "")
    return why or "打印系统不接收这个任务"


def queues() -> dict[str, bool] | None:
    """The queues of the print system and whether each is enabled; ``None`` where there is none."""
    if shutil.which("lpstat") is None:
        return None
    try:
        code, said, _ = _run(["lpstat", "-p"])
    except subprocess.TimeoutExpired:
        return None
    lines = re.findall(r"^printer (\S+) (.*)$", said, re.MULTILINE)
    if code and not lines:
        return {} if _run(["lpstat", "-r"])[1].startswith("scheduler is running") else None
    return {name: "disabled" not in state for name, state in lines}
