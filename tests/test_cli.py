"""The command line: shapes that scripts rely on, exit codes, Chinese throughout, no byte changed by bad input."""

import json
import os
import re
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner
from PIL import Image

from ledger.cli import cli
from ledger.cli.desk import run
from ledger.cli.speech import Exit
from ledger.event import EVENTS
from ledger.exchange.script import COMMANDS
from ledger.store.lock import Lock

ENGLISH = re.compile(r"[A-Za-z]{3,}")
ALLOWED = {
    "baomi",
    "seal",
    "give",
    "recover",
    "room",
    "help",
    "json",
    "JSON",
    "CSV",
    "XLSX",
    "PNG",
    "PDF",
    "png",
    "pdf",
    "toml",
    "init",
    "demo",
    "add",
    "list",
    "show",
    "log",
    "acts",
    "may",
    "into",
    "check",
    "balance",
    "verify",
    "rules",
    "import",
    "label",
    "scan",
    "unit",
    "level",
    "pack",
    "fields",
    "happened",
    "reason",
    "map",
    "set",
    "dry",
    "run",
    "all",
    "output",
    "serial",
    "computer",
    "medium",
    "paper",
    "notebook",
    "device",
    "cabinet",
    "site",
    "person",
    "document",
    "status",
    "head",
    "key",
    "pub",
    "signed",
    "public",
    "backup",
    "restore",
    "evidence",
    "operator",
    "password",
    "request",
    "approve",
    "grant",
    "remove",
    "reset",
    "unlock",
    "approver",
    "python",
    "roles",
    "role",
    "ask",
    "attest",
    "deny",
    "withdraw",
    "count",
    "abandon",
    "note",
    "clearance",
    "read",
    "second",
    "decide",
    "close",
    "drill",
    "onto",
    "rebuild",
    "redact",
    "field",
    "carrier",
    "null",
    "SHA",
    "act",
    "returned",
    "JSJ",
    "MAC",
    "body",
    "phone",
    "mailbox",
    "inspection",
    "query",
    "today",
    "calendar",
    "year",
    "xlsx",
    "report",
    "manual",
    "diff",
    "days",
    "from",
    "coverage",
    "conflicts",
    "items",
    "hand",
    "bureau",
    "take",
    "questions",
    "units",
    "conceal",
    "titles",
    "below",
    "renamed",
    "another",
    "quick",
    "engine",
    "duckdb",
    "spark",
    "Spark",
    "master",
    "local",
    "fast",
    "Parquet",
    "html",
    "HTML",
    "sql",
    "docx",
    "txt",
    "jsonl",
    "pip",
    "install",
    "ledger",
    "annual",
    "learned",
    "leaving",
    "holdings",
    "place",
    "disclosure",
    "supply",
    "meeting",
    "activity",
    "leak",
    "closing",
    "printer",
    "print",
    "tspl",
    "zpl",
    "file",
    "laser",
    "usb",
    "sheet",
    "where",
    "dpi",
    "changed",
    "new",
    "wait",
    "doctor",
    "template",
    "start",
    "skip",
    "copy",
    "files",
    "calibrate",
    "blank",
    "bind",
    "labels",
    "TSV",
    "XLS",
    "JSONL",
    "format",
    "encoding",
    "delimiter",
    "path",
    "sheets",
    "include",
    "hidden",
    "header",
    "row",
    "value",
    "ignore",
    "mode",
    "create",
    "update",
    "upsert",
    "keep",
    "clear",
    "date",
    "order",
    "mdy",
    "dmy",
    "roc",
    "century",
    "fill",
    "down",
    "text",
    "mapping",
    "save",
    "resume",
    "error",
    "abort",
    "rejects",
    "approved",
    "max",
    "errors",
    "quiet",
    "progress",
    "inspect",
    "batches",
    "undo",
    "UTF",
    "export",
    "form",
    "plain",
    "source",
    "purpose",
    "until",
    "data",
    "schema",
    "Schema",
    "page",
    "DOCX",
    "csv",
    "case",
}


class Terminal:
    """A terminal in a room: what a command printed, said and came to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *args, stdin="", code=0):
        """What a command prints, when it comes to the code that is expected."""
        out = self.raw(*args, stdin=stdin)
        assert out.returncode == code, (out.stdout, out.stderr)
        return out.stdout

    def raw(self, *args, stdin=""):
        """Everything a command prints and says, and its exit code."""
        streams = [TextIOWrapper(BytesIO(), "utf-8", newline="") for _ in range(2)]
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        old, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(raw), "utf-8")
        try:
            with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
                code = run(cli, ["--room", str(self.folder), *map(str, args)])
        finally:
            sys.stdin = old
        for stream in streams:
            stream.flush()
        out, err = (stream.buffer.getvalue().decode() for stream in streams)
        return subprocess.CompletedProcess(args, code, out, err)

    def json(self, *args, stdin="", code=0):
        """What a command prints for a script."""
        return json.loads(self(*args, "--json", stdin=stdin, code=code))

    def files(self):
        """Every file of the room and its bytes."""
        return {p: p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


@pytest.fixture(name="desk")
def _desk(tmp_path):
    desk = Terminal(tmp_path / "room")
    desk("init", desk.folder, "--unit", "示范局", "--level", "绝密")
    desk("add", "person", "--name", "王敏", "--roles", "保密员", "--category", "核心")
    desk("add", "介质", "--密级", "机密", "--序列号", "S1", "--keeper", "王敏")
    desk("add", "medium", "--level=绝密", "--serial=S2")
    desk("add", "computer", "--network", "互联网", "--asset-no", "A1", "--keeper", "王敏")
    desk("add", "cabinet", "--level", "机密", "--compartments", "1、2")
    desk("add", "paper", "--title", "旧件", "--mark", "机密★10年", "--issued_on", "2026-01-02")
    return desk


def test_add_prints_one_object_with_its_number(desk):
    """Scripts get number, running number, kind and findings of what they add."""
    found = desk.json("add", "medium", "--level", "机密", "--serial", "S9")

    assert found["number"] == "JZ-0003"
    assert found["kind"] == "medium"
    assert isinstance(found["n"], int)
    assert found["findings"][0]["article"] == "载体制度 二（一）1"


def test_list_prints_flat_records(desk):
    """Scripts get an array of flat records with the columns they rely on."""
    (computer,) = desk.json("list", "computer")
    columns = [
        "number",
        "kind",
        "level",
        "name",
        "model",
        "serial",
        "asset_no",
        "department",
        "keeper",
        "place",
        "status",
    ]

    assert list(computer)[: len(columns)] == columns
    assert (computer["number"], computer["kind"]) == ("JSJ-0001", "computer")
    assert (computer["network"], computer["keeper"], computer["status"]) == (
        "互联网",
        "王敏",
        "在用",
    )
    assert not any(isinstance(value, (dict, list)) for value in computer.values())
    assert desk.json("list", "设备") == []
    assert "JSJ-0001" in desk("list", "计算机")


def test_do_answers_each_line_once_it_is_on_disk(desk):
    """Each line of standard input is answered by one line, done or refused."""
    lines = [
        {"act": "registered", "kind": "medium", "level": "机密", "serial": "S3"},
        {"act": "written", "medium": "JZ-0002", "level": "机密"},
        {"act": "written", "medium": "JZ-0001", "level": "秘密"},
    ]
    out = desk("do", "-", "--json", stdin="\n".join(map(json.dumps, lines)) + "\n\n", code=3)
    first, second, third = map(json.loads, out.splitlines())

    assert (first["number"], first["numbers"]) == ("JZ-0003", ["JZ-0003"])
    assert second["refused"][0]["article"] == "载体制度 二（二）1"
    assert third["n"] == first["n"] + 1
    assert third["number"] == "JZ-0001"


def test_do_takes_one_act_on_the_command_line(desk):
    """An officer may write one act as pairs, in Chinese."""
    assert "第8笔 入柜 WJ-2026-0001" in desk(
        "do", "入柜", "载体清单=WJ-2026-0001", "柜号=G-01", "格=1"
    )
    assert "在柜" in desk("show", "WJ-2026-0001")


def test_what_has_happened_is_recorded(desk):
    """A refused act is kept as a fact when it is said to have happened, and why it is late."""
    act = ["do", "written", "medium=JZ-0002", "level=机密"]
    desk(*act, code=4)
    desk(*act, "--happened", code=2)
    done = desk.json(*act, "--happened", "--reason", "检查发现")

    assert done["findings"][0]["rule"] == "medium_may_hold_it"
    (case,) = desk.json("list", "案件")
    assert case["nature"] == "违规"
    assert "未结" in desk("check")


def test_may_explains_itself(desk):
    """The explainer says yes or no, why, and which articles it asked."""
    no = desk.json("may", "机密", "into", "JZ-0002", code=4)
    yes = desk.json("may", "机密", "into", "JZ-0001")

    assert (no["allowed"], yes["allowed"]) == (False, True)
    assert no["findings"][0]["article"] in no["asked"]
    assert desk("may", "绝密", "进", "JZ-0002") == "可以\n"
    desk("may", "机密", "onto", "JZ-0001", code=2)


def test_show_and_log_tell_all_about_a_number(desk):
    """A page with what the rules want of it, and every act about it."""
    page = desk.json("show", "JZ-0002")
    acts = desk.json("log", "JZ-0002")

    assert page["level"] == "绝密"
    assert page["findings"][0]["rule"] == "medium_has_a_user"
    assert [act["act"] for act in acts] == ["registered"]
    assert "密级：绝密" in desk("show", "JZ-0002")
    assert "登记" in desk("log", "JZ-0002")


def test_numbers_without_a_page_are_told_apart(desk):
    """A void number, a number that only stands in a column, and no number at all."""
    desk("do", "作废编号", "编号=JZ-0003", "原因=打坏")
    desk("do", "收文", "sender=厅", "title=甲")

    assert "已作废：打坏" in desk.raw("show", "JZ-0003").stderr
    assert "没有自己的登记页" in desk.raw("show", "2026-密-0001").stderr
    assert "登记簿上没有“X”" in desk.raw("log", "X").stderr


def test_check_balance_and_verify(desk):
    """The book is checked by the rules, adds up, and is as it was written."""
    assert any(f["rule"] == "medium_has_a_user" for f in desk.json("check"))
    assert (
        any(f["rule"] == "cleared_by_next_march" for f in desk.json("check", "--on", "2028-01-01"))
        is False
    )
    balance = desk.json("balance")
    assert {(line["kind"], line["level"], line["closing"]) for line in balance["lines"]} == {
        ("computer", "非密", 1),
        ("medium", "机密", 1),
        ("medium", "绝密", 1),
        ("paper", "机密", 1),
    }
    assert "在用" in desk("balance", "--on", "2099年1月1日")
    assert "文件" in desk("balance")
    found = desk.json("verify")
    assert (found["holds"], found["acts"], found["faults"]) == (True, 7, [])
    assert "7笔" in desk("verify")


def test_a_tampered_book_is_exit_code_8(desk):
    """Any command on a book that was edited names the line and comes to 8."""
    (path,) = (desk.folder / "journal").glob("*.jsonl")
    lines = path.read_text("utf-8").splitlines()
    number = next(row for row, line in enumerate(lines, 1) if "旧件" in line)
    path.write_bytes(path.read_bytes().replace("旧件".encode(), "新件".encode()))

    for command in (("list", "medium"), ("verify",), ("do", "归还", "载体=X")):
        said = desk.raw(*command)
        assert f"第{number}行" in said.stdout + said.stderr
        assert "保留现场" in said.stderr
        desk(*command, code=8)
    found = desk.json("verify", code=8)
    assert found["holds"] is False
    assert f"第{number}行" in found["faults"][0]


def test_an_edited_snapshot_is_exit_code_8_of_verify(desk):
    """Verify finds registers that no longer agree with the book."""
    path = desk.folder / "room.json"
    path.write_text(path.read_text("utf-8").replace("S2", "XX"), "utf-8")

    assert "media" in desk("verify", code=8)


def test_a_locked_room_is_exit_code_6(desk, monkeypatch):
    """While another terminal writes, a command waits a little and then says so."""
    monkeypatch.setattr(Lock.__init__, "__defaults__", (str, 0.05))
    with Lock(desk.folder / "room.lock"):
        assert "另一个终端" in desk.raw("add", "medium").stderr
        desk("add", "medium", code=6)


def test_a_folder_that_may_not_be_written_is_exit_code_7(desk):
    """Without permission nothing is written, and that is what is said."""
    before = desk.files()
    for path in (desk.folder, *desk.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    nobody = 65534 if os.geteuid() == 0 else os.geteuid()
    for parent in desk.folder.parents[:3]:
        parent.chmod(0o755)
    os.seteuid(nobody)
    try:
        out = desk.raw("add", "medium")
    finally:
        os.seteuid(os.getuid())

    assert out.returncode == Exit.NOT_PERMITTED
    assert "没有权限" in out.stderr
    assert desk.files() == before


def test_rules_show_what_the_ledger_does_about_an_article(desk):
    """Each article is asked by rules, held by fields, or left to people, and says so."""
    assert "严禁让国家秘密从涉密计算机流到" in desk("rules", "计算机", "12")
    assert "人 载体制度 一（三）2" in desk("rules", "载体 一（三）2")
    assert "记 载体制度 一（九）5" in desk("rules", "一（九）5")
    every = desk.json("rules")
    assert {row["force"] for row in every} == {"禁", "须", "宜", "记", "人", "期"}
    desk("rules", "没有这条", code=2)


def test_acts_list_every_act_with_its_fields(desk):
    """Scripts learn every act, its fields, what they take and which must be there."""
    acts = {act["act"]: act for act in desk.json("acts")}

    assert len(acts) == len(EVENTS) - len(COMMANDS)
    fields = {f["name"]: f for f in acts["lent"]["fields"]}
    assert fields["carrier"]["required"]
    assert not fields["due"]["required"]
    assert fields["due"]["takes"] == "日期"
    assert "借阅 lent" in desk("acts", "借阅")
    assert "责任人" in desk("add", "computer", "--fields")
    desk("acts", "飞行", code=2)


CSV = "资产编号,名称,责任人,序列号,颜色\nA2,甲,路人,S1,红\nA3,乙,路人,0,蓝\n"


def test_import_takes_all_rows_or_none(desk, tmp_path):
    """A good file is registered in one line of the book; a bad one leaves everything as it was."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(CSV, "utf-8")
    bad.write_text(CSV.replace("乙", "\x07"), "utf-8")
    command = ["import", good, "--as", "computer", "--set", "network=内部"]

    before = desk.files()
    report = desk.json("import", bad, "--as", "computer", code=4)
    assert (report["counts"]["created"], report["counts"]["rejected"]) == (0, 1)
    assert (report["errors"][0]["row"], report["errors"][0]["column"]) == (3, "B")
    assert "第3行 B列“名称”" in desk("import", bad, "--as", "计算机", code=4)
    assert desk.json(*command, "--dry-run")["counts"]["new"] == 2
    assert desk.files() == before

    report = desk.json(*command)
    counts = {name: count for name, count in report["counts"].items() if count}
    assert counts == {"read": 2, "created": 2, "new": 2}
    assert report["unmapped_columns"] == ["颜色"]
    assert report["taken_as_blank"] == [{"header": "序列号", "value": "0", "cells": 1}]
    assert report["numbers"] == ["JSJ-0002", "JSJ-0003"]
    assert desk.json(*command)["counts"]["unchanged"] == 2
    talk = desk.raw(*command).stderr
    assert "没有导入的列：颜色" in talk


def test_a_row_the_rules_refuse_keeps_the_file_out(desk, tmp_path):
    """A row that breaks a binding article is told with its row, and nothing is written."""
    path = tmp_path / "f.csv"
    path.write_text("编号,名称\nJZ-0002,甲\n", "utf-8")
    report = desk.json("import", path, "--as", "介质", code=4)

    assert report["errors"][0]["message"] == "已登记为JZ-0002，名称不同；要改请用更正登记"
    path.write_text("编号,名称,柜号\n,甲,G-99\n", "utf-8")
    report = desk.json("import", path, "--as", "介质", code=4)
    assert report["errors"][0]["message"] == "登记簿上没有这个柜编号"


def read_code(path):
    """The code of a label in a picture file."""
    (code,) = zxingcpp.read_barcodes(Image.open(path).convert("L"))
    return code.text


def test_labels_are_written_and_scan(desk, tmp_path):
    """A label's code leads back to its number from the command line, and a second one needs a reason."""
    desk("label", "JZ-0001", "-o", tmp_path / "a.png")
    code = read_code(tmp_path / "a.png")

    assert desk("scan", code) == "JZ-0001\n"
    assert desk("scan", code[:12], code[12:]) == "JZ-0001\n"
    assert desk.json("scan", code) == {"answer": "current", "number": "JZ-0001", "trouble": ""}
    refused = desk.raw("label", "--all", "medium", "-o", tmp_path / "a.pdf")
    assert refused.returncode == 4
    assert "补印的加 --reason" in refused.stderr
    assert not (tmp_path / "a.pdf").exists()
    done = desk.json("label", "--all", "medium", "--new", "-o", tmp_path / "a.pdf")
    assert (done["numbers"], done["pages"], done["state"]) == (["JZ-0002"], 1, "printed")
    assert "已经存在" in desk.raw("label", "--all", "medium", "-o", tmp_path / "a.pdf").stderr
    done = desk.json("label", "--all", "medium", "--reason", "磨损", "-o", tmp_path / "b.pdf")
    assert done["labels"] == 2
    stale = desk.json("scan", code, code=4)
    assert (stale["answer"], stale["number"]) == ("stale", "JZ-0001")
    assert "磨损" in desk.raw("scan", code).stderr
    desk("do", "清退", "载体清单=JZ-0001", "去向=厅", "领取人=甲")
    again = ("label", "--all", "medium", "--reason", "磨损", "-o", tmp_path / "c.pdf")
    assert desk.json(*again)["labels"] == 1
    assert desk.json("scan", "1" * 24, code=4)["answer"] == "foreign"
    desk("label", "X", "-o", tmp_path / "x.pdf", code=4)
    desk("label", "JZ-0001", "-o", tmp_path / "missing" / "x.pdf", "--reason", "x", code=4)
    desk("label", "JZ-0002", "-o", tmp_path / "missing" / "x.pdf", "--reason", "x", code=1)


def test_labels_that_are_due_are_listed_and_printed(desk, tmp_path):
    """What has no label and what has a stale one is listed with its cause, and printed by that."""
    due = desk.json("label", "list")
    assert [each["number"] for each in due["new"]] == ["JZ-0001", "JZ-0002", "JSJ-0001", "G-01"]
    desk("label", "--new", "-o", tmp_path / "new.pdf")
    desk("do", "更正登记", "种类=介质", "编号=JZ-0001", "责任人=李四")
    table = desk("label", "list")
    assert "责任人由王敏改为李四" in table
    assert "JZ-0002" not in table
    assert desk.json("label", "--changed", "-o", tmp_path / "b.pdf")["numbers"] == ["JZ-0001"]
    assert desk.json("label", "list") == {"new": [], "changed": []}
    assert "没有要打印的标签" in desk.raw("label", "--new", "-o", tmp_path / "c.pdf").stderr
    assert "标签：第2张" in desk("show", "JZ-0001")
    filtered = desk.json(
        "label",
        "G-01",
        "--all",
        "medium",
        "--where",
        "密级=绝密",
        "--reason",
        "x",
        "-o",
        tmp_path / "d.pdf",
    )
    assert filtered["numbers"] == ["G-01", "JZ-0002"]
    assert "打印标签" in desk("log", "JZ-0001")


def test_a_label_is_shown_in_the_terminal(desk):
    """The preview is half blocks on standard output and the true size in words beside it."""
    out = desk.raw("label", "show", "JSJ-0001", "--printer", "file-pdf")

    assert out.stdout.startswith("┌─")
    assert "实际60.0×40.0毫米，每英寸300点" in out.stderr
    desk("label", "show", "JSJ-0001", "--template", "computer-50x30")


def test_templates_are_checked_listed_and_copied(desk):
    """Every template is tried; a copy in the room is the room's own from then on."""
    assert all(not each["faults"] for each in desk.json("label", "check"))
    assert "都扫得出" in desk("label", "check", "medium-40x12", "--dpi", "203")
    path = Path(desk("label", "files", "--copy", "medium-40x12").strip())
    path.write_text(path.read_text("utf-8").replace("w = 16.6", "w = 6.6"), "utf-8")
    assert "文字“{number}”放不下" in desk("label", "check", "medium-40x12", code=4)
    assert desk.json("label", "check", "medium-40x12", code=4)[0]["faults"][0]["dpi"] == 203
    rows = {row["id"]: row for row in desk.json("label", "files")}
    assert rows["medium-40x12"]["from"] == "本台账"
    assert rows["a4-3x7"]["what"] == "标签纸"
    assert "标签机" in desk("label", "files")
    path.write_text("format = ", "utf-8")
    desk("label", "check", code=5)


def test_blank_labels_go_through_the_command_line(desk, tmp_path):
    """Blank labels are printed, scanned as blank, bound to a carrier and scanned as its own."""
    done = desk.json("label", "blank", "1", "--level", "机密", "-o", tmp_path / "b.png")
    assert done["numbers"] == ["KB-00001"]
    code = read_code(tmp_path / "b.png")
    assert desk.json("scan", code, code=4)["answer"] == "blank"
    desk("label", "bind", code, "JZ-0002", code=4)
    assert desk.json("label", "bind", code, "JZ-0001")["number"] == "JZ-0001"
    assert desk("scan", code) == "JZ-0001\n"
    assert (
        "已经贴在JZ-0001上"
        in desk.raw("do", "贴空白标签", "贴在=JZ-0002", "空白标签=KB-00001").stderr
    )
    desk("label", "bind", code, "JZ-0001", code=4)


def test_keys_are_changed_and_old_labels_stay_good(desk, tmp_path):
    """A new key says that the key file has to be backed up again."""
    desk("label", "JZ-0001", "-o", tmp_path / "a.png")
    assert "重新备份" in desk.raw("label", "key", "--reason", "换人").stderr
    assert desk("scan", read_code(tmp_path / "a.png")) == "JZ-0001\n"


def test_a_calibration_page_says_what_to_do_with_it(desk, tmp_path):
    """The page comes with instructions for rulers and codes."""
    out = desk.raw("label", "calibrate", "-o", tmp_path / "c.pdf", "--sheet", "a4-3x7")

    assert out.returncode == 0
    assert "scale_x" in out.stderr


def test_a_printer_that_is_off_leaves_no_doubt(desk):
    """A label that never reached its printer is said to be void, in words and for scripts."""
    folder = desk.folder / "labels" / "printers"
    folder.mkdir(parents=True)
    text = 'format=1\n[printer]\nid="usb"\nname="标签机"\nlanguage="tspl"\ndpi=203\n'
    (folder / "usb.toml").write_text(text + 'target="socket://127.0.0.1:9"\n', "utf-8")
    assert desk.json("label", "JZ-0001", "--printer", "标签机", code=1)["state"] == "nothing"
    said = desk.raw("label", "JZ-0001", "--printer", "usb")

    assert "没有开机" in said.stderr
    assert "已记为作废" in said.stderr
    assert "没有标签的4件" in desk.raw("label", "list").stderr


def test_a_full_disk_prints_nothing(desk, tmp_path):
    """When the file of labels does not fit on the disk, nothing is recorded and nothing is left."""
    before = desk.files()
    limit = 8_000
    out = subprocess.run(
        [
            sys.executable,
            "-c",
            "from ledger.cli import main; main()",
            "--room",
            desk.folder,
            "label",
            "--new",
            "-o",
            tmp_path / "a.pdf",
        ],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # or half a module would be kept
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert out.returncode == 1
    assert "文件超过允许的大小" in out.stderr
    assert desk.files() == before
    assert not list(tmp_path.glob("a.pdf*"))


def test_the_doctor_speaks_with_and_without_a_room(desk, tmp_path):
    """The machine is looked at anywhere, a room's files where there is one."""
    abouts = {note["about"] for note in json.loads(desk.raw("doctor", "--json").stdout)}
    outside = Terminal(tmp_path).raw("doctor")

    assert {"字体", "标签密钥"} <= abouts
    assert "好  字体" in outside.stdout
    assert "标签密钥" not in outside.stdout


HOSTILE = [
    (["show", "没有的编号"], "", 2),
    (["show", "[/x]"], "", 2),
    (["show", "a\x1b[2Jb"], "", 2),
    (["list", "飞机"], "", 2),
    (["add", "medium", "--level", "超密"], "", 2),
    (["add", "medium", "--level", "SECRET"], "", 2),
    (["add", "medium", "--started_on", "2026-02-30"], "", 2),
    (["add", "medium", "--name", "[/x]"], "", 2),
    (["add", "medium", "--name", "a\x1b[2Jb"], "", 2),
    (["add", "medium", "--name", "前\u202e后"], "", 2),
    (["add", "medium", "--name", "长" * 10_000_000], "", 2),
    (["add", "medium", "--colour", "红"], "", 2),
    (["add", "medium", "--serial", "1", "--serial", "2"], "", 2),
    (["add", "medium", "--serial"], "", 2),
    (["add", "medium", "--number", "JZ-0001"], "", 4),
    (["add"], "", 2),
    (["do", "飞行"], "", 4),
    (["do", "归还", "载体"], "", 2),
    (["do", "-", "载体=1"], "", 2),
    (["do", "归还", "载体=没有的"], "", 4),
    (["do", "-"], '{"act": "归还", "carrier": ', 5),
    (["do", "-"], b'\xff\xfe{"act"', 5),
    (["do", "-"], "[" * 100_000, 5),
    (["do", "-"], '{"act": "登记", "kind": "介质", "level": "超密"}', 4),
    (["do", "-"], '{"act": "归还", "carrier": "JZ-0001", "on": "2026-02-30"}', 4),
    (["do", "-"], '{"act": "归还", "carrier": "[/x]"}', 4),
    (["do", "-"], json.dumps({"act": "登记", "kind": "介质", "name": "长" * 10_000_000}), 4),
    (["do", "-"], '{"act": "归还", "carrier": "WJ-2026-0001", "on": "2199-01-01"}', 4),
    (["do", "-"], "null", 4),
    (["do", "-"], '{"act": "登记", "kind": "介质", "serial": "1", "serial": "2"}', 4),
    (["do", "-"], '{"act": "登记", "kind": "介质", "serial": "1", "序列号": "2"}', 4),
    (["do", "-"], '{"act": "登记", "kind": "介质", "serial": NaN}', 5),
    (["do", "-"], '{"act": "登记", "kind": "介质", "serial": 1e400}', 5),
    (["do", "-"], '{"act": "登记", "kind": "介质", "serial": "\\ud800"}', 4),
    (["do", "收文", "标题=甲", "来文单位=厅", "组成文稿=没有的"], "", 4),
    (["do", "归还", "载体=JZ-0001", "载体=JZ-0002"], "", 2),
    (["do", "归还", "载体=JZ-0001", "--reason", "忘了"], "", 2),
    (["add", "medium", "--reason", "忘了"], "", 2),
    (["add", "medium", "--serial", "--json"], "", 2),
    (["add", "medium", "--serial", "1", "--序列号", "2"], "", 2),
    (["add", "paper", "--title", "甲", "--made_from", "没有的"], "", 4),
    (["--by", "", "add", "medium"], "", 2),
    (["--by", "a\x1b[2Jb", "add", "medium"], "", 2),
    (["--by", "[/x]", "add", "medium"], "", 2),
    (["--by", "长" * 1000, "add", "medium"], "", 2),
    (["--by", "\udcff", "add", "medium"], "", 2),
    (["--password-fd", "x", "list", "medium"], "", 2),
    (["show", "\udcff"], "", 2),
    (["may", "机密", "into", "a\x1b[2Jb"], "", 2),
    (["report", "check", "a\x1b[2Jb"], "", 2),
    (["label", "key", "--reason", "a\x1b[2Jb"], "", 2),
    (["today", "--days", "3661"], "", 2),
    (["calendar", "明年"], "", 2),
    (["count", "read", "G-01"], "", 2),
    (["import", "undo", "1", "--reason", "a\x1b[2Jb"], "", 2),
    (["may", "超密", "into", "JZ-0001"], "", 2),
    (["import", "没有.csv", "--as", "medium"], "", 5),
    (["import", "x.csv"], "", 2),
    (["balance", "--on", "2026-13-01"], "", 2),
    (["label", "JZ-0001", "-o", "x.svg"], "", 2),
    (["label", "JZ-0001"], "", 2),
    (["label", "JZ-0001", "--printer", "没有的"], "", 2),
    (["label", "JZ-0001", "-o", "x.pdf", "--template", "medium-40x21"], "", 2),
    (["label", "JZ-0001", "-o", "x.pdf", "--template", "cabinet-100x70"], "", 4),
    (["label", "JZ-0001", "-o", "x.pdf", "--sheet", "a4-3x7", "--start", "22"], "", 2),
    (["label", "JZ-0001", "-o", "x.pdf", "--skip", "一"], "", 2),
    (["label", "JZ-0001", "-o", "x.png", "--sheet", "a4-3x7"], "", 4),
    (["label", "JZ-0001", "-o", "x.pdf", "--sheet", "a4-25x15"], "", 2),
    (["label", "--all", "飞机", "-o", "x.pdf"], "", 2),
    (["label", "--all", "medium", "--where", "level", "-o", "x.pdf"], "", 2),
    (["label", "--all", "medium", "--where", "密=机密", "-o", "x.pdf"], "", 4),
    (["label", "JZ-0001", "--where", "level=机密", "-o", "x.pdf"], "", 2),
    (["label", "[/x]", "-o", "x.pdf"], "", 4),
    (["label", "show", "没有的"], "", 4),
    (["label", "check", "没有的"], "", 2),
    (["label", "check", "--dpi", "72"], "", 2),
    (["label", "files", "--copy", "没有的"], "", 2),
    (["label", "blank", "0", "-o", "x.pdf"], "", 2),
    (["label", "blank", "1001", "-o", "x.pdf"], "", 2),
    (["label", "blank", "三", "-o", "x.pdf"], "", 2),
    (["label", "JZ-0001", "-o", "x.pdf", "--start", "x"], "", 2),
    (["label", "JZ-0001", "-o", "x.pdf", "--wait", "-1"], "", 2),
    (["label", "blank", "3", "--level", "超密", "-o", "x.pdf"], "", 2),
    (["label", "bind", "1" * 24, "JZ-0001"], "", 4),
    (["label", "bind", "123", "JZ-0001"], "", 2),
    (["label", "key"], "", 2),
    (["label", "calibrate"], "", 2),
    (["label", "calibrate", "-o", "x.png"], "", 4),
    (["label", "show"], "", 2),
    (["scan", "9" * 10_000], "", 2),
    (["scan", "[/x]"], "", 2),
    (["scan"], "", 2),
    (["label", "-o", "x.pdf"], "", 4),
    (["nothing"], "", 2),
    (["list", "medium", "--nothing"], "", 2),
    (["list", "medium", "extra"], "", 2),
]


@pytest.mark.parametrize(
    ("args", "stdin", "code"), HOSTILE, ids=[f"{i}" for i in range(len(HOSTILE))]
)
def test_bad_input_gets_one_sentence_and_changes_no_byte(desk, args, stdin, code):
    """Whatever is wrong is said in short clear Chinese, and every file is as it was."""
    before = desk.files()
    out = desk.raw(*args, stdin=stdin)

    assert out.returncode == code, out.stderr
    assert desk.files() == before
    said = out.stderr + out.stdout
    assert re.search("[\u4e00-\u9fff]", said)
    assert len(said) < 1500
    assert "Traceback" not in said
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    english = (
        set(ENGLISH.findall(said))
        - ALLOWED
        - {"SECRET", "colour", "csv", "svg", "nothing", "extra", "kind", "DCFF"}
    )
    assert not english


def test_every_command_explains_itself_in_chinese():
    """No help page has an English word that an officer would have to look up."""
    pages = [CliRunner().invoke(cli, ["--help"]).output]
    for name, command in cli.commands.items():
        parts = getattr(command, "commands", ())
        asked = ([name], *([name, part] for part in parts))
        pages += [CliRunner().invoke(cli, [*words, "--help"]).output for words in asked]
    for page in pages:
        words = set(ENGLISH.findall(page)) - ALLOWED
        assert not words, words
        assert "用法：" in page


def test_no_command_is_help():
    """Without a command the help is shown."""
    with redirect_stdout(StringIO()) as out:
        code = run(cli, [])

    assert code == 2
    assert "命令" in out.getvalue()


def test_a_room_is_made_once(desk):
    """A folder in use is left alone, and a unit has a name."""
    before = desk.files()
    desk("init", desk.folder, "--unit", "别的", code=2)
    desk("init", desk.folder.parent / "new", "--unit", " ", code=2)
    desk("init", desk.folder.parent / "new", code=2)
    desk("init", desk.folder.parent / "new", "--unit", "局", "--pack", "没有", code=5)
    assert desk.files() == before

    assert desk.json("init", desk.folder.parent / "newer", "--unit", "局")["unit"] == "局"


def test_the_demonstration_goes_through_the_main_jobs(tmp_path):
    """The demonstration room registers, imports, is refused with articles, prints and verifies."""
    out = Terminal(tmp_path)("demo", tmp_path / "示范室")

    assert "不能办理" in out
    assert "依据  载体制度 一（四）3" in out
    assert "账本完整" in out
    assert (tmp_path / "示范室" / "labels.pdf").stat().st_size > 10_000
    again = Terminal(tmp_path / "示范室")
    assert len(again.json("list", "computer")) == 11
    assert again.json("verify")["holds"]


def test_a_fault_of_our_own_is_told_without_a_traceback(desk, monkeypatch):
    """An officer never sees a traceback, whatever breaks."""

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("ledger.cli.keeping.verify_folder", broken)
    out = desk.raw("verify")
    assert out.returncode == 1
    assert "程序内部出错" in out.stderr
    assert "Traceback" not in out.stderr

    monkeypatch.setenv("BAOMI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        desk.raw("verify")


def test_interruptions_are_told(desk, monkeypatch):
    """Ctrl-C says what can be relied on and where to look for the rest."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("ledger.cli.keeping.verify_folder", interrupted)
    out = desk.raw("verify")

    assert out.returncode == 1
    assert "已中断。回答过的都在账上" in out.stderr
    assert "没有写入" not in out.stderr


def baomi(*args, **kwargs):
    return subprocess.run(
        [sys.executable, "-c", "from ledger.cli import main; main()", *map(str, args)],
        capture_output=True,
        check=False,
        **kwargs,
    )


def test_the_program_runs_under_any_locale(tmp_path):
    """Chinese is printed as UTF-8 even where the locale knows only ASCII."""
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out = baomi("init", tmp_path / "r", "--unit", "示范局", env=env)

    assert out.returncode == 0, out.stderr
    assert "已为示范局开账".encode() in out.stderr


def test_a_pipe_that_closes_early_is_no_fault(desk):
    """`baomi list medium | head -0` ends quietly."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from ledger.cli import main; main()",
            "--room",
            str(desk.folder),
            "rules",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()

    assert process.wait() == 0
    assert said == b""
