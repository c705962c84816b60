"""The commands that keep a book safe, as an officer and a script type them."""

import json
import re
import shutil

import pytest

from tests.test_cli import Terminal


@pytest.fixture(name="desk")
def _desk(tmp_path):
    desk = Terminal(tmp_path / "room")
    desk("init", desk.folder, "--unit", "示范局", "--level", "机密")
    desk("add", "人员", "--名称", "王敏", "--职责", "保密员")
    desk("add", "介质", "--密级", "机密", "--序列号", "S1", "--责任人", "王敏")
    desk("add", "文件", "--标题", "不该录的标题", "--标志", "机密★10年", "--制发日期", "2026-01-02")
    return desk


def test_status_says_how_far_the_book_goes_and_is_checked(desk, tmp_path):
    """A line about the book, the last count, the last backup, and that anybody may write."""
    said = desk("status").splitlines()
    assert re.fullmatch(r"账本\d+行，4笔，链首 [0-9a-f]{20}，已全部核对", said[0])
    assert said[1:3] == ["最近清点：没有清点过", "最近备份：没有备份过"]
    assert said[3:] == ["操作员：未设，谁都能以保密员的名义记账（baomi operator add）"]

    desk("do", "清点", "见到的编号=JZ-0001、WJ-2026-0001", "清点人=王敏、李四")
    desk("backup", tmp_path / "b.baomi")
    found = desk.json("status")
    assert (found["acts"], found["fault"], found["checked"]) == (6, "", found["lines"])
    assert found["backup"].endswith("b.baomi")
    assert found["counted_on"] == found["backed_up_on"]
    assert "没有" not in desk("status")


def test_a_book_is_backed_up_drilled_and_restored(desk, tmp_path):
    """A backup is one file, comes back into an empty folder, and opens there."""
    packed = tmp_path / "b.baomi"
    done = desk.json("backup", packed)
    assert done["n"] == 5
    assert re.fullmatch("[0-9a-f]{64}", done["digest"])
    assert desk("drill").startswith("演练成功，这份备份能够恢复：示范局，")
    assert desk.json("drill", packed)["acts"] == 4

    said = desk("restore", packed, tmp_path / "again")
    assert said.startswith(f"已恢复到{tmp_path / 'again'}")
    again = Terminal(tmp_path / "again")
    assert again.json("list", "medium") == desk.json("list", "medium")
    assert again.json("verify")["holds"]
    assert "空" in desk.raw("restore", packed, tmp_path / "again").stderr
    desk("restore", packed, tmp_path / "again", code=2)


def test_a_drill_without_a_backup_is_told_so(desk, tmp_path):
    """What was never backed up, or whose backup is away, is told with what to do."""
    assert "备份" in desk.raw("drill").stderr
    desk("drill", code=2)
    desk("backup", tmp_path / "b.baomi")
    (tmp_path / "b.baomi").unlink()
    assert "b.baomi" in desk.raw("drill").stderr


def test_a_head_is_printed_signed_and_held_against_the_book(desk, tmp_path):
    """A head on paper or in a signed file shows that the book up to there is the same."""
    key, anchor = tmp_path / "k.key", tmp_path / "a.json"
    public = desk.json("key", key)["public"]
    assert oct(key.stat().st_mode & 0o777) == "0o600"
    printed = desk("head", "--key", key, "-o", anchor)
    head = re.search(r"链首 ([0-9a-f ]+)", printed)[1].strip()
    assert json.loads(desk("head", "--json"))["head"].startswith(head.replace(" ", ""))
    desk("add", "介质", "--序列号", "S2")

    assert desk.json("verify", "--head", head)["holds"]
    assert "没有变过" in desk("verify", "--head", head[:30])
    assert desk.json("verify", "--signed", anchor, "--public", public)["holds"]
    assert desk.json("verify", "--signed", anchor, "--public", f"{key}.pub")["holds"]
    assert "末尾被截去" in desk("verify", "--head", "0" * 64, code=8)
    assert "账本不符" not in desk("verify", "--head", head[:8], code=2)
    other = desk.json("key", tmp_path / "o.key")["public"]
    desk("verify", "--signed", anchor, "--public", other, code=5)
    changed = re.sub(r'("acts": ?)4', r"\g<1>5", anchor.read_text("utf-8"))
    anchor.write_text(changed, "utf-8")
    desk("verify", "--signed", anchor, "--public", public, code=5)
    assert "已经存在" in desk.raw("key", key).stderr


def test_a_text_is_blanked_by_page_or_by_act(desk):
    """A title that should not be there is gone from the folder, and the act says it was."""
    desk("do", "作废编号", "编号=JZ-0002", "原因=不该写的原因")
    done = desk.json("redact", "WJ-2026-0001", "--field", "标题", "--reason", "误录")
    desk("redact", "第5笔", "--field", "原因", "--reason", "误录")

    assert done["n"] == 6
    assert desk.json("verify")["holds"]
    assert not any("不该".encode() in raw for raw in desk.files().values())
    assert "涂销" in desk("log", "WJ-2026-0001")
    assert "涂销了账本第" in desk("verify")
    desk("redact", "WJ-2026-0001", "--field", "页数", "--reason", "误录", code=2)


def test_registers_are_made_again_from_the_book(desk):
    """Registers that were edited are put right, and the book says so."""
    listed = desk.json("list", "medium")
    (desk.folder / "room.json").unlink()
    assert desk("rebuild") == "登记已按账本重新生成，改正0件\n"
    assert desk.json("rebuild") == {"corrected": 0}
    assert desk.json("list", "medium") == listed
    assert desk.json("verify")["holds"]


@pytest.mark.parametrize("command", [("list", "medium"), ("balance",), ("log", "JZ-0001")])
def test_the_past_is_shown_as_it_was(desk, command):
    """With a day, the book is shown as it stood when that day ended."""
    today = desk(*command)
    before = desk(*command, "--on", "2020-01-01")

    assert "JZ-0001" not in before
    assert before != today
    desk(*command, "--on", "某日", code=2)


def test_a_page_is_shown_as_it_was(desk):
    """A number that was not there yet is not shown, and one that was is shown as it stood."""
    assert "密级：机密" in desk("show", "JZ-0001", "--on", "2099-12-31")
    assert "JZ-0001" in desk.raw("show", "JZ-0001", "--on", "2020-01-01").stderr


def test_a_folder_copied_in_use_is_told_and_can_be_rebuilt(desk, tmp_path):
    """Registers that stand further than the book are told, with the way out."""
    for n in range(3):
        desk("add", "介质", "--序列号", f"T{n}")
    copy = Terminal(tmp_path / "copy")
    shutil.copytree(desk.folder, copy.folder)
    (path,) = (copy.folder / "journal").glob("*.jsonl")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:4]))

    assert "复制" in copy.raw("list", "medium").stderr
    copy("list", "medium", code=8)
    copy("rebuild")
    assert copy.json("verify")["holds"]
