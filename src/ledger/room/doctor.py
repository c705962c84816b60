"""体检: what this machine and this room can do, and what would leave copies behind."""

import codecs
import locale
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

from ledger.printing import lp
from ledger.printing.definition import Found, InvalidDefinition, sources
from ledger.printing.font import MissingGlyph, face_for, installed
from ledger.printing.ipp import NoAnswer, Operation, Server
from ledger.printing.job import reasons
from ledger.printing.keyring import NAME as KEY_FILE
from ledger.printing.keyring import KeyLost, keys
from ledger.printing.picture import at
from ledger.printing.printer import Printer, read_printer
from ledger.printing.proof import prove
from ledger.printing.sheet import sheets
from ledger.printing.template import template_for, templates
from ledger.printing.terminal import EXPECTED, columns
from ledger.printing.wire import hello
from ledger.room.proofing import SAMPLE

__all__ = ["Note", "examine"]

CUPSD: Final = Path("/etc/cups/cupsd.conf")
_RARE: Final = "保密䶮㛃𠅤𫖯"


@frozen
class Note:
    """One thing looked at, whether it is as it should be, and what was found or is to be done."""

    about: str
    good: bool
    said: str


def examine(room: Path | None, terminal: int | None = None) -> Iterator[Note]:
    """Look at fonts, codes, printers, spool settings, locale and terminal, and at a room's files.

    ``terminal`` is the descriptor of the terminal to be asked, if there is one.
    """
    yield from _fonts()
    yield _codes()
    yield from _queues()
    yield from _copies(CUPSD)
    yield _locale()
    yield _terminal(terminal)
    if room is not None:
        yield _key(room)
        yield from _definitions(room)


def _fonts() -> Iterator[Note]:
    missing = [character for character in _RARE if not _drawn(character)]
    if missing:
        yield Note("字体", good=False, said=f"印不出：{'、'.join(missing)}；请重新安装程序")
    else:
        yield Note("字体", good=True, said=f"自带思源黑体，生僻字也能印（试过{_RARE}）")
    own = {face.path for face in installed(":lang=zh-cn")}
    yield Note(
        "字体", good=True, said=f"系统另有中文字体文件{len(own)}个，自带字体没有的字用它们补"
    )


def _drawn(character: str) -> bool:
    try:
        face_for(character)
    except MissingGlyph:
        return False
    return True


def _codes() -> Note:
    prove(template_for("medium"), SAMPLE, at(203))
    return Note("二维码", good=True, said="203点的样例标签画得出、读得回")


def _queues() -> Iterator[Note]:
    found = lp.queues()
    if found is None:
        said = "没有安装或没有启动；仍可直接连标签机，或输出PDF到别处打印"
        yield Note("打印系统", good=True, said=said)
    elif not found:
        yield Note("打印系统", good=True, said="在运行，还没有打印队列")
    for queue, enabled in (found or {}).items():
        said = f"队列{queue}可用" if enabled else f"队列{queue}被停用"
        yield Note("打印系统", good=enabled, said=f"{said}（target 写 lp:{queue}）")


def _copies(conf: Path) -> Iterator[Note]:
    """Whether the print system keeps what was printed: by default for a day."""
    try:
        text = conf.read_text("utf-8", "replace")
    except FileNotFoundError:
        return
    except OSError:
        yield Note("打印留底", good=False, said=f"读不了{conf}，请管理员查看是否留底")
        return
    for name, usual, what in (
        ("PreserveJobFiles", "86400", "打过的文件"),
        ("PreserveJobHistory", "yes", "任务记录"),
    ):
        found = re.findall(rf"^\s*{name}\s+(\S+)", text, re.MULTILINE | re.IGNORECASE)
        value = (found or [usual])[-1]
        kept = value.lower() not in ("no", "off", "false", "0")
        long = f"{value}秒" if value.isdecimal() else "一直"
        said = f"打印系统把{what}留{long}：在 {conf} 里写 {name} No" if kept else f"{what}不留底"
        yield Note("打印留底", good=not kept, said=said)


def _locale() -> Note:
    name = locale.getpreferredencoding(do_setlocale=False)
    good = codecs.lookup(name).name == "utf-8"
    said = f"字符编码 {name}" if good else f"字符编码是{name}，中文文件名可能显示不对，宜改为 UTF-8"
    return Note("语言环境", good=good, said=said)


def _terminal(descriptor: int | None) -> Note:
    if descriptor is None:
        return Note("终端", good=True, said="不是在终端里运行，没有测字符宽度")
    widths = {text: columns(descriptor, text) for text in EXPECTED}
    if None in widths.values():
        return Note("终端", good=True, said="终端不回答光标位置，没有测字符宽度")
    wrong = [f"{t}占{w}格" for t, w in widths.items() if w != EXPECTED[t]]
    if wrong:
        said = f"{'、'.join(wrong)}，表格会对不齐：请在终端设置里把“宽度不明确的字符”设为窄"
        return Note("终端", good=False, said=said)
    return Note("终端", good=True, said="汉字占两格、符号占一格，表格对得齐")


def _key(room: Path) -> Note:
    try:
        versions = len(keys(room))
    except KeyLost as error:
        return Note("标签密钥", good=False, said=str(error))
    mode = stat.S_IMODE((room / KEY_FILE).stat().st_mode)
    if mode & 0o077:
        said = f"{KEY_FILE}别的用户也能读（权限{mode:04o}），请改为 0600"
        return Note("标签密钥", good=False, said=said)
    return Note("标签密钥", good=True, said=f"第{versions}版，只有本用户能读")


def _definitions(room: Path) -> Iterator[Note]:
    try:
        kinds = (("标签模板", templates(room)), ("标签纸", sheets(room)))
        for what, found in kinds:
            yield Note(what, good=True, said=f"{len(found)}种，都读得通")
        own = [printer for found, printer in _printers(room) if found.own]
    except InvalidDefinition as error:
        yield Note("标签文件", good=False, said=str(error))
        return
    yield from map(_printer, own)


def _printers(room: Path) -> Iterator[tuple[Found, Printer]]:
    return sources(room, "printers", read_printer)


def _printer(printer: Printer) -> Note:
    """How a printer of the room's own is."""
    about = f"打印机 {printer.name}"
    match printer.road:
        case "lp":
            queue = printer.target.partition(":")[2]
            state = (lp.queues() or {}).get(queue)
            said = {True: "队列可用", False: "队列被停用"}.get(bool(state), "")
            return Note(about, good=bool(state), said=said if state is not None else "没有这个队列")
        case "ipp":
            try:
                reply = Server.of(printer.target).ask(Operation.GET_PRINTER, printer.target)
            except NoAnswer as error:
                return Note(about, good=False, said=str(error))
            wrong = reasons(reply)
            return Note(about, good=not wrong, said="、".join(wrong) or "可用")
        case "socket" | "device":
            return Note(about, *hello(printer))
        case _:
            return Note(about, good=True, said="只输出到文件")
