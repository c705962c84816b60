"""清退登记簿 and 销毁登记簿: what left the room for good, with whose consent, under whose eyes."""

from collections.abc import Iterator
from typing import Final

from ledger.books.book import Book, Line, approvers
from ledger.books.chronicle import Chronicle
from ledger.event import Cleared, Destroyed

__all__ = ["BOOKS"]


def _cleared(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Cleared):
        for number in event.carriers:
            cells = (
                str(act.on),
                book.doc_no(book.text(number)),
                book.title(number),
                book.mark(number),
                book.copy_no(number),
                number,
                book.name(act.by),
                book.name(event.to),
                event.receiver,
                event.list_no,
                event.remark,
            )
            yield Line(cells, (number,))


def _destroyed(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Destroyed):
        for number in event.carriers:
            text = book.text(number)
            cells = (
                str(act.on),
                number,
                book.title(number),
                book.doc_no(text),
                book.mark(number),
                book.copy_no(number),
                book.pages(number),
                book.name(text.issuer) if book.titles else "",
                book.incoming_no(number),
                event.method,
                event.place,
                approvers(event),
                book.names(event.witnesses),
                act.note,
            )
            yield Line(cells, (number,))


BOOKS: Final = (
    Book(
        name="cleared",
        title="清退登记簿",
        other=("清退登记",),
        columns=(
            ("on", "清退日期"),
            ("doc_no", "发文字号"),
            ("title", "标题或名称"),
            ("mark", "密级和保密期限"),
            ("copy_no", "份号"),
            ("number", "载体编号"),
            ("by", "清退人"),
            ("to", "接收单位"),
            ("receiver", "接收人"),
            ("list_no", "清单号"),
            ("remark", "备注"),
        ),
        lines=_cleared,
        sign="清退人：　　　　　　接收人：　　　　　　主管领导：",
    ),
    Book(
        name="destroyed",
        title="销毁登记簿",
        other=("销毁登记", "销毁清册"),
        columns=(
            ("on", "销毁日期"),
            ("number", "载体编号"),
            ("title", "标题或名称"),
            ("doc_no", "发文字号"),
            ("mark", "密级和保密期限"),
            ("copy_no", "份号"),
            ("pages", "页数"),
            ("issuer", "制发机关"),
            ("incoming_no", "收文编号"),
            ("method", "销毁方式"),
            ("place", "销毁地点"),
            ("approvals", "批准人"),
            ("witnesses", "监销人"),
            ("remark", "备注"),
        ),
        lines=_destroyed,
        sign="监销人：　　　　　　监销人：　　　　　　主管领导：",
    ),
)
