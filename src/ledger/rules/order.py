"""记账规则: numbers and pages, which the book itself keeps in order whoever's rules are in force.

A ledger is only evidence while every number means one thing and nothing is written twice.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ledger.carrier import Computer, Device, Medium
from ledger.event import EVENTS, BackedUp, HandedIn, NumberVoided
from ledger.event.inspection import SCOPES, InspectionHeld
from ledger.event.organization import PLANS, REPORTS, Planned, YearReported
from ledger.finding import Breach, Force
from ledger.number import SERIES
from ledger.register.pages import NOBODY
from ledger.register.record import Entry
from ledger.register.register import Register
from ledger.register.sequence import Sequence
from ledger.regulation import BOOK_ORDER
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    BOOK_ORDER["第三条"],
    Force.REQUIRES,
    "编号要逐个使用，跳过的号须说明并作废",
    on=Register,
    remedy="查明跳号原因；不再使用的号逐个办理作废编号。",
)
def numbers_without_holes(register: Register, _desk: Desk) -> Iterator[Breach]:
    """Each series runs without a number left out."""
    for name, run in sorted(register.sequences.items()):
        if run.gaps:
            series, year = name.split("/")
            mask = register.numbering.mask(series)
            ends = (run.gaps[0][0], run.gaps[-1][1])
            first, last = (mask.write(int(year), gap) for gap in ends)
            yield Breach(first, f"缺号{run.missing}个：{first}至{last}")


@rule(
    BOOK_ORDER["第三条"],
    Force.FORBIDS,
    "只能作废还没有用过的号，不得越过前面的号",
    on=NumberVoided,
    remedy="已经用过的编号，冲销那一笔；前面空着的号先用或先作废。",
)
def only_unused_numbers_are_voided(event: NumberVoided, desk: Desk) -> Iterator[Breach]:
    """A number that stands for something cannot be spoiled, nor one far ahead."""
    register = desk.register
    if event.number in register.idents:
        yield Breach(event.number, "这个编号已经用过")
        return
    runs = [(s, run) for s in SERIES if (run := register.numbering.mask(s).read(event.number))]
    if not runs:
        yield Breach(event.number, "不是本室编号格式的编号")
    for series, (year, serial) in runs:
        last = register.sequences.get(f"{series}/{year}", Sequence()).last
        if serial > last + 1:
            yield Breach(event.number, "前面还有没用过的号")


@rule(
    BOOK_ORDER["第九条"],
    Force.ADVISES,
    "一台设备宜有一个自己的序列号，重复的多半是抄错或漏填",
    on=(Medium, Computer, Device),
    remedy="对照实物核对序列号，办理更正登记。",
)
def serial_is_its_own(entry: Entry[Medium | Computer | Device], desk: Desk) -> Iterator[Breach]:
    """No two carriers in use share a serial number."""
    serial = entry.thing.serial
    if serial:
        twins = sorted(
            twin.number
            for twin in desk.entries(desk.register.serials.get(serial, NOBODY))
            if twin.open and twin.number != entry.number
        )
        if twins:
            yield Breach(entry.number, f"序列号“{serial}”与{twins[0]}相同")


_WORDS: Final[dict[type, tuple[str, ...]]] = {
    InspectionHeld: SCOPES,
    Planned: PLANS,
    YearReported: REPORTS,
}


@rule(
    BOOK_ORDER["第十七条"],
    Force.ADVISES,
    "检查、计划、报告的类别宜用到期提示里的词，办完以后提示才会消失",
    on=tuple(_WORDS),
    remedy="类别改用所列的词；确是另一类的，不必改。",
)
def the_kind_is_one_a_duty_knows(
    event: InspectionHeld | Planned | YearReported, _desk: Desk
) -> Iterator[Breach]:
    """What fulfils a duty is called as the duty calls it."""
    known = _WORDS[type(event)]
    if event.scope not in known:
        yield Breach(event.scope, f"没有这一类，可以是：{'、'.join(known)}")


CLOCK_SLACK: Final = timedelta(minutes=10)
"""A clock may be put right by so much without anybody being asked."""
LONG: Final = timedelta(days=366)


@rule(
    BOOK_ORDER["第十四条"],
    Force.REQUIRES,
    "账要按先后记，电脑时间须不早于账上最后一笔",
    on=EVENTS,
    remedy="先校正电脑的日期和时间；账上最后一笔的时间本身记错的，按“已经发生”记录并写明原因。",
)
def the_clock_runs_on(_event: object, desk: Desk) -> Iterator[Breach]:
    """No act is written at a moment before the last one."""
    last, now = desk.register.at, desk.at
    if last is not None and now is not None:
        if now < last - CLOCK_SLACK or now.date() < last.date():
            yield Breach(
                "电脑时间", f"现在是{now:%Y-%m-%d %H:%M}，账上最后一笔记于{last:%Y-%m-%d %H:%M}"
            )


@rule(
    BOOK_ORDER["第十四条"],
    Force.ADVISES,
    "距上一笔一年以上的，宜先核对电脑时间",
    on=EVENTS,
    remedy="核对电脑的日期；确实停用了一年以上的，不必理会。",
)
def the_clock_does_not_leap(_event: object, desk: Desk) -> Iterator[Breach]:
    """A book that seems to have slept for more than a year is asked about."""
    last, now = desk.register.at, desk.at
    if last is not None and now is not None and now - last > LONG:
        yield Breach("电脑时间", f"上一笔记于{last:%Y-%m-%d}，现在是{now:%Y-%m-%d}")


@rule(
    BOOK_ORDER["第八条"],
    Force.REQUIRES,
    "备份、整本报送与台账同级：存放的介质，密级须不低于本室最高密级",
    on=(BackedUp, HandedIn),
    remedy="换一个密级够高的涉密介质。",
)
def backups_lie_on_a_medium_high_enough(event: BackedUp | HandedIn, desk: Desk) -> Iterator[Breach]:
    """A copy of the whole book is put on a medium of at least the room's own level."""
    if isinstance(event, HandedIn) and event.concealed:
        return
    for page in desk.pages((event.medium,), Medium):
        level = page.thing.level
        if level is None or level < desk.register.level:
            has = f"是{level}级" if level else "没有密级"
            yield Breach(page.number, f"本室最高{desk.register.level}级，该介质{has}")


@rule(
    BOOK_ORDER["第八条"],
    Force.ADVISES,
    "备份、报送件含有台账，宜写明存在哪个介质上",
    on=(BackedUp, HandedIn),
    remedy="备份、报送时用 --onto 写明介质编号；已经存好的，补记在备注里。",
)
def backups_name_their_medium(event: BackedUp | HandedIn, _desk: Desk) -> Iterator[Breach]:
    """It is on record which medium a backup lies on."""
    if not event.medium:
        word = "报送" if isinstance(event, HandedIn) else "备份"
        yield Breach(word, f"没有写明“{event.file}”存在哪个介质上")


RULES = (
    the_kind_is_one_a_duty_knows,
    numbers_without_holes,
    only_unused_numbers_are_voided,
    serial_is_its_own,
    the_clock_runs_on,
    the_clock_does_not_leap,
    backups_lie_on_a_medium_high_enough,
    backups_name_their_medium,
)
