"""Who may write which act: one table, asked of the rule; `test_doors` asks the room and its faces."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.access import APART, OperatorRole, combined
from ledger.event import EVENTS
from ledger.exchange.script import COMMANDS
from ledger.notation.words import ACTS, act_name
from ledger.rule import Desk, ask, by_subject
from ledger.rules.access.roles import MAY, acts_keep_to_their_roles
from tests.doors import raw_of
from tests.guardroom import PASSWORDS, _cheap, guarded  # noqa: F401 - a fixture
from tests.world import PACK, TODAY
from tests.world import by as signed_in
from tests.world import guarded as world_with_operators

TABLE = Path(__file__).parent / "cases" / "roles.tsv"
HEAD, *ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()]
CELLS = {
    (act, OperatorRole(role)): cell == "可"
    for act, *cells in ROWS
    for role, cell in zip(HEAD[1:], cells, strict=True)
}
RULE = acts_keep_to_their_roles.name


def test_the_table_has_every_act_and_every_role():
    """No act and no role is left out of the table of who may write what."""
    assert ["事项", *OperatorRole] == HEAD
    assert [act for act, *_ in ROWS] == list(ACTS.values())
    assert set(MAY) == set(EVENTS)


@pytest.mark.parametrize("kind", EVENTS, ids=act_name)
def test_an_act_is_written_in_the_roles_the_table_says(kind):
    """For every act and every role the rule refuses exactly where the table does."""
    book = world_with_operators()
    rules = by_subject([acts_keep_to_their_roles])
    for role in OperatorRole:
        register = book.after(
            {"act": "授予职责", "operator": "陈刚", "roles": role.value}, **signed_in(book, "王敏")
        ).register
        desk = Desk(register=register, pack=PACK, on=TODAY, **signed_in(book, "陈刚"))
        found = [finding.rule for finding in ask(kind.__new__(kind), desk, rules)]

        assert found == ([] if CELLS[ACTS[kind], role] else [RULE])


def test_the_auditor_writes_no_business():
    """An auditor signs in and changes his own password, and writes nothing else."""
    allowed = {act for act, role in CELLS if role is OperatorRole.AUDITOR and CELLS[act, role]}

    assert allowed == {"登录", "登录失败", "更换登录口令"}


def test_a_program_never_approves():
    """A program takes things in, and neither asks, approves, witnesses nor administers."""
    allowed = {act for act, role in CELLS if role is OperatorRole.PROGRAM and CELLS[act, role]}

    assert allowed == {"登记", "更正登记", "导入", "登录", "登录失败", "更换登录口令"}


def test_roles_apart_are_those_of_the_standard():
    """Every pair of roles is allowed or not, and the auditor stands alone."""
    pairs = [(a, b) for n, a in enumerate(OperatorRole) for b in list(OperatorRole)[n + 1 :]]
    refused = {f"{a}和{b}" for a, b in pairs if list(combined({a, b}))}

    assert len(pairs) == 21
    assert refused == {
        *(f"{role}和安全审计员" for role in list(OperatorRole)[:5]),
        *(f"{role}和程序" for role in list(OperatorRole)[:6]),
        *(f"{role}和系统管理员" for role in list(OperatorRole)[:3]),
    }
    assert len(APART) == len(refused)


def test_a_script_is_answered_by_the_rule(tmp_path):
    """What a program sends on the real command line is refused by the table's rule, line by line."""
    guarded(tmp_path / "r").close()
    kinds = [kind for kind in EVENTS if kind not in COMMANDS]
    raws = [raw_of(kind) for kind in kinds]
    reading, writing = os.pipe()
    os.write(writing, PASSWORDS["导入程序"].encode() + b"\n")
    os.close(writing)
    code = (  # the room's own day, whatever this machine's is
        "from ledger.room import room;"
        "room.now.__code__ = (lambda: __import__('datetime').datetime(2026, 6, 15, 12)).__code__;"
        "from ledger.cli import main; main()"
    )
    arguments = [
        *("--room", "r", "--by", "导入程序", "--password-fd", str(reading)),
        "do",
        "-",
        "--json",
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input="\n".join(json.dumps(raw, ensure_ascii=False) for raw in raws),
        capture_output=True,
        text=True,
        check=False,
        pass_fds=[reading],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    os.close(reading)
    answers = [json.loads(line) for line in done.stdout.splitlines()]

    assert len(answers) == len(raws), done.stderr
    for kind, answer in zip(kinds, answers, strict=True):
        rules = {each.get("rule") for each in answer.get("refused", ())}
        assert (RULE in rules) != CELLS[ACTS[kind], OperatorRole.PROGRAM], ACTS[kind]


def test_acts_with_commands_of_their_own_are_written_by_nothing_else():
    """What checks a password or asks for approval has one way in."""
    own = {ACTS[kind] for kind in COMMANDS}

    assert {"设操作员", "更换登录口令", "登录", "登录失败", "申请", "查看"} <= own


def test_faces_decide_nothing():
    """Neither commands nor screens look at a rule, or at who may do what."""
    root = Path(__file__).parents[1] / "src"
    for path in (*(root / "ledger" / "cli").rglob("*.py"), *(root / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("ledger.rules.access") for name in names), path
