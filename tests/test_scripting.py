"""The page for programmers does what it says: every command on it is run, every answer compared."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.cli.speech import Exit

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "scripting.md").read_text("utf-8")


def commands():
    """Every command of the page in order, with what it should print."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            yield command, expected


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_every_command_of_the_page_prints_what_the_page_says(tmp_path):
    """A programmer who types what he reads gets what he reads."""
    program = tmp_path / "bin" / "baomi"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from ledger.cli import main; main()" "$@"\n'
    )
    program.chmod(0o755)
    script, mark = [], "---8<---"
    known = list(commands())
    for command, _ in known:
        script += [f"{command} 2>&1" if "2>" not in command else command, f"echo '{mark}'"]
    env = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    out = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    printed = out.stdout.split(f"{mark}\n")

    assert len(known) > 20
    for (command, expected), found in zip(known, printed, strict=False):
        assert found == expected, command


def test_the_page_names_every_code_of_an_error():
    """A script can look up whatever code the report of an import may have."""
    groups = "cell|number|value|date|row|key|text|level|mark|approval|copies|field"
    used = {"differs", "missing", "rule"}
    for path in (ROOT / "src" / "ledger").rglob("*.py"):
        used |= set(re.findall(rf'"((?:{groups})\.[a-z_]+)"', path.read_text("utf-8")))
    named = set(re.findall(r"`([a-z]+(?:\.[a-z_]+)?)`", PAGE))

    assert used <= named
    assert {name for name in named if "." in name and name.split(".")[0] in groups} <= used


def test_the_page_names_every_code_of_exit():
    """Scripts rely on the exit codes, so the page has them all."""
    assert all(f" {code.value} " in PAGE or f": {code.value} " in PAGE for code in Exit)
