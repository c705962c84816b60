"""A 制度 and an article in it: what every finding leans on.

Only titles and article numbers are kept here. The sentences of a regulation are not shipped;
each rule tells the gist of its article in our own words.
"""

from typing import Final, Self

from attrs import field, frozen

from ledger.text import digits, numeral

__all__ = [
    "BOOK_ORDER",
    "CARRIERS",
    "COMPUTERS",
    "KEY_POSTS",
    "REGULATIONS",
    "STATE_SECRETS_LAW",
    "Citation",
    "Regulation",
]


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


def _paper() -> tuple[str, ...]:
    counts = (4, 3, 7, 5, 3, 5, 4, 5, 5, 2, 4)
    return tuple(
        f"一（{numeral(part)}）{item}"
        for part, count in enumerate(counts, 1)
        for item in range(1, count + 1)
    )


def _media() -> tuple[str, ...]:
    counted = ((1, 3), (2, 7), (3, 3))
    items = tuple(f"二（{numeral(p)}）{n}" for p, count in counted for n in range(1, count + 1))
    return (*items, "二（四）", "二（五）")


_COMPENDIUM: Final = "江门市机关单位保密管理制度汇编"

CARRIERS: Final = Regulation(
    "国家秘密载体保密管理制度", "载体制度", _COMPENDIUM, _paper() + _media()
)
COMPUTERS: Final = Regulation.numbered(
    "计算机保密管理制度", "计算机制度", _COMPENDIUM, 48, "备注①", "备注②", "备注③", "备注"
)
KEY_POSTS: Final = Regulation.numbered("保密要害部门部位管理制度", "要害部门制度", _COMPENDIUM, 20)
STATE_SECRETS_LAW: Final = Regulation.numbered(
    "中华人民共和国保守国家秘密法", "保密法", "2024年修订，2024年5月1日起施行", 65
)
BOOK_ORDER: Final = Regulation.numbered("保密室台账的记账规则", "记账规则", "baomi", 16)

REGULATIONS: Final = (CARRIERS, COMPUTERS, KEY_POSTS, STATE_SECRETS_LAW, BOOK_ORDER)


def find(words: str) -> tuple[Citation, ...]:
    """Every article whose citation contains the words; digits stand for Chinese numerals too.

    >>> [str(cited) for cited in find("计算机 12")]
    ['计算机制度 第十二条']
    """
    wanted = digits(words).split()
    found = []
    for regulation in REGULATIONS:
        for number, article in enumerate(regulation.articles, 1):
            names = (regulation.short, regulation.title, article, str(number))
            if all(_names(word, names) for word in wanted):
                found.append(regulation[article])
    return tuple(found)


def _names(word: str, names: tuple[str, ...]) -> bool:
    *titles, number = names
    return word == number if word.isdigit() else any(word in title for title in titles)
