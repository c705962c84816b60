"""What a file may not do by itself: lower a level, close a carrier, move it, sign for anybody.

Some of it a leader may approve for the whole file; the rest is done by acts of its own, because a
file cannot bring a notice, a signature or a second witness.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from ledger.exchange.known import Difference, Page
from ledger.exchange.rows import Item
from ledger.notation.fields import label
from ledger.place import Closing

__all__ = ["APPROVE", "CLOSED_AS", "Held", "canonical", "closing_word", "held_back", "signatures"]

CLOSED_AS: Final[Mapping[str, str]] = {
    "已销毁": "destroyed",
    "销毁": "destroyed",
    "已清退": "cleared",
    "清退": "cleared",
    "已归档": "archived",
    "归档": "archived",
    "已处置": "disposed",
    "处置": "disposed",
    "已报废": "disposed",
    "报废": "disposed",
    str(Closing.LOST): "",
    "遗失": "",
    "丢失": "",
    str(Closing.VOIDED): "",
    "已作废": "",
}
"""Words for a carrier that is gone, and the act that closes it; blank where no file can say so."""

_SAID: Final = {act: word for word, act in reversed(tuple(CLOSED_AS.items())) if act}
"""How the ledger says what each act has done."""

_OPEN: Final = frozenset(
    {"在柜", "在室", "在外单位", "送修", "携带外出", "递送途中", "待签收", "传阅中", "借出", "在用"}
)
"""The ledger's own words for a carrier that is still in the book."""
_BY_NOTICE: Final = ("mark", "level", "term", "circle", "declassified_on")
_SIGNED: Final = ("witnesses", "receiver")


@frozen
class Held:
    """Why a row waits for a person, and whether a leader's approval of the file is enough."""

    code: str
    message: str
    hint: str
    approvable: bool = False


def canonical(word: str) -> str:
    """A word for a carrier that is gone as the ledger says it; any other word as it is.

    >>> canonical("报废"), canonical("在用")
    ('已处置', '在用')
    """
    return _SAID.get(CLOSED_AS.get(word, "?"), word)


def closing_word(item: Item) -> str | None:
    """The act a row's status asks for; blank for a status no file can set, ``None`` for others."""
    return CLOSED_AS.get(str(item.values.get("status", "")))


def signatures(item: Item) -> tuple[str, ...]:
    """The fields in which a row signs for somebody without saying that the carrier is gone."""
    if closing_word(item) is not None:
        return ()
    return tuple(name for name in _SIGNED if item.values.get(name))


def held_back(item: Item, page: Page | None, found: list[Difference]) -> Iterator[Held]:
    """What in a row has to wait; ``found`` is in what it differs from its record."""
    changed = {each.field: each for each in found}
    if page is None or "status" in changed:
        yield from _status(item, page)
    if page is not None:
        yield from _levels(page, changed)
        yield from _others(page, changed)
    for name in signatures(item):
        yield Held(
            "approval.signature",
            f"“{label(name)}”是别人的签字，不能随文件导入",
            "由本人在台账里办理，或去掉这一列",
        )


def _status(item: Item, page: Page | None) -> Iterator[Held]:
    word = str(item.values.get("status", ""))
    closed = page is not None and page.entry is not None and not page.entry.open
    act = CLOSED_AS.get(word)
    if closed:
        if act is not None or word in _OPEN:
            yield Held(
                "approval.state", f"台账上已了结，文件里写着“{word}”", "以台账为准，改正文件"
            )
    elif act == "":
        yield Held("approval.state", f"状态“{word}”不能导入", "遗失要立案，作废编号要另记一笔")
    elif act is not None:
        said = f"状态“{word}”要经审批，不能只凭文件"
        yield Held("approval.closed", said, APPROVE, approvable=True)
    elif page is not None and word in _OPEN:
        said = f"台账上是“{page.value('status')}”，文件里写着“{word}”"
        hint = "去向只随归还、入柜、借阅等事项变动，用 baomi do 办理"
        yield Held("approval.custody", said, hint)


APPROVE: Final = "经主管领导批准后加 --approved-by 主管领导:姓名"


def _levels(page: Page, changed: Mapping[str, Difference]) -> Iterator[Held]:
    difference = changed.get("level")
    if difference is None or page.text is not None:
        return
    if difference.before and (not difference.after or difference.after < difference.before):
        said = f"密级由{difference.before}降为{difference.after or '非密'}"
        yield Held("approval.level", said, APPROVE, approvable=True)


def _others(page: Page, changed: Mapping[str, Difference]) -> Iterator[Held]:
    for name in changed:
        lowers = _LOWERED.get(name)
        if page.text is not None and name in _BY_NOTICE and page.value(name):
            said = f"{label(name)}由“{_shown(changed[name].before)}”改为“{_shown(changed[name].after)}”"
            yield Held(
                "approval.notice", said, "密级、期限、知悉范围凭变更、解密通知办理，导入不改"
            )
        elif name in ("declassified_on", "left_on", "cooling_until"):
            said = f"“{label(name)}”要随解密、离岗事项登记，不能导入"
            yield Held("approval.state", said, "用 baomi do 办理这一事项")
        elif name in ("cabinet", "compartment"):
            hint = "去向只随入柜、归还等事项变动，用 baomi do 办理"
            yield Held("approval.custody", f"“{label(name)}”与台账不同，导入不改去向", hint)
        elif name == "on":
            yield Held("approval.entered", "入账日期与台账不同，导入不改", "以台账为准，改正文件")
        elif lowers is not None and lowers(changed[name]):
            said = f"{label(name)}由“{changed[name].before}”改为“{_shown(changed[name].after)}”"
            yield Held("approval.level", said, APPROVE, approvable=True)


_LOWERED: Final[Mapping[str, Callable[[Difference], bool]]] = {
    "network": lambda d: bool(d.before) and str(d.before) == "涉密",
    "sensitivity": lambda d: bool(d.before) and not d.after,
}


def _shown(value: Any) -> str:
    return str(value) if value not in (None, "") else "空白"
