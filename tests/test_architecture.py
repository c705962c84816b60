"""What the import contracts cannot see: late imports, clocks, sizes, and words that may not be."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import trouble
from ledger.cli.desk import _CODES

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
WANTED_MODULE = 300
"""Few modules pass the 250 lines aimed at; none may drift far beyond without being split."""


def fresh(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_the_pure_part_loads_nothing_that_touches_the_world():
    """`import ledger` in a fresh interpreter loads no database, picture, screen or command."""
    loaded = set(fresh("import sys; import ledger; print(*sys.modules)"))
    heavy = {"tinydb", "PIL", "textual", "click", "cattrs", "qrcode", "openpyxl", "cryptography"}
    heavy |= {"docx", "lxml", "xlrd", "xlsxwriter"}

    assert not loaded & heavy
    assert not {name for name in loaded if name.startswith(("ledger.room", "ledger.store"))}


def test_the_pure_part_opens_no_file():
    """Once its modules are in, using the pure part opens nothing."""
    code = (
        "import sys, ledger; opened = [];"
        "sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == 'open' else None);"
        "ledger.Mark.parse('机密★10年'); ledger.fold(());"
        "print(*opened)"
    )

    assert fresh(code) == []


def test_help_needs_no_drawing_library():
    """Asking for help does not wait for what only printing needs."""
    loaded = set(fresh("import sys; from ledger.cli import cli; print(*sys.modules)"))

    assert not loaded & {"openpyxl", "docx", "lxml", "xlrd", "xlsxwriter"}


def test_a_list_waits_for_nothing_it_does_not_show():
    """Reading a register loads no picture, no decoder of labels and no pool of processes."""
    asked = "import sys; import ledger.cli, ledger.cli.pages; print(*sys.modules)"
    loaded = set(fresh(asked))

    assert not loaded & {"PIL", "zxingcpp", "ledger.printing.proof", "multiprocessing"}


def test_the_screens_wait_for_no_command():
    """What opens the screens loads no command, no form, no printer and no import."""
    asked = "import sys; import ledger.cli.desk, tui.app, tui.screens.today; print(*sys.modules)"
    loaded = set(fresh(asked))
    late = {"ledger.cli.pages", "ledger.forms", "ledger.printing.proof", "ledger.reports"}

    assert not loaded & (late | {"ledger.exchange.importing", "PIL", "zxingcpp"})


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def test_no_clock_is_read_below_the_room():
    """Only the room asks what time it is; everything below is told."""
    asking = {
        path.relative_to(ROOT / "src" / "ledger").as_posix()
        for path in SOURCES
        if {"now", "today", "utcnow"} & set(_calls(ast.parse(path.read_text("utf-8"))))
    }

    assert asking == {"room/room.py"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_modules_and_functions_stay_small(path):
    """A module fits in the head and a function on the screen."""
    text = path.read_text("utf-8")
    lengths = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }

    assert text.count("\n") <= WANTED_MODULE
    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_no_module_is_called_what_everything_is():
    """Files are nouns an officer would use."""
    banned = {"utils", "helpers", "manager", "handler", "common", "misc", "base", "core"}

    assert not {path.stem for path in SOURCES} & banned


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_every_module_says_what_it_is(path):
    """A module opens with a sentence that ends."""
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))

    assert said
    assert said.splitlines()[0].rstrip()[-1] in ".。:?"


def test_every_test_states_a_fact():
    """A test's docstring is a sentence about the ledger."""
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = ast.get_docstring(node)
                assert said, f"{path.name}: {node.name}"
                assert said.endswith("."), f"{path.name}: {node.name}"


def test_officers_are_spoken_to_in_chinese():
    """A message that is raised or said holds no English word but names an officer types."""
    known = {
        "baomi",
        "init",
        "verify",
        "log",
        "room",
        "toml",
        "journal",
        "json",
        "XLSX",
        "CSV",
        "UTF",
        "GB",
        "SM",
        "PNG",
        "PDF",
        "pdf",
        "png",
        "act",
        "returned",
        "happened",
        "reason",
        "help",
        "into",
        "may",
        "acts",
        "format",
        "map",
        "seq",
        "year",
        "person",
        "add",
        "kind",
        "paper",
        "for",
        "role",
        "by",
        "paper_no",
        "unset",
        "on",
        "JSON",
        "U",
        "MB",
        "revised",
        "inherits",
        "approvals",
        "rebuild",
        "redact",
        "backup",
        "onto",
        "Ed",
        "printer",
        "qr",
        "item",
        "width",
        "true",
        "false",
        "target",
        "language",
        "device",
        "dev",
        "usb",
        "lp0",
        "lp",
        "tspl",
        "zpl",
        "rotate",
        "pitch_x_mm",
        "pitch_y_mm",
        "file",
        "text",
        "id",
        "offset",
        "template",
        "sheet",
        "where",
        "all",
        "dpi",
        "labels",
        "JSONL",
        "ODS",
        "XLS",
        "XLSB",
        "XML",
        "abort",
        "skip",
        "html",
        "bureau",
        "take",
        "spark",
        "ledger",
        "pip",
        "install",
        "Spark",
        "DuckDB",
        "Java",
        "Debian",
        "default",
        "jre",
        "headless",
        "SQL",
        "sql",
        "Parquet",
        "hand",
        "in",
        "computer",
        "import",
        "batches",
        "utf",
        "big5",
        "xlsx",
        "WJ",
        "list",
        "case",
        "mdy",
        "dmy",
        "roc",
        "seal",
        "give",
        "count",
        "start",
    }
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise) and node.exc is not None:
                texts = [n.value for n in ast.walk(node.exc) if isinstance(n, ast.Constant)]
                for text in texts:
                    if isinstance(text, str) and re.search(r"[\u4e00-\u9fff]", text):
                        typed = re.sub(r"--[a-z-]+", "", text)  # options stand as they are typed
                        words = set(re.findall(r"[A-Za-z_]{2,}", typed))
                        assert words <= known, (path.name, text)


_INTERNAL = {
    "Misread",
    "NoDay",
    "InvalidMask",
    "NoAnswer",
    "WrongPassword",
    "TornLine",
    "Altered",
    "NoPostings",
}
_INTERNAL |= {"NoSnapshot", "_Stalled", "Twice"}
"""What is caught where it is raised, and told in other words."""


def _exceptions():
    """Every exception class of the ledger, by its module and name."""
    for path in SOURCES:
        module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        if module.startswith("ledger.") and "(" in path.read_text("utf-8"):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and node.bases:
                    found = getattr(importlib.import_module(module), node.name)
                    if issubclass(found, Exception):
                        yield found


def test_every_fault_an_officer_is_told_of_has_one_kind():
    """The command line has an exit code and the screens a sentence for every exception the ledger raises."""
    kinds = set(trouble.Trouble.__subclasses__())
    found = [each for each in _exceptions() if each is not trouble.Trouble and each not in kinds]

    assert len(found) > 40
    for each in found:
        told = issubclass(each, tuple(kinds))
        assert told or each.__name__ in _INTERNAL, each
    assert set(_CODES) == kinds
