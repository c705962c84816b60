"""扫码枪自检: what a scanner sends, how fast, how it ends, and whether it will do."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from textual import events
from textual.app import ComposeResult

from ledger.room.scanning import Scan
from ledger.text import digits
from tui.actions import bindings
from tui.plain import plain
from tui.prose import Prose
from tui.recogniser import ENDS, LENGTH
from tui.screens.page import Page

__all__ = ["Press", "ScannerTest", "examined"]

_BURST_SECONDS: Final = 0.5
"""A pause after which a new burst begins."""
_SLOW_MS: Final = 60
_NAMES: Final = {
    "enter": "回车",
    "return": "回车",
    "tab": "Tab",
    "ctrl+j": "换行",
    "ctrl+m": "回车",
    "ctrl+i": "Tab",
}


class Press(NamedTuple):
    """One key as the terminal told it."""

    name: str
    char: str
    at: float


def examined(burst: Sequence[Press]) -> list[tuple[str, str]]:
    """What a burst of keys says of the scanner: each a thing that was looked at, and what was found."""
    body = [press for press in burst if press.name not in ENDS]
    text = "".join(press.char for press in body)
    gaps = [(b.at - a.at) * 1000 for a, b in pairwise(body)]
    plain_ = digits(text)
    told = [("收到", f"{len(body)}个字符：{text}")]
    if gaps:
        told.append(
            ("间隔", f"最短{min(gaps):.0f}、居中{median(gaps):.0f}、最长{max(gaps):.0f}毫秒")
        )
    ends = [_NAMES[press.name] for press in burst if press.name in ENDS]
    told.append(("结尾", "、".join(ends) or "没有；能用，设成回车更快"))
    told.append(("全角", "是，输入法开着；能用" if plain_ != text else "不是"))
    told.append(("结论", _verdict(plain_, gaps)))
    return told


def _verdict(text: str, gaps: Sequence[float]) -> str:
    if not text.isascii() or not text.isdecimal():
        return "有数字以外的字符：请把扫码枪设成英文键盘、不加前缀、不用Alt方式"
    if len(text) != LENGTH:
        return f"{len(text)}位，本台账的标签码是{LENGTH}位：扫的不是标签，或丢了字符"
    if gaps and median(gaps) > _SLOW_MS:
        return f"太慢：请把字符间隔设到{_SLOW_MS}毫秒以下"
    return "可以用"


class ScannerTest(Page[None]):
    """Shows the last burst; a code does nothing here but show what it is."""

    context = "scanner_test"
    BINDINGS = bindings("scanner_test")
    heading = "扫码枪自检"

    def __init__(self) -> None:
        super().__init__()
        self._burst: list[Press] = []
        self._answer = ""

    def body(self) -> ComposeResult:
        """What to do, then what was found."""
        yield Prose(
            [
                "扫任何一张标签，开着、关着中文输入法各扫几次。",
                "扫码枪要设成：USB键盘方式、英文键盘、结尾加回车、不加前缀。",
            ],
            id="question",
        )
        yield Prose([], id="record")

    def on_mount(self) -> None:
        """Watch the keys."""
        self.desk.scanner.watcher = self._watch

    def on_unmount(self) -> None:
        """Stop watching."""
        self.desk.scanner.watcher = None

    def _watch(self, event: events.Key) -> None:
        if self._burst and event.time - self._burst[-1].at > _BURST_SECONDS:
            self._burst.clear()
            self._answer = ""
        self._burst.append(Press(event.key, event.character or "", event.time))
        self._show()

    def _show(self) -> None:
        told = [plain(f"{name}　{found}") for name, found in examined(self._burst)]
        answer = [plain(f"标签　{self._answer}", "bold")] if self._answer else []
        self.query_one("#record", Prose).put([*told, *answer])

    def heard(self, code: str, found: Scan) -> None:  # noqa: ARG002 - only what it is is shown
        """A code was recognised: say whose it is."""
        self._answer = "　".join(filter(None, (str(found.answer), found.number, found.said)))
        self._show()
