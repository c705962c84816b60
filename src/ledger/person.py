"""People who may see secrets, outside units that send and receive them, and who may know what."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Self

from attrs import frozen

from ledger.mark import Level
from ledger.number import PersonRef

__all__ = ["Category", "Circle", "Person", "Unit"]


class Category(Enum):
    """The three categories of secrecy staff, each tied to a level (要害部门制度 第九条).

    A category is not permission: whoever reads must be in the circle as well.
    """

    CORE = "核心"
    IMPORTANT = "重要"
    GENERAL = "一般"

    @property
    def level(self) -> Level:
        """The highest level a person of this category deals with."""
        return {
            Category.CORE: Level.绝密,
            Category.IMPORTANT: Level.机密,
            Category.GENERAL: Level.秘密,
        }[self]

    def __str__(self) -> str:
        return self.value


@frozen(kw_only=True)
class Person:
    """Somebody of the unit, with the posts that let him approve, keep or witness."""

    number: PersonRef = PersonRef("")
    name: str
    department: str = ""
    post: str = ""
    roles: frozenset[str] = frozenset()
    category: Category | None = None
    circles: frozenset[str] = frozenset()
    """Groups a circle may name instead of its people, such as 局党组."""
    confirmed_on: date | None = None
    certificate_no: str = ""
    phone: str = ""
    left_on: date | None = None
    cooling_until: date | None = None


@frozen(kw_only=True)
class Unit:
    """An outside unit, and what the bureau has designated it for (维修, 印制, 销毁…)."""

    number: str = ""
    name: str
    address: str = ""
    contact: str = ""
    superior: str = ""
    designated_for: frozenset[str] = frozenset()


@frozen
class Circle:
    """知悉范围: the people and departments that may know, by number, name or department.

    >>> str(Circle.of(["办公室", "RY-003"]))
    'RY-003、办公室'
    """

    members: frozenset[str] = frozenset()

    @classmethod
    def of(cls, members: Iterable[str]) -> Self:
        """The circle of these members, blanks left out."""
        return cls(frozenset(filter(None, members)))

    def admits(self, person: Person) -> bool:
        """Whether the circle names the person, his department or a group he belongs to."""
        names = {person.number, person.name, person.department, *person.circles} - {""}
        return not self.members.isdisjoint(names)

    def common(self, other: Self, people: Iterable[Person]) -> Self:
        """The circle of those whom both admit.

        It has the members both name, and the people one names and the other admits by department.
        """
        both = self.members & other.members
        shared = (p for p in people if self.admits(p) and other.admits(p))
        return type(self)(both | {p.number for p in shared if not type(self)(both).admits(p)})

    def __bool__(self) -> bool:
        return bool(self.members)

    def __str__(self) -> str:
        return "、".join(sorted(self.members))
