"""A pack that notes whose approval it was asked about, so that an act's approvers can be told beforehand."""

from typing import Self

from attrs import field, fields, frozen

from ledger.mark import Level
from ledger.pack.approvers import Approvers
from ledger.pack.pack import Pack

__all__ = ["Watched"]


@frozen(kw_only=True)
class Watched(Pack):
    """A pack, and the expressions that rules have asked it for; blank ones left out."""

    asked: dict[str, Approvers] = field(factory=dict, eq=False, repr=False)

    @classmethod
    def watching(cls, pack: Pack, asked: dict[str, Approvers]) -> Self:
        """A pack like another that notes in ``asked`` what it is asked for."""
        same = {each.name: getattr(pack, each.name) for each in fields(Pack)}
        return cls(**same, asked=asked)

    def approvers(self, act: str, level: Level | None, kind: str = "") -> Approvers | None:
        """As the pack says, and noted."""
        found = super(Watched, self).approvers(act, level, kind)  # noqa: UP008 - attrs makes the class anew
        if found is not None and not found.satisfied(()):
            self.asked[str(found)] = found
        return found
