"""Readers of secrets who are not known to have pledged or learned; said only where a pack asks for it."""

from collections.abc import Iterator

from ledger.event import Circulated, Lent
from ledger.finding import Breach, Force
from ledger.person import Person
from ledger.register.standing import Standing
from ledger.regulation import KEY_POSTS
from ledger.regulation.compendium import EDUCATION
from ledger.rule import Desk, rule

__all__ = ["RULES"]


def _reader(event: Circulated | Lent, desk: Desk) -> tuple[Person, Standing] | None:
    """Who gets a secret by the event, if it is one and he is in the register."""
    person = desk.register.person(event.reader if isinstance(event, Circulated) else event.to)
    if person is None or desk.level(event.carrier) is None:
        return None
    standing = desk.register.standings.get(person.number)
    return person, standing or Standing(person=person.number)


@rule(
    KEY_POSTS["第十一条"],
    Force.ADVISES,
    "接触国家秘密的人一般应签过保密责任书",
    on=(Circulated, Lent),
    remedy="请他签保密责任书，用“签订保密书”登记。",
)
def readers_have_pledged(event: Circulated | Lent, desk: Desk) -> Iterator[Breach]:
    """Whoever reads a secret has signed a duty letter."""
    found = _reader(event, desk) if desk.pack.readers_pledged else None
    if found is not None and not {"保密责任书", "保密承诺书"} & set(found[1].pledges):
        yield Breach(event.carrier, f"要看的是{found[0].name}，没有签过保密责任书的记录")


@rule(
    EDUCATION["第七条（二）"],
    Force.ADVISES,
    "接触国家秘密的人一般应学够规定的课时",
    on=(Circulated, Lent),
    remedy="安排补课，用“培训”登记。",
)
def readers_have_learned(event: Circulated | Lent, desk: Desk) -> Iterator[Breach]:
    """Whoever reads a secret has had a year's hours within this year and the last."""
    found = _reader(event, desk) if desk.pack.readers_trained else None
    if found is None or found[0].category is None:
        return
    person, standing = found
    year, least = desk.on.year, desk.pack.training_hours[found[0].category.value]
    had = standing.hours_in(year) + standing.hours_in(year - 1)
    if had < least:
        said = f"今年和去年共受培训{had:g}课时，{person.category}涉密人员一年要{least:g}课时"
        yield Breach(event.carrier, f"要看的是{person.name}，{said}")


RULES = (readers_have_pledged, readers_have_learned)
