"""The made-up unit that the cases start from, and how a case is put to the rules."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import evolve

from ledger import (
    EMPTY,
    Act,
    BackedUp,
    Circumstances,
    Finding,
    HandedIn,
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
from ledger.exchange.script import Line, read_act
from ledger.packfile import load
from ledger.register.fold import changes_of

CASES = Path(__file__).parent / "cases"
WORLD = tomllib.loads((CASES / "world.toml").read_text("utf-8"))
TODAY: date = WORLD["today"]
PACK = Pack.of(tomllib.loads((files("ledger") / "packs" / "jiangmen.toml").read_text("utf-8")))
META = ("like", "given", "on", "check", "without", "by", "pack", "room", "at", "saw")
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


_BY_COMMAND = {"备份": BackedUp, "报送": HandedIn}


def line_of(raw: Mapping[str, Any], register: Register) -> Line:
    """The act as a script writes it, or one that only a command does."""
    if raw["act"] in _BY_COMMAND:
        kind = _BY_COMMAND[raw["act"]]
        return Line(kind(**{key: raw[key] for key in raw if key != "act"}), {})
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
    book = world()
    for earlier in case.get("given", ()):
        when = {}
        if isinstance(earlier, dict) and "on" in earlier:
            when = {"at": datetime.combine(earlier["on"], datetime.min.time())}
        if isinstance(earlier, dict) and "at" in earlier:
            when = {"at": earlier["at"]}
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
