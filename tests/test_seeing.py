"""What each may see on the screens, page by page, and that a look at what is 绝密 is in the book."""

import asyncio
from datetime import timedelta

import pyotp
import pytest

from ledger.access import OperatorRole
from ledger.carrier import Document, Medium
from ledger.event import Lent, Received, Registered
from ledger.event.access import SignedIn, Viewed
from ledger.mark import Level, Mark
from ledger.number import DocumentNo
from ledger.person import Category, Circle, Person
from ledger.room import operators
from ledger.room.directory import Directory
from ledger.room.passwords import new_one_time
from ledger.room.signing_in import sign_in
from ledger.room.viewing import hides, told_in_a_line
from ledger.sight import HIDDEN, UNOPENED
from ledger.store.journal import Unwritten
from tests.guardroom import PASSWORDS, Clock, _cheap, enter, furnished, guarded  # noqa: F401
from tests.officer import counted, screen_text
from tui.actions import ACTIONS, TABS
from tui.deciding import Deciding, Keeping, program_for
from tui.pinyin import spellings
from tui.screens.form import Form
from tui.screens.record import RecordPage

TITLE, DRIVE = "不该外人看见的标题", "绘图用的移动硬盘"
PAPER, MEDIUM = "WJ-2026-0001", "JZ-0001"
LOWER = "周平"
"""An officer of a lower category than his room's level."""


@pytest.fixture(name="room")
def _room(tmp_path):
    with guarded(tmp_path / "r") as room:
        enter(room, "王敏")
        fill(room, "机密★10年")
        room.record(Registered(thing=Person(name=LOWER, category=Category.GENERAL)))
        operators.add(room, LOWER, {OperatorRole.OFFICER}, PASSWORDS["王敏"])
        yield room


def fill(room, mark):
    """A paper on loan and a medium, whose names not everybody is to read."""
    today = room.clock().date()
    document = Document(
        title=TITLE,
        issuer="示范省厅",
        issued_on=today,
        mark=Mark.parse(mark),
        circle=Circle.of(["陈刚", "李国强"]),
    )
    room.record(Received(document=document, sender="示范省厅"))
    thing = Medium(level=document.level, serial="S1", model=DRIVE, keeper="王敏")
    room.record(Registered(thing=thing))
    loan = Lent(carrier=PAPER, to="陈刚", due=today + timedelta(days=9))
    room.record(loan, happened="先借后记")


def at(room, doing):
    """Run the program of whoever is signed in, and do something with it and its keys."""

    async def run():
        app = program_for(room)(room)
        async with app.run_test(size=(120, 40)) as pilot:

            async def press(*keys):
                for key in keys:
                    await pilot.press(key)
                    while app.scanner.waiting:
                        await pilot.pause(0.02)
                await counted(app, pilot)

            await press()
            return await doing(app, press)

    return asyncio.run(run())


async def walk(app, press):
    """What stands on every screen that the keys lead to, by what led there."""
    seen = {"begin": screen_text(app)}
    for action in TABS:
        await press(action.keys[0])
        seen[action.id] = screen_text(app)
        if action.id not in ("counts", "labels"):
            await press("f4")
            seen[f"{action.id} in full"] = screen_text(app)
            while app.page.context == "reading":
                await press("escape")
    for number in (PAPER, MEDIUM):
        app.open_record(number)
        await press()
        seen[number] = screen_text(app)
        await press("f2")
        seen[f"acts on {number}"] = screen_text(app)
        await press("escape", "escape")
    await press("ctrl+g", *"WJ")
    seen["jump"] = screen_text(app)
    await press("escape")
    return seen


READS = {
    LOWER: (),
    "张华": (),
    "赵明": (),
    "孙丽": (DRIVE,),
    "陈刚": (TITLE, DRIVE),
    "李国强": (TITLE, DRIVE),
}
"""Of whom which names are whose business: nobody's who is outside the circle or the category."""


@pytest.mark.heavy
@pytest.mark.parametrize("name", READS)
def test_every_screen_shows_what_is_ones_business(room, name):
    """On no screen stands a name that is none of one's business; on the registers stands what is."""
    sign_in(room, name, PASSWORDS.get(name, PASSWORDS["王敏"]))
    seen = at(room, walk)

    for word in (TITLE, DRIVE):
        shown = {where for where, text in seen.items() if word in text}
        if word in READS[name]:
            assert {PAPER, "papers"} <= shown if word == TITLE else {MEDIUM, "media"} <= shown
        else:
            assert not shown
    assert PAPER in seen["papers"]
    assert "机密★10年" in seen["papers"]
    assert HIDDEN in seen["papers"] + seen["acts"]
    if TITLE not in READS[name]:
        assert "陈刚" not in seen["papers"] + seen[PAPER]
        assert "不在你的知悉范围" in seen[PAPER]


def test_what_is_hidden_is_found_by_its_number_only(room):
    """A search by title, initials, holder or level finds no line whose words are not to be read."""
    found = {}
    for name in ("赵明", "陈刚"):
        enter(room, name)
        lines = Directory(room, ("paper",), spellings)
        list(lines.learn())
        words = ("不该", "bgwr", "陈刚", "cg", "示范省厅", PAPER.lower())
        found[name] = [word for word in words if lines.find(word)]

    assert found == {"赵明": [PAPER.lower()], "陈刚": list(words)}


def test_everybody_begins_with_what_is_his(room):
    """The officer of a lower category begins with the day, all others without sight with the requests."""
    programs = {}
    for name in READS:
        sign_in(room, name, PASSWORDS.get(name, PASSWORDS["王敏"]))
        programs[name] = program_for(room)

    assert programs == dict.fromkeys(READS, Deciding) | {LOWER: Keeping}


def test_what_lists_every_title_stays_with_the_officer(room):
    """Counts, labels, imports and exports say who does them; what is everybody's does not."""
    enter(room, "李国强")

    async def ask(app, _press):
        return {a.id for a in ACTIONS if "由能看全部的保密员" in app.why_not(a)}

    assert at(room, ask) == {
        *("today", "counts", "labels", "import", "save", "oversee", "officer"),
        *("begin_count", "print_count", "choose_label", "mark_label", "label_template"),
        *("label_paper", "print_labels"),
    }


def test_a_hidden_page_is_not_amended(room):
    """Who sees the number only cannot have the rest of the page written beside what he changes."""
    from ledger.event import Amended
    from ledger.room.drafting import DOINGS, read
    from ledger.room.possible import filled_in

    sign_in(room, LOWER, PASSWORDS["王敏"])
    doing = next(each for each in DOINGS if each.kind is Amended and each.page is Medium)
    assert DRIVE not in filled_in(room, doing, MEDIUM).values()
    draft = read(room, doing, {"number": MEDIUM, "serial": "S2"})

    assert "不在你的知悉范围" in draft.faults["number"]
    assert draft.proposal is None


def test_what_is_chosen_for_a_field_is_shown_as_the_registers_show_it(room):
    """The list of documents a field can take has no title that is none of one's business."""
    from ledger.room.choices import choices
    from ledger.room.drafting import DOINGS, fields_of

    sign_in(room, LOWER, PASSWORDS["王敏"])
    field = next(
        field
        for doing in DOINGS
        for field in fields_of(doing)
        if field.of is DocumentNo and not field.several
    )
    words = [choice.words for choice in choices(room, field, "", spell=lambda _: ())]

    assert words
    assert not any(TITLE in word for word in words)


def top_secret_room(folder, clock):
    """A 绝密 room with the paper in it, and a way to sign its officer in."""
    secret = new_one_time()
    room = furnished(folder, Level.绝密, clock)
    code = pyotp.TOTP(secret).at(clock.at)
    roles = {OperatorRole.OFFICER, OperatorRole.SECRECY}
    operators.add(room, "王敏", roles, PASSWORDS["王敏"], one_time=secret, code=code)

    def enter_again():
        clock.at += timedelta(minutes=2)
        sign_in(room, "王敏", PASSWORDS["王敏"], pyotp.TOTP(secret).at(clock.at))

    enter_again()
    fill(room, "绝密★30年")
    return room, enter_again


def test_a_top_secret_name_is_shown_when_the_look_is_in_the_book(tmp_path):
    """The lists do not name it, opening it writes one line a sign-in, and then they do."""
    room, enter_again = top_secret_room(tmp_path / "r", Clock())
    enter_again()
    before = len(room.acts)

    async def look(app, press):
        lists = {}
        for key in "017":
            await press(key)
            lists[key] = screen_text(app)
        written = len(room.acts)
        app.open_record(PAPER)
        await press()
        opened = screen_text(app)
        await press("escape", "f4", "escape", "1")
        app.open_record(PAPER)
        await press("escape")
        return lists, written, opened, screen_text(app)

    lists, written, opened, after = at(room, look)
    assert written == before
    for text in lists.values():
        assert TITLE not in text
        assert UNOPENED in text
    assert TITLE in opened
    assert TITLE in after
    views = [act.event for act in room.acts[before:]]
    assert views == [Viewed(documents=("WG-2026-0001",))]
    enter_again()
    assert hides(room, PAPER)
    assert isinstance(room.acts[-1].event, SignedIn)
    room.close()


def test_a_look_that_cannot_be_written_down_shows_nothing(tmp_path, monkeypatch):
    """On a full disk a 绝密 name stays hidden, and the officer is told why."""
    room, enter_again = top_secret_room(tmp_path / "r", Clock())
    enter_again()

    def full(*_, **__):
        raise Unwritten("磁盘已满，这一笔没有写入")

    monkeypatch.setattr(room, "write", full)

    async def look(app, press):
        app.open_record(PAPER)
        await press()
        assert isinstance(app.screen, RecordPage)
        return screen_text(app)

    shown = at(room, look)
    assert TITLE not in shown
    assert "磁盘已满" in shown
    room.close()


def test_an_act_in_a_line_says_only_numbers_of_what_is_hidden(room):
    """The book lists every act for everybody: when, what kind, by whom, about which numbers."""
    enter(room, "赵明")
    received = next(act for act in room.acts if isinstance(act.event, Received))
    lent = next(act for act in room.acts if isinstance(act.event, Lent))

    assert told_in_a_line(room, lent) == f"涉及 {PAPER}，内容 {HIDDEN}"
    assert TITLE not in told_in_a_line(room, received)
    enter(room, "李国强")
    assert TITLE in told_in_a_line(room, received)
    assert "去向 陈刚" in told_in_a_line(room, lent)


def test_staff_ask_on_the_form_for_what_the_officer_does(room):
    """Whoever may not lend fills in the loan all the same, and asks for it with a key."""
    enter(room, "陈刚")

    async def ask(app, press):
        app.open_record(PAPER)
        await press("f2", *"jy")
        offered = screen_text(app)
        await press("enter")
        assert isinstance(app.screen, Form)
        app.screen.fill({"to": "陈刚", "due": "2026-06-30"})
        app.screen.judge()
        await press()
        return offered, screen_text(app)

    offered, form = at(room, ask)
    assert "填好以后按 F7 申请" in offered
    assert "由别人办理，按 F7 申请" in form
    assert "F9" not in form.replace("F9已发生", "")


def test_what_leaves_with_titles_is_for_who_may_read_them_all(room, tmp_path):
    """An officer of a lower category neither writes a register to a file nor prints its labels."""
    from ledger.room.bundle import evidence
    from ledger.room.labelling import queue
    from ledger.room.paperwork import register_of
    from ledger.sight import NotShown

    doings = (
        lambda: register_of(room, "paper"),
        lambda: queue(room),
        lambda: evidence(room, PAPER, tmp_path / "e.zip", to=MEDIUM),
    )
    for doing in doings:
        sign_in(room, LOWER, PASSWORDS["王敏"])
        with pytest.raises(NotShown, match="够得上本室密级"):
            doing()
        enter(room, "王敏")
        assert doing()
