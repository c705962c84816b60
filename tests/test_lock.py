"""The lock lets nothing through, a crash tells nothing, and no switch of the screen library leaks."""

import os
import re
import stat
from datetime import datetime
from types import SimpleNamespace

import pytest
from textual import events
from textual.worker import WorkerFailed

from ledger import Level, Medium, Person, Registered
from ledger.room import Room, TamperedBook
from ledger.room.unlocking import (
    WrongPassword,
    has_password,
    lock_minutes,
    set_password,
    unlocks,
)
from tests.officer import run_at, screen_text
from tests.test_scanner import burst, label, settled
from tui.app import Baomi
from tui.crash import report, said
from tui.entry import Entry
from tui.launcher import quieted
from tui.lock import Idle, Lock, moment
from tui.screens.asking import Ask, Prompt, Reading

NOON = datetime(2026, 4, 15, 12, 0)
SECRET = "绝密的标题"


@pytest.fixture(name="room")
def _room(tmp_path):
    with Room.create(
        tmp_path / "room", unit="示范局", level=Level.机密, clock=lambda: NOON
    ) as room:
        room.record(Registered(thing=Person(name="王敏", roles=frozenset({"保密员"}))))
        room.record(Registered(thing=Medium(level=Level.秘密, serial="A1", model=SECRET)))
        set_password(room, "王敏", "abc123")
        yield room


def locked(room, doing, *, before=None, size=(80, 24)):
    """Run the program, do something, lock it, and do something else."""

    async def run(app, pilot):
        if before is not None:
            await before(app, pilot)
        app.lock()
        await pilot.pause()
        return await doing(app, pilot)

    return run_at(room, run, size=size)


async def tries(app, pilot, text):
    app.screen.query_one(Entry).value = text
    await pilot.press("enter")
    await settled(app, pilot)


@pytest.mark.parametrize("seconds", [0, 59, 60, 61])
def test_idleness_is_counted_from_the_last_touch(seconds):
    """The limit itself is too long, a second less is not, and a touch begins anew."""
    clock = SimpleNamespace(now=100.0)
    idle = Idle(60, lambda: clock.now)
    clock.now += seconds

    assert idle.over == (seconds >= 60)
    idle.touch()
    assert not idle.over


def test_the_clock_of_idleness_does_not_stop_in_sleep():
    """It is not slower than the monotonic clock, and counts what the machine slept."""
    assert moment() >= 0


@pytest.mark.parametrize(
    ("setting", "minutes"),
    [("", 3), ("lock_minutes = 1", 1), ("lock_minutes = 5", 5), ("lock_minutes = 60", 5),
     ("lock_minutes = 0", 1), ("lock_minutes = true", 3), ('lock_minutes = "x"', 3)],
)  # fmt: skip
def test_the_limit_is_three_minutes_and_never_above_five(room, setting, minutes):
    """A room may choose from one to five minutes; whatever else is written counts as the nearest."""
    path = room.folder / "room.toml"
    path.write_text(path.read_text("utf-8") + f"\n[screen]\n{setting}\n", "utf-8")

    assert lock_minutes(room) == minutes


def mouse(kind):
    keys = dict.fromkeys(("shift", "meta", "ctrl"), False)
    return kind(widget=None, x=1, y=1, delta_x=0, delta_y=0, button=0, **keys)


@pytest.mark.parametrize(
    ("event", "touches"),
    [
        (lambda: events.Key("f5", None), True),
        (lambda: events.Paste("x"), True),
        (lambda: mouse(events.MouseDown), True),
        (lambda: mouse(events.MouseMove), False),
    ],
    ids=["key", "paste", "click", "motion"],
)
def test_what_counts_as_somebody_being_there(room, event, touches):
    """Keys, pastes and clicks put the lock off; a mouse that is pushed about does not."""

    async def run(app, pilot):
        touched = []
        app.idle.touch = lambda: touched.append(1)
        app.post_message(event())
        await settled(app, pilot)
        return bool(touched)

    assert run_at(room, run) is touches


def test_the_screen_locks_by_itself(room):
    """When the time is over the next look locks, once."""

    async def run(app, pilot):
        app.idle = Idle(0)
        app.look_idle()
        app.look_idle()
        await pilot.pause()
        return [type(screen).__name__ for screen in app.screen_stack]

    assert run_at(room, run) == ["Today", "Lock"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_lock_shows_nothing_of_what_lies_under_it(room, size):
    """Nothing of the room stands on a locked screen: no title, no number, no unit, no key line."""

    async def before(app, pilot):
        app.open_record("JZ-0001")
        await pilot.pause()
        assert SECRET in screen_text(app)

    async def shown(app, _pilot):
        return screen_text(app)

    text = locked(room, shown, before=before, size=size)
    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        "屏幕已锁",
        "输入锁屏口令，按回车",
    ]


KEYS = (
    "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "escape", "ctrl+p", "colon", "ctrl+q", "ctrl+c", "ctrl+g",
    "ctrl+l", "tab", "shift+tab", "up", "down", "question_mark", "slash", "0", "1", "2", "7", "pagedown", "home", "ctrl+backslash",
)  # fmt: skip


@pytest.mark.heavy
def test_no_key_gets_past_the_lock(room):
    """Every key the program knows leaves the lock where it is, with nothing over it."""

    async def press(app, pilot):
        for key in KEYS:
            await pilot.press(key)
            await settled(app, pilot)
        return [type(screen).__name__ for screen in app.screen_stack], app.is_running

    assert locked(room, press) == (["Today", "Lock"], True)


def test_nothing_shows_over_the_lock(room):
    """Messages, pop-ups, dialogs and scans that come while it is locked do not show, nor reach the password."""

    async def happen(app, pilot):
        app.notify(SECRET)
        app.page.tell(SECRET)
        app.written(SECRET)
        app.push_screen(Reading(SECRET, [SECRET]))
        app.do_media()
        burst(app, "110000012301504424652642\r")
        await settled(app, pilot)
        shown = screen_text(app), app.screen.query_one(Entry).value, len(app._notifications)
        await pilot.pause(0.5)  # a line end right behind a scan is the scanner's
        await tries(app, pilot, "abc123")
        return shown, type(app.screen).__name__, app.current_mode

    (text, value, toasts), then, mode = locked(room, happen)
    assert SECRET not in text
    assert (value, toasts) == ("", 0)
    assert (then, mode) == ("Reading", "today")


def test_a_dialog_that_somebody_waits_for_waits_too(room):
    """A job that asks something while it is locked has its answer after unlocking."""

    async def happen(app, pilot):
        answers = []

        async def ask():
            answers.append(await app.push_screen_wait(Ask("问", "好吗", ("好", "不好"))))

        app.run_worker(ask())
        await settled(app, pilot)
        assert isinstance(app.screen, Lock)
        await tries(app, pilot, "abc123")
        await pilot.press("2")
        await settled(app, pilot)
        return answers

    assert locked(room, happen) == [1]


@pytest.mark.heavy
def test_a_scan_while_locked_is_dropped(room, tmp_path):
    """A good label scanned at a locked screen opens nothing, then or later."""
    code = label(room, "JZ-0001", tmp_path)

    async def happen(app, pilot):
        burst(app, code + "\r")
        await settled(app, pilot)
        await pilot.pause(0.5)
        await tries(app, pilot, "abc123")
        return [type(screen).__name__ for screen in app.screen_stack]

    assert locked(room, happen) == ["Today"]


def test_what_was_typed_is_there_again(room):
    """A form half filled in is as it was when the screen is unlocked."""

    async def before(app, pilot):
        from ledger.event import Lost
        from ledger.room.drafting import Doing

        app.open_form(Doing(Lost), {"carrier": "JZ-0001"})
        await pilot.pause()

    async def unlock(app, pilot):
        await tries(app, pilot, "abc123")
        return app.screen.typed["carrier"]

    assert locked(room, unlock, before=before) == "JZ-0001"


def test_wrong_passwords_are_refused_slower_and_slower(room, monkeypatch):
    """A wrong password opens nothing; from the third on one has to wait; how many there were is told."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr("tui.lock.moment", lambda: clock.now)

    async def happen(app, pilot):
        told = []
        assert "不对" not in screen_text(app)
        for text in ("x", "ａｂｃ", "y", "abc123"):
            await tries(app, pilot, text)
            told.append(screen_text(app))
        shown = "".join(told)
        assert app.locked
        clock.now += 3
        await tries(app, pilot, "abc123")
        await pilot.pause()
        return shown, app.locked, screen_text(app)

    shown, still, after = locked(room, happen)
    assert "不对；里面有中文字符，请切换到英文输入" in shown
    assert "输错太多，3秒后再试" in shown
    assert not still
    assert "锁屏时有人输错口令3次" in after


def test_the_password_is_stars(room):
    """What is typed shows as stars of one cell, and neither copying nor selecting brings it out."""

    async def happen(app, pilot):
        entry = app.screen.query_one(Entry)
        entry.value = "abc12"
        await pilot.pause()
        text, copied = screen_text(app), []
        app._driver.write = copied.append
        entry.select_all()
        await pilot.press("ctrl+c")
        await pilot.press("ctrl+x")
        await settled(app, pilot)
        return text, [sent for sent in copied if "]52;" in sent], app.clipboard

    text, copied, clipboard = locked(room, happen)
    assert "*****" in text
    assert "abc12" not in text
    assert (copied, clipboard) == ([], "")


def test_without_a_password_the_lock_only_covers(room):
    """Whoever has set none is told so, and Enter brings the screen back."""
    (room.folder / "lock.json").unlink()

    async def happen(app, pilot):
        before = screen_text(app)
        await tries(app, pilot, "")
        return before, app.locked

    before, after = locked(room, happen)
    assert "没有设置锁屏口令，按回车返回" in before
    assert not after


@pytest.mark.heavy
def test_a_damaged_password_file_opens_nothing(room):
    """A file that does not read keeps the screen locked and says what to do."""
    (room.folder / "lock.json").write_text("[1]")

    async def happen(app, pilot):
        await tries(app, pilot, "abc123")
        return screen_text(app), app.locked

    text, still = locked(room, happen)
    assert "lock.json读不通" in text
    assert still


@pytest.mark.parametrize(
    "text", ['{"RY-001": {}}', '{"RY-001": {"salt": "zz", "digest": 1}}', "x", "{"]
)
def test_password_files_that_do_not_read_are_told(room, text):
    """Whatever the file has become, it is a sentence and not a way in."""
    (room.folder / "lock.json").write_text(text)
    with pytest.raises(WrongPassword, match=r"lock\.json读不通"):
        unlocks(room, "王敏", "abc123")


def test_passwords_are_each_officers_own(room):
    """A password belongs to a person, by name or number; it is kept as a digest nobody else can read."""
    assert unlocks(room, "RY-001", "abc123")
    assert not unlocks(room, "王敏", "abc124")
    assert not unlocks(room, "别人", "abc123")
    assert not has_password(room, "别人")
    path = room.folder / "lock.json"
    assert "abc123" not in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for bad, why in (("12345", "至少6位"), ("密码一二三四", "英文"), ("abc\x1b12345", "英文")):
        with pytest.raises(WrongPassword, match=why):
            set_password(room, "王敏", bad)


@pytest.mark.parametrize(
    ("typed", "told", "opens"),
    [
        (("abc123", "new456", "new456"), "锁屏口令已设置", "new456"),
        (("wrong1", ), "现在的口令不对，没有改", "abc123"),
        (("abc123", "new456", "new457"), "两遍不一样，口令没有改", "abc123"),
        (("abc123", "短"), "口令只能用英文", None),
    ],
)  # fmt: skip
def test_the_password_is_changed_by_who_knows_it(room, typed, told, opens):
    """The old one is asked for, the new one twice; anything else leaves it as it was."""

    async def happen(app, pilot):
        app.action_act("password")
        await pilot.pause()
        for text in typed if opens else (*typed, typed[-1]):
            assert isinstance(app.screen, Prompt), screen_text(app)
            app.screen.query_one(Entry).value = text
            await pilot.press("enter")
            await settled(app, pilot)
        return screen_text(app)

    assert told in run_at(room, happen)
    assert unlocks(room, "王敏", opens or "abc123")


@pytest.mark.heavy
def test_passwords_are_set_the_first_time_without_an_old_one(room):
    """Whoever has none is asked for the new one only, and may leave it."""
    (room.folder / "lock.json").unlink()

    async def happen(app, pilot):
        app.action_act("password")
        await pilot.pause()
        await pilot.press("escape")
        await settled(app, pilot)
        return screen_text(app)

    assert "口令没有改" in run_at(room, happen)
    assert not has_password(room, "王敏")


def boom(depth=0):
    title = SECRET
    if depth < 3:
        return boom(depth + 1)
    try:
        int(f"bad {title}")
    except ValueError as error:
        raise RuntimeError(title) from error


def test_a_report_of_a_crash_holds_nothing_of_the_room(tmp_path):
    """It says kinds, files, lines and functions; no message, no value, no source line, for the owner only."""
    try:
        boom()
    except RuntimeError as error:
        file = report(error, tmp_path, NOON)
    text = file.read_text("utf-8")

    assert "RuntimeError" in text
    assert "ValueError" in text
    assert re.search(r"tests/test_lock.py:\d+ boom", text)
    assert SECRET not in text
    assert "title" not in text
    assert str(tmp_path) not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "报告在" in said(file)


def test_a_report_goes_elsewhere_or_nowhere_when_it_must(tmp_path, monkeypatch):
    """Where the room takes no file the machine's own folder does; where neither does, that is said."""
    monkeypatch.setattr("tui.crash.gettempdir", lambda: str(tmp_path))
    file = report(ValueError("x"), tmp_path / "no" / "room", NOON)
    assert file.parent == tmp_path
    monkeypatch.setattr("tui.crash.gettempdir", lambda: str(tmp_path / "no"))
    monkeypatch.setattr("tui.crash.os.open", lambda *_: (_ for _ in ()).throw(OSError))

    assert report(ValueError("x"), tmp_path, NOON) is None
    assert "报告没有写成" in said(None)


def test_a_program_that_fails_says_one_sentence(room, capsys):
    """No traceback and no value of a variable reaches the terminal; the report has its place in the room."""

    async def happen(app, pilot):
        app.call_later(boom)
        await pilot.pause()

    with pytest.raises(RuntimeError):
        run_at(room, happen)
    out, err = capsys.readouterr()
    told = out + err
    assert "程序出错，已经退出" in told
    for leak in (SECRET, "Traceback", "locals", "boom"):
        assert leak not in told
    assert len(list((room.folder / "crashes").iterdir())) == 1


def test_a_book_that_is_not_as_written_is_told_as_that(room, tmp_path, capsys):
    """What the screens find altered, in the background or not, is said to the officer and not a fault of the program."""

    async def happen(app, pilot):
        app.run_worker(spoilt(), exit_on_error=True)
        await pilot.pause()

    async def spoilt():
        raise TamperedBook("登记簿的documents第3号的密文解不开")

    with pytest.raises(WorkerFailed):
        run_at(room, happen)
    out, err = capsys.readouterr()
    assert "documents第3号的密文解不开。账本不符，请保留现场" in out + err
    assert "程序出错" not in out + err
    (file,) = (room.folder / "crashes").iterdir()
    assert "TamperedBook" in file.read_text("utf-8")


def test_there_is_no_clipboard_and_no_picture_of_the_screen(room):
    """Nothing is copied to the terminal, and no command offers a screenshot."""

    async def happen(app, _pilot):
        written = []
        app._driver.write = written.append
        app.copy_to_clipboard(SECRET)
        return written, list(app.get_system_commands(app.screen)), app.ENABLE_COMMAND_PALETTE

    assert run_at(room, happen) == ([], [], False)
    assert not Baomi.ALLOW_SELECT


def test_switches_of_the_screen_library_are_taken_away():
    """Key logs, logs, drivers, pictures and remote consoles asked for by the environment do not come about."""
    environment = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_LOG": "x",
        "textual_screenshot": "1",
        "PATH": "p",
    }
    quieted(environment)

    assert environment == {"PATH": "p", "TEXTUAL_DISABLE_KITTY_KEY": "1"}


def test_the_launcher_takes_them_away_before_the_library_is_there():
    """In a fresh process with every switch set, the library sees none of them."""
    import subprocess
    import sys

    code = (
        "import sys, os; import tui.launcher as l; assert not any('textual' in n for n in sys.modules);"
        "l.quieted(os.environ); from textual import constants as c;"
        "print(c.DEBUG, c.LOG_FILE, c.DRIVER, c.SCREENSHOT_DELAY, c.PRESS, c.DISABLE_KITTY_KEY)"
    )
    switches = {
        "TEXTUAL_DEBUG": "1",
        "TEXTUAL_LOG": "a.log",
        "TEXTUAL_DRIVER": "x:y",
        "TEXTUAL_SCREENSHOT": "3",
        "TEXTUAL_PRESS": "a",
    }
    said_ = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **switches},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert said_ == "False None None -1  True\n"


def test_a_long_reading_of_an_old_book_is_told_before_the_screen_stands(monkeypatch, capsys):
    """Whoever opens a large book of an earlier program sees how far it is; a small one says nothing."""
    from tui import splash

    splash.tell(40_000, 1_000_000)
    splash.clear()
    assert capsys.readouterr().out == ""

    monkeypatch.setattr(splash, "_shown", ["台账"])
    splash.tell(0, 900)
    assert capsys.readouterr().out == ""

    splash.tell(40_000, 1_000_000)
    assert "正在通读 40,000 / 1,000,000笔" in capsys.readouterr().out
    splash.clear()
    splash.clear()
    assert capsys.readouterr().out.count("?1049l") == 1
