"""Documents that fail the build when they lie."""

import re
from pathlib import Path

import ledger
from ledger import event
from ledger.cli import cli
from ledger.forms.form import shipped
from ledger.notation.words import ACTS, act_name

ROOT = Path(__file__).parents[1]


def text(name):
    return (ROOT / name).read_text("utf-8")


def test_the_glossary_fixes_every_act():
    """Each act stands in the glossary with both its names."""
    glossary = text("docs/glossary.md")
    for kind, name in ACTS.items():
        assert f"| {name} | `{act_name(kind)}` |" in glossary


def test_the_glossary_names_what_exists():
    """Each class the glossary names is one the code has."""
    known = {name for name in dir(ledger) if name[0].isupper()} | {
        "Anchor",
        "Batch",
        "Session",
        "Counting",
        "Listed",
        "Round",
        "Standing",
        "Body",
        "Book",
        "CarrierNo",
        "Case",
        "Label",
        "Issue",
        "Template",
        "Sheet",
        "Snapshot",
        "Printer",
        "Compartment",
        "Custody",
        "Event",
        "Form",
        "Mailbox",
        "Phone",
        "Reading",
        "Regulation",
        "Rule",
        "Action",
        "Directory",
        "Ciphertext",
        "ContentKey",
        "Doing",
        "Draft",
        "RecordPage",
        "Today",
    }
    named = set(re.findall(r"`([A-Z]\w+)`", text("docs/glossary.md")))

    assert named <= known


def test_the_tour_leads_to_files_that_are_there():
    """Each file the tour names can be opened."""
    for name in re.findall(r"[`\w/]*?([a-z_/]+(?:\.py|/))`", text("docs/tour.md")):
        found = [
            ROOT / name,
            ROOT / "src/ledger" / name,
            ROOT / "src/ledger/register" / name,
            ROOT / "src" / name,
            ROOT / "src/ledger/counting" / name,
            ROOT / "src/ledger/store" / name,
            ROOT / "src/ledger/room" / name,
            ROOT / "src/ledger/printing" / name,
            ROOT / "src/ledger/exchange" / name,
            ROOT / "src/ledger/forms" / name,
            ROOT / "src/tui" / name,
        ]
        assert any(path.exists() for path in found), name


def test_the_readmes_use_commands_that_exist():
    """Each `baomi` command in a README is one the program has."""
    for name in ("README.md", "README.zh-CN.md"):
        used = set(re.findall(r"baomi ([a-z]+(?:-[a-z]+)*)", text(name)))
        assert used
        assert used <= set(cli.commands)


def test_every_command_is_in_a_readme():
    """No command has to be discovered."""
    both = text("README.md") + text("README.zh-CN.md")
    unnamed = {name for name in cli.commands if f"baomi {name}" not in both}

    assert unnamed <= {"list", "show", "log", "rules"}


def test_every_form_has_a_picture():
    """Each form that is shipped is shown in the documents, and no picture is left over."""
    page = text("docs/forms.md")
    pictures = {path.name for path in (ROOT / "docs" / "forms").glob("*.png")}

    assert set(re.findall(r"forms/(\w+\.png)", page)) == pictures
    assert {f"{name}.png" for name in shipped()} <= pictures


def test_every_exported_name_is_in_the_shop_window():
    """What the package offers is listed, and what is listed is there."""
    assert all(hasattr(ledger, name) for name in ledger.__all__)
    assert set(event.__all__) <= set(ledger.__all__)


def test_each_dependency_has_its_reason_beside_it():
    """Nothing is installed without a sentence that says what for."""
    listed = re.search(r"\ndependencies = \[\n(.*?)\n\]", text("pyproject.toml"), re.DOTALL)[1]
    for line in listed.splitlines():
        assert re.search(r'">?.*",\s+# \w', line), line
    pinned = {line.split("==")[0] for line in text("constraints.txt").splitlines() if "==" in line}
    assert set(re.findall(r'"([a-zA-Z-]+)>=', listed)) <= pinned
