"""《国家秘密载体保密管理制度》一、纸介质（二）收发、（三）传递."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ledger.conflict import EXIT_PERMIT, TWO_STEPS
from ledger.consent import lacking
from ledger.day import chinese
from ledger.event import CarriedOut, Dispatched, Received
from ledger.event.staff import StoodIn
from ledger.finding import Breach, Force
from ledger.mark import Days, Level, Months
from ledger.register.lineage import highest
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
    CARRIERS["一（二）1"],
    Force.REQUIRES,
    "密件进出都应经保密员的手；他不在时，由领导点名的人代办",
    on=(Received, Dispatched),
    remedy="由保密员办理；领导指定他人代办的，先登记“临时接替”。",
)
def the_officer_receives_and_sends(event: Received | Dispatched, desk: Desk) -> Iterator[Breach]:
    """Secret papers come and go through the officer's hands."""
    if desk.by_officer:
        return
    if isinstance(event, Dispatched):
        subject = next((number for number, _ in desk.papers(event.carriers)), "")
    else:
        subject = event.incoming_no if event.document.level else ""
    if subject:
        yield Breach(subject, f"由{desk.by}经办，他不是保密员")


@rule(
    CARRIERS["一（二）1"],
    Force.REQUIRES,
    "保密员不在时代办收发的人，应由单位领导指定",
    on=StoodIn,
    remedy="请单位领导指定，填写审批。",
)
def the_stand_in_is_named_by_the_leader(event: StoodIn, desk: Desk) -> Iterator[Breach]:
    """Whoever keeps the room for the officer was named by a leader."""
    if fact := lacking(event.approvals, desk, "stand_in", None):
        yield Breach(event.stand_in, fact)


@rule(
    CARRIERS["一（二）2"],
    Force.REQUIRES,
    "收发登记簿各栏均应填全填准",
    on=Received,
    remedy="对照来文补齐所缺各栏。",
)
def every_column_is_filled(event: Received, _desk: Desk) -> Iterator[Breach]:
    """A received secret paper has sender, issuer, title and day of issue on its line."""
    document = event.document
    if document.mark is None:
        return
    blank = [
        name
        for name, filled in (
            ("来文单位", event.sender),
            ("制发机关", document.issuer),
            ("标题或代称", document.title or document.alias),
            ("制发日期", document.issued_on or not _counted(document.mark.stated)),
        )
        if not filled
    ]
    if blank:
        yield Breach(event.incoming_no, f"没有填：{'、'.join(blank)}")


def _counted(term: object) -> bool:
    return isinstance(term, (Months, Days))


@rule(
    CARRIERS["一（二）3"],
    Force.REQUIRES,
    "签收前要核对包装、件数、编号、密级，拆封后再核对内容，有差错的及时向发出单位查询",
    on=Received,
    remedy="向发出单位查询，把查询情况写在“查询情况”一项，再登记。",
    note=TWO_STEPS,
)
def discrepancies_are_queried(event: Received, _desk: Desk) -> Iterator[Breach]:
    """Whatever did not agree on arrival was asked about."""
    faults = []
    if not event.intact:
        faults.append("包装不完整")
    if not event.pieces_agree:
        faults.append("件数、编号、密级或收件单位不符")
    if not event.contents_agree:
        faults.append("拆封后内容与清单不符")
    if event.copy_nos and len(event.copy_nos) != event.copies:
        faults.append(f"份数{event.copies}，份号{len(event.copy_nos)}个")
    twice = sorted({no for no in event.copy_nos if event.copy_nos.count(no) > 1})
    if twice:
        faults.append(f"份号{'、'.join(twice)}不止一份")
    if faults and not event.queried:
        yield Breach(event.incoming_no, f"{'；'.join(faults)}，没有查询记录")


@rule(
    CARRIERS["一（二）3"],
    Force.FORBIDS,
    "对外发密件不得超出规定的发放范围",
    on=Dispatched,
    remedy="只发给发放范围内的单位；要扩大的，先请原定密机关同意。",
)
def sent_within_the_list(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """Secret papers go only to addressees on the distribution list."""
    if not event.within_list:
        for number, _ in desk.papers(event.carriers):
            yield Breach(number, f"“{event.to}”不在发放范围内")


@rule(
    CARRIERS["一（二）3"],
    Force.REQUIRES,
    "封装前要再清点核对收件单位、编号、密级",
    on=Dispatched,
    remedy="清点核对后再封装、登记。",
)
def recounted_before_sealing(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """The envelope is checked once more before it is sealed."""
    if not event.recounted:
        for number, _ in desk.papers(event.carriers):
            yield Breach(number, "封装前没有清点核对")


@rule(
    CARRIERS["一（二）3"],
    Force.REQUIRES,
    "几份密件装一个信封的，信封上要标其中最高的密级",
    on=Dispatched,
    remedy="在信封左上方标明最高密级和发文编号。",
)
def envelope_shows_the_highest_level(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """An envelope is marked with the highest level of what is inside."""
    inside = highest((number for number, _ in desk.papers(event.carriers)), desk.register)
    if inside is not None and event.envelope is not None and event.envelope < inside:
        yield Breach(event.outgoing_no, f"信封内最高是{inside}级，信封标的是{event.envelope}级")


@rule(
    CARRIERS["一（三）1"],
    Force.FORBIDS,
    "密件走机要部门或由本单位保密员送，不得经普通邮政、快递或无关的人",
    on=Dispatched,
    remedy="改走机要交通、机要通信，或由保密员、通信员直接送达。",
)
def sent_by_a_safe_channel(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """Secret papers travel by the confidential post or the unit's own people."""
    if event.channel not in SAFE_CHANNELS and event.channel not in PLAIN_WIRE:
        for number, document in desk.papers(event.carriers):
            yield Breach(number, f"{document.level}级密件要经“{event.channel}”传递")


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
    "密件不准用明码电报、普通传真传送，密电不准明复、明密混用",
    on=Dispatched,
    remedy="改用机要渠道或加密传真。",
)
def never_in_clear(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """No secret is sent by plain telegram or ordinary fax."""
    if event.channel in PLAIN_WIRE:
        for number, document in desk.papers(event.carriers):
            kind = "密码电报" if document.cipher else f"{document.level}级密件"
            yield Breach(number, f"{kind}要用“{event.channel}”传送")


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
    CARRIERS["一（六）5"],
    Force.REQUIRES,
    "开会、出差带回的密件应及时交保密员登记",
    on=Received,
    remedy="当即登记保管；补记的写明原因，提醒本人今后当日交来。",
)
def brought_papers_are_registered_in_time(event: Received, desk: Desk) -> Iterator[Breach]:
    """Papers brought back from a meeting are registered within the unit's limit."""
    if event.document.level is None or event.brought_on is None:
        return
    due = event.brought_on + timedelta(days=desk.pack.meeting_papers_days)
    if desk.on > due:
        who = f"{desk.name(event.brought_by)}" if event.brought_by else "本单位人员"
        yield Breach(
            event.incoming_no, f"{who}{chinese(event.brought_on)}带回，最迟{chinese(due)}登记"
        )


@rule(
    CARRIERS["一（三）7"],
    Force.REQUIRES,
    "绝密件送外地必须走机要交通或机要通信；本地由收发单位专人专车、两人护送",
    on=Dispatched,
    remedy="外地改走机要渠道；本地派专车，至少两人护送并写明姓名。",
)
def top_secret_is_escorted(event: Dispatched, desk: Desk) -> Iterator[Breach]:
    """绝密 goes far by the confidential post, and near by own car with two escorts."""
    if event.channel in CONFIDENTIAL_POST:
        return
    for number, document in desk.papers(event.carriers):
        if document.level is not Level.绝密:
            continue
        if not event.local:
            yield Breach(number, f"绝密件送外地“{event.to}”，没有走机要渠道")
        elif not event.own_car:
            yield Breach(number, "绝密件在本地传递，没有用专车")
        if len(set(event.bearers)) < desk.pack.escorts_top_secret:
            yield Breach(number, f"绝密件只有{len(set(event.bearers))}人护送")


RULES = (
    the_officer_receives_and_sends,
    the_stand_in_is_named_by_the_leader,
    every_column_is_filled,
    discrepancies_are_queried,
    sent_within_the_list,
    recounted_before_sealing,
    envelope_shows_the_highest_level,
    sent_by_a_safe_channel,
    taken_abroad_by_the_rules,
    never_in_clear,
    cipher_is_answered_in_cipher,
    brought_papers_are_registered_in_time,
    top_secret_is_escorted,
)
