"""Files that came in and files that went out, each known by its digest."""

from attrs import frozen

from ledger.approval import Approval
from ledger.mark import Level, Sensitivity
from ledger.number import CarrierNo

__all__ = ["Exported", "Imported", "Withdrawn"]


@frozen(kw_only=True)
class Imported:
    """导入: somebody else's register was taken in; the acts from ``first`` to this one are its batch."""

    kind: str
    """The register it was taken into, by its name in JSON."""
    file: str
    digest: str
    first: int
    """The first act of the batch; the act itself if the file changed nothing."""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    continues: int | None = None
    """The batch whose rejected rows these are, if it is such a batch."""
    directions: str = ""
    """How the file was read, as the saved mapping says it (TOML)."""
    waiting: int = 0
    """How many of its rows a file may not bring in without an approval."""
    waits: tuple[str, ...] = ()
    """What the first of them say: which row, and what it lowers or closes."""
    waits_digest: str = ""
    """The digest (SHA-256) of what all of them say."""
    approvals: tuple[Approval, ...] = ()
    """Who agreed to those."""


@frozen(kw_only=True)
class Withdrawn:
    """撤销导入: every act of a batch was voided, because the import was a mistake."""

    batch: int
    """The act that closed the batch."""
    reason: str


@frozen(kw_only=True)
class Exported:
    """导出: a register, a book or a form left the ledger as a file."""

    what: str
    """The register, book or form, as an officer calls it."""
    file: str
    digest: str
    rows: int = 0
    level: Level | None = None
    """The highest level of what it says."""
    sensitivity: Sensitivity | None = None
    """What it is where it holds no state secret."""
    target: CarrierNo = CarrierNo("")
    """The medium or computer it was put on."""
    purpose: str = ""
    approvals: tuple[Approval, ...] = ()
