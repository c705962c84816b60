"""A sign-in that stands: who it is, since which act, and the key that signs what he writes."""

from typing import Final

from attrs import field, frozen

from ledger.access import OperatorRole
from ledger.number import PersonRef
from ledger.store.content_key import ContentKey
from ledger.store.credential import Secrets

__all__ = ["NOBODY", "Session"]

NOBODY: Final = "未登录"
"""Who is said to write when nobody has signed in, which only failed sign-ins may."""


@frozen(kw_only=True)
class Session:
    """Somebody who is signed in at this terminal."""

    operator: PersonRef
    by: str
    """How his acts name him: by his name, or his number where others have the same name."""
    n: int
    """The act that signed him in."""
    roles: frozenset[OperatorRole]
    secrets: Secrets = field(repr=False)
    seen: set[str] = field(factory=set, eq=False, repr=False)
    """The 绝密 documents that were looked at since."""
    content_key: ContentKey | None = field(default=None, repr=False)
    """What a sealed room's content is read with, if he has it."""
    before: str = ""
    """When and where he had signed in before; blank the first time."""
