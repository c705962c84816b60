"""A 制度 and an article in it: what every finding leans on."""

from collections.abc import Iterable
from typing import Self

from attrs import field, frozen

from ledger.text import numeral

__all__ = ["Citation", "Regulation", "items"]


@frozen
class Citation:
    """One article of one regulation, named as the printed text numbers it."""

    regulation: str
    article: str

    def __str__(self) -> str:
        return f"{self.regulation} {self.article}"


@frozen
class Regulation:
    """A 制度 with the numbers of its articles, in printed order.

    >>> from ledger.regulation import CARRIERS
    >>> str(CARRIERS["一（十一）2"])
    '载体制度 一（十一）2'
    """

    title: str
    short: str
    source: str
    articles: tuple[str, ...] = field(repr=False)

    def __getitem__(self, article: str) -> Citation:
        """The citation of an article; raises ``KeyError`` when the text has no such number."""
        if article not in self.articles:
            raise KeyError(f"{self.short}没有{article}")
        return Citation(self.short, article)

    @classmethod
    def numbered(cls, title: str, short: str, source: str, count: int, *extra: str) -> Self:
        """A regulation whose articles are 第一条 to the given count, then any extra parts."""
        plain = tuple(f"第{numeral(n)}条" for n in range(1, count + 1))
        return cls(title, short, source, plain + extra)


def items(head: str, count: int, style: str = "（{}）") -> Iterable[str]:
    """The numbers of an article's items: 第九条（一）, 第九条（二） and on.

    >>> list(items("第二条", 2)), list(items("一", 2, "{n}"))
    (['第二条（一）', '第二条（二）'], ['一1', '一2'])
    """
    return (f"{head}{style.format(numeral(n), n=n)}" for n in range(1, count + 1))
