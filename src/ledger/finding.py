"""What a rule saw: a breach, and the finding that carries its article and its remedy."""

from enum import Enum

from attrs import frozen

from ledger.regulation import Citation

__all__ = ["Breach", "Finding", "Force"]


class Force(Enum):
    """How an article binds, read off its own verb."""

    FORBIDS = "禁"
    REQUIRES = "须"
    ADVISES = "宜"

    @property
    def binds(self) -> bool:
        """Whether a planned act that breaks the article is refused."""
        return self is not Force.ADVISES

    def __str__(self) -> str:
        return self.value


@frozen
class Breach:
    """One fact that an article does not allow, and the number or name it is about."""

    subject: str
    fact: str


@frozen
class Finding:
    """A breach with its force, article and remedy.

    Printed, it is three lines: the fact, the authority, and what to do now; a fourth says where
    an old 制度 and today's law differ.
    """

    force: Force
    subject: str
    fact: str
    cites: Citation
    gist: str
    remedy: str
    rule: str
    note: str = ""

    def __str__(self) -> str:
        return (
            f"{self.force} {self.subject}  {self.fact}\n"
            f"   依据  {self.cites}：{self.gist}\n"
            f"   改正  {self.remedy}" + (f"\n   说明  {self.note}" if self.note else "")
        )
