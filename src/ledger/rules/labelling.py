"""标签: what 载体制度 二（一）1 and 计算机制度 第十五、二十四、三十条 ask of labels, and their order in the book."""

from collections.abc import Iterator
from typing import Final

from ledger.carrier import Carrier, Computer, Device, Medium, Network
from ledger.event import BlanksPrinted, LabelBound, Labelled, LabelSpoiled, Voided
from ledger.finding import Breach, Force
from ledger.register.labelling import BLANK, badge, current, faults, lacking, shown
from ledger.register.numbering import next_issue
from ledger.register.record import Entry
from ledger.regulation import BOOK_ORDER, CARRIERS, COMPUTERS
from ledger.rule import Desk, rule

__all__ = ["ENTRY", "RULES"]

LAST_ISSUE: Final = 99
"""A label's code has two digits for it."""
MOST_BLANKS: Final = 1000
"""More than any office sticks on in a year; a slip of the hand asks for more."""


@rule(
    BOOK_ORDER["第十五条"],
    Force.FORBIDS,
    "标签一张接一张地编，张次不得重复、跳过，最多到第99张",
    on=(Labelled, LabelBound),
    remedy="不填张次，由台账接着编；满99张的，重新登记换用新编号。",
)
def labels_follow_one_another(event: Labelled | LabelBound, desk: Desk) -> Iterator[Breach]:
    """A page's labels are numbered without a hole."""
    expected = next_issue(desk.register, event.page)
    if expected > LAST_ISSUE:
        yield Breach(event.page, f"已经印过{LAST_ISSUE}张标签，编不下去了")
    elif event.issue != expected:
        yield Breach(event.page, f"应是第{expected}张标签，写成第{event.issue}张")


@rule(
    BOOK_ORDER["第十五条"],
    Force.FORBIDS,
    "标签只能给在账的载体、柜、场所和在岗的人员",
    on=(Labelled, LabelBound),
    remedy="核对编号；已经了结的，不再印标签。",
)
def labels_go_on_what_the_room_has(event: Labelled | LabelBound, desk: Desk) -> Iterator[Breach]:
    """Nothing that has left the room, and no other label, gets a label."""
    entry = desk.entry(event.page)
    if entry is not None and not entry.open:
        yield Breach(event.page, f"这件载体{entry.custody}，不在账上了")
    elif shown(desk.register, event.page) is None:
        yield Breach(event.page, "这不是载体、柜、场所或人员的编号，不贴标签")


@rule(
    BOOK_ORDER["第十五条"],
    Force.FORBIDS,
    "一张空白标签只能贴一处，密级要与载体相同",
    on=LabelBound,
    remedy="换一张没有用过、密级相同的空白标签。",
)
def blank_labels_are_stuck_once(event: LabelBound, desk: Desk) -> Iterator[Breach]:
    """A blank label is free, good, and of the level of what it is stuck on."""
    blank = desk.register.labels.get(event.blank)
    if blank is None or blank.kind != BLANK:
        yield Breach(event.blank, "这不是空白标签的编号")
        return
    if blank.stuck_on:
        yield Breach(event.blank, f"这张空白标签已经贴在{blank.stuck_on}上")
    elif blank.issues[0].void:
        yield Breach(event.blank, f"这张空白标签已经作废：{blank.issues[0].void}")
    printed, now = blank.issues[0].shown, shown(desk.register, event.page)
    if now is not None and now.level != printed.level:
        yield Breach(event.page, f"密级是{now.level}，空白标签印的是{printed.level}")


@rule(
    BOOK_ORDER["第十五条"],
    Force.FORBIDS,
    "只能作废印过的、还没有作废的标签",
    on=LabelSpoiled,
    remedy="核对编号和张次，用 show 查看印过哪几张。",
)
def only_good_labels_are_spoiled(event: LabelSpoiled, desk: Desk) -> Iterator[Breach]:
    """A label that is spoiled was printed, and was good until then."""
    label = desk.register.labels.get(event.page)
    found = [issue for issue in label.issues if issue.n == event.issue] if label else []
    if not found:
        yield Breach(event.page, f"没有印过第{event.issue}张标签")
    elif found[0].void:
        yield Breach(event.page, f"第{event.issue}张标签已经作废：{found[0].void}")
    elif label and label.stuck_on:
        yield Breach(event.page, f"已经贴在{label.stuck_on}上，作废要写{label.stuck_on}的张次")


@rule(
    BOOK_ORDER["第十五条"],
    Force.FORBIDS,
    "空白标签一次只能印1至1000张，一张一个编号",
    on=BlanksPrinted,
    remedy="改写张数；编号不填，由台账接着编。",
)
def blank_labels_are_counted(event: BlanksPrinted, _desk: Desk) -> Iterator[Breach]:
    """As many blank labels are numbered as were printed, and not without measure."""
    word = badge(event.level, None)
    if not 1 <= event.copies <= MOST_BLANKS:
        yield Breach("空白标签", f"要印{event.copies}张{word}标签")
    elif len(event.blanks) != event.copies:
        yield Breach("空白标签", f"印{event.copies}张，编号有{len(event.blanks)}个")


@rule(
    BOOK_ORDER["第十条"],
    Force.FORBIDS,
    "标签印出来就收不回，不得用冲销抹去",
    on=Voided,
    remedy="办理“作废标签”，写明原因。",
)
def printed_labels_stay_printed(event: Voided, desk: Desk) -> Iterator[Breach]:
    """An act that printed or spoiled labels is not undone; the paper would not know."""
    if any(change.table == "labels" for change in desk.undoing):
        yield Breach(f"第{event.voids}笔", "这一笔印了、贴了或作废了标签")


@rule(
    BOOK_ORDER["第十六条"],
    Force.REQUIRES,
    "还有好标签的，再印一张须写明原因",
    on=(Labelled, LabelBound),
    remedy="写明补印原因，如“磨损”“掉落”；旧标签揭下销毁。",
)
def another_label_has_a_reason(event: Labelled | LabelBound, desk: Desk) -> Iterator[Breach]:
    """A page whose label is still true gets another only for a reason that is kept."""
    issue = current(desk.register, event.page)
    if issue is not None and not event.reason and not faults(issue, desk.register, event.page):
        yield Breach(event.page, f"第{issue.n}张标签没有过时，也没有作废")


def _lacking(entry: Entry[Carrier], desk: Desk) -> Iterator[Breach]:
    if said := lacking(desk.register, entry.number):
        yield Breach(entry.number, said)


@rule(
    CARRIERS["二（一）1"],
    Force.REQUIRES,
    "涉密介质应贴统一的标识，密级、使用人、编号都要对",
    on=Medium,
    remedy="打印标签并贴上；过时的旧标签揭下销毁。",
)
def medium_is_labelled(entry: Entry[Medium], desk: Desk) -> Iterator[Breach]:
    """Every classified medium has a label, and what it says is so."""
    if entry.thing.level is not None:
        yield from _lacking(entry, desk)


@rule(
    COMPUTERS["第十五条"],
    Force.REQUIRES,
    "涉密计算机和连着它的设备应贴统一的标识，密级、部门、使用人都要对",
    on=(Computer, Device),
    remedy="打印标签并贴在显眼处；过时的旧标签揭下销毁。",
)
def classified_machine_is_labelled(entry: Entry[Computer | Device], desk: Desk) -> Iterator[Breach]:
    """Every classified computer and device has a label, and what it says is so."""
    if entry.thing.level is not None or entry.thing.network is Network.CLASSIFIED:
        yield from _lacking(entry, desk)


@rule(
    COMPUTERS["第二十四条"],
    Force.REQUIRES,
    "内部计算机应张贴标识，变动后要跟着换",
    on=Computer,
    remedy="打印标签并贴上；过时的旧标签揭下销毁。",
)
def internal_computer_is_labelled(entry: Entry[Computer], desk: Desk) -> Iterator[Breach]:
    """Every internal computer has a label, and what it says is so."""
    if entry.thing.level is None and entry.thing.network is Network.INTERNAL:
        yield from _lacking(entry, desk)


@rule(
    COMPUTERS["第三十条"],
    Force.REQUIRES,
    "互联网计算机应张贴标识，变动后要跟着换",
    on=Computer,
    remedy="打印标签并贴上；过时的旧标签揭下销毁。",
)
def internet_computer_is_labelled(entry: Entry[Computer], desk: Desk) -> Iterator[Breach]:
    """Every computer on the internet has a label, and what it says is so."""
    if entry.thing.level is None and entry.thing.network is Network.INTERNET:
        yield from _lacking(entry, desk)


ENTRY: Final = (
    labels_follow_one_another,
    labels_go_on_what_the_room_has,
    blank_labels_are_stuck_once,
    only_good_labels_are_spoiled,
    blank_labels_are_counted,
    printed_labels_stay_printed,
)
"""What holds for recording a label as well as for printing one."""

RULES: Final = (
    another_label_has_a_reason,
    medium_is_labelled,
    classified_machine_is_labelled,
    internal_computer_is_labelled,
    internet_computer_is_labelled,
)
