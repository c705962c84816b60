"""《国家秘密载体保密管理制度》一、纸介质（三）传递."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Paper
from ledger.conflict import EXIT_PERMIT
from ledger.event import CarriedOut, Dispatched
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES", "SAFE_CHANNELS"]

CONFIDENTIAL_POST: Final = ("机要交通", "机要通信")
OWN_PEOPLE: Final = ("保密员", "通信员", "专人专车", "专人")
SAFE_CHANNELS: Final = CONFIDENTIAL_POST + OWN_PEOPLE
"""The ways a secret paper may travel (一（三）1)."""
PLAIN_WIRE: Final = ("传真", "普通传真", "明传传真", "明码电报", "电报")
ORDINARY: Final = (*PLAIN_WIRE, "电话", "短信", "电子邮件", "普通邮政", "快递")
"""Ways by which a cipher telegram may not be answered (一（三）5)."""


@rule(
    CARRIERS["一（三）1"],
    Force.FORBIDS,
    "密件走机要部门或由本单位保密员送，不得经普通邮政、快递或无关的人",
    on=Dispatched,
    remedy="改走机要交通、机要通信，或由保密员、通信员直接送达；送的人先在人员登记簿登记。",
)
def sent_by_a_safe_channel(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """Secret papers travel by the confidential post or the unit's own people, whom the book knows."""
    own = event.bearers if event.channel in OWN_PEOPLE else ()
    for name in dict.fromkeys(own):
        if desk.register.person(name) is None:
            for number, level in desk.on_paper(event.carriers):
                yield Breach(number, f"{level}级密件要交给{name}传递，人员登记簿上没有此人")
    if event.channel and event.channel not in (*SAFE_CHANNELS, *PLAIN_WIRE):
        for number, level in desk.on_paper(event.carriers):
            yield Breach(number, f"{level}级密件要经“{event.channel}”传递")


@rule(
    CARRIERS["一（三）4"],
    Force.REQUIRES,
    "把密件带出境须按出境的规定报批；绝密级一律不带",
    on=CarriedOut,
    remedy="机密、秘密级先取得保密行政管理部门的批准文件并填写文号；绝密级改用其他办法。",
    note=EXIT_PERMIT,
)
def taken_abroad_by_the_rules(event: CarriedOut, desk: Desk) -> Iterator[Breach]:
    """No 绝密 paper leaves the country, and no other without the bureau's consent."""
    if event.abroad:
        for number, document in desk.papers(event.carriers):
            if document.level is Level.绝密:
                yield Breach(number, "绝密级密件要带出境")
            elif not event.consent_no:
                yield Breach(number, f"{document.level}级密件要带出境，没有批准文件")


@rule(
    CARRIERS["一（三）5"],
    Force.FORBIDS,
    "明码电报、普通传真不准传密件，密码电报更不准明着转、明密混用",
    on=Dispatched,
    remedy="改用机要渠道或加密传真。",
)
def never_in_clear(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """No secret, and no cipher telegram of whatever level, goes by plain telegram or ordinary fax."""
    if event.channel not in PLAIN_WIRE:
        return
    for entry in desk.pages(event.carriers, Paper):
        document = desk.register.documents[entry.thing.document]
        cipher = document.cipher and document.declassified_on is None
        if cipher or document.level is not None:
            kind = "密码电报" if cipher else f"{document.level}级密件"
            yield Breach(entry.number, f"{kind}要用“{event.channel}”传送")


@rule(
    CARRIERS["一（三）5"],
    Force.FORBIDS,
    "来的是密电，复电就不得用明的，严禁密来明复",
    on=Dispatched,
    remedy="改用加密传真、密码电报，或由机要渠道送达。",
)
def cipher_is_answered_in_cipher(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """A cipher telegram is not answered in clear, however plain the answer is."""
    asked = desk.register.documents.get(event.answers)
    if asked is not None and asked.cipher and event.channel in ORDINARY:
        yield Breach(event.outgoing_no, f"答复密码电报{asked.number}，要用“{event.channel}”")


@rule(
    CARRIERS["一（三）7"],
    Force.REQUIRES,
    "绝密件送外地必须走机要交通或机要通信；本地由收发单位专人专车、两人护送",
    on=Dispatched,
    remedy="外地改走机要渠道；本地的写明“本地”，派专车，至少两人护送并写明姓名。",
)
def top_secret_is_escorted(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """绝密 goes far by the confidential post, and near by own car with two escorts."""
    if event.channel in CONFIDENTIAL_POST:
        return
    for number, level in desk.on_paper(event.carriers):
        if level is not Level.绝密:
            continue
        if not event.local:
            yield Breach(number, f"绝密件送外地“{desk.name(event.to)}”，没有走机要渠道")
        elif not event.own_car and "专车" not in event.channel:
            yield Breach(number, "绝密件在本地传递，没有用专车")
        if len(set(event.bearers)) < desk.pack.escorts_top_secret:
            yield Breach(number, f"绝密件只有{len(set(event.bearers))}人护送")


RULES = (
    sent_by_a_safe_channel,
    taken_abroad_by_the_rules,
    never_in_clear,
    cipher_is_answered_in_cipher,
    top_secret_is_escorted,
)
