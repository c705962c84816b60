"""Papers: they come in, go round, are lent, copied, carried about, made, sent, and cleared away."""

from datetime import timedelta
from typing import Final

from ledger.carrier import Paper
from ledger.demonstration.year.machines import fetch, fit_for, put_away
from ledger.demonstration.year.stage import APPROVED, LEADER, UNIT, Stage
from ledger.demonstration.year.unit import ISSUERS, OTHERS
from ledger.level import Level
from ledger.place import InTransit, WithPerson

__all__ = ["arrive", "hand_on", "make", "take_back", "use"]

A_DAY: Final = 1.65
"""How many documents a working day brings on average; a year has about four hundred."""
SUBJECTS: Final = (
    "年度工作",
    "专项检查",
    "项目安排",
    "经费预算",
    "人员编制",
    "应急预案",
    "情况通报",
)
WANTED_BACK: Final = 0.06
"""How often an issuer says by when a paper has to be back."""
LEVELS: Final = {Level.绝密: 4, Level.机密: 46, Level.秘密: 50}
"""How the secrets of a year divide, in hundredths."""


def arrive(stage: Stage) -> None:
    """What the day brings."""
    for _ in range(int(A_DAY) + stage.chance(A_DAY % 1)):
        stage.draw({_plain: 20, _receive: 62, make: 15, _take_in: 3})(stage)


def use(stage: Stage) -> None:
    """What is done now and then with papers that lie in the cabinets."""
    for work, often in ((_lend, 0.08), (_copy, 0.05), (_carry, 0.04), (_excerpt, 0.03)):
        if stage.chance(often):
            level = stage.draw({Level.机密: 1, Level.秘密: 1})
            numbers = [n for n in stage.shelved(Paper, level) if stage.askers(n)]
            if numbers:
                work(stage, stage.pick(numbers))


def _plain(stage: Stage) -> None:
    issuer = stage.pick(ISSUERS)
    title = f"关于{stage.pick(SUBJECTS)}的通知"
    number = stage.do("received", sender=issuer, issuer=issuer, title=title).number
    reader = stage.pick(stage.staff(Level.秘密))
    stage.do("circulated", carrier=number, reader=reader.name, place=reader.department)
    stage.later(stage.random.randint(1, 4), lambda s: take_back(s, number))


def _receive(stage: Stage) -> None:
    level = stage.draw(LEVELS)
    issuer = stage.pick(ISSUERS)
    copies = stage.draw({1: 3, 2: 1})
    received = stage.do(
        "received",
        sender=issuer,
        issuer=issuer,
        title=f"关于{stage.pick(SUBJECTS)}的{stage.pick(('通知', '函', '方案'))}",
        doc_no=f"示发〔{stage.on.year}〕{stage.random.randint(1, 200)}号",
        mark=f"{level}★{stage.random.randint(3, 10)}年",
        issued_on=str(stage.on),
        copies=copies,
        pages=stage.random.randint(1, 30),
        channel="机要交通",
        copy_allowed=stage.pick(("是", "否")),
        **({"clear_by": str(stage.on + timedelta(days=60))} if stage.chance(WANTED_BACK) else {}),
    )
    number, *others = received.numbers[:copies]
    readers = [person.name for person in stage.some(stage.staff(level), 4)]
    stage.do("circle_fixed", document=number, circle="、".join(readers), approvals=APPROVED)
    for other in others:
        put_away(stage, other)
    _round(stage, number, readers[: stage.random.randint(1, 3)])


def _take_in(stage: Stage) -> None:
    """A paper for somebody who is not there, taken in and handed on."""
    issuer = stage.pick(ISSUERS)
    reader = stage.pick(stage.staff(Level.秘密)).name
    received = stage.do(
        "received",
        sender=issuer,
        issuer=issuer,
        title=f"请{reader}亲收的函",
        mark="秘密★3年",
        issued_on=str(stage.on),
        circle=reader,
        held_for=reader,
    )
    put_away(stage, received.number)


def hand_on(stage: Stage, number: str) -> None:
    """Give a paper that was taken in to whom it is for, once he is there."""
    for reader in stage.readers(number):
        stage.do("circulated", carrier=number, reader=reader, place="办公室")
        stage.later(2, lambda s: take_back(s, number))


def _round(stage: Stage, number: str, names: list[str]) -> None:
    """Send a paper to its readers one after the other, each of whom gives it back."""
    if not stage.free(number):
        return
    allowed = stage.readers(number)
    waiting = [name for name in names if name in allowed]
    if not waiting:
        put_away(stage, number)
        return
    reader, *rest = waiting
    top = stage.text_of(number).level is Level.绝密
    stage.do("circulated", carrier=number, reader=reader, place="保密室" if top else "办公室")
    if top:
        take_back(stage, number)
        stage.later(1, lambda s: _round(s, number, rest))
    else:
        stage.later(stage.random.randint(1, 5), lambda s: _next(s, number, rest))


def _next(stage: Stage, number: str, rest: list[str]) -> None:
    take_back(stage, number)
    _round(stage, number, rest)


def take_back(stage: Stage, number: str) -> None:
    """Take a paper back from whoever has it, unless that is being forgotten."""
    forgotten = any(stage.forgets(duty, number) for duty in ("circulated_back", "loan_back"))
    if not forgotten and isinstance(stage.register.carriers[number].custody, WithPerson):
        stage.do("returned", carrier=number)
        put_away(stage, number)


def make(stage: Stage, *, copies: int = 2, computer: str = "", rule: str = "") -> None:
    """A paper of the unit's own: made with leave, sent where it belongs, the rest kept.

    ``rule`` is the one it breaks, if it is made otherwise than it may be.
    """
    level = stage.draw({Level.机密: 1, Level.秘密: 2})
    drafter, *readers = stage.some(stage.staff(level), 4)
    paper = {
        "title": f"{UNIT}{stage.pick(SUBJECTS)}方案",
        "issuer": UNIT,
        "mark": f"{level}★{stage.random.randint(1, 5)}年",
        "issued_on": str(stage.on),
        "circle": "、".join(person.name for person in (drafter, *readers)),
        "copies": copies,
        "approved_copies": 2,
        "computer": computer or stage.pick(fit_for(stage, level)),
        "waste": "当场粉碎",
        "drafted_by": drafter.name,
        "classifier": LEADER,
        "basis": "国家秘密范围规定",
        "approvals": APPROVED,
    }
    made = stage.slip(rule, "produced", **paper) if rule else stage.do("produced", **paper)
    theirs, *ours = made.numbers[:copies]
    for number in ours:
        put_away(stage, number)
    stage.do("dispatched", carriers=theirs, to=stage.pick((*ISSUERS, *OTHERS)), channel="机要通信")
    days = stage.random.randint(1, 5)
    stage.later(days, lambda s: _signed_for(s, theirs))


def _signed_for(stage: Stage, number: str) -> None:
    """The receipt has come back, unless it was asked for and came before."""
    if isinstance(stage.register.carriers[number].custody, InTransit):
        stage.do("confirmed", carriers=number, signed_by="对方保密员")


def _lend(stage: Stage, number: str) -> None:
    days = stage.random.randint(2, 10)
    due = str(stage.on + timedelta(days=days + 4))
    reader = stage.pick(stage.askers(number))
    stage.do("lent", carrier=number, to=reader, due=due, purpose="工作", approvals=APPROVED)
    stage.later(days, lambda s: take_back(s, number))


def _copy(stage: Stage, number: str) -> None:
    if not stage.text_of(number).copy_allowed:
        return
    copied = stage.do(
        "copied",
        original=number,
        copies=1,
        purpose="会议",
        receiver=stage.pick(stage.askers(number)),
        machine="SB-0001",
        approvals=APPROVED,
    )
    stage.later(stage.random.randint(2, 8), lambda s: take_back(s, copied.numbers[0]))


def _carry(stage: Stage, number: str) -> None:
    bearers = "、".join(stage.some(stage.askers(number), 2))
    stage.do(
        "carried_out",
        carriers=number,
        bearers=bearers,
        destination=stage.pick(ISSUERS),
        purpose="汇报",
        due=str(stage.on + timedelta(days=9)),
        measures="密码箱，专车",
        approvals=APPROVED,
    )
    stage.later(stage.random.randint(1, 4), lambda s: fetch(s, number))


def _excerpt(stage: Stage, number: str) -> None:
    made = stage.do("excerpted", source=number, title="要点", approvals=APPROVED)
    put_away(stage, made.numbers[0])
