"""收文登记簿 and 发文登记簿: what came in from other units and what went out to them."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ledger.books.book import Book, Line, moment, together
from ledger.books.chronicle import Chronicle
from ledger.event import Confirmed, Dispatched, Received

__all__ = ["BOOKS"]


def _received(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Received):
        text = book.register.documents.get(event.document.number, event.document)
        gone = [book.gone(number) for number in event.numbers]
        cells = (
            event.incoming_no,
            str(act.on),
            book.name(event.sender),
            book.doc_no(text),
            book.text_title(text),
            str(text.mark or ""),
            len(event.numbers),
            together(map(book.copy_no, event.numbers)),
            "" if event.pages is None else event.pages,
            event.channel,
            together(event.numbers),
            book.name(act.by),
            "、".join(
                f"{how}{count}份" for how, count in Counter(g[0] for g in gone).items() if how
            ),
            together(day for _, day in gone),
            event.queried or act.note,
        )
        yield Line(cells, event.numbers)


def _dispatched(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Dispatched):
        for number in event.carriers:
            text = book.text(number)
            signed = book.next(number, act, Confirmed)
            cells = (
                event.outgoing_no,
                str(act.on),
                book.doc_no(text),
                book.title(number),
                book.mark(number),
                book.copy_no(number),
                number,
                book.name(event.to),
                event.channel,
                book.names(event.bearers),
                str(event.envelope or ""),
                book.name(signed.event.signed_by)
                if signed and isinstance(signed.event, Confirmed)
                else "",
                moment(signed),
                act.note,
            )
            yield Line(cells, (number,))


BOOKS: Final = (
    Book(
        name="received",
        title="收文登记簿",
        other=("收文登记",),
        columns=(
            ("incoming_no", "收文编号"),
            ("on", "收文日期"),
            ("sender", "来文单位"),
            ("doc_no", "发文字号"),
            ("title", "文件标题"),
            ("mark", "密级和保密期限"),
            ("copies", "份数"),
            ("copy_no", "份号"),
            ("pages", "页数"),
            ("channel", "传递方式"),
            ("numbers", "载体编号"),
            ("signed_by", "签收人"),
            ("gone", "去向"),
            ("gone_on", "去向日期"),
            ("remark", "备注"),
        ),
        lines=_received,
        sign="保密员：　　　　　　　　　主管领导：",
    ),
    Book(
        name="dispatched",
        title="发文登记簿",
        other=("发文登记",),
        columns=(
            ("outgoing_no", "发文编号"),
            ("on", "发文日期"),
            ("doc_no", "发文字号"),
            ("title", "文件标题"),
            ("mark", "密级和保密期限"),
            ("copy_no", "份号"),
            ("number", "载体编号"),
            ("to", "发往单位"),
            ("channel", "传递方式"),
            ("bearers", "送件人"),
            ("envelope", "信封密级"),
            ("signed_by", "签收人"),
            ("signed_on", "签收日期"),
            ("remark", "备注"),
        ),
        lines=_dispatched,
        sign="保密员：　　　　　　　　　主管领导：",
    ),
)
