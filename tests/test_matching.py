"""Columns of a file matched to fields at the screen, and what is said of a file without the command's words."""

import ast
import re
from functools import partial
from pathlib import Path

import pytest

import ledger.exchange
from ledger import Level, Registered
from ledger.carrier import Computer, Network
from ledger.event import Imported, Withdrawn
from ledger.room.intake import Directions, on_screen, take
from ledger.room.mappings import load, saved
from ledger.room.matching import filled, kept_as_text, matched, matching, read_file, replaced
from tests.officer import NARROW, WIDE, Rooms, _room, _rooms, run_at  # noqa: F401 - fixtures
from tests.test_errands import Desk, at_desk
from tests.test_screens import HOSTILE, intact
from tui.screens.importing import ImportPage
from tui.screens.matching import MatchingPage
from tui.screens.pick import Pick

ODD = "机器名,网别,使用人,机号,购入\n办公机一,内网,王敏,SN-1,2024年3月\n办公机二,互联网,陈刚,SN-2,2024-05-06\n"
"""A register with headings that nobody else uses."""


@pytest.fixture
def odd(tmp_path):
    path = tmp_path / "设备.csv"
    path.write_text(ODD, "utf-8")
    return path


def look(path, directions):
    return matching(read_file(path, directions), path.name, directions)


def test_the_fullest_line_is_the_heading_where_no_word_of_it_is_known(odd):
    """A file of unknown headings is shown column by column, none of them taken in."""
    now = look(odd, Directions(kind="computer"))

    assert (now.header_row, [column.letter for column in now.columns]) == (1, list("ABCDE"))
    assert {column.field for column in now.columns} == {""}
    assert now.columns[0].examples == ("办公机一", "办公机二")


def test_known_headings_are_matched_and_what_says_how_a_thing_went_is_never_wanting(tmp_path):
    """Columns go where their headings say, and no field of a destruction is asked of a computer."""
    path = tmp_path / "f.csv"
    path.write_text("名称,密级\n甲,机密\n", "utf-8")
    now = look(path, Directions(kind="computer"))

    assert [column.field for column in now.columns] == ["name", "level"]
    assert not any(slot.required for slot in now.slots if slot.name in ("witnesses", "method"))


def test_a_field_is_filled_by_one_column_or_one_value(odd):
    """Giving a field another column takes it from the first, and a column takes the place of a value."""
    way = Directions(kind="computer")
    way = matched(way, look(odd, way), "机器名", "name")
    way = matched(way, look(odd, way), "使用人", "name")
    assert dict(way.mapping) == {"使用人": "name"}
    way = filled(way, look(odd, way), "network", "内部")
    assert dict(way.fixed) == {"network": "内部"}
    way = matched(way, look(odd, way), "网别", "network")
    assert (dict(way.mapping), dict(way.fixed)) == ({"使用人": "name", "网别": "network"}, {})
    way = matched(way, look(odd, way), "网别", "")
    assert (dict(way.mapping), way.ignored) == ({"使用人": "name"}, ("网别",))
    way = matched(way, look(odd, way), "网别", "network")
    assert way.ignored == ()
    way = filled(filled(way, look(odd, way), "level", "机密"), look(odd, way), "level", "")
    assert dict(way.fixed) == {}


def test_what_does_not_read_is_read_as_something_else_or_kept(odd, room):
    """One way of writing is replaced in the whole file, a day that is none goes into the remark."""
    way = Directions(kind="computer")
    for header, name in zip(
        ("机器名", "网别", "使用人", "机号", "购入"),
        ("name", "network", "keeper", "serial", "started_on"),
        strict=True,
    ):
        way = matched(way, look(odd, way), header, name)
    assert len(take(room, odd, way, dry_run=True).faults) == 2
    way = kept_as_text(replaced(way, "network", "内网", "内部"), "started_on")
    taken = take(room, odd, way, dry_run=True)
    assert (taken.faults, len(taken.plan.new)) == ((), 2)
    assert "2024年3月" in taken.plan.new[0].event.thing.remark


def said_with_options():
    """Every sentence about files that names an option of the command."""
    for path in Path(ledger.exchange.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else ""
            if (
                "baomi" not in str(text)
                and isinstance(text, str)
                and re.search(r"[一-鿿].*--[a-z]|--[a-z].*[一-鿿]", text)
            ):
                yield text


@pytest.mark.parametrize("text", sorted(set(said_with_options())))
def test_the_screen_names_its_keys_and_not_the_commands_options(text):
    """Whatever is wrong with a file, the screen says which key helps."""
    assert "--" not in on_screen(text) or "备注一项" in text


async def opened(desk, folder, name="设备.csv", kind="计算机"):
    """The page of a file, taken in as a kind."""
    desk.app.last_folder = folder
    desk.app.action_act("import")
    await desk.quiet()
    await desk.picks(name)
    await desk.picks(kind)
    assert isinstance(desk.app.screen, ImportPage), desk.shown


async def assigned(desk, *labels):
    """The columns one after the other, each to a field by its label."""
    for label in labels:
        await desk.press("enter")
        await desk.picks(label)
        await desk.press("down")


@pytest.mark.heavy
def test_a_register_of_unknown_headings_is_taken_in_at_the_screen(room, odd):
    """Columns are matched, saved by a name, what does not read mended, the acts seen, written, undone."""
    before = len(room.acts)

    async def job(desk):
        await opened(desk, odd.parent)
        assert "按 F3 指明表头行和各栏" in desk.shown
        await desk.press("f3")
        await assigned(desk, "名称", "网络类别", "责任人", "序列号", "启用日期")
        await desk.press("f9")
        await desk.types("设备表")
        assert "已存成办法“设备表”" in desk.shown
        await desk.press("f8")
        assert "有错 2 处" in desk.shown
        await desk.press("enter")
        await desk.picks("换成别的内容")
        await desk.types("内部")
        await desk.press("enter")
        await desk.picks("原文放进备注")
        assert "没有错，F8 全部导入" in desk.shown
        await desk.press("f2", "enter")
        assert "网络类别：内部" in desk.shown
        await desk.press("escape", "escape", "f8", "2")
        assert "已导入2件" in desk.shown
        await desk.press("f10")
        await desk.types("试一试")
        return desk.shown

    shown = at_desk(room, job, WIDE)
    room.refresh()
    assert "已撤销" in shown
    assert [type(act.event) for act in room.acts[before:]].count(Imported) == 1
    assert isinstance(room.acts[-1].event, Withdrawn)
    assert saved(room) == ("设备表",)
    assert load(room, "设备表").mapping["机器名"] == "name"


@pytest.mark.heavy
def test_a_saved_way_is_chosen_instead_of_a_kind(room, odd):
    """What was matched once is one line of the list the next time."""

    async def job(desk):
        await opened(desk, odd.parent)
        await desk.press("f3")
        await assigned(desk, "名称", "网络类别")
        await desk.press("f9")
        await desk.types("设备表")
        await desk.types("设备表") if not isinstance(desk.app.screen, MatchingPage) else None
        await desk.press("f9")
        await desk.types("设备表")
        twice = desk.shown
        await desk.press("escape", "escape")
        await opened(desk, odd.parent, kind="办法 设备表")
        return twice, desk.shown

    twice, shown = at_desk(room, job, WIDE)
    assert "已有名为“设备表”的导入办法" in twice
    assert "机器名→名称" in shown


@pytest.mark.heavy
def test_what_a_leader_has_to_approve_waits_for_his_name(room, tmp_path):
    """A level that falls is an error until F7 names who approved; he stands in the book."""
    computer = Computer(network=Network.CLASSIFIED, level=Level.机密, serial="P-1", keeper="王敏")
    number = room.record(Registered(thing=computer), happened="x").number
    (tmp_path / "设备.csv").write_text(f"编号,密级,序列号\n{number},秘密,P-1\n", "utf-8")

    async def job(desk):
        await opened(desk, tmp_path)
        await desk.press("f6")
        await desk.picks("登记新的，也更新有变动的")
        before = desk.shown
        await desk.press("f7")
        await desk.picks("李国强")
        approved = desk.shown
        await desk.press("f8", "2")
        return before, approved

    before, approved = at_desk(room, job, WIDE)
    room.refresh()
    assert "密级由机密降为秘密" in before
    assert "没有错" in approved
    assert room.register.carriers[number].thing.level is Level.秘密
    assert [a.by for a in room.acts[-2].event.approvals] == ["李国强"]


@pytest.mark.heavy
def test_values_for_every_row_sheets_headings_and_encodings_are_chosen(room, tmp_path):
    """A field without a column gets one value, and another line can be the heading."""
    (tmp_path / "设备.csv").write_bytes("设备清单\n名称,责任人\n办公机九,王敏\n".encode("gb18030"))

    async def job(desk):
        await opened(desk, tmp_path)
        await desk.press("f3")
        assert "表头在第2行" in desk.shown
        names = [row.label if hasattr(row, "label") else "" for row in desk.app.screen._rows]
        await desk.press(*["down"] * names.index("网络类别"), "enter")
        await desk.types("内部")
        fixed = dict(desk.app.screen.directions.fixed)
        await desk.press("home", *["down"] * 2, "enter", "1")
        await desk.types("互联网")
        changed = dict(desk.app.screen.directions.fixed)
        await desk.press("f6")
        offered = [item.words for item in desk.app.screen._items]
        await desk.picks("文字编码 big5")
        wrong = desk.shown
        await desk.press("f6")
        await desk.picks("文字编码 gb18030")
        await desk.press("f6")
        await desk.picks("表头在第1行")
        return fixed, changed, offered, wrong, desk.shown

    fixed, changed, offered, wrong, shown = at_desk(room, job, WIDE)
    assert (fixed, changed) == ({"network": "内部"}, {"network": "互联网"})
    assert offered[:3] == ["表头在第1行", "表头在第2行", "表头在第3行"]
    assert "换编码" in wrong or "编码" in wrong.splitlines()[-2]
    assert "设备清单" in shown


@pytest.mark.heavy
@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_files_and_words_do_no_harm_in_an_import(room, tmp_path, value):
    """Headings, cells and everything that is typed on the way are shown as they are and do nothing."""
    cell = '"' + value.replace('"', '""') + '"'
    (tmp_path / "设备.csv").write_text(f"名称,{cell}\n{cell},{cell}\n", "utf-8")
    before = len(room.acts)

    async def job(desk):
        await opened(desk, tmp_path)
        intact(desk.app)
        await desk.press("f3")
        for key in ("enter", "f6", "f9"):
            intact(desk.app)
            await desk.press(key)
            intact(desk.app)
            await desk.types(value)
            intact(desk.app)
            while not isinstance(desk.app.screen, MatchingPage):
                await desk.press("escape")
        await desk.press("end", "enter")
        await desk.types(value)
        intact(desk.app)
        while not isinstance(desk.app.screen, ImportPage):
            await desk.press("escape")
        for key in ("f2", "f4", "enter", "f7", "f6"):
            await desk.press(key)
            intact(desk.app)
            while not isinstance(desk.app.screen, ImportPage):
                await desk.press("escape")

    at_desk(room, job, NARROW)
    room.refresh()
    assert len(room.acts) == before


LOOKS = {
    "a file that does not read": (),
    "matching": ("f3",),
    "where a column goes": ("f3", "enter"),
}


@pytest.mark.heavy
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", LOOKS)
def test_an_import_looks_as_it_did_and_speaks_chinese(room, odd, snapshot, name, size):
    """The pages of an import look as they were last agreed to, without an English word."""

    async def job(app, pilot):
        desk = Desk(app, pilot)
        await opened(desk, odd.parent)
        await desk.press(*LOOKS[name])
        if isinstance(app.screen, Pick):
            assert app.screen._items[0].words == "不导入"
        return desk.shown

    shown = run_at(room, partial(job), size)
    assert set(re.findall(r"[A-Za-z]{3,}", shown)) <= {
        "csv",
        "utf",
        "MAC",
        "Esc",
        *initials_of(shown),
    }
    assert shown == snapshot


def initials_of(shown):
    """Initials that stand beside what they spell."""
    from tui.pinyin import initials

    return {initials(word) for word in re.findall(r"[一-鿿]+", shown)}
