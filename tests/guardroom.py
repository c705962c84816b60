"""A room with operators, made on the spot: who they are, their passwords, and signing them in."""

from datetime import datetime, timedelta

import pytest

from ledger.access import OperatorRole
from ledger.event import Registered
from ledger.mark import Level
from ledger.person import Category, Person
from ledger.room import Room
from ledger.room.operators import add
from ledger.room.signing_in import sign_in
from ledger.store import credential

PASSWORDS = {
    "王敏": "wangmin-7531",
    "李国强": "liguoqiang-864",
    "陈刚": "chengang-9742",
    "张华": "zhanghua-1357",
    "赵明": "zhaoming-2468",
    "孙丽": "sunli-secrecy-1",
    "导入程序": "a-password-no-person-has-to-type-77",
}
ROLES = {
    "王敏": {OperatorRole.OFFICER, OperatorRole.SECRECY},
    "李国强": {OperatorRole.APPROVER},
    "陈刚": {OperatorRole.STAFF},
    "张华": {OperatorRole.SYSTEM},
    "赵明": {OperatorRole.AUDITOR},
    "孙丽": {OperatorRole.SECRECY},
    "导入程序": {OperatorRole.PROGRAM},
}
POSTS = {
    "王敏": ("保密员", Category.CORE),
    "李国强": ("主管领导", Category.CORE),
    "陈刚": ("", Category.IMPORTANT),
    "张华": ("", Category.IMPORTANT),
    "赵明": ("", Category.IMPORTANT),
    "孙丽": ("", Category.CORE),
}


@pytest.fixture(name="cheap", autouse=True)
def _cheap(monkeypatch):
    """Passwords cost next to nothing where it is not their cost that is tested."""
    monkeypatch.setattr(credential, "_COST", {"n": 2**4, "r": 8, "p": 1})


class Clock:
    """A clock that is set by hand and moves on a second each time."""

    def __init__(self):
        self.at = datetime(2026, 6, 15, 9, 0)

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


def furnished(folder, level=Level.机密, clock=None):
    """A room whose people are registered, without operators yet."""
    room = Room.create(folder, unit="示范局", level=level, clock=clock or Clock())
    for name, (post, category) in POSTS.items():
        roles = frozenset({post} if post else ())
        room.record(Registered(thing=Person(name=name, roles=roles, category=category)))
    return room


def guarded(folder, level=Level.机密, clock=None):
    """A room with an operator of each kind; nobody is signed in."""
    room = furnished(folder, level, clock)
    for name, roles in ROLES.items():
        add(room, name, roles, PASSWORDS[name])
        if room.session is None:
            sign_in(room, name, PASSWORDS[name])
    room.session = room.book.sign = None
    return room


def enter(room, name):
    """Somebody signed in with his own password."""
    return sign_in(room, name, PASSWORDS[name])
