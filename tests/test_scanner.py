"""Scanners and hands: every scan is one code, nothing typed is one, and no key is lost or turned round."""

import random
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from ledger import Cabinet, Labelled, Level, Medium, Person, Registered
from ledger.room import Room
from ledger.room.labelling import chosen, values
from tests.officer import run_at, screen_text
from tui.entry import Entry
from tui.recogniser import ENDS, LENGTH, Recogniser

CODE = "110000012301504424652642"
NAMES = {"\r": "enter", "\n": "ctrl+j", "\t": "tab"}
SUFFIXES = {"none": "", "CR": "\r", "LF": "\n", "CRLF": "\r\n", "tab": "\t"}


def typed(text, gaps, start=0.0):
    """The keys of a text with the seconds between them: name, character, moment."""
    at, keys = start, []
    for char, gap in zip(text, gaps, strict=False):
        at += gap
        keys.append((NAMES.get(char, char), "" if char in NAMES else char, at))
    return keys


def recognised(keys, *, genuine=(), lag=0.0, starts="1"):
    """What comes of keys: those given on, the codes, and how often a remnant was told.

    The clock looks whenever something is due; ``lag`` is how late it is.
    """
    machine = Recogniser(lambda: starts, genuine.__contains__)
    given_on, codes, broken = [], [], []

    def take(step):
        given_on.extend(step.keys)
        if step.code:
            codes.append(step.code)
        if step.broken:
            broken.append(step.broken)

    for key in keys:
        name, char, at, *_ = key
        while machine.due is not None and machine.due + lag < at:
            take(machine.wait(machine.due + lag + 1e-6))
        take(machine.feed(key, name, char, at))
    while machine.due is not None:
        take(machine.wait(machine.due + lag + 1e-6))
    return given_on, codes, broken


def code_of(seed):
    """A code such as a label of the room could have."""
    dice = random.Random(seed)
    return f"1{dice.randint(1, 9)}" + "".join(dice.choice("0123456789") for _ in range(22))


@pytest.mark.parametrize("ending", SUFFIXES)
@pytest.mark.parametrize("gap_ms", [0, 1, 2, 5, 10, 20, 35, 60])
@pytest.mark.parametrize("wide", [False, True], ids=["ascii", "full-width"])
def test_a_scan_is_one_code_at_every_speed(gap_ms, ending, wide):
    """From 0 to 60 ms a key, with every ending and full-width digits too: one code, no key left over."""
    for seed in range(20):
        code = code_of(seed)
        text = "".join(chr(0xFF10 + int(d)) for d in code) if wide else code
        keys = typed(text + SUFFIXES[ending], [gap_ms / 1000] * 30)
        left, codes, broken = recognised(keys, genuine={code})

        assert (left, codes, broken) == ([], [code], [])


@pytest.mark.parametrize("ending", SUFFIXES)
@pytest.mark.parametrize("load", ["stalls", "jitter", "late clock"])
def test_a_scan_on_a_busy_machine_is_one_code(load, ending):
    """Keys that are read late, in clumps, or while the clock is late, are still one code."""
    for seed in range(60):
        dice, code = random.Random(seed), code_of(seed)
        gaps = [0.004] * 30
        if load == "stalls":
            for place in dice.sample(range(5, LENGTH), 3):
                gaps[place] = dice.uniform(0.1, 0.24)
        elif load == "jitter":
            gaps = [dice.choice((0.0, 0.0, 0.02, 0.03, 0.06)) for _ in gaps]
        keys = typed(code + SUFFIXES[ending], gaps)
        left, codes, broken = recognised(
            keys, genuine={code}, lag=0.2 if load == "late clock" else 0.0
        )

        assert (left, codes, broken) == ([], [code], [])


def test_scans_one_after_the_other_are_as_many_codes():
    """Twenty labels a tenth of a second apart, or less, are twenty codes, in order."""
    keys, start = [], 0.0
    for seed in range(20):
        keys += typed(code_of(seed) + "\r", [0.003] * 25, start)
        start = keys[-1][2] + (0.1, 0.02)[seed % 2]
    left, codes, broken = recognised(keys)

    assert (left, codes, broken) == ([], [code_of(seed) for seed in range(20)], [])


@pytest.mark.parametrize(
    "pace", [(0.045, 0.080), (0.08, 0.15), (0.15, 0.6)], ids=["fast", "usual", "slow"]
)
def test_what_a_person_types_stays_typed(pace):
    """Dates, numbers, passwords and 24 digits typed by hand come through whole and in order."""
    dice = random.Random(7)
    for text in (
        "20260101\r",
        "1",
        "10",
        "123456",
        "0750-1234567",
        "WJ-2026-0001\r",
        "1" * 9,
        code_of(3),
        "13800138000\r",
    ):
        keys = typed(text, [dice.uniform(*pace) for _ in text])
        left, codes, broken = recognised(keys)

        assert (left, codes, broken) == (keys, [], [])


@pytest.mark.parametrize("rate_ms", [20, 25, 30, 33, 40, 91])
@pytest.mark.parametrize("key", ["1", "2", "9", "0"])
def test_a_key_that_is_held_down_is_no_scanner(key, rate_ms):
    """Key repeat at any rate and of any length is typed text, with Enter behind it or not."""
    for length in range(1, 60):
        text = key * length + "\r"
        keys = typed(text, [0.4, *[rate_ms / 1000] * 60])
        left, codes, broken = recognised(keys)

        assert (left, codes, broken) == (keys, [], [])


@pytest.mark.parametrize("length", [n for n in range(1, 48) if n != LENGTH])
@pytest.mark.parametrize("gap_ms", [0, 5, 20])
def test_a_code_cut_short_or_run_together_is_never_a_scan(length, gap_ms):
    """Too few or too many digits are told once and dropped; what is too short to tell is typed text."""
    text = (CODE * 2)[:length] + "\r"
    keys = typed(text, [gap_ms / 1000] * 50)
    left, codes, broken = recognised(keys, genuine={CODE})

    assert codes == []
    assert (left, broken) == ((keys, []) if length < 10 else ([], [length]))


def test_the_rest_of_a_code_after_a_pause_is_not_made_whole():
    """Two halves with a second between them are two remnants, not a code."""
    keys = [*typed(CODE[:12], [0.005] * 12), *typed(CODE[12:], [0.005] * 12, 1.1)]
    left, codes, broken = recognised(keys, genuine={CODE})

    assert (left, codes, broken) == ([], [], [12, 12])


def test_an_input_methods_clump_is_typed_text():
    """Hanzi that arrive all at once, with digits among them, are passed on as they are."""
    for text in ("示范局保密室", "2026年11月25日", "关于１号文件的通知", "第12号〔2026〕"):
        keys = typed(text, [0.0] * 40)
        assert recognised(keys) == (keys, [], [])


def test_a_slow_burst_that_is_no_code_of_the_room_is_typed_text():
    """At the speed of a quick hand only a code the room knows is taken for a scan."""
    keys = typed(CODE, [0.06] * 24)

    assert recognised(keys) == (keys, [], [])
    assert recognised(keys, genuine={CODE}) == ([], [CODE], [])


def test_other_rooms_codes_and_goods_are_caught_as_well():
    """What a scanner sends is no typing, whichever digit it begins with."""
    foreign = "4" + CODE[1:]
    assert recognised(typed(foreign + "\r", [0.004] * 25)) == ([], [foreign], [])
    assert recognised(typed("6901234567892\r", [0.004] * 14)) == ([], [], [13])


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*"0123456789", "a", "密", "１", "\r", "\n", "\t", "-"]),
            st.sampled_from([0.0, 0.001, 0.01, 0.03, 0.06, 0.09, 0.11, 0.2, 0.26, 0.5]),
        ),
        max_size=80,
    ),
    st.sampled_from([0.0, 0.05]),
)
def test_no_key_is_lost_or_turned_round(presses, lag):
    """Whatever is pressed whenever: keys come out in order, or belong to a code, a remnant, or its end."""
    pressed = typed(*zip(*presses, strict=True)) if presses else []
    machine = [(*key, place) for place, key in enumerate(pressed)]
    left, codes, broken = recognised(machine, lag=lag)

    places = [place for *_, place in left]
    assert places == sorted(set(places))
    digits_in = sum(char in "0123456789１" and bool(char) for _, char, *_ in machine)
    digits_out = sum(char in "0123456789１" and bool(char) for _, char, *_ in left)
    assert digits_in == digits_out + LENGTH * len(codes) + sum(broken)
    ends_in = sum(name in ENDS for name, *_ in machine)
    ends_out = sum(name in ENDS for name, *_ in left)
    assert ends_in == ends_out or codes or broken


@pytest.fixture(name="room")
def _room(tmp_path):
    clock = datetime(2026, 4, 15, 9, 0)
    with Room.create(
        tmp_path / "room", unit="示范局", level=Level.机密, clock=lambda: clock
    ) as room:
        for thing in (
            Person(name="王敏", roles=frozenset({"保密员"})),
            Cabinet(level=Level.机密),
            Medium(level=Level.秘密, serial="A1"),
            Medium(level=Level.秘密, serial="A2"),
        ):
            room.record(Registered(thing=thing))
        yield room


def label(room, number, _folder=None):
    """The code on a new label of a number, as if it had been printed."""
    (want,) = chosen(room, [number])
    code = values(room, want)["code"]
    room.record(Labelled(page=number, issue=want.issue, reason="试验"))
    return code


def burst(app, text, gap=0.004, start=None):
    """A scanner types: the keys as the terminal hands them over, stamped with their moments."""
    at = events.Key("a", "a").time if start is None else start
    for char in text:
        key = events.Key(NAMES.get(char, char), None if char in NAMES else char)
        key.time = at = at + gap
        app.post_message(key)


async def settled(app, pilot):
    await pilot.pause()
    while app.scanner.waiting:
        await pilot.pause(0.02)
    await pilot.pause()


@pytest.mark.parametrize("ending", SUFFIXES)
def test_a_scan_opens_the_record_and_presses_no_key(room, tmp_path, ending):
    """On the first screen digits open registers, but those of a scan open what was scanned."""
    code = label(room, "JZ-0002", tmp_path)

    async def scans(app, pilot):
        burst(app, code + SUFFIXES[ending])
        await settled(app, pilot)
        return app.screen.subject, app.current_mode

    assert run_at(room, scans) == ("JZ-0002", "today")


def test_a_digit_alone_is_still_a_key(room):
    """A digit that is no scan does what the digit does, a moment later."""

    async def presses(app, pilot):
        burst(app, "2")
        await settled(app, pilot)
        return app.current_mode

    assert run_at(room, presses) == "media"


def test_a_pasted_code_is_a_scan_and_other_pastes_are_text(room, tmp_path):
    """A terminal that hands a scan over as a paste means the same; any other paste is typed text."""
    code = label(room, "JZ-0001", tmp_path)

    async def pastes(app, pilot):
        app.post_message(events.Paste(f"{code}\r\n"))
        await settled(app, pilot)
        first = app.screen.subject
        await pilot.press("escape", "f7")
        app.post_message(events.Paste("JZ-00"))
        await settled(app, pilot)
        return first, app.query(Entry) or app.screen.query_one(Entry).value

    first, value = run_at(room, pastes)
    assert first == "JZ-0001"
    assert value == "JZ-00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CODE[:17] + "\r", "扫码不完整：读到17位，应是24位"),
        ("7" + CODE[1:] + "\r", "别的台账的"),
        ("10" + CODE[2:] + "\r", "不是本系统的标签码"),
    ],
)
def test_bad_scans_are_told_and_do_nothing(room, text, said):
    """A remnant, another room's code or a code of nothing is said on the line above the keys."""

    async def scans(app, pilot):
        burst(app, text)
        await settled(app, pilot)
        return screen_text(app), len(app.screen_stack)

    shown, depth = run_at(room, scans)
    assert said in shown
    assert depth == 1


def test_a_stale_label_opens_and_is_told(room, tmp_path):
    """A label that says what is no longer so still names its thing, and the screen says to renew it."""
    old = label(room, "JZ-0001", tmp_path)
    label(room, "JZ-0001", tmp_path)

    async def scans(app, pilot):
        burst(app, old + "\r")
        await settled(app, pilot)
        return app.screen.subject, screen_text(app)

    subject, shown = run_at(room, scans)
    assert subject == "JZ-0001"
    assert "过时：JZ-0001的标签过时" in shown


def test_a_bounce_of_the_trigger_is_one_scan(room, tmp_path):
    """The same code twice within a second and a half is one scan."""
    code = label(room, "JZ-0001", tmp_path)

    async def scans(app, pilot):
        heard = []
        app.page.__class__.scanned = lambda _page, number: heard.append(number)
        try:
            at = events.Key("a", "a").time
            for start in (at, at + 0.5, at + 3):
                burst(app, code + "\r", start=start)
                await settled(app, pilot)
        finally:
            del app.page.__class__.scanned
        return heard

    assert run_at(room, scans) == ["JZ-0001", "JZ-0001"]


def test_a_scan_goes_into_the_form_on_top(room, tmp_path):
    """With a form open a scan fills in the field it belongs in, whichever field is being typed in."""
    code = label(room, "JZ-0002", tmp_path)

    async def scans(app, pilot):
        from ledger.event import Lost
        from ledger.room.drafting import Doing

        app.open_form(Doing(Lost), {})
        await pilot.pause()
        burst(app, code + "\r\n")
        await settled(app, pilot)
        return app.screen.typed["carrier"], app.screen.typed.get("circumstances", "")

    assert run_at(room, scans) == ("JZ-0002", "")
