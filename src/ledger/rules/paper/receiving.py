"""《国家秘密载体保密管理制度》一、纸介质（二）收发."""

from collections.abc import Iterator
from datetime import timedelta

from ledger.conflict import TWO_STEPS
from ledger.consent import lacking
from ledger.day import chinese
from ledger.event import Dispatched, Received
from ledger.event.staff import StoodIn
from ledger.finding import Breach, Force
from ledger.mark import Days, Months
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]


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
    on=(Received, Dispatched),
    remedy="对照来文、发文补齐所缺各栏。",
)
def every_column_is_filled(event: Received | Dispatched, desk: Desk) -> Iterator[Breach]:
    """The line of a secret paper says whence and what it is, or whither and how it goes."""
    if isinstance(event, Dispatched):
        parts = (("收件单位", event.to), ("传递方式", event.channel))
        blank = [name for name, filled in parts if not filled]
        for number, _ in desk.on_paper(event.carriers):
            if blank:
                yield Breach(number, f"没有填：{'、'.join(blank)}")
    elif event.document.mark is not None and (blank := _blank(event)):
        yield Breach(event.incoming_no, f"没有填：{'、'.join(blank)}")


def _blank(event: Received) -> list[str]:
    """The columns of the incoming register that nothing stands in."""
    document = event.document
    stated = document.mark.stated if document.mark else None
    return [
        name
        for name, filled in (
            ("来文单位", event.sender),
            ("制发机关", document.issuer),
            ("标题或代称", document.title or document.alias),
            ("制发日期", document.issued_on or not isinstance(stated, (Months, Days))),
        )
        if not filled
    ]


@rule(
    CARRIERS["一（二）3"],
    Force.REQUIRES,
    "签收前要核对包装、件数、编号、密级，拆封后再核对内容，有差错的当即去问发出的单位",
    on=Received,
    remedy="问清发出的单位，把结果写在“查询情况”一项，再登记。",
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
        for number, _ in desk.on_paper(event.carriers):
            yield Breach(number, f"“{desk.name(event.to)}”不在发放范围内")


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
        for number, _ in desk.on_paper(event.carriers):
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
    inside = max((level for _, level in desk.on_paper(event.carriers)), default=None)
    if inside is not None and event.envelope is not None and event.envelope < inside:
        yield Breach(event.outgoing_no, f"信封内最高是{inside}级，信封标的是{event.envelope}级")


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


RULES = (
    the_officer_receives_and_sends,
    the_stand_in_is_named_by_the_leader,
    every_column_is_filled,
    discrepancies_are_queried,
    sent_within_the_list,
    recounted_before_sealing,
    envelope_shows_the_highest_level,
    brought_papers_are_registered_in_time,
)
