"""The made-up unit that the cases start from, and how a case is put to the rules."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import evolve, fields

from ledger import (
    EMPTY,
    Act,
    BackedUp,
    Circumstances,
    Finding,
    HandedIn,
    Imported,
    Level,
    Numbering,
    Opened,
    Pack,
    Proposal,
    Register,
    Voided,
    check,
    propose,
)
from ledger.event.access import (
    ContentKeyGiven,
    ContentKeyWritten,
    CredentialSet,
    OperatorAdded,
    Requested,
    SignedIn,
    SignInFailed,
    Viewed,
    Wanted,
)
from ledger.exchange.field import read_value
from ledger.exchange.script import Line, read_act
from ledger.packfile import load
from ledger.register.fold import changes_of
from ledger.rule import DOOR

COMMANDED = {
    "备份": BackedUp,
    "报送": HandedIn,
    "设操作员": OperatorAdded,
    "更换登录口令": CredentialSet,
    "登录": SignedIn,
    "登录失败": SignInFailed,
    "授予内容密钥": ContentKeyGiven,
    "抄写内容密钥": ContentKeyWritten,
    "查看": Viewed,
    "导入": Imported,
}
"""Acts that only a command writes."""
CASES = Path(__file__).parent / "cases"
WORLD = tomllib.loads((CASES / "world.toml").read_text("utf-8"))
TODAY: date = WORLD["today"]
PACK = Pack.of(tomllib.loads((files("ledger") / "packs" / "jiangmen.toml").read_text("utf-8")))
META = (
    "like",
    "given",
    "on",
    "check",
    "without",
    "by",
    "pack",
    "room",
    "at",
    "saw",
    "session",
    "guarded",
)
"""Words of a case that are not fields of its act."""


class Book:
    """A register and the acts behind it, without a folder."""

    def __init__(self, register: Register = EMPTY, acts: tuple[Act, ...] = ()) -> None:
        self.register = register
        self.acts = acts

    def propose(self, raw: Mapping[str, Any], pack: Pack = PACK, **when: Any) -> Proposal:
        """What the rules say of an act written as a script writes it."""
        line = line_of(raw, self.register)
        moment = {"at": datetime.combine(TODAY, datetime.min.time()), **line.circumstances, **when}
        undoing = ()
        if isinstance(line.event, Voided):
            undoing = changes_of(self.acts, line.event.voids)
        return propose(
            line.event,
            register=self.register,
            pack=pack,
            circumstances=Circumstances(**moment),
            undoing=undoing,
            meanwhile=self.acts[moment.get("saw", len(self.acts)) :],
        )

    def after(self, raw: Mapping[str, Any], **when: Any) -> "Book":
        """The book with one more act, recorded whatever the rules say."""
        proposal = self.propose(raw, happened="前情", **when)
        assert not proposal.refused, [str(f) for f in proposal.findings]
        return Book(proposal.register, (*self.acts, proposal.act))


def line_of(raw: Mapping[str, Any], register: Register) -> Line:
    """The act as a script writes it, or one that only a command does."""
    told = {key: value for key, value in raw.items() if key != "act"}
    if raw["act"] == "申请":
        wanted = Wanted(line_of(told.pop("wanted"), register).event)
        return Line(Requested(wanted=wanted, **told), {})
    if raw["act"] in COMMANDED:
        kind = COMMANDED[raw["act"]]
        types = {each.name: each.type for each in fields(kind)}
        return Line(kind(**{key: read_value(types[key], told[key]) for key in told}), {})
    return read_act(raw, register)


@cache
def world() -> Book:
    """The unit as world.toml describes it."""
    opened = Opened(
        unit=WORLD["unit"],
        level=Level.parse(WORLD["level"]),
        pack="jiangmen",
        numbering=Numbering(),
    )
    first = propose(
        opened,
        register=EMPTY,
        pack=PACK,
        circumstances=Circumstances(at=datetime(2026, 3, 10, 9, 0)),
    )
    book = Book(first.register, (first.act,))
    for raw in WORLD["acts"]:
        book = book.after(raw, at=datetime(2026, 3, 10, 9, 0))
    return book


OPERATORS = {
    "王敏": "保密员、安全保密管理员",
    "李国强": "审批人",
    "陈刚": "经手人",
    "张华": "系统管理员",
    "赵明": "安全审计员",
    "导入程序": "程序",
}
"""Who may sign in where a case is put to a room that has operators."""


@cache
def guarded() -> Book:
    """The unit once everybody has signed in."""
    book = world()
    for name, roles in OPERATORS.items():
        added = {"act": "设操作员", "operator": name, "roles": roles, "credential": "0" * 64}
        book = book.after(added, **by(book, "王敏"))
        signed = {"act": "登录", "operator": name, "terminal": "甲"}
        book = book.after(signed, by=name, session=DOOR)
    return book


def by(book: Book, name: str) -> dict[str, Any]:
    """The circumstances of somebody who has signed in."""
    operator = book.register.operator(name)
    return {"by": name, "session": operator.session if operator else 0}


def act_of(case: Mapping[str, Any] | str) -> dict[str, Any]:
    """The act a case means: the sample it is like, with what it says differently."""
    if isinstance(case, str):
        return dict(WORLD["like"][case])
    base = dict(WORLD["like"][case["like"]]) if "like" in case else {}
    for name in case.get("without", ()):
        base.pop(name)
    return base | {key: value for key, value in case.items() if key not in META}


def given(case: Mapping[str, Any]) -> Book:
    """The unit after what a case says went before."""
    book = guarded() if case.get("guarded") else world()
    for earlier in case.get("given", ()):
        when = {}
        if case.get("guarded"):
            name = earlier.get("by", "王敏") if isinstance(earlier, dict) else "王敏"
            when = by(book, name)
        if isinstance(earlier, dict) and "on" in earlier:
            when |= {"at": datetime.combine(earlier["on"], datetime.min.time())}
        if isinstance(earlier, dict) and "at" in earlier:
            when |= {"at": earlier["at"]}
        book = book.after(act_of(earlier), **when)
    return book


def pack_of(case: Mapping[str, Any]) -> Pack:
    """The rules a case is put to: Jiangmen's, with what it changes, or a named unit's."""
    chosen = case.get("pack", {})
    return load(chosen) if isinstance(chosen, str) else evolve(PACK, **chosen)


def findings_of(case: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Everything the rules say of a case: of its act, or of the register on a day."""
    book = given(case)
    if "room" in case:
        book = Book(evolve(book.register, level=Level.parse(case["room"])), book.acts)
    pack = pack_of(case)
    if "check" in case:
        return tuple(check(book.register, pack, case["check"]))
    when: dict[str, Any] = {"by": case.get("by", "保密员")}
    if case.get("guarded"):
        when = by(book, case.get("by", "王敏"))
    if "session" in case:
        when["session"] = case["session"]
    if "on" in case:
        when["at"] = datetime.combine(TODAY, datetime.min.time())
        when["on"] = case["on"]
    if "at" in case:
        when["at"] = case["at"]
    if "saw" in case:
        when["saw"] = len(world().acts) + case["saw"]
    proposal = book.propose(act_of(case), pack, **when)
    return (*proposal.findings, *proposal.notes)


def cases() -> Iterator[tuple[str, str, int, Mapping[str, Any]]]:
    """Every case in the files: its rule, whether it passes or fails, its place, and the case."""
    for path in sorted(CASES.glob("*.toml")):
        if path.name not in ("world.toml", "forms.toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            for rule, both in table.items():
                for outcome in ("passes", "fails"):
                    for place, case in enumerate(both.get(outcome, ())):
                        yield rule, outcome, place, case
