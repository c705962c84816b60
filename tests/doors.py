"""The three ways to an act - the room, the command line, the screen - asked the same question.

A room with an operator for every combination of roles that may exist; an act of every kind with
no more said than it has to say; and of each way the rules of who may write what that it is refused
by, none for what these allow.
"""

import io
import os
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from itertools import combinations
from unittest import mock

from ledger.access import OperatorRole, combined
from ledger.carrier import Document, Medium
from ledger.cli import cli
from ledger.cli.desk import run
from ledger.event import Amended, Opened, Received, Registered
from ledger.event.access import Requested, Wanted
from ledger.exchange.directions import Directions
from ledger.exchange.field import read_value
from ledger.exchange.script import COMMANDS, read_act, slots
from ledger.mark import Level, Mark
from ledger.notation.words import ACTS
from ledger.number import Numbering
from ledger.person import Category, Circle, Person
from ledger.review import Refused
from ledger.room import Room, operators
from ledger.room import room as room_module
from ledger.room.drafting import read
from ledger.room.handing import hand_in
from ledger.room.intake import take
from ledger.room.signing_in import sign_in
from ledger.rules.access import WHO
from ledger.store import credential
from tests.guardroom import Clock
from tui.going import acts_beside

TITLE = "只给知悉范围看的标题"
NOON = datetime(2026, 6, 15, 12, 0)
PASSWORD = "a-password-no-person-has-to-type-77"
NAMES = frozenset(rule.name for rule in WHO)
COMBINED = tuple(
    frozenset(roles)
    for size in range(len(OperatorRole) + 1)
    for roles in combinations(OperatorRole, size)
    if not list(combined(roles))
)
"""Every combination of roles that one operator may have, none included."""
NOBODY = None
"""Who has not signed in."""
WHOM = (NOBODY, *COMBINED)


def called(roles):
    """What the operator with these roles is called."""
    if roles is NOBODY:
        return "未登录"
    return "、".join(role for role in OperatorRole if role in roles) or "没有职责"


@contextmanager
def cheap():
    """Passwords cost next to nothing, and every clock says the same."""
    code = room_module.now.__code__
    room_module.now.__code__ = (lambda: datetime(2026, 6, 15, 12, 0)).__code__
    try:
        with mock.patch.object(credential, "_COST", {"n": 2**4, "r": 8, "p": 1}):
            yield
    finally:
        room_module.now.__code__ = code


def staffed(folder):
    """A room with a person or a program for every combination, all of them operators.

    There are a medium, a batch, a 绝密 paper for everybody's eyes, and a hand-in of another room's.
    """
    with Room.create(folder, unit="示范局", clock=Clock()) as room:
        keeper = frozenset({OperatorRole.OFFICER, OperatorRole.SECRECY})
        for roles in (keeper, *(each for each in COMBINED if each != keeper)):
            name = called(roles)
            if OperatorRole.PROGRAM not in roles:
                room.record(Registered(thing=Person(name=name, category=Category.CORE)))
            operators.add(room, name, roles, PASSWORD)
            if room.session is None:
                sign_in(room, name, PASSWORD)
        room.record(Registered(thing=Person(name="新来的人")))
        room.record(Registered(thing=Medium(serial="S1", model="写错的型号")))
        (folder.parent / "m.csv").write_text("型号,序列号\n甲,S8\n", "utf-8")
        take(room, folder.parent / "m.csv", Directions(kind="medium"), dry_run=False)
        (folder.parent / "m.csv").write_text("型号,序列号\n甲,S9\n", "utf-8")
        document = Document(
            title=TITLE,
            mark=Mark.parse("绝密★30年"),
            issuer="示范省厅",
            issued_on=NOON.date(),
            circle=Circle.of(
                [called(roles) for roles in COMBINED if called(roles) in _people(room)]
            ),
        )
        room.record(Received(document=document, sender="示范省厅"), happened="送错")
    with Room.create(folder.parent / "other", unit="别的局", clock=Clock()) as other:
        hand_in(other, folder.parent / "other.baomi")


def _people(room):
    return {person.name for person in room.register.people.values()}


def at_noon(folder, who):
    """The room, with the operator of a combination signed in."""
    room = Room.open(folder, clock=lambda: NOON)
    if who is not NOBODY:
        sign_in(room, called(who), PASSWORD)
    return room


_SAMPLES = ("甲", "1", "2026-06-15", "09:30", "机密", "机密★10年", "是", "甲:乙", "核心", "内部")
_SAMPLES += ("涉密", "物理隔离", "经手人")


def _sample(slot):
    """Something a field takes, whatever it may come to."""
    for text in _SAMPLES:
        try:
            read_value(slot.kind, text)
        except ValueError:
            continue
        return text
    raise AssertionError(slot)


def raw_of(kind):
    """An act of a kind as a script writes it, with no more than it has to say."""
    if kind is Registered:
        return {"act": "登记", "kind": "unit", "name": "甲"}
    if kind is Amended:
        return {"act": "更正登记", "kind": "medium", "number": "JZ-0001", "serial": "S2"}
    return {"act": ACTS[kind]} | {s.name: _sample(s) for s in slots(kind) if s.required}


def event_of(kind, register):
    """The same as an event; acts that have a command of their own are made of their fields."""
    if kind is Requested:
        return Requested(wanted=Wanted(event_of(Amended, register)))
    if kind is Opened:
        return Opened(unit="乙", level=Level.机密, pack="jiangmen", numbering=Numbering())
    if kind in COMMANDS:
        told = {s.name: read_value(s.kind, _sample(s)) for s in slots(kind) if s.required}
        return kind(**told)
    return read_act(raw_of(kind), register).event


def found_by(findings):
    """The rules of who may write what among those behind some findings."""
    return frozenset(finding.rule for finding in findings) & NAMES


def proposed(room, kind):
    """What the room says of an act before it is written."""
    return found_by(room.propose(event_of(kind, room.register)).findings)


def recorded(room, kind):
    """What the room says when it is told to write it; nothing is written that is refused."""
    before = room.head
    try:
        room.record(event_of(kind, room.register))
    except Refused as refusal:
        assert room.head == before
        return found_by(refusal.findings)
    assert room.head != before
    return frozenset()


def drafted(room, doing):
    """What a form of the screen says once it is filled in."""
    told = {k: v for k, v in raw_of(doing.kind).items() if k not in ("act", "kind")}
    draft = read(room, doing, told)
    assert draft.proposal is not None, (doing, draft)
    return found_by(draft.proposal.findings)


def listed(room):
    """What the screen's list of acts says of each kind: why not, or how else; blank for what can be."""
    items = list(acts_beside(room, ""))
    return {item.value: item.why_not or item.remark for item in items}


def ordered(folder, who, lines, *, piped=""):
    """Run a command as somebody, and give its answers and its exit code."""
    arguments = ["--room", str(folder)]
    if who is not NOBODY:
        reading, writing = os.pipe()
        os.write(writing, PASSWORD.encode() + b"\n")
        os.close(writing)
        arguments += ["--by", called(who), "--password-fd", str(reading)]
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    told = io.StringIO()
    with (
        mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(piped.encode()))),
        redirect_stdout(out),
        redirect_stderr(told),
    ):
        code = run(cli, [*arguments, *lines])
    out.flush()
    answers = out.buffer.getvalue().decode().splitlines()
    return code, answers, told.getvalue()
