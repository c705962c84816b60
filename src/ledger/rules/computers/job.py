"""What a computer is asked to do with information, whichever act says so."""

from collections.abc import Iterator

from attrs import frozen

from ledger.carrier import Computer, Device
from ledger.event import Processed, Produced, Written
from ledger.mark import Level, Sensitivity
from ledger.register.record import Entry
from ledger.rule import Desk

__all__ = ["Job", "job_of", "machines"]


@frozen
class Job:
    """The computer that works, how secret what it works on is, and what it does in words."""

    computer: str
    level: Level | None
    sensitivity: Sensitivity | None
    doing: str


def job_of(event: Processed | Produced | Written) -> Job:
    """The job of an act: processed on the computer, made on it, or written out of it."""
    match event:
        case Produced():
            document = event.document
            computer, level, sensitivity = event.computer, document.level, document.sensitivity
            verb, what = "制作", "密件" if level else "文件"
        case Written():
            computer, level, sensitivity = event.source, event.level, event.sensitivity
            verb, what = "输出", "信息"
        case _:
            computer, level, sensitivity = event.computer, event.level, event.sensitivity
            verb, what = "处理", "信息"
    grade = f"{level}级" if level else f"{sensitivity or ''}"
    return Job(computer, level, sensitivity, f"{verb}{grade}{what}")


def machines(number: str, desk: Desk) -> Iterator[Entry[Computer] | Entry[Device]]:
    """The page of this number, if it is that of a computer or a device."""
    yield from desk.pages((number,), Computer)
    yield from desk.pages((number,), Device)
