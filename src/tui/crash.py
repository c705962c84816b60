"""When the program itself fails: a report that says where, and nothing of what was being done."""

import os
import platform
import traceback
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from ledger.room import TamperedBook

__all__ = ["report", "said"]

FOLDER: Final = "crashes"
_DEEPEST: Final = 12
"""How many causes of causes are told."""


def report(error: BaseException, room: Path, at: datetime) -> Path | None:
    """Write down where an error came from, for whoever mends it; the file, if there could be one.

    Kinds of errors, files, lines and functions stand in it: no values, no messages, no sources,
    for those are what a room holds.
    """
    text = "\n".join((*_head(at), *_trail(error))) + "\n"
    name = f"{at:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    for folder in (room / FOLDER, Path(gettempdir())):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        return folder / name
    return None


def _head(at: datetime) -> Iterator[str]:
    yield f"baomi {_version('baomi-ledger')}  {at.isoformat(timespec='seconds')}"
    yield f"Python {platform.python_version()}  textual {_version('textual')}  {platform.system()}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _trail(error: BaseException) -> Iterator[str]:
    """The error and what it came from, each with its frames, the innermost last."""
    for cause in _causes(error):
        kind = type(cause)
        yield f"\n{kind.__module__}.{kind.__qualname__}"
        for frame, line in traceback.walk_tb(cause.__traceback__):
            code = frame.f_code
            yield f"  {_place(code.co_filename)}:{line} {code.co_qualname}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, the one that failed in the background included."""
    cause: BaseException | None = error
    for _ in range(_DEEPEST):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__ or getattr(cause, "error", None)


def _place(file: str) -> str:
    """A file by its last parts: where the program is installed concerns nobody."""
    return "/".join(Path(file).parts[-3:])


def said(file: Path | None, error: BaseException | None = None) -> str:
    """What the officer is told: that the book is not as written, or no more than where the report is."""
    for cause in _causes(error) if error else ():
        if isinstance(cause, TamperedBook):
            return f"{cause}。账本不符，请保留现场，不要再动文件夹，并报告分管领导。"
    where = f"报告在 {file}，里面没有登记的内容" if file else "报告没有写成"
    return f"程序出错，已经退出。说“已写入”的都在账本里。{where}；请交给维护人员。"
