"""《国家秘密载体保密管理制度》一、纸介质（十一）销毁."""

from collections.abc import Iterator

from ledger.conflict import WHERE_DESTROYED
from ledger.consent import lacking
from ledger.event import Destroyed
from ledger.finding import Breach, Force
from ledger.mark import Level
from ledger.regulation import CARRIERS
from ledger.rule import Desk, rule

__all__ = ["RULES"]

OWN_PLACE = ("", "本单位", "保密室", "机关内")
"""What a destruction list writes for the unit's own premises, besides its name and its sites."""


def _papers(event: Destroyed, desk: Desk) -> tuple[str, ...]:
    return tuple(number for number, _ in desk.on_paper(event.carriers))


def _inside(event: Destroyed, desk: Desk) -> bool:
    """Whether it is done on the unit's own premises."""
    register, place = desk.register, event.place
    if place in (*OWN_PLACE, register.unit) or place in register.sites:
        return True
    if register.outside(place) is not None:
        return False
    return any(site.name == place for site in register.sites.values())


@rule(
    CARRIERS["一（十一）2"],
    Force.REQUIRES,
    "销毁前应先由主管领导批准",
    on=Destroyed,
    remedy="报主管领导批准，填写审批人后再销毁。",
)
def destroyed_with_approval(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Papers are destroyed with the leader's approval."""
    for number, level in desk.on_paper(event.carriers):
        if fact := lacking(event.approvals, desk, "destroy", level):
            yield Breach(number, fact)


@rule(
    CARRIERS["一（十一）2"],
    Force.REQUIRES,
    "销毁前应清点、登记、注销，一件不差",
    on=Destroyed,
    remedy="对照清册逐件清点，填写清点件数；对不上的不销毁。",
)
def destroyed_after_counting(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """As many pieces were counted at the machine as the list has."""
    if _papers(event, desk) and event.counted != len(event.carriers):
        yield Breach("销毁清册", f"清册{len(event.carriers)}件，清点{event.counted}件")


@rule(
    CARRIERS["一（十一）2"],
    Force.REQUIRES,
    "销毁时必须有两人以上、其中有保密员，谁也不能一个人销毁",
    on=Destroyed,
    remedy="增派监销人，至少两人且有一名保密员在场。",
)
def destroyed_by_two_with_the_officer(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Two different people see a destruction through, one of them the officer."""
    if not _papers(event, desk):
        return
    people = {_one(name, desk) for name in event.witnesses}
    if len(people) < desk.pack.witnesses:
        yield Breach("销毁清册", f"销毁只有{len(people)}人负责")
    if not any(map(desk.keeps_the_room, people)):
        yield Breach("销毁清册", "监销人里没有保密员")


def _one(ref: str, desk: Desk) -> str:
    person = desk.register.person(ref)
    return ref if person is None else person.number


@rule(
    CARRIERS["一（十一）2"],
    Force.FORBIDS,
    "用碎纸机的，碎屑不能大于规定的尺寸",
    on=Destroyed,
    remedy="换用合格的保密碎纸机，重新粉碎。",
)
def scraps_are_small_enough(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """The shredder leaves no scrap of a secret paper larger than the limit."""
    large = event.scrap_mm2 is not None and event.scrap_mm2 > desk.pack.scrap_mm2
    if large and _papers(event, desk):
        yield Breach(
            "销毁清册",
            f"碎屑{event.scrap_mm2:g}平方毫米，不能大于{desk.pack.scrap_mm2:g}平方毫米",
        )


@rule(
    CARRIERS["一（十一）2"],
    Force.REQUIRES,
    "送外销毁的，要到指定的单位，监到化浆、清场无遗漏才可以走",
    on=Destroyed,
    remedy="送外的，改送保密局指定的销毁单位，清场后再登记；在本单位销毁的，地点写“本单位”或登记的场所。",
)
def pulped_under_watch(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Papers sent out for destruction go to a designated place and nothing stays behind."""
    if not _papers(event, desk):
        return
    if _inside(event, desk):
        if desk.pack.destroy_at == "designated":
            yield Breach("销毁清册", "在本单位销毁，本单位规定统一送指定单位")
        return
    unit = desk.register.outside(event.place)
    if unit is None or "销毁" not in unit.designated_for:
        yield Breach("销毁清册", f"“{event.place}”没有登记为指定的销毁单位")
    if not event.cleared_up:
        yield Breach("销毁清册", "没有清理现场")


@rule(
    CARRIERS["一（十一）3"],
    Force.ADVISES,
    "绝密件和密码电报，本制度定在本单位销毁；现行规定一般送指定单位，少量才可自行销毁",
    on=Destroyed,
    remedy="由单位选定做法：自行销毁的，登记合格设备；送外销毁的，送指定单位并两人押运。",
    note=WHERE_DESTROYED,
)
def top_secret_is_destroyed_with_thought(event: Destroyed, desk: Desk) -> Iterator[Breach]:
    """Where 绝密 is destroyed is a choice the unit makes knowingly."""
    where = "本单位" if _inside(event, desk) else event.place
    for number in event.carriers:
        document = desk.register.document_of(number)
        if document is not None and document.cipher:
            yield Breach(number, f"密码电报在{where}销毁")
        elif any(level is Level.绝密 for _, level in desk.on_paper((number,))):
            yield Breach(number, f"绝密件在{where}销毁")


RULES = (
    destroyed_with_approval,
    destroyed_after_counting,
    destroyed_by_two_with_the_officer,
    scraps_are_small_enough,
    pulped_under_watch,
    top_secret_is_destroyed_with_thought,
)
