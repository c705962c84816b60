"""Every command that there is, walked from the command line's own tree: help, JSON, faults, codes."""

import json
import os
import re
import resource
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from ledger import Medium, Registered
from ledger.cli import cli
from ledger.room import NotARoom, Room
from ledger.store.settings import InvalidSettings
from ledger.text import InvalidText
from tests.test_cli import Terminal

CLICKS = re.compile(
    r"Usage|Options|Commands|Error|\bTry\b|Missing|Invalid|Show this|default|required|not a valid"
    r"|not in the range|is not one of|Got unexpected|No such|INTEGER|TEXT|Traceback"
)
"""What click says of itself in English, and no officer may read."""


def leaves(command, path=()):
    """Every command that does something, with the words that lead to it."""
    parts = getattr(command, "commands", None)
    if parts is None:
        yield path, command
        return
    for name, part in parts.items():
        yield from leaves(part, (*path, name))


LEAVES = [(path, command) for path, command in leaves(cli) if path != ("import", "文件")]
LEAVES += [(("import",), dict(leaves(cli))[("import", "文件")])]
NAMES = [" ".join(path) for path, _ in LEAVES]


@pytest.fixture(name="desk")
def _desk(tmp_path):
    desk = Terminal(tmp_path / "room")
    desk("init", desk.folder, "--unit", "示范局", "--level", "绝密")
    desk("add", "person", "--name", "王敏", "--roles", "保密员", "--category", "核心")
    desk("add", "medium", "--level", "机密", "--serial", "S1", "--model", "专用U盘")
    desk("add", "unit", "--name", "省厅")
    desk("add", "cabinet", "--level", "机密", "--compartments", "1")
    desk("do", "入柜", "载体清单=JZ-0001", "柜号=G-01", "格=1")
    return desk


def option(param):
    """The name under which an officer writes an option."""
    return next(name for name in param.opts if name.startswith("-"))


def needed(command, left_out=None, instead=None):
    """What has to be said to a command, one of it left out or said differently."""
    words = []
    for param in command.params:
        if param is left_out or not (param.required or (instead and param is instead[0])):
            continue
        word = instead[1] if instead and param is instead[0] else "1"
        words += [word] if isinstance(param, click.Argument) else [option(param), word]
    return words


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=NAMES)
def test_every_command_helps_in_chinese_and_speaks_json(path, command):
    """No help page shows an English word of the parser's own, and every command has --json."""
    page = CliRunner().invoke(cli, [*path, "--help"]).output

    assert "用法：" in page
    assert not CLICKS.search(page)
    assert any("--json" in param.opts for param in command.params)
    for param in command.params:
        if isinstance(param, click.Option) and "--json" not in param.opts:
            assert param.help, (path, param.name)


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=NAMES)
def test_every_command_tells_a_wrong_line_in_chinese(desk, path, command):
    """A wrong option, a word too many or too few, a word where a number is wanted: 2, in Chinese."""
    wrong = [[*needed(command), "--没有这个选项", *(["x"] if path == ("add",) else [])]]
    wrong += [needed(command, param) for param in command.params if param.required]
    wrong += [
        needed(command, instead=(param, "没有这样的"))
        for param in command.params
        if not isinstance(param.type, click.types.StringParamType) and not is_flag(param)
    ]
    if all(getattr(param, "nargs", 1) == 1 for param in command.params):
        wrong += [[*needed(command), "多", "余"]]
    before = desk.files()
    for words in wrong:
        said = desk.raw(*path, *words, "--json")
        assert (said.returncode, said.stdout) == (2, ""), (words, said.stderr)
        assert re.search("[\u4e00-\u9fff]", said.stderr)
        assert not CLICKS.search(said.stderr), said.stderr
    assert desk.files() == before


def is_flag(param):
    return getattr(param, "is_flag", False)


ANSWERS = {
    "init": ("{new}", "--unit", "局"),
    "demo": ("{new}",),
    "add": ("medium",),
    "list": ("medium",),
    "show": ("JZ-0001",),
    "log": ("JZ-0001",),
    "do": ("作废编号", "编号=JZ-0002", "原因=打坏"),
    "acts": (),
    "may": ("机密", "into", "JZ-0001"),
    "request list": (),
    "operator list": (),
    "seal list": (),
    "today": (),
    "calendar": ("2027",),
    "check": (),
    "balance": (),
    "report": ("items",),
    "verify": (),
    "status": (),
    "head": (),
    "key": ("{new}",),
    "evidence": ("DW-001", "-o", "{new}.zip"),
    "backup": ("{new}.baomi",),
    "rebuild": (),
    "redact": ("JZ-0001", "--field", "型号", "--reason", "误录"),
    "rules": (),
    "manual": (),
    "pack show": (),
    "pack diff": ("jiangmen", "bureau"),
    "pack check": (),
    "import": ("{file}", "--as", "medium"),
    "import inspect": ("{file}",),
    "import template": ("medium", "-o", "{new}.xlsx"),
    "import batches": (),
    "label print": ("JZ-0001", "-o", "{new}.png"),
    "label list": (),
    "label show": ("JZ-0001",),
    "label blank": ("1", "-o", "{new}.png"),
    "label key": ("--reason", "换人"),
    "label check": ("medium-40x12", "--dpi", "203"),
    "label files": (),
    "label calibrate": ("-o", "{new}.pdf"),
    "count start": (),
    "count list": (),
    "doctor": (),
    "export": ("person", "-o", "{new}.csv"),
    "form": ("清点单",),
    "hand-in": ("-o", "{new}.baomi"),
    "bureau questions": (),
}
"""A good call of each command that can be called on a room by itself."""
ELSEWHERE = {
    "request": "ask show approve deny withdraw attest do",
    "operator": "add grant unlock remove password reset",
    "seal": "on give sheet recover read",
    "restore": "",
    "drill": "",
    "import": "show undo",
    "label": "bind",
    "scan": "",
    "count": "read second check decide close abandon",
    "bureau": "take demo ask report",
}
"""Those that need somebody signed in, a number or a file first, which their own tests call."""


def test_every_command_is_called_here_or_somewhere_else():
    """A new command has to be given a good call before it is anybody's."""
    elsewhere = {f"{group} {name}" for group, names in ELSEWHERE.items() for name in names.split()}
    alone = {group for group, names in ELSEWHERE.items() if not names}

    assert {*ANSWERS, *elsewhere, *alone} == set(NAMES)
    assert not {*ANSWERS} & (elsewhere | alone)


@pytest.mark.parametrize("name", ANSWERS)
def test_json_is_all_that_a_command_prints(desk, tmp_path, name):
    """Whatever a command answers with --json is one JSON value, and its talk goes to stderr."""
    (tmp_path / "f.csv").write_text("序列号\nS7\n", "utf-8")
    places = {"new": tmp_path / "new", "file": tmp_path / "f.csv"}
    words = [word.format(**places) for word in ANSWERS[name]]
    said = desk.raw(*name.split(), *words, "--json")

    assert said.returncode in (0, 3 if name == "doctor" else 0), said.stderr
    found = json.loads(said.stdout)
    for record in found if isinstance(found, list) else [found]:
        assert all(key.isascii() for key in record), record


def test_a_count_is_told_to_scripts_step_by_step(desk):
    """Each step of a count answers with the count or with the line it is about."""
    id_ = desk.json("count", "start")["id"]
    assert desk.json("count", "second", "陈刚")["round"] == "second"
    desk("count", "check", code=3)
    decided = desk.json("count", "decide", "JZ-0001", "立案查找")
    assert (decided["subject"], decided["decided"]) == ("JZ-0001", "立案查找")
    assert desk.json("count", "abandon", "停电")["abandoned"] == "停电"
    assert desk.json("count", "list")[-1]["id"] == id_


def test_a_form_and_its_fields_are_json_when_they_are_asked_for(desk):
    """A form on the screen and the fields of a form or of a page come as JSON as well."""
    shown = desk.json("form", "清点单")

    assert shown["form"].endswith("清点单")
    assert "示范局" in shown["text"]
    assert {"label": "单位", "name": "unit"} in desk.json("form", "传阅单", "--fields")
    assert {"name": "serial", "label": "序列号", "takes": "文字"} in desk.json(
        "add", "medium", "--fields"
    )
    assert "不能再加 --json" in desk.raw("export", "person", "-o", "-", "--json").stderr


STEERING = ["a\x1b[2Jb", "前\u202e后", "[/x]", "\x00", "a\u200bb", "\ud800"]


@pytest.mark.parametrize("text", STEERING)
def test_no_text_that_steers_a_screen_is_written_by_anybody(desk, text):
    """The library refuses it in an event and around it, and the book stays as it was."""
    before = desk.files()
    with Room.open(desk.folder) as room:
        for event, around in (
            (Registered(thing=Medium(serial=text)), {}),
            (Registered(thing=Medium()), {"by": text}),
            (Registered(thing=Medium()), {"note": text}),
            (Registered(thing=Medium()), {"happened": text}),
        ):
            for way in (room.propose, room.record):
                with pytest.raises(InvalidText):
                    way(event, **around)

    assert desk.files() == before


FULL = [
    ("init", "{out}", "--unit", "局"),
    ("key", "{out}"),
    ("head", "-o", "{out}"),
    ("label", "calibrate", "-o", "{out}.pdf"),
    ("label", "key", "--reason", "换人"),
    ("count", "start"),
    ("backup", "{out}"),
    ("hand-in", "-o", "{out}"),
    ("import", "template", "medium", "-o", "{out}.xlsx"),
]


@pytest.mark.parametrize("words", FULL, ids=[" ".join(words[:2]) for words in FULL])
def test_a_full_disk_leaves_nothing_half_written(desk, tmp_path, words):
    """What does not fit on the disk is told as a fault of it, and no file is there or changed."""
    before, limit = desk.files(), 100
    said = subprocess.run(
        [sys.executable, "-c", "from ledger.cli import main; main()", "--room", desk.folder]
        + [word.format(out=tmp_path / "out") for word in words],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # or half a module would be kept
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1, said.stderr
    assert "文件超过允许的大小" in said.stderr
    assert "“”" not in said.stderr
    assert desk.files() == before
    assert not list(tmp_path.glob("out*"))


def test_a_room_that_cannot_be_founded_leaves_the_folder_as_it_was(tmp_path):
    """A pack that does not exist leaves no folder, and an empty one empty."""
    (tmp_path / "empty").mkdir()
    outside = Terminal(tmp_path)
    for name in ("new", "empty"):
        outside("init", tmp_path / name, "--unit", "局", "--pack", "没有", code=5)

    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert not list((tmp_path / "empty").iterdir())


def test_a_lost_or_unreadable_room_file_is_told_with_what_to_do(desk):
    """A book without its settings is restored, not begun again."""
    path = desk.folder / "room.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidSettings, match="不是UTF-8文字；请改正，或从备份里恢复"):
        Room.open(desk.folder)
    path.unlink()
    with pytest.raises(NotARoom, match="请从备份里恢复这个文件"):
        Room.open(desk.folder)


def test_what_an_import_is_to_write_besides_is_looked_at_first(desk, tmp_path):
    """A bad name for the mapping keeps the rows out; a report that fails does not undo them."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("序列号\nS7\n", "utf-8")
    bad.write_text("序列号,密级\nS8,超密\n", "utf-8")
    before = desk.files()
    desk("import", good, "--as", "medium", "--save-mapping", "../x", code=2)
    desk("import", bad, "--as", "medium", "--save-mapping", "甲", code=4)
    assert desk.files() == before

    said = desk.raw("import", good, "--as", "medium", "--report", tmp_path / "no" / "r.json")
    assert said.returncode == 0
    assert "批已导入；JSON报告没有存成：没有这个文件或文件夹" in said.stderr
    assert "S7" in desk("list", "medium")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_program_without_its_streams_writes_as_ever(desk, closed):
    """Whichever stream was closed before it began, an act is written and the book holds."""
    program = f"exec {sys.executable} -c 'from ledger.cli import main; main()'"
    for words in ("add medium --serial S9 --json", "do - --json"):
        said = subprocess.run(
            ["sh", "-c", f"{program} --room {desk.folder} {words} {closed}"],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert (said.returncode, "出错" in said.stderr) == (0, False)

    assert "S9" in desk("list", "medium")
    assert desk.json("verify")["holds"]
