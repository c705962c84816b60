"""审批: who agreed to an act, in which capacity, and on which paper."""

from datetime import date

from attrs import frozen

__all__ = ["Approval"]


@frozen
class Approval:
    """One person's or unit's consent: its name, its role (主管领导, 制发机关…), its paper."""

    by: str
    role: str = ""
    paper_no: str = ""
    on: date | None = None

    def __str__(self) -> str:
        return f"{self.role} {self.by}".strip()
