"""《恩平市财政局保密工作制度》: archives consulted on the spot, 绝密 typed under watch."""

from collections.abc import Iterator

from ledger.carrier import Paper
from ledger.consent import lacking
from ledger.event import Produced
from ledger.event.archive import Consulted
from ledger.finding import Breach, Force
from ledger.level import Level
from ledger.pack import kind_of
from ledger.regulation.local import FINANCE
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    FINANCE["第十三条"],
    Force.REQUIRES,
    "外单位来查带密档案，必须有介绍信并注明查什么",
    on=Consulted,
    remedy="请对方出具介绍信，登记介绍信号和查阅内容。",
)
def consulted_with_a_letter(event: Consulted, desk: Desk) -> Iterator[Breach]:
    """Somebody from outside brings a letter that says what he wants to read."""
    if event.outside:
        parts = (("介绍信号", event.letter_no), ("查阅内容", event.content))
        blank = [name for name, filled in parts if not filled]
        for number, _ in desk.papers(event.carriers):
            if blank:
                yield Breach(number, f"外单位{event.visitor}查阅，没有填：{'、'.join(blank)}")


@rule(
    FINANCE["第十四条"],
    Force.REQUIRES,
    "摘抄的内容须审核无误才可盖章带走",
    on=Consulted,
    remedy="审核摘抄内容，登记“摘抄已审核”。",
)
def excerpts_are_checked(event: Consulted, desk: Desk) -> Iterator[Breach]:
    """What was written out is checked before it leaves."""
    if event.excerpted and not event.checked:
        for number, _ in desk.papers(event.carriers):
            yield Breach(number, f"{event.visitor}摘抄的内容没有审核")


@rule(
    FINANCE["第十五条"],
    Force.REQUIRES,
    "查阅绝密文件和会议记录，必须由办公室主任批准",
    on=Consulted,
    remedy="报有权批准的人，填写审批。",
)
def consulted_with_approval(event: Consulted, desk: Desk) -> Iterator[Breach]:
    """Archives and minutes are read with the approval their grade asks for."""
    for entry in desk.pages(event.carriers, Paper):
        document = desk.register.documents[entry.thing.document]
        if document.level is None and not document.minutes:
            continue
        kind = kind_of(document)
        fact = lacking(event.approvals, desk, "consult", document.level, kind=kind)
        if fact:
            yield Breach(entry.number, fact)


@rule(
    FINANCE["第二十二条"],
    Force.REQUIRES,
    "打印绝密文件应指定专人，经办人员自始至终在场",
    on=Produced,
    remedy="指定打印人，经办人员全程在场，填好两项再印。",
)
def typed_under_the_handlers_eyes(event: Produced, _desk: Desk) -> Iterator[Breach]:
    """A named person types 绝密 while whoever drafted it is there."""
    if event.document.level is Level.绝密:
        name = event.document.number or event.document.title
        if not event.made_by:
            yield Breach(name, "绝密文件没有指定打印人")
        if event.handler_present is not True:
            yield Breach(name, "打印绝密文件时经办人员没有全程在场")


RULES = (
    consulted_with_a_letter,
    excerpts_are_checked,
    consulted_with_approval,
    typed_under_the_handlers_eyes,
)
