"""The rule sets of single units, each of which a unit may have chosen as its own."""

from typing import Final

from ledger.regulation.article import Regulation, items
from ledger.text import numeral

__all__ = [
    "AUDIT",
    "BUREAU",
    "DISTRICT",
    "DRAFTING",
    "FINANCE",
    "LEGAL",
    "LOCAL",
    "ORGANISATION",
    "POSTS",
    "STAFFING",
]


def _parts(counts: tuple[int, ...], style: str = "（{}）") -> tuple[str, ...]:
    """The articles of a text in parts 一、二、三…; a part of no items is an article itself."""
    found: list[str] = []
    for part, count in enumerate(counts, 1):
        found += items(numeral(part), count, style) if count else (numeral(part),)
    return tuple(found)


_WORK: Final = "单位工作保密管理制度（通用6篇）"

FINANCE: Final = Regulation.numbered("恩平市财政局保密工作制度", "恩平财政制度", "恩平市财政局", 52)
LEGAL: Final = Regulation(
    "市人民政府法制办公室保密规章制度",
    "法制办制度",
    "市人民政府法制办公室",
    _parts((4, 10, 6, 8, 4, 5)),
)
DISTRICT: Final = Regulation(
    "单位工作保密管理制度第1篇", "区直单位制度", _WORK, _parts((7, 6, 5, 4, 7, 10, 11, 6, 2), "{n}")
)
ORGANISATION: Final = Regulation(
    "单位工作保密管理制度第2篇",
    "组织部制度",
    _WORK,
    (*_parts((6, 2, 10, 12, 5, 3, 5, 12, 10, 10, 0, 0)), *items("五（五）", 3, "{n}")),
)
DRAFTING: Final = Regulation(
    "单位工作保密管理制度第3篇", "办文制度", _WORK, (*_parts((4, 4, 0)), *items("后附", 7, "{n}"))
)
STAFFING: Final = Regulation(
    "单位工作保密管理制度第4篇", "编办制度", _WORK, _parts((0, 4, 0, 0, 0, 0, 0))
)
BUREAU: Final = Regulation("单位工作保密管理制度第5篇", "局机关制度", _WORK, _parts((0,) * 13))
AUDIT: Final = Regulation("单位工作保密管理制度第6篇", "审计局制度", _WORK, _parts((0, 7, 0, 5)))
POSTS: Final = Regulation(
    "保密工作实施方案",
    "岗位实施方案",
    "保密工作实施方案",
    (
        *("一", "二", "三"),
        *items("四（一）", 4, "{n}"),
        *items("四（二）", 11, "{n}"),
        *items("四（三）", 5, "{n}"),
        *items("四（四）", 7, "{n}"),
        *items("四（五）", 8, "{n}"),
        *items("五", 2),
    ),
)

LOCAL: Final = (
    FINANCE,
    LEGAL,
    DISTRICT,
    ORGANISATION,
    DRAFTING,
    STAFFING,
    BUREAU,
    AUDIT,
    POSTS,
)
"""The nine rule sets outside the compendium; their own articles hold where a pack says so."""
