"""Printers: language, target, dots, and how far each one is off; apart from what is printed."""

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import evolve, field, frozen

from ledger.printing.definition import (
    Unsuitable,
    between,
    checked,
    found,
    one_of,
    plain,
    truth,
    whole,
)
from ledger.text import quoted

__all__ = ["MM_PER_INCH", "Printer", "for_file", "printers"]

MM_PER_INCH: Final = 25.4
ENDINGS: Final = {".pdf": "pdf", ".png": "png", ".zpl": "zpl", ".tspl": "tspl"}
"""The language of a file by the end of its name."""
_ROADS: Final = ("lp", "ipp", "socket", "device")


@frozen(kw_only=True)
class Printer:
    """One printer as an officer describes it.

    ``target`` says where it is: ``lp:队列名``, ``ipp://主机:631/ipp/print``,
    ``socket://主机:9100``, ``device:/dev/usb/lp0``, or blank for files only.
    """

    id: str = field(validator=plain)
    name: str = field(validator=plain)
    language: str = field(validator=one_of("pdf", "png", "zpl", "tspl"))
    target: str = field(default="", validator=plain)
    dpi: int = field(default=300, validator=whole(150, 1200))
    offset_x_mm: float = field(default=0.0, validator=between(-20, 20))
    """How far to the right everything has to move to come out in its place."""
    offset_y_mm: float = field(default=0.0, validator=between(-20, 20))
    scale_x: float = field(default=1.0, validator=between(0.9, 1.1))
    """What everything has to be multiplied by to come out in its size."""
    scale_y: float = field(default=1.0, validator=between(0.9, 1.1))
    rotate: int = field(default=0)
    """By how many degrees the picture is turned: 0, 90, 180 or 270."""
    width_mm: float = field(default=0.0, validator=between(0, 500))
    """The widest it can print; 0 if that is not known."""
    density: int = field(default=-1, validator=whole(-1, 30))
    """How dark a label printer burns; -1 leaves it as it is set."""
    speed: int = field(default=-1, validator=whole(-1, 14))
    gap_mm: float = field(default=2.0, validator=between(0, 20))
    """The gap between two labels on the roll."""
    invert: bool = field(default=False, validator=truth)
    """Whether it takes black for white, as a few copies of TSPL printers do."""
    answers: bool = field(default=True, validator=truth)
    """Whether a label printer is asked how it is; a few do not answer."""

    @property
    def road(self) -> str:
        """How it is reached: lp, ipp, socket, device, or blank for files only."""
        return self.target.partition(":")[0]

    @property
    def dots_x(self) -> float:
        """Dots a millimetre across, after correction."""
        return self.dpi / MM_PER_INCH * self.scale_x

    @property
    def dots_y(self) -> float:
        """Dots a millimetre down, after correction."""
        return self.dpi / MM_PER_INCH * self.scale_y


def read_printer(data: Mapping[str, Any], _file: Traversable) -> Printer:
    """The printer a file's table describes; raises ``ValueError`` in Chinese."""
    made = Printer(**checked(data, Printer, "printer"))
    if made.rotate not in (0, 90, 180, 270) or isinstance(made.rotate, bool):
        raise ValueError(f"rotate只能是0、90、180、270，读到{quoted(made.rotate)}")
    if made.target:
        _reachable(made)
    return made


def _reachable(printer: Printer) -> None:
    target, road = printer.target, printer.road
    if road not in _ROADS:
        raise ValueError(
            f"target要以 {'、'.join(f'{each}:' for each in _ROADS)} 开头，读到{quoted(target)}"
        )
    rest = target.partition(":")[2]
    try:
        parts = urlsplit(target)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if road in ("ipp", "socket") and (not host or port == 0):
        raise ValueError(f"target要写成 {road}://主机:端口，读到{quoted(target)}")
    if road == "lp" and (not rest or rest.startswith("-") or set("/ #") & set(rest)):
        raise ValueError(f"队列名不对：{quoted(target)}")
    if road == "device" and not rest.startswith("/"):
        raise ValueError(f"设备要写完整路径，如 device:/dev/usb/lp0，读到{quoted(target)}")
    wants = ("pdf",) if road == "ipp" else ("zpl", "tspl")
    if road != "lp" and printer.language not in wants:
        raise ValueError(f"{road}: 只送{'、'.join(wants)}，language写的是{printer.language}")
    if road == "lp" and printer.language == "png":
        raise ValueError("lp: 只送 pdf、zpl、tspl，language写的是png")


def printers(room: Path | None = None) -> dict[str, Printer]:
    """Every printer by its id, the room's own first; raises ``InvalidDefinition``."""
    return found(room, "printers", read_printer)


def for_file(path: Path, room: Path | None = None, like: Printer | None = None) -> Printer:
    """The printer whose language a file's name ends in, with another one's dots if one is given.

    Raises ``Unsuitable`` for an ending that is none.
    """
    language = ENDINGS.get(path.suffix.lower())
    if language is None:
        raise Unsuitable(f"输出文件要以 {'、'.join(ENDINGS)} 结尾，现为“{path.name}”")
    if like is not None:
        return evolve(like, language=language, target="")
    return evolve(printers(room)[f"file-{language}"], target="")
