"""台账: what there is of media, computers, people, and carriers as a whole, as it stands."""

from collections.abc import Iterator
from typing import Any, Final

from ledger.books.book import Book, Line
from ledger.books.chronicle import Chronicle
from ledger.notation.listing import place_of, plain, status_of
from ledger.notation.words import KIND_LABELS
from ledger.register.pages import NOBODY
from ledger.register.series import series_of

__all__ = ["BOOKS"]


def _things(kind: str, columns: tuple[tuple[str, str], ...]) -> Any:
    """The lines of a ledger of one kind of carrier, void ones left out."""

    def lines(book: Chronicle) -> Iterator[Line]:
        register = book.register
        numbers = sorted(register.kinds.get(kind, NOBODY), key=register.idents.__getitem__)
        for number in numbers:
            entry = register.carriers[number]
            beyond = {
                "status": status_of(entry),
                "whereabouts": place_of(register, entry),
                "keeper": book.name(getattr(entry.thing, "keeper", "")),
                "holds": plain(entry.holds),
                "inspected_on": plain(entry.inspected_on),
            }
            cells = (
                beyond[name] if name in beyond else plain(getattr(entry.thing, name))
                for name, _ in columns
            )
            yield Line(tuple(map(_shown, cells)), (number,))

    return lines


def _shown(value: Any) -> Any:
    return ("是" if value else "否") if isinstance(value, bool) else value


def _people(book: Chronicle) -> Iterator[Line]:
    for person in book.register.in_order(book.register.people):
        yield Line(tuple(_shown(plain(getattr(person, name))) for name, _ in _PERSON))


def _carriers(book: Chronicle) -> Iterator[Line]:
    for entry in book.register.open_carriers():
        number, text = entry.number, book.text(entry.number)
        cells = (
            number,
            KIND_LABELS[series_of(entry.thing)],
            book.title(number),
            book.level(number),
            str(text.mark.term) if text.mark and text.declassified_on is None else "",
            str(text.circle or "") if book.titles else "",
            book.copy_no(number),
            book.name(getattr(entry.thing, "keeper", "")),
            status_of(entry),
            place_of(book.register, entry),
            str(entry.entered),
        )
        yield Line(cells, (number,))


_MEDIUM: Final = (
    ("number", "统一编号"),
    ("type", "类别"),
    ("model", "品牌型号"),
    ("capacity", "容量"),
    ("serial", "序列号"),
    ("asset_no", "资产编号"),
    ("level", "密级"),
    ("network", "网络类别"),
    ("import_only", "专用导入盘"),
    ("department", "使用部门"),
    ("keeper", "责任人"),
    ("started_on", "配发日期"),
    ("holds", "存储最高密级"),
    ("status", "状态"),
    ("whereabouts", "存放位置"),
    ("remark", "备注"),
)
_COMPUTER: Final = (
    ("number", "统一编号"),
    ("name", "名称"),
    ("model", "型号"),
    ("network", "联网类别"),
    ("level", "密级"),
    ("serial", "出厂序列号"),
    ("disk_serial", "硬盘序列号"),
    ("asset_no", "资产编号"),
    ("system", "操作系统"),
    ("system_installed_on", "系统安装日期"),
    ("mac", "MAC地址"),
    ("ip", "IP地址"),
    ("department", "使用部门"),
    ("keeper", "责任人"),
    ("place", "放置地点"),
    ("purpose", "用途"),
    ("filed_no", "备案编号"),
    ("started_on", "启用时间"),
    ("inspected_on", "检查日期"),
    ("status", "状态"),
    ("remark", "备注"),
)
_PERSON: Final = (
    ("number", "编号"),
    ("name", "姓名"),
    ("department", "所属部门"),
    ("post", "岗位"),
    ("category", "涉密等级"),
    ("roles", "职责"),
    ("confirmed_on", "确定时间"),
    ("certificate_no", "上岗证号"),
    ("phone", "联系方式"),
    ("left_on", "离岗日期"),
    ("cooling_until", "脱密期至"),
)

BOOKS: Final = (
    Book(
        name="media",
        title="移动存储介质台账",
        other=("介质台账",),
        columns=_MEDIUM,
        lines=_things("medium", _MEDIUM),
        secret=False,
        sign="保密员：",
    ),
    Book(
        name="computers",
        title="计算机台账",
        columns=_COMPUTER,
        lines=_things("computer", _COMPUTER),
        secret=False,
        sign="保密员：",
    ),
    Book(
        name="people",
        title="涉密人员台账",
        other=("人员台账",),
        columns=_PERSON,
        lines=_people,
        secret=False,
        sign="保密员：",
    ),
    Book(
        name="carriers",
        title="涉密载体台账",
        other=("载体台账",),
        columns=(
            ("number", "载体编号"),
            ("kind", "类别"),
            ("title", "名称"),
            ("level", "密级"),
            ("term", "保密期限"),
            ("circle", "知悉范围"),
            ("copy_no", "份号"),
            ("keeper", "责任人"),
            ("status", "状态"),
            ("whereabouts", "现在何处"),
            ("entered", "登记日期"),
        ),
        lines=_carriers,
        sign="保密员：",
    ),
)
