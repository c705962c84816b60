"""What stands behind the screens: forms, what may be done, directories, choices, initials."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Registered, Unit, Voided
from ledger.carrier import Computer, Medium, Paper
from ledger.event import Amended, Archived, Circulated, Lent, Received, Returned
from ledger.exchange.script import read_act, slots
from ledger.notation.codec import act_name
from ledger.notation.sentence import effects, said, summary
from ledger.notation.words import ACTS, KINDS
from ledger.room.choices import choices
from ledger.room.directory import SORTS, Directory
from ledger.room.drafting import DOINGS, Doing, day_of, fields_of, read
from ledger.room.overview import Overview, overviewed
from ledger.room.possible import fields_for, filled_in, possible
from tests.officer import Rooms, _room, _rooms  # noqa: F401 - fixtures
from tui.pinyin import initials, spellings

TODAY = date(2026, 11, 25)
DAYS = {
    "今天": "2026-11-25",
    "明天": "2026-11-26",
    "昨天": "2026-11-24",
    "+7": "2026-12-02",
    "＋３０": "2026-12-25",
    "-1": "2026-11-24",
    "0101": "2026-01-01",
    "２０２６０１０１": "20260101",
    "2026。1。2": "2026.1.2",
    "下周": "下周",
}


@pytest.mark.parametrize(("typed", "day"), DAYS.items())
def test_days_are_typed_short(typed, day):
    """A day at a desk is 今天, +7 or 0101; anything else is left for the ledger to read."""
    assert day_of(typed, TODAY) == day


@pytest.mark.parametrize("doing", DOINGS, ids=lambda d: d.words)
def test_a_form_has_every_field_of_its_act_once(doing):
    """No field of an act is missing from its form, and none stands twice."""
    names = [field.name for field in fields_of(doing)]

    assert len(names) == len(set(names))
    assert set(names) == {slot.name for slot in slots(doing.kind, doing.page)} | {"on", "note"}


def test_every_act_is_offered():
    """Everything that can happen can be set out to do, or says which command does it."""
    assert {doing.kind for doing in DOINGS} == set(ACTS)
    assert {doing.page for doing in DOINGS if doing.kind is Amended} == set(KINDS)


def test_a_form_reads_as_the_command_line_does(room):
    """The same words make the same act, whether typed into a form or given to a command."""
    words = {
        "carrier": "JZ-0001",
        "to": "陈刚",
        "due": "2026-05-01",
        "approvals": "主管领导:李国强",
    }
    line = read_act({"act": "lent", **words}, room.register)
    draft = read(room, Doing(Lent), words)

    assert draft.event == line.event
    assert draft.ready
    assert draft.circumstances["by"] == room.by


def test_a_form_says_at_once_what_is_wrong_and_missing(room):
    """Every field that does not read says so, and what is missing is named."""
    draft = read(room, Doing(Lent), {"carrier": "JZ-0001", "due": "昨儿", "approvals": "::"})

    assert set(draft.faults) == {"due", "approvals"}
    assert draft.missing == ("去向",)
    assert draft.proposal is None


def test_an_amendment_begins_with_the_page_and_changes_what_is_changed(room):
    """A page to be amended is filled in as it stands; emptying a field empties it."""
    doing = Doing(Amended, Medium)
    filled = filled_in(room, doing, "JZ-0001")
    same = read(room, doing, filled)
    other = read(room, doing, filled | {"serial": "", "remark": "外壳有裂纹"})

    assert same.event.thing == room.register.carriers["JZ-0001"].thing
    assert (other.event.thing.serial, other.event.thing.remark) == ("", "外壳有裂纹")


def test_the_issuer_of_what_is_received_is_its_sender_unless_it_says_otherwise(room):
    """Whoever sends a document has usually issued it."""
    words = {"sender": "示范省厅", "title": "通知", "mark": "秘密★1年", "copies": "1"}

    assert read(room, Doing(Received), words).event.document.issuer == "示范省厅"
    assert read(room, Doing(Received), words | {"issuer": "某部"}).event.document.issuer == "某部"


def test_a_decision_on_what_has_moved_meanwhile_is_refused(room):
    """A form that was opened before somebody else moved the carrier is refused with the reason."""
    saw = len(room.acts)
    room.record(Circulated(carrier="WJ-2026-0003", reader="李国强", place="保密室"))
    draft = read(room, Doing(Returned), {"carrier": "WJ-2026-0003"}, saw=saw)

    assert draft.proposal.refused


POSSIBLE = {
    "JZ-0001": (
        {"借阅", "入柜", "销毁", "更正登记介质", "写入"},
        {"归还", "签收", "带回", "修复取回"},
    ),
    "WJ-2026-0001": ({"归还", "传阅"}, {"入柜", "销毁", "清退", "签收"}),
    "WJ-2026-0005": (set(), {"归还", "传阅", "借阅", "入柜", "销毁"}),
    "JSJ-0001": ({"备案", "设置口令", "检查", "送修", "移位"}, {"修复取回"}),
    "RY-003": ({"离岗", "更正登记人员"}, set()),
    "G-01": ({"入柜", "清点", "更正登记柜"}, set()),
    "DW-001": ({"发文", "更正登记外单位"}, set()),
}


@pytest.mark.parametrize(("number", "told"), POSSIBLE.items())
def test_what_may_be_done_now_and_why_not_the_rest(room, number, told):
    """A number offers what its place allows; the rest stays and names the article."""
    found = {each.doing.words: each.why_not for each in possible(room, number)}
    can, cannot = told

    assert can <= {words for words, against in found.items() if not against}
    assert cannot <= {words for words, against in found.items() if against}
    assert all(f.subject == number and f.cites for against in found.values() for f in against)


def test_a_number_goes_into_the_field_that_takes_it(room):
    """A scanned person becomes the borrower, a drive the thing lent, a cabinet nothing there."""
    assert fields_for(room, Lent, "JZ-0001") == ("carrier",)
    assert fields_for(room, Lent, "RY-003") == ("to",)
    assert fields_for(room, Lent, "G-01") == ()
    assert fields_for(room, Archived, "XX-1") == ()


def test_choices_are_found_by_initials_and_follow_what_is_filled_in(room):
    """People, units, cabinets and levels are offered by name and initials."""

    def offered(doing, name, typed, **filled):
        field = next(f for f in fields_of(doing) if f.name == name)
        found = choices(room, field, typed, spell=spellings, filled=filled)
        return [choice.value for choice in found]

    assert offered(Doing(Lent), "to", "cg") == ["陈刚"]
    assert offered(Doing(Lent), "to", "办公室") == ["王敏"]
    assert offered(Doing(Lent), "approvals", "lgq") == ["主管领导:李国强"]
    assert offered(Doing(Registered, Medium), "level", "绝") == ["绝密"]
    assert offered(Doing(Registered, Medium), "compartment", "", cabinet="G-01") == ["1", "2", "3"]
    assert offered(Doing(Registered, Computer), "network", "nb") == ["内部"]
    assert offered(Doing(Received), "sender", "sfst") == ["示范省厅"]
    assert offered(Doing(Registered, Paper), "circle", "ywk")[0] == "业务科"


def learnt(directory):
    for _ in directory.learn():
        pass
    return directory


def found(directory, typed):
    return [directory.number(place) for place in directory.find(typed)]


def test_a_directory_finds_by_number_title_person_and_initials(room):
    """A line is found by anything an officer would remember of it."""
    directory = learnt(Directory(room, ("paper", "notebook"), spellings))

    assert len(directory) == 10
    assert found(directory, "wj-2026-0001") == ["WJ-2026-0001"]
    assert found(directory, "hycl") == [f"WJ-2026-{n:04}" for n in range(4, 11)]
    assert found(directory, "会议 清退") == ["WJ-2026-0005"]
    assert found(directory, "张华") == ["WJ-2026-0006"]
    assert "WJ-2026-0006" in found(directory, "zh")
    assert found(directory, "没有这个") == []
    assert found(directory, "") == [f"WJ-2026-{n:04}" for n in range(1, 11)]


def test_a_directory_follows_the_book(room):
    """What is registered, moved or renamed is found as it then is, without learning all anew."""
    directory = learnt(Directory(room, ("medium",), spellings))
    room.record(Registered(thing=Medium(serial="新", level=None)))
    directory.follow()
    assert len(directory) == 3
    assert not directory.ready
    assert found(learnt(directory), "新") == ["JZ-0003"]
    room.record(Lent(carrier="JZ-0003", to="张华"), happened="试")
    directory.follow()
    assert found(directory, "zhanghua") == []
    assert found(directory, "zh") == ["JZ-0003"]
    room.record(Voided(voids=len(room.acts), reason="记错"))
    directory.follow()
    assert found(directory, "zh") == []


def test_a_directory_is_made_anew_when_a_name_changes(room):
    """A unit or person that is renamed is found by the new name everywhere."""
    room.record(Registered(thing=Unit(name="新单位")))
    directory = learnt(Directory(room, ("unit",), spellings))
    changed = read(
        room,
        Doing(Amended, Unit),
        filled_in(room, Doing(Amended, Unit), "DW-001") | {"name": "改名厅"},
    )
    room.record(changed.event, happened="试")
    directory.follow()

    assert found(learnt(directory), "gmt") == ["DW-001"]


@pytest.mark.parametrize("by", SORTS)
def test_a_directory_sorts_by_every_column(room, by):
    """Sorting keeps every line and turns round when asked to."""
    directory = learnt(Directory(room, ("paper", "medium", "computer"), spellings))
    every = range(len(directory))
    forth, back = directory.sorted(every, by), directory.sorted(every, by, backwards=True)

    assert sorted(forth) == sorted(back) == list(every)
    if by == "level":
        levels = [room.register.level_of(room.register.carriers[directory.number(p)]) for p in back]
        assert levels == sorted(
            levels, key=lambda level: -1 if level is None else level, reverse=True
        )


def test_the_overview_adds_up(room):
    """What is counted by level is every open carrier, and what is out is what people have."""
    overview = Overview()
    for _ in overviewed(room, overview):
        pass
    register = room.register
    entries = list(register.open_carriers())

    assert overview.done
    assert overview.levels.total() == len(entries)
    assert [out.number for out in overview.out] == ["WJ-2026-0006", "WJ-2026-0001", "WJ-2026-0008"][
        : len(overview.out)
    ]


def test_an_act_is_said_in_chinese_with_names_beside_numbers(room):
    """The line of an act names people, and no field goes by its English name."""
    for act in room.acts:
        told = said(act, room.register)
        assert told[0] == ("事项", ACTS[type(act.event)])
        assert not any(label.isascii() for label, _ in told), act_name(type(act.event))
    lent = next(act for act in room.acts if isinstance(act.event, Lent))
    assert "陈刚（RY-003）" in summary(lent, room.register)


def test_what_an_act_does_is_said_before_it_is_done(room):
    """Confirmation says who has a carrier and who will have it."""
    draft = read(room, Doing(Returned), {"carrier": "WJ-2026-0001"})
    told = list(effects(draft.proposal.changes, room.register, draft.proposal.register))

    assert told == ["WJ-2026-0001：陈刚（传阅中） 变为 保密室（在室）"]


def test_initials_of_usual_names_and_of_characters_with_two_readings():
    """A name is found by the usual reading of its characters and by the others."""
    assert initials("王建国") == "wjg"
    assert initials("保密室台账") == "bmstz"
    assert {"qm", "cm"} <= set(spellings("仇明"))
    assert initials("JZ-0001 盘") == "jz-0001 p"


@given(st.text(max_size=40))
def test_any_text_has_initials(text):
    """No text is without initials, and one without Hanzi is its own."""
    assert spellings(text)
    assert not text.isascii() or initials(text) == text.lower()
