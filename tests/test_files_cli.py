"""import, export, form: what officers and scripts type, what they get, and what is refused."""

import hashlib
import io
import json
import re

import jsonschema
import pytest
from openpyxl import load_workbook

from ledger.cli.telling import progress
from ledger.exchange.schema import act_schema, acts_schema, record_schema
from ledger.exchange.script import COMMANDS, act_named
from ledger.notation.words import ACTS, KINDS, act_name
from tests import files
from tests.test_cli import ALLOWED, ENGLISH, Terminal
from tests.test_reading import SPREADSHEET
from tests.world import WORLD, act_of

HEAD = "资产编号,名称,序列号,责任人,密级,备注\n"


@pytest.fixture(name="desk")
def _desk(tmp_path):
    desk = Terminal(tmp_path / "room")
    desk("init", desk.folder, "--unit", "示范局", "--level", "绝密")
    desk("add", "person", "--name", "王敏", "--roles", "保密员", "--category", "核心")
    desk("add", "person", "--name", "李国强", "--roles", "主管领导", "--category", "核心")
    desk("add", "computer", "--network", "涉密", "--level", "绝密", "--filed_no", "备1")
    desk("add", "medium", "--level", "机密", "--serial", "S1")
    desk("add", "medium", "--level", "绝密", "--serial", "S2")
    desk("add", "medium", "--serial", "S3")
    desk("add", "paper", "--title", "要件", "--mark", "机密★10年", "--issued_on", "2026-01-02")
    return desk


@pytest.fixture(name="file")
def _file(tmp_path):
    def write(text, name="f.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def exports(desk):
    """What the book says has left the room as a file."""
    books = sorted((desk.folder / "journal").glob("*.jsonl"))
    lines = [json.loads(line) for book in books for line in book.read_text("utf-8").splitlines()]
    return [act for line in lines for act in line.get("acts", ()) if act["act"] == "exported"]


def digest_of(path):
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_a_file_is_told_before_it_is_taken(desk, file):
    """Mapping, unused columns, totals, blanks and the outcome are told, each once."""
    path = file("介质台账\n编号,名称,序列号,颜色,启用\n,甲,0,红,\n合计,1\n", "台账.csv")
    out = desk.raw("import", path, "--as", "介质", "--dry-run")

    assert "序列号→序列号" in out.stderr
    assert "没有导入的列：颜色、启用" in out.stderr
    assert "“序列号”一列有1格写着“0”" in out.stderr
    assert "第4行是合计、备注或落款" in out.stderr
    assert "1行没有编号可以核对" in out.stderr
    assert out.stdout == "读到1行：将登记介质1件，已有且相同0行\n"
    assert desk.raw("import", path, "--as", "介质", "--dry-run", "--quiet").stderr == ""


def test_a_file_that_counts_itself_is_checked(desk, file):
    """Where a file says how many records it has and has others, the officer hears of it."""
    path = file("共 3 件,\n编号,名称\nJZ-0009,甲\n")

    assert (
        "文件写着共3件，读到1行" in desk.raw("import", path, "--as", "medium", "--dry-run").stderr
    )


def test_what_cannot_have_happened_already_is_not_offered_as_such(desk, tmp_path):
    """An export the rules refuse is not told to come back with an option that exports do not have."""
    out = desk.raw("export", "paper", "-o", tmp_path / "x.xlsx", "--to", "JZ-0002")
    act = desk.raw("add", "medium", "--number", "JZ-0001")

    assert (out.returncode, act.returncode) == (4, 4)
    assert out.stderr.endswith("不能办理，账本未变。\n")
    assert "--happened" in act.stderr


def test_a_file_without_a_known_heading_shows_its_first_lines(desk, file):
    """Where no heading is known the officer sees what stands in the file, and what to say about it."""
    path = file("甲列,乙列\x1b[2J\n1,2\n3,4\n5,6\n")
    out = desk.raw("import", "inspect", path)

    assert "第1行：“甲列”、“乙列" in out.stdout
    assert "第3行：“3”、“4”" in out.stdout
    assert "第4行" not in out.stdout
    assert "\x1b" not in out.stdout
    assert "--map" in out.stderr
    assert desk.json("import", "inspect", path)["sheets"][0]["start"]["1"][0] == "甲列"


def test_progress_is_told_to_a_person_only(monkeypatch, capsys):
    """A long file says how far it is on a terminal, and nothing into a pipe."""
    progress(quiet=False)(600, 1000)
    monkeypatch.setattr("ledger.cli.telling.sys.stderr.isatty", lambda: True, raising=False)
    for done in (100, 600, 1000):
        progress(quiet=False)(done, 1000)
    progress(quiet=True)(600, 1000)
    progress(quiet=False)(100, 100)

    assert capsys.readouterr().err == "\r已核对600/1000\r已核对1000/1000\n"


def test_an_export_the_book_cannot_take_leaves_no_file(desk, tmp_path, monkeypatch):
    """A file whose act could not be written is taken away again."""

    def full(*_):
        raise OSError(28, "No space left on device", "journal")

    monkeypatch.setattr("ledger.store.journal.Journal.append", full)
    out = desk.raw("export", "medium", "-o", tmp_path / "x.csv")

    assert out.returncode == 1
    assert not (tmp_path / "x.csv").exists()


def test_faults_are_told_where_they_are_with_one_hint_for_each_cause(desk, file):
    """Row, column letter, heading, raw value; the hint stands once, the count is whole."""
    path = file(HEAD + "".join(f"A{n},甲,,,超密,\n" for n in range(30)))
    out = desk.raw("import", path, "--as", "medium", "--max-errors", "3")

    assert out.returncode == 4
    assert "第2行 E列“密级”：密级只有绝密、机密、秘密三级，读到“超密”" in out.stdout
    assert "同样的错还有27处" in out.stdout
    assert out.stderr.count("--map-value") == 1
    assert "有误30行" in out.stdout
    assert "一行也不写入" in out.stderr


def test_standard_input_is_a_file_like_any_other(desk):
    """`baomi import -` takes what another program writes, in any form."""
    lines = '{"kind_of": 1, "serial": "S8", "level": "机密"}\n{"serial": "S9", "level": "机密"}\n'
    report = desk.json("import", "-", "--as", "medium", stdin=lines)

    assert report["numbers"] == ["JZ-0004", "JZ-0005"]
    assert (report["source"]["source"], report["source"]["type"]) == ("标准输入", "jsonl")
    assert report["unmapped_columns"] == ["kind_of"]
    raw = files.workbook(甲=[("序列号", "密级"), ("S10", "机密")])
    assert desk.json("import", "-", "--as", "medium", stdin=raw)["numbers"] == ["JZ-0006"]


def test_good_rows_are_taken_and_bad_ones_given_back(desk, file, tmp_path):
    """Partly done is exit code 3, and the file that is left can be taken in later."""
    path = file(HEAD + "A1,甲,,,机密,\nA2,乙,,,超密,\n")
    rejects = tmp_path / "没有导入.csv"
    command = ["import", path, "--as", "medium", "--on-error", "skip", "--rejects", rejects]
    out = desk.raw(*command)

    assert out.returncode == 3
    assert "没有导入的行在" in out.stderr
    assert "已登记介质1件" in out.stdout
    desk(*command, code=2)
    assert "超密" in rejects.read_text("utf-8-sig")
    fixed = file(rejects.read_text("utf-8-sig").replace(",超密,", ",秘密,"), "改好.csv")
    (batch,) = desk.json("import", "batches")
    report = desk.json("import", fixed, "--resume", batch["batch"])
    assert report["counts"]["created"] == 1
    assert desk.json("import", "batches")[1]["continues"] == batch["batch"]


def test_nothing_taken_is_a_refusal_even_when_bad_rows_may_be_skipped(desk, file, tmp_path):
    """Exit code 3 says that something was done."""
    path = file(HEAD + "A2,乙,,,超密,\n")
    command = ["import", path, "--as", "medium", "--on-error", "skip"]

    desk(*command, "--rejects", tmp_path / "r.csv", code=4)
    desk(*command, "--rejects", tmp_path / "r2.csv", "--dry-run", code=4)
    assert not (tmp_path / "r2.csv").exists()


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("=1+1", "公式没有算出的结果"),
        ("#N/A", "公式的错误值"),
        (440102199001011234, "末几位已经丢失"),
    ],
)
def test_what_the_file_has_lost_is_unreadable(desk, tmp_path, cell, told):
    """No value is made up for a cell without one: exit code 5, its place, nothing written."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(files.workbook(甲=[("序列号", "密级"), ("S1", "机密"), (cell, "超密")]))
    out = desk.raw("import", path, "--as", "medium")

    assert out.returncode == 5
    assert re.search(f"第3行 A列“序列号”：.*{told}", out.stdout)
    assert "第3行 B列“密级”" in out.stdout
    assert desk.json("import", "batches") == []
    left = ["--on-error", "skip", "--rejects", tmp_path / "r.csv"]
    desk("import", path, "--as", "medium", *left, code=3)


def test_batches_are_listed_shown_and_undone(desk, file):
    """An officer finds the batch, looks at it, takes it back, and is told when he cannot."""
    path = file(HEAD + "A1,甲,,王敏,机密,\nA2,乙,,,机密,\n")
    batch = desk.json("import", path, "--as", "medium", "--set", "type=U盘")["batch"]

    assert "f.csv" in desk("import", "batches")
    shown = desk("import", "show", batch)
    assert "第2行" in shown
    assert "JZ-0004" in shown
    assert desk.json("import", "show", batch)["acts"][0]["asset_no"] == "A1"
    assert "type" in desk.raw("import", "show", batch).stderr
    desk("do", "写入", "介质=JZ-0004", "密级=机密")
    refused = desk.raw("import", "undo", batch, "--reason", "错表")
    assert refused.returncode == 4
    assert "又有变动，不能整批撤销" in refused.stderr
    assert desk.json("import", "undo", batch, "--reason", "错表", code=4)["refused"]
    desk("do", "冲销", f"冲销第几笔={batch + 1}", "原因=误记")
    assert desk.json("import", "undo", batch, "--reason", "错表")["voided"] == 2
    assert desk.json("import", "batches")[0]["withdrawn"]
    again = desk.json("import", path, "--as", "medium")["batch"]
    assert "2笔全部冲销" in desk("import", "undo", again, "--reason", "再错")
    assert "已经撤销过" in desk.raw("import", "undo", again, "--reason", "x").stderr


def test_a_way_of_reading_is_saved_and_used_again(desk, file):
    """What was said once about a supplier's file is said the next time by one word."""
    path = file("品名,SN,等级\n甲,S7,B\n")
    said = ["--as", "medium", "--map", "品名=name", "--map-value", "level:B=机密"]
    desk("import", path, *said, "--map", "等级=level", "--save-mapping", "供应商")
    again = desk.json("import", path, "--mapping", "供应商")

    assert again["counts"]["unchanged"] == 1
    assert "存过的导入办法：供应商" in desk.raw("import", "batches").stderr
    desk("import", path, *said, "--save-mapping", "供应商", code=2)
    desk("import", path, "--mapping", "没有的", code=2)


def test_the_report_and_the_page_are_written_beside(desk, file, tmp_path):
    """A script's report and a page for the file can both be kept."""
    path = file(HEAD + "A1,甲,0,,机密,\n")
    report, page = tmp_path / "r.json", tmp_path / "情况.txt"
    desk("import", path, "--as", "medium", "--report", report, "--page", page)

    assert json.loads(report.read_text("utf-8"))["counts"]["created"] == 1
    assert "导入情况报告" in page.read_text("utf-8")
    assert "序列号：0（1格）" in page.read_text("utf-8")
    (left,) = exports(desk)
    assert (left["file"], left["sensitivity"]) == (page.name, "工作秘密")
    assert left["digest"] == digest_of(page)
    desk("import", path, "--as", "medium", "--page", tmp_path / "again.txt")
    assert len(exports(desk)) == 1  # nothing was taken in, so nothing of the ledger has left it
    desk("import", path, "--as", "medium", "--page", page, code=2)
    desk("import", path, "--as", "medium", "--page", tmp_path / "x.pdf", code=2)
    assert "导入情况报告" in desk(
        "form", "导入情况报告", desk.json("import", "batches")[0]["batch"]
    )


def test_a_page_that_is_not_written_leaves_the_batch_and_says_so(desk, file, tmp_path):
    """An import that is in the book is told as such, although its page could not be put on disk."""
    path, page = file(HEAD + "A1,甲,,,机密,\n"), tmp_path / "没有" / "情况.txt"
    out = desk.raw("import", path, "--as", "medium", "--page", page)

    assert out.returncode == 0
    assert "批已导入；情况报告没有存成：" in out.stderr
    assert "baomi form 导入情况报告" in out.stderr
    assert desk.json("import", "batches")[0]["created"] == 1
    assert exports(desk) == []


def test_what_a_file_may_not_say_waits_for_a_leader(desk, file):
    """Rows that need an approval are refused without one, and nobody approves for himself."""
    path = file("编号,密级\nJSJ-0001,机密\n")
    command = ["import", path, "--as", "computer", "--mode", "upsert"]
    out = desk.raw(*command)

    assert out.returncode == 4
    assert "密级由绝密降为机密" in out.stdout
    assert "须另行批准或办理1行" in out.stdout
    assert "--approved-by" in out.stderr
    desk(*command, "--approved-by", "王敏", code=7)
    done = desk("--by", "王敏", *command, "--approved-by", "主管领导:李国强")
    assert "第2行 JSJ-0001 密级：绝密 → 机密" in done
    assert "已更新1行" in done


def test_a_file_can_be_looked_at_first(desk, file):
    """What a file is and what its columns would be is told without a room."""
    path = file(files.workbook(甲=[("设备台账",), ("编号", "颜色")], 乙_=[("随便",)]), "a.xls")
    found = desk.json("import", "inspect", path)

    assert (found["type"], found["sheets"][0]["header_row"]) == ("xlsx", 2)
    assert found["sheets"][0]["columns"] == {"编号": "number", "颜色": ""}
    told = desk("import", "inspect", path, "--as", "medium")
    assert "像是介质登记：表头在第2行，0行记录" in told
    assert "颜色 → （不导入）" in told
    assert "乙（隐藏）" in told
    desk("import", "inspect", path, "--as", "飞机", code=2)


@pytest.mark.parametrize("kind", [name for name, _ in KINDS.values() if name != "document"])
def test_a_template_filled_in_is_taken_in(desk, tmp_path, kind):
    """An empty register has lists, an example that is passed over, and notes; filled, it comes in."""
    path = tmp_path / "空表.xlsx"
    desk("import", "template", kind, "-o", path)
    nothing = desk.json("import", path, "--as", kind)
    assert (nothing["counts"]["read"], nothing["counts"]["skipped_footer"]) == (0, 1)
    assert nothing["unmapped_columns"] == []

    book = load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value.removesuffix("（必填）"): cell.column for cell in page[1]}
    name = next(head for head in ("名称", "标题", "备注") if head in heads)
    page.cell(3, heads[name]).value = "新登记的"
    if kind == "mailbox":
        page.cell(3, heads["责任人"]).value = "周立"
    book.save(path)
    desk("add", "person", "--name", "周立", "--roles", "主管领导")
    leave = ("--approved-by", "主管领导:周立")  # without which nobody opens a mailbox
    assert desk.json("import", path, "--as", kind, *leave)["counts"]["created"] == 1
    assert book.sheetnames[1] == "填写说明"
    desk("import", "template", kind, "-o", path, code=2)


def test_a_template_has_lists_to_choose_from(desk, tmp_path):
    """Levels, networks and yes or no are chosen, not typed."""
    path = tmp_path / "空表.xlsx"
    desk("import", "template", "计算机", "-o", path)
    checks = load_workbook(path).worksheets[0].data_validations.dataValidation
    lists = {check.formula1.strip('"') for check in checks}

    assert {"绝密,机密,秘密", "涉密,内部,互联网", "是,否"} <= lists
    desk("import", "template", "计算机", "-o", tmp_path / "空表.csv", code=2)


EXPORTS = [
    ("medium", "x.csv"),
    ("介质", "x.xlsx"),
    ("计算机台账", "x.docx"),
    ("人员台账", "x.txt"),
    ("person", "x.jsonl"),
]


@pytest.mark.parametrize(("what", "name"), EXPORTS)
def test_an_export_is_an_act_with_its_digest(desk, tmp_path, what, name):
    """The file, its digest and its level are in the book, and the digest is that of the file."""
    import hashlib

    path = tmp_path / name
    told = desk.json("export", what, "-o", path)
    raw = path.read_bytes()

    assert told["digest"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert told["level"] == "工作秘密"
    (row,) = [r for r in desk("export", "导出登记簿", "-o", "-").splitlines() if name in r]
    assert told["digest"] in row
    assert desk.json("verify")["holds"]
    desk("export", what, "-o", path, code=2)
    assert path.read_bytes() == raw


def test_an_export_with_secrets_goes_where_it_may(desk, tmp_path):
    """The target is judged like any writing on a medium, and nothing is left where it may not be."""
    path = tmp_path / "文件.xlsx"
    before = desk.files()
    for target, code in (("", 2), ("JZ-0003", 4), ("JZ-0002", 4), ("RY-001", 2), ("X", 2)):
        args = ["--to", target] if target else []
        out = desk.raw("export", "paper", "-o", path, *args)
        assert out.returncode == code, (target, out.stderr)
        assert not path.exists()
    assert desk.files() == before
    assert "不能办理" in desk.raw("export", "paper", "-o", path, "--to", "JZ-0003").stderr

    told = desk.json("export", "paper", "-o", path, "--to", "JZ-0001", "--purpose", "备份")
    assert (told["level"], told["target"]) == ("机密", "JZ-0001")
    assert desk.json("show", "JZ-0001")["holds"] == "机密"
    assert [act["act"] for act in desk.json("log", "JZ-0001")] == [
        "registered",
        "exported",
        "written",
    ]
    other = tmp_path / "机内.xlsx"
    desk("export", "paper", "-o", other, "--to", "JSJ-0001", "--approved-by", "主管领导:李国强")
    assert desk.json("show", "JSJ-0001")["holds"] == "机密"


def test_an_export_without_titles_is_no_secret(desk, tmp_path):
    """A list of numbers and 代称 needs no secret medium."""
    path = tmp_path / "x.csv"
    told = desk.json("export", "文件", "-o", path, "--no-titles")

    assert told["level"] == "工作秘密"
    assert "要件" not in path.read_text("utf-8-sig")


def test_a_disk_that_is_full_leaves_neither_file_nor_act(desk, tmp_path, monkeypatch):
    """The act and the file come about together or not at all."""
    before = desk.files()

    def full(*_):
        raise OSError(28, "No space left on device", "x.csv")

    monkeypatch.setattr("ledger.room.outgoing.os.fsync", full)
    out = desk.raw("export", "medium", "-o", tmp_path / "x.csv")

    assert out.returncode == 1
    assert "磁盘已满" in out.stderr
    assert not (tmp_path / "x.csv").exists()
    assert desk.files() == before


def test_a_register_goes_round_through_the_command_line(desk, tmp_path):
    """What was exported is taken in again as unchanged, whatever the form."""
    for name in ("a.xlsx", "a.csv", "a.jsonl"):
        path = tmp_path / name
        desk("export", "paper", "-o", path, "--to", "JZ-0001")
        counts = desk.json("import", path, "--as", "paper", "--mode", "upsert")["counts"]
        assert (counts["created"], counts["updated"], counts["unchanged"]) == (0, 0, 1)
    plain = desk("export", "medium", "-o", "-", "--plain")
    counts = desk.json("import", "-", "--as", "medium", stdin=plain)["counts"]
    assert (counts["created"], counts["unchanged"]) == (0, 3)


def test_forms_are_listed_shown_and_written(desk, tmp_path):
    """A form is looked at on the screen first and then written to be signed."""
    assert "保密室清点单" in desk("form")
    assert {form["name"] for form in desk.json("form")} >= {"inspection", "loan_slip"}
    shown = desk("form", "传阅单", "WJ-2026-0001")
    assert "要件" in shown
    assert "┌" in shown
    assert "借阅人" in desk("form", "借阅单", "--fields")
    path = tmp_path / "借阅单.docx"
    desk("form", "借阅单", "WJ-2026-0001", "-o", path, code=2)
    told = desk.json("form", "借阅单", "WJ-2026-0001", "-o", path, "--to", "JZ-0001")
    assert told["level"] == "机密"
    assert path.stat().st_size > 5000


def test_a_form_filled_by_hand_takes_words_and_data(desk, tmp_path):
    """What the ledger does not know is given by the words on the form or as JSON."""
    data = tmp_path / "d.json"
    data.write_text('{"changes": [{"unit": "甲局"}], "content": "学习"}', "utf-8")
    shown = desk(
        "form", "协作组", "--data", data, "--set", "活动地点=会议室", "--set", "组长单位=示范局"
    )

    assert "甲局" in shown
    assert "学习" in shown
    assert "会议室" in shown
    path = tmp_path / "x.xlsx"
    assert desk("form", "协作组", "-o", path) == f"{path}\n"
    assert [(e["what"], e["digest"]) for e in exports(desk)] == [
        ("协作组活动情况记录表", digest_of(path))
    ]


HOSTILE = [
    (["import", "-", "--as", "medium"], b"", 5),
    (["import", "-", "--as", "medium"], b"\xff\xfe\xfd", 5),
    (["import", "-", "--as", "medium"], files.locked(files.workbook(甲=[("编号",)])), 5),
    (["import", "-", "--as", "medium"], b"PK\x03\x04", 5),
    (["import", "-", "--as", "medium"], b"[" * 50_000, 5),
    (["import", "-", "--as", "medium"], b"a,b\n1,2\n", 5),
    (["import", "-", "--as", "medium", "--encoding", "x"], b"a", 5),
    (["import", "-", "--as", "medium", "--format", "pdf"], b"a", 2),
    (["import", "-", "--as", "medium", "--delimiter", "ab"], b"a", 2),
    (["import", "-", "--as", "medium", "--mode", "delete"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--century", "21"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--map", "x"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--map-value", "x"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--map", "[/x]=name"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--key", "colour"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--on-error", "ignore"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--on-error", "skip"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--approved-by", ":"], "编号\n1\n", 2),
    (["import", "-", "--as", "medium", "--sheet", "x"], "编号\n1\n", 5),
    (["import", "-", "--as", "medium", "--header-row", "9"], "编号\n1\n", 5),
    (["import", "-", "--as", "medium", "--header-row", "x"], "编号\n1\n", 2),
    (["import", "-", "--as", "飞机"], "编号\n1\n", 2),
    (["import", "-"], "编号\n1\n", 2),
    (["import"], "", 2),
    (["import", "-", "--as", "medium"], "编号,名称\nX,a\x1b[2Jb\n", 4),
    (["import", "-", "--as", "medium"], "编号,名称\nX,[/x]\n", 4),
    (["import", "-", "--as", "medium"], "编号,名称\nX,前\u202e后\n", 4),
    (["import", "-", "--as", "medium"], '{"编号": "\\ud800"}\n', 4),
    (["import", "-", "--as", "medium", "--resume", "99"], "编号\n1\n", 2),
    (["import", "show", "99"], "", 2),
    (["import", "undo", "99", "--reason", "x"], "", 2),
    (["import", "undo", "x", "--reason", "x"], "", 2),
    (["import", "undo", "1"], "", 2),
    (["import", "inspect", "没有.csv"], "", 5),
    (["import", "template", "飞机", "-o", "x.xlsx"], "", 2),
    (["export", "飞机", "-o", "x.csv"], "", 2),
    (["export", "medium", "-o", "x.pdf"], "", 2),
    (["export", "medium"], "", 2),
    (["export", "medium", "-o", "/没有/x.csv"], "", 1),
    (["export", "medium", "-o", "x.csv", "--from", "2026-13-01"], "", 2),
    (["form", "飞机票"], "", 2),
    (["form", "借阅单", "X"], "", 2),
    (["form", "借阅单", "WJ-2026-0001", "-o", "x.pdf"], "", 2),
    (["form", "协作组", "--set", "x"], "", 2),
    (["form", "协作组", "--set", "没有=x"], "", 2),
    (["form", "协作组", "--set", "活动地点=a\x1b[2Jb"], "", 2),
    (["form", "协作组", "--data", "没有.json"], "", 5),
    (["do", "-"], '{"act": "imported", "kind": "medium"}', 4),
    (["do", "-"], '{"act": "撤销导入", "batch": 1}', 4),
    (["acts", "飞行", "--schema"], "", 2),
]


@pytest.mark.parametrize(("args", "stdin", "code"), HOSTILE, ids=range(len(HOSTILE)))
def test_bad_files_and_options_get_one_sentence_and_change_no_byte(desk, args, stdin, code):
    """Whatever is wrong is said in short clear Chinese, and every file is as it was."""
    before = desk.files()
    out = desk.raw(*args, stdin=stdin)
    said = out.stderr + out.stdout

    assert out.returncode == code, said
    assert desk.files() == before
    assert re.search("[\u4e00-\u9fff]", said)
    assert len(said) < 2500
    assert "Traceback" not in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    names = {"colour", "json", "jsonl", "html", "xml", "tsv", "xls", "xlsx", "csv", "docx", "txt"}
    types = {"delete", "borrower", "number"} | names
    fields = {slot for kind in KINDS for slot in _fields(kind)}
    kinds = {"CSV", "TSV", "XLS", "XLSX", "JSON", "JSONL"}
    assert not set(ENGLISH.findall(said)) - ALLOWED - types - fields - kinds


def _fields(kind):
    from ledger.exchange.rows import slots_of

    return {part for name in slots_of(kind) for part in name.split("_")}


def test_names_in_a_file_cannot_steer_the_terminal(desk, tmp_path):
    """Headings, sheets and file names with hidden characters are spelled out on the screen."""
    hostile = "\x1b[2J\u202e"
    path = tmp_path / f"表{hostile}.csv"
    path.write_text(f"编号,名{hostile}\nX,a\n{hostile}", "utf-8")
    book = tmp_path / "b.xls"
    book.write_text(SPREADSHEET.replace('Name="甲"', 'Name="甲\u202e"'), "utf-8")
    for args in (
        ["import", path, "--as", "medium"],
        ["import", path, "--as", "medium", "--json"],
        ["import", "inspect", path],
        ["import", book, "--as", "medium", "--all-sheets"],
        ["import", book, "--as", "medium"],
        ["import", "inspect", book],
        ["import", "batches"],
        ["import", f"{path}x", "--as", "medium"],
        ["import", "\x00", "--as", "medium"],
    ):
        out = desk.raw(*args)
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", out.stdout + out.stderr), args


def test_bad_data_for_a_form_is_told(desk, file):
    """A file that is no object of JSON is no data."""
    for text in ("[1]", "{", b"\xff"):
        path = file(text, f"d{len(text)}.json")
        assert desk.raw("form", "协作组", "--data", path).returncode == 5


def test_the_schema_takes_what_the_program_takes():
    """Every act of the cases is right by the schema, in English and in Chinese."""
    check = jsonschema.Draft202012Validator(acts_schema())
    jsonschema.Draft202012Validator.check_schema(acts_schema())
    by_script = (*WORLD["acts"], *(act_of({"like": name}) for name in WORLD["like"]))
    for raw in (raw for raw in by_script if act_named(raw["act"]) not in COMMANDS):
        plain = json.loads(json.dumps(raw, default=str, ensure_ascii=False))
        assert list(check.iter_errors(plain)) == [], plain
    chinese = {"事项": "登记", "种类": "介质", "密级": "机密", "序列号": "1", "日期": "2026-01-02"}
    assert check.is_valid(chinese)


WRONG = [
    {},
    {"act": "fly"},
    {"act": "imported", "kind": "medium"},
    {"act": "returned"},
    {"act": "returned", "carrier": "X", "carier": "Y"},
    {"act": "registered", "kind": "medium", "level": "超密"},
    {"act": "registered", "kind": "person"},
    {"act": "registered", "kind": "medium", "import_only": "maybe"},
    {"act": "destroyed", "carriers": ["X"], "witnesses": {"a": 1}, "method": "x"},
]


@pytest.mark.parametrize("raw", WRONG)
def test_the_schema_refuses_what_the_program_refuses(raw):
    """An unknown act, field or choice, and a field left out, are wrong by the schema too."""
    assert not jsonschema.Draft202012Validator(acts_schema()).is_valid(raw)


def test_every_act_and_register_has_a_schema(desk):
    """A script can ask for one act, for all, and for the records of a register."""
    for kind in ACTS:
        if kind not in COMMANDS:
            assert act_schema(act_named(act_name(kind)))["$schema"]
    for page in KINDS:
        schema = record_schema(page)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert "number" in schema["properties"]
    assert desk.json("acts", "--schema")["oneOf"]
    assert desk.json("acts", "借阅", "--schema")["title"] == "借阅"
    record = jsonschema.Draft202012Validator(record_schema(next(iter(KINDS))))
    assert record.is_valid({"title": "甲", "标志": "机密★10年", "copies": 2})


def test_standard_output_is_data_alone(desk):
    """An export to standard output is bytes of the file and nothing else."""
    out = desk.raw("export", "medium", "-o", "-", "--format", "jsonl")

    assert [json.loads(line)["number"] for line in out.stdout.splitlines()] == [
        "JZ-0001",
        "JZ-0002",
        "JZ-0003",
    ]
    assert io.StringIO(out.stdout).readline().startswith("{")
