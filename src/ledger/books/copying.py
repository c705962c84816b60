"""复印登记簿, whose eight columns the regulation itself names (复印机使用保密管理制度 第二十八条)."""

from collections.abc import Iterator
from typing import Final

from ledger.books.book import Book, Line, approvers, together
from ledger.books.chronicle import Chronicle
from ledger.event import Copied

__all__ = ["BOOKS"]


def _copied(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Copied):
        gone = [book.gone(number) for number in event.numbers]
        due = str(event.clear_by or "")
        cells = (
            str(act.on),
            book.title(event.original),
            book.doc_no(book.text(event.original)),
            book.mark(event.original),
            len(event.numbers),
            approvers(event),
            book.name(event.receiver),
            together(day for _, day in gone) or (f"应于{due}" if due else ""),
            event.original,
            together(event.numbers),
        )
        yield Line(cells, (event.original, *event.numbers))


BOOKS: Final = (
    Book(
        name="copied",
        title="复印登记簿",
        other=("复印登记",),
        columns=(
            ("on", "复印日期"),
            ("title", "文件标题"),
            ("doc_no", "文号"),
            ("mark", "密级"),
            ("copies", "复印份数"),
            ("approvals", "批准领导"),
            ("receiver", "签收人"),
            ("cleared_on", "清退日期"),
            ("original", "原件编号"),
            ("numbers", "复印件编号"),
        ),
        lines=_copied,
        sign="复印人：　　　　　　　　　保密员：",
    ),
)
