"""《保密法制宣传教育制度》: nobody takes a key post untrained."""

from collections.abc import Iterator

from ledger.event.staff import Posted
from ledger.finding import Breach, Force
from ledger.register.standing import Standing
from ledger.regulation.compendium import EDUCATION
from ledger.rule import Desk, rule

__all__ = ["RULES"]


@rule(
    EDUCATION["第七条（一）"],
    Force.REQUIRES,
    "要害部门部位的人上岗前须先受保密培训，课时够规定的数",
    on=Posted,
    remedy="补足岗前培训，用“培训”登记（岗前培训=是），再上岗。",
)
def trained_before_taking_post(event: Posted, desk: Desk) -> Iterator[Breach]:
    """Whoever takes a secret post has had the hours that prepare for it."""
    person = desk.register.people[event.person]
    if event.category is None and person.category is None:
        return
    standing = desk.register.standings.get(event.person) or Standing(person=event.person)
    had, least = standing.hours_before_post, desk.pack.training_before_post
    if had < least:
        yield Breach(event.person, f"{person.name}岗前培训{had:g}课时，至少{least:g}课时")


RULES = (trained_before_taking_post,)
