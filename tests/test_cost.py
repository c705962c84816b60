"""An act costs what it is about, however much the book holds: counted in pages looked up, not timed."""

from datetime import datetime
from functools import cache

import pytest

from ledger import Act, Circumstances, Document, Level, Mark, fold, propose
from ledger.carrier import Computer, Medium, Network
from ledger.event import Lost, Received, Registered
from ledger.event.inspection import InspectionHeld
from ledger.office import Phone
from ledger.person import Category, Circle, Person, Unit
from ledger.place import Site
from ledger.register import pages
from tests.world import PACK, WORLD, line_of, world

MANY = 400
AT = datetime(2026, 3, 11, 9, 0)
ABOUT_ALL = {"count"}
"""Acts that are about everything the officer keeps; they cost what that is."""


def crowd():
    for n in range(MANY):
        person = f"P-{n:05}"
        yield Registered(thing=Person(number=person, name=f"人{n}", category=Category.GENERAL))
        yield Registered(thing=Phone(number=f"T-{n:05}", keeper=person, phone=str(n)))
        yield Registered(thing=Unit(number=f"U-{n:05}", name=f"单位{n}"))
        yield Registered(thing=Site(number=f"S-{n:05}", name=f"所{n}", key=True))
        yield Registered(thing=Medium(number=f"M-{n:05}", level=Level.机密, keeper=person))
        yield Registered(
            thing=Computer(number=f"C-{n:05}", network=Network.INTERNAL, keeper=person)
        )
        document = Document(
            number=f"D-{n:05}",
            title=f"第{n}号",
            issuer="示范省厅",
            issued_on=AT.date(),
            mark=Mark.parse("秘密★5年"),
            circle=Circle.of(["陈刚"]),
        )
        yield Received(sender="示范省厅", numbers=(f"X-{n:05}",), document=document)
        yield InspectionHeld(number=f"I-{n:05}", scope="自查")
        if n % 4 == 0:
            yield Lost(carrier=f"X-{n:05}", circumstances="没有找到")


@cache
def large():
    before = world().register
    acts = [
        Act(n=before.acts + n, on=AT.date(), at=AT, by="王敏", event=event)
        for n, event in enumerate(crowd(), 1)
    ]
    return fold(acts, before)


@pytest.fixture(name="looked")
def _looked(monkeypatch):
    """How many pages and members are looked at while an act is judged."""
    seen = [0]
    get, old, new, every = (
        pages._Table.get,
        pages.Pages.old,
        pages.Pages.new,
        pages.Members.__iter__,
    )

    def counted(found):
        for each in found:
            seen[0] += 1
            yield each

    def one(self, *args, **kwargs):
        seen[0] += 1
        return get(self, *args, **kwargs)

    monkeypatch.setattr(pages._Table, "get", one)
    monkeypatch.setattr(pages.Pages, "old", lambda self: counted(old(self)))
    monkeypatch.setattr(pages.Pages, "new", lambda self: counted(new(self)))
    monkeypatch.setattr(pages.Members, "__iter__", lambda self: counted(every(self)))
    monkeypatch.setattr(pages.Members, "__len__", lambda self: sum(1 for _ in counted(every(self))))

    def cost(register, raw):
        line = line_of(raw, register)
        when = Circumstances(
            **{"at": datetime(2026, 6, 15, 9, 0), "by": "王敏", **line.circumstances}
        )
        seen[0] = 0
        propose(line.event, register=register, pack=PACK, circumstances=when)
        return seen[0]

    return cost


@pytest.mark.parametrize("name", sorted(set(WORLD["like"]) - ABOUT_ALL))
def test_judging_an_act_costs_what_the_act_is_about(looked, name):
    """Among hundreds more of everything, an act looks at hardly more pages than in a small book."""
    raw = dict(WORLD["like"][name])

    assert looked(large(), raw) <= looked(world().register, raw) + 20


def test_an_act_about_everything_costs_more(looked):
    """A count looks at all the officer keeps, which shows that the measure can rise."""
    raw = dict(WORLD["like"]["count"])

    assert looked(large(), raw) > 2 * MANY
