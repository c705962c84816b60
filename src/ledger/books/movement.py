"""传阅、借阅、携带外出、移交: who had what, from when to when, and who agreed."""

from collections.abc import Iterator
from typing import Final

from ledger.books.book import Book, Line, approvers, moment
from ledger.books.chronicle import Chronicle
from ledger.event import (
    BroughtBack,
    CarriedOut,
    Circulated,
    Confirmed,
    HandedOver,
    Lent,
    Returned,
)

__all__ = ["BOOKS"]


def _circulated(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Circulated):
        number = event.carrier
        text = book.text(number)
        cells = (
            book.doc_no(text),
            book.title(number),
            book.mark(number),
            book.copy_no(number),
            number,
            str(text.circle or "") if book.titles else "",
            book.name(event.reader),
            moment(act),
            event.place,
            moment(book.next(number, act, Returned)),
            "",
        )
        yield Line(cells, (number,))


def _lent(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(Lent):
        number = event.carrier
        person = book.register.person(event.to)
        back = book.next(number, act, Returned)
        whole = isinstance(back.event, Returned) and back.event.complete if back else None
        cells = (
            str(act.on),
            book.name(event.to),
            person.department if person else "",
            book.title(number),
            book.doc_no(book.text(number)),
            book.mark(number),
            book.copy_no(number),
            number,
            event.purpose,
            approvers(event),
            str(event.due or ""),
            moment(back),
            "" if whole is None else "完好" if whole else "不完整",
            book.name(act.by),
            "",
        )
        yield Line(cells, (number,))


def _carried_out(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(CarriedOut):
        for number in event.carriers:
            back = book.next(number, act, BroughtBack)
            cells = (
                str(act.on),
                book.names(event.bearers),
                number,
                book.title(number),
                book.mark(number),
                book.copy_no(number),
                event.purpose,
                event.destination,
                event.measures,
                approvers(event),
                str(event.due or ""),
                moment(back),
                book.name(back.by) if back else "",
            )
            yield Line(cells, (number,))


def _handed_over(book: Chronicle) -> Iterator[Line]:
    for act, event in book.of(HandedOver):
        for number in event.carriers:
            signed = book.next(number, act, Confirmed)
            cells = (
                str(act.on),
                number,
                book.title(number),
                book.mark(number),
                book.copy_no(number),
                book.name(act.by),
                book.name(event.to),
                book.name(event.supervisor),
                event.reason,
                moment(signed),
                "",
            )
            yield Line(cells, (number,))


_THING: Final = (
    ("number", "载体编号"),
    ("title", "标题或名称"),
    ("mark", "密级和保密期限"),
    ("copy_no", "份号"),
)

BOOKS: Final = (
    Book(
        name="circulated",
        title="传阅登记簿",
        other=("传阅登记", "传阅"),
        columns=(
            ("doc_no", "发文字号"),
            ("title", "文件标题"),
            ("mark", "密级和保密期限"),
            ("copy_no", "份号"),
            ("number", "载体编号"),
            ("circle", "知悉范围"),
            ("reader", "阅文人"),
            ("out", "送阅时间"),
            ("place", "阅文地点"),
            ("back", "退回时间"),
            ("signature", "签名"),
        ),
        lines=_circulated,
        sign="保密员：",
    ),
    Book(
        name="lent",
        title="借阅登记簿",
        other=("借阅登记",),
        columns=(
            ("on", "借阅日期"),
            ("to", "借阅人"),
            ("department", "部门"),
            ("title", "标题或名称"),
            ("doc_no", "发文字号"),
            ("mark", "密级和保密期限"),
            ("copy_no", "份号"),
            ("number", "载体编号"),
            ("purpose", "事由"),
            ("approvals", "批准人"),
            ("due", "应还日期"),
            ("back", "归还日期"),
            ("complete", "完好情况"),
            ("by", "经手人"),
            ("signature", "签名"),
        ),
        lines=_lent,
        sign="保密员：",
    ),
    Book(
        name="carried_out",
        title="携带外出登记簿",
        other=("携带外出登记",),
        columns=(
            ("on", "日期"),
            ("bearers", "携带人"),
            *_THING,
            ("purpose", "事由"),
            ("destination", "地点"),
            ("measures", "保护措施"),
            ("approvals", "批准人"),
            ("due", "应返回日期"),
            ("back", "返回日期"),
            ("checked_by", "核验人"),
        ),
        lines=_carried_out,
        sign="保密员：　　　　　　　　　主管领导：",
    ),
    Book(
        name="handed_over",
        title="移交登记簿",
        other=("移交登记",),
        columns=(
            ("on", "移交日期"),
            *_THING,
            ("by", "移交人"),
            ("to", "接收人"),
            ("supervisor", "监交人"),
            ("reason", "原因"),
            ("signed_on", "签收日期"),
            ("signature", "签名"),
        ),
        lines=_handed_over,
        sign="移交人：　　　　　　接收人：　　　　　　监交人：",
    ),
)
