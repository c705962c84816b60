"""Labels: printed, spoiled, and blank ones that find their carrier later."""

from attrs import frozen

from ledger.mark import Level
from ledger.number import BlankNo, PageNo

__all__ = ["BlanksPrinted", "KeyRotated", "LabelBound", "LabelSpoiled", "Labelled"]


@frozen(kw_only=True)
class Labelled:
    """打印标签: a page got a label (载体制度 二（一）1, 计算机制度 第十五条)."""

    page: PageNo
    issue: int = 0
    """Which of the page's labels it is, from 1; the next if it is not given."""
    key: int = 1
    """The version of the key its code is checked with."""
    template: str = ""
    layout: str = ""
    """The digest of the template as it was drawn."""
    device: str = ""
    """The printer or file it was sent to."""
    reason: str = ""
    """Why a page that has a good label gets another."""


@frozen(kw_only=True)
class LabelSpoiled:
    """作废标签: a label never came out right, was torn, or is lost; its number stays used."""

    page: PageNo
    issue: int
    reason: str


@frozen(kw_only=True)
class BlanksPrinted:
    """印空白标签: labels of a level were printed ahead, for carriers that are still to come."""

    level: Level | None = None
    copies: int = 1
    blanks: tuple[BlankNo, ...] = ()
    key: int = 1
    template: str = ""
    layout: str = ""
    device: str = ""


@frozen(kw_only=True)
class LabelBound:
    """贴空白标签: a blank label was stuck on a carrier and scanned."""

    page: PageNo
    blank: BlankNo
    issue: int = 0
    reason: str = ""


@frozen(kw_only=True)
class KeyRotated:
    """更换标签密钥: labels printed from now on are checked with another key, older ones as before."""

    key: int
    reason: str
