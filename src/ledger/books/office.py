"""清点登记簿 and 导出登记簿: what the officer counted, and what left the ledger as a file."""

from collections.abc import Iterator
from typing import Final

from ledger.books.book import Book, Line
from ledger.books.chronicle import Chronicle
from ledger.event import Counted, Exported

__all__ = ["BOOKS"]


def _counted(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Counted):
        cells = (
            str(act.on),
            event.cabinet or "全室",
            len(set(event.seen)),
            book.names(event.counters),
            "是" if event.clearance else "否",
            book.name(act.by),
            act.note,
        )
        yield Line(cells)


def _exported(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Exported):
        cells = (
            str(act.on),
            event.what,
            event.file,
            event.rows,
            str(event.level or event.sensitivity or ""),
            event.target,
            event.purpose,
            book.name(act.by),
            event.digest,
        )
        yield Line(cells)


BOOKS: Final = (
    Book(
        name="counted",
        title="清点登记簿",
        other=("清点登记",),
        columns=(
            ("on", "清点日期"),
            ("cabinet", "范围"),
            ("seen", "实见件数"),
            ("counters", "清点人"),
            ("clearance", "核查清退"),
            ("by", "经办人"),
            ("remark", "备注"),
        ),
        lines=_counted,
        secret=False,
        sign="清点人：　　　　　　清点人：",
    ),
    Book(
        name="exported",
        title="导出登记簿",
        other=("导出登记",),
        columns=(
            ("on", "日期"),
            ("what", "内容"),
            ("file", "文件名"),
            ("rows", "行数"),
            ("level", "密级"),
            ("target", "存放载体"),
            ("purpose", "用途"),
            ("by", "经办人"),
            ("digest", "文件摘要"),
        ),
        lines=_exported,
        secret=False,
    ),
)
